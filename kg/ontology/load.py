"""From the tables to an `Ontology`, or to the list of everything that is wrong with them."""

from __future__ import annotations

import gc
import hashlib
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from kg.errors import OntologyError
from kg.ontology import cache
from kg.ontology.ontology import Ontology
from kg.ontology.tables import PUBLISHED, TABLES
from kg.resources import ontology_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ontology.rows import Rows

__all__ = ["check", "load_ontology"]

_ORDER: Final = {table.file: rank for rank, table in enumerate((*TABLES.values(), PUBLISHED))}


def load_ontology(folder: Path | str | None = None) -> Ontology:
    """The ontology of a folder of tables, by default the one that ships with the package.

    The same whether it is compiled from the tables or was before and is read from the cache (`kg.ontology.cache`).

    Raises:
        OntologyError: with every problem of every table.
    """
    folder = Path(folder) if folder else ontology_folder()
    digest = _digest(folder)
    with _no_garbage_collection():
        kept = cache.read(digest)
        if kept is not None:
            return kept
        rows, ontology = _compiled(folder)
        if rows.problems:
            raise OntologyError(sorted(rows.problems, key=_place))
        if ontology.digest == digest:  # else a table changed between the two
            cache.write(ontology)
        return ontology


def check(folder: Path | str | None = None) -> list[str]:
    """Every problem of the tables as `file:line: why`, in the order of the files and lines; empty when all is well.

    Beyond what loading refuses: ids that were published and lost, or not published yet, and rows nothing needs.
    """
    from kg.ontology.checks import orphan_problems  # noqa: PLC0415
    from kg.ontology.identity import publication_problems  # noqa: PLC0415

    folder = Path(folder) if folder else ontology_folder()
    with _no_garbage_collection():
        rows, ontology = _compiled(folder)
        problems = rows.problems
        problems.extend(orphan_problems(rows.rows))
        problems.extend(publication_problems(folder, ontology, rows.labels(), rows.redirects))
        return sorted(problems, key=_place)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """A hundred thousand objects are made that all stay: looking for garbage among them takes a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _compiled(folder: Path) -> tuple[Rows, Ontology]:
    """The rows of all tables with what is wrong with them, and the ontology they make."""
    from kg.ontology import checks  # noqa: PLC0415  (most processes find the ontology compiled)
    from kg.ontology.forms import normal_forms  # noqa: PLC0415
    from kg.ontology.identity import redirect_problems  # noqa: PLC0415
    from kg.ontology.rows import Rows  # noqa: PLC0415

    rows = Rows(folder)
    rows.read()
    declared = rows.senses()
    stopped = {name: line for line, (name, _) in rows.rows["stopped"]}
    ontology = Ontology(
        entities=MappingProxyType(rows.entities),
        organisations=MappingProxyType(rows.organisations),
        senses=tuple(sense for _, sense in declared),
        stopped=frozenset(normal_forms(list(stopped))),
        redirects=MappingProxyType({one.old: one.new for one in rows.redirects if one.new is not None}),
        digest=_digest(folder),
    )
    entities = ontology.entities
    problems = rows.problems
    problems.extend(checks.identifier_problems(rows.rows))
    problems.extend(checks.maker_problems(rows.rows))
    problems.extend(checks.slug_problems(entities))
    problems.extend(checks.cycle_problems(entities))
    problems.extend(checks.edge_problems(entities))
    problems.extend(checks.pattern_problems(entities))
    problems.extend(checks.sense_problems(declared, entities))
    problems.extend(checks.alias_problems(ontology.forms, ontology.senses, entities, stopped))
    problems.extend(redirect_problems(rows.redirects, rows.known | rows.organisations.keys()))
    return rows, ontology


def _digest(folder: Path) -> str:
    whole = hashlib.sha256()
    for table in TABLES.values():
        path = folder / table.file
        whole.update(table.file.encode() + b"\n" + (path.read_bytes() if path.is_file() else b"") + b"\0")
    return whole.hexdigest()


def _place(problem: str) -> tuple[int, int, str]:
    file, line, why = problem.split(":", 2)
    return _ORDER[file], int(line), why
