"""What must hold of the ontology as a whole: identities, names, edges. Each check yields `file:line: why`."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.identifiers import Iri, normal_form
from kg.ontology.forms import normal_forms, slugs
from kg.ontology.tables import TABLE_OF, TABLES, split
from kg.vocabulary import Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from kg.identifiers import NormalForm
    from kg.ontology.entity import Entity, Sense
    from kg.ontology.tables import Row

__all__ = [
    "alias_problems",
    "cycle_problems",
    "cycles",
    "edge_problems",
    "identifier_problems",
    "maker_problems",
    "orphan_problems",
    "pattern_problems",
    "place",
    "sense_problems",
    "slug_problems",
]

_ID = re.compile(r"(?=[0-9a-z-]{1,100}(?![0-9a-z-]))[0-9a-z]+(?:-[0-9a-z]+)*")
_IDS = re.compile(rf"(?:{_ID.pattern}\n)*+")

_LONGEST = 200
"""Letters and digits of a name; the longest that papers bear have some seventy."""
_LISTED = 8
"""Things of a cycle that are named."""

_NODES = {"organisations", *TABLE_OF.values()}
"""The tables whose rows are nodes."""
_ARTEFACTS = {Kind.MODEL, Kind.METHOD}
_UP = {Predicate.VARIANT_OF, Predicate.PART_OF, Predicate.BROADER}


def place(entity: Entity) -> str:
    """Where the entity's row stands, `methods.tsv:17`."""
    return f"{TABLE_OF[entity.kind]}.tsv:{entity.line}"


def identifier_problems(rows: Mapping[str, Sequence[tuple[int, Row]]]) -> Iterator[str]:
    """Ids that are no slugs, or longer than any."""
    for table, lines in rows.items():
        if table not in _NODES or _IDS.fullmatch("".join([f"{row[0]}\n" for _, row in lines])):
            continue
        for line, row in lines:
            if not _ID.fullmatch(row[0]):
                yield (
                    f"{table}.tsv:{line}: id {row[0][:_LONGEST]!r} is not lower-case letters and digits, hyphens "
                    "between them, 100 at the most"
                )


def slug_problems(entities: Mapping[Iri, Entity]) -> Iterator[str]:
    """Labels whose slug is the id of another entity of their kind: a text's own spelling would make the wrong node."""
    everything = list(entities.values())
    labels = slugs([entity.label for entity in everything])
    for entity, form in zip(everything, labels, strict=True):
        if form == entity.id:
            continue
        other = entities.get(Iri(f"{entity.iri.removesuffix(entity.id)}{form}"))
        if other is not None:
            yield (
                f"{place(entity)}: label {entity.label!r} has the slug {form!r}, "
                f"the id of {other.label!r} ({place(other)})"
            )


def cycle_problems(entities: Mapping[Iri, Entity]) -> Iterator[str]:
    """Rows from which the edges upwards, or `extends`, lead back to themselves; one problem a cycle."""
    for predicates in (_UP, {Predicate.EXTENDS}):
        edges = {
            iri: up
            for iri, entity in entities.items()
            if (
                up := [
                    to
                    for how, to in entity.parents
                    if how in predicates and not (how is Predicate.EXTENDS and to == iri)
                ]
            )
        }
        for ring in cycles(edges):
            labels = [entities[iri].label for iri in (*ring, ring[0])]
            if len(labels) > _LISTED:
                labels[_LISTED - 2 : -1] = [f"({len(labels) - _LISTED + 1} more)"]
            yield f"{place(entities[ring[0]])}: a cycle: {' -> '.join(labels)}"


def cycles(edges: Mapping[Iri, Sequence[Iri]]) -> Iterator[list[Iri]]:
    """Cycles of a graph, at least one through every node that lies on some; in time linear in the edges."""
    left = _on_cycles_or_below(edges)
    seen: set[Iri] = set()
    for start in left:
        path: list[Iri] = []
        node = start
        while node not in seen:
            seen.add(node)
            path.append(node)
            node = next(up for up in edges[node] if up in left)
        if node in path:
            yield path[path.index(node) :]


def _on_cycles_or_below(edges: Mapping[Iri, Sequence[Iri]]) -> Collection[Iri]:
    """What remains when whatever has nothing above it is taken away again and again, in the order of the edges."""
    below: dict[Iri, list[Iri]] = {}
    for iri, up in edges.items():
        for to in up:
            below.setdefault(to, []).append(iri)
    above = {iri: len(up) for iri, up in edges.items()}
    free = [iri for iri in below if iri not in edges]
    while free:
        for iri in below.get(free.pop(), ()):
            above[iri] -= 1
            if not above[iri]:
                free.append(iri)
    return {iri: count for iri, count in above.items() if count}


def edge_problems(entities: Mapping[Iri, Entity]) -> Iterator[str]:
    """Edges to what nothing of that kind can be a variant or an extension of, and edges that stand twice."""
    extends, variant_of = Predicate.EXTENDS, Predicate.VARIANT_OF
    for iri, entity in entities.items():
        if len(entity.parents) > 1 and len(set(entity.parents)) < len(entity.parents):
            yield f"{place(entity)}: an id stands twice in one cell"
        for how, to in entity.parents:
            if how is extends:
                if to == iri:
                    yield f"{place(entity)}: {entity.label!r} extends itself"
                other = entities[to]
                if not {entity.kind, other.kind} <= _ARTEFACTS:
                    yield (
                        f"{place(entity)}: {entity.label!r} cannot extend the {other.kind.lower()} {other.label!r}: "
                        "models and methods extend models and methods"
                    )
            elif how is variant_of and entity.level in ("family", "version") and entities[to].level == "checkpoint":
                yield (
                    f"{place(entity)}: {entity.label!r}, a {entity.level}, cannot be below the checkpoint "
                    f"{entities[to].label!r}"
                )


