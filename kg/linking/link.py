"""What linking says about a stretch of text."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.identifiers import Iri, NormalForm  # noqa: TC001
from kg.text import Span  # noqa: TC001
from kg.vocabulary import Kind, Predicate, Status  # noqa: TC001

__all__ = ["Link", "Links", "NewNode", "Unlinked"]


@dataclass(frozen=True, slots=True)
class Link:
    """A mention joined to a node.

    `text` is the paper's text from `start` to `end`; `score` is in [0, 1]; `how` names the way the name was found and
    joined (`alias`, `grammar`, `definition`, `introduced`, ...). `introduced` is the stretch that introduces the node
    in this paper, None where it does not.
    """

    start: int
    end: int
    text: str
    kind: Kind
    node: Iri
    label: str
    score: float
    how: str
    introduced: Span | None = None


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A name that was seen and not joined to a node; `reason` says why."""

    start: int
    end: int
    text: str
    kind: Kind | None
    normal: NormalForm
    reason: str


@dataclass(frozen=True, slots=True)
class NewNode:
    """A node that a paper needs and the ontology lacks: composed by the grammar of names, or discovered in the paper.

    `parents` joins it to what it is a variant of or part of.
    """

    iri: Iri
    kind: Kind
    label: str
    status: Status
    aliases: tuple[str, ...] = ()
    parents: tuple[tuple[Predicate, Iri], ...] = ()


@dataclass(frozen=True, slots=True)
class Links:
    """All that linking found in one paper: links and unlinked names in text order, none overlapping; nodes by IRI."""

    links: tuple[Link, ...] = ()
    unlinked: tuple[Unlinked, ...] = ()
    nodes: tuple[NewNode, ...] = field(default=())
