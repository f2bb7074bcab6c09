import pytest

from kg import selection
from kg.errors import UnknownNameError
from kg.identifiers import statement_iri
from kg.store import open_store, write_store
from kg.vocabulary import Predicate
from tests.graphs import iri, sample, sample_store


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return sample_store(tmp_path_factory.mktemp("store"))[0]


@pytest.fixture(scope="module")
def graph(store):
    return selection.everything(store)


def test_everything_has_papers_things_and_organisations(graph):
    kinds = [data["kind"] for _, data in graph.nodes(data=True)]
    assert kinds.count("Paper") == 6
    assert kinds.count("Organisation") == 1
    assert kinds.count("Method") == 5


def test_nodes_say_what_they_are(graph):
    assert graph.nodes[iri("benchmark/gsm8k")] == {
        "label": "GSM8K",
        "kind": "Benchmark",
        "papers": 3,
        "status": "curated",
        "aliases": ("GSM 8K", "Grade School Math"),
        "year": 2021,
    }
    assert graph.nodes[iri("paper/arxiv-2106.09685")] == {
        "label": "LoRA: small updates for large models",
        "kind": "Paper",
        "papers": 1,
        "arxiv": "2106.09685",
        "date": "2021-06-17",
        "url": "https://arxiv.org/abs/2106.09685",
        "year": 2021,
    }
    assert graph.nodes[iri("model/llama-2")]["level"] == "version"


def test_edges_of_papers_carry_their_evidence(graph):
    paper, node = iri("paper/arxiv-2305.14314"), iri("benchmark/gsm8k")
    data = graph.edges[paper, node, statement_iri(paper, Predicate.EVALUATES_ON, node)]
    assert (data["predicate"], data["source"], data["confidence"], data["support"], data["hedged"]) == (
        *("evaluatesOn", "paper", 0.9, 1),
        False,
    )
    (said,) = data["evidence"]
    assert said.sentence[said.start : said.end] == said.quote == "On GSM8K it reaches 52.3% accuracy with Llama 2 7B."
    assert (said.paper, said.paper_title, said.rule) == (paper, "QLoRA: adapting quantised models", "test rule")


def test_edges_of_the_ontology_are_keyed_by_their_predicate(graph):
    data = graph.edges[iri("method/lora"), iri("method/peft"), "broader"]
    assert (data["source"], data["support"], data["evidence"]) == ("ontology", 0, ())


def test_edge_that_both_say_stands_once_with_its_evidence(graph):
    edges = graph.get_edge_data(iri("method/qlora"), iri("method/lora"))
    assert sorted(data["predicate"] for data in edges.values()) == ["broader", "extends"]
    (extends,) = [data for data in edges.values() if data["predicate"] == "extends"]
    assert (extends["source"], extends["confidence"]) == ("lifted", 0.9)
    assert extends["evidence"][0].paper == iri("paper/arxiv-2305.14314")


def test_hedged_edges_say_so(graph):
    (edge,) = graph.get_edge_data(iri("paper/p3"), iri("benchmark/mmlu-stem")).values()
    assert edge["hedged"] is True


def test_every_quote_lies_in_its_sentence(graph):
    said = [one for _, _, data in graph.edges(data=True) for one in data["evidence"]]
    assert len(said) >= 30
    assert all(one.sentence[one.start : one.end] == one.quote for one in said)


def test_nodes_and_edges_come_sorted_whatever_the_order_of_building(tmp_path, graph):
    _, tables = sample_store(tmp_path)
    write_store(tmp_path / "other", reversed(sample()), tables)
    again = selection.everything(open_store(tmp_path / "other"))
    assert list(again.nodes(data=True)) == list(graph.nodes(data=True))
    assert list(again.edges(keys=True, data=True)) == list(graph.edges(keys=True, data=True))
    assert list(graph.nodes) == sorted(graph.nodes)


