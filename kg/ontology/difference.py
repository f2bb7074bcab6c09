"""What became of an ontology: which things came, went, moved or changed from one set of tables to another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kg.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.identifiers import Iri
    from kg.ontology.entity import Entity, Organisation
    from kg.ontology.ontology import Ontology

__all__ = ["Change", "Event", "differences"]


class Event(StrEnum):
    """What happened to a thing."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One difference.

    `node` is kind and id (`method/lora`), `what` the field that changed, empty where the whole thing came or went.
    `before` and `after` are empty where there is nothing; a thing that moved has its new node in `after`.
    """

    node: str
    event: Event
    what: str = ""
    before: str = ""
    after: str = ""


_SIMPLE: Final = ("label", "level", "pattern", "year", "arxiv", "categories", "higher_is_better", "unit", "source")
"""Fields that are compared as they are; aliases and edges are compared one by one."""


def differences(old: Ontology, new: Ontology) -> tuple[Change, ...]:
    """Every change from `old` to `new`, sorted by node; none where the tables say the same."""
    return tuple(sorted(_changes(old, new)))


def _changes(old: Ontology, new: Ontology) -> Iterator[Change]:
    for iri, entity in old.entities.items():
        if iri in new.entities:
            yield from _edits(entity, new.entities[iri])
            continue
        moved = new.redirects.get(iri)
        if moved is None:
            yield Change(_node(iri), Event.REMOVED, before=entity.label)
        else:
            yield Change(_node(iri), Event.MOVED, before=entity.label, after=_node(moved))
    for iri, entity in new.entities.items():
        if iri not in old.entities:
            yield Change(_node(iri), Event.ADDED, after=entity.label)
    makers_before = {iri: _names(organisation) for iri, organisation in old.organisations.items()}
    makers_after = {iri: _names(organisation) for iri, organisation in new.organisations.items()}
    for iri in makers_before.keys() | makers_after.keys():
        before, after = makers_before.get(iri, ""), makers_after.get(iri, "")
        if before != after:
            event = Event.CHANGED if before and after else Event.REMOVED if before else Event.ADDED
            yield Change(_node(iri), event, "names" * (event is Event.CHANGED), before, after)
    senses_before, senses_after = _senses(old), _senses(new)
    for key in senses_before.keys() | senses_after.keys():
        before, after = senses_before.get(key, ""), senses_after.get(key, "")
        if before != after:
            yield Change(_node(key[0]), Event.CHANGED, f"sense of {key[1]!r}", before, after)
    for name in old.stopped ^ new.stopped:
        gone = name in old.stopped
        yield Change(f"stopped/{name}", Event.REMOVED if gone else Event.ADDED)


def _edits(old: Entity, new: Entity) -> Iterator[Change]:
    node = _node(new.iri)
    for field in _SIMPLE:
        before, after = _text(getattr(old, field)), _text(getattr(new, field))
        if before != after:
            yield Change(node, Event.CHANGED, field, before, after)
    for alias in set(old.aliases) - set(new.aliases):
        yield Change(node, Event.CHANGED, "alias", before=alias)
    for alias in set(new.aliases) - set(old.aliases):
        yield Change(node, Event.CHANGED, "alias", after=alias)
    for predicate, iri in set(old.parents) - set(new.parents):
        yield Change(node, Event.CHANGED, predicate.value, before=_node(iri))
    for predicate, iri in set(new.parents) - set(old.parents):
        yield Change(node, Event.CHANGED, predicate.value, after=_node(iri))


def _names(organisation: Organisation) -> str:
    return " | ".join((organisation.label, *organisation.aliases))


def _senses(ontology: Ontology) -> dict[tuple[Iri, str], str]:
    return {(sense.iri, sense.alias): sense.needs for sense in ontology.senses}


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return " | ".join(map(str, value))
    return "" if value is None else str(value)


def _node(iri: str) -> str:
    return iri.removeprefix(BASE)
