"""The RDF of a part of a graph: all of the part, nothing else, and fit for the shapes."""

import networkx as nx
import pyoxigraph
import pyshacl
import pytest
import rdflib

from kg.exporters.rdf.selected_triples import selected_triples
from kg.resources import ontology_folder
from kg.selection import around, everything, narrowed, of_nodes
from kg.vocabulary import BASE, PREFIXES
from tests.graphs import iri, sample_store

SHAPES = rdflib.Graph().parse(ontology_folder() / "shapes.ttl")
COUNTS = ("triples", "entities", "classes", "properties", "classPartition", "propertyPartition", "class", "property")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return sample_store(tmp_path_factory.mktemp("store"))[0]


SELECTIONS = {
    "everything": everything,
    "around a method": lambda store: around(store, iri("method/lora")),
    "around a benchmark": lambda store: around(store, iri("benchmark/gsm8k")),
    "one kind of edge": lambda store: narrowed(everything(store), predicates=["extends"]),
    "things alone": lambda store: narrowed(everything(store), kinds=["Method", "Model"]),
    "two nodes": lambda store: of_nodes(store, [iri("method/qlora"), iri("method/lora")]),
    "a paper alone": lambda store: of_nodes(store, [f"{BASE}paper/arxiv-2305.14314"]),
    "nothing": lambda _: nx.MultiDiGraph(),
}


@pytest.fixture(scope="module", params=SELECTIONS.values(), ids=SELECTIONS)
def graph(request, store):
    return request.param(store)


def folder(node):
    return node.value.removeprefix(BASE).partition("/")[0] if isinstance(node, pyoxigraph.NamedNode) else ""


def test_selected_triples_of_everything_are_the_store_without_its_counts(store):
    whole = {quad.triple for quad in store.engine}
    kept = set(selected_triples(store, everything(store)))
    assert kept < whole
    left = {triple for triple in whole - kept if not triple.subject.value.startswith(f"{BASE}graph#")}
    assert {triple.predicate.value for triple in left} == {PREFIXES["void"] + name for name in COUNTS[:6]}
    assert {triple.subject.value for triple in left} == {f"{BASE}graph"}


@pytest.mark.parametrize("statements", [True, False])
def test_selected_triples_come_once_and_are_the_stores(store, graph, statements):
    triples = list(selected_triples(store, graph, statements=statements))
    assert len(triples) == len(set(triples))
    assert set(triples) <= {quad.triple for quad in store.engine}


@pytest.mark.parametrize("statements", [True, False])
def test_selected_triples_conform_to_the_shapes(store, graph, statements):
    data = rdflib.Graph()
    lines = "".join(f"{triple} .\n" for triple in selected_triples(store, graph, statements=statements))
    data.parse(data=lines, format="nt")
    conforms, _, text = pyshacl.validate(data, shacl_graph=SHAPES)
    assert conforms, text


@pytest.mark.parametrize("statements", [True, False])
def test_selected_triples_have_the_selections_edges(store, graph, statements):
    nodes = ("paper", "organisation", "method", "model", "benchmark", "dataset", "task", "metric")
    edges = {
        (t.subject.value, t.predicate.value.removeprefix(BASE), t.object.value)
        for t in selected_triples(store, graph, statements=statements)
        if folder(t.subject) in nodes and folder(t.object) in nodes and t.predicate.value.startswith(BASE)
    }
    mentions = {edge for edge in edges if edge[1] == "mentions"}
    assert edges - mentions == {(s, p, o) for s, o, p in graph.edges(data="predicate")}
    assert all(s in graph and o in graph for s, _, o in mentions)
    assert statements or not mentions


def test_selected_triples_have_the_selections_statements(store, graph):
    triples = list(selected_triples(store, graph))
    kept = {t.subject.value for t in triples if folder(t.subject) == "statement"}
    assert kept == {key for _, _, key in graph.edges(keys=True) if str(key).startswith("https:")}


def test_selected_triples_without_statements_are_flat(store, graph):
    kept = {folder(t.subject) for t in selected_triples(store, graph, statements=False)}
    assert not kept & {"statement", "evidence", "mention", "result"}


def test_selected_triples_name_the_papers_that_sentences_are_from(store):
    things = narrowed(everything(store), kinds=["Method", "Model"])
    triples = list(selected_triples(store, things))
    papers = {t.subject.value for t in triples if folder(t.subject) == "paper"}
    assert papers == {t.object.value for t in triples if t.predicate.value == f"{BASE}fromPaper"} != set()
    assert not [t for t in triples if folder(t.subject) == "paper" and t.object.value in things]


def test_selected_triples_keep_results_whose_things_are_all_there(store):
    paper = f"{BASE}paper/arxiv-2305.14314"
    named = [paper, *(iri(path) for path in ("method/qlora", "benchmark/gsm8k", "metric/accuracy"))]
    for nodes, wanted in ((named, 1), (named[:-1], 0), (named[1:], 0)):
        triples = selected_triples(store, of_nodes(store, nodes))
        assert len({t.subject for t in triples if folder(t.subject) == "result"}) == wanted


def test_selected_triples_keep_earlier_iris(store):
    triples = selected_triples(store, of_nodes(store, [iri("method/lora")]))
    assert [t.subject.value for t in triples if t.predicate.value == f"{PREFIXES['dcterms']}isReplacedBy"] == [
        iri("method/low-rank-adaptation")
    ]
