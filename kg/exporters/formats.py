"""The table of formats: what `kg export` can write, and for which tool."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import ExportError, UnknownNameError
from kg.exporters.documents import bibtex, comparison, obsidian
from kg.exporters.evaluation import eee, nif
from kg.exporters.graphs import cx2, cyjs, gexf, graphml, kgx, neo4j
from kg.exporters.leftovers import read_list, remove_leftovers, write_list
from kg.exporters.rdf import syntaxes
from kg.exporters.tables import csv_tables, parquet, sqlite
from kg.files import whole_file, whole_folder

if TYPE_CHECKING:
    from pathlib import Path

    from kg.exporters.format import Content, Format
    from kg.exporters.rows import Counts

__all__ = ["FORMATS", "find_format", "write"]

_ALL: Final[tuple[Format, ...]] = (
    *syntaxes.FORMATS,
    graphml.FORMAT,
    gexf.FORMAT,
    cx2.FORMAT,
    cyjs.FORMAT,
    neo4j.FORMAT,
    kgx.FORMAT,
    csv_tables.FORMAT,
    parquet.FORMAT,
    sqlite.FORMAT,
    eee.FORMAT,
    nif.FORMAT,
    bibtex.FORMAT,
    obsidian.FORMAT,
    comparison.FORMAT,
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
    fitting = [each for each in _ALL if each.extension and name.lower().endswith(each.extension)]
    if fitting:
        return max(fitting, key=lambda each: len(each.extension))  # kg.nif.ttl is not any Turtle
    raise UnknownNameError("format", name, FORMATS, f"formats: {', '.join(FORMATS)}")


def write(content: Content, format_: Format, target: Path) -> dict[str, Counts]:
    """What each written file holds, by its name; nothing is left half-written when this fails.

    `target` is a file, or `-` for standard output; for a format of several files a folder, which is made where it is
    missing, and keeps what else lies in it, but for what an earlier export of the format left unchanged.

    Raises:
        ExportError: content the format cannot hold, a target that it cannot have, a library that it lacks.
        OutputError: a target that cannot be written.
    """
    format_.check_installed()
    parts = content.parts(format_)
    if format_.write:
        with whole_file(target) as file:
            return {target.name: format_.write(*parts, file)}
    assert format_.write_folder
    if str(target) == "-":
        raise ExportError(f"{format_.name} is a folder of files: name one with -o")
    earlier = read_list(target, format_)
    with whole_folder(target) as folder:
        counts = format_.write_folder(*parts, folder)
        write_list(folder, format_)
    remove_leftovers(target, earlier, read_list(target, format_))
    return counts
