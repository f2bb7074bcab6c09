"""A file or folder to import: what format it has, by what is in it and what it is called, and the way to read it."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import InputError
from kg.importers import csv_tables, graphml
from kg.importers.difference import Known, difference
from kg.importers.problems import Problems
from kg.importers.rdf import RdfReader
from kg.importers.rows import RowReader
from kg.importers.said import Said
from kg.importers.triples import Triples, lines_of
from kg.papers.sources import UnreadableError, open_source
from kg.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kg.curated import Import
    from kg.facts import PaperFacts
    from kg.identifiers import PaperId
    from kg.ontology import Ontology
    from kg.papers.sources import Source
    from kg.resolve import Resolved

__all__ = ["TAKEN_BACK", "Opened", "open_import"]

_ENDINGS: Final = {
    ".ttl": "turtle",
    ".turtle": "turtle",
    ".nt": "ntriples",
    ".nq": "nquads",
    ".trig": "trig",
    ".rdf": "rdfxml",
    ".owl": "rdfxml",
    ".jsonld": "jsonld",
    ".graphml": "graphml",
}
_RDF: Final = {
    "turtle": "TURTLE",
    "ntriples": "N_TRIPLES",
    "nquads": "N_QUADS",
    "trig": "TRIG",
    "rdfxml": "RDF_XML",
    "jsonld": "JSON_LD",
}
TAKEN_BACK: Final = (*_RDF, "graphml", "csv")
"""The formats of `kg export` that an import takes back."""
_PACKED: Final = (".gz", ".zst")
_LONGEST_NAME: Final = 200
_SEEN: Final = (
    ("graphml", re.compile(rb"<(?:\w+:)?graphml\b")),
    ("rdfxml", re.compile(rb"<(?:\w+:)?RDF\b")),
    ("jsonld", re.compile(rb"\s*[\[{]")),
    ("turtle", re.compile(rb"(?:^|\n)\s*(?:@prefix|@base|PREFIX|BASE)\b", re.IGNORECASE)),
    ("nquads", re.compile(rb"(?:^|\n)<[^>\s]*>\s+<[^>\s]*>\s+\S")),  # N-Triples are N-Quads
)
_KNOWN: Final = "RDF (.ttl, .nt, .nq, .trig, .rdf, .jsonld), GraphML (.graphml) or a folder of CSV tables"


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that is being imported under a name.

    `facts` are its papers, read as they are taken; `say` is as in `kg.store.Incoming`, and `problems` is complete when
    both are done. `left_out` then says how much is not taken without being wrong, by what it is. `whole` says whether
    the papers have their texts, and not just the sentences that are quoted.
    """

    name: str
    format: str
    facts: Iterable[PaperFacts]
    say: Callable[[Resolved, Mapping[PaperId, PaperFacts], Sequence[Import]], list[Import]]
    problems: Problems
    left_out: Callable[[], dict[str, int]]
    whole: bool


@contextmanager
def open_import(path: Path | str, ontology: Ontology, *, name: str | None = None) -> Iterator[Opened]:
    """The file, or folder of CSV tables, open for as long as the block lasts; `name` is else the path as it is given.

    Raises:
        InputError: it cannot be read, or is in no format that we take back.
    """
    path = Path(path)
    name = clean(name if name is not None else os.fspath(path))
    if not name.strip() or len(name) > _LONGEST_NAME:
        raise InputError(os.fspath(path), None, f"give the import a name of 1 to {_LONGEST_NAME} characters: --as NAME")
    if os.fspath(path) == "-":
        raise InputError("-", None, "an import is read from a file or a folder, and not from standard input: save it")
    said = Said(ontology)
    try:
        if path.is_dir():
            with _tables(path, name, said, ontology) as opened:
                yield opened
            return
        source = open_source(os.fspath(path))
        format_ = _format(path, source)
        if format_ == "graphml":
            problems = Problems(source.name)
            with source.stream:
                rows = RowReader(name, said, ontology, problems)
                graphml.read(source, rows, problems)
            yield _opened(name, format_, rows, said, ontology, problems)
        else:
            with _triples(path, source, format_, name, said, ontology) as opened:
                yield opened
    except UnreadableError as error:
        raise InputError(os.fspath(path), None, str(error)) from error


@contextmanager
def _triples(path: Path, source: Source, format_: str, name: str, said: Said, ontology: Ontology) -> Iterator[Opened]:
    from pyoxigraph import RdfFormat  # noqa: PLC0415

    def lines(culprits: set[str]) -> dict[str, int]:
        again = open_source(os.fspath(path))
        with again.stream:
            return lines_of(again, culprits)

    problems = Problems(source.name, lines)
    with source.stream:
        triples = Triples(source, getattr(RdfFormat, _RDF[format_]), problems)
    with triples:
        reader = RdfReader(triples, said, ontology, problems)
        yield _opened(name, format_, reader, said, ontology, problems)


@contextmanager
def _tables(folder: Path, name: str, said: Said, ontology: Ontology) -> Iterator[Opened]:
    found = [table for table in ("nodes.csv", "edges.csv") if (folder / table).is_file()]
    if not found:
        raise InputError(os.fspath(folder), None, f"no nodes.csv and no edges.csv in here; an import is {_KNOWN}")
    problems = Problems(clean(os.fspath(folder)))
    rows = RowReader(name, said, ontology, problems)
    csv_tables.read(folder, rows, problems)
    yield _opened(name, "csv", rows, said, ontology, problems)


def _opened(
    name: str, format_: str, reader: RdfReader | RowReader, said: Said, ontology: Ontology, problems: Problems
) -> Opened:
    def say(resolved: Resolved, papers: Mapping[PaperId, PaperFacts], imports: Sequence[Import]) -> list[Import]:
        return difference(said, name, Known(ontology, resolved, papers, imports), problems)

    def left_out() -> dict[str, int]:
        outdated = {"rows and edges of another ontology, where the one here holds": said.outdated}
        return {what: count for what, count in (reader.left_out | outdated).items() if count}

    said.seal()
    return Opened(name, format_, reader.papers(), say, problems, left_out, reader.whole)


def _format(path: Path, source: Source) -> str:
    """By the ending of its name, else by its beginning."""
    ending = path.with_suffix("").suffix if path.suffix in _PACKED else path.suffix
    if ending.lower() == ".csv":
        source.stream.close()
        raise source.problem(f"a table belongs to a folder of tables ({', '.join(csv_tables.TABLES)}): name the folder")
    known = _ENDINGS.get(ending.lower()) or next((name for name, mark in _SEEN if mark.search(source.head)), None)
    if known is None:
        source.stream.close()
        raise source.problem(f"in no format that can be taken back; an import is {_KNOWN}")
    return known
