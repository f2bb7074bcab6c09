"""The linker: a text and the ontology in, every named thing with its node out.

A pure function of the two, and of when the paper appeared: no clock, no state, no order of papers. So it may run
anywhere and answers the same there.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from kg.identifiers import Iri, normal_form
from kg.linking.benchmarks import longer_benchmark
from kg.linking.claims import Claim, Rank, Target, not_in_addresses, not_taken
from kg.linking.link import Link, Links, NewNode, Unlinked
from kg.linking.measures import is_measured
from kg.linking.models import ModelNames, own_checkpoints
from kg.linking.occurrences import occurrences
from kg.linking.own import OwnThing, headed, own_things
from kg.linking.plain import plain
from kg.linking.published import Published
from kg.linking.senses import Choice, Context, choose
from kg.linking.targets import defined_target, discovered_target, own_target
from kg.linking.tasks import is_worked_on
from kg.mentions.abbreviations import definitions
from kg.mentions.dictionary import Dictionary, Hit
from kg.mentions.discoveries import Discovery, discoveries, urls
from kg.mentions.folding import fold
from kg.mentions.introductions import introductions
from kg.mentions.overlap import longest
from kg.mentions.shapes import is_named, strength
from kg.mentions.task_phrases import task_phrases
from kg.names.sizes import SIZED_NAME
from kg.ontology.benchmarks import DATA
from kg.text import Span, sentences
from kg.vocabulary import Kind

if TYPE_CHECKING:
    from kg.linking.composed import Composition
    from kg.ontology import Entity, Ontology

__all__ = ["Linker"]

_READ: Final = 30_000
"""Characters in which new names are sought, ten long abstracts; names of the ontology are found in all of a text."""
_UNKNOWN: Final = Published()


class Linker:
    """Finds and joins names for one ontology; made once, safe to share, gives the same answer to the same text."""

    __slots__ = ("_dictionary", "_models", "_ontology")

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._dictionary = Dictionary(ontology)
        self._models = ModelNames(ontology)

    def link(self, text: str, published: Published = _UNKNOWN) -> Links:
        """What `text`, a title, a line break and an abstract, names; `published` tells what it may be the first of.

        Links are sorted and never share a letter; every offset cuts the exact text. New nodes are those that a link
        needs, itself or as the version above it, and never have the IRI of a row.
        """
        folded = fold(text)
        whole: list[Hit] = []
        stems: list[Hit] = []
        for hit in self._dictionary.find(text, folded):
            (stems if hit.stem else whole).append(hit)
        reading = _Reading(text, folded, self._ontology, whole)
        reading.read_introductions(published)
        reading.read_models(self._models)
        reading.read_definitions()
        reading.read_listed()
        reading.read_stems(stems)
        reading.read_tasks()
        return reading.settle()


class _Reading:
    """One text being read: what claims its letters so far."""

    __slots__ = (
        *(
            "_claims",
            "_classes",
            "_context",
            "_defined",
            "_folded",
            "_hits",
            "_hits_at",
            "_initial",
            "_nodes",
            "_ontology",
            "_settled",
        ),
        *("_spans", "_text", "_title_end", "_unlinked"),
    )

    def __init__(self, text: str, folded: str, ontology: Ontology, hits: list[Hit]) -> None:
        self._text = text
        self._folded = folded
        self._ontology = ontology
        self._hits = hits
        self._hits_at = {(hit.start, hit.end): hit for hit in hits}
        self._context = Context(folded)
        self._spans = sentences(text)
        self._defined = definitions(text[:_READ])
        self._title_end = text.find("\n") if "\n" in text else len(text)
        self._claims: list[Claim] = []
        self._nodes: dict[Iri, NewNode] = {}
        self._unlinked: list[Unlinked] = []
        self._settled: dict[str, Target | None] = {}
        self._classes: set[str] = set()
        self._initial: dict[str, bool] = {}

    def read_introductions(self, published: Published) -> None:
        """Names the paper gives its own things claim every place where they stand."""
        spans = tuple(span for span in self._spans if span.end <= _READ)
        found = introductions(self._text, self._title_end, spans, self._defined, self._listed())
        found = plain(self._text, found, self._ontology, published)
        things = own_things(self._text, found, self._defined)
        stated = any(thing.sure for thing in things)
        for thing in things:
            if all(i.how == "title" and not i.sure for i in thing.introductions) and not self._is_name(thing):
                continue
            # a title `NAME: ...` introduces what it names; a phrase that others use too, where no sentence introduces
            # another thing
            titled = any(i.how == "title" and i.sure for i in thing.introductions)
            alone = titled and (not stated or any(is_named(name) for name in thing.names))
            target = own_target(thing, self._ontology, self._nodes, alone=alone, published=published)
            if target is None:
                continue
            for name in thing.names:
                self._settled.setdefault(name, target)
                self._claim_all(name, target)
                if target.kind is Kind.MODEL or thing.sized:
                    self._claim_sizes(name, target)

    def _listed(self) -> dict[int, int]:
        """By start, the ends of the longest listed names of things that papers introduce."""
        found: dict[int, int] = {}
        for hit in self._hits:
            if hit.candidates and hit.candidates[0].entity.kind not in (Kind.TASK, Kind.METRIC):
                found[hit.start] = max(hit.end, found.get(hit.start, 0))
        return found

    def read_models(self, models: ModelNames) -> None:
        """Names of models that say more than their family claim their letters."""
        self._claims.extend(
            self._composition(found, Rank.SHARED if found.shared else Rank.GRAMMAR, None)
            for found in models.find(self._text, self._folded)
        )

    def read_definitions(self) -> None:
        """A short form means everywhere what the paper defines it to mean."""
        for definition in self._defined:
            short = self._text[definition.short.start : definition.short.end]
            if short in self._settled:
                continue
            is_settled, target = defined_target(
                self._text, definition, self._hits_at, self._ontology, nodes=self._nodes, context=self._context
            )
            if not is_settled:
                long = self._text[definition.long.start : definition.long.end]
                if any(char.isupper() for char in long[1:]) or short[-1] in "+*":
                    continue
                # "scene graphs (3DSGs)": a phrase in small letters is a class of things, and none with a name
                self._classes.add(short)
                continue
            forms = (short, short[:-1]) if short[-1] == "s" and short[-2:-1].isupper() else (short,)
            for form in forms:  # "multimodal language models (MLMs)" says what MLM is too
                if form not in self._settled:
                    self._settled[form] = target
                    self._claim_all(form, target)
            if target is not None:
                self._claims.append(Claim(definition.long.start, definition.long.end, Rank.LISTED, target))
                if target.node in self._nodes:  # what no list knows is known by its long form too
                    places = occurrences(self._text, self._folded, target.label)
                    self._claims.extend(Claim(start, end, Rank.LISTED, target) for start, end in places)

    def read_listed(self) -> None:
        """Names of the ontology claim their letters where they mean it; the ambiguous ones stay unlinked."""
        for hit in self._hits:
            raw = self._text[hit.start : hit.end]
            if raw in self._settled or (hit.plural and raw[:-1] in self._settled):
                continue
            if not hit.candidates:
                self._claims.append(Claim(hit.start, hit.end, Rank.STOPPED, None))
                continue
            choice = choose(hit, raw, self._context)
            if choice is None or self._is_only_initial(choice, raw):
                if strength(raw) < 2 and " " not in raw:
                    continue  # "Based", "Guidance": a word
                kind, why = hit.candidates[0].entity.kind, "an ambiguous name without a cue"
                self._unlinked.append(Unlinked(hit.start, hit.end, raw, kind, normal_form(raw), why))
                continue
            entity = choice.candidate.entity
            if not self._is_qualified(hit, entity) and self._is_meant(hit, raw, entity):
                target = Target(entity.kind, entity.iri, entity.label, choice.score, choice.how)
                self._claims.append(Claim(hit.start, hit.end, Rank.LISTED, target))
                if entity.kind in DATA:
                    self._claim_longer(hit, entity)

    def read_stems(self, stems: list[Hit]) -> None:
        """Names that go on behind a benchmark's, and name one of its kind, claim their letters; the benchmark none."""
        for hit in stems:
            raw = self._text[hit.start : hit.end]
            choice = choose(hit, raw, self._context) if raw not in self._settled else None
            if choice is not None:
                self._claim_longer(hit, choice.candidate.entity)

    def _claim_longer(self, hit: Hit, base: Entity) -> None:
        found = longer_benchmark(self._text, hit.start, hit.end, base, self._ontology)
        if found is not None:
            self._claims.append(self._composition(found, Rank.GRAMMAR, None))

    def read_tasks(self) -> None:
        """Tasks that the title names in words of its own claim every place where they stand."""
        for phrase in task_phrases(self._text, self._title_end):
            if phrase in self._settled or self._ends_listed(phrase):
                continue
            kind, iri, label = discovered_target(self._ontology, self._nodes, Kind.TASK, headed(phrase))
            self._claim_all(phrase, Target(kind, iri, label, 0.6, "discovered"), Rank.GRAMMAR)

    def _ends_listed(self, phrase: str) -> bool:
        """Whether a phrase of the title is, or ends in, a listed name of several words."""
        at = self._text.find(phrase)
        end = at + len(phrase)
        while at >= 0 and self._text.find(" ", at, end) >= 0:
            if (at, end) in self._hits_at:
                return True
            at = self._text.find(" ", at, end) + 1
        return False

    def settle(self) -> Links:
        """What stands of all claims, with names nobody lists in the places between."""
        addresses = urls(self._text)
        stand = longest(not_in_addresses(self._text, self._claims, addresses))
        found = self._discovered(stand, addresses)
        links = [
            Link(
                claim.start,
                claim.end,
                self._text[claim.start : claim.end],
                t.kind,
                t.node,
                t.label,
                t.score,
                t.how,
                t.introduced,
            )
            for claim in (longest([*stand, *found]) if found else stand)
            if (t := claim.target) is not None
        ]
        used: set[Iri] = set()
        above = [link.node for link in links]
        while above:  # a new checkpoint needs the new version above it
            used.update(above)
            above = [
                parent
                for iri in above
                if iri in self._nodes
                for _, parent in self._nodes[iri].parents
                if parent not in used
            ]
        new = tuple(self._nodes[iri] for iri in sorted(self._nodes) if iri in used)
        return Links(tuple(links), not_taken(self._unlinked, links), new)

    def _claim_all(self, name: str, target: Target | None, rank: Rank = Rank.OWN) -> None:
        places = occurrences(self._text, self._folded, name)
        self._claims.extend(Claim(start, end, rank, target) for start, end in places)

    def _claim_sizes(self, name: str, target: Target) -> None:
        sized = SIZED_NAME.fullmatch(name)
        base, parent = (sized[1], None) if sized else (name, target.node)
        for found in own_checkpoints(self._text, self._folded, base, parent, self._ontology, like=name):
            if normal_form(found.label) != normal_form(target.label):
                self._claims.append(self._composition(found, Rank.OWN, target.introduced))

    def _composition(self, found: Composition, rank: Rank, introduced: Span | None) -> Claim:
        for node in found.new:
            self._nodes.setdefault(node.iri, node)
        how = "grammar" if introduced is None else "introduced"
        return Claim(found.start, found.end, rank, Target(found.kind, found.node, found.label, 0.95, how, introduced))

    def _discovered(self, stand: list[Claim], addresses: tuple[tuple[int, int], ...]) -> list[Claim]:
        """Claims of names that nobody lists and the paper does not introduce; the unsure ones stay unlinked."""
        taken = sorted([*((claim.start, claim.end) for claim in stand), *addresses])
        kinds: dict[int, Kind] = {}
        for claim in stand:
            if claim.target is not None:
                kinds[claim.start] = kinds[claim.end] = claim.target.kind
        shut = self._classes.union(name for name, target in self._settled.items() if target is None)
        seen: dict[str, list[Discovery]] = {}
        for discovery in discoveries(self._text, taken, kinds, shut, _READ):
            name = self._text[discovery.start : discovery.end]
            if not self._ontology.is_stopped(name):
                seen.setdefault(name, []).append(discovery)
        claims: list[Claim] = []
        for name, places in seen.items():
            kind = next((place.kind for place in places if place.kind is not None), None)
            if kind is None and len(places) < 2:
                why = "written as a name, and nothing says of what"
                self._unlinked.extend(Unlinked(p.start, p.end, name, None, normal_form(name), why) for p in places)
                continue
            kind, iri, label = discovered_target(self._ontology, self._nodes, kind or Kind.METHOD, name)
            target = Target(kind, iri, label, 0.6, "discovered")
            claims.extend(Claim(place.start, place.end, Rank.GRAMMAR, target) for place in places)
        return claims

    def _is_name(self, thing: OwnThing) -> bool:
        """Whether what only a title introduces is a name: written as one, or met again in the abstract."""
        return any(is_named(word) for name in thing.names for word in name.split()[:2]) or any(
            sum(1 for _ in occurrences(self._text, self._folded, name)) > 1 for name in thing.names
        )

    def _is_meant(self, hit: Hit, raw: str, entity: Entity) -> bool:
        if entity.kind is Kind.TASK:
            word = self._folded[hit.start : hit.end]
            if " " in word or not raw.islower() or self._folded.find(word, 0, self._title_end) >= 0:
                return True
            return is_worked_on(self._folded, hit.end)
        if entity.kind is not Kind.METRIC:
            return True
        sentence = self._spans[bisect_right(self._spans, Span(hit.start, len(self._text))) - 1]
        recurs = self._context.recurs(self._folded[hit.start : hit.end])
        return is_measured(entity, raw, self._text, sentence, recurs=recurs)

    def _is_qualified(self, hit: Hit, entity: Entity) -> bool:
        """Whether a shorter name of the same thing stands behind a word that is no part of it: `LLM reasoning`."""
        space = self._text.find(" ", hit.start, hit.end)
        while space > 0:
            inner = self._hits_at.get((space + 1, hit.end))
            if inner is not None and any(candidate.entity is entity for candidate in inner.candidates):
                return self._ontology.is_stopped(self._text[hit.start : space])
            space = self._text.find(" ", space + 1, hit.end)
        return False

    def _is_only_initial(self, choice: Choice, raw: str) -> bool:
        """Whether an ambiguous word without a cue is capital only where a sentence or a title makes it so."""
        if choice.how != "default" or strength(raw) != 1 or " " in raw:
            return False
        if raw not in self._initial:
            self._initial[raw] = all(
                start < self._title_end or self._begins_sentence(start)
                for start, _ in occurrences(self._text, self._folded, raw)
            )
        return self._initial[raw]

    def _begins_sentence(self, start: int) -> bool:
        before = self._text[max(0, start - 2) : start].strip(" \"'“(")
        return not before or before[-1] in ".!?:\n"
