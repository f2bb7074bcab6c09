"""New entries: the right row in the right table, or nothing at all."""

import multiprocessing

import pytest

from kg.errors import EntryError, OntologyError, OutputError, UnknownNameError
from kg.files import whole_file
from kg.ontology import check, load_ontology
from kg.ontology.editing import Entry, add, takes
from kg.ontology.identity import lock
from kg.ontology.tables import TABLES
from kg.vocabulary import Kind
from tests.ontology.small_tables import GOOD, write


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path / "ontology")


def bytes_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def line_of(folder, table, identifier):
    """The cells that are filled in the row of an id."""
    for line in (folder / f"{table}.tsv").read_text(encoding="utf-8").splitlines():
        cells = dict(zip(TABLES[table].columns, line.split("\t"), strict=True))
        if cells[TABLES[table].columns[0]] == identifier:
            return {column: cell for column, cell in cells.items() if cell}
    return None


@pytest.mark.parametrize(
    ("entry", "table", "row"),
    [
        (
            Entry(Kind.METHOD, "Zebra Attention", "x", broader="PEFT", year="2026", arxiv="2601.01234", tasks=("QA",)),
            "methods",
            {
                "id": "zebra-attention",
                "label": "Zebra Attention",
                "broader": "peft",
                "tasks": "question-answering",
                "year": "2026",
                "arxiv": "2601.01234",
                "source": "x",
            },
        ),
        (
            Entry(Kind.MODEL, "Llama 2 33B", "x", level="checkpoint", parent="llama-2", organisation="meta ai"),
            "models",
            {
                "id": "llama-2-33b",
                "label": "Llama 2 33B",
                "level": "checkpoint",
                "parent": "llama-2",
                "organisation": "Meta",
                "source": "x",
            },
        ),
        (
            Entry(Kind.DATASET, "SQuAD-X", "x", variant_of="SQuAD", tasks=("QA",), metrics=("acc",), aliases=("XQ",)),
            "benchmarks",
            {
                "id": "squad-x",
                "label": "SQuAD-X",
                "kind": "dataset",
                "aliases": "XQ",
                "variant_of": "squad",
                "tasks": "question-answering",
                "metrics": "accuracy",
                "source": "x",
            },
        ),
        (
            Entry(Kind.METHOD, "Stripes", "x", extends=("LoRA", "LLaMA")),
            "methods",
            {"id": "stripes", "label": "Stripes", "extends": "lora | model/llama", "source": "x"},
        ),
        (
            Entry(Kind.METRIC, "Error Rate", "x", higher_is_better="no", unit="percent"),
            "metrics",
            {"id": "error-rate", "label": "Error Rate", "higher_is_better": "no", "unit": "percent", "source": "x"},
        ),
        (
            Entry(Kind.TASK, "Cloze", "x", broader="reading comprehension", area="nlp"),
            "tasks",
            {"id": "cloze", "label": "Cloze", "broader": "reading-comprehension", "area": "nlp", "source": "x"},
        ),
    ],
    ids=["method", "model", "dataset", "extends", "metric", "task"],
)
def test_add_writes_the_row_in_its_table(folder, entry, table, row):
    iri = add(folder, entry)
    assert check(folder) == []
    assert load_ontology(folder).entities[iri].label == entry.label
    assert line_of(folder, table, row["id"]) == row


def test_add_leaves_all_other_tables_as_they_are(folder):
    before = bytes_of(folder)
    add(folder, Entry(Kind.TASK, "Cloze", "x"))
    after = bytes_of(folder)
    assert {name for name in after if after[name] != before.get(name)} == {"tasks.tsv"}


def test_add_makes_a_new_organisation_too(folder):
    add(folder, Entry(Kind.MODEL, "Zephyrus", "x", level="family", organisation="Some Lab"))
    assert load_ontology(folder).organisation("some lab").id == "some-lab"


def test_add_puts_the_id_into_the_lock_file_where_there_is_one(folder):
    write(folder, {**GOOD, "redirects": []})
    lock(folder, load_ontology(folder))
    add(folder, Entry(Kind.TASK, "Cloze", "x"))
    assert check(folder) == []
    assert "task/cloze\tCloze" in (folder / "published.tsv").read_text(encoding="utf-8").splitlines()


def test_add_of_a_name_that_means_something_else_asks_for_cues(folder):
    before = bytes_of(folder)
    with pytest.raises(EntryError, match=r"'SQuAD' is also a name of dataset/squad: .*--cue"):
        add(folder, Entry(Kind.METHOD, "SQuAD", "x"))
    assert bytes_of(folder) == before


