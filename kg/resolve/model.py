"""What resolving papers against each other yields: nodes, edges between them, and who is joined to what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from kg.identifiers import Iri, NormalForm, PaperId
from kg.vocabulary import Kind, Predicate, Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.linking.link import Unlinked
    from kg.ontology.entity import Entity, Organisation

__all__ = ["Edge", "NameKey", "Node", "Proof", "Resolved", "letters", "name_key"]

NameKey = tuple[NormalForm, "Kind | None", str]
"""What decides which node an unlinked name is joined to: its normal form, its kind, and its letters as written."""


def letters(name: str) -> str:
    """The letters and digits of a name, as they are written.

    >>> letters("E-Commerce")
    'ECommerce'
    """
    return "".join(char for char in name if char.isalnum())


def name_key(name: Unlinked) -> NameKey:
    """The key of an unlinked name."""
    return (name.normal, name.kind, letters(name.text))


@dataclass(frozen=True, slots=True)
class Node:
    """A thing that papers speak of, or an ancestor of one.

    `papers` is the number of different papers that mention it, 0 for an ancestor that none mentions. `year` and `arxiv`
    are the ontology's, or those of the earliest paper that introduces it. Aliases are sorted and hold neither the label
    nor each other.
    """

    iri: Iri
    kind: Kind
    label: str
    status: Status
    aliases: tuple[str, ...] = ()
    year: int | None = None
    arxiv: str | None = None
    level: str = ""
    organisation: str | None = None
    categories: tuple[str, ...] = ()
    source: str = ""
    higher_is_better: bool | None = None
    unit: str = ""
    papers: int = 0

    @classmethod
    def of(cls, entity: Entity, papers: int) -> Self:
        """The node of an entity of the ontology that so many papers mention."""
        return cls(
            iri=entity.iri,
            kind=entity.kind,
            label=entity.label,
            status=Status.CURATED,
            aliases=tuple(sorted(set(entity.aliases) - {entity.label})),
            year=entity.year,
            arxiv=entity.arxiv,
            level=entity.level,
            organisation=entity.organisation,
            categories=entity.categories,
            source=entity.source,
            higher_is_better=entity.higher_is_better,
            unit=entity.unit,
            papers=papers,
        )


@dataclass(frozen=True, slots=True, order=True)
class Proof:
    """Where a lifted edge was read: a stretch of one paper's text, and the rule that read it there."""

    paper: PaperId
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge between two entities.

    `asserted` edges are those of the ontology and of the grammar of names; those with `proofs` are lifted from papers:
    `support` counts the different papers, `confidence` is that of the best of them, in [0, 1], and `hedged` is true
    where all of them hedge. `sources` are the imports that say it (`kg.curated`), sorted. All of this may hold of one
    edge; its confidence is then what the papers' words are worth, 1 where the tables say it and no paper does, and
    what the imports say where nothing else does. An edge of `Resolved.said_of` begins at a paper.
    """

    subject: Iri
    predicate: Predicate
    object: Iri
    asserted: bool
    confidence: float = 1.0
    support: int = 0
    hedged: bool = False
    proofs: tuple[Proof, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolved:
    """The nodes by IRI and the edges between them, both sorted; and how the facts of each paper join them.

    `sources` are the imports that say something of a node or an organisation, sorted, for those of which one does.
    """

    nodes: Mapping[Iri, Node]
    edges: tuple[Edge, ...]
    organisations: Mapping[Iri, Organisation]
    sources: Mapping[Iri, tuple[str, ...]] = field(default_factory=dict)
    _said: Mapping[PaperId, tuple[Edge, ...]] = field(default_factory=dict)
    _renamed: Mapping[Iri, Iri] = field(default_factory=dict)
    _renamed_in: Mapping[tuple[PaperId, Iri], Iri] = field(default_factory=dict)
    _by_name: Mapping[NameKey, Iri] = field(default_factory=dict)

    def node_of(self, paper: PaperId, iri: Iri) -> Iri:
        """The node that the IRI in this paper's facts stands for."""
        return self._renamed_in.get((paper, iri)) or self._renamed.get(iri, iri)

    def said_of(self, paper: PaperId) -> tuple[Edge, ...]:
        """The edges from this paper that imports say, sorted."""
        return self._said.get(paper, ())

    def joined(self, name: Unlinked) -> Iri | None:
        """The one node that another paper introduces under the name that this paper leaves unlinked, or None."""
        return self._by_name.get(name_key(name))
