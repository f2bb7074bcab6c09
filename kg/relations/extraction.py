"""Relations from linked mentions: which the words around them say, which their place says, and how sure each rule is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.relations.clauses import Quotes, read
from kg.relations.cues import Sense
from kg.relations.names import contains_name
from kg.relations.readings import readings
from kg.relations.relation import Relation, Result
from kg.relations.results import results
from kg.relations.roles import Role, roles
from kg.text import Span
from kg.vocabulary import Kind, RelationType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.identifiers import Iri
    from kg.linking.link import Link
    from kg.relations.clauses import Sentence
    from kg.relations.readings import Reading

__all__ = ["extract"]

_EVIDENCES: Final = 3
"""How many stretches of text are kept for one relation, the surest and earliest first."""
_DATA: Final = frozenset({Kind.BENCHMARK, Kind.DATASET})
_TECHNIQUES: Final = frozenset({Kind.METHOD, Kind.MODEL})
_NEAR: Final = 8
"""How many words after `extends` its object may begin."""
_HEDGE: Final = re.compile(
    r"\b(?:may|might|could|would|should|potential(?:ly)?|possibl[ey]|future|hope|plan\sto|aim\sto|envision|promise|pave\sthe\sway)\b",
)
_KIND_NOUN: Final = frozenset(
    "algorithm approach architecture extension framework mechanism method methodology model optimizer paradigm recipe scheme strategy system"
    " technique variant".split(),  # noqa: SIM905
)
_NOT_APPOSED: Final = frozenset("based by for from in of on that to using via which with without".split())  # noqa: SIM905

_SCORES: Final[dict[tuple[RelationType, str], float]] = {}
"""How often a rule is right: (right + 1) / (right + wrong + 2) over the papers annotated for development, with annotated mentions."""
_UNMEASURED: Final = 0.6


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A relation as one mention says it."""

    type: RelationType
    rule: str
    words: str
    sentence: Span
    core: Span
    weak: bool = False
    """Said by place alone: dropped where words say another relation of the same node."""

    @property
    def score(self) -> float:
        return _SCORES.get((self.type, self.rule), _UNMEASURED)


def extract(text: str, links: Sequence[Link]) -> tuple[tuple[Relation, ...], tuple[Result, ...]]:
    """The relations and results of a paper, from its text and its links, which are sorted and do not overlap.

    Each node has at most one relation of a type; every relation has evidence inside the text. Relations come in the order in which
    their nodes first appear, then in the order of `RelationType`.
    """
    introduced = {link.node: link.introduced for link in reversed(links) if link.introduced}
    own = frozenset(index for index, link in enumerate(links) if link.node in introduced)
    sentences = read(text, links)
    parts = roles(text, sentences, own)
    candidates: dict[Iri, list[_Candidate]] = {link.node: [] for link in links}
    study = not any(links[index].kind in _TECHNIQUES for index in own)
    for sentence, role in zip(sentences, parts, strict=True):
        if sentence.mentions:
            for candidate, node in _candidates(sentence, role, links, own, study=study):
                candidates[node].append(candidate)
    for node, candidate in _by_name(sentences, links, own):
        candidates[node].append(candidate)
    quotes = Quotes(text)
    labels = {link.node: link.label for link in links}
    relations: list[Relation] = []
    for node, said in candidates.items():
        if node in introduced:
            rule = _Candidate(RelationType.INTRODUCES, "introduced", "", Span(0, 0), Span(0, 0))
            span = _inside(introduced[node], len(text))
            relations.append(Relation(rule.type, node, labels[node], rule.score, (span,), "introduced"))
        relations.extend(_settled(node, labels[node], said, quotes))
    return tuple(relations), results(text, sentences, links, own)
