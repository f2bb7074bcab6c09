"""Taking the graph away: one module a format, and the table of formats.

`write(content, format, target)` writes one format, `write_all` the whole of a folder. Writers take what they are given and
never ask the store; RDF comes as pyoxigraph statements, the rest as the graph of a selection (`kg.selection`).
"""

from kg.exporters.folder import FileEntry, Manifest, check_all, read_manifest, write_all
from kg.exporters.formats import FORMATS, Content, Format, Takes, find_format, write
from kg.exporters.rows import Counts, ResultRow

__all__ = [
    "FORMATS",
    "Content",
    "Counts",
    "FileEntry",
    "Format",
    "Manifest",
    "ResultRow",
    "Takes",
    "check_all",
    "find_format",
    "read_manifest",
    "write",
    "write_all",
]
