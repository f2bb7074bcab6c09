"""From the tables to an `Ontology`, or to the list of everything that is wrong with them."""

from __future__ import annotations

import gc
import hashlib
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.errors import OntologyError
from kg.identifiers import Iri, NormalForm, entity_iri
from kg.ontology.checks import (
    alias_problems,
    cycle_problems,
    identifier_problems,
    is_arxiv_id,
    sense_problems,
    slug_problems,
)
from kg.ontology.entity import Entity, Organisation, Sense
from kg.ontology.forms import normal_forms
from kg.ontology.ontology import Ontology
from kg.ontology.tables import TABLES, Row, read_table, split
from kg.resources import ontology_folder
from kg.vocabulary import BASE, Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["check", "load_ontology"]

_KINDS = {"models": Kind.MODEL, "methods": Kind.METHOD, "tasks": Kind.TASK, "metrics": Kind.METRIC}
_BENCHMARK_KINDS = {"benchmark": Kind.BENCHMARK, "dataset": Kind.DATASET}
_LEVELS = frozenset({"family", "version", "checkpoint"})
_DIRECTIONS = {"yes": True, "no": False, "": None}
_YEARS = range(1900, 2101)
_ORGANISATION = f"{BASE}organisation/"


def load_ontology(folder: Path | None = None) -> Ontology:
    """The ontology of a folder of tables, by default the one that ships with the package.

    Raises:
        OntologyError: with every problem of every table.
    """
    ontology, problems = _read(folder or ontology_folder())
    if problems:
        raise OntologyError(problems)
    return ontology


def check(folder: Path | None = None) -> list[str]:
    """Every problem of the tables as `file:line: why`, in the order of the files and lines; empty when all is well."""
    return _read(folder or ontology_folder())[1]


