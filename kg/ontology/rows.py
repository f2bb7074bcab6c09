"""From rows of the tables to entities, organisations and senses; what is wrong with a row is said with its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.identifiers import Iri
from kg.ontology.checks import place
from kg.ontology.entity import Organisation, Sense, entity_of
from kg.ontology.identity import Redirect
from kg.ontology.tables import TABLES, Row, read_table, split
from kg.vocabulary import BASE, Kind, Predicate

if TYPE_CHECKING:
    from pathlib import Path

    from kg.ontology.entity import Entity

__all__ = ["Rows"]

Edges = tuple[tuple[Predicate, Iri], ...]
"""Where an entity's edges lead, in a fixed order."""

_KINDS: Final = {"models": Kind.MODEL, "methods": Kind.METHOD, "tasks": Kind.TASK, "metrics": Kind.METRIC}
_BENCHMARK_KINDS: Final = {"benchmark": Kind.BENCHMARK, "dataset": Kind.DATASET}
_LEVELS: Final = frozenset({"family", "version", "checkpoint"})
_DIRECTIONS: Final = {"yes": True, "no": False, "": None}
_YEARS: Final = range(1900, 2101)
_ARXIV: Final = re.compile(r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7}")
"""An arXiv id without its version, new style (2106.09685) or old (cs/0112017)."""
_EDGES: Final = {
    ("tasks", "broader"): ("tasks", Predicate.BROADER),
    ("models", "parent"): ("models", Predicate.VARIANT_OF),
    ("models", "extends"): ("models", Predicate.EXTENDS),
    ("methods", "broader"): ("methods", Predicate.BROADER),
    ("methods", "extends"): ("methods", Predicate.EXTENDS),
    ("methods", "tasks"): ("tasks", Predicate.HAS_TASK),
    ("benchmarks", "part_of"): ("benchmarks", Predicate.PART_OF),
    ("benchmarks", "variant_of"): ("benchmarks", Predicate.VARIANT_OF),
    ("benchmarks", "tasks"): ("tasks", Predicate.HAS_TASK),
    ("benchmarks", "metrics"): ("metrics", Predicate.HAS_METRIC),
}
"""For each column of ids: the table they are of, and the edge they stand for."""


