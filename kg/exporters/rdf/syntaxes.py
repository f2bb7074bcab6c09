"""RDF: Turtle, N-Triples, N-Quads, TriG, RDF/XML; JSON-LD is a module of its own.

Statements are written sorted by their N-Triples or N-Quads line and each once, so the same graph gives the same bytes.

Turtle, N-Triples, RDF/XML and JSON-LD hold the union of all graphs; N-Quads and TriG keep graph names. RDF/XML is XML
1.0: a control character in a literal becomes U+FFFD there, and a predicate that does not end in an XML name is
refused.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from kg.errors import ExportError
from kg.exporters.clean import clean
from kg.exporters.format import Format, Takes
from kg.exporters.rdf import jsonld
from kg.exporters.rdf.statement_lines import Sorted, sorted_lines, sorted_triples
from kg.exporters.rows import Counts
from kg.vocabulary import FOLDERS, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad, RdfFormat, Triple

__all__ = [
    "FORMATS",
    "write_nquads",
    "write_ntriples",
    "write_rdfxml",
    "write_trig",
    "write_turtle",
]

_PREFIXES: Final = PREFIXES | FOLDERS
"""So that a line reads `paper:arxiv-2305.14314 mlkg:extends method:lora`."""

_XML_NAME: Final = re.compile(r"[A-Za-z_][0-9A-Za-z_.\-]*$")


def write_turtle(statements: Iterable[Quad | Triple] | Sorted, file: BinaryIO) -> Counts:
    """Turtle with our prefixes, one block a subject. https://www.w3.org/TR/turtle/."""
    from pyoxigraph import RdfFormat  # noqa: PLC0415

    with sorted_triples(statements) as ordered:
        _serialize(_read(ordered), file, RdfFormat.TURTLE)
        return Counts(triples=ordered.count)


def write_ntriples(statements: Iterable[Quad | Triple] | Sorted, file: BinaryIO) -> Counts:
    """Canonical N-Triples, lines sorted: two files compare with `diff`. https://www.w3.org/TR/n-triples/."""
    from pyoxigraph import RdfFormat  # noqa: PLC0415

    return _write_lines(statements, file, RdfFormat.N_TRIPLES)


def write_nquads(statements: Iterable[Quad | Triple] | Sorted, file: BinaryIO) -> Counts:
    """N-Quads, lines sorted; graph names are kept. https://www.w3.org/TR/n-quads/."""
    from pyoxigraph import RdfFormat  # noqa: PLC0415

    return _write_lines(statements, file, RdfFormat.N_QUADS)


def write_trig(statements: Iterable[Quad | Triple] | Sorted, file: BinaryIO) -> Counts:
    """TriG with our prefixes; graph names are kept. https://www.w3.org/TR/trig/."""
    from pyoxigraph import RdfFormat  # noqa: PLC0415

    with tempfile.TemporaryFile() as quads:
        counts = _write_lines(statements, cast("BinaryIO", quads), RdfFormat.N_QUADS)
        quads.seek(0)
        _serialize(_parse(cast("BinaryIO", quads), RdfFormat.N_QUADS), file, RdfFormat.TRIG)
        return counts


def write_rdfxml(statements: Iterable[Quad | Triple] | Sorted, file: BinaryIO) -> Counts:
    """RDF/XML. https://www.w3.org/TR/rdf-syntax-grammar/.

    Raises:
        ExportError: a predicate does not end in an XML name.
    """
    from pyoxigraph import RdfFormat  # noqa: PLC0415

    with sorted_triples(statements) as ordered:
        triples = map(_for_xml, _read(ordered))
        _serialize(triples, _CarriageReturns(file), RdfFormat.RDF_XML)
        return Counts(triples=ordered.count)


def _write_lines(statements: Iterable[Quad | Triple] | Sorted, file: BinaryIO, format_: RdfFormat) -> Counts:
    if isinstance(statements, Sorted):
        statements.lines.seek(0)
        shutil.copyfileobj(statements.lines, file)
        return Counts(triples=statements.count)
    count = 0
    for line in sorted_lines(statements, format_):
        file.write(line)
        count += 1
    return Counts(triples=count)


def _read(ordered: Sorted) -> Iterator[Quad]:
    from pyoxigraph import RdfFormat  # noqa: PLC0415

    ordered.lines.seek(0)
    return _parse(ordered.lines, RdfFormat.N_TRIPLES)


def _parse(lines: BinaryIO, format_: RdfFormat) -> Iterator[Quad]:
    from pyoxigraph import parse  # noqa: PLC0415

    return parse(lines, format=format_)


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
        (Takes.TRIPLES,),
        write_turtle,
    ),
    Format(
        "ntriples",
        "application/n-triples",
        ".nt",
        "https://www.w3.org/TR/n-triples/",
        "RDF, one sorted triple a line: bulk loaders, diff, grep",
        (Takes.TRIPLES,),
        write_ntriples,
    ),
    Format(
        "nquads",
        "application/n-quads",
        ".nq",
        "https://www.w3.org/TR/n-quads/",
        "RDF with graph names, one sorted quad a line",
        (Takes.TRIPLES,),
        write_nquads,
    ),
    Format(
        "trig",
        "application/trig",
        ".trig",
        "https://www.w3.org/TR/trig/",
        "Turtle with graph names",
        (Takes.TRIPLES,),
        write_trig,
    ),
    Format(
        "rdfxml",
        "application/rdf+xml",
        ".rdf",
        "https://www.w3.org/TR/rdf-syntax-grammar/",
        "RDF for tools that want XML",
        (Takes.TRIPLES,),
        write_rdfxml,
    ),
    jsonld.FORMAT,
)
