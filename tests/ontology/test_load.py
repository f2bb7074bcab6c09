"""Loading the tables: every fault of a row is found, named by file and line, all at once."""

import gc
import os
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.ontology import check, load_ontology
from kg.resources import ontology_folder
from kg.vocabulary import Kind, Predicate
from tests.ontology.small_tables import GOOD, added, changed, write


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path / "ontology", GOOD)


def test_load_reads_every_table(folder):
    ontology = load_ontology(folder)
    assert [entity.id for entity in ontology.of_kind(Kind.METHOD)] == ["lora", "peft", "qlora"]
    qlora = ontology.find("qlora")[0]
    assert qlora.parents == (
        (Predicate.BROADER, "https://w3id.org/mlkg/method/lora"),
        (Predicate.EXTENDS, "https://w3id.org/mlkg/method/lora"),
        (Predicate.EXTENDS, "https://w3id.org/mlkg/model/llama"),
    )
    assert (qlora.year, qlora.arxiv, qlora.categories) == (2023, "2305.14314", ("fine-tuning-peft",))
    assert ontology.find("accuracy")[0].higher_is_better is True


def test_load_gives_models_their_organisation(folder):
    llama = load_ontology(folder).find("LLaMA")[0]
    assert llama.organisation == "Meta"
    assert llama.parents == ((Predicate.DEVELOPED_BY, "https://w3id.org/mlkg/organisation/meta"),)


def test_load_reads_redirects_that_lead_somewhere(folder):
    assert load_ontology(folder).redirects == {
        "https://w3id.org/mlkg/benchmark/squad": "https://w3id.org/mlkg/dataset/squad",
        "https://w3id.org/mlkg/method/low-rank-adaptation": "https://w3id.org/mlkg/method/lora",
    }


def test_load_needs_no_redirects(folder):
    (folder / "redirects.tsv").unlink()
    assert load_ontology(folder).redirects == {}