class _Reader:
    """Rows of all tables on their way to entities; references are resolved once all ids are known."""

    def __init__(self, folder: Path) -> None:
        self.problems: list[str] = []
        self.rows = {name: read_table(folder, table, self.problems) for name, table in TABLES.items()}
        self.ids: dict[str, dict[str, Iri]] = {}
        for name, kind in _KINDS.items():
            self.ids[name] = {row[0]: entity_iri(kind, row[0]) for _, row in self.rows[name]}
        self.ids["benchmarks"] = {
            row[0]: entity_iri(_BENCHMARK_KINDS.get(row[2], Kind.BENCHMARK), row[0]) for _, row in self.rows["benchmarks"]
        }
        self.ids["organisations"] = {row[0]: Iri(_ORGANISATION + row[0]) for _, row in self.rows["organisations"]}
        self.nodes = {f"{table[:-1]}/{key}": iri for table, ids in self.ids.items() for key, iri in ids.items()}
        for key, iri in self.ids["benchmarks"].items():  # `dataset/alpaca` where that is its kind
            self.nodes.pop(f"benchmark/{key}")
            self.nodes[iri.removeprefix(BASE)] = iri
        self.organisations: dict[Iri, Organisation] = {}
        self.by_organisation: dict[str, Iri] = {}
        self.entities: dict[Iri, Entity] = {}

    def fault(self, table: str, line: int, why: str) -> None:
        self.problems.append(f"{table}.tsv:{line}: {why}")

    def parents(
        self, table: str, line: int, cell: str, column: str, home: str, predicate: Predicate
    ) -> tuple[tuple[Predicate, Iri], ...]:
        """The edges a cell of ids stands for; bare ids are of the table `home`, others say their kind (`model/bert`)."""
        found = []
        ids = self.ids[home]
        for reference in split(cell):
            iri = ids.get(reference) or self.nodes.get(reference)
            if iri is None:
                self.fault(table, line, f"{column} {reference!r} is no id of {home}.tsv, nor kind/id of another table")
            else:
                found.append((predicate, iri))
        return tuple(found)

    def organisation(self, line: int, name: str) -> tuple[tuple[Predicate, Iri], ...]:
        if not name:
            return ()
        iri = self.by_organisation.get(name)
        if iri is None:
            self.fault("models", line, f"organisation {name!r} is no label of organisations.tsv")
            return ()
        return ((Predicate.DEVELOPED_BY, iri),)

    def year(self, table: str, line: int, cell: str) -> int | None:
        if not cell:
            return None
        if cell.isascii() and cell.isdigit() and int(cell) in _YEARS:
            return int(cell)
        self.fault(table, line, f"year {cell!r} is no year from {_YEARS.start} to {_YEARS.stop - 1}")
        return None

    def arxiv(self, table: str, line: int, cell: str) -> str | None:
        if not cell:
            return None
        if is_arxiv_id(cell):
            return cell
        self.fault(table, line, f"arXiv id {cell!r} is not of the form 2106.09685 or cs/0112017")
        return None

    def read(self) -> None:
        for line, (key, label, aliases, _) in self.rows["organisations"]:
            if not label:
                self.fault("organisations", line, "the label is empty")
            iri = self.ids["organisations"][key]
            self.organisations[iri] = Organisation(iri, key, label, split(aliases))
            self.by_organisation[label] = iri
        readers = (
            ("tasks", self._task),
            ("metrics", self._metric),
            ("models", self._model),
            ("methods", self._method),
            ("benchmarks", self._benchmark),
        )
        for table, read in readers:
            for line, row in self.rows[table]:
                entity = read(line, row)
                if not entity.label:
                    self.fault(table, line, "the label is empty")
                if "" in entity.aliases:
                    self.fault(table, line, "an alias is empty")
                self.entities[entity.iri] = entity

    def _task(self, line: int, row: Row) -> Entity:
        key, label, aliases, broader, area, source = row
        return Entity(
            self.ids["tasks"][key],
            Kind.TASK,
            key,
            label,
            split(aliases),
            parents=self.parents("tasks", line, broader, "broader", "tasks", Predicate.BROADER) if broader else (),
            categories=split(area),
            source=source,
            line=line,
        )

    def _metric(self, line: int, row: Row) -> Entity:
        key, label, aliases, higher, unit, source = row
        if higher not in _DIRECTIONS:
            self.fault("metrics", line, f"higher_is_better {higher!r} is not yes, no or empty")
        return Entity(
            self.ids["metrics"][key],
            Kind.METRIC,
            key,
            label,
            split(aliases),
            source=source,
            higher_is_better=_DIRECTIONS.get(higher),
            unit=unit,
            line=line,
        )

    def _model(self, line: int, row: Row) -> Entity:
        key, label, level, pattern, parent, extends, aliases, organisation, year, arxiv, modality, source = row
        if level not in _LEVELS:
            self.fault("models", line, f"level {level!r} is not one of {', '.join(sorted(_LEVELS))}")
        if pattern and (level != "family" or pattern.count("#") != 1):
            self.fault("models", line, f"pattern {pattern!r} is not a family's name with one # where the version stands")
        edges: tuple[tuple[Predicate, Iri], ...] = ()
        if parent:
            edges = self.parents("models", line, parent, "parent", "models", Predicate.VARIANT_OF)
        if extends:
            edges += self.parents("models", line, extends, "extends", "models", Predicate.EXTENDS)
        return Entity(
            self.ids["models"][key],
            Kind.MODEL,
            key,
            label,
            split(aliases),
            self.year("models", line, year),
            self.arxiv("models", line, arxiv),
            level,
            edges + self.organisation(line, organisation),
            organisation or None,
            split(modality),
            source,
            pattern=pattern,
            line=line,
        )

    def _method(self, line: int, row: Row) -> Entity:
        key, label, aliases, category, broader, extends, tasks, year, arxiv, source = row
        edges: tuple[tuple[Predicate, Iri], ...] = ()
        if broader:
            edges = self.parents("methods", line, broader, "broader", "methods", Predicate.BROADER)
        if extends:
            edges += self.parents("methods", line, extends, "extends", "methods", Predicate.EXTENDS)
        if tasks:
            edges += self.parents("methods", line, tasks, "tasks", "tasks", Predicate.HAS_TASK)
        return Entity(
            self.ids["methods"][key],
            Kind.METHOD,
            key,
            label,
            split(aliases),
            self.year("methods", line, year),
            self.arxiv("methods", line, arxiv),
            parents=edges,
            categories=split(category),
            source=source,
            line=line,
        )

    def _benchmark(self, line: int, row: Row) -> Entity:
        key, label, kind, aliases, part_of, variant_of, tasks, metrics, domain, modality, year, arxiv, source = row
        if kind not in _BENCHMARK_KINDS:
            self.fault("benchmarks", line, f"kind {kind!r} is not benchmark or dataset")
        edges: tuple[tuple[Predicate, Iri], ...] = ()
        for cell, column, home, predicate in (
            (part_of, "part_of", "benchmarks", Predicate.PART_OF),
            (variant_of, "variant_of", "benchmarks", Predicate.VARIANT_OF),
            (tasks, "tasks", "tasks", Predicate.HAS_TASK),
            (metrics, "metrics", "metrics", Predicate.HAS_METRIC),
        ):
            if cell:
                edges += self.parents("benchmarks", line, cell, column, home, predicate)
        return Entity(
            self.ids["benchmarks"][key],
            _BENCHMARK_KINDS.get(kind, Kind.BENCHMARK),
            key,
            label,
            split(aliases),
            self.year("benchmarks", line, year),
            self.arxiv("benchmarks", line, arxiv),
            parents=edges,
            categories=split(domain) + split(modality),
            source=source,
            line=line,
        )

    def senses(self) -> list[tuple[int, Sense]]:
        found = []
        for line, (alias, node, case, default, cues, _) in self.rows["ambiguous"]:
            iri = self.nodes.get(node)
            if iri is None:
                self.fault("ambiguous", line, f"node {node!r} is no kind/id of any table")
                continue
            if case not in ("exact", "any"):
                self.fault("ambiguous", line, f"case {case!r} is not exact or any")
            if default not in ("yes", "no"):
                self.fault("ambiguous", line, f"default {default!r} is not yes or no")
            if cues != cues.lower():
                self.fault("ambiguous", line, "cues are written in lower case")
            found.append((line, Sense(alias, iri, case == "exact", split(cues), default == "yes")))
        return found


