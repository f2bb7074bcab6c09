"""The tables of the ontology: which columns each has, and how their rows are read and written.

A table is UTF-8 text, tab separated, its columns named in the first line, nothing quoted; several values of a cell are
joined by ` | `. A row error is said as `file:line: why` and never stops the reading of the rows after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.files import whole_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

__all__ = ["BETWEEN", "PUBLISHED", "TABLES", "Row", "Table", "read_table", "split", "write_table"]

BETWEEN: Final = " | "
"""What stands between two values of one cell."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table's file name, its columns in order, and how many of them, from the left, its rows are sorted by.

    The file of an `optional` table may be missing; it then has no rows.
    """

    file: str
    columns: tuple[str, ...]
    sorted_by: int = 1
    optional: bool = False


Row = list[str]
"""The cells of one line, as many as the table has columns, in the table's own order."""


TABLES: Final[dict[str, Table]] = {
    table.file.removesuffix(".tsv"): table
    for table in (
        Table("organisations.tsv", ("id", "label", "aliases", "source")),
        Table("tasks.tsv", ("id", "label", "aliases", "broader", "area", "source")),
        Table("metrics.tsv", ("id", "label", "aliases", "higher_is_better", "unit", "source")),
        Table(
            "models.tsv",
            (
                *("id", "label", "level", "pattern", "parent", "extends", "aliases"),
                *("organisation", "year", "arxiv", "modality", "source"),
            ),
        ),
        Table(
            "methods.tsv",
            ("id", "label", "aliases", "category", "broader", "extends", "tasks", "year", "arxiv", "source"),
        ),
        Table(
            "benchmarks.tsv",
            (
                *("id", "label", "kind", "aliases", "part_of", "variant_of", "tasks", "metrics"),
                *("domain", "modality", "year", "arxiv", "source"),
            ),
        ),
        Table("ambiguous.tsv", ("alias", "node", "case", "default", "cues", "source"), sorted_by=2),
        Table("stopped.tsv", ("name", "source")),
        Table("redirects.tsv", ("old", "new", "why", "source"), optional=True),
    )
}
"""Every table an ontology is made of by its name, in the order they are read."""

PUBLISHED: Final = Table("published.tsv", ("node", "label"), optional=True)
"""The lock file: every id ever published. It says nothing of the field, so only checks read it."""


def split(cell: str) -> tuple[str, ...]:
    """The values of a cell.

    >>> split("GSM-8K | GSM 8K"), split("")
    (('GSM-8K', 'GSM 8K'), ())
    """
    return tuple(cell.split(BETWEEN)) if cell else ()


def read_table(folder: Path, table: Table, problems: list[str]) -> list[tuple[int, Row]]:
    """The rows of a table with their line numbers, the header left out; what is wrong is added to `problems`.

    Rows with a wrong number of cells, and all rows of a file whose header is wrong, are left out.
    """
    path = folder / table.file
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        if table.optional:
            return []
        problems.append(f"{table.file}:1: the file is missing from {folder}")
        return []
    except UnicodeDecodeError as error:
        place = path.read_bytes()[: error.start].count(b"\n") + 1
        problems.append(f"{table.file}:{place}: not UTF-8: {error.reason}")
        return []
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    header = tuple(lines[0].split("\t")) if lines else ()
    if header != table.columns:
        problems.append(f"{table.file}:1: {_header_fault(header, table.columns)}")
        return []
    width = len(header)
    rows: list[tuple[int, Row]] = []
    single = table.sorted_by == 1
    before: str | Row = "" if single else []
    for number, row in enumerate(lines[1:], 2):
        cells = row.split("\t")
        if len(cells) != width:
            problems.append(f"{table.file}:{number}: {len(cells)} cells where the header has {width}")
            continue
        key = cells[0] if single else cells[: table.sorted_by]
        if key <= before:  # type: ignore[operator]  # both are one string, or both a list
            problems.append(f"{table.file}:{number}: {_order_fault(cells, key == before, table)}")
        before = key
        rows.append((number, cells))
    if any(fault in text for fault in ("\r", "  ", " \t", "\t ", " \n", "\n ")):
        problems.extend(_spacing_faults(table.file, lines))
    return rows


def write_table(folder: Path, table: Table, rows: Iterable[Sequence[str]]) -> None:
    """The table's file holds the header and the rows, sorted; a reader sees the old file or the whole new one."""
    lines = ["\t".join(row) for row in sorted(rows, key=lambda row: list(row[: table.sorted_by]))]
    with whole_text(folder / table.file) as file:
        file.write("\n".join(["\t".join(table.columns), *lines, ""]))


def _header_fault(header: tuple[str, ...], wanted: tuple[str, ...]) -> str:
    unknown = [name for name in header if name not in wanted]
    missing = [name for name in wanted if name not in header]
    if unknown or missing:
        faults = [f"unknown column {name!r}" for name in unknown] + [f"missing column {name!r}" for name in missing]
        return f"{', '.join(faults)}; the columns are {', '.join(wanted)}"
    return f"columns out of order or repeated; the columns are {', '.join(wanted)}"


def _order_fault(cells: Row, twice: bool, table: Table) -> str:
    key = " ".join(repr(cell) for cell in cells[: table.sorted_by])
    if twice:
        return f"{key} stands twice"
    return f"{key} stands after a greater one: rows are sorted by {', '.join(table.columns[: table.sorted_by])}"


def _spacing_faults(file: str, lines: list[str]) -> list[str]:
    faults = []
    for number, line in enumerate(lines, 1):
        if "\r" in line:
            faults.append(f"{file}:{number}: a carriage return; lines end in a line feed alone")
        elif any(cell != cell.strip() or "  " in cell for cell in line.split("\t")):
            faults.append(f"{file}:{number}: a cell begins or ends with a space, or has two in a row")
    return faults
