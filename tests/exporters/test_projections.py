"""Papers left out: which things go together, how often, and who says so."""

from itertools import combinations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from kg.exporters import Selected
from kg.exporters.projections import Entities
from kg.selection import Evidence

LEVELS = {"usedWith": "uses", "evaluatedWith": "evaluatesOn"}


def make_graph(papers, between=()):
    """Papers with what they do with things, and edges between things with their support."""
    graph = nx.MultiDiGraph()
    for paper, said in papers.items():
        graph.add_node(f"urn:paper/{paper}", label=f"Title of {paper}", kind="Paper", papers=1)
        for predicate, things in said.items():
            for thing in things:
                add(graph, f"urn:paper/{paper}", thing, predicate, 1)
    for source, predicate, target, support in between:
        add(graph, source, target, predicate, support)
    for node in graph:
        if "label" not in graph.nodes[node]:
            graph.add_node(node, label=node.upper(), kind="Method", papers=2)
    return graph


def add(graph, source, target, predicate, support):
    evidence = (Evidence("urn:paper/p", "P", "It says so.", 0, 2, "It", "rule"),) * bool(support)
    data = {"predicate": predicate, "confidence": 0.8, "support": support, "evidence": evidence}
    graph.add_edge(source, target, key=predicate, **data)


GRAPH = make_graph(
    {
        "1": {"uses": ["urn:a", "urn:b", "urn:c"], "evaluatesOn": ["urn:x", "urn:y"]},
        "2": {"uses": ["urn:b", "urn:a"], "introduces": ["urn:d"], "extends": ["urn:c"]},
        "3": {"uses": ["urn:a"], "evaluatesOn": ["urn:x"]},
        "4": {"uses": ["urn:a"], "comparesWith": ["urn:b"]},
    },
    [
        ("urn:b", "broader", "urn:a", 0),
        ("urn:d", "extends", "urn:c", 1),
        ("urn:b", "comparesWith", "urn:c", 3),
        ("urn:c", "hasTask", "urn:t", 0),
    ],
)


def found(graph, min_support=1):
    edges = Entities(Selected(graph), min_support).edges()
    return {(edge.source, edge.predicate, edge.target): edge for edge in edges}


def test_entities_that_papers_use_together_are_joined_with_their_support():
    edge = found(GRAPH)["urn:a", "usedWith", "urn:b"]
    assert (edge.support, edge.weight, edge.origin, edge.hedged) == (2, 2.0, "projected", False)
    assert edge.papers == ("urn:paper/1", "urn:paper/2")
    assert edge.sentences == "Title of 1\nTitle of 2"


def test_strength_is_the_cosine_of_their_papers():
    edges = found(GRAPH)
    # a is used by four papers, b by two, both by two; x is evaluated on by two, y by one of them
    assert edges["urn:a", "usedWith", "urn:b"].strength == round(2 / (4 * 2) ** 0.5, 4)
    assert edges["urn:x", "evaluatedWith", "urn:y"].strength == round(1 / 2**0.5, 4)


def test_lineage_and_comparison_are_as_in_the_graph_and_papers_and_tasks_are_gone():
    edges = found(GRAPH)
    assert {key: edge.strength for key, edge in edges.items() if edge.predicate not in LEVELS} == {
        ("urn:b", "broader", "urn:a"): None,
        ("urn:b", "comparesWith", "urn:c"): None,
        ("urn:d", "extends", "urn:c"): None,
    }
    assert edges["urn:d", "extends", "urn:c"].sentences == "It says so. [P]"
    nodes = [node.iri for node in Entities(Selected(GRAPH)).nodes()]
    assert nodes == ["urn:a", "urn:b", "urn:c", "urn:d", "urn:x", "urn:y"]


def test_min_support_leaves_out_what_fewer_papers_say_but_not_the_ontology():
    assert set(found(GRAPH, 2)) == {
        ("urn:a", "usedWith", "urn:b"),
        ("urn:b", "broader", "urn:a"),
        ("urn:b", "comparesWith", "urn:c"),
    }


def test_entities_of_nothing_are_nothing():
    empty = Entities(Selected(nx.MultiDiGraph()))
    assert (list(empty.nodes()), list(empty.edges())) == ([], [])


@given(st.dictionaries(st.sampled_from("12345"), st.fixed_dictionaries({"uses": st.sets(st.sampled_from("abcd"))})))
def test_every_pair_of_every_paper_is_counted_once_and_edges_are_sorted(papers):
    graph = make_graph(papers)
    edges = list(Entities(Selected(graph)).edges())
    counted = {(edge.source, edge.target): edge.support for edge in edges}
    for pair in combinations("abcd", 2):
        wanted = sum(set(pair) <= said["uses"] for said in papers.values())
        assert counted.get(pair, 0) == wanted
    assert [(edge.source, edge.target) for edge in edges] == sorted(counted)
    assert all(0 < edge.strength <= 1 for edge in edges)
    assert len({edge.id for edge in edges}) == len(edges)
