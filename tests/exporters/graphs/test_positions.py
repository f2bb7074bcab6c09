"""Places of nodes for tools that take them from the file."""

import networkx as nx

from kg.exporters import Selected
from kg.exporters.graphs.colours import size
from kg.exporters.graphs.positions import MOST, positions


def make_graph(count):
    graph = nx.MultiDiGraph()
    for number in range(count):
        graph.add_node(f"urn:{number}", label=f"N{number}", kind="Method", papers=number % 7)
        if number:
            graph.add_edge(f"urn:{number}", f"urn:{number // 3}", key="extends", predicate="extends")
    return graph


def test_positions_keep_the_drawn_nodes_apart():
    graph = make_graph(60)
    places = positions(Selected(graph))
    assert set(places) == set(graph)
    drawn = [(place, size(graph.nodes[iri]["papers"]) / 2) for iri, place in places.items()]
    for at, (a, radius) in enumerate(drawn):
        for b, other in drawn[:at]:
            assert (a.x - b.x) ** 2 + (a.y - b.y) ** 2 >= (radius + other) ** 2


def test_positions_of_large_and_of_empty_graphs_are_none():
    graph = nx.MultiDiGraph()
    assert positions(Selected(graph)) == {}
    graph.add_nodes_from((f"urn:{number}", {"label": "N", "kind": "Method"}) for number in range(MOST + 1))
    assert positions(Selected(graph)) == {}
