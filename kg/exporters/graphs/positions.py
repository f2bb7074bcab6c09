"""Where nodes lie in tools that take places from the file, so that a graph opens as a picture and not as a heap."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.exporters.graphs.colours import size

if TYPE_CHECKING:
    from kg.exporters.rows import GraphRows

__all__ = ["MOST", "Position", "positions"]

MOST: Final = 3_000
"""Nodes up to which a graph is laid out, which takes three seconds; larger ones are for the tool's own layouts."""


class Position(NamedTuple):
    """Whole units from the middle of the picture, x to the right, y upwards."""

    x: int
    y: int


def positions(graph: GraphRows) -> dict[str, Position]:
    """The place of each node by its IRI, nothing for graphs of more than `MOST` nodes; the same everywhere.

    Nodes drawn with the diameters of `kg.exporters.graphs.colours.size` do not overlap.
    """
    nodes = list(islice(graph.nodes(), MOST + 1))
    if not nodes or len(nodes) > MOST:
        return {}
    from kg.layout import arrange  # noqa: PLC0415  (it brings networkx and numpy)

    number = {node.iri: at for at, node in enumerate(nodes)}
    links = [(number[edge.source], number[edge.target], 1.0) for edge in graph.edges()]
    places = arrange(len(nodes), links, [size(node.papers) / 2 for node in nodes])
    return {node.iri: Position(place.x, -place.y) for node, place in zip(nodes, places, strict=True)}
