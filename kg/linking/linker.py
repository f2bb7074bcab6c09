"""The linker: a text and the ontology in, every named thing with its node out.

A pure function of the two: no clock, no state, no order of papers; so it may run anywhere and gives the same answer there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.identifiers import Iri, entity_iri, normal_form, slug
from kg.linking.link import Link, Links, NewNode, Unlinked
from kg.linking.measures import is_measured
from kg.linking.models import Checkpoint, ModelNames, own_checkpoints
from kg.linking.occurrences import occurrences
from kg.linking.own import OwnThing, own_things
from kg.linking.senses import Context, choose, resembles
from kg.mentions.abbreviations import Definition, definitions
from kg.mentions.dictionary import Dictionary, Hit
from kg.mentions.discoveries import Discovery, discoveries, urls
from kg.mentions.folding import fold
from kg.mentions.heads import HEAD
from kg.mentions.introductions import introductions
from kg.mentions.overlap import longest
from kg.mentions.shapes import is_named, strength
from kg.text import Span, sentences
from kg.vocabulary import Kind, Status

if TYPE_CHECKING:
    from kg.ontology import Entity, Ontology

__all__ = ["Linker"]

_GRAMMAR_RANK, _HIT_RANK, _STOP_RANK, _OWN_RANK = 1, 2, 3, 4
_READ: Final = 30_000
"""Characters in which new names are sought, ten long abstracts; names of the ontology are found in all of a text."""
_SIZED: Final = re.compile(r"(.+?)[- ]v?\d+(?:\.\d+)?[BMT]?(?:-[A-Z][a-z]+)?")


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

    __slots__ = ("_dictionary", "_models", "_ontology")

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._dictionary = Dictionary(ontology)
        self._models = ModelNames(ontology)

    def link(self, text: str) -> Links:
        """What `text`, a title, a line break and an abstract, names.

        Links are sorted and never share a letter; every offset cuts the exact text.
        """
        folded = fold(text)
        read = text[:_READ]
        title_end = text.find("\n")
        title_end = len(text) if title_end < 0 else title_end
        defined = definitions(read)
        hits = list(self._dictionary.find(text, folded))
        context = Context(folded)
        spans = sentences(text)
        things = own_things(
            text, introductions(text, title_end, tuple(span for span in spans if span.end <= _READ), defined), defined
        )
        claims: list[_Claim] = []
        nodes: dict[Iri, NewNode] = {}
        unlinked: list[Unlinked] = []
        settled: dict[str, _Target | None] = {}
        stated = any(thing.sure for thing in things)
        for thing in things:
            # a title `NAME: ...` introduces what no sentence does, unless another thing is introduced by one
            alone = not stated and any(i.how == "title" and i.sure for i in thing.introductions)
            if all(i.how == "title" for i in thing.introductions) and not self._recurs(thing, text, folded):
                continue
            target = self._own_target(thing, nodes, alone=alone)
            if target is None:
                continue
            for name in thing.names:
                settled.setdefault(name, target)
                claims.extend(_Claim(start, end, _OWN_RANK, target) for start, end in occurrences(text, folded, name))
                if target.kind is Kind.MODEL or thing.sized:
                    sized = _SIZED.fullmatch(name)
                    base, parent = (sized[1], None) if sized else (name, target.node)
                    for found in own_checkpoints(text, folded, base, parent, self._ontology):
                        if normal_form(found.label) != normal_form(target.label):
                            claims.append(self._checkpoint(found, _OWN_RANK, nodes, target.introduced))
        claims.extend(self._checkpoint(found, _GRAMMAR_RANK, nodes, None) for found in self._models.find(text, folded))
        initial: dict[str, bool] = {}
        by_span = {(hit.start, hit.end): hit for hit in hits}
        for definition in defined:
            short = text[definition.short.start : definition.short.end]
            if short in settled:
                continue
            known, target = self._defined_target(text, definition, by_span, context, nodes)
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
            if (
                choice is not None
                and choice.how == "default"
                and strength(raw) == 1
                and self._is_only_initial(text, folded, raw, initial)
            ):
                choice = None
            if choice is None:
                first = hit.candidates[0].entity
                unlinked.append(
                    Unlinked(hit.start, hit.end, raw, first.kind, normal_form(raw), "an ambiguous name without a cue")
                )
                continue
            entity = choice.candidate.entity
            if self._is_qualified(hit, entity, text, by_span):
                continue
            if entity.kind is Kind.METRIC:
                sentence = spans[bisect_right(spans, hit.start, key=_start) - 1]
                if not is_measured(entity, raw, text, sentence, recurs=context.recurs(folded[hit.start : hit.end])):
                    continue
            claims.append(
                _Claim(
                    hit.start,
                    hit.end,
                    _HIT_RANK,
                    _Target(entity.kind, entity.iri, entity.label, choice.score, choice.how),
                )
            )
        addresses = urls(text)
        stand = longest(_outside(text, claims, addresses))
        found = self._discovered(text, stand, addresses, settled, nodes, unlinked)
        links = []
        for claim in longest([*stand, *found]) if found else stand:
            target = claim.target
            if target is not None:
                links.append(
                    Link(
                        claim.start,
                        claim.end,
                        text[claim.start : claim.end],
                        target.kind,
                        target.node,
                        target.label,
                        target.score,
                        target.how,
                        target.introduced,
                    )
                )
        used = {link.node for link in links}
        for iri in sorted(used):  # a new checkpoint needs the new version above it
            while iri in nodes and nodes[iri].parents:
                iri = nodes[iri].parents[0][1]
                used.add(iri)
        free = _free(unlinked, links)
        return Links(tuple(links), free, tuple(nodes[iri] for iri in sorted(nodes) if iri in used))

    def _discovered(
        self,
        text: str,
        stand: list[_Claim],
        addresses: tuple[tuple[int, int], ...],
        settled: dict[str, _Target | None],
        nodes: dict[Iri, NewNode],
        unlinked: list[Unlinked],
    ) -> list[_Claim]:
        """Claims of names that nobody lists and the paper does not introduce; the unsure ones go to `unlinked`."""
        taken = sorted([(claim.start, claim.end) for claim in stand] + list(addresses))
        kinds: dict[int, Kind] = {}
        for claim in stand:
            if claim.target is not None:
                kinds[claim.start] = kinds[claim.end] = claim.target.kind
        shut = frozenset(name for name, target in settled.items() if target is None)
        seen: dict[str, list[Discovery]] = {}
        for discovery in discoveries(text, taken, kinds, shut, _READ):
            name = text[discovery.start : discovery.end]
            if not self._ontology.is_stopped(name):
                seen.setdefault(name, []).append(discovery)
        claims: list[_Claim] = []
        for name, places in seen.items():
            kind = next((place.kind for place in places if place.kind is not None), None)
            if kind is None and len(places) < 2:
                unlinked.extend(
                    Unlinked(
                        p.start, p.end, name, None, normal_form(name), "written as a name, and nothing says of what"
                    )
                    for p in places
                )
                continue
            kind = kind or Kind.METHOD
            iri = entity_iri(kind, slug(name))
            if iri in self._ontology.entities:
                iri = entity_iri(kind, slug(name) + "-new")
            nodes.setdefault(iri, NewNode(iri, kind, name, Status.DISCOVERED))
            target = _Target(kind, iri, name, 0.6, "discovered")
            claims.extend(_Claim(place.start, place.end, _GRAMMAR_RANK, target) for place in places)
        return claims

    def _is_qualified(self, hit: Hit, entity: Entity, text: str, by_span: dict[tuple[int, int], Hit]) -> bool:
        """Whether the stretch is a shorter name of the same thing behind a word that is no part of it: `LLM reasoning`."""
        space = text.find(" ", hit.start, hit.end)
        while space > 0:
            inner = by_span.get((space + 1, hit.end))
            if (
                inner is not None
                and self._ontology.is_stopped(text[hit.start : space])
                and any(c.entity is entity for c in inner.candidates)
            ):
                return True
            space = text.find(" ", space + 1, hit.end)
        return False

    def _checkpoint(self, found: Checkpoint, rank: int, nodes: dict[Iri, NewNode], introduced: Span | None) -> _Claim:
        for node in found.new:
            nodes.setdefault(node.iri, node)
        how = "grammar" if introduced is None else "introduced"
        return _Claim(found.start, found.end, rank, _Target(Kind.MODEL, found.node, found.label, 0.95, how, introduced))

    def _own_target(self, thing: OwnThing, nodes: dict[Iri, NewNode], *, alone: bool) -> _Target | None:
        known = self._known(thing)
        if known is not None:
            if not thing.sure and not alone:
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
        nodes[iri] = NewNode(
            iri, kind, label, Status.DISCOVERED, tuple(sorted(name for name in thing.names if name != label))
        )
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
                others = [
                    fold(other).split()
                    for other in entity.names
                    if " " in fold(other) and normal_form(other) != normal_form(name)
                ]
                if longs and others:
                    if max(resembles(long, other) for long in longs for other in others) >= 0.6:
                        return entity
                    continue
                if (len(normal_form(name)) >= 4 and any(map(str.isupper, name))) or " " in name:
                    return entity
        return None

    @staticmethod
    def _is_only_initial(text: str, folded: str, raw: str, known: dict[str, bool]) -> bool:
        """Whether an ambiguous word has its capital from the beginning of a sentence or a title, here and everywhere."""
        if " " in raw:
            return False
        if raw not in known:
            title_end = text.find("\n")
            known[raw] = all(
                start < title_end
                or not (before := text[max(0, start - 2) : start].strip(" \"'“("))
                or before[-1] in ".!?:\n"
                for start, _ in occurrences(text, folded, raw)
            )
        return known[raw]

    @staticmethod
    def _recurs(thing: OwnThing, text: str, folded: str) -> bool:
        """Whether what only a title introduces is a name: written as one, or met again in the abstract."""
        return any(is_named(word) for name in thing.names for word in name.split()[:2]) or any(
            sum(1 for _ in occurrences(text, folded, name)) > 1 for name in thing.names
        )

    @staticmethod
    def _defined_kind(text: str, definition: Definition, by_span: dict[tuple[int, int], Hit]) -> Kind | None:
        """The kind of a long form that nobody lists: of the known name it ends in, of the noun behind the bracket, of its own last noun."""
        long = text[definition.long.start : definition.long.end]
        space = long.find(" ")
        while space > 0:
            inner = by_span.get((definition.long.start + space + 1, definition.long.end))
            if inner is not None and inner.candidates:
                kind = inner.candidates[0].entity.kind
                return kind if kind in (Kind.TASK, Kind.METHOD) else None
            space = long.find(" ", space + 1)
        bracket = re.compile(r"[\w.+-]*[\])]*\s(?P<noun>[a-z]+)").match(text, definition.short.start)
        noun = HEAD.get(bracket["noun"]) if bracket else None
        last = long.rsplit(" ", 1)[-1]
        if noun is not None and noun is not Kind.MODEL:
            return noun
        titled = all(word[:1].isupper() for word in long.split() if len(word) > 3)
        return HEAD.get(last.lower()) if titled and HEAD.get(last.lower()) is not Kind.MODEL and " " in long else None

    def _defined_target(
        self,
        text: str,
        definition: Definition,
        by_span: dict[tuple[int, int], Hit],
        context: Context,
        nodes: dict[Iri, NewNode],
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
        for entity in self._ontology.find(
            short.rstrip("s") if short[-1:] == "s" and not self._ontology.find(short) else short
        ):
            others = [fold(other).split() for other in entity.names if " " in fold(other)]
            if others and max(resembles(words, other) for other in others) >= 0.75:
                return True, _Target(entity.kind, entity.iri, entity.label, 0.95, "definition")
        kind = self._defined_kind(text, definition, by_span)
        if kind is not None:
            label = long
            iri = entity_iri(kind, slug(label))
            if iri not in self._ontology.entities:
                nodes.setdefault(iri, NewNode(iri, kind, label, Status.DISCOVERED, (short,)))
                return True, _Target(kind, iri, label, 0.7, "definition")
        # a short form of its own: whatever the ontology knows by these letters is not meant
        return strength(short) == 2 and len(short) <= 5, None


def _start(span: Span) -> int:
    return span.start


def _outside(text: str, claims: list[_Claim], addresses: tuple[tuple[int, int], ...]) -> list[_Claim]:
    """The claims without those inside an address of the web, unless the same name, letter for letter, stands outside one too."""
    if not addresses:
        return claims
    starts = [start for start, _ in addresses]

    def within(claim: _Claim) -> bool:
        place = bisect_right(starts, claim.start) - 1
        return place >= 0 and claim.start < addresses[place][1]

    outside = {text[claim.start : claim.end] for claim in claims if not within(claim)}
    return [
        claim
        for claim in claims
        if not within(claim)
        or (text[claim.start : claim.end] in outside and strength(text[claim.start : claim.end].split(" ", maxsplit=1)[0]) == 2)
    ]


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
