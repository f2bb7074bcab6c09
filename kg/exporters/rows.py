"""A graph as rows: what the graph and table formats share.

A selection is the `networkx.MultiDiGraph` of `kg.selection`, keyed by IRI. Rows come sorted, so that files do not
depend on the order in which the graph was filled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from kg.errors import ExportError
from kg.identifiers import digest
from kg.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    import networkx as nx

    from kg.graph import Evidence

__all__ = [
    "Counts",
    "EdgeRow",
    "Flat",
    "GraphRows",
    "MentionRow",
    "NodeRow",
    "PaperRow",
    "ResultRow",
    "Selected",
    "edge_row",
    "node_row",
]

_STATEMENT: Final = f"{BASE}statement/"


@dataclass(frozen=True, slots=True)
class Counts:
    """What a file holds; None where the format has no such thing."""

    nodes: int | None = None
    edges: int | None = None
    triples: int | None = None
    rows: int | None = None


class NodeRow(NamedTuple):
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


class EdgeRow(NamedTuple):
    """An edge from `source` to `target`, both IRIs.

    `id` differs from edge to edge; `statement` is the IRI of the edge's statement in the RDF, None where it has none,
    as edges of the ontology. `confidence` is in [0, 1], `support` counts papers, `origin` says where the edge is
    from: `paper`, `lifted` (said of a thing in a paper), `ontology` or `curated` (imported). `strength` is the weight
    of a projection's edge, in (0, 1]; None for other edges. Evidence with an empty `sentence` stands for its paper as
    a whole.
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
    strength: float | None = None

    @property
    def papers(self) -> tuple[str, ...]:
        """The IRIs of the papers in the evidence, sorted."""
        return tuple(sorted({one.paper for one in self.evidence}))

    @property
    def weight(self) -> float:
        """What layouts use, at least 1: the support, which is 0 for the ontology's edges."""
        return float(max(1, self.support))

    @property
    def sentences(self) -> str:
        """The evidence for people: one sentence a line, its paper's title in brackets; empty where there is none."""
        lines = [f"{one.sentence} [{one.paper_title}]" if one.sentence else one.paper_title for one in self.evidence]
        return "\n".join(dict.fromkeys(lines) if len(lines) > 1 else lines)


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A score that a paper reports.

    `value` is as written (`50.3%`), `number` the same as a decimal where it is one; `delta` says a gain, not a score.
    Subject, benchmark and metric are IRIs with their labels, None where the paper names none. `lower_is_better` is
    known of metrics, not of scores without one.
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
    lower_is_better: bool | None = None

    @property
    def order(self) -> tuple[str, ...]:
        """What rows are sorted by: the paper, what is measured, the value."""
        keys = (self.paper, self.benchmark, self.subject, self.metric, self.value, str(self.delta), self.sentence)
        return tuple(key or "" for key in keys)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper, with what its source says of it; `date` is as precise as is known: `2024`, `2024-05`, `2024-05-20`."""

    iri: str
    id: str
    title: str
    abstract: str
    date: str | None = None
    authors: tuple[str, ...] = ()
    arxiv: str | None = None
    doi: str | None = None
    url: str | None = None

    @property
    def text(self) -> str:
        """What the offsets of mentions count into."""
        return f"{self.title}\n{self.abstract}"


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A stretch of a paper's text that names a node: `text` is `paper.text[start:end]`, in code points.

    `paper` and `node` are IRIs, `score` is in [0, 1].
    """

    paper: str
    start: int
    end: int
    text: str
    node: str
    kind: str
    label: str
    score: float


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
            yield node_row(iri, self.graph.nodes[iri])

    def edges(self) -> Iterator[EdgeRow]:
        """The edges, sorted by source, target and key.

        Raises:
            ExportError: an edge lacks its predicate.
        """
        adjacency = dict(self.graph.adjacency())  # plain dictionaries, where the graph's own views take half the time
        for source in _sorted_nodes(self.graph):
            neighbours = adjacency[source]
            for target in sorted(neighbours):
                edges = neighbours[target]
                for key in sorted(edges, key=str):
                    yield edge_row(source, target, str(key), edges[key])


@dataclass(frozen=True, slots=True)
class Flat:
    """The rows of another graph, its edges without their evidence."""

    rows: GraphRows

    def nodes(self) -> Iterator[NodeRow]:
        """The nodes, sorted by IRI."""
        return self.rows.nodes()

    def edges(self) -> Iterator[EdgeRow]:
        """The edges, sorted as those of the other graph."""
        return (edge._replace(evidence=()) for edge in self.rows.edges())


def node_row(iri: str, data: Mapping[str, Any]) -> NodeRow:
    """The row of a node from its attributes in a selection.

    Raises:
        ExportError: it lacks its label, or a number is none.
    """
    label = data.get("label")
    if label is None:
        raise ExportError(f"node {iri} has no label: every node of a selection has one")
    return NodeRow(
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


def edge_row(source: str, target: str, key: str, data: Mapping[str, Any]) -> EdgeRow:
    """The row of an edge from its attributes in a selection.

    Raises:
        ExportError: it lacks its predicate, or a number is none.
    """
    if not data.get("predicate"):
        raise ExportError(f"edge {source} -> {target} ({key}) has no predicate")
    statement = key if key.startswith(_STATEMENT) else None
    return EdgeRow(
        id=statement or f"edge-{digest(source, key, target)[:32]}",
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