def _read(folder: Path) -> tuple[Ontology, list[str]]:
    collecting = gc.isenabled()
    gc.disable()  # a hundred thousand objects that all stay: looking for garbage among them takes a third of the time
    try:
        return _read_all(folder)
    finally:
        if collecting:
            gc.enable()


def _read_all(folder: Path) -> tuple[Ontology, list[str]]:
    reader = _Reader(folder)
    reader.read()
    senses = reader.senses()
    entities = reader.entities
    names = [(name, entity.iri) for entity in entities.values() for name in entity.names]
    forms: dict[NormalForm, list[tuple[str, Iri]]] = {}
    for form, pair in zip(normal_forms([name for name, _ in names]), names, strict=True):
        held = forms.get(form)
        if held is None:
            forms[form] = [pair]
        else:
            held.append(pair)
    stopped = {name: line for line, (name, _) in reader.rows["stopped"]}
    problems = reader.problems
    problems.extend(_by_row(identifier_problems(reader.rows)))
    problems.extend(_by_row(slug_problems(entities)))
    problems.extend(_by_row(cycle_problems(entities)))
    problems.extend(_by_row(sense_problems(senses, entities)))
    problems.extend(_by_row(alias_problems(forms, [sense for _, sense in senses], entities, stopped)))
    order = {table.file: rank for rank, table in enumerate(TABLES.values())}
    problems.sort(key=lambda problem: _place(problem, order))
    whole = hashlib.sha256()
    for table in TABLES.values():
        path = folder / table.file
        whole.update(table.file.encode() + b"\n" + (path.read_bytes() if path.is_file() else b"") + b"\0")
    ontology = Ontology(
        entities=MappingProxyType(entities),
        organisations=MappingProxyType(reader.organisations),
        senses=tuple(sense for _, sense in senses),
        stopped=frozenset(normal_forms(sorted(stopped))),
        forms=forms,
        digest=whole.hexdigest(),
    )
    return ontology, problems


def _by_row(problems: Iterable[str]) -> list[str]:
    return list(problems)


def _place(problem: str, order: dict[str, int]) -> tuple[int, int, str]:
    file, line, why = problem.split(":", 2)
    return order[file], int(line), why
