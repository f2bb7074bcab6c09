"""A new thing into the tables: what it takes to write its row, checked as a whole before anything is written."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import AmbiguousNameError, EntryError, OntologyError, UnknownNameError
from kg.files import taking_turns, whole_file
from kg.identifiers import normal_form, slug
from kg.ontology.identity import lock
from kg.ontology.load import load_ontology
from kg.ontology.tables import BETWEEN, EDGES, PUBLISHED, TABLE_OF, TABLES, read_table, write_table
from kg.vocabulary import BASE, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.identifiers import Iri
    from kg.ontology.ontology import Ontology

__all__ = ["Entry", "add", "takes"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said of a new thing, in names as people write them; what is not known stays empty.

    The fields but `kind` and `cues` are columns of the kind's table (`takes` says which) and mean what they mean there.
    `cues` are words that stand near the name where it means this thing: needed where the name means something else
    too.
    """

    kind: Kind
    label: str
    source: str
    aliases: tuple[str, ...] = ()
    level: str = ""
    pattern: str = ""
    parent: str = ""
    broader: str = ""
    part_of: str = ""
    variant_of: str = ""
    extends: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    organisation: str = ""
    category: str = ""
    area: str = ""
    domain: str = ""
    modality: str = ""
    year: str = ""
    arxiv: str = ""
    higher_is_better: str = ""
    unit: str = ""
    cues: tuple[str, ...] = ()


def takes(kind: Kind) -> frozenset[str]:
    """The fields of an entry that the table of a kind has a column for.

    >>> sorted(takes(Kind.METRIC))
    ['aliases', 'cues', 'higher_is_better', 'label', 'source', 'unit']
    """
    named = {field.name for field in fields(Entry)}
    return frozenset(named.intersection(TABLES[TABLE_OF[kind]].columns)) - {"kind"} | {"cues"}


def add(folder: Path, entry: Entry) -> Iri:
    """The tables of a folder hold a row for the entry, in its place, and the lock file its id; returns its IRI.

    A new organisation gets a row too; a name that means something else as well gets lines in ambiguous.tsv, those of
    the other things as their default where they had none. White space is folded to single spaces. All is tried on a
    copy first: nothing is written unless the whole ontology is right with it. Processes that add take turns.

    Raises:
        OntologyError: the tables are not right as they are.
        EntryError: they would not be with this entry; a field the kind has not; a name of something else too, without
            `cues`.
        UnknownNameError: a parent, task or metric that the ontology lacks.
        AmbiguousNameError: one that it has several of.
        OutputError: a table cannot be written.
    """
    entry = _folded(entry)
    with taking_turns(folder):
        ontology = load_ontology(folder)
        rows = _rows(entry, ontology)
        with tempfile.TemporaryDirectory() as aside:
            copy = Path(aside)
            files = [table.file for table in (*TABLES.values(), PUBLISHED) if (folder / table.file).is_file()]
            for file in files:
                shutil.copyfile(folder / file, copy / file)
            loaded = _tried(copy, rows, entry)
            if PUBLISHED.file in files:
                lock(copy, loaded)
            with ExitStack() as written:  # when all are written they are put in place, one right after the other
                for file in files:
                    made = (copy / file).read_bytes()
                    if made != (folder / file).read_bytes():
                        written.enter_context(whole_file(folder / file)).write(made)
    return next(iri for iri in loaded.entities if iri not in ontology.entities)


def _folded(entry: Entry) -> Entry:
    """The entry with single spaces in place of all white space.

    Raises:
        EntryError: nothing is left of its name.
    """
    names = [field.name for field in fields(Entry) if field.name != "kind"]
    spaced: dict[str, Any] = {name: _spaced(getattr(entry, name)) for name in names}
    entry = replace(entry, **spaced)
    if not normal_form(entry.label):
        raise EntryError(f"{entry.label!r} is no name: it has neither letter nor digit")
    return entry


