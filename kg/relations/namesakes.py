"""What the names say that a paper gives its own: what they are made from, and for which task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.relations.claims import Claim
from kg.relations.clauses import EVIDENCE
from kg.relations.cues import Sense
from kg.relations.lineage import named_after
from kg.relations.readings import readings
from kg.relations.roles import Role
from kg.text import Span
from kg.vocabulary import Kind, RelationType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.identifiers import Iri
    from kg.linking.link import Link
    from kg.relations.clauses import Sentence

__all__ = ["by_name", "by_purpose"]


def by_name(
    sentences: Sequence[Sentence],
    parts: Sequence[Role],
    links: Sequence[Link],
    own: frozenset[int],
    introduced: Mapping[Iri, Span],
) -> Iterator[tuple[Claim, Iri]]:
    """What the paper introduces extends what its name is made from.

    The evidence is a stretch that holds both names and does not compare them, those of the motivation last; else the
    stretch that introduces the paper's own.
    """
    last = [sentence for sentence, part in zip(sentences, parts, strict=True) if part is Role.MOTIVATION]
    first = [sentence for sentence, part in zip(sentences, parts, strict=True) if part is not Role.MOTIVATION]
    rule = "named after it"
    for index, sentence, name in named_after((*first, *last), links, own):
        link = links[index]
        near = [other for other in sentence.mentions if other in own]
        if near and not _compares(sentence, index, own):
            _, nearest = min((abs(other - index), other) for other in near)
            core = Span(links[min(nearest, index)].start, links[max(nearest, index)].end)
            if core.end - core.start > EVIDENCE:
                core = Span(link.start, link.end)
            within = sentence.span
        else:
            core = introduced[links[name].node]
            within = next(one.span for one in reversed(sentences) if one.span.start <= core.start)
            core = Span(core.start, min(core.end, within.end))
        yield Claim(RelationType.EXTENDS, rule, "", within, core, False, link.score), link.node


def by_purpose(
    sentences: Sequence[Sentence], links: Sequence[Link], own: frozenset[int]
) -> Iterator[tuple[Claim, Iri]]:
    """What the paper introduces addresses the task its long name ends in: `Quokka Masking for Entity Linking`."""
    tasks = {link.text.casefold(): link for link in links if link.kind is Kind.TASK}
    for sentence in sentences if tasks else ():
        for index in sentence.mentions:
            if index not in own:
                continue
            _, _, purpose = links[index].text.rpartition(" for ")
            task = tasks.get(purpose.casefold())
            if task is not None:
                relation, rule = RelationType.ADDRESSES, "task in name"
                core = Span(links[index].start, links[index].end)
                yield Claim(relation, rule, "", sentence.span, core, False, task.score), task.node


def _compares(sentence: Sentence, index: int, own: frozenset[int]) -> bool:
    """Whether a sentence sets a mention against something."""
    return any(
        reading.link == index and reading.sense in (Sense.COMPARES, Sense.AGAINST, Sense.EXCLUDES)
        for reading in readings(sentence, own)
    )
