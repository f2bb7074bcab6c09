import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from decimal import Decimal

import pytest

from kg.errors import QueryError, UnknownNameError
from kg.exporters import export
from kg.queries import Graph, get_query, load_queries, prepare, run, sparql
from kg.store import open_store, write_store
from kg.tables import Table
from kg.vocabulary import Predicate
from tests.graphs import BENCHMARK, Draft, iri, sample_store

SHIPPED = load_queries()


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return sample_store(tmp_path_factory.mktemp("store"))[0]


@pytest.mark.parametrize("query", SHIPPED, ids=lambda query: query.name)
def test_every_shipped_query_answers_as_it_stands(store, query):
    answer = sparql(store, query.text)
    assert isinstance(answer, Table)
    assert answer.columns


@pytest.mark.parametrize(
    ("query", "example"),
    [(query, dict(example)) for query in SHIPPED for example in query.examples],
    ids=[f"{query.name}-{number}" for query in SHIPPED for number, _ in enumerate(query.examples)],
)
def test_every_example_answers(store, query, example):
    answer = run(store, query.name, **example)
    assert isinstance(answer, Table)


# One known answer for each question: the first column that tells, in the order of the rows.
KNOWN = [
    ("papers", {"words": "LADDER"}, "title", ["LADDER: learning by steps"]),
    (
        "papers",
        {"since": 2024},
        "title",
        ["Question answering with steps", 'Fox-1: a small model <for> "phones" & more', "LADDER: learning by steps"],
    ),
    ("papers-evaluating-on", {"benchmark": "gsm-8k"}, "date", ["2024-09-01", "2024-03", "2023-05-23"]),
    ("papers-evaluating-on", {"benchmark": "MMLU"}, "on", ["MMLU", "MMLU-STEM", "MMLU", "MMLU"]),
    ("papers-evaluating-on", {"benchmark": "MMLU", "since": "2024"}, "on", ["MMLU", "MMLU-STEM"]),
    ("papers-using", {"thing": "llama"}, "uses", ["Llama 2 7B"]),
    ("used-by-paper", {"paper": "p5"}, "name", ["Question Answering", "Alpaca", "LoRA"]),
    ("extends", {"thing": "lora"}, "name", ["QLoRA", "LADDER"]),
    ("extends", {"thing": "lora"}, "directly", ["true", "false"]),
    ("lineage", {"thing": "LADDER"}, "name", ["QLoRA", "LoRA", "Parameter-Efficient Fine-Tuning"]),
    ("introduced-by", {"thing": "qlora"}, "date", ["2023-05-23"]),
    ("compared-with", {"thing": "lora"}, "name", ["BERT base", "LADDER"]),
    ("leaderboard", {"benchmark": "gsm8k"}, "value", ["61", "52.3%"]),
    ("leaderboard", {"benchmark": "gsm8k"}, "on", ["GSM8K", "GSM8K"]),
    ("results-of-paper", {"paper": "2305.14314"}, "metric", ["Accuracy"]),
    ("benchmarks-together", {"benchmark": "gsm8k"}, "name", ["MMLU", "MMLU-STEM"]),
    ("used-together", {"thing": "LoRA"}, "name", ["Alpaca"]),
    ("top-entities", {"kind": "benchmark"}, "papers", ["3", "3", "1"]),
    ("top-entities", {"kind": "datasets", "since": 2024}, "name", ["Alpaca"]),
    ("by-year", {"thing": "LoRA"}, "papers", ["1", "1", "2"]),
    ("rising", {"kind": "method", "from": 2021, "to": 2024}, "name", ["LADDER", "QLoRA"]),
    ("papers-like", {"paper": "p3"}, "title", ["QLoRA: adapting quantised models"]),
    ("first-use", {"thing": "gsm8k"}, "date", ["2023-05-23", "2024-03", "2024-09-01"]),
    ("evidence-of", {"thing": "QLoRA"}, "relation", ["extends", "introduces"]),
    ("families", {}, "family", ["LLaMA", "BERT"]),
    ("variants", {"thing": "llama"}, "name", ["Llama 2", "Llama 2 7B"]),
    ("variants", {"thing": "mmlu"}, "name", ["MMLU-STEM"]),
    ("benchmarks-of-task", {"task": "reasoning"}, "name", ["GSM8K"]),
    ("organisations", {}, "organisation", ["Meta"]),
    ("new-names", {}, "name", ["LADDER"]),
]


@pytest.mark.parametrize(
    ("name", "values", "column", "known"), KNOWN, ids=[f"{n}-{'-'.join(map(str, v.values()))}" for n, v, *_ in KNOWN]
)
def test_run_finds_what_the_papers_say(store, name, values, column, known):
    answer = run(store, name, **values)
    at = answer.columns.index(column)
    assert [row[at].value for row in answer.rows][: len(known)] == known


