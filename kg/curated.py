"""What people assert: rows of things and edges between nodes that no paper has to say, by the import that brought them.

`imports.jsonl` beside a store's facts holds one import a line, sorted by name, so that it stays when papers are added
and removed and can be taken back as a whole.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

from kg.errors import FactsError
from kg.identifiers import Iri, PaperId
from kg.vocabulary import Predicate, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["SINGLE", "Assertion", "Import", "Row", "disagreements", "from_json", "joined", "merged", "to_json"]


@dataclass(frozen=True, slots=True)
class Row:
    """What is said of one entity or organisation; None and empty where nothing is said.

    A row with a label makes a node where there is none; every other row is of a node that must be there already.
    Aliases and categories are added, all else takes the place of what the ontology and the papers say.
    """

    node: Iri
    label: str | None = None
    aliases: tuple[str, ...] = ()
    status: Status | None = None
    year: int | None = None
    arxiv: str | None = None
    level: str | None = None
    categories: tuple[str, ...] = ()
    unit: str | None = None
    higher_is_better: bool | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Assertion:
    """An edge that somebody vouches for; it is in the graph as long as both its ends are. `confidence` is in [0, 1]."""

    subject: Iri
    predicate: Predicate
    object: Iri
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Import:
    """What came in under one name: the papers that nothing else brought, rows sorted by node, edges sorted."""

    name: str
    papers: tuple[PaperId, ...] = ()
    rows: tuple[Row, ...] = ()
    edges: tuple[Assertion, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.papers or self.rows or self.edges)


SINGLE: Final = tuple(field.name for field in fields(Row) if field.name not in ("node", "aliases", "categories"))
"""The fields of a row that one value alone can be true of."""


def joined(one: Row, other: Row) -> Row:
    """Both rows of one node as one; where both say something that can be said but once, `one` holds."""
    single: dict[str, Any] = {}
    for name in SINGLE:
        mine = getattr(one, name)
        single[name] = getattr(other, name) if mine is None else mine
    return replace(
        one,
        aliases=tuple(sorted({*one.aliases, *other.aliases})),
        categories=tuple(sorted({*one.categories, *other.categories})),
        **single,
    )


def merged(imports: Iterable[Import]) -> tuple[Import, ...]:
    """One import for each name, sorted by name, without those that say nothing; of an edge the highest confidence."""
    found: dict[str, Import] = {}
    for one in imports:
        held = found.get(one.name, Import(one.name))
        rows: dict[Iri, Row] = {}
        for row in (*held.rows, *one.rows):
            rows[row.node] = joined(rows[row.node], row) if row.node in rows else row
        edges: dict[tuple[Iri, Predicate, Iri], Assertion] = {}
        for edge in sorted((*held.edges, *one.edges)):
            edges[edge.subject, edge.predicate, edge.object] = edge
        found[one.name] = Import(
            one.name,
            papers=tuple(sorted({*held.papers, *one.papers})),
            rows=tuple(rows[node] for node in sorted(rows)),
            edges=tuple(edges[key] for key in sorted(edges)),
        )
    return tuple(found[name] for name in sorted(found) if found[name])


def disagreements(imports: Iterable[Import]) -> list[str]:
    """What two imports say differently of one node and can be true but once, a line each."""
    said: dict[tuple[Iri, str], tuple[object, str]] = {}
    found = []
    for one in imports:
        for row in one.rows:
            for name in SINGLE:
                value = getattr(row, name)
                if value is None:
                    continue
                before, by = said.setdefault((row.node, name), (value, one.name))
                if before != value:
                    found.append(f"{row.node}: {name} is {before!r} in the import {by!r} and {value!r} in {one.name!r}")
    return found


def to_json(one: Import) -> str:
    """The import as one line of JSON without its line break: keys sorted, what is not said left out."""
    data = asdict(one)
    data["rows"] = [{key: value for key, value in row.items() if value not in (None, ())} for row in data["rows"]]
    data["edges"] = [[edge["subject"], edge["predicate"], edge["object"], edge["confidence"]] for edge in data["edges"]]
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(line: str) -> Import:
    """The import that a line holds.

    Raises:
        FactsError: the line is no import.
    """
    try:
        data = json.loads(line)
        return Import(
            name=data["name"],
            papers=tuple(PaperId(paper) for paper in data["papers"]),
            rows=tuple(
                Row(
                    **{
                        **row,
                        "node": Iri(row["node"]),
                        "aliases": tuple(row.get("aliases", ())),
                        "categories": tuple(row.get("categories", ())),
                        "status": Status(row["status"]) if "status" in row else None,
                    }
                )
                for row in data["rows"]
            ),
            edges=tuple(Assertion(Iri(s), Predicate(p), Iri(o), float(sure)) for s, p, o, sure in data["edges"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise FactsError(f"not a line of imports: {error}") from error
