"""The linker: a text and the ontology in, every named thing with its node out.

A pure function of the two: no clock, no state, no order of papers; so it may run anywhere and gives the same answer there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.identifiers import Iri, entity_iri, normal_form, slug
from kg.linking.link import Link, Links, NewNode, Unlinked
from kg.linking.occurrences import occurrences
from kg.linking.own import OwnThing, own_things
from kg.linking.senses import Context, choose, resembles
from kg.mentions.abbreviations import Definition, definitions
from kg.mentions.dictionary import Dictionary, Hit
from kg.mentions.folding import fold
from kg.mentions.introductions import introductions
from kg.mentions.overlap import longest
from kg.mentions.shapes import strength
from kg.text import Span, sentences
from kg.vocabulary import Kind, Status

if TYPE_CHECKING:
    from kg.ontology import Entity, Ontology

__all__ = ["Linker"]

_STOP_RANK, _HIT_RANK, _OWN_RANK = 2, 1, 3


@dataclass(frozen=True, slots=True)
class _Target:
    """The node a stretch may be joined to."""

    kind: Kind
    node: Iri
    label: str
    score: float
    how: str
    introduced: Span | None = None


@dataclass(frozen=True, slots=True)
class _Claim:
    """A stretch that claims its letters; without a target it only keeps others away."""

    start: int
    end: int
    rank: int
    target: _Target | None


class Linker:
    """Finds and joins names for one ontology; made once, safe to share, gives the same answer to the same text."""

    __slots__ = ("_dictionary", "_ontology")

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._dictionary = Dictionary(ontology)

    def link(self, text: str) -> Links:
        """What `text`, a title, a line break and an abstract, names.

        Links are sorted and never share a letter; every offset cuts the exact text.
        """
        folded = fold(text)
        title_end = text.find("\n")
        title_end = len(text) if title_end < 0 else title_end
        defined = definitions(text)
        hits = list(self._dictionary.find(text, folded))
        context = Context(folded)
        things = own_things(text, introductions(text, title_end, sentences(text), defined), defined)
        claims: list[_Claim] = []
        nodes: dict[Iri, NewNode] = {}
        unlinked: list[Unlinked] = []
        settled: dict[str, _Target | None] = {}
        for thing in things:
            target = self._own_target(thing, nodes)
            if target is None:
                continue
            for name in thing.names:
                settled.setdefault(name, target)
                claims.extend(_Claim(start, end, _OWN_RANK, target) for start, end in occurrences(text, folded, name))
        by_span = {(hit.start, hit.end): hit for hit in hits}
        for definition in defined:
            short = text[definition.short.start : definition.short.end]
            if short in settled:
                continue
            known, target = self._defined_target(text, definition, by_span, context)
            if not known:
                continue
            settled[short] = target
            claims.extend(_Claim(start, end, _OWN_RANK, target) for start, end in occurrences(text, folded, short))
            if target is not None:
                claims.append(_Claim(definition.long.start, definition.long.end, _HIT_RANK, target))
        for hit in hits:
            raw = text[hit.start : hit.end]
            if raw in settled or (hit.plural and raw[:-1] in settled):
                continue
            if not hit.candidates:
                claims.append(_Claim(hit.start, hit.end, _STOP_RANK, None))
                continue
            choice = choose(hit, raw, context)
            if choice is None:
                first = hit.candidates[0].entity
                unlinked.append(Unlinked(hit.start, hit.end, raw, first.kind, normal_form(raw), "an ambiguous name without a cue"))
                continue
            entity = choice.candidate.entity
            claims.append(_Claim(hit.start, hit.end, _HIT_RANK, _Target(entity.kind, entity.iri, entity.label, choice.score, choice.how)))
        links = []
        for claim in longest(claims):
            target = claim.target
            if target is not None:
                links.append(
                    Link(claim.start, claim.end, text[claim.start : claim.end], target.kind, target.node, target.label, target.score, target.how, target.introduced)
                )
        used = {link.node for link in links}
        free = _free(unlinked, links)
        return Links(tuple(links), free, tuple(nodes[iri] for iri in sorted(nodes) if iri in used))

    def _own_target(self, thing: OwnThing, nodes: dict[Iri, NewNode]) -> _Target | None:
        known = self._known(thing)
        if known is not None:
            if not thing.sure:
                return None
            return _Target(known.kind, known.iri, known.label, 0.97, "introduced", thing.stretch)
        if any(self._ontology.is_stopped(name) for name in thing.names):
            return None
        kind = thing.kind or Kind.METHOD
        label = thing.label
        iri = entity_iri(kind, slug(label))
        if iri in self._ontology.entities and thing.long_forms:
            label = max(thing.long_forms, key=len)
            iri = entity_iri(kind, slug(label))
        if iri in self._ontology.entities:
            iri = entity_iri(kind, slug(label) + "-new")
        nodes[iri] = NewNode(iri, kind, label, Status.DISCOVERED, tuple(sorted(name for name in thing.names if name != label)))
        return _Target(kind, iri, label, 0.95 if thing.sure else 0.8, "introduced", thing.stretch)

    def _known(self, thing: OwnThing) -> Entity | None:
        """The entity of the ontology that the thing is, if it has it already: by its long form, or by an unmistakable name."""
        for long in thing.long_forms:
            found = self._ontology.find(long)
            if len(found) == 1:
                return found[0]
        longs = [fold(long).split() for long in thing.long_forms]
        for name in thing.names:
            for entity in self._ontology.find(name):
                others = [fold(other).split() for other in entity.names if " " in fold(other) and normal_form(other) != normal_form(name)]
                if longs and others:
                    if max(resembles(long, other) for long in longs for other in others) >= 0.6:
                        return entity
                    continue
                if len(normal_form(name)) >= 4 and any(map(str.isupper, name)) or " " in name:
                    return entity
        return None

    def _defined_target(
        self, text: str, definition: Definition, by_span: dict[tuple[int, int], Hit], context: Context
    ) -> tuple[bool, _Target | None]:
        """Whether the paper's definition settles its short form, and for which node (None: it is no entity, or not ours)."""
        start, end = definition.long.start, definition.long.end
        long, short = text[start:end], text[definition.short.start : definition.short.end]
        if self._ontology.is_stopped(long) or self._ontology.is_stopped(short):
            return True, None
        hit = by_span.get((start, end))
        if hit is not None and hit.candidates:
            choice = choose(hit, long, context)
            if choice is not None:
                entity = choice.candidate.entity
                return True, _Target(entity.kind, entity.iri, entity.label, 0.97, "definition")
        words = fold(long).split()
        for entity in self._ontology.find(short.rstrip("s") if short[-1:] == "s" and not self._ontology.find(short) else short):
            others = [fold(other).split() for other in entity.names if " " in fold(other)]
            if others and max(resembles(words, other) for other in others) >= 0.75:
                return True, _Target(entity.kind, entity.iri, entity.label, 0.95, "definition")
        # a short form of its own: whatever the ontology knows by these letters is not meant
        return strength(short) == 2 and len(short) <= 5, None


def _free(unlinked: list[Unlinked], links: list[Link]) -> tuple[Unlinked, ...]:
    """The unlinked names that share no letter with a link or each other, the longest first to stand."""
    taken: set[int] = set()
    for link in links:
        taken.update(range(link.start, link.end))
    kept = []
    for name in sorted(unlinked, key=lambda u: (u.start - u.end, u.start)):
        span = range(name.start, name.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(name)
    return tuple(sorted(kept, key=lambda u: u.start))