def test_known_answers_cover_the_library():
    assert {name for name, *_ in KNOWN} == {query.name for query in SHIPPED}


def test_evidence_is_the_sentence_of_the_paper(store):
    answer = run(store, "papers-evaluating-on", benchmark="gsm 8k")
    sentences = {row[answer.columns.index("sentence")].value for row in answer.rows}
    assert "On GSM8K it reaches 52.3% accuracy with Llama 2 7B." in sentences


@pytest.mark.parametrize(("limit", "rows"), [(2, 2), (0, 3), (None, 3)])
def test_run_shows_as_many_rows_as_asked_for(store, limit, rows):
    assert len(run(store, "papers-evaluating-on", benchmark="gsm8k", limit=limit)) == rows


@pytest.mark.parametrize(
    ("name", "values", "error", "text"),
    [
        ("leaderbord", {}, UnknownNameError, "no query 'leaderbord'; did you mean 'leaderboard'"),
        ("leaderboard", {}, QueryError, r"leaderboard needs benchmark \(benchmark, dataset\), e.g. benchmark='MMLU'"),
        ("leaderboard", {"bench": "x"}, UnknownNameError, "no parameter of leaderboard 'bench'"),
        (
            "leaderboard",
            {"benchmark": "gsm8"},
            UnknownNameError,
            "no benchmark or dataset 'gsm8'; did you mean 'GSM8K'",
        ),
        ("top-entities", {"kind": "mouse"}, UnknownNameError, "no kind 'mouse'.*choose one of Method"),
        ("papers", {"since": "soon"}, QueryError, "since='soon': a year such as 2024 is needed"),
        ("papers", {"since": "２０２４"}, QueryError, "a year"),
        (
            "used-by-paper",
            {"paper": "9999.99999"},
            UnknownNameError,
            "no paper '9999.99999'; kg query papers lists them",
        ),
    ],
)
def test_run_says_what_is_wrong_with_a_value(store, name, values, error, text):
    with pytest.raises(error, match=text):
        run(store, name, **values)


@pytest.mark.parametrize("text", ['") } #', "\\", '"""', "$words", "?x", "a\nb", "<x:y>", "\ud800"])
def test_run_never_takes_a_value_for_sparql(store, text):
    assert len(run(store, "papers", words=text)) == 0


def test_prepare_leaves_open_what_may_be_any(store):
    text = prepare(store, get_query("papers-evaluating-on"), {"benchmark": "gsm8k"})
    assert "COALESCE($since, 0)" in text
    assert "<https://w3id.org/mlkg/benchmark/gsm8k>" in text


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("date", "2024-05-20", '"2024-05-20"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("int", "-3", '"-3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("text", 'a "b"', '"a \\"b\\""'),
        ("kind", "Models", "<https://w3id.org/mlkg/Model>"),
    ],
)
def test_values_become_terms_of_their_type(store, tmp_path, kind, value, term):
    (tmp_path / "one.rq").write_text(
        f"#+ summary: s\n#+ tags: t\n#+ param: x {kind}\n#+ example: x=1\nSELECT ?s {{ ?s ?p $x }}"
    )
    assert term in prepare(store, get_query("one", tmp_path), {"x": value})


@pytest.mark.parametrize(
    ("kind", "value"), [("date", "20 May"), ("date", "2024-02-30"), ("int", "1.5"), ("int", "9" * 30)]
)
def test_values_of_the_wrong_type_are_refused(store, tmp_path, kind, value):
    (tmp_path / "one.rq").write_text(
        f"#+ summary: s\n#+ tags: t\n#+ param: x {kind}\n#+ example: x=1\nSELECT ?s {{ ?s ?p $x }}"
    )
    with pytest.raises(QueryError, match="x="):
        run(store, "one", folder=tmp_path, x=value)


def test_sparql_answers_in_four_forms(store):
    assert sparql(store, "ASK { ?a mlkg:extends ?b }") is True
    assert len(sparql(store, "SELECT ?a WHERE { ?a mlkg:extends ?b }")) == 6
    for text in ("CONSTRUCT WHERE { ?a mlkg:extends ?b }", "DESCRIBE <https://w3id.org/mlkg/method/lora>"):
        answer = sparql(store, text)
        assert isinstance(answer, Graph)
        assert answer.lines == tuple(sorted(answer.lines))
        assert "@prefix mlkg: <https://w3id.org/mlkg/>" in answer.turtle()
        assert answer.ntriples().count("\n") == len(answer)