def test_add_with_cues_declares_both_senses(folder):
    add(folder, Entry(Kind.METHOD, "SQuAD", "x", cues=("Pruning", "sparse")))
    assert line_of(folder, "ambiguous", "SQuAD")["default"] == "yes"  # the dataset's, sorted first
    senses = {sense.iri.rsplit("/", 2)[1]: sense for sense in load_ontology(folder).senses_of("SQuAD")}
    assert senses["dataset"].default
    assert (senses["method"].cues, senses["method"].default) == (("pruning", "sparse"), False)


def test_add_gives_a_second_thing_of_one_table_another_id(folder):
    iri = add(folder, Entry(Kind.DATASET, "MATH", "x", cues=("corpus",)))
    assert iri == "https://w3id.org/mlkg/dataset/math-2"


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (Entry(Kind.TASK, "Cloze", "x", year="2020"), "a task has no year"),
        (Entry(Kind.METHOD, "Zebra", "x", pattern="#", unit="s"), "a method has no pattern, unit"),
    ],
    ids=["year", "two"],
)
def test_add_refuses_what_the_kind_has_not(folder, entry, why):
    with pytest.raises(EntryError, match=why):
        add(folder, entry)


def test_add_of_an_unknown_parent_says_what_is_near(folder):
    with pytest.raises(UnknownNameError, match=r"no method 'QLoRa-X'.*did you mean 'QLoRA'"):
        add(folder, Entry(Kind.METHOD, "Zebra", "x", broader="QLoRa-X"))


@pytest.mark.parametrize(
    "cell", [{"year": "soon"}, {"arxiv": "26"}, {"aliases": ("a\u202eb",)}, {"aliases": ("LLM",)}], ids=str
)
def test_add_writes_nothing_when_the_row_would_be_wrong(folder, cell):
    before = bytes_of(folder)
    with pytest.raises(EntryError, match=r"Zebra: nothing is written, for with its row there would be\n\w+\.tsv:\d+: "):
        add(folder, Entry(Kind.METHOD, "Zebra", "x", **cell))
    assert bytes_of(folder) == before


def test_add_folds_white_space(folder):
    add(folder, Entry(Kind.METHOD, " Zebra\nAttention ", "x", aliases=("Z\tA",)))
    entity = load_ontology(folder).find("Zebra Attention")[0]
    assert (entity.label, entity.aliases) == ("Zebra Attention", ("Z A",))


@pytest.mark.parametrize("name", ["", " ", "--", "###"])
def test_add_refuses_what_is_no_name(folder, name):
    with pytest.raises(EntryError, match="is no name"):
        add(folder, Entry(Kind.METHOD, name, "x"))


def add_in_turn(folder, names):
    for name in names:
        add(folder, Entry(Kind.METHOD, name, "x"))


def test_add_by_several_processes_loses_nothing(folder):
    write(folder, {**GOOD, "redirects": []})
    lock(folder, load_ontology(folder))
    names = [[f"Zebra {letter}{number}" for number in range(4)] for letter in "ABC"]
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=add_in_turn, args=(folder, some)) for some in names]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert check(folder) == []
    ontology = load_ontology(folder)
    assert all(ontology.find(name) for some in names for name in some)


@pytest.mark.parametrize("file", ["organisations.tsv", "models.tsv", "published.tsv"])
def test_add_that_cannot_write_one_table_writes_none(folder, file, monkeypatch):
    write(folder, {**GOOD, "redirects": []})
    lock(folder, load_ontology(folder))
    before = bytes_of(folder)

    def full(path):
        if path.name == file:
            raise OutputError(f"{path}: the disk is full")
        return whole_file(path)

    monkeypatch.setattr("kg.ontology.editing.whole_file", full)
    with pytest.raises(OutputError):
        add(folder, Entry(Kind.MODEL, "Zephyrus", "x", level="family", organisation="Some Lab"))
    assert bytes_of(folder) == before


def test_add_to_tables_that_are_wrong_already_is_refused(folder):
    with (folder / "tasks.tsv").open("a", encoding="utf-8") as file:
        file.write("zzz\tno\n")
    with pytest.raises(OntologyError, match=r"tasks\.tsv:4"):
        add(folder, Entry(Kind.TASK, "Cloze", "x"))


def test_add_of_an_unknown_metric_names_metrics_alone(folder):
    with pytest.raises(UnknownNameError) as caught:
        add(folder, Entry(Kind.BENCHMARK, "ZebraBench", "x", metrics=("lorra",)))
    assert caught.value.suggestions == ()  # LoRA is near, and no metric


def test_takes_names_columns_of_the_table():
    assert takes(Kind.METRIC) == {"aliases", "cues", "higher_is_better", "label", "source", "unit"}
