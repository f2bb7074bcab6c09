"""From rows of the tables to entities, organisations and senses; what is wrong with a row is said with its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.identifiers import ARXIV_ID, Iri
from kg.ontology.checks import place
from kg.ontology.entity import Organisation, Sense, entity_of
from kg.ontology.identity import Redirect
from kg.ontology.tables import EDGES, TABLE_OF, TABLES, Row, read_table, split
from kg.vocabulary import BASE, Kind, Predicate

if TYPE_CHECKING:
    from pathlib import Path

    from kg.ontology.entity import Entity

__all__ = ["Rows"]

Edges = tuple[tuple[Predicate, Iri], ...]
"""Where an entity's edges lead, in a fixed order."""
Cells = dict[str, str]
"""The cells of a row by column."""

_KINDS: Final = {table: kind for kind, table in TABLE_OF.items() if table != "benchmarks"}
_DATA: Final = {"benchmark": Kind.BENCHMARK, "dataset": Kind.DATASET}
"""The kinds that share a table, as its column `kind` says them."""
_DIRECTIONS: Final = {"yes": True, "no": False, "": None}
_WORDS: Final = {
    ("models", "level"): ("family", "version", "checkpoint"),
    ("benchmarks", "kind"): tuple(_DATA),
    ("metrics", "higher_is_better"): tuple(_DIRECTIONS),
    ("ambiguous", "case"): ("exact", "any"),
    ("ambiguous", "default"): ("yes", "no"),
}
"""The columns that hold one of a few words."""
_CATEGORIES: Final = {
    name: tuple(column for column in table.columns if column in ("area", "category", "domain", "modality"))
    for name, table in TABLES.items()
}
"""The columns of words for browsing, in each table."""
_YEARS: Final = range(1900, 2101)
_ARXIV: Final = re.compile(rf"(?!\d\d(?:00|1[3-9]|[2-9])){ARXIV_ID}")
"""An arXiv id without its version, of a month that there is."""


