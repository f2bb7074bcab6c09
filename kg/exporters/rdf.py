"""RDF: Turtle, N-Triples, N-Quads, TriG, RDF/XML, JSON-LD.

Statements are sorted by their N-Triples or N-Quads line and each is written once, so the same graph gives the same
bytes whatever order it comes in (blank nodes aside: the store has none). Sorting happens in pieces on disk: memory
does not grow with the graph.

Turtle, N-Triples, RDF/XML and JSON-LD hold the union of all graphs; N-Quads and TriG keep graph names. RDF/XML is XML
1.0: a control character in a literal becomes U+FFFD there, and a predicate that does not end in an XML name is
refused.
"""

from __future__ import annotations

import heapq
import re
import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from kg.errors import ExportError
from kg.exporters.clean import clean
from kg.exporters.format import Format, Takes
from kg.exporters.rows import Counts
from kg.vocabulary import BASE, PREFIXES, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

    from pyoxigraph import Quad, RdfFormat, Triple

__all__ = [
    "FORMATS",
    "Sorted",
    "sorted_triples",
    "write_jsonld",
    "write_nquads",
    "write_ntriples",
    "write_rdfxml",
    "write_trig",
    "write_turtle",
]

_PIECE: Final = 250_000
"""Statements sorted in memory at a time, some 100 MB."""
_BATCH: Final = 10_000
"""Statements turned into lines at a time."""

_FOLDERS: Final = (
    "evidence",
    "mention",
    "organisation",
    "paper",
    "result",
    "statement",
    *(kind.folder for kind in Kind),
)
_PREFIXES: Final = PREFIXES | {folder: f"{BASE}{folder}/" for folder in _FOLDERS}
"""A prefix for each kind of node too, so that a line reads `paper:arxiv-2305.14314 mlkg:extends method:lora`."""

_XML_NAME: Final = re.compile(r"[A-Za-z_][0-9A-Za-z_.\-]*$")


@dataclass(frozen=True, slots=True)
class Sorted:
    """Triples on disk, as N-Triples lines in their order, none twice; made by `sorted_triples`."""

    lines: BinaryIO
    count: int


@contextmanager
def sorted_triples(statements: Iterable[Quad | Triple] | Sorted) -> Iterator[Sorted]:
    """The triples sorted, without graph names, for as long as the block lasts; what is sorted already is passed on."""
    from pyoxigraph import RdfFormat  # noqa: PLC0415

    if isinstance(statements, Sorted):
        yield statements
        return
    with _sorted_lines(statements, RdfFormat.N_TRIPLES) as ordered:
        yield ordered


@contextmanager
def _sorted_lines(statements: Iterable[Quad | Triple], format_: RdfFormat) -> Iterator[Sorted]:
    """The lines of a line format, sorted by merging pieces that are sorted in memory."""
    with ExitStack() as files:

        def new_file() -> BinaryIO:
            return cast("BinaryIO", files.enter_context(tempfile.TemporaryFile()))

        pieces: list[BinaryIO] = []
        for lines in _line_sets(statements, format_):
            piece = new_file()
            piece.writelines(sorted(lines))
            piece.seek(0)
            pieces.append(piece)
        merged = new_file()
        count = 0
        last = b""
        for line in heapq.merge(*pieces):
            if line != last:
                merged.write(line)
                count += 1
                last = line
        yield Sorted(merged, count)


def _line_sets(statements: Iterable[Quad | Triple], format_: RdfFormat) -> Iterator[set[bytes]]:
    iterator = iter(statements)
    lines: set[bytes] = set()
    while batch := list(islice(iterator, _BATCH)):
        lines.update(_lines(batch, format_).splitlines(keepends=True))
        if len(lines) >= _PIECE:
            yield lines
            lines = set()
    if lines:
        yield lines


def _lines(statements: list[Quad | Triple], format_: RdfFormat) -> bytes:
    from pyoxigraph import Quad, serialize  # noqa: PLC0415

    try:
        data = serialize(cast("list[Triple]", statements), format=format_)
    except ValueError:
        # "The N-Triples format does not support named graphs": rare, and slower.
        bare = [each.triple if isinstance(each, Quad) else each for each in statements]
        data = serialize(bare, format=format_)
    return data or b""


def write_turtle(statements: Iterable[Quad | Triple] | Sorted, file: BinaryIO) -> Counts:
    """Turtle with our prefixes, one block a subject. https://www.w3.org/TR/turtle/."""
    from pyoxigraph import RdfFormat  # noqa: PLC0415

    return _write_triples(statements, file, RdfFormat.TURTLE)


def write_ntriples(statements: Iterable[Quad | Triple] | Sorted, file: BinaryIO) -> Counts:
    """Canonical N-Triples, lines sorted: two files compare with `diff`. https://www.w3.org/TR/n-triples/."""
    with sorted_triples(statements) as ordered:
        ordered.lines.seek(0)
        shutil.copyfileobj(ordered.lines, file)
        return Counts(triples=ordered.count)


def write_nquads(statements: Iterable[Quad | Triple] | Sorted, file: BinaryIO) -> Counts:
    """N-Quads, lines sorted; graph names are kept. https://www.w3.org/TR/n-quads/."""
    with _sorted_quads(statements) as ordered:
        ordered.lines.seek(0)
        shutil.copyfileobj(ordered.lines, file)
        return Counts(triples=ordered.count)


