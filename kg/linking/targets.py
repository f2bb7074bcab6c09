"""Which node a new or a defined name is: a row of the ontology under another name, or a node of the paper's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.identifiers import Iri, entity_iri, normal_form, slug
from kg.linking.claims import Target
from kg.linking.link import NewNode
from kg.linking.published import Published
from kg.linking.senses import choose, resembles
from kg.mentions.folding import fold
from kg.mentions.heads import HEAD
from kg.mentions.shapes import strength
from kg.vocabulary import Kind, Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.linking.own import OwnThing
    from kg.linking.senses import Context
    from kg.mentions.abbreviations import Definition
    from kg.mentions.dictionary import Hit
    from kg.ontology import Entity, Ontology

__all__ = ["defined_target", "discovered_target", "own_target"]

_DATA: Final = frozenset({Kind.BENCHMARK, Kind.DATASET})
_MADE: Final = frozenset({Kind.METHOD, Kind.MODEL})
_UNKNOWN: Final = Published()
_AFTER_BRACKET: Final = re.compile(r"[\w.+-]*[\])]*\s(?P<noun>[a-z]+)")


_UNMISTAKABLE: Final = 7
"""Letters and digits from which on a name, spelt the same, is that of one thing, whatever the text calls it."""


def discovered_target(ontology: Ontology, nodes: dict[Iri, NewNode], kind: Kind, name: str) -> tuple[Kind, Iri, str]:
    """The kind, IRI and label of what nobody introduces: a row of a name as distinct, else a new node."""
    found = ontology.find(name)
    if len(found) == 1 and (found[0].kind is kind or {found[0].kind, kind} <= _DATA or _is_listed(name, ontology)):
        return found[0].kind, found[0].iri, found[0].label
    return kind, *new_target(ontology, nodes, kind, name)


def new_target(
    ontology: Ontology, nodes: dict[Iri, NewNode], kind: Kind, label: str, aliases: tuple[str, ...] = ()
) -> tuple[Iri, str]:
    """The IRI and label of a node no table has, added to `nodes`; never the IRI of a row, which is another thing."""
    iri = entity_iri(kind, slug(label))
    if iri in ontology.entities:
        iri = entity_iri(kind, slug(label) + "-new")
    nodes.setdefault(iri, NewNode(iri, kind, label, Status.DISCOVERED, aliases))
    return iri, label


def own_target(
    thing: OwnThing,
    ontology: Ontology,
    nodes: dict[Iri, NewNode],
    *,
    alone: bool,
    published: Published = _UNKNOWN,
) -> Target | None:
    """The node of what a paper introduces, a row where there is one for it already.

    The row keeps its kind, whatever noun the text calls the thing by.

    None where only a hint (unless it stands `alone`) introduces what has a row, and where the name is on the stop list.
    """
    known = _first_told(thing, ontology, published) or _known(thing, ontology) or _namesake(thing, ontology, published)
    if known is not None:
        if not thing.sure and not alone:
            return None
        return Target(known.kind, known.iri, known.label, 0.97, "introduced", thing.stretch)
    if any(ontology.is_stopped(name) for name in thing.names):
        return None
    if not thing.sure and any(_is_listed(name, ontology) for name in thing.names):
        return None  # only hinted at, and as what the thing of this name is not
    if not (thing.sure or alone or thing.long_forms) and any(
        name in entity.names for name in thing.names for entity in ontology.find(name)
    ):
        return None  # "representations by CLIP, a zero-shot classifier"
    kind = thing.kind or Kind.METHOD
    label = thing.label
    if entity_iri(kind, slug(label)) in ontology.entities and thing.long_forms:
        label = max(thing.long_forms, key=len)
    aliases = tuple(sorted(name for name in thing.names if name != label))
    iri, label = new_target(ontology, nodes, kind, label, aliases)
    return Target(kind, iri, label, 0.95 if thing.sure else 0.8, "introduced", thing.stretch)


def defined_target(
    text: str,
    definition: Definition,
    hits: Mapping[tuple[int, int], Hit],
    ontology: Ontology,
    *,
    nodes: dict[Iri, NewNode],
    context: Context,
) -> tuple[bool, Target | None]:
    """Whether a definition settles what its short form means in this paper, and the node if that is one of ours.

    The long form decides: as a listed name; as nearly one of the names of what the short form may mean; by the kind its
    last words say. Else a short form in capitals is settled as none of what the ontology knows by these letters.
    """
    long = text[definition.long.start : definition.long.end]
    short = text[definition.short.start : definition.short.end]
    if ontology.is_stopped(long):
        return True, None
    hit = hits.get((definition.long.start, definition.long.end))
    choice = choose(hit, long, context) if hit is not None and hit.candidates else None
    if choice is not None:
        entity = choice.candidate.entity
        return True, Target(entity.kind, entity.iri, entity.label, 0.97, "definition")
    if ontology.is_stopped(short):
        return True, None
    words = fold(long).split()
    for entity in ontology.find(short) or ontology.find(short.removesuffix("s")):
        others = _long_names(entity)
        if others and max(resembles(words, other) for other in others) >= 0.75:
            return True, Target(entity.kind, entity.iri, entity.label, 0.95, "definition")
    kind = _defined_kind(text, definition, hits)
    if kind is not None and entity_iri(kind, slug(long)) not in ontology.entities:
        iri, label = new_target(ontology, nodes, kind, long, (short,))
        return True, Target(kind, iri, label, 0.7, "definition")
    return strength(short) > 1 and len(short) <= 5, None


def _is_title(long: str) -> bool:
    """Whether two words and more are all written with capitals."""
    words = long.split()
    return len(words) > 1 and all(word[:1].isupper() for word in words if len(word) > 3)


def _known(thing: OwnThing, ontology: Ontology) -> Entity | None:
    """The row of what a paper introduces: found by its long form, or by an unmistakable name."""
    for long in thing.long_forms:
        found = ontology.find(long)
        if len(found) == 1:
            return found[0]
    longs = [fold(long).split() for long in thing.long_forms]
    for name in thing.names:
        for entity in ontology.find(name):
            if not _agrees(entity, name, thing.kind):
                continue
            others = _long_names(entity, but=name)
            if longs and others:
                if max(resembles(long, other) for long in longs for other in others) >= 0.6:
                    return entity
            elif " " in name or (len(normal_form(name)) >= 4 and any(c.isupper() or c.isdigit() for c in name)):
                return entity
    return None


def _first_told(thing: OwnThing, ontology: Ontology, published: Published) -> Entity | None:
    """The one row of a name or its singular whose first paper, by arXiv id, is this one: `phi-1`, `Performers`."""
    found = {
        entity.iri: entity
        for name in thing.names
        for entity in (*ontology.find(name), *(ontology.find(name[:-1]) if name.endswith("s") else ()))
        if published.is_first_of(entity)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _namesake(thing: OwnThing, ontology: Ontology, published: Published) -> Entity | None:
    """The one row of a name, letter for letter, where this may be its first paper, though the text says another kind.

    None where the name is declared to mean the row only with a cue, where the text spells the name out as something
    else, and, unless years are known and agree, where kinds differ: CRAFT the benchmark is not CRAFT the model. Model
    and method differ in acronyms alone.
    """
    longs = [fold(long).split() for long in thing.long_forms]
    for name in sorted(thing.names):
        found = ontology.find(name)
        if len(found) != 1 or not (name in found[0].names or _is_spelt(name, found[0])):
            continue
        row, senses = found[0], ontology.senses_of(name)
        if senses and not any(sense.default and sense.iri == row.iri for sense in senses):
            continue
        others = _long_names(row, but=name)
        if longs and others and max(resembles(long, other) for long in longs for other in others) < 0.6:
            continue
        alike = thing.kind in (None, row.kind) or {thing.kind, row.kind} <= _DATA
        near = alike or ({thing.kind, row.kind} <= _MADE and not _is_acronym(name))
        if published.may_be_first_of(row, undated=near):
            return row
    return None


def _is_listed(name: str, ontology: Ontology) -> bool:
    """Whether a row has this name, letter for letter, and no word or chance acronym is spelt so: `GSM8K`, `FiDER`."""
    return len(normal_form(name)) > 4 and strength(name) > 1 and any(name in e.names for e in ontology.find(name))


def _agrees(entity: Entity, name: str, kind: Kind | None) -> bool:
    """Whether the entity is spelt so and its kind is what is stated: CRAFT the benchmark is not CRAFT the model.

    Between a method and a model that counts for acronyms alone: other names are called both. A longer name may be spelt
    in other letter case; a long one, spelt the same, is that of one thing of any kind.
    """
    other_made = {kind, entity.kind} == {Kind.METHOD, Kind.MODEL} and _is_acronym(name)
    if kind is not None and ((kind in _DATA) != (entity.kind in _DATA) or other_made):
        return len(normal_form(name)) >= _UNMISTAKABLE and name in entity.names and strength(name) > 1
    return len(normal_form(name)) > 6 or name in entity.names or (kind is entity.kind and _is_spelt(name, entity))


def _is_acronym(name: str) -> bool:
    """Whether it is capitals alone, which different papers choose for a method and for a model."""
    return name.isupper() and name.isalpha()


def _is_spelt(name: str, entity: Entity) -> bool:
    """Whether a name with a number, as a release of a model has, is one of the entity's in any case: `phi-4`."""
    return name[-1].isdigit() and name.casefold() in map(str.casefold, entity.names)


