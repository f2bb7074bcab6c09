"""CX2, for Cytoscape (desktop and web) and NDEx.

Format: https://cytoscape.org/cx/cx2/specification/cytoscape-exchange-format-specification-(version-2)/. Every attribute
is declared with its type; `name` and `represents` (the IRI) of nodes and `interaction` (the predicate) of edges are
what Cytoscape shows. The style is in the file: nodes are coloured by kind, edges of the ontology are dashed, names are
shown, and small graphs come laid out. Lost: evidence is joined into one text, characters that XML cannot hold become
U+FFFD.
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
    from collections.abc import Iterable, Iterator

    from kg.exporters.rows import GraphRows

__all__ = ["FORMAT", "write"]

_NODE: Final = (
    Attribute("name", "string", lambda node: node.label),
    Attribute("represents", "string", lambda node: node.iri),
    Attribute("alias", "strings", lambda node: node.aliases or None),
    *(each for each in NODE_ATTRIBUTES if each.name not in ("iri", "aliases")),
)
_EDGE: Final = (
    Attribute("interaction", "string", lambda edge: edge.predicate),
    Attribute("weight", "double", lambda edge: edge.weight),
    *(each for each in EDGE_ATTRIBUTES if each.name != "predicate"),
)
_TYPES: Final = {"int": "integer", "strings": "list_of_string"}
_NETWORK: Final = {
    "name": "Knowledge graph of machine learning",
    "description": "Papers, methods, models and benchmarks, with the sentences behind the edges",
}

_STYLE: Final = {
    "default": {
        "network": {"NETWORK_BACKGROUND_COLOR": "#FFFFFF"},
        "node": {
            "NODE_BACKGROUND_COLOR": OTHER,
            "NODE_SHAPE": "ellipse",
            "NODE_WIDTH": 20.0,
            "NODE_HEIGHT": 20.0,
            "NODE_BORDER_WIDTH": 0.0,
            "NODE_LABEL_FONT_SIZE": 10,
        },
        "edge": {
            "EDGE_LINE_COLOR": "#999999",
            "EDGE_LINE_STYLE": "solid",
            "EDGE_WIDTH": 1.0,
            "EDGE_TARGET_ARROW_SHAPE": "triangle",
            "EDGE_TARGET_ARROW_COLOR": "#999999",
        },
    },
    "nodeMapping": {
        "NODE_LABEL": {"type": "PASSTHROUGH", "definition": {"attribute": "name"}},
        "NODE_BACKGROUND_COLOR": {
            "type": "DISCRETE",
            "definition": {"attribute": "kind", "map": [{"v": kind, "vp": code} for kind, code in COLOURS.items()]},
        },
    },
    "edgeMapping": {
        "EDGE_LINE_STYLE": {
            "type": "DISCRETE",
            "definition": {"attribute": "origin", "map": [{"v": "ontology", "vp": "dashed"}]},
        },
    },
}


def write(graph: GraphRows, file: BinaryIO) -> Counts:
    """Write the graph; memory grows with the names of nodes alone.

    Raises:
        ExportError: the graph is no selection.
    """
    ids: dict[str, int] = {}
    places = positions(graph)
    counts = Counts(nodes=sum(1 for _ in graph.nodes()), edges=sum(1 for _ in graph.edges()))

    def nodes() -> Iterator[dict[str, Any]]:
        for node in graph.nodes():
            ids[node.iri] = id_ = len(ids)
            place = places.get(node.iri)
            at = {"x": place.x, "y": -place.y} if place else {}  # y grows downwards in Cytoscape
            yield {"id": id_, **at, "v": known_values(_NODE, node)}

    def edges() -> Iterator[dict[str, Any]]:
        for id_, edge in enumerate(graph.edges()):
            yield {"id": id_, "s": ids[edge.source], "t": ids[edge.target], "v": known_values(_EDGE, edge)}

    declared = {
        "networkAttributes": {name: {"d": "string"} for name in _NETWORK},
        "nodes": _declared(_NODE),
        "edges": _declared(_EDGE),
    }
    aspects: dict[str, tuple[int, Iterable[dict[str, Any]]]] = {
        "attributeDeclarations": (1, [declared]),
        "networkAttributes": (1, [_NETWORK]),
        "nodes": (counts.nodes or 0, nodes()),
        "edges": (counts.edges or 0, edges()),
        "visualProperties": (1, [_STYLE]),
    }

    def pieces() -> Iterator[str]:
        yield '[{"CXVersion":"2.0","hasFragments":false}'
        meta = [{"name": name, "elementCount": count} for name, (count, _) in aspects.items()]
        yield f',\n{{"metaData":{to_json(meta)}}}'
        for name, (_, elements) in aspects.items():
            yield f',\n{{"{name}":'
            yield from array(elements)
            yield "}"
        yield ',\n{"status":[{"success":true}]}]\n'

    put_text(file, pieces())
    return counts


def _declared(attributes: Iterable[Attribute]) -> dict[str, dict[str, str]]:
    return {each.name: {"d": _TYPES.get(each.type, each.type)} for each in attributes}


FORMAT: Final = Format(
    "cx2",
    "application/json",
    ".cx2",
    "https://cytoscape.org/cx/cx2/specification/cytoscape-exchange-format-specification-(version-2)/",
    "graph with attributes, style and places: Cytoscape, NDEx",
    (Takes.GRAPH,),
    write,
)
