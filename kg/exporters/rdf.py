"""RDF: Turtle, N-Triples, N-Quads, TriG, RDF/XML, JSON-LD.

Statements are sorted by their N-Quads line and each is written once, so the same graph gives the same bytes whatever
order it comes in (blank nodes aside: the store has none). Sorting happens in pieces on disk: memory does not grow
with the graph.

Turtle, N-Triples, RDF/XML and JSON-LD hold the union of all graphs; N-Quads and TriG keep graph names. RDF/XML is XML
1.0: a control character in a literal becomes U+FFFD there, and a predicate that does not end in an XML name is
refused.
"""

from __future__ import annotations

import heapq
import re
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from kg.errors import ExportError
from kg.exporters.clean import clean
from kg.exporters.rows import Counts
from kg.vocabulary import BASE, PREFIXES, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Literal, Quad, RdfFormat, Triple

__all__ = [
    "Sorted",
    "sorted_statements",
    "write_jsonld",
    "write_nquads",
    "write_ntriples",
    "write_rdfxml",
    "write_trig",
    "write_turtle",
]

_PIECE: Final = 250_000
"""Statements sorted in memory at a time, some 100 MB."""

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
    """Statements on disk, as N-Quads lines in their order, none twice; made by `sorted_statements`."""

    lines: BinaryIO
    count: int


@contextmanager
def sorted_statements(statements: Iterable[Quad | Triple] | Sorted) -> Iterator[Sorted]:
    """The statements sorted, for as long as the block lasts; what is sorted already is passed on."""
    if isinstance(statements, Sorted):
        yield statements
        return
    with ExitStack() as files:
        pieces: list[BinaryIO] = []
        iterator = iter(statements)
        while lines := _sorted_lines(list(islice(iterator, _PIECE))):
            piece = cast("BinaryIO", files.enter_context(tempfile.TemporaryFile()))
            piece.writelines(lines)
            piece.seek(0)
            pieces.append(piece)
        merged = cast("BinaryIO", files.enter_context(tempfile.TemporaryFile()))
        count = 0
        last = b""
        for line in heapq.merge(*pieces):
            if line != last:
                merged.write(line)
                count += 1
                last = line
        yield Sorted(merged, count)


def _sorted_lines(statements: list[Quad | Triple]) -> list[bytes]:
    from pyoxigraph import Quad, RdfFormat, serialize  # noqa: PLC0415

    quads = [statement if isinstance(statement, Quad) else Quad(*statement) for statement in statements]
    data = serialize(quads, format=RdfFormat.N_QUADS)
    assert data is not None
    return sorted(set(data.splitlines(keepends=True)))


def write_turtle(statements: Iterable[Quad | Triple] | Sorted, file: BinaryIO) -> Counts:
    """Turtle with our prefixes, one block a subject. https://www.w3.org/TR/turtle/."""
    from pyoxigraph import RdfFormat  # noqa: PLC0415

    return _write(statements, file, RdfFormat.TURTLE)


def write_ntriples(statements: Iterable[Quad | Triple] | Sorted, file: BinaryIO) -> Counts:
    """Canonical N-Triples, lines sorted: two files compare with `diff`. https://www.w3.org/TR/n-triples/."""
    from pyoxigraph import RdfFormat  # noqa: PLC0415

    return _write(statements, file, RdfFormat.N_TRIPLES)


def write_nquads(statements: Iterable[Quad | Triple] | Sorted, file: BinaryIO) -> Counts:
    """N-Quads, lines sorted; graph names are kept. https://www.w3.org/TR/n-quads/."""
    from pyoxigraph import RdfFormat  # noqa: PLC0415

    return _write(statements, file, RdfFormat.N_QUADS)


def write_trig(statements: Iterable[Quad | Triple] | Sorted, file: BinaryIO) -> Counts:
    """TriG with our prefixes; graph names are kept. https://www.w3.org/TR/trig/."""
    from pyoxigraph import RdfFormat  # noqa: PLC0415

    return _write(statements, file, RdfFormat.TRIG)


def write_jsonld(statements: Iterable[Quad | Triple] | Sorted, file: BinaryIO) -> Counts:
    """Expanded JSON-LD, full IRIs and no context. https://www.w3.org/TR/json-ld11/."""
    from pyoxigraph import RdfFormat  # noqa: PLC0415

    return _write(statements, file, RdfFormat.JSON_LD)


def write_rdfxml(statements: Iterable[Quad | Triple] | Sorted, file: BinaryIO) -> Counts:
    """RDF/XML. https://www.w3.org/TR/rdf-syntax-grammar/.

    Raises:
        ExportError: a predicate does not end in an XML name.
    """
    from pyoxigraph import RdfFormat  # noqa: PLC0415

    return _write(statements, _CarriageReturns(file), RdfFormat.RDF_XML)


class _CarriageReturns:
    """Writes a carriage return so that XML readers keep it; pyoxigraph writes it bare, and nowhere but in literals."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, data: bytes) -> int:
        self._file.write(data.replace(b"\r", b"&#13;"))
        return len(data)

    def flush(self) -> None:
        self._file.flush()


def _write(
    statements: Iterable[Quad | Triple] | Sorted, file: BinaryIO | _CarriageReturns, format_: RdfFormat
) -> Counts:
    from pyoxigraph import RdfFormat, parse, serialize  # noqa: PLC0415

    with sorted_statements(statements) as ordered:
        ordered.lines.seek(0)
        quads: Iterator[Quad] = parse(ordered.lines, format=RdfFormat.N_QUADS)
        if format_ == RdfFormat.RDF_XML:
            triples: Iterator[Triple | Quad] = map(_for_xml, _union(quads))
        else:
            triples = iter(quads) if format_.supports_datasets and format_ != RdfFormat.JSON_LD else _union(quads)
        written = _Counted(triples)
        try:
            serialize(cast("Iterable[Triple]", written), cast("BinaryIO", file), format_, prefixes=_PREFIXES)
        except ValueError as error:
            raise ExportError(f"{format_.name} cannot hold this graph: {error}") from error
        return Counts(triples=written.count)


class _Counted:
    """An iterator that knows how much it has given."""

    def __init__(self, items: Iterator[Triple | Quad]) -> None:
        self._items = items
        self.count = 0

    def __iter__(self) -> Iterator[Triple | Quad]:
        for item in self._items:
            self.count += 1
            yield item


def _union(quads: Iterable[Quad]) -> Iterator[Triple | Quad]:
    """The triples without their graph; of one said in several graphs in a row, one."""
    last = None
    for quad in quads:
        if quad.triple != last:
            yield quad.triple
            last = quad.triple


def _for_xml(statement: Triple | Quad) -> Triple:
    from pyoxigraph import Literal, Triple  # noqa: PLC0415

    if not _XML_NAME.search(statement.predicate.value):
        raise ExportError(
            f"RDF/XML cannot hold the predicate {statement.predicate.value}: it does not end in an XML name; turtle can"
        )
    value = statement.object
    if isinstance(value, Literal) and (text := clean(value.value)) != value.value:
        value = _same_kind(value, text)
    return Triple(statement.subject, statement.predicate, value)


def _same_kind(literal: Literal, text: str) -> Literal:
    from pyoxigraph import Literal  # noqa: PLC0415

    if literal.language:
        return Literal(text, language=literal.language)
    return Literal(text, datatype=literal.datatype)