def test_around_goes_as_far_as_asked(store):
    near = selection.around(store, iri("method/ladder"))
    assert set(near.nodes) == {iri(path) for path in ("method/ladder", "method/qlora", "method/lora", "paper/p3")}
    assert len(selection.around(store, iri("method/ladder"), 0)) == 1
    assert set(near.nodes) < set(selection.around(store, iri("method/ladder"), 2).nodes)


def test_around_has_the_edges_between_what_it_finds(store):
    near = selection.around(store, iri("method/ladder"))
    assert near.has_edge(iri("method/qlora"), iri("method/lora"))


def test_around_a_node_without_edges_is_that_node(store):
    assert list(selection.around(store, iri("paper/p6"))) == [iri("paper/p6")]


def test_around_an_unknown_node_says_so(store):
    with pytest.raises(UnknownNameError, match="no node"):
        selection.around(store, iri("method/lor"))


@pytest.mark.parametrize("most", [1, 5, 10, 1000])
def test_important_keeps_to_its_size_and_leaves_no_node_alone(store, most):
    graph = selection.important(store, most)
    assert len(graph) <= most
    assert all(graph.degree(node) for node in graph)
    assert graph.number_of_nodes() > most / 2 or most in (1, 1000)


def test_important_prefers_what_many_papers_speak_of(store):
    graph = selection.important(store, 8)
    assert iri("method/lora") in graph
    assert sum(data["kind"] == "Paper" for _, data in graph.nodes(data=True)) <= 2


def test_of_nodes_has_these_nodes_and_their_edges_alone(store):
    wanted = [iri("method/lora"), iri("method/qlora"), iri("method/none"), "not an IRI"]
    graph = selection.of_nodes(store, wanted)
    assert list(graph) == [iri("method/lora"), iri("method/qlora")]
    assert graph.number_of_edges() == 2
    assert all(data["evidence"][0].paper_title for _, _, data in graph.edges(data=True) if data["evidence"])


def test_selections_of_an_empty_store_are_empty(tmp_path):
    _, tables = sample_store(tmp_path)
    write_store(tmp_path / "empty", [], tables)
    empty = open_store(tmp_path / "empty")
    assert len(selection.everything(empty)) == len(selection.important(empty)) == 0


@pytest.mark.parametrize(
    ("asked", "gone", "kept"),
    [
        ({"since": 2024}, "paper/arxiv-2305.14314", "paper/p3"),
        ({"since": "2024-04"}, "paper/p3", "paper/p4"),
        ({"since": "2024-03-01"}, "paper/p3", "paper/p4"),
        ({"min_support": 3}, "method/ladder", "benchmark/gsm8k"),
        ({"discovered": False}, "method/ladder", "method/lora"),
        ({"kinds": ["Method"]}, "paper/p3", "method/ladder"),
    ],
    ids=str,
)
def test_narrowed_leaves_out_what_is_not_wanted(graph, asked, gone, kept):
    part = selection.narrowed(graph, **asked)
    assert iri(kept) in part
    assert iri(gone) not in part
    assert iri(gone) in selection.narrowed(graph, **asked, keep=[iri(gone)])
    assert iri(gone) in graph
    assert all(degree for _, degree in part.degree())


def test_narrowed_by_time_keeps_what_the_papers_of_it_speak_of(graph):
    part = selection.narrowed(graph, since="2024-04")
    papers = {node for node, kind in part.nodes(data="kind") if kind == "Paper"}
    assert papers
    assert set(part) - papers == {thing for paper in papers for thing in graph.adj[paper]}
    assert set(selection.narrowed(graph, since="2024-04", kinds=["Method"])) <= set(part)
    assert len(selection.narrowed(graph, since=2999)) == 0


def test_narrowed_by_confidence_drops_the_edge_alone(graph):
    edge = iri("paper/p3"), iri("benchmark/mmlu-stem")
    assert graph.has_edge(*edge)
    assert not selection.narrowed(graph, min_confidence=0.6).has_edge(*edge)
