"""Taking the graph away: one module a format, and the table of formats.

`write(content, format, target)` writes one format, `write_all` a folder of all. `content_of(store)` is what a store
gives; writers take what they are given and never ask the store.
"""

from kg.exporters.content import content_of, export
from kg.exporters.folder import FileEntry, Manifest, check_all, read_manifest, write_all
from kg.exporters.format import Content, Format, Lazy, Takes
from kg.exporters.formats import FORMATS, find_format, write
from kg.exporters.rdf.vocabulary import VOCABULARY_FORMATS, write_vocabulary
from kg.exporters.rows import Counts, EdgeRow, GraphRows, MentionRow, NodeRow, PaperRow, ResultRow, Selected
from kg.exporters.streamed import Streamed

__all__ = [
    "FORMATS",
    "VOCABULARY_FORMATS",
    "Content",
    "Counts",
    "EdgeRow",
    "FileEntry",
    "Format",
    "GraphRows",
    "Lazy",
    "Manifest",
    "MentionRow",
    "NodeRow",
    "PaperRow",
    "ResultRow",
    "Selected",
    "Streamed",
    "Takes",
    "check_all",
    "content_of",
    "export",
    "find_format",
    "read_manifest",
    "write",
    "write_all",
    "write_vocabulary",
]
