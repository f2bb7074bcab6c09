"""The tables of the ontology: which columns each has, and how their rows are read and written.

A table is UTF-8 text, tab separated, its columns named in the first line, nothing quoted; several values of a cell are
joined by ` | `. A row error is said as `file:line: why` and never stops the reading of the rows after it.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.files import whole_text
from kg.text import clean
from kg.vocabulary import Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

__all__ = [
    "BETWEEN",
    "EDGES",
    "PUBLISHED",
    "TABLES",
    "TABLE_OF",
    "Row",
    "Table",
    "read_table",
    "split",
    "write_table",
]

BETWEEN: Final = " | "
"""What stands between two values of one cell."""
_HIDDEN: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Zs"})
"""Categories of characters that nobody sees (https://www.unicode.org/reports/tr44/#General_Category_Values)."""


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

TABLE_OF: Final[dict[Kind, str]] = {
    Kind.METHOD: "methods",
    Kind.MODEL: "models",
    Kind.BENCHMARK: "benchmarks",
    Kind.DATASET: "benchmarks",
    Kind.TASK: "tasks",
    Kind.METRIC: "metrics",
}
"""The table whose rows are the things of a kind."""

EDGES: Final[dict[str, dict[str, tuple[str, Predicate]]]] = {
    "tasks": {"broader": ("tasks", Predicate.BROADER)},
    "metrics": {},
    "models": {"parent": ("models", Predicate.VARIANT_OF), "extends": ("models", Predicate.EXTENDS)},
    "methods": {
        "broader": ("methods", Predicate.BROADER),
        "extends": ("methods", Predicate.EXTENDS),
        "tasks": ("tasks", Predicate.HAS_TASK),
    },
    "benchmarks": {
        "part_of": ("benchmarks", Predicate.PART_OF),
        "variant_of": ("benchmarks", Predicate.VARIANT_OF),
        "tasks": ("tasks", Predicate.HAS_TASK),
        "metrics": ("metrics", Predicate.HAS_METRIC),
    },
}
"""For each column of ids: the table they are of, and the edge they stand for. In `extends` an id of another table
stands with its kind, `model/bert`."""

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
    text = _text(folder, table, problems)
    if text is None:
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
            problems.append(f"{table.file}:{number}: {_order_fault(rows, cells, table)}")
        before = key
        rows.append((number, cells))
    spaced = any(fault in text for fault in ("  ", " \t", "\t ", " \n", "\n "))
    if spaced or not text.replace("\t", "").replace("\n", "").isprintable():
        problems.extend(_cell_faults(table.file, lines))
    return rows


def write_table(folder: Path, table: Table, rows: Iterable[Sequence[str]]) -> None:
    """The table's file holds the header and the rows, sorted; a reader sees the old file or the whole new one."""
    lines = ["\t".join(row) for row in sorted(rows, key=lambda row: list(row[: table.sorted_by]))]
    with whole_text(folder / table.file) as file:
        file.write("\n".join(["\t".join(table.columns), *lines, ""]))


def _text(folder: Path, table: Table, problems: list[str]) -> str | None:
    """What the table's file holds, None where nothing can be read of it."""
    path = folder / table.file
    if not path.is_file():  # reading a pipe or a device would never end
        if path.exists() or path.is_symlink():
            problems.append(f"{table.file}:1: is no file in {folder}")
        elif not table.optional:
            problems.append(f"{table.file}:1: the file is missing from {folder}")
        return None
    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.append(f"{table.file}:{line}: not UTF-8: {error.reason}")
        return None
    if text.startswith("\ufeff"):
        problems.append(f"{table.file}:1: a byte order mark; save the file as UTF-8 without one")
        text = text[1:]
    returned = text.find("\r\n")
    if returned >= 0:
        line, count = text.count("\n", 0, returned) + 1, text.count("\r\n")
        others = f" (and {count - 1} lines more)" if count > 1 else ""
        problems.append(f"{table.file}:{line}: a carriage return{others}; lines end in a line feed alone")
        text = text.replace("\r\n", "\n")
    return text


def _header_fault(header: tuple[str, ...], wanted: tuple[str, ...]) -> str:
    unknown = [name for name in header if name not in wanted]
    missing = [name for name in wanted if name not in header]
    if unknown or missing:
        faults = [f"unknown column {name!r}" for name in unknown] + [f"missing column {name!r}" for name in missing]
        return f"{', '.join(faults)}; the columns are {', '.join(wanted)}"
    return f"columns out of order or repeated; the columns are {', '.join(wanted)}"


def _order_fault(above: list[tuple[int, Row]], cells: Row, table: Table) -> str:
    """What is wrong with a row that does not come after those above it."""
    key = cells[: table.sorted_by]
    if not any(key):
        return f"{table.columns[0]} is empty"
    said = " ".join(map(repr, key))
    if key == above[-1][1][: table.sorted_by]:
        return f"{said} stands twice"
    place = bisect_left(above, key, key=lambda row: row[1][: table.sorted_by])
    where = f": it belongs above line {above[place][0]}" if place < len(above) else ""
    columns = ", ".join(table.columns[: table.sorted_by])
    return f"{said} stands after a greater one{where}; rows are sorted by {columns}, capitals first"


def _cell_faults(file: str, lines: list[str]) -> list[str]:
    faults = []
    for number, line in enumerate(lines, 1):
        cells = line.split("\t")
        hidden = next((char for cell in cells for char in cell if _is_hidden(char)), None)
        if hidden is not None:
            faults.append(f"{file}:{number}: a cell holds U+{ord(hidden):04X}, which nobody sees; take it out")
        elif any(cell != cell.strip() or "  " in cell for cell in cells):
            faults.append(f"{file}:{number}: a cell begins or ends with a space, or has two in a row")
    return faults


def _is_hidden(char: str) -> bool:
    """Whether a character is a control, a mark of direction, a space of another width, or can stand in no export."""
    return not char.isprintable() and (unicodedata.category(char) in _HIDDEN or clean(char) != char)