def _spaced(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    return " ".join(value.split()) if isinstance(value, str) else tuple(" ".join(one.split()) for one in value)


def _tried(copy: Path, rows: Sequence[tuple[str, dict[str, str]]], entry: Entry) -> Ontology:
    """The ontology of the tables of `copy`, which hold the rows now.

    Raises:
        EntryError: it has problems.
    """
    for name, cells in rows:
        held = [row for _, row in read_table(copy, TABLES[name], [])]
        write_table(copy, TABLES[name], [*held, [cells.get(column, "") for column in TABLES[name].columns]])
    try:
        return load_ontology(copy)
    except OntologyError as error:
        why = "\n".join(error.problems)
        raise EntryError(f"{entry.label}: nothing is written, for with its row there would be\n{why}") from error


def _rows(entry: Entry, ontology: Ontology) -> list[tuple[str, dict[str, str]]]:
    """The lines to write, each with its table's name."""
    foreign = sorted(
        field.name
        for field in fields(Entry)
        if field.name != "kind" and getattr(entry, field.name) and field.name not in takes(entry.kind)
    )
    if foreign:
        raise EntryError(f"{entry.label}: a {entry.kind.value.lower()} has no {', '.join(foreign)}")
    table = TABLE_OF[entry.kind]
    cells = {"id": _free_id(entry.label, table, ontology)}
    for name in takes(entry.kind) - {"cues"}:
        value = getattr(entry, name)
        if name in EDGES[table]:
            wanted = value if isinstance(value, tuple) else (value,) * bool(value)
            value = tuple(_reference(each, table, name, ontology) for each in wanted)
        cells[name] = BETWEEN.join(value) if isinstance(value, tuple) else value
    if table == "benchmarks":
        cells["kind"] = entry.kind.value.lower()
    rows = [(table, cells)]
    if entry.organisation:
        maker = ontology.organisation(entry.organisation)
        if maker is not None:
            cells["organisation"] = maker.label
        else:
            rows.append(
                (
                    "organisations",
                    {"id": slug(entry.organisation), "label": entry.organisation, "source": entry.source},
                )
            )
    rows.extend(("ambiguous", line) for line in _senses(entry, cells["id"], ontology))
    return rows


def _free_id(label: str, table: str, ontology: Ontology) -> str:
    """The slug of the label, with a number behind it where another thing of the table has or had that id."""
    kinds = _kinds_in(table)
    taken = {entity.id for entity in ontology.of_kind(*kinds)} | {
        old.rpartition("/")[2]
        for old in ontology.redirects
        if old.startswith(tuple(f"{BASE}{kind.folder}/" for kind in kinds))
    }
    wanted = slug(label)
    return wanted if wanted not in taken else f"{wanted}-{len([one for one in taken if one.startswith(wanted)]) + 1}"


def _kinds_in(table: str) -> tuple[Kind, ...]:
    """The kinds whose things are rows of a table."""
    return tuple(kind for kind in Kind if TABLE_OF[kind] == table)


def _reference(name: str, table: str, column: str, ontology: Ontology) -> str:
    """The id of what a name means in a column of ids."""
    home, _ = EDGES[table][column]
    kinds = (Kind.MODEL, Kind.METHOD) if column == "extends" else _kinds_in(home)
    found = [entity for entity in ontology.find(name) if entity.kind in kinds]
    if not found:
        said = " or ".join(kind.value.lower() for kind in kinds)
        raise UnknownNameError(said, name, ontology.near(name, kinds), "add it first")
    exact = [entity for entity in found if name in (entity.label, entity.id)] or found
    if len(exact) > 1:
        raise AmbiguousNameError(name, (entity.iri for entity in exact))
    entity = exact[0]
    return entity.id if TABLE_OF[entity.kind] == home else f"{entity.kind.folder}/{entity.id}"


def _senses(entry: Entry, identifier: str, ontology: Ontology) -> list[dict[str, str]]:
    """The lines of ambiguous.tsv that the entry's names need."""
    node = f"{entry.kind.folder}/{identifier}"
    lines = []
    for name in (entry.label, *entry.aliases):
        others = {iri for _, iri in ontology.forms.get(normal_form(name), ())}
        if not others and not entry.cues:
            continue
        if others and not entry.cues:
            what = ", ".join(sorted(iri.removeprefix(BASE) for iri in others))
            raise EntryError(
                f"{name!r} is also a name of {what}: say by which words near it this one is told apart (--cue)"
            )
        declared = ontology.senses_of(name)
        lines.append(
            _sense(name, node, default="no", cues=BETWEEN.join(cue.lower() for cue in entry.cues), source=entry.source)
        )
        default = any(sense.default for sense in declared)
        for iri in sorted(others - {sense.iri for sense in declared}):
            lines.append(
                _sense(name, iri.removeprefix(BASE), default="no" if default else "yes", cues="", source=entry.source)
            )
            default = True
    return lines


def _sense(alias: str, node: str, *, default: str, cues: str, source: str) -> dict[str, str]:
    return {"alias": alias, "node": node, "case": "exact", "default": default, "cues": cues, "source": source}
