"""Which kind of file it is, by its content alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.papers.json_records import is_json, read_json
from kg.papers.listing import is_listing, read_listing

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
    PaperFormat("JSON", is_json, read_json),
    PaperFormat("listing page", is_listing, read_listing),
)
"""Every format that is read, the one that is surest of itself first."""