def maker_problems(rows: Mapping[str, Sequence[tuple[int, Row]]]) -> Iterator[str]:
    """Names of two organisations."""
    named = [
        (name, label, line)
        for line, (_, label, aliases, _) in rows["organisations"]
        for name in (label, *split(aliases))
    ]
    first: dict[NormalForm, tuple[str, int]] = {}
    for form, (name, label, line) in zip(normal_forms([name for name, _, _ in named]), named, strict=True):
        held, place_of_held = first.setdefault(form, (label, line))
        if place_of_held != line:
            yield f"organisations.tsv:{line}: {name!r} is a name of {held!r} too (organisations.tsv:{place_of_held})"


def orphan_problems(rows: Mapping[str, Sequence[tuple[int, Row]]]) -> Iterator[str]:
    """Organisations that make no model, and names of the stop list that stop nothing another does not."""
    column = TABLES["models"].columns.index("organisation")
    makers = {row[column] for _, row in rows["models"]}
    for line, (_, label, *_) in rows["organisations"]:
        if label not in makers:
            yield f"organisations.tsv:{line}: no model is made by {label!r}"
    stopped = rows["stopped"]
    first: dict[NormalForm, tuple[int, str]] = {}
    for form, (line, (name, _)) in zip(normal_forms([row[0] for _, row in stopped]), stopped, strict=True):
        held = first.setdefault(form, (line, name))
        if held[0] != line:
            yield f"stopped.tsv:{line}: {name!r} is {held[1]!r} on line {held[0]} in another spelling"
        elif not form:
            yield f"stopped.tsv:{line}: the name {name!r} has neither letter nor digit"


def sense_problems(senses: Sequence[tuple[int, Sense]], entities: Mapping[Iri, Entity]) -> Iterator[str]:
    """Senses of names their node does not carry, and spellings with two defaults."""
    defaults: dict[str, int] = {}
    for line, sense in senses:
        entity = entities[sense.iri]
        if sense.alias not in entity.names:
            yield f"ambiguous.tsv:{line}: {sense.alias!r} is no name of {entity.label!r} ({place(entity)})"
        if sense.default:
            first = defaults.setdefault(sense.alias, line)
            if first != line:
                yield f"ambiguous.tsv:{line}: {sense.alias!r} has its default sense on line {first} already"


def alias_problems(
    forms: Mapping[NormalForm, Sequence[tuple[str, Iri]]],
    senses: Sequence[Sense],
    entities: Mapping[Iri, Entity],
    stopped: Mapping[str, int],
) -> Iterator[str]:
    """Names on two entities with no declared senses, names no one can bear, twice on one, or of the stop list."""
    declared = {(form, sense.iri) for form, sense in zip(normal_forms([s.alias for s in senses]), senses, strict=True)}
    for form, held in forms.items():
        if not form:
            for name, iri in held:
                yield f"{place(entities[iri])}: the name {name[:_LONGEST]!r} has neither letter nor digit"
            continue
        if len(form) > _LONGEST:
            for name, iri in held:
                yield f"{place(entities[iri])}: {name[:40]!r}... has {len(name):,} characters: no name is that long"
            continue
        if len(held) == 1:
            continue
        owners = sorted({iri for _, iri in held})
        if len(owners) > 1:
            first, *others = (next(pair for pair in held if pair[1] == iri) for iri in owners)
            if all((form, iri) in declared for iri in owners):
                continue
            for name, iri in others:
                yield (
                    f"{place(entities[iri])}: {name!r} is also {first[0]!r} of {entities[first[1]].label!r} "
                    f"({place(entities[first[1]])}), and ambiguous.tsv does not declare both"
                )
        spelled = sorted(held)
        for one, two in pairwise(spelled):
            if one == two:
                yield f"{place(entities[one[1]])}: the name {one[0]!r} stands twice"
    lines = list(stopped.items())
    for form, (name, line) in zip(normal_forms([name for name, _ in lines]), lines, strict=True):
        for alias, iri in forms.get(form, ()):
            if (form, iri) not in declared:
                yield (
                    f"stopped.tsv:{line}: {name!r} is {alias!r} of {entities[iri].label!r} ({place(entities[iri])}): "
                    "what has a row is not stopped"
                )


def pattern_problems(entities: Mapping[Iri, Entity]) -> Iterator[str]:
    """Patterns of versions that are no name of their family with one `#`: the grammar could not read what it writes."""
    for entity in entities.values():
        if not entity.pattern:
            continue
        before, sign, after = entity.pattern.partition("#")
        heads = {normal_form(before), normal_form(before.removesuffix("v").removesuffix("V"))}
        names = {normal_form(name) for name in entity.names}
        if not sign or after or entity.level != "family" or not heads & names:
            yield f"{place(entity)}: pattern {entity.pattern!r} is not a name of the family and then # for the version"
