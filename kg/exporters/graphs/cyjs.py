"""Cytoscape.js JSON, for pages made with Cytoscape.js, and for Cytoscape.

Format: https://js.cytoscape.org/#notation/elements-json, with what Cytoscape (File, Export, Network, `.cyjs`) and
`networkx.cytoscape_graph` add to it: `data.value` and `data.key`. `cytoscape(file)` draws it, coloured by kind; small
graphs come laid out. The ids of nodes are their IRIs. Lost: evidence is joined into one text, characters that XML
cannot hold become U+FFFD.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, Final

from kg.exporters.format import Format, Takes
from kg.exporters.graphs.attributes import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Attribute
from kg.exporters.graphs.colours import COLOURS, OTHER
from kg.exporters.graphs.json_objects import array, known_values, to_json
from kg.exporters.graphs.positions import positions
from kg.exporters.rows import Counts
from kg.files import put_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.exporters.rows import GraphRows

__all__ = ["FORMAT", "write"]

_NODE: Final = (
    Attribute("id", "string", lambda node: node.iri),
    Attribute("value", "string", lambda node: node.iri),
    Attribute("name", "string", lambda node: node.label),
    *(each for each in NODE_ATTRIBUTES if each.name not in ("iri", "aliases")),
    Attribute("aliases", "strings", lambda node: node.aliases or None),
)
_EDGE: Final = (
    Attribute("id", "string", lambda edge: edge.id),
    Attribute("key", "string", lambda edge: edge.id),
    Attribute("source", "string", lambda edge: edge.source),
    Attribute("target", "string", lambda edge: edge.target),
    Attribute("interaction", "string", lambda edge: edge.predicate),
    Attribute("weight", "double", lambda edge: edge.weight),
    *(each for each in EDGE_ATTRIBUTES if each.name not in ("predicate", "statement")),
)
_NODE_STYLE: Final = {"label": "data(name)", "background-color": OTHER, "width": 20, "height": 20, "font-size": 10}
_EDGE_STYLE: Final = {
    "width": 1,
    "line-color": "#999999",
    "curve-style": "bezier",
    "target-arrow-shape": "triangle",
    "target-arrow-color": "#999999",
}
_STYLE: Final = [
    {"selector": "node", "style": _NODE_STYLE},
    *({"selector": f'node[kind = "{kind}"]', "style": {"background-color": code}} for kind, code in COLOURS.items()),
    {"selector": "edge", "style": _EDGE_STYLE},
    {"selector": 'edge[origin = "ontology"]', "style": {"line-style": "dashed"}},
]


def write(graph: GraphRows, file: BinaryIO) -> Counts:
    """Write the graph; memory does not grow with it, but for the places of a small one.

    Raises:
        ExportError: the graph is no selection.
    """
    places = positions(graph)
    layout = "preset" if places else "cose"
    counted = {"nodes": 0, "edges": 0}

    def nodes() -> Iterator[dict[str, Any]]:
        for node in graph.nodes():
            counted["nodes"] += 1
            place = places.get(node.iri)
            at = {"position": {"x": place.x, "y": -place.y}} if place else {}  # y grows downwards there
            yield {"data": known_values(_NODE, node), **at}

    def edges() -> Iterator[dict[str, Any]]:
        for edge in graph.edges():
            counted["edges"] += 1
            yield {"data": known_values(_EDGE, edge)}

    def pieces() -> Iterator[str]:
        yield '{"format_version":"1.0","generated_by":"mlkg","target_cytoscapejs_version":"~3",'
        yield '"data":{"name":"Knowledge graph of machine learning"},"directed":true,"multigraph":true,\n'
        yield f'"layout":{{"name":"{layout}"}},\n"style":{to_json(_STYLE)},\n"elements":{{"nodes":'
        yield from array(nodes())
        yield ',"edges":'
        yield from array(edges())
        yield "}}\n"

    put_text(file, pieces())
    return Counts(**counted)


FORMAT: Final = Format(
    "cyjs",
    "application/json",
    ".cyjs",
    "https://js.cytoscape.org/#notation/elements-json",
    "graph with attributes, style and places: Cytoscape.js in a page, Cytoscape, networkx",
    (Takes.GRAPH,),
    write,
)