FAULTS = {
    "empty label": (changed("methods", 0, label=""), "methods.tsv:2", "the label is empty"),
    "empty alias": (changed("methods", 0, aliases="a |  | b"), "methods.tsv:2", "an alias is empty"),
    "id that is no slug": (changed("methods", 0, id="LoRA_1"), "methods.tsv:2", "id 'LoRA_1'"),
    "id twice": (
        {**GOOD, "tasks": [*GOOD["tasks"], GOOD["tasks"][1]]},
        "tasks.tsv:4",
        "'reading-comprehension' stands twice",
    ),
    "rows not sorted": ({**GOOD, "tasks": GOOD["tasks"][::-1]}, "tasks.tsv:3", "sorted by id"),
    "senses not sorted": (
        {**GOOD, "ambiguous": [("QA", "task/question-answering", "exact", "yes", "", "x"), *GOOD["ambiguous"]]},
        "ambiguous.tsv:3",
        "sorted by alias, node",
    ),
    "alias of two entities": (changed("tasks", 0, aliases="Q-LoRA"), "tasks.tsv:2", "'Q-LoRA' is also 'QLoRA'"),
    "label of two entities": (
        added("methods", id="soft", label="SQuAD", source="x"),
        "methods.tsv:5",
        "ambiguous.tsv does not declare both",
    ),
    "alias that only repeats a name": (changed("methods", 0, aliases="LoRA"), "methods.tsv:2", "'LoRA' stands twice"),
    "name without letters": (changed("methods", 0, aliases="++ | (-)"), "methods.tsv:2", "neither letter nor digit"),
    "two names on one slug": (
        {**GOOD, "methods": [("a", "pass at k", *[""] * 7, "x"), ("pass-at-k", "pass@k", *[""] * 7, "x")]},
        "methods.tsv:2",
        "label 'pass at k' has the slug 'pass-at-k', the id of 'pass@k' (methods.tsv:3)",
    ),
    "broader that is missing": (changed("methods", 0, broader="gone"), "methods.tsv:2", "broader 'gone' is no id"),
    "parent that is missing": (changed("models", 1, parent="gone"), "models.tsv:3", "parent 'gone' is no id"),
    "extends that is missing": (changed("methods", 2, extends="model/x"), "methods.tsv:4", "extends 'model/x' is no"),
    "parent in another table": (changed("models", 1, parent="method/lora"), "models.tsv:3", "'method/lora' is no id"),
    "task that is missing": (changed("benchmarks", 1, tasks="gone"), "benchmarks.tsv:3", "tasks 'gone' is no id"),
    "metric that is missing": (changed("benchmarks", 0, metrics="gone"), "benchmarks.tsv:2", "metrics 'gone'"),
    "part of what is missing": (changed("benchmarks", 0, part_of="gone"), "benchmarks.tsv:2", "part_of 'gone'"),
    "unknown organisation": (changed("models", 0, organisation="Mate"), "models.tsv:2", "organisation 'Mate'"),
    "cycle": (changed("methods", 1, broader="qlora"), "methods.tsv:2", "a cycle: LoRA -> Parameter-Efficient"),
    "its own parent": (changed("tasks", 0, broader="question-answering"), "tasks.tsv:2", "a cycle: Question Answering"),
    "year in words": (changed("methods", 0, year="last"), "methods.tsv:2", "year 'last'"),
    "year out of range": (changed("methods", 0, year="21"), "methods.tsv:2", "year '21'"),
    "arXiv id with a version": (changed("methods", 0, arxiv="2106.09685v2"), "methods.tsv:2", "arXiv id"),
    "arXiv id of month 13": (changed("methods", 0, arxiv="2113.09685"), "methods.tsv:2", "arXiv id"),
    "unknown level": (changed("models", 0, level="group"), "models.tsv:2", "level 'group'"),
    "pattern without place": (changed("models", 0, pattern="Llama"), "models.tsv:2", "pattern 'Llama'"),
    "pattern of another name": (changed("models", 0, pattern="Alpaca #"), "models.tsv:2", "pattern 'Alpaca #'"),
    "pattern of a checkpoint": (changed("models", 2, pattern="Llama #"), "models.tsv:4", "pattern 'Llama #'"),
    "unknown kind": (changed("benchmarks", 0, kind="suite"), "benchmarks.tsv:2", "kind 'suite'"),
    "direction": (changed("metrics", 0, higher_is_better="up"), "metrics.tsv:2", "higher_is_better 'up'"),
    "sense of no node": (changed("ambiguous", 0, node="task/math"), "ambiguous.tsv:2", "node 'task/math'"),
    "sense of an organisation": (
        changed("ambiguous", 0, alias="Meta", node="organisation/meta"),
        "ambiguous.tsv:2",
        "node 'organisation/meta'",
    ),
    "sense of a name not carried": (changed("ambiguous", 0, alias="Math"), "ambiguous.tsv:2", "'Math' is no name of"),
    "case rule": (changed("ambiguous", 0, case="upper"), "ambiguous.tsv:2", "case 'upper'"),
    "default": (changed("ambiguous", 0, default="maybe"), "ambiguous.tsv:2", "default 'maybe'"),
    "cue in capitals": (changed("ambiguous", 0, cues="GSM8K"), "ambiguous.tsv:2", "lower case"),
    "two defaults": (
        {
            **changed("tasks", 0, aliases="MATH"),
            "ambiguous": [
                ("MATH", "benchmark/math", "exact", "yes", "", "x"),
                ("MATH", "task/question-answering", "exact", "yes", "", "x"),
            ],
        },
        "ambiguous.tsv:3",
        "default sense on line 2 already",
    ),
    "stopped name": (added("stopped", name="Qlora", source="x"), "stopped.tsv:3", "'Qlora' is 'QLoRA' of 'QLoRA'"),
    "extends itself": (changed("methods", 2, extends="qlora"), "methods.tsv:4", "'QLoRA' extends itself"),
    "extends data": (
        changed("methods", 2, extends="dataset/squad"),
        "methods.tsv:4",
        "'QLoRA' cannot extend the dataset 'SQuAD'",
    ),
    "one parent twice": (changed("methods", 2, broader="lora | lora"), "methods.tsv:4", "an id stands twice"),
    "version below a checkpoint": (
        {**GOOD, "models": [*GOOD["models"], ("llama-3", "Llama 3", "version", "", "llama-2-7b", *[""] * 6, "x")]},
        "models.tsv:5",
        "'Llama 3', a version, cannot be below the checkpoint 'Llama 2 7B'",
    ),
    "redirect of what is no id": (changed("redirects", 0, old="squad"), "redirects.tsv:2", "old 'squad' is no kind/id"),
    "redirect of an unknown kind": (changed("redirects", 0, old="paper/x"), "redirects.tsv:2", "old 'paper/x' is no"),
    "redirect of a row": (changed("redirects", 2, old="method/peft"), "redirects.tsv:4", "'method/peft' has a row"),
    "redirect to nowhere": (
        changed("redirects", 0, new="dataset/gone"),
        "redirects.tsv:2",
        "new 'dataset/gone' is no kind/id of any table",
    ),
    "redirect to a redirect": (
        changed("redirects", 0, new="method/low-rank-adaptation"),
        "redirects.tsv:2",
        "'method/low-rank-adaptation' is redirected itself, on line 4",
    ),
    "redirect in a circle": (
        changed("redirects", 0, new="benchmark/squad"),
        "redirects.tsv:2",
        "'benchmark/squad' is redirected itself, on line 2",
    ),
    "redirect without a reason": (changed("redirects", 0, why=""), "redirects.tsv:2", "why is empty"),
    "redirects not sorted": (
        {**GOOD, "redirects": GOOD["redirects"][::-1]},
        "redirects.tsv:3",
        "stands after a greater one: it belongs above line 2; rows are sorted by old",
    ),
    "spaces around a cell": (changed("methods", 0, source="x "), "methods.tsv:2", "begins or ends with a space"),
    "two spaces": (changed("methods", 0, label="Lo  RA"), "methods.tsv:2", "two in a row"),
    "sign that nobody sees": (changed("methods", 0, label="Lo\u200bRA"), "methods.tsv:2", "a cell holds U+200B"),
    "escape": (changed("methods", 0, source="\x1b[31m"), "methods.tsv:2", "a cell holds U+001B"),
    "space of another width": (changed("methods", 0, label="Lo\u00a0RA"), "methods.tsv:2", "a cell holds U+00A0"),
    "empty id": (added("tasks", label="Planning", source="x"), "tasks.tsv:2", "id is empty"),
    "endless id": (added("tasks", id="z" * 101, label="Planning", source="x"), "tasks.tsv:4", "100 at the most"),
    "endless name": (changed("methods", 0, aliases="z" * 201), "methods.tsv:2", "has 201 characters"),
    "extends in a circle": (changed("methods", 0, extends="qlora"), "methods.tsv:2", "a cycle: LoRA -> QLoRA -> LoRA"),
    "arXiv id of other digits": (changed("methods", 0, arxiv="\u0662106.09685"), "methods.tsv:2", "arXiv id"),
    "name of two organisations": (
        added("organisations", id="other", label="Other", aliases="META-AI", source="x"),
        "organisations.tsv:3",
        "'META-AI' is a name of 'Meta' too (organisations.tsv:2)",
    ),
    "carriage return": (changed("methods", 0, source="x\r"), "methods.tsv:2", "carriage return"),
}


