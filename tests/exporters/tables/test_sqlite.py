"""The SQLite file: sound, joined, indexed, and searched."""

import io
import sqlite3
from contextlib import closing
from dataclasses import replace
from decimal import Decimal

import pytest

from kg.exporters import PaperRow, ResultRow, Selected
from kg.exporters.tables import sqlite
from tests.contract.content import LORA, MMLU, PAPER, make_content, make_graph

RESULTS = [
    ResultRow(
        PAPER,
        "Quantised adapters",
        value,
        delta=delta,
        number=number,
        subject=LORA,
        subject_label="LoRA",
        benchmark=MMLU,
        benchmark_label="MMLU",
    )
    for value, number, delta in (
        ("50.3%", Decimal("50.3"), False),
        ("71", Decimal(71), False),
        ("+3", Decimal(3), True),
    )
]


def opened(tmp_path, content):
    path = tmp_path / "kg.sqlite"
    with path.open("wb") as file:
        sqlite.write(content.graph, content.results, content.papers, file)
    return closing(sqlite3.connect(path))


@pytest.fixture
def database(tmp_path):
    content = replace(make_content(), results=RESULTS)
    with opened(tmp_path, content) as found:
        yield found


@pytest.fixture(scope="module")
def full_text():
    with closing(sqlite3.connect(":memory:")) as database:
        if not database.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0]:
            pytest.skip("Python's SQLite has no FTS5")


def test_sqlite_is_sound_and_every_reference_has_its_row(database):
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    declared = [
        database.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        for table in ("alias", "edge", "evidence", "result", "author", "paper")
    ]
    assert all(declared)


def test_sqlite_counts_are_those_of_the_content(database):
    tables = ("node", "alias", "edge", "evidence", "result", "paper", "author")
    counts = {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}
    assert counts == {"node": 4, "alias": 5, "edge": 6, "evidence": 3, "result": 3, "paper": 1, "author": 2}


def test_sqlite_quotes_lie_in_their_sentences(database):
    wrong = "SELECT * FROM evidence WHERE substr(sentence, start + 1, end - start) <> quote"
    assert database.execute(wrong).fetchall() == []


@pytest.mark.parametrize(
    ("question", "index"),
    [
        ("SELECT * FROM edge WHERE source = 1 AND predicate = 'uses'", "edge_source"),
        ("SELECT * FROM edge WHERE target = 1 AND predicate = 'uses'", "edge_target"),
        ("SELECT node FROM alias WHERE name = 'lora' COLLATE NOCASE", "alias_name"),
        ("SELECT * FROM evidence WHERE edge = 1", "evidence_edge"),
        ("SELECT * FROM result WHERE benchmark = 1", "result_benchmark"),
        ("SELECT paper FROM uses WHERE thing = 'LoRA'", "edge_target"),
        ("SELECT * FROM node WHERE iri = 'x'", "sqlite_autoindex_node_1"),
    ],
)
def test_sqlite_questions_use_an_index(tmp_path, question, index):
    others = [ResultRow(PAPER, "Quantised adapters", str(value), delta=False) for value in range(50)]
    with opened(tmp_path, replace(make_content(), results=[*RESULTS, *others])) as database:
        plan = " ".join(row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {question}"))
    assert index in plan


def test_sqlite_every_reference_has_an_index_beginning_with_it(database):
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        first = {
            database.execute(f"PRAGMA index_info({index[1]})").fetchone()[2]
            for index in database.execute(f"PRAGMA index_list({table})").fetchall()
        }
        missing = {row[3] for row in database.execute(f"PRAGMA foreign_key_list({table})")} - first
        assert missing <= {"metric"}, table  # few metrics, asked for with their benchmark


def test_sqlite_names_are_found_in_any_case(database):
    found = database.execute(
        "SELECT iri FROM node JOIN alias ON alias.node = node.id WHERE alias.name = 'LORA' COLLATE NOCASE"
    )
    assert found.fetchall() == [(LORA,)]


def test_sqlite_views_answer_in_names(database):
    assert database.execute("SELECT paper, thing, kind FROM uses").fetchall() == [
        ("Quantised adapters", "LoRA", "Method")
    ]
    assert database.execute("SELECT paper, benchmark FROM evaluates_on").fetchall() == [("Quantised adapters", "MMLU")]
    assert ("QLoRA", "broader", "LoRA") in database.execute("SELECT source, predicate, target FROM triple").fetchall()


def test_sqlite_leaderboard_has_scores_and_no_gains_best_first(database):
    scores = database.execute("SELECT benchmark, subject, number, value FROM leaderboard").fetchall()
    assert scores == [("MMLU", "LoRA", 71.0, "71"), ("MMLU", "LoRA", 50.3, "50.3%")]


def test_sqlite_leaderboard_has_the_lowest_first_where_low_is_good(tmp_path):
    errors = [replace(each, metric="m", metric_label="Error", lower_is_better=True) for each in RESULTS]
    amount = replace(RESULTS[1], value="240 MB", number=Decimal(240), unit="MB")
    unread = replace(RESULTS[1], value="high", number=None)
    with opened(tmp_path, replace(make_content(), results=[*errors, amount, unread])) as database:
        assert [value for (value,) in database.execute("SELECT value FROM leaderboard")] == ["50.3%", "71"]


def test_sqlite_sentences_and_names_are_searched(full_text, database):
    found = database.execute("SELECT rowid FROM evidence_text WHERE evidence_text MATCH 'use lora'").fetchall()
    assert len(found) == 3
    assert database.execute("SELECT name FROM alias_text WHERE alias_text MATCH 'qlora'").fetchall() == [("QLoRA",)]
    database.execute("INSERT INTO evidence_text(evidence_text, rank) VALUES ('integrity-check', 1)")


def test_sqlite_evidence_from_papers_outside_the_selection_has_its_paper(tmp_path):
    graph = make_graph()
    graph.remove_node(MMLU)
    content = replace(make_content(), graph=Selected(graph), papers=(), results=RESULTS)
    with opened(tmp_path, content) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        papers = database.execute("SELECT paper.iri, title, node.iri FROM paper LEFT JOIN node ON node.id = node")
        assert papers.fetchall() == [(PAPER, "Quantised adapters", PAPER)]
        assert database.execute("SELECT DISTINCT benchmark, benchmark_name FROM result").fetchall() == [(None, "MMLU")]


def test_sqlite_is_one_plain_file_with_nothing_of_its_making(tmp_path):
    content = make_content()
    first, again = io.BytesIO(), io.BytesIO()
    for file in (first, again):
        sqlite.write(content.graph, content.results, content.papers, file)
    assert first.getvalue() == again.getvalue()
    assert first.getvalue()[:16] == b"SQLite format 3\0"
    assert first.getvalue()[18:20] == b"\1\1"  # a rollback journal, not a write-ahead log: it opens read-only


def test_sqlite_authors_keep_their_order(tmp_path):
    papers = [PaperRow(PAPER, "p", "T", "A", authors=("Z. Last", "A. First"))]
    with opened(tmp_path, replace(make_content(), papers=papers)) as database:
        assert database.execute("SELECT name FROM author ORDER BY position").fetchall() == [("Z. Last",), ("A. First",)]
