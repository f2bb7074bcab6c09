"""What a file format is, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pyoxigraph import Quad, Triple

    from kg.exporters.rdf import Sorted
    from kg.exporters.rows import Counts, GraphRows, ResultRow

__all__ = ["Content", "Format", "Table", "Takes"]


class Takes(StrEnum):
    """Which part of the content a format is made of; the value is the field's name in `Content`."""

    GRAPH = "graph"
    TRIPLES = "triples"
    RESULTS = "results"


@dataclass(frozen=True, slots=True)
class Content:
    """What can be written: a selection as a graph, the same as RDF, the scores in it.

    Give what the format takes (`Format.needs`); what is not given is refused by name when a format needs it.
    `triples` and `results` are walked once a format.
    """

    graph: GraphRows | None = None
    triples: Iterable[Quad | Triple] | Sorted | None = None
    results: Iterable[ResultRow] | None = None

    def part(self, takes: Takes, name: str) -> Any:
        """The field that `takes` names.

        Raises:
            ExportError: it was not given.
        """
        part = getattr(self, takes)
        if part is None:
            raise ExportError(f"{name} is written from the {takes} of a selection, and none was given")
        return part


@dataclass(frozen=True, slots=True)
class Table:
    """One file of a format that is a folder."""

    file: str
    takes: Takes
    write: Callable[[Any, BinaryIO], Counts]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format.

    `write(part, file)` writes the part of the content that `takes` names; a format of several `tables` is a folder of
    them, and has neither.
    """

    name: str
    media_type: str
    extension: str
    spec_url: str
    about: str
    takes: Takes | None = None
    write: Callable[[Any, BinaryIO], Counts] | None = None
    tables: tuple[Table, ...] = field(default=())

    @property
    def needs(self) -> frozenset[Takes]:
        """The parts of `Content` that have to be given."""
        return frozenset({table.takes for table in self.tables} | ({self.takes} if self.takes else set()))