class Rows:
    """The rows of all tables of a folder on their way to entities.

    References are resolved once all ids are known. Rows with faults are read as well as can be, so that one fault
    does not cause others.
    """

    def __init__(self, folder: Path) -> None:
        self.problems: list[str] = []
        self.rows = {name: read_table(folder, table, self.problems) for name, table in TABLES.items()}
        self.ids: dict[str, dict[str, Iri]] = {
            name: {row[0]: Iri(f"{BASE}{kind.folder}/{row[0]}") for _, row in self.rows[name]}
            for name, kind in _KINDS.items()
        }
        folders = {word: f"{BASE}{kind.folder}/" for word, kind in _BENCHMARK_KINDS.items()}
        self.ids["benchmarks"] = {
            row[0]: Iri(folders.get(row[2], folders["benchmark"]) + row[0]) for _, row in self.rows["benchmarks"]
        }
        self.known = {iri for ids in self.ids.values() for iri in ids.values()}
        self.organisations: dict[Iri, Organisation] = {}
        self.makers: dict[str, Edges] = {}
        self.entities: dict[Iri, Entity] = {}
        self.redirects: list[Redirect] = []
        self._edges: dict[tuple[str, str, str], Edges] = {}
        self._years: dict[str, int | None] = {"": None}

    def read(self) -> None:
        """`organisations`, `entities` and `redirects` hold every row, in the order of the tables."""
        for line, (key, label, aliases, _) in self.rows["organisations"]:
            if not label:
                self._fault("organisations", line, "the label is empty")
            iri = Iri(f"{BASE}organisation/{key}")
            self.organisations[iri] = Organisation(iri, key, label, split(aliases))
            self.makers[label] = ((Predicate.DEVELOPED_BY, iri),)
        for table, read in (
            ("tasks", self._task),
            ("metrics", self._metric),
            ("models", self._model),
            ("methods", self._method),
            ("benchmarks", self._benchmark),
        ):
            entities = self.entities
            for line, row in self.rows[table]:
                entity = read(line, row)
                if not entity.label:
                    self._fault(table, line, "the label is empty")
                if "" in entity.aliases:
                    self._fault(table, line, "an alias is empty")
                entities[entity.iri] = entity
        for line, (old, new, why, _) in self.rows["redirects"]:
            if not why:
                self._fault("redirects", line, "why is empty: say what became of the thing")
            self.redirects.append(Redirect(line, Iri(BASE + old), Iri(BASE + new) if new else None))

    def labels(self) -> dict[Iri, tuple[str, str]]:
        """Place and label of every node's row."""
        found = {iri: (place(entity), entity.label) for iri, entity in self.entities.items()}
        for line, (key, label, *_) in self.rows["organisations"]:
            found[Iri(f"{BASE}organisation/{key}")] = (f"organisations.tsv:{line}", label)
        return found

    def senses(self) -> list[tuple[int, Sense]]:
        """The senses that ambiguous.tsv declares, each with its line; those of no entity are left out."""
        found = []
        for line, (alias, node, case, default, cues, _) in self.rows["ambiguous"]:
            iri = Iri(BASE + node)
            if iri not in self.known:
                self._fault("ambiguous", line, f"node {node!r} is no kind/id of any table of entities")
                continue
            if case not in ("exact", "any"):
                self._fault("ambiguous", line, f"case {case!r} is not exact or any")
            if default not in ("yes", "no"):
                self._fault("ambiguous", line, f"default {default!r} is not yes or no")
            if cues != cues.lower():
                self._fault("ambiguous", line, "cues are written in lower case")
            found.append((line, Sense(alias, iri, case == "exact", split(cues), default == "yes")))
        return found

    def _fault(self, table: str, line: int, why: str) -> None:
        self.problems.append(f"{table}.tsv:{line}: {why}")

    def _parents(self, table: str, line: int, column: str, cell: str) -> Edges:
        """The edges a cell of ids stands for; in `extends`, ids of other tables say their kind (`model/bert`)."""
        if not cell:
            return ()
        made = self._edges.get((table, column, cell))
        if made is not None:
            return made
        home, predicate = _EDGES[table, column]
        ids = self.ids[home]
        found = []
        whole = True
        for reference in split(cell):
            iri = ids.get(reference)
            if iri is None and column == "extends" and "/" in reference and BASE + reference in self.known:
                iri = Iri(BASE + reference)
            if iri is None:
                whole = False
                self._fault(table, line, f"{column} {reference!r} is no id of {home}.tsv")
            else:
                found.append((predicate, iri))
        edges = tuple(found)
        if whole:
            self._edges[table, column, cell] = edges
        return edges

    def _maker(self, line: int, name: str) -> Edges:
        if not name:
            return ()
        made = self.makers.get(name)
        if made is None:
            self._fault("models", line, f"organisation {name!r} is no label of organisations.tsv")
            return ()
        return made

    def _year(self, table: str, line: int, cell: str) -> int | None:
        if cell in self._years:
            return self._years[cell]
        if cell.isascii() and cell.isdigit() and int(cell) in _YEARS:
            year = self._years[cell] = int(cell)
            return year
        self._fault(table, line, f"year {cell!r} is no year from {_YEARS.start} to {_YEARS.stop - 1}")
        return None

    def _arxiv(self, table: str, line: int, cell: str) -> str | None:
        if not cell:
            return None
        if not _ARXIV.fullmatch(cell):
            self._fault(table, line, f"arXiv id {cell!r} is not of the form 2106.09685 or cs/0112017")
            return None
        return cell

    def _task(self, line: int, row: Row) -> Entity:
        key, label, aliases, broader, area, source = row
        return entity_of(
            self.ids["tasks"][key],
            Kind.TASK,
            key,
            label,
            split(aliases),
            None,
            None,
            "",
            self._parents("tasks", line, "broader", broader),
            None,
            split(area),
            source,
            None,
            "",
            "",
            line,
        )

    def _metric(self, line: int, row: Row) -> Entity:
        key, label, aliases, higher, unit, source = row
        if higher not in _DIRECTIONS:
            self._fault("metrics", line, f"higher_is_better {higher!r} is not yes, no or empty")
        return entity_of(
            self.ids["metrics"][key],
            Kind.METRIC,
            key,
            label,
            split(aliases),
            None,
            None,
            "",
            (),
            None,
            (),
            source,
            _DIRECTIONS.get(higher),
            unit,
            "",
            line,
        )

    def _model(self, line: int, row: Row) -> Entity:
        key, label, level, pattern, parent, extends, aliases, organisation, year, arxiv, modality, source = row
        if level not in _LEVELS:
            self._fault("models", line, f"level {level!r} is not one of {', '.join(sorted(_LEVELS))}")
        return entity_of(
            self.ids["models"][key],
            Kind.MODEL,
            key,
            label,
            split(aliases),
            self._year("models", line, year),
            self._arxiv("models", line, arxiv),
            level,
            self._parents("models", line, "parent", parent)
            + self._parents("models", line, "extends", extends)
            + self._maker(line, organisation),
            organisation or None,
            split(modality),
            source,
            None,
            "",
            pattern,
            line,
        )

    def _method(self, line: int, row: Row) -> Entity:
        key, label, aliases, category, broader, extends, tasks, year, arxiv, source = row
        return entity_of(
            self.ids["methods"][key],
            Kind.METHOD,
            key,
            label,
            split(aliases),
            self._year("methods", line, year),
            self._arxiv("methods", line, arxiv),
            "",
            self._parents("methods", line, "broader", broader)
            + self._parents("methods", line, "extends", extends)
            + self._parents("methods", line, "tasks", tasks),
            None,
            split(category),
            source,
            None,
            "",
            "",
            line,
        )

    def _benchmark(self, line: int, row: Row) -> Entity:
        key, label, kind, aliases, part_of, variant_of, tasks, metrics, domain, modality, year, arxiv, source = row
        if kind not in _BENCHMARK_KINDS:
            self._fault("benchmarks", line, f"kind {kind!r} is not benchmark or dataset")
        return entity_of(
            self.ids["benchmarks"][key],
            _BENCHMARK_KINDS.get(kind, Kind.BENCHMARK),
            key,
            label,
            split(aliases),
            self._year("benchmarks", line, year),
            self._arxiv("benchmarks", line, arxiv),
            "",
            self._parents("benchmarks", line, "part_of", part_of)
            + self._parents("benchmarks", line, "variant_of", variant_of)
            + self._parents("benchmarks", line, "tasks", tasks)
            + self._parents("benchmarks", line, "metrics", metrics),
            None,
            split(domain) + split(modality),
            source,
            None,
            "",
            "",
            line,
        )
