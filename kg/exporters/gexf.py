"""GEXF 1.3, for Gephi and Gephi Lite.

Format: https://gexf.net/schema.html. `kind` on edges keeps parallel edges of two predicates apart. Lost: as in
GraphML; and there are no colours, because the schema of GEXF 1.3 refuses its own `viz` elements (in Gephi:
Appearance, Nodes, Partition, kind).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from kg.exporters.clean import xml_attribute
from kg.exporters.format import Format, Takes
from kg.exporters.rows import Counts, EdgeRow, NodeRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.exporters.rows import GraphRows

__all__ = ["FORMAT", "write"]

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">
  <meta>
    <creator>mlkg</creator>
    <description>Papers, methods, models and benchmarks, with the sentences behind the edges</description>
  </meta>
  <graph defaultedgetype="directed" mode="static">
"""

_NODE_KEYS = {
    "iri": "string",
    "kind": "string",
    "status": "string",
    "aliases": "string",
    "level": "string",
    "year": "integer",
    "papers": "integer",
    "arxiv": "string",
    "date": "string",
    "url": "string",
}
_EDGE_KEYS = {
    "predicate": "string",
    "statement": "string",
    "confidence": "double",
    "support": "integer",
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
    for class_, keys in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        put(f'    <attributes class="{class_}">\n'.encode())
        for name, type_ in keys.items():
            put(f'      <attribute id="{class_}_{name}" title="{name}" type="{type_}"/>\n'.encode())
        put(b"    </attributes>\n")
    ids: dict[str, str] = {}
    put(b"    <nodes>\n")
    for number, node in enumerate(graph.nodes()):
        ids[node.iri] = f"n{number}"
        start = f'<node id="n{number}" label="{xml_attribute(node.label)}">'
        put(f"      {start}{_values('node', _node(node))}</node>\n".encode())
    put(b"    </nodes>\n    <edges>\n")
    edges = 0
    for edge in graph.edges():
        kind = xml_attribute(edge.predicate)
        ends = f'source="{ids[edge.source]}" target="{ids[edge.target]}"'
        more = f'kind="{kind}" label="{kind}" weight="{edge.weight}"'
        put(f'      <edge id="e{edges}" {ends} {more}>{_values("edge", _edge(edge))}</edge>\n'.encode())
        edges += 1
    put(b"    </edges>\n  </graph>\n</gexf>\n")
    return Counts(nodes=len(ids), edges=edges)


def _values(class_: str, pairs: Iterable[tuple[str, str | float | None]]) -> str:
    values = "".join(
        f'<attvalue for="{class_}_{name}" value="{xml_attribute(value) if isinstance(value, str) else value}"/>'
        for name, value in pairs
        if value is not None
    )
    return f"<attvalues>{values}</attvalues>"


def _node(node: NodeRow) -> tuple[tuple[str, str | float | None], ...]:
    return (
        ("iri", node.iri),
        ("kind", node.kind),
        ("status", node.status),
        ("aliases", " | ".join(node.aliases) or None),
        ("level", node.level),
        ("year", node.year),
        ("papers", node.papers),
        ("arxiv", node.arxiv),
        ("date", node.date),
        ("url", node.url),
    )


def _edge(edge: EdgeRow) -> tuple[tuple[str, str | float | None], ...]:
    return (
        ("predicate", edge.predicate),
        ("statement", edge.statement),
        ("confidence", edge.confidence),
        ("support", edge.support),
        ("hedged", "true" if edge.hedged else "false"),
        ("origin", edge.origin),
        ("evidence", edge.sentences or None),
    )


FORMAT: Final = Format(
    "gexf",
    "application/gexf+xml",
    ".gexf",
    "https://gexf.net/schema.html",
    "graph with attributes: Gephi, Gephi Lite, networkx",
    Takes.GRAPH,
    write,
)