def _long_names(entity: Entity, but: str = "") -> list[list[str]]:
    """The words of the entity's names of several words."""
    form = normal_form(but)
    folded = (fold(name).split() for name in entity.names if normal_form(name) != form)
    return [words for words in folded if len(words) > 1]


def _defined_kind(text: str, definition: Definition, hits: Mapping[tuple[int, int], Hit]) -> Kind | None:
    """The kind of a long form nobody lists: of the listed name it ends in, of the noun behind, of its own last noun."""
    long = text[definition.long.start : definition.long.end]
    behind = _AFTER_BRACKET.match(text, definition.short.start)
    kind = HEAD.get(behind["noun"]) if behind else None
    if kind is Kind.TASK:
        return kind  # "continual adaptation (CA) task"
    space = long.find(" ")
    while space > 0:
        inner = hits.get((definition.long.start + space + 1, definition.long.end))
        if inner is not None and inner.candidates:
            inner_kind = inner.candidates[0].entity.kind
            if inner_kind is Kind.TASK and HEAD.get(long.rsplit(" ", 1)[-1].lower()) in (Kind.METHOD, Kind.MODEL):
                return Kind.METHOD  # "neural topic models (NTM)": topic modeling is the task
            return inner_kind if inner_kind in (Kind.TASK, Kind.METHOD) else None
        space = long.find(" ", space + 1)
    if kind is None and _is_title(long):
        kind = HEAD.get(long.rsplit(" ", 1)[-1].lower())
    return kind if kind is not Kind.MODEL else None
