"""Nodes that a grammar of names makes below the rows of the ontology."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.identifiers import Iri, entity_iri, slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.ontology.entity import Entity

__all__ = ["Composed", "Resolved", "below"]


@dataclass(frozen=True, slots=True)
class Composed:
    """A node the grammar builds: `parent` is the node it is a variant of, composed too or a row of the ontology."""

    label: str
    iri: Iri
    parent: Iri


@dataclass(frozen=True, slots=True)
class Resolved:
    """The node of a composed name.

    `entity` is its row; where there is none, `new` holds the node and the versions above it that have no row either,
    the node itself first.
    """

    iri: Iri
    label: str
    entity: Entity | None
    new: tuple[Composed, ...] = ()


def below(row: Entity, labels: Sequence[str]) -> Resolved:
    """The new node of the first label, below those of the others in turn, the last of which is a variant of `row`."""
    iris = [entity_iri(row.kind, slug(label)) for label in labels]
    parents = [*iris[1:], row.iri]
    new = tuple(Composed(label, iri, parent) for label, iri, parent in zip(labels, iris, parents, strict=True))
    return Resolved(iris[0], labels[0], None, new)
