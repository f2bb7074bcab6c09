"""What a file format is, and what it is made of: the contract that every format module keeps.

A format module says in its docstring which tool reads the file, the specification it follows and what it loses, and
defines `FORMAT` (or `FORMATS`); `kg.exporters.formats` lists it, `kg.cli.export.FORMATS` repeats its name.

- `takes` names the parts of `Content` that the writer gets, in that order, before the place to write to:
  `takes=(Takes.GRAPH, Takes.RESULTS)` gives `write(graph, results, file)`.
- A format of one file has `write`; it gets a binary file, not to be sought in or closed, and returns its `Counts`. A
  folder of files has `write_folder`; it gets the path of an empty folder and returns `Counts` by file name (what is
  worth telling: not of each of a thousand notes). Either is moved to its place when it is whole.
- Every part can be walked many times, is made anew each time, and comes sorted: `graph` is `GraphRows` (nodes by IRI,
  edges by ends), `results` `ResultRow`, `papers` `PaperRow` by paper id, `mentions` `MentionRow` by paper in that same
  order, then place (`itertools.groupby` on `paper`), `triples` pyoxigraph's. Results, papers and mentions are those of
  the papers in the graph. Keep the order, hold no more than node names in memory.
- An edge's evidence may be a paper without a sentence, an edge may come without evidence (`--flat`, the ontology's
  edges): `edge.papers`, `edge.sentences`. `kg.exporters.graphs.positions.positions(graph)` lays small graphs out.
- Text is untrusted and may hold anything but lone surrogates are gone: write it through `kg.exporters.clean`, or what
  the library of the format does. What cannot be held is refused with `ExportError` naming it.
- `names_vary` says of a folder that what its files are called comes from the graph, so that an export into it has to
  remove what an earlier one left there (`kg.exporters.leftovers`).
- `requires` is the library that is not always installed, as pip calls it; the extra `mlkg[<format>]` brings it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from kg.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pyoxigraph import Quad, Triple

    from kg.exporters.rdf.statement_lines import Sorted
    from kg.exporters.rows import Counts, GraphRows, MentionRow, PaperRow, ResultRow

__all__ = ["Content", "Format", "Lazy", "Takes"]

Row = TypeVar("Row")


class Takes(StrEnum):
    """A part of the content; the value is the field's name in `Content`."""

    GRAPH = "graph"
    TRIPLES = "triples"
    RESULTS = "results"
    PAPERS = "papers"
    MENTIONS = "mentions"


@dataclass(frozen=True, slots=True)
class Lazy(Generic[Row]):
    """Rows that are made anew each time they are walked."""

    make: Callable[[], Iterator[Row]]

    def __iter__(self) -> Iterator[Row]:
        return self.make()


@dataclass(frozen=True, slots=True)
class Content:
    """What can be written: a selection as a graph, the same as RDF, and what its papers hold.

    Give what the format takes; what is not given is refused by name when a format needs it.
    """

    graph: GraphRows | None = None
    triples: Iterable[Quad | Triple] | Sorted | None = None
    results: Iterable[ResultRow] | None = None
    papers: Iterable[PaperRow] | None = None
    mentions: Iterable[MentionRow] | None = None

    def parts(self, format_: Format) -> tuple[Any, ...]:
        """What the format's writer gets before the place to write to.

        Raises:
            ExportError: a part that it takes was not given.
        """
        found = tuple(getattr(self, takes) for takes in format_.takes)
        for takes, part in zip(format_.takes, found, strict=True):
            if part is None:
                raise ExportError(f"{format_.name} is written from the {takes} of a selection, and none was given")
        return found


@dataclass(frozen=True, slots=True)
class Format:
    """A file format; it has `write`, or `write_folder` where it is a folder of files."""

    name: str
    media_type: str
    extension: str
    spec_url: str
    about: str
    takes: tuple[Takes, ...]
    write: Callable[..., Counts] | None = None
    write_folder: Callable[..., dict[str, Counts]] | None = None
    names_vary: bool = False
    requires: str | None = None

    def check_installed(self) -> None:
        """Nothing happens where the library it needs is there.

        Raises:
            ExportError: it is not; the message says how to get it.
        """
        if self.requires and find_spec(self.requires) is None:
            raise ExportError(
                f"{self.name} needs {self.requires}, which is not installed: pip install 'mlkg[{self.name}]'"
            )
