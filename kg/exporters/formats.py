"""The table of formats: what `kg export` can write, and for which tool."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import ExportError, OutputError, UnknownNameError
from kg.exporters import csv_tables, gexf, graphml, rdf
from kg.files import part_beside, whole_file

if TYPE_CHECKING:
    from pathlib import Path

    from kg.exporters.format import Content, Format
    from kg.exporters.rows import Counts

__all__ = ["FORMATS", "find_format", "write"]

_ALL: Final[tuple[Format, ...]] = (
    *rdf.FORMATS,
    graphml.FORMAT,
    gexf.FORMAT,
    csv_tables.FORMAT,
)

FORMATS: Final[dict[str, Format]] = {format_.name: format_ for format_ in _ALL}
"""Every format by its name on the command line."""


def find_format(name: str) -> Format:
    """The format of that name, or of a file with that name's extension.

    >>> find_format("graphml").name, find_format("kg.ttl").name
    ('graphml', 'turtle')

    Raises:
        UnknownNameError: there is none.
    """
    if name in FORMATS:
        return FORMATS[name]
    for format_ in _ALL:
        if format_.extension and name.lower().endswith(format_.extension):
            return format_
    raise UnknownNameError("format", name, FORMATS, f"formats: {', '.join(FORMATS)}")


def write(content: Content, format_: Format, target: Path) -> dict[str, Counts]:
    """What each written file holds, by its name; nothing is left half-written when this fails.

    `target` is a file, or `-` for standard output; for a format of several tables a folder, which is made.

    Raises:
        ExportError: content the format cannot hold, or a target that the format cannot have.
        OutputError: a target that cannot be written.
    """
    if format_.write and format_.takes:
        part = content.part(format_.takes, format_.name)
        with whole_file(target) as file:
            return {target.name: format_.write(part, file)}
    if str(target) == "-":
        names = ", ".join(table.file for table in format_.tables)
        raise ExportError(f"{format_.name} is a folder ({names}): name one with -o")
    parts = {table: content.part(table.takes, table.file) for table in format_.tables}
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{target}: cannot be made a folder: {error.strerror}") from error
    counts: dict[str, Counts] = {}
    done: list[tuple[Path, Path]] = []
    try:
        for table, part in parts.items():
            path = target / table.file
            waiting = part_beside(path)
            done.append((waiting, path))
            with whole_file(waiting) as file:
                counts[table.file] = table.write(part, file)
        for waiting, path in done:
            waiting.replace(path)
    finally:
        for waiting, _ in done:
            waiting.unlink(missing_ok=True)
    return counts
