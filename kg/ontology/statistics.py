"""What the tables hold, counted: how many of each kind, how much is known of them, how the taxonomies look."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.vocabulary import Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.identifiers import Iri
    from kg.ontology.entity import Entity
    from kg.ontology.ontology import Ontology

__all__ = ["Section", "statistics"]

_LARGEST: Final = 25
"""Families, taxonomies and makers listed in full."""
_EARLY: Final = 2012
"""Years before it are counted together."""
_UP: Final = (Predicate.VARIANT_OF, Predicate.PART_OF, Predicate.BROADER)


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the statistics; the first column names the row, the others hold counts or text."""

    title: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


def statistics(ontology: Ontology) -> tuple[Section, ...]:
    """The counts, always in the same order for the same tables."""
    return (
        _kinds(ontology),
        _known(ontology),
        _edges(ontology),
        _largest(ontology, Kind.METHOD, Predicate.BROADER, "Taxonomy of methods", "Roots with what lies below them."),
        _largest(ontology, Kind.TASK, Predicate.BROADER, "Taxonomy of tasks", "Roots with what lies below them."),
        _largest(
            ontology,
            Kind.MODEL,
            Predicate.VARIANT_OF,
            "Model families",
            "Families with their versions and checkpoints.",
        ),
        _makers(ontology),
        _years(ontology),
        _sources(ontology),
    )


def _kinds(ontology: Ontology) -> Section:
    rows = []
    for kind in Kind:
        entities = ontology.of_kind(kind)
        rows.append((kind.value, len(entities), sum(len(entity.names) for entity in entities)))
    rows.append(
        ("Organisation", len(ontology.organisations), sum(1 + len(o.aliases) for o in ontology.organisations.values()))
    )
    rows.append(("all", sum(row[1] for row in rows), sum(row[2] for row in rows)))
    return Section(
        "Things and names",
        "Names are labels and aliases; spellings that differ in case, spaces and hyphens are one name.",
        ("kind", "things", "names"),
        tuple(rows),
    )


def _known(ontology: Ontology) -> Section:
    rows: list[tuple[str | int, ...]] = []
    for kind in Kind:
        entities = ontology.of_kind(kind)
        predicates = [{predicate for predicate, _ in entity.parents} for entity in entities]
        rows.append(
            (
                kind.value,
                sum(bool(entity.aliases) for entity in entities),
                sum(entity.year is not None for entity in entities),
                sum(entity.arxiv is not None for entity in entities),
                sum(bool(held.intersection(_UP)) for held in predicates),
                sum(Predicate.DEVELOPED_BY in held for held in predicates),
                sum(Predicate.HAS_TASK in held for held in predicates),
                sum(Predicate.HAS_METRIC in held for held in predicates),
            )
        )
    return Section(
        "How much is known",
        "Things that have an alias, a year, the arXiv id of the paper that introduces them, something above them, ...",
        ("kind", "alias", "year", "arXiv id", "parent", "organisation", "task", "metric"),
        tuple(rows),
    )


def _edges(ontology: Ontology) -> Section:
    counts = Counter(predicate.value for entity in ontology.entities.values() for predicate, _ in entity.parents)
    return Section("Edges", "Between things of the ontology.", ("predicate", "edges"), _sorted(counts))


def _largest(ontology: Ontology, kind: Kind, predicate: Predicate, title: str, about: str) -> Section:
    below: dict[Iri, list[Iri]] = {}
    for entity in ontology.of_kind(kind):
        for parent in ontology.parents(entity.iri, predicate):
            below.setdefault(parent, []).append(entity.iri)
    rows = []
    for entity in ontology.of_kind(kind):
        if entity.iri in below and not ontology.parents(entity.iri, predicate):
            count, depth = _tree(entity, below)
            rows.append((entity.label, count, depth))
    rows.sort(key=lambda row: (-row[1], row[0]))
    alone = sum(not ontology.parents(e.iri, predicate) and e.iri not in below for e in ontology.of_kind(kind))
    more = [
        (
            "(all other roots)",
            sum(row[1] for row in rows[_LARGEST:]),
            max((row[2] for row in rows[_LARGEST:]), default=0),
        )
    ]
    return Section(
        title,
        f"{about} {len(rows)} roots; {alone} stand alone.",
        ("root", "below it", "levels below"),
        (*rows[:_LARGEST], *(more if len(rows) > _LARGEST else [])),
    )


def _tree(root: Entity, below: Mapping[Iri, list[Iri]]) -> tuple[int, int]:
    """How many things lie below a root, each counted once, and on how many levels."""
    seen: dict[Iri, None] = {root.iri: None}
    level, depth = [root.iri], 0
    while True:
        level = [child for node in level for child in below.get(node, ()) if child not in seen]
        if not level:
            break
        seen.update(dict.fromkeys(level))
        depth += 1
    return len(seen) - 1, depth


def _makers(ontology: Ontology) -> Section:
    counts = Counter(entity.organisation for entity in ontology.of_kind(Kind.MODEL) if entity.organisation)
    rows = _sorted(counts)[:_LARGEST]
    return Section("Makers of models", f"The {_LARGEST} with most models here.", ("organisation", "models"), rows)


def _years(ontology: Ontology) -> Section:
    years = Counter(entity.year for entity in ontology.entities.values() if entity.year is not None)
    early = sum(count for year, count in years.items() if year < _EARLY)
    rows: list[tuple[str | int, ...]] = [(f"before {_EARLY}", early)]
    rows += [(str(year), count) for year, count in sorted(years.items()) if year >= _EARLY]
    return Section("Years", "When things that carry a year first appeared.", ("year", "things"), tuple(rows))


def _sources(ontology: Ontology) -> Section:
    counts = Counter(entity.source for entity in ontology.entities.values())
    rows = _sorted(counts)
    shown = rows[:_LARGEST]
    rest = sum(count for _, count in rows[_LARGEST:])
    return Section(
        "Sources",
        "Where rows come from.",
        ("source", "things"),
        (*shown, *([(f"({len(rows) - _LARGEST} others)", rest)] if rest else [])),
    )


def _sorted(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    """The counts, most first, then by name."""
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
