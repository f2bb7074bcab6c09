import pytest
from click.testing import CliRunner

from kg.cli import cli
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


def test_why_goes_over_no_shared_task(tmp_path):
    _, tables = sample_store(tmp_path)
    one, two = Draft("a", "One", "We use Transformer."), Draft("b", "Two", "We test on MMLU.")
    one.relate("uses", one.mention("Transformer", METHOD, "method/transformer"), "We use")
    two.relate("evaluates_on", two.mention("MMLU", BENCHMARK, "benchmark/mmlu"), "We test")
    write_store(tmp_path / "two", [one.facts(), two.facts()], tables)
    store = open_store(tmp_path / "two")
    assert why(store, "Transformer", "MMLU").connections == ()
    assert why(store, "Transformer", "Question Answering").connections[0].labels == (
        "Transformer",
        "Question Answering",
    )


@pytest.mark.parametrize(
    ("start", "end", "hub"),
    [("LADDER", "Mathematical Reasoning", "task/"), ("LADDER", "Accuracy", "metric/")],
)
def test_why_goes_to_a_hub_at_the_end_of_a_path_alone(opened, start, end, hub):
    found = why(opened[0], start, end)
    assert found.length > 1
    inner = {node for connection in found.connections for node in connection.nodes[1:-1]}
    assert not [node for node in inner if iri(hub) in node]


def test_show_and_why_quote_an_abstract_before_a_title(tmp_path):
    _, tables = sample_store(tmp_path)
    paper = Draft("a", "Kestrel extends LoRA", "We present Kestrel. Zealously, Kestrel builds on LoRA with hashing.")
    own = paper.new("Kestrel", METHOD)
    lora = paper.mention("LoRA", METHOD, "method/lora")
    paper.relate("introduces", own, "Kestrel extends").relate("introduces", own, "We present Kestrel")
    paper.relate("uses", lora, "extends LoRA").relate("uses", lora, "with hashing")
    write_store(tmp_path / "two", [paper.facts()], tables)
    store = open_store(tmp_path / "two")
    want = ["Zealously, Kestrel builds on LoRA with hashing.", "Kestrel extends LoRA"]
    (used,) = [edge for edge in show(store, None, "a").outgoing if edge.predicate == "uses"]
    assert [one.sentence for one in used.evidence] == want
    ((step,),) = why(store, "a", "LoRA").connections[0].steps
    assert [one.sentence for one in step.evidence] == want


def test_why_prints_a_sentence_and_its_rule_once_and_no_empty_line_at_the_end(tmp_path):
    _, tables = sample_store(tmp_path)
    paper = Draft("a", "A title", "We use LoRA as LoRA stands, and Low-Rank Adaptation it is.")
    lora = paper.mention("LoRA", METHOD, "method/lora")
    paper.relate("uses", lora, "We use LoRA").relate("uses", lora, "Low-Rank Adaptation")
    write_store(tmp_path / "two", [paper.facts()], tables)
    done = CliRunner().invoke(cli, ["why", "a", "LoRA", "--store", str(tmp_path / "two")])
    assert done.exit_code == 0, done.output
    assert done.stdout.count("as LoRA stands") == 1
    assert done.stdout.count("test rule") == 1
    assert not done.stdout.endswith("\n\n")


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
