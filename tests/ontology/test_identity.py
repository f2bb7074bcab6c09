"""Ids that were published keep their meaning: the lock file, redirects, and what is said where they are missed."""

import pytest

from kg.errors import OntologyError
from kg.ontology import check, load_ontology
from kg.ontology.identity import Locked, lock
from kg.ontology.tables import PUBLISHED, read_table, write_table
from tests.ontology.small_tables import GOOD, changed, write


@pytest.fixture
def folder(tmp_path):
    """The good tables, published; what they redirect was published before them."""
    folder = write(tmp_path / "ontology")
    old = {"benchmark/squad": "SQuAD", "method/low-rank-adaptation": "Low-Rank Adaptation", "method/lorra": "LORRA"}
    write_table(folder, PUBLISHED, old.items())
    lock(folder, load_ontology(folder))
    return folder


def published(folder):
    problems = []
    rows = [tuple(row) for _, row in read_table(folder, PUBLISHED, problems)]
    assert problems == []
    return rows


def without(name, at):
    return {**GOOD, name: [row for number, row in enumerate(GOOD[name]) if number != at]}


def test_lock_holds_every_node_ever_published(folder):
    rows = published(folder)
    assert rows == sorted(rows)
    assert ("organisation/meta", "Meta") in rows
    assert ("method/lorra", "LORRA") in rows
    assert len(rows) == sum(len(GOOD[name]) for name in GOOD if name not in ("ambiguous", "stopped"))


def test_lock_of_what_is_locked_changes_nothing(folder):
    before = (folder / PUBLISHED.file).read_bytes()
    assert lock(folder, load_ontology(folder)) == Locked(ids=16, new=0, relabelled=0)
    assert (folder / PUBLISHED.file).read_bytes() == before


def test_lock_counts_what_is_new_and_what_has_another_label(folder):
    write(folder, changed("methods", 1, label="PEFT methods", id="pept"))
    write(folder, {**changed("metrics", 0, label="Accuracy score"), "stopped": []})
    methods = changed("methods", 1, id="peft-2", label="PEFT 2")["methods"]
    methods[0] = (*methods[0][:4], "peft-2", *methods[0][5:])
    write(folder, {**changed("metrics", 0, label="Accuracy score"), "methods": methods})
    assert lock(folder, load_ontology(folder)) == Locked(ids=17, new=1, relabelled=1)
    assert ("metric/accuracy", "Accuracy score") in published(folder)
    assert ("method/peft", "Parameter-Efficient Fine-Tuning") in published(folder)


def test_lock_leaves_a_file_it_cannot_read(folder):
    path = folder / PUBLISHED.file
    path.write_text("node\tname\nmethod/lora\tLoRA\n", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"published\.tsv:1: unknown column 'name'"):
        lock(folder, load_ontology(folder))
    assert path.read_text(encoding="utf-8") == "node\tname\nmethod/lora\tLoRA\n"


def test_check_finds_nothing_where_all_is_published(folder):
    assert check(folder) == []


def test_check_asks_nothing_of_what_was_never_published(folder):
    (folder / PUBLISHED.file).unlink()
    write(folder, without("stopped", 0))
    assert check(folder) == []


PROBLEMS = {
    "a row gone": (
        without("methods", 2),
        "published.tsv:{}: 'method/qlora' (QLoRA) was published and has no row any more",
        "method/qlora",
    ),
    "a redirect gone": (
        without("redirects", 0),
        "published.tsv:{}: 'benchmark/squad' (SQuAD) was published and has no row any more",
        "benchmark/squad",
    ),
    "a row new": (
        {**GOOD, "tasks": [("planning", "Planning", "", "", "", "x"), *GOOD["tasks"]]},
        "tasks.tsv:2: 'task/planning' is not in published.tsv; say: kg ontology lock",
        None,
    ),
    "an organisation new": (
        {
            **changed("models", 2, organisation="Zeta"),
            "organisations": [*GOOD["organisations"], ("zeta", "Zeta", "", "x")],
        },
        "organisations.tsv:3: 'organisation/zeta' is not in published.tsv; say: kg ontology lock",
        None,
    ),
    "another label": (
        changed("metrics", 0, label="Correctness"),
        "metrics.tsv:2: 'metric/accuracy' was published as 'Accuracy'; if 'Correctness' is the same thing, say: ",
        None,
    ),
    "a redirect of what never was": (
        changed("redirects", 1, old="method/lorrra"),
        "redirects.tsv:3: 'method/lorrra' was never published; remove the line",
        None,
    ),
}


@pytest.mark.parametrize(("tables", "problem", "node"), PROBLEMS.values(), ids=PROBLEMS)
def test_check_says_where_tables_and_lock_file_disagree(folder, tables, problem, node):
    place = [one for one, _ in published(folder)].index(node) + 2 if node else None
    assert [one for one in check(write(folder, tables)) if one.startswith(problem.format(place))]


@pytest.mark.parametrize("tables", [one[0] for one in PROBLEMS.values()], ids=PROBLEMS)
def test_load_does_not_mind_what_is_not_published(folder, tables):
    assert load_ontology(write(folder, tables)).find("LoRA")


@pytest.mark.parametrize(
    ("name", "label", "heir"),
    [
        ("dataset/math", "MATH", "benchmark/math"),
        ("method/low-rank-adapters", "low-rank adaptation", "method/lora"),
        ("organisation/meta-ai", "Meta AI", "organisation/meta"),
        ("organisation/math", "MATH", None),
        ("method/what", "What", None),
    ],
)
def test_check_says_what_bears_the_name_of_a_row_gone(folder, name, label, heir):
    write_table(folder, PUBLISHED, [*published(folder), (name, label)])
    (problem,) = check(folder)
    assert problem.endswith(f"stands for it now: {heir!r}?" if heir else "stands for it now")


def test_check_is_content_with_a_redirect_for_a_row_gone(folder):
    tables = without("methods", 2)
    tables["redirects"] = [*GOOD["redirects"], ("method/qlora", "method/lora", "for the test", "x")]
    assert check(write(folder, tables)) == []


def test_check_reads_a_damaged_lock_file(folder):
    path = folder / PUBLISHED.file
    path.write_bytes(path.read_bytes() + b"method/a\tA\nmethod/b\n")
    first, second = check(folder)
    assert first.startswith(
        "published.tsv:18: 'method/a' stands after a greater one: it belongs above line 6; rows are"
    )
    assert second == "published.tsv:19: 1 cells where the header has 2"
