"""From the tables to an `Ontology`, or to the list of everything that is wrong with them."""

from __future__ import annotations

import gc
import hashlib
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from kg.errors import OntologyError
from kg.ontology.checks import (
    alias_problems,
    cycle_problems,
    identifier_problems,
    pattern_problems,
    sense_problems,
    slug_problems,
)
from kg.ontology.forms import normal_forms
from kg.ontology.ontology import Ontology
from kg.ontology.rows import Rows
from kg.ontology.tables import TABLES
from kg.resources import ontology_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.identifiers import Iri, NormalForm
    from kg.ontology.entity import Entity

__all__ = ["check", "load_ontology"]

_ORDER: Final = {table.file: rank for rank, table in enumerate(TABLES.values())}


def load_ontology(folder: Path | str | None = None) -> Ontology:
    """The ontology of a folder of tables, by default the one that ships with the package.

    Raises:
        OntologyError: with every problem of every table.
    """
    ontology, problems = _read(Path(folder) if folder else ontology_folder())
    if problems:
        raise OntologyError(problems)
    return ontology


def check(folder: Path | str | None = None) -> list[str]:
    """Every problem of the tables as `file:line: why`, in the order of the files and lines; empty when all is well."""
    return _read(Path(folder) if folder else ontology_folder())[1]


def _read(folder: Path) -> tuple[Ontology, list[str]]:
    collecting = gc.isenabled()
    gc.disable()  # a hundred thousand objects that all stay: looking for garbage among them takes a third of the time
    try:
        return _read_all(folder)
    finally:
        if collecting:
            gc.enable()


def _read_all(folder: Path) -> tuple[Ontology, list[str]]:
    rows = Rows(folder)
    rows.read()
    declared = rows.senses()
    entities = rows.entities
    senses = tuple(sense for _, sense in declared)
    forms = _names_by_form(entities)
    stopped = {name: line for line, (name, _) in rows.rows["stopped"]}
    problems = rows.problems
    problems.extend(identifier_problems(rows.rows))
    problems.extend(slug_problems(entities))
    problems.extend(cycle_problems(entities))
    problems.extend(pattern_problems(entities))
    problems.extend(sense_problems(declared, entities))
    problems.extend(alias_problems(forms, senses, entities, stopped))
    problems.sort(key=_place)
    ontology = Ontology(
        entities=MappingProxyType(entities),
        organisations=MappingProxyType(rows.organisations),
        senses=senses,
        stopped=frozenset(normal_forms(list(stopped))),
        forms=MappingProxyType(forms),
        digest=_digest(folder),
    )
    return ontology, problems


def _names_by_form(entities: Mapping[Iri, Entity]) -> dict[NormalForm, tuple[tuple[str, Iri], ...]]:
    pairs: list[tuple[str, Iri]] = []
    for iri, entity in entities.items():
        pairs.append((entity.label, iri))
        if entity.aliases:
            pairs.extend([(alias, iri) for alias in entity.aliases])
    found: dict[NormalForm, tuple[tuple[str, Iri], ...]] = {}
    for form, pair in zip(normal_forms([name for name, _ in pairs]), pairs, strict=True):
        found[form] = (*found[form], pair) if form in found else (pair,)
    return found


def _digest(folder: Path) -> str:
    whole = hashlib.sha256()
    for table in TABLES.values():
        path = folder / table.file
        whole.update(table.file.encode() + b"\n" + (path.read_bytes() if path.is_file() else b"") + b"\0")
    return whole.hexdigest()


def _place(problem: str) -> tuple[int, int, str]:
    file, line, why = problem.split(":", 2)
    return _ORDER[file], int(line), why
