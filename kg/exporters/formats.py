"""The table of formats: what `kg export` can write, and for which tool."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from kg.errors import ExportError, OutputError, UnknownNameError
from kg.exporters import csv_tables, gexf, graphml, rdf
from kg.files import part_beside, whole_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    import networkx as nx
    from pyoxigraph import Quad, Triple

    from kg.exporters.rdf import Sorted
    from kg.exporters.rows import Counts, ResultRow

__all__ = ["FORMATS", "Content", "Format", "Table", "Takes", "find_format", "write"]


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

    graph: nx.MultiDiGraph | None = None
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


_ALL: Final = (
    Format(
        "turtle",
        "text/turtle",
        ".ttl",
        "https://www.w3.org/TR/turtle/",
        "RDF to read and to load: Protégé, GraphDB, Fuseki, Neo4j's n10s, rdflib",
        Takes.TRIPLES,
        rdf.write_turtle,
    ),
    Format(
        "ntriples",
        "application/n-triples",
        ".nt",
        "https://www.w3.org/TR/n-triples/",
        "RDF, one sorted triple a line: bulk loaders, diff, grep",
        Takes.TRIPLES,
        rdf.write_ntriples,
    ),
    Format(
        "nquads",
        "application/n-quads",
        ".nq",
        "https://www.w3.org/TR/n-quads/",
        "RDF with graph names, one sorted quad a line",
        Takes.TRIPLES,
        rdf.write_nquads,
    ),
    Format(
        "trig",
        "application/trig",
        ".trig",
        "https://www.w3.org/TR/trig/",
        "Turtle with graph names",
        Takes.TRIPLES,
        rdf.write_trig,
    ),
    Format(
        "rdfxml",
        "application/rdf+xml",
        ".rdf",
        "https://www.w3.org/TR/rdf-syntax-grammar/",
        "RDF for tools that want XML",
        Takes.TRIPLES,
        rdf.write_rdfxml,
    ),
    Format(
        "jsonld",
        "application/ld+json",
        ".jsonld",
        "https://www.w3.org/TR/json-ld11/",
        "RDF as expanded JSON",
        Takes.TRIPLES,
        rdf.write_jsonld,
    ),
    Format(
        "graphml",
        "application/graphml+xml",
        ".graphml",
        "http://graphml.graphdrawing.org/specification.html",
        "graph with attributes: yEd, Cytoscape, Gephi, igraph, networkx",
        Takes.GRAPH,
        graphml.write,
    ),
    Format(
        "gexf",
        "application/gexf+xml",
        ".gexf",
        "https://gexf.net/schema.html",
        "graph with attributes: Gephi, Gephi Lite, networkx",
        Takes.GRAPH,
        gexf.write,
    ),
    Format(
        "csv",
        "text/csv",
        "",
        "https://www.rfc-editor.org/rfc/rfc4180",
        "a folder of four tables: spreadsheets, pandas, DuckDB",
        tables=(
            Table("nodes.csv", Takes.GRAPH, csv_tables.write_nodes),
            Table("edges.csv", Takes.GRAPH, csv_tables.write_edges),
            Table("evidence.csv", Takes.GRAPH, csv_tables.write_evidence),
            Table("results.csv", Takes.RESULTS, csv_tables.write_results),
        ),
    ),
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
