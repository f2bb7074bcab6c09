"""Which kind of file it is, by its content alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.papers.bibtex import is_bibtex, read_bibtex
from kg.papers.delimited import is_table, read_table
from kg.papers.html_pages import is_html, read_html
from kg.papers.json_records import is_json, read_json
from kg.papers.listing import is_listing, read_listing
from kg.papers.xml_records import is_xml, read_xml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.errors import InputError
    from kg.papers.paper import Paper
    from kg.papers.sources import Source

__all__ = ["FORMATS", "PaperFormat", "recognise", "why_not"]


@dataclass(frozen=True, slots=True)
class PaperFormat:
    """A kind of file with papers: what it is called, how its first 64 KiB look, who reads it."""

    name: str
    matches: Callable[[str], bool]
    read: Callable[[Source], Iterator[Paper | InputError]]


FORMATS: tuple[PaperFormat, ...] = (
    PaperFormat("JSON or JSON lines", is_json, read_json),
    PaperFormat("HTML of a listing page", is_html, read_html),
    PaperFormat("XML (Atom, RSS, OAI-PMH)", is_xml, read_xml),
    PaperFormat("text of a listing page", is_listing, read_listing),
    PaperFormat("BibTeX", is_bibtex, read_bibtex),
    PaperFormat("CSV or TSV with a column 'title'", is_table, read_table),
)
"""Every format that is read, the one that is surest of itself first."""

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF; papers are read from their title and abstract"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x1f\x8b", "packed more than twice"),
    (b"PAR1", "a Parquet table; save it as JSON lines or CSV"),
    (b"PK\x03\x04", "a ZIP archive; unpack it"),
    (b"BZh", "packed with bzip2; pack it with gzip or Zstandard"),
    (b"\xfd7zXZ", "packed with xz; pack it with gzip or Zstandard"),
    (b"\x7fELF", "a program"),
)


def recognise(head: bytes) -> PaperFormat | None:
    """The format of a file that starts so, None if it is none of ours; never by name."""
    if _is_binary(head) or head.startswith(tuple(magic for magic, _ in _MAGIC)):
        return None
    text = head.decode("utf-8", "replace")
    return next((known for known in FORMATS if known.matches(text)), None)


def _is_binary(head: bytes) -> bool:
    """Whether it is no text; a stray NUL among JSON lines is no reason to lose them all."""
    first = head.lstrip().partition(b"\n")[0]
    return b"\x00" in head and (not first.startswith(b"{") or b"\x00" in first or 20 * head.count(0) > len(head))


def why_not(head: bytes) -> str:
    """What to say of a file that `recognise` does not know."""
    if not head.strip():
        return "the file is empty"
    kind = next((name for magic, name in _MAGIC if head.startswith(magic)), None)
    if kind:
        return f"no papers in here: {kind}"
    if b"\x00" in head:
        return "a binary file, or UTF-16 without its mark: save it as UTF-8"
    return f"not recognised as any of: {', '.join(known.name for known in FORMATS)}"
