import pytest

from kg.errors import AmbiguousNameError, UnknownNameError
from kg.queries import find_node, find_paper, find_paper_loosely, find_thing
from kg.store import open_store, write_store
from kg.vocabulary import Kind
from tests.graphs import BENCHMARK, METHOD, MODEL, Draft, iri, sample, sample_store


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return sample_store(tmp_path_factory.mktemp("store"))[0]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("LoRA", "method/lora"),
        ("lora", "method/lora"),
        ("low rank adaptation", "method/lora"),
        ("gsm-8k", "benchmark/gsm8k"),
        ("Grade School Math", "benchmark/gsm8k"),
        ("LLAMA 2 7b", "model/llama-2-7b"),
        ("method/lora", "method/lora"),
        ("mlkg:method/lora", "method/lora"),
        ("https://w3id.org/mlkg/method/lora", "method/lora"),
        ("method/low-rank-adaptation", "method/lora"),
        ("https://w3id.org/mlkg/benchmark/alpaca", "dataset/alpaca"),
        ("learning as difficulty rises", "method/ladder"),
        (" fox-1 3b ", "model/fox-1-3b"),
    ],
)
def test_find_node_takes_names_as_people_write_them(store, name, path):
    assert find_node(store, name) == iri(path)


def test_find_node_heeds_the_kinds(store):
    with pytest.raises(UnknownNameError, match="no benchmark or dataset 'LoRA'"):
        find_node(store, "LoRA", (Kind.BENCHMARK, Kind.DATASET))


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        '"',
        "\\",
        '" } UNION { ?s ?p ?o',
        "x> <y",
        "method/",
        "\n",
        "\ud800",
        "method/lora> a mlkg:Method",
        "😀",
    ],
)
def test_find_node_takes_no_text_for_sparql(store, name):
    with pytest.raises(UnknownNameError):
        find_node(store, name)


def test_find_node_says_what_is_near(store):
    with pytest.raises(UnknownNameError, match="did you mean 'MMLU'") as caught:
        find_node(store, "mmul")
    assert caught.value.suggestions[0] == "MMLU"


@pytest.fixture(scope="module")
def twins(tmp_path_factory):
    """A store with a method and a benchmark of one name, and another method that has it as an alias."""
    folder = tmp_path_factory.mktemp("twins")
    _, tables = sample_store(folder)
    one, two, three = (Draft(f"t{n}", f"Paper {n}", "We propose Tower and Castle here.") for n in range(3))
    one.relate("introduces", one.new("Tower", METHOD), "We propose")
    two.relate("introduces", two.new("Tower", BENCHMARK), "We propose")
    three.relate("introduces", three.new("Castle", METHOD, "Tower"), "We propose")
    write_store(folder / "store", [one.facts(), two.facts(), three.facts()], tables)
    return open_store(folder / "store")


def test_find_node_of_several_lists_them(twins):
    with pytest.raises(
        AmbiguousNameError, match="'Tower' names several nodes, give one of: benchmark/tower, method/tower"
    ):
        find_node(twins, "Tower")


def test_find_node_prefers_a_label_to_an_alias(twins):
    assert find_node(twins, "Tower", (Kind.METHOD,)) == iri("method/tower")


def test_find_node_prefers_the_ontology_to_what_papers_brought(tmp_path):
    _, tables = sample_store(tmp_path)
    one = Draft("a", "GSM8K as a model", "We propose GSM8K and use LoRA.")
    one.relate("introduces", one.new("GSM8K", MODEL), "We propose")
    write_store(tmp_path / "two", [one.facts(), *sample()], tables)
    store = open_store(tmp_path / "two")
    assert find_node(store, "gsm8k") == iri("benchmark/gsm8k")
    assert find_node(store, "gsm8k", (Kind.MODEL,)) == iri("model/gsm8k")


@pytest.mark.parametrize(
    "name",
    [
        "arxiv:2305.14314",
        "2305.14314",
        "2305.14314v3",
        "arXiv:2305.14314",
        "QLoRA: adapting quantised models",
        "qlora adapting QUANTISED models!",
        "paper/arxiv-2305.14314",
    ],
)
def test_find_paper_takes_ids_and_titles(store, name):
    assert find_paper(store, name) == iri("paper/arxiv-2305.14314")


@pytest.mark.parametrize(
    "name",
    ["10.1234/abc", "doi:10.1234/abc", "DOI: 10.1234/ABC", "https://doi.org/10.1234/abc", "dx.doi.org/10.1234/abc"],
)
@pytest.mark.parametrize("record", [{"paper_id": "doi:10.1234/abc"}, {"paper_id": "p9", "doi": "10.1234/abc"}])
def test_find_paper_takes_dois_as_ids_and_as_records(tmp_path, name, record):
    _, tables = sample_store(tmp_path)
    papers = [Draft(title="One", abstract="We use LoRA.", **record), Draft("doi:10.1234/abcd", "Two", "We use LoRA.")]
    write_store(tmp_path / "two", [paper.facts() for paper in papers], tables)
    store = open_store(tmp_path / "two")
    assert find_paper(store, name) == find_paper(store, "One")


def test_find_paper_says_which_titles_are_near(store):
    with pytest.raises(UnknownNameError, match="did you mean 'LADDER: learning by steps'"):
        find_paper(store, "LADDER: learning by step")


def test_find_thing_takes_both(store):
    assert find_thing(store, "QLoRA") == iri("method/qlora")
    assert find_thing(store, "2106.09685") == iri("paper/arxiv-2106.09685")
    with pytest.raises(UnknownNameError, match="did you mean 'MMLU'"):
        find_thing(store, "mmul")


def test_sample_has_the_names_it_is_asked_for():
    assert len(sample()) == 6


@pytest.mark.parametrize("name", ["QLoRA: adapting", "QLoRA"], ids=["beginning", "what-it-introduces"])
def test_paper_is_found_loosely(store, name):
    assert find_paper_loosely(store, name).endswith("arxiv-2305.14314")


def test_paper_is_found_exactly_or_not_at_all(store):
    with pytest.raises(UnknownNameError):
        find_paper(store, "QLoRA")
