"""The graph as tables: what formats of tables have in common, so that `edges` has the same columns in all of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import starmap
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from kg.exporters.format import Lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kg.exporters.graphs.attributes import Type
    from kg.exporters.rows import EdgeRow, GraphRows, MentionRow, PaperRow, ResultRow
    from kg.graph import Evidence

__all__ = ["Table", "tables"]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; each row has a value for every column, None where it is not known."""

    name: str
    columns: Mapping[str, Type]
    rows: Iterable[tuple[Any, ...]]


_NODES: Final[dict[str, Type]] = {
    "id": "string",
    "label": "string",
    "kind": "string",
    "status": "string",
    "aliases": "strings",
    "level": "string",
    "year": "int",
    "papers": "int",
    "arxiv": "string",
    "date": "string",
    "url": "string",
}
_EDGES: Final[dict[str, Type]] = {
    "id": "string",
    "source": "string",
    "target": "string",
    "source_label": "string",
    "predicate": "string",
    "target_label": "string",
    "weight": "double",
    "confidence": "double",
    "support": "int",
    "strength": "double",
    "hedged": "boolean",
    "origin": "string",
}
_EVIDENCE: Final[dict[str, Type]] = {
    "edge": "string",
    "source": "string",
    "predicate": "string",
    "target": "string",
    "paper": "string",
    "paper_title": "string",
    "start": "int",
    "end": "int",
    "quote": "string",
    "sentence": "string",
    "rule": "string",
}
_RESULTS: Final[dict[str, Type]] = {
    "paper": "string",
    "paper_title": "string",
    "subject": "string",
    "subject_label": "string",
    "benchmark": "string",
    "benchmark_label": "string",
    "metric": "string",
    "metric_label": "string",
    "value": "string",
    "number": "double",
    "unit": "string",
    "delta": "boolean",
    "sentence": "string",
}
_PAPERS: Final[dict[str, Type]] = {
    "iri": "string",
    "id": "string",
    "title": "string",
    "abstract": "string",
    "date": "string",
    "authors": "strings",
    "arxiv": "string",
    "doi": "string",
    "url": "string",
}
_MENTIONS: Final[dict[str, Type]] = {
    "paper": "string",
    "start": "int",
    "end": "int",
    "text": "string",
    "node": "string",
    "kind": "string",
    "label": "string",
    "score": "double",
}


def tables(
    graph: GraphRows, results: Iterable[ResultRow], papers: Iterable[PaperRow], mentions: Iterable[MentionRow]
) -> tuple[Table, ...]:
    """The six tables, in the order in which they refer to each other; nothing is read yet.

    `source` and `target` of edges, and `node` of mentions, are an `id` of the nodes; `edge` of the evidence is an `id`
    of the edges; a `paper` is an `iri` of the papers. Mentions, results and evidence of a selection may
    name what is outside it. A result's `number` is a `Decimal`, as exact as the paper has it.
    """
    return (
        Table("nodes", _NODES, _all(graph.nodes, "iri", *list(_NODES)[1:])),
        Table("edges", _EDGES, Lazy(lambda: _edge_rows(graph))),
        Table("evidence", _EVIDENCE, Lazy(lambda: starmap(_evidence_row, _evidence(graph)))),
        Table("results", _RESULTS, _all(results.__iter__, *_RESULTS)),
        Table("papers", _PAPERS, _all(papers.__iter__, *_PAPERS)),
        Table("mentions", _MENTIONS, _all(mentions.__iter__, *_MENTIONS)),
    )


def _all(rows: Callable[[], Iterator[Any]], *names: str) -> Lazy[tuple[Any, ...]]:
    fields = attrgetter(*names)
    return Lazy(lambda: map(fields, rows()))


def _edge_rows(graph: GraphRows) -> Iterator[tuple[Any, ...]]:
    labels = {node.iri: node.label for node in graph.nodes()}
    for e in graph.edges():
        named = e.id, e.source, e.target, labels[e.source], e.predicate, labels[e.target]
        yield *named, e.weight, e.confidence, e.support, e.strength, e.hedged, e.origin


def _evidence(graph: GraphRows) -> Iterator[tuple[EdgeRow, Evidence]]:
    return ((edge, one) for edge in graph.edges() for one in edge.evidence)


def _evidence_row(e: EdgeRow, one: Evidence) -> tuple[Any, ...]:
    said = one.paper, one.paper_title, one.start, one.end, one.quote, one.sentence, one.rule
    return e.id, e.source, e.predicate, e.target, *said
