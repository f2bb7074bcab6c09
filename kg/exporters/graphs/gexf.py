"""GEXF 1.3, for Gephi and Gephi Lite.

Format: https://gexf.net/schema.html. Valid against GEXF 1.3's RELAX NG schema, which is what its authors write; of the
XML Schema that is made from it the part for `viz` is broken, and refuses colours and places (checked at
https://github.com/gephi/gexf/tree/ce89bb7/specs/1.3). `kind` on edges keeps parallel edges of two predicates apart.
Nodes carry colour and size, and their place in graphs that are small enough to lay out. Lost: as in GraphML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from kg.exporters.clean import xml_attribute
from kg.exporters.format import Format, Takes
from kg.exporters.graphs.attributes import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, values_of
from kg.exporters.graphs.colours import colour, size
from kg.exporters.graphs.positions import positions
from kg.exporters.rows import Counts
from kg.files import put_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.exporters.graphs.positions import Position
    from kg.exporters.rows import GraphRows, NodeRow

__all__ = ["FORMAT", "write"]

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
  <meta>
    <creator>mlkg</creator>
    <description>Papers, methods, models and benchmarks, with the sentences behind the edges</description>
  </meta>
  <graph defaultedgetype="directed" mode="static">
"""
_TYPES: Final = {"int": "integer"}


def write(graph: GraphRows, file: BinaryIO) -> Counts:
    """Write the graph; memory grows with the names of nodes alone.

    Raises:
        ExportError: the graph is no selection.
    """
    places = positions(graph)
    node_values = values_of(NODE_ATTRIBUTES, '<attvalue for="node_{}" value="', '"/>', xml_attribute)
    edge_values = values_of(EDGE_ATTRIBUTES, '<attvalue for="edge_{}" value="', '"/>', xml_attribute)
    ids: dict[str, str] = {}
    edges = 0

    def pieces() -> Iterator[str]:
        nonlocal edges
        yield _HEAD
        for class_, attributes in (("node", NODE_ATTRIBUTES), ("edge", EDGE_ATTRIBUTES)):
            yield f'    <attributes class="{class_}">\n'
            for each in attributes:
                type_ = _TYPES.get(each.type, each.type)
                yield f'      <attribute id="{class_}_{each.name}" title="{each.name}" type="{type_}"/>\n'
            yield "    </attributes>\n"
        yield "    <nodes>\n"
        for node in graph.nodes():
            ids[node.iri] = id_ = f"n{len(ids)}"
            drawn = _drawn(node, places.get(node.iri))
            start = f'<node id="{id_}" label="{xml_attribute(node.label)}">'
            yield f"      {start}<attvalues>{node_values(node)}</attvalues>{drawn}</node>\n"
        yield "    </nodes>\n    <edges>\n"
        for edge in graph.edges():
            kind = xml_attribute(edge.predicate)
            ends = f'source="{ids[edge.source]}" target="{ids[edge.target]}"'
            more = f'kind="{kind}" label="{kind}" weight="{edge.weight}"'
            yield f'      <edge id="e{edges}" {ends} {more}><attvalues>{edge_values(edge)}</attvalues></edge>\n'
            edges += 1
        yield "    </edges>\n  </graph>\n</gexf>\n"

    put_text(file, pieces())
    return Counts(nodes=len(ids), edges=edges)


def _drawn(node: NodeRow, place: Position | None) -> str:
    red, green, blue = colour(node.kind)
    at = f'<viz:position x="{place.x}" y="{place.y}" z="0"/>' if place else ""
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/>{at}<viz:size value="{size(node.papers)}"/>'


FORMAT: Final = Format(
    "gexf",
    "application/gexf+xml",
    ".gexf",
    "https://gexf.net/schema.html",
    "graph with attributes, colours and places: Gephi, Gephi Lite, networkx",
    (Takes.GRAPH,),
    write,
)