def test_sparql_keeps_types_and_languages(store):
    answer = sparql(
        store, 'SELECT ?a ?b ?c ?d ?e WHERE { VALUES (?a ?b ?c ?d) { (1.5 "x"@en <x:y> UNDEF) } BIND(BNODE() AS ?e) }'
    )
    (row,) = answer.rows
    assert (row[0].value, row[0].datatype) == ("1.5", "http://www.w3.org/2001/XMLSchema#decimal")
    assert (row[1].value, row[1].language) == ("x", "en")
    assert (row[2].value, row[2].type) == ("x:y", "uri")
    assert row[3] is None
    assert row[4].type == "bnode"


def test_sparql_stops_at_the_limit(store):
    assert len(sparql(store, "SELECT ?s WHERE { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }", limit=5)) == 5


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("SELECT ?s WHERE { ?s ?p }", r"not SPARQL: 1:2\d: expected"),
        (
            "SELECT ?s\nWHERE { ?s foo:bar ?o }",
            r"2:\d+: the prefix foo: is not declared; known without declaring: biolink, dcat",
        ),
        ("SELECT ?s WHERE { ?s dcterm:title ?o }", "the prefix dcterm: is not declared; did you mean dcterms:"),
        ("", "not SPARQL: 1:1"),
        ("hello", r"not SPARQL: 1:\d"),
        ("SELECT ?s WHERE { SERVICE <http://x> { ?s ?p ?o } }", "1:19: SERVICE is refused"),
        ("DELETE WHERE { ?s ?p ?o }", "1:1: DELETE is refused"),
    ],
)
def test_sparql_says_where_it_does_not_parse(store, text, why):
    with pytest.raises(QueryError, match=why) as caught:
        sparql(store, text)
    assert len(str(caught.value)) < 400


def test_a_limit_beyond_any_count_is_no_limit(store):
    assert run(store, "extends", thing="LoRA", limit=10**30) == run(store, "extends", thing="LoRA", limit=0)


def test_sparql_sends_the_engine_no_comments(store):
    assert sparql(store, "ASK # no\n { ?s ?p ?o } # yes") is True


@pytest.fixture(scope="module")
def scores(tmp_path_factory):
    """A store with scores on MMLU, its part and its variant, by a metric or none, and numbers that are no scores."""
    folder = tmp_path_factory.mktemp("scores")
    _, tables = sample_store(folder)
    draft = Draft("a", "Numbers", "We test on MMLU, MMLU-Pro and MMLU-STEM.")
    mmlu = iri("benchmark/mmlu")
    part = draft.mention("MMLU-STEM", BENCHMARK, "benchmark/mmlu-stem")
    variant = draft.new("MMLU-Pro", BENCHMARK, parents=((Predicate.VARIANT_OF, mmlu),))
    draft.mention("MMLU", BENCHMARK, "benchmark/mmlu")
    accuracy = {"metric": iri("metric/accuracy"), "metric_label": "Accuracy"}
    for value, unit, on, more in (
        ("80%", "%", mmlu, {}),
        ("70%", "%", mmlu, accuracy),
        ("60", None, mmlu, {}),
        ("50", None, mmlu, accuracy),
        ("240 MB", "MB", mmlu, {}),
        ("3 s", "s", mmlu, {}),
        ("90%", "%", part, {}),
        ("99%", "%", variant, {}),
    ):
        number = Decimal(re.match(r"\d+", value)[0])
        draft.result(value, "We test on MMLU", number=number, unit=unit, benchmark=on, **more)
    draft.results.append(replace(draft.results[0], value="+95%", number=Decimal(95), delta=True))
    write_store(folder / "two", [draft.facts()], tables)
    return open_store(folder / "two")


def test_leaderboard_has_scores_of_the_benchmark_then_of_its_parts_and_says_which(scores):
    answer = run(scores, "leaderboard", benchmark="mmlu")
    rows = [(row[0].value, row[answer.columns.index("value")].value) for row in answer.rows]
    assert answer.columns[0] == "on"
    assert rows == [("MMLU", "80%"), ("MMLU", "70%"), ("MMLU", "60"), ("MMLU", "50"), ("MMLU-STEM", "90%")]


def test_leaderboard_has_the_results_that_the_exports_call_scores(scores, tmp_path):
    export(scores, tmp_path / "two.sqlite", "sqlite")
    with closing(sqlite3.connect(tmp_path / "two.sqlite")) as database:
        exported = [value for (value,) in database.execute("SELECT value FROM leaderboard")]
    asked = [row[3].value for name in ("MMLU", "MMLU-Pro") for row in run(scores, "leaderboard", benchmark=name).rows]
    assert sorted(asked) == sorted(exported)
