"""CSV, for spreadsheets, pandas, DuckDB and Gephi's importer.

Format: https://www.rfc-editor.org/rfc/rfc4180, in UTF-8 with a header and line feeds between rows; the six tables of
`kg.exporters.columns`. An empty cell is a value that is not known. A text that a spreadsheet would run as a formula (it
begins with `=`, `+`, `-`, `@`, a tab or a line break) gets a leading `'`: `kg.exporters.clean.csv_text` takes it off.
Lost: aliases and authors are joined by ` | `, control characters become U+FFFD.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.exporters.clean import csv_cell
from kg.exporters.columns import tables
from kg.exporters.format import Format, Takes
from kg.exporters.rows import Counts
from kg.files import put_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from kg.exporters.columns import Table
    from kg.exporters.graphs.attributes import Type
    from kg.exporters.rows import GraphRows, MentionRow, PaperRow, ResultRow

__all__ = ["FORMAT", "write_folder"]


def write_folder(
    graph: GraphRows,
    results: Iterable[ResultRow],
    papers: Iterable[PaperRow],
    mentions: Iterable[MentionRow],
    folder: Path,
) -> dict[str, Counts]:
    """The six tables lie in the folder."""
    counts = {}
    for table in tables(graph, results, papers, mentions):
        rows = 0

        def lines(table: Table = table) -> Iterator[str]:
            nonlocal rows
            yield ",".join(table.columns) + "\n"
            as_text = [_CELLS[type_] for type_ in table.columns.values()]
            for row in table.rows:
                cells = ["" if value is None else cell(value) for cell, value in zip(as_text, row, strict=True)]
                yield ",".join(cells) + "\n"
                rows += 1

        with (folder / f"{table.name}.csv").open("wb") as file:
            put_text(file, lines())
        of_graph = {table.name: rows} if table.name in ("nodes", "edges") else {}
        counts[f"{table.name}.csv"] = Counts(rows=rows, **of_graph)
    return counts


_CELLS: Final[dict[Type, Callable[[Any], str]]] = {
    "string": csv_cell,
    "strings": lambda texts: csv_cell(" | ".join(texts)),
    "int": str,
    "double": str,
    "boolean": {True: "true", False: "false"}.__getitem__,
}

FORMAT: Final = Format(
    "csv",
    "text/csv",
    "",
    "https://www.rfc-editor.org/rfc/rfc4180",
    "a folder of six tables: spreadsheets, pandas, DuckDB",
    (Takes.GRAPH, Takes.RESULTS, Takes.PAPERS, Takes.MENTIONS),
    write_folder=write_folder,
)
