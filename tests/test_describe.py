import pytest

from kg.describe import show, stats, why
from kg.errors import AmbiguousNameError, UnknownNameError
from kg.store import open_store, write_store
from tests.graphs import BENCHMARK, METHOD, Draft, iri, sample_store


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    return sample_store(tmp_path_factory.mktemp("store"))


def test_show_tells_a_thing_with_its_edges_and_years(opened):
    found = show(*opened, "low-rank adaptation")
    assert (found.label, found.kind, found.aliases, found.papers) == ("LoRA", "Method", ("Low-Rank Adaptation",), 4)
    assert [(n.predicate, n.label) for n in found.outgoing] == [
        ("broader", "Parameter-Efficient Fine-Tuning"),
        ("comparesWith", "BERT base"),
    ]
    incoming = [(n.predicate, n.label) for n in found.incoming if n.kind != "Paper"]
    assert incoming == [("broader", "QLoRA"), ("comparesWith", "LADDER"), ("extends", "QLoRA")]
    assert found.timeline == ((2021, 1), (2023, 1), (2024, 2))


def test_show_gives_the_words_behind_an_edge(opened):
    found = show(*opened, "LADDER")
    (edge,) = [n for n in found.outgoing if n.predicate == "extends"]
    assert edge.evidence[0].sentence.startswith("LADDER (Learning As")


def test_show_tells_a_paper(opened):
    found = show(*opened, "2305.14314")
    assert (found.kind, found.date, found.arxiv, found.timeline) == ("Paper", "2023-05-23", "2305.14314", ())
    assert [n.label for n in found.outgoing if n.predicate == "evaluatesOn"] == ["GSM8K", "MMLU"]


def test_show_falls_back_on_the_ontology(opened):
    found = show(*opened, "zero")
    assert (found.label, found.in_store, found.papers) == ("ZeRO", False, 0)


def test_show_of_nothing_says_what_is_near(opened):
    with pytest.raises(UnknownNameError, match="did you mean 'LADDER'"):
        show(*opened, "LADER")


def test_show_of_several_lists_them(tmp_path):
    _, tables = sample_store(tmp_path)
    one, two = Draft("a", "Tower", "We propose Tower."), Draft("b", "Tower", "We propose the Tower.")
    one.relate("introduces", one.new("Tower", METHOD), "We propose")
    two.relate("introduces", two.new("Tower", BENCHMARK), "We propose")
    write_store(tmp_path / "two", [one.facts(), two.facts()], tables)
    with pytest.raises(AmbiguousNameError, match="benchmark/tower, method/tower"):
        show(open_store(tmp_path / "two"), tables, "tower")


def test_why_gives_the_sentences_of_an_edge(opened):
    found = why(opened[0], "ladder", "qlora")
    assert found.length == 1
    ((step,),) = found.connections[0].steps
    assert (step.subject_label, step.predicate, step.object_label) == ("LADDER", "extends", "QLoRA")
    assert "extends QLoRA" in step.evidence[0].quote


def test_why_reads_an_edge_from_either_end(opened):
    assert (
        why(opened[0], "qlora", "ladder").connections[0].steps == why(opened[0], "ladder", "qlora").connections[0].steps
    )


def test_why_finds_the_shortest_path(opened):
    found = why(opened[0], "LADDER", "MMLU")
    assert found.length == 3
    assert all(len(connection.steps) == 3 for connection in found.connections)
    assert found.connections[0].labels[0] == "LADDER"
    assert found.connections[0].labels[-1] == "MMLU"


def test_why_goes_over_a_shared_metric_only_where_nothing_else_joins(tmp_path):
    _, tables = sample_store(tmp_path)
    one, two = Draft("a", "One", "We use Transformer."), Draft("b", "Two", "We test on MMLU.")
    one.relate("uses", one.mention("Transformer", METHOD, "method/transformer"), "We use")
    two.relate("evaluates_on", two.mention("MMLU", BENCHMARK, "benchmark/mmlu"), "We test")
    write_store(tmp_path / "two", [one.facts(), two.facts()], tables)
    found = why(open_store(tmp_path / "two"), "Transformer", "MMLU")
    assert found.connections[0].labels == ("Transformer", "Question Answering", "MMLU")


def test_why_of_things_that_nothing_joins_is_empty(opened):
    assert why(opened[0], "p6", "LoRA").connections == ()


def test_why_of_one_thing_with_itself_is_empty(opened):
    found = why(opened[0], "lora", "Low-Rank Adaptation")
    assert (found.start, found.end, found.length) == (iri("method/lora"), iri("method/lora"), 0)


def test_stats_count_what_is_there(opened):
    found = stats(opened[0])
    assert found.papers == 6
    assert found.years == ((2021, 1), (2023, 1), (2024, 3), (None, 1))
    assert dict(found.nodes)["Model"] == 6
    assert dict(found.statuses) == {"composed": 1, "curated": 17, "discovered": 1}
    assert dict(found.relations)["introduces"] == 4
    assert found.newest == "2024-11-02"