def write_trig(statements: Iterable[Quad | Triple] | Sorted, file: BinaryIO) -> Counts:
    """TriG with our prefixes; graph names are kept. https://www.w3.org/TR/trig/."""
    from pyoxigraph import RdfFormat  # noqa: PLC0415

    with _sorted_quads(statements) as ordered:
        _serialize(_read(ordered, RdfFormat.N_QUADS), file, RdfFormat.TRIG)
        return Counts(triples=ordered.count)


def write_jsonld(statements: Iterable[Quad | Triple] | Sorted, file: BinaryIO) -> Counts:
    """Expanded JSON-LD, full IRIs and no context. https://www.w3.org/TR/json-ld11/."""
    from pyoxigraph import RdfFormat  # noqa: PLC0415

    return _write_triples(statements, file, RdfFormat.JSON_LD)


def write_rdfxml(statements: Iterable[Quad | Triple] | Sorted, file: BinaryIO) -> Counts:
    """RDF/XML. https://www.w3.org/TR/rdf-syntax-grammar/.

    Raises:
        ExportError: a predicate does not end in an XML name.
    """
    from pyoxigraph import RdfFormat  # noqa: PLC0415

    with sorted_triples(statements) as ordered:
        triples = map(_for_xml, _read(ordered, RdfFormat.N_TRIPLES))
        _serialize(triples, _CarriageReturns(file), RdfFormat.RDF_XML)
        return Counts(triples=ordered.count)


def _write_triples(statements: Iterable[Quad | Triple] | Sorted, file: BinaryIO, format_: RdfFormat) -> Counts:
    from pyoxigraph import RdfFormat  # noqa: PLC0415

    with sorted_triples(statements) as ordered:
        _serialize(_read(ordered, RdfFormat.N_TRIPLES), file, format_)
        return Counts(triples=ordered.count)


def _sorted_quads(statements: Iterable[Quad | Triple] | Sorted) -> AbstractContextManager[Sorted]:
    """Quads, sorted; of sorted triples their lines as they are, for a triple is a quad of the default graph."""
    from pyoxigraph import RdfFormat  # noqa: PLC0415

    return (
        sorted_triples(statements) if isinstance(statements, Sorted) else _sorted_lines(statements, RdfFormat.N_QUADS)
    )


def _read(ordered: Sorted, format_: RdfFormat) -> Iterator[Quad]:
    from pyoxigraph import parse  # noqa: PLC0415

    ordered.lines.seek(0)
    return parse(ordered.lines, format=format_)


def _serialize(
    statements: Iterator[Quad] | Iterator[Triple], file: BinaryIO | _CarriageReturns, format_: RdfFormat
) -> None:
    from pyoxigraph import serialize  # noqa: PLC0415

    serialize(cast("Iterable[Triple]", statements), cast("BinaryIO", file), format_, prefixes=_PREFIXES)


class _CarriageReturns:
    """Writes a carriage return so that XML readers keep it; pyoxigraph writes it bare, and nowhere but in literals."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, data: bytes) -> int:
        self._file.write(data.replace(b"\r", b"&#13;"))
        return len(data)

    def flush(self) -> None:
        self._file.flush()


def _for_xml(statement: Quad) -> Triple:
    """The statement as XML 1.0 can hold it.

    Raises:
        ExportError: it cannot.
    """
    from pyoxigraph import Literal, Triple  # noqa: PLC0415

    predicate, value = statement.predicate, statement.object
    if not _XML_NAME.search(predicate.value):
        raise ExportError(f"RDF/XML cannot hold {predicate.value}: it does not end in an XML name; turtle can")
    if isinstance(value, Literal) and (text := clean(value.value)) != value.value:
        value = Literal(text, language=value.language) if value.language else Literal(text, datatype=value.datatype)
    return Triple(statement.subject, predicate, value)


FORMATS: Final = (
    Format(
        "turtle",
        "text/turtle",
        ".ttl",
        "https://www.w3.org/TR/turtle/",
        "RDF to read and to load: Protégé, GraphDB, Fuseki, Neo4j's n10s, rdflib",
        Takes.TRIPLES,
        write_turtle,
    ),
    Format(
        "ntriples",
        "application/n-triples",
        ".nt",
        "https://www.w3.org/TR/n-triples/",
        "RDF, one sorted triple a line: bulk loaders, diff, grep",
        Takes.TRIPLES,
        write_ntriples,
    ),
    Format(
        "nquads",
        "application/n-quads",
        ".nq",
        "https://www.w3.org/TR/n-quads/",
        "RDF with graph names, one sorted quad a line",
        Takes.TRIPLES,
        write_nquads,
    ),
    Format(
        "trig",
        "application/trig",
        ".trig",
        "https://www.w3.org/TR/trig/",
        "Turtle with graph names",
        Takes.TRIPLES,
        write_trig,
    ),
    Format(
        "rdfxml",
        "application/rdf+xml",
        ".rdf",
        "https://www.w3.org/TR/rdf-syntax-grammar/",
        "RDF for tools that want XML",
        Takes.TRIPLES,
        write_rdfxml,
    ),
    Format(
        "jsonld",
        "application/ld+json",
        ".jsonld",
        "https://www.w3.org/TR/json-ld11/",
        "RDF as expanded JSON",
        Takes.TRIPLES,
        write_jsonld,
    ),
)
