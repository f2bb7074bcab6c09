"""Tables with a header: CSV, TSV, and the same with semicolons (https://www.rfc-editor.org/rfc/rfc4180).

A column `title` is required and known by its name whatever the capitals; `abstract`, `authors`, `date`, `year`,
`doi`, `id`, `arxiv_id`, `url` and the names that JSON records have are read where they are there. A row of another
number of cells than the header is refused.
"""

from __future__ import annotations

import csv
from collections import deque
from typing import TYPE_CHECKING

from kg.papers.records import RecordError, from_mapping, has_broken_bytes
from kg.papers.sources import LINE_LIMIT, MIB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.errors import InputError
    from kg.papers.paper import Paper
    from kg.papers.sources import Source

__all__ = ["is_table", "read_table"]

_DELIMITERS = (",", "\t", ";", "|")
_ALSO = {
    "name": "title",
    "paper": "title",
    "paper title": "title",
    "document title": "title",
    "abstract note": "abstract",
    "author": "authors",
    "author names": "authors",
    "publication date": "date",
    "publication year": "year",
    "arxiv id": "arxiv_id",
    "comments": "remarks",  # in tables a text about the paper, not the number of comments on it
}
_MOST_RETRIES = 1000


def is_table(head: str) -> bool:
    """Whether a file starting so is a table with a header: its first line has a cell `title` and one more."""
    return _layout(head) is not None


def _layout(head: str) -> tuple[str, list[str]] | None:
    """The delimiter and the names of the columns."""
    first = next((line for line in head.split("\n") if line.strip()), "").rstrip("\r")
    best: tuple[str, list[str]] | None = None
    if len(first) > 10_000:
        return None
    for delimiter in _DELIMITERS:
        try:
            cells = next(csv.reader([first], delimiter=delimiter, strict=True))
        except (csv.Error, StopIteration):
            continue
        names = [_column(cell) for cell in cells]
        if "title" in names and len(names) > 1 and (best is None or len(names) > len(best[1])):
            best = delimiter, names
    return best


def _column(cell: str) -> str:
    name = " ".join(cell.replace("_", " ").split()).lower()
    return _ALSO.get(name, name.replace(" ", "_"))


class _Lines:
    """The lines of a table, those of the current row kept: a quote that is never closed costs one line and no more."""

    def __init__(self, source: Source) -> None:
        self._lines = source.lines()
        self._source = source
        self._again: deque[tuple[int, str]] = deque()
        self.row: list[tuple[int, str]] = []
        self.refused: list[int] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._again:
            self.row.append(self._again.popleft())
        else:
            raw = next(self._lines)
            if raw is None:
                self.refused.append(self._source.line)
                raw = b"\n"
            self.row.append((self._source.line, raw.decode("utf-8", "surrogateescape")))
        return self.row[-1][1]

    def back_to_second(self) -> None:
        """Give the lines of the row once more, all but the first."""
        self._again.extendleft(reversed(self.row[1:]))


def read_table(source: Source) -> Iterator[Paper | InputError]:
    """The papers of a table in its order, and what could not be read."""
    layout = _layout(source.head.decode("utf-8", "replace"))
    assert layout is not None
    delimiter, names = layout
    for name in names:
        if name in ("title", "abstract", "id") and names.count(name) > 1:
            yield source.problem(f"two columns are called {name!r}", 1)
            return
    lines = _Lines(source)
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    header, retries, seen = True, 0, 0
    while True:
        lines.row.clear()
        try:
            cells = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            line, text = lines.row[0]
            # "Why Not?" asks the model: between tabs a quote may be just that, text/tab-separated-values has no quoting
            cells = text.rstrip("\r\n").split("\t") if delimiter == "\t" else []
            retries += 1
            if retries <= _MOST_RETRIES:
                lines.back_to_second()
            if len(cells) != len(names) or retries > _MOST_RETRIES:
                seen += 1
                why = "a quote is opened and never closed" if "unexpected end" in str(error) else str(error)
                yield source.problem(f"not a row of the table: {why}", line)
                continue
        for number in lines.refused:
            yield source.problem(f"a line of over {LINE_LIMIT // MIB} MiB; not read", number)
        lines.refused.clear()
        if not any(cells):
            continue
        if header:
            header = False
            continue
        seen += 1
        yield _paper(cells, names, lines.row[0][0], source)
    for number in lines.refused:
        yield source.problem(f"a line of over {LINE_LIMIT // MIB} MiB; not read", number)
    if not seen:
        yield source.problem("a table with a header and no rows")


def _paper(cells: list[str], names: list[str], line: int, source: Source) -> Paper | InputError:
    if len(cells) < len(names) or any(cells[len(names) :]):
        return source.problem(f"{len(cells)} cells, but the header has {len(names)}", line)
    if any(map(has_broken_bytes, cells)):
        return source.problem("not UTF-8", line)
    data = {name: cell for name, cell in zip(names, cells, strict=False) if cell}
    try:
        return from_mapping(data, source.name, line)
    except RecordError as error:
        return source.problem(str(error), line)