@pytest.mark.parametrize(("tables", "place", "why"), FAULTS.values(), ids=FAULTS)
def test_check_names_file_line_and_fault(tmp_path, tables, place, why):
    problems = check(write(tmp_path / "ontology", tables))
    assert any(problem.startswith(f"{place}: ") and why in problem for problem in problems), problems


def test_check_finds_nothing_in_good_tables(folder):
    assert check(folder) == []


def test_load_says_both_lines_of_an_alias_clash(tmp_path):
    problems = check(write(tmp_path / "ontology", changed("tasks", 0, aliases="Q-LoRA")))
    assert problems == [
        "tasks.tsv:2: 'Q-LoRA' is also 'QLoRA' of 'QLoRA' (methods.tsv:4), and ambiguous.tsv does not declare both"
    ]


def test_load_accepts_a_declared_ambiguity(tmp_path):
    tables = changed("tasks", 0, aliases="MATH")
    tables["ambiguous"] = [*GOOD["ambiguous"], ("MATH", "task/question-answering", "exact", "no", "school", "x")]
    ontology = load_ontology(write(tmp_path / "ontology", tables))
    assert [entity.label for entity in ontology.find("MATH")] == ["MATH", "Question Answering"]


def test_load_raises_every_problem_at_once_in_order(tmp_path):
    tables = changed("models", 0, year="?")
    tables["tasks"] = changed("tasks", 0, broader="gone")["tasks"]
    tables["methods"] = changed("methods", 2, label="")["methods"]
    with pytest.raises(OntologyError) as caught:
        load_ontology(write(tmp_path / "ontology", tables))
    assert [problem.split(": ")[0] for problem in caught.value.problems] == [
        "tasks.tsv:2",
        "models.tsv:2",
        "methods.tsv:4",
        "methods.tsv:4",
    ]


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("id\tlabel\taliases\tbroader\tarea", "missing column 'source'"),
        ("id\tlabel\taliases\tbroader\tarea\tsource\tnotes", "unknown column 'notes'"),
        ("id\tlabel\taliases\tparent\tarea\tsource", "unknown column 'parent', missing column 'broader'"),
        ("label\tid\taliases\tbroader\tarea\tsource", "columns out of order"),
        ("", "missing column 'id'"),
    ],
    ids=["missing", "unknown", "renamed", "order", "empty"],
)
def test_check_refuses_a_wrong_header(folder, header, why):
    (folder / "tasks.tsv").write_text(f"{header}\n", encoding="utf-8")
    problems = check(folder)
    assert problems[0].startswith("tasks.tsv:1: ")
    assert why in problems[0]


