"""GraphML, for yEd, Cytoscape, Gephi, igraph, networkx and graph-tool.

Format: http://graphml.graphdrawing.org/specification.html. Valid against the schema of GraphML 1.1: ids are `n0`,
`e0`, ... in the order of IRIs, the IRI is data, every attribute has one type. Node colours (`r`, `g`, `b`), `size` and
places (`x`, `y`, of graphs that are small enough to lay out) are what Gephi draws; `weight` is the number of supporting
papers. Lost: evidence is joined into one text (CSV and RDF have a row for each), aliases are joined by ` | `, control
characters become U+FFFD.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from kg.exporters.clean import xml_text
from kg.exporters.format import Format, Takes
from kg.exporters.graphs.attributes import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Attribute, values_of
from kg.exporters.graphs.colours import colour, size
from kg.exporters.graphs.positions import positions
from kg.exporters.rows import Counts
from kg.files import put_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.exporters.rows import GraphRows

__all__ = ["FORMAT", "write"]

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.1/graphml.xsd">
"""
_NODE: Final = (
    Attribute("label", "string", lambda node: node.label),
    *NODE_ATTRIBUTES,
    Attribute("r", "int", lambda node: colour(node.kind)[0]),
    Attribute("g", "int", lambda node: colour(node.kind)[1]),
    Attribute("b", "int", lambda node: colour(node.kind)[2]),
    Attribute("size", "double", lambda node: size(node.papers)),
)
_EDGE: Final = (Attribute("weight", "double", lambda edge: edge.weight), *EDGE_ATTRIBUTES)


def write(graph: GraphRows, file: BinaryIO) -> Counts:
    """Write the graph; memory grows with the names of nodes alone.

    Raises:
        ExportError: the graph is no selection.
    """
    places = positions(graph)
    place = (
        Attribute("x", "double", lambda node: places[node.iri].x),
        Attribute("y", "double", lambda node: places[node.iri].y),
    )
    node_attributes = (*_NODE, *place) if places else _NODE
    node_values = values_of(node_attributes, '      <data key="{}">', "</data>\n", xml_text)
    edge_values = values_of(_EDGE, '      <data key="{}">', "</data>\n", xml_text)
    ids: dict[str, str] = {}
    edges = 0

    def pieces() -> Iterator[str]:
        nonlocal edges
        yield _HEAD
        for for_, attributes in (("node", node_attributes), ("edge", _EDGE)):
            for each in attributes:
                yield f'  <key id="{each.name}" for="{for_}" attr.name="{each.name}" attr.type="{each.type}"/>\n'
        yield '  <graph id="G" edgedefault="directed">\n'
        for node in graph.nodes():
            ids[node.iri] = id_ = f"n{len(ids)}"
            yield f'    <node id="{id_}">\n{node_values(node)}    </node>\n'
        for edge in graph.edges():
            ends = f'source="{ids[edge.source]}" target="{ids[edge.target]}"'
            yield f'    <edge id="e{edges}" {ends}>\n{edge_values(edge)}    </edge>\n'
            edges += 1
        yield "  </graph>\n</graphml>\n"

    put_text(file, pieces())
    return Counts(nodes=len(ids), edges=edges)


FORMAT: Final = Format(
    "graphml",
    "application/graphml+xml",
    ".graphml",
    "http://graphml.graphdrawing.org/specification.html",
    "graph with attributes: yEd, Cytoscape, Gephi, igraph, networkx",
    (Takes.GRAPH,),
    write,
)
