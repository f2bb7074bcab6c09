"""What imports assert, brought together: one row for each thing, one edge for each triple, and who says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.curated import Assertion, joined
from kg.identifiers import kind_of
from kg.resolve.model import Node
from kg.vocabulary import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.curated import Import, Row
    from kg.identifiers import Iri
    from kg.vocabulary import Predicate

__all__ = ["Curation", "made", "overlaid"]


class Curation:
    """The imports of a store by what they speak of; where two say what can be said but once, the first by name holds.

    `now` gives for the IRI that an import names the one that stands for the thing now.
    """

    def __init__(self, imports: Iterable[Import], now: Callable[[Iri], Iri]) -> None:
        self.rows: dict[Iri, Row] = {}
        self.edges: dict[tuple[Iri, Predicate, Iri], Assertion] = {}
        self._speaking: dict[Iri, set[str]] = {}
        self._vouching: dict[tuple[Iri, Predicate, Iri], set[str]] = {}
        for one in sorted(imports, key=lambda one: one.name):
            for row in one.rows:
                node = now(row.node)
                moved = replace(row, node=node)
                self.rows[node] = joined(self.rows[node], moved) if node in self.rows else moved
                self._speaking.setdefault(node, set()).add(one.name)
            for edge in one.edges:
                key = (now(edge.subject), edge.predicate, now(edge.object))
                held = self.edges.get(key)
                if held is None or held.confidence < edge.confidence:
                    self.edges[key] = Assertion(*key, edge.confidence)
                self._vouching.setdefault(key, set()).add(one.name)

    def speaking_of(self, node: Iri) -> tuple[str, ...]:
        """The imports with a row of the node, sorted."""
        return tuple(sorted(self._speaking.get(node, ())))

    def vouching_for(self, key: tuple[Iri, Predicate, Iri]) -> tuple[str, ...]:
        """The imports with that edge, sorted."""
        return tuple(sorted(self._vouching.get(key, ())))


def made(row: Row, papers: int) -> Node | None:
    """The node that a row alone makes; None where it has no label, or is no entity's."""
    kind = kind_of(row.node)
    if kind is None or row.label is None:
        return None
    return overlaid(Node(row.node, kind, row.label, row.status or Status.CURATED, papers=papers), row)


def overlaid(node: Node, row: Row) -> Node:
    """The node with what the row says; a label that gives way stays as an alias."""
    label = node.label if row.label is None else row.label
    return replace(
        node,
        label=label,
        status=row.status or node.status,
        aliases=tuple(sorted({node.label, *node.aliases, *row.aliases} - {label})),
        year=node.year if row.year is None else row.year,
        arxiv=node.arxiv if row.arxiv is None else row.arxiv,
        level=node.level if row.level is None else row.level,
        categories=tuple(sorted({*node.categories, *row.categories})) if row.categories else node.categories,
        unit=node.unit if row.unit is None else row.unit,
        source=node.source if row.source is None else row.source,
        higher_is_better=node.higher_is_better if row.higher_is_better is None else row.higher_is_better,
    )