def test_check_counts_the_cells_of_every_row(folder):
    path = folder / "metrics.tsv"
    path.write_text(path.read_text(encoding="utf-8") + "bleu\tBLEU\n", encoding="utf-8")
    assert check(folder) == ["metrics.tsv:3: 2 cells where the header has 6"]


def test_check_names_a_missing_file(folder):
    (folder / "stopped.tsv").unlink()
    assert check(folder) == [f"stopped.tsv:1: the file is missing from {folder}"]


def test_check_names_the_line_that_is_not_utf_8(folder):
    path = folder / "organisations.tsv"
    path.write_bytes(path.read_bytes() + b"z\tZ\xff\t\tx\n")
    assert check(folder)[0] == "organisations.tsv:3: not UTF-8: invalid start byte"


def test_check_says_nothing_of_references_to_a_table_that_cannot_be_read(folder):
    for table in ("tasks", "organisations", "metrics"):
        (folder / f"{table}.tsv").write_bytes(b"\xff")
    assert check(folder) == [
        f"{table}.tsv:1: not UTF-8: invalid start byte" for table in ("organisations", "tasks", "metrics")
    ]


def test_check_says_once_that_lines_end_in_another_way(folder):
    path = folder / "tasks.tsv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert check(folder) == ["tasks.tsv:1: a carriage return (and 2 lines more); lines end in a line feed alone"]


def test_check_names_a_byte_order_mark(folder):
    path = folder / "tasks.tsv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert check(folder) == ["tasks.tsv:1: a byte order mark; save the file as UTF-8 without one"]


@pytest.mark.parametrize("file", ["tasks.tsv", "redirects.tsv", "published.tsv"])
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_check_reads_nothing_but_files(folder, file, make):
    path = folder / file
    path.unlink(missing_ok=True)
    make(path)
    assert check(folder) == [f"{file}:1: is no file in {folder}"]


def long_chain(length, *, closed):
    """The good tables with tasks each of which is a kind of the next."""
    ids = [f"t{number:06}" for number in range(length)]
    above = [*ids[1:], ids[0] if closed else ""]
    rows = [(one, f"Task {one}", "", up, "", "x") for one, up in zip(ids, above, strict=True)]
    return {**GOOD, "tasks": [*GOOD["tasks"], *rows]}


def test_check_climbs_a_long_chain(tmp_path):
    assert check(write(tmp_path / "ontology", long_chain(20_000, closed=False))) == []


def test_check_shortens_a_long_cycle(tmp_path):
    (problem,) = check(write(tmp_path / "ontology", long_chain(20_000, closed=True)))
    assert problem.endswith("-> Task t000005 -> (19994 more) -> Task t000000")


def test_load_depends_on_the_bytes_of_the_tables_alone(folder, tmp_path):
    other = write(tmp_path / "copy", GOOD)
    assert load_ontology(folder).digest == load_ontology(other).digest
    changed_copy = write(tmp_path / "changed", changed("metrics", 0, unit="score"))
    assert load_ontology(changed_copy).digest != load_ontology(folder).digest


def test_load_leaves_the_garbage_collector_as_it_was(folder):
    assert gc.isenabled()
    load_ontology(folder)
    assert gc.isenabled()


def test_load_takes_the_shipped_tables_by_default(ontology):
    assert ontology.digest == load_ontology(Path(ontology_folder())).digest
