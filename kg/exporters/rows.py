"""A selection as rows: what the graph and table formats share.

A selection is the `networkx.MultiDiGraph` of `kg.selection`, keyed by IRI. Rows come sorted, so that files do not
depend on the order in which the graph was filled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from kg.errors import ExportError
from kg.identifiers import digest
from kg.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    import networkx as nx

    from kg.selection import Evidence

__all__ = ["Counts", "EdgeRow", "GraphRows", "NodeRow", "ResultRow", "Selected"]

_STATEMENT: Final = f"{BASE}statement/"


@dataclass(frozen=True, slots=True)
class Counts:
    """What a file holds; None where the format has no such thing."""

    nodes: int | None = None
    edges: int | None = None
    triples: int | None = None
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A node; `papers` counts those that speak of it, optional facts are None where they are not known."""

    iri: str
    label: str
    kind: str
    status: str | None
    aliases: tuple[str, ...]
    year: int | None
    papers: int
    level: str | None
    arxiv: str | None
    date: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """An edge from `source` to `target`, both IRIs.

    `id` differs from edge to edge; `statement` is the IRI of the edge's statement in the RDF, None where it has none,
    as edges of the ontology. `confidence` is in [0, 1], `support` counts papers, `origin` says where the edge is
    from: `paper`, `lifted` (said of a thing in a paper) or `ontology`.
    """

    id: str
    source: str
    target: str
    statement: str | None
    predicate: str
    confidence: float
    support: int
    hedged: bool
    origin: str | None
    evidence: tuple[Evidence, ...]

    @property
    def weight(self) -> float:
        """What layouts use, at least 1: the support, which is 0 for the ontology's edges."""
        return float(max(1, self.support))

    @property
    def sentences(self) -> str:
        """The evidence for people: one sentence a line, its paper's title in brackets; empty where there is none."""
        return "\n".join(dict.fromkeys(f"{one.sentence} [{one.paper_title}]" for one in self.evidence))


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A score that a paper reports.

    `value` is as written (`50.3%`), `number` the same as a decimal where it is one; `delta` says a gain, not a score.
    Subject, benchmark and metric are IRIs with their labels, None where the paper names none.
    """

    paper: str
    paper_title: str
    value: str
    delta: bool
    number: Decimal | None = None
    unit: str | None = None
    subject: str | None = None
    subject_label: str | None = None
    benchmark: str | None = None
    benchmark_label: str | None = None
    metric: str | None = None
    metric_label: str | None = None
    sentence: str | None = None

    @property
    def order(self) -> tuple[str, ...]:
        """What rows are sorted by: the paper, what is measured, the value."""
        keys = (self.paper, self.benchmark, self.subject, self.metric, self.value, str(self.delta), self.sentence)
        return tuple(key or "" for key in keys)


class GraphRows(Protocol):
    """A graph as rows, as many times as they are asked for, in the same order each time."""

    def nodes(self) -> Iterator[NodeRow]:
        """The nodes, sorted by IRI."""

    def edges(self) -> Iterator[EdgeRow]:
        """The edges, sorted by source, target and key; their ends are among the nodes."""


@dataclass(frozen=True, slots=True)
class Selected:
    """The rows of a selection."""

    graph: nx.MultiDiGraph

    def nodes(self) -> Iterator[NodeRow]:
        """The nodes, sorted by IRI.

        Raises:
            ExportError: a node is not an IRI or lacks its label.
        """
        for iri in _sorted_nodes(self.graph):
            data = self.graph.nodes[iri]
            label = data.get("label")
            if label is None:
                raise ExportError(f"node {iri} has no label: every node of a selection has one")
            yield NodeRow(
                iri=iri,
                label=str(label),
                kind=str(data.get("kind") or ""),
                status=_text(data.get("status")),
                aliases=tuple(sorted(data.get("aliases") or ())),
                year=_number(data.get("year"), f"year of node {iri}"),
                papers=_number(data.get("papers"), f"papers of node {iri}") or 0,
                level=_text(data.get("level")),
                arxiv=_text(data.get("arxiv")),
                date=_text(data.get("date")),
                url=_text(data.get("url")),
            )

    def edges(self) -> Iterator[EdgeRow]:
        """The edges, sorted by source, target and key.

        Raises:
            ExportError: an edge lacks its predicate.
        """
        for source in _sorted_nodes(self.graph):
            neighbours = self.graph.adj[source]
            for target in sorted(neighbours):
                for key in sorted(neighbours[target], key=str):
                    data = neighbours[target][key]
                    if not data.get("predicate"):
                        raise ExportError(f"edge {source} -> {target} ({key}) has no predicate")
                    statement = str(key) if str(key).startswith(_STATEMENT) else None
                    yield EdgeRow(
                        id=statement or f"edge-{digest(source, str(key), target)[:32]}",
                        source=source,
                        target=target,
                        statement=statement,
                        predicate=str(data["predicate"]),
                        confidence=round(float(data.get("confidence", 1.0)), 4),
                        support=_number(data.get("support"), f"support of edge {key}") or 0,
                        hedged=bool(data.get("hedged", False)),
                        origin=_text(data.get("source")),
                        evidence=tuple(sorted(data.get("evidence") or ())),
                    )


def _sorted_nodes(graph: nx.MultiDiGraph) -> list[str]:
    for node in graph:
        if not isinstance(node, str):
            raise ExportError(f"node {node!r} is no IRI: nodes of a selection are strings")
    return sorted(graph)


def _text(value: Any) -> str | None:
    """Text of what has one natural spelling: strings, enums, dates; None and empty text stay out of the file."""
    return None if value is None or value == "" else str(value)


def _number(value: Any, what: str) -> int | None:
    if value is None:
        return None
    try:
        return int(value)
    except (TypeError, ValueError) as error:
        raise ExportError(f"{what} is {value!r}, not a whole number") from error