class Rows:
    """The rows of all tables of a folder on their way to entities.

    References are resolved once all ids are known. Rows with faults are read as well as can be, and nothing is said of
    references to a table that cannot be read, so that one fault does not cause others.
    """

    def __init__(self, folder: Path) -> None:
        self.problems: list[str] = []
        self.rows: dict[str, list[tuple[int, Row]]] = {}
        unread: set[str] = set()
        for name, table in TABLES.items():
            found = len(self.problems)
            self.rows[name] = read_table(folder, table, self.problems)
            if not self.rows[name] and len(self.problems) > found:
                unread.add(name)
        self.ids: dict[str, dict[str, Iri]] = {
            name: {row[0]: Iri(f"{BASE}{kind.folder}/{row[0]}") for _, row in self.rows[name]}
            for name, kind in _KINDS.items()
        }
        folders = {word: f"{BASE}{kind.folder}/" for word, kind in _DATA.items()}
        self.ids["benchmarks"] = {
            row[0]: Iri(folders.get(row[2], folders["benchmark"]) + row[0]) for _, row in self.rows["benchmarks"]
        }
        self.known = {iri for ids in self.ids.values() for iri in ids.values()}
        self.organisations: dict[Iri, Organisation] = {}
        self.entities: dict[Iri, Entity] = {}
        self.redirects: list[Redirect] = []
        self._unread = unread
        self._makers: dict[str, Edges] = {"": ()}
        self._edges: dict[tuple[str, str, str], Edges] = {}
        self._years: dict[str, int | None] = {"": None}

    def read(self) -> None:
        """`organisations`, `entities` and `redirects` hold every row, in the order of the tables."""
        for line, (key, label, aliases, _) in self.rows["organisations"]:
            if not label:
                self._fault("organisations", line, "the label is empty")
            iri = Iri(f"{BASE}organisation/{key}")
            self.organisations[iri] = Organisation(iri, key, label, split(aliases))
            self._makers[label] = ((Predicate.DEVELOPED_BY, iri),)
        for table in EDGES:
            columns = TABLES[table].columns
            for line, row in self.rows[table]:
                entity = self._entity(table, line, dict(zip(columns, row, strict=True)))
                self.entities[entity.iri] = entity
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
        whole = self._unread.isdisjoint(EDGES)
        for line, row in self.rows["ambiguous"]:
            cells = dict(zip(TABLES["ambiguous"].columns, row, strict=True))
            iri = Iri(BASE + cells["node"])
            if iri not in self.known:
                if whole:
                    self._fault("ambiguous", line, f"node {cells['node']!r} is no kind/id of any table of entities")
                continue
            for column in ("case", "default"):
                self._word("ambiguous", line, column, cells)
            cues = cells["cues"]
            if cues != cues.lower():
                self._fault("ambiguous", line, "cues are written in lower case")
            sense = Sense(cells["alias"], iri, cells["case"] == "exact", split(cues), cells["default"] == "yes")
            found.append((line, sense))
        return found

    def _fault(self, table: str, line: int, why: str) -> None:
        self.problems.append(f"{table}.tsv:{line}: {why}")

    def _entity(self, table: str, line: int, cells: Cells) -> Entity:
        """The entity of a row; what its table has no column for is empty."""
        get = cells.get
        if not cells["label"]:
            self._fault(table, line, "the label is empty")
        aliases = split(cells["aliases"])
        if "" in aliases:
            self._fault(table, line, "an alias is empty")
        edges: Edges = ()
        for column in EDGES[table]:
            if cells[column]:
                edges += self._parents(table, line, column, cells[column])
        categories: tuple[str, ...] = ()
        for column in _CATEGORIES[table]:
            categories += split(cells[column])
        if table == "models":
            edges += self._maker(line, cells["organisation"])
        return entity_of(
            self.ids[table][cells["id"]],
            _KINDS.get(table) or _DATA.get(self._word(table, line, "kind", cells), Kind.BENCHMARK),
            cells["id"],
            cells["label"],
            aliases,
            self._year(table, line, get("year", "")),
            self._arxiv(table, line, get("arxiv", "")),
            self._word(table, line, "level", cells) if "level" in cells else "",
            edges,
            get("organisation") or None,
            categories,
            cells["source"],
            _DIRECTIONS.get(self._word(table, line, "higher_is_better", cells))
            if "higher_is_better" in cells
            else None,
            get("unit", ""),
            get("pattern", ""),
            line,
        )

    def _word(self, table: str, line: int, column: str, cells: Cells) -> str:
        """The word of a column that holds one of a few."""
        words = _WORDS[table, column]
        if cells[column] not in words:
            said = ", ".join(word or "empty" for word in words)
            self._fault(table, line, f"{column} {cells[column]!r} is not one of {said}")
        return cells[column]

    def _parents(self, table: str, line: int, column: str, cell: str) -> Edges:
        """The edges a cell of ids stands for."""
        made = self._edges.get((table, column, cell))
        if made is not None:
            return made
        home, predicate = EDGES[table][column]
        ids = self.ids[home]
        found = []
        whole = True
        for reference in split(cell):
            iri = ids.get(reference)
            if iri is None and column == "extends" and "/" in reference and BASE + reference in self.known:
                iri = Iri(BASE + reference)
            if iri is None:
                whole = False
                if self._unread.isdisjoint({home} if "/" not in reference else EDGES):
                    self._fault(table, line, f"{column} {reference!r} is no id of {home}.tsv")
            else:
                found.append((predicate, iri))
        edges = tuple(found)
        if whole:
            self._edges[table, column, cell] = edges
        return edges

    def _maker(self, line: int, name: str) -> Edges:
        made = self._makers.get(name)
        if made is None and "organisations" not in self._unread:
            self._fault("models", line, f"organisation {name!r} is no label of organisations.tsv")
        return made or ()

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
