"""GraphML, for yEd, Cytoscape, Gephi, igraph, networkx and graph-tool.

Format: http://graphml.graphdrawing.org/specification.html. Valid against the schema of GraphML 1.1: ids are `n0`,
`e0`, ... in the order of IRIs, the IRI is data, every attribute has one type. Node colours (`r`, `g`, `b`) and `size`
are what Gephi draws; `weight` is the number of supporting papers. Lost: evidence is joined into one text (CSV and RDF
have a row for each), aliases are joined by ` | `, control characters become U+FFFD.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from kg.exporters.clean import xml_text
from kg.exporters.colours import colour, size
from kg.exporters.format import Format, Takes
from kg.exporters.rows import Counts, EdgeRow, NodeRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.exporters.rows import GraphRows

__all__ = ["FORMAT", "write"]

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.1/graphml.xsd">
"""

_NODE_KEYS = {
    "label": "string",
    "kind": "string",
    "iri": "string",
    "status": "string",
    "aliases": "string",
    "level": "string",
    "year": "int",
    "papers": "int",
    "arxiv": "string",
    "date": "string",
    "url": "string",
    "r": "int",
    "g": "int",
    "b": "int",
    "size": "double",
}
_EDGE_KEYS = {
    "predicate": "string",
    "statement": "string",
    "weight": "double",
    "confidence": "double",
    "support": "int",
    "hedged": "boolean",
    "origin": "string",
    "evidence": "string",
}


def write(graph: GraphRows, file: BinaryIO) -> Counts:
    """Write the selection; memory does not grow with the file.

    Raises:
        ExportError: the graph is no selection.
    """
    put = file.write
    put(_HEAD.encode())
    for for_, keys in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for name, type_ in keys.items():
            put(f'  <key id="{name}" for="{for_}" attr.name="{name}" attr.type="{type_}"/>\n'.encode())
    put(b'  <graph id="G" edgedefault="directed">\n')
    ids: dict[str, str] = {}
    for number, node in enumerate(graph.nodes()):
        ids[node.iri] = f"n{number}"
        put(f'    <node id="n{number}">\n{_data(_node(node))}    </node>\n'.encode())
    edges = 0
    for edge in graph.edges():
        ends = f'source="{ids[edge.source]}" target="{ids[edge.target]}"'
        put(f'    <edge id="e{edges}" {ends}>\n{_data(_edge(edge))}    </edge>\n'.encode())
        edges += 1
    put(b"  </graph>\n</graphml>\n")
    return Counts(nodes=len(ids), edges=edges)


def _data(pairs: Iterable[tuple[str, str | float | None]]) -> str:
    return "".join(
        [
            f'      <data key="{name}">{xml_text(value) if isinstance(value, str) else value}</data>\n'
            for name, value in pairs
            if value is not None
        ]
    )


def _node(node: NodeRow) -> tuple[tuple[str, str | float | None], ...]:
    red, green, blue = colour(node.kind)
    return (
        ("label", node.label),
        ("kind", node.kind),
        ("iri", node.iri),
        ("status", node.status),
        ("aliases", " | ".join(node.aliases) or None),
        ("level", node.level),
        ("year", node.year),
        ("papers", node.papers),
        ("arxiv", node.arxiv),
        ("date", node.date),
        ("url", node.url),
        ("r", red),
        ("g", green),
        ("b", blue),
        ("size", size(node.papers)),
    )


def _edge(edge: EdgeRow) -> tuple[tuple[str, str | float | None], ...]:
    return (
        ("predicate", edge.predicate),
        ("statement", edge.statement),
        ("weight", edge.weight),
        ("confidence", edge.confidence),
        ("support", edge.support),
        ("hedged", "true" if edge.hedged else "false"),
        ("origin", edge.origin),
        ("evidence", edge.sentences or None),
    )


FORMAT: Final = Format(
    "graphml",
    "application/graphml+xml",
    ".graphml",
    "http://graphml.graphdrawing.org/specification.html",
    "graph with attributes: yEd, Cytoscape, Gephi, igraph, networkx",
    Takes.GRAPH,
    write,
)
