"""Edges between entities, lifted from what papers say of the thing they introduce."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kg.identifiers import Iri, PaperId, kind_of
from kg.vocabulary import Kind, Predicate, RelationType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.facts import PaperFacts
    from kg.text import Span

__all__ = ["Claim", "lifted"]

_ARTEFACTS: Final = frozenset({Kind.METHOD, Kind.MODEL})
_DATA: Final = frozenset({Kind.BENCHMARK, Kind.DATASET})

_LIFTED: Final[dict[RelationType, tuple[Predicate, tuple[tuple[frozenset[Kind], frozenset[Kind]], ...]]]] = {
    RelationType.EXTENDS: (Predicate.EXTENDS, ((_ARTEFACTS, _ARTEFACTS),)),
    RelationType.EVALUATES_ON: (Predicate.EVALUATED_ON, ((frozenset({Kind.MODEL}), _DATA),)),
    RelationType.COMPARES_WITH: (Predicate.COMPARES_WITH, ((_ARTEFACTS, _ARTEFACTS), (_DATA, _DATA))),
}
"""Which relation of a paper becomes which property of what it introduces, and between which kinds."""


class Claim(NamedTuple):
    """One paper's word for an edge between two entities, by the IRIs of its own facts."""

    subject: Iri
    predicate: Predicate
    object: Iri
    paper: PaperId
    start: int
    end: int
    rule: str
    score: float
    hedged: bool


def lifted(facts: PaperFacts, introduced: set[Iri]) -> Iterator[Claim]:
    """The claims of a paper about the things it introduces; where its facts say the edges themselves, those.

    Where it introduces several, the edge starts at those that the evidence names, else at those in the title, else at
    all.
    """
    if facts.lifted is not None:
        for one in facts.lifted:
            for span in one.evidence:
                yield Claim(
                    *(one.subject, one.predicate, one.object),
                    *(facts.paper.id, span.start, span.end),
                    *(one.how, one.score, one.hedged),
                )
        return
    if not introduced:
        return
    text_of = [(link.start, link.end, link.node) for link in facts.mentions if link.node in introduced]
    title = {node for start, _, node in text_of if start < len(facts.paper.title)}
    for relation in facts.relations:
        if relation.type not in _LIFTED or relation.node in introduced:
            continue
        predicate, pairs = _LIFTED[relation.type]
        kind = kind_of(relation.node)
        fit = {node for node in introduced if any(kind_of(node) in left and kind in right for left, right in pairs)}
        for span in relation.evidence:
            for node in sorted(_subjects(fit, span, text_of, title)):
                yield Claim(
                    node,
                    predicate,
                    relation.node,
                    facts.paper.id,
                    span.start,
                    span.end,
                    relation.how,
                    relation.score,
                    relation.hedged,
                )


def _subjects(fit: set[Iri], span: Span, mentions: list[tuple[int, int, Iri]], title: set[Iri]) -> set[Iri]:
    here = {node for start, end, node in mentions if node in fit and start < span.end and span.start < end}
    return here or (fit & title) or fit
