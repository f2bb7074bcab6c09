"""An RDF file in a temporary store: its triples checked against our vocabulary one by one, memory bounded.

Nothing is fetched and nothing is executed: JSON-LD with a remote context is a syntax error, RDF/XML that declares
entities is refused, an IRI is a name and never an address.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, Self, cast
from xml.sax.handler import ContentHandler

from kg.errors import InputError, near
from kg.files import temporary_files
from kg.identifiers import prefixed
from kg.importers.rules import class_of
from kg.importers.subject import Subject
from kg.papers.xml_stream import XmlStream
from kg.store.description import GRAPH_IRI
from kg.vocabulary import BASE, INVERSES, PREFIXES, Class, Predicate, Property

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.sax.xmlreader import AttributesImpl

    from pyoxigraph import Quad, RdfFormat

    from kg.importers.problems import Problems
    from kg.papers.sources import Source

__all__ = ["SOURCE", "TYPE", "Triples", "lines_of"]

_BATCH: Final = 200_000
"""Triples loaded at a time."""
_LONGEST: Final = 1_000_000
"""Characters of the longest literal: ten times the longest abstract there is."""

TYPE: Final = f"{PREFIXES['rdf']}type"
SOURCE: Final = f"{PREFIXES['dcterms']}source"
_TAKEN: Final = frozenset(
    [
        TYPE,
        SOURCE,
        *(predicate.iri for predicate in Predicate),
        *(prop.iri for prop in Property),
        *(PREFIXES["rdf"] + name for name in ("subject", "predicate", "object")),
        *(PREFIXES["dcterms"] + name for name in ("title", "abstract", "date", "creator", "identifier")),
        *(PREFIXES["skos"] + name for name in ("prefLabel", "altLabel")),
        PREFIXES["rdfs"] + "label",
        PREFIXES["schema"] + "url",
        PREFIXES["fabio"] + "hasArXivId",
    ]
)
_TURNED: Final = {BASE + name: predicate.iri for predicate, name in INVERSES.items()}
"""The inverses that the schema declares, with the properties that our data has in their place."""
_WORKED_OUT: Final = frozenset(
    [
        *(prop.iri for prop in (Property.NORMAL_FORM, Property.PAPER_COUNT, Property.SENTENCE, Property.FIELD)),
        *(prop.iri for prop in (Property.SENTENCE_START, Property.SUPPORT)),
        *(PREFIXES["biolink"] + name for name in ("knowledge_level", "agent_type")),
        PREFIXES["dcterms"] + "isReplacedBy",
        PREFIXES["owl"] + "deprecated",
    ]
)
"""Ours, and left aside: the store makes them again from the rest."""
_CLASSES: Final = frozenset(
    [
        *(cls.iri for cls in Class),
        PREFIXES["rdf"] + "Statement",
        PREFIXES["fabio"] + "Preprint",
        PREFIXES["fabio"] + "ResearchPaper",
        PREFIXES["owl"] + "NamedIndividual",  # Protégé says it of everything
    ]
)
_DEEPEST: Final = 50
"""Elements within elements; ours go five deep."""
_TELLING: Final = frozenset({Class.STATEMENT.iri, Class.MENTION.iri, Class.RESULT.iri})
_NAMELESS: Final = "a blank node or quoted triple"
_RECORDS: Final = ("evidence", "mention", "result", "statement")


class Triples:
    """The triples of a file that are of our vocabulary; names of graphs are dropped. Use in a `with` block."""

    def __init__(self, source: Source, format_: RdfFormat, problems: Problems) -> None:
        from pyoxigraph import Store  # noqa: PLC0415

        self.ontology: str | None = None
        """The digest of the ontology that the graph was made with, where the file has it."""
        self.things: set[str] = set()
        """Every entity and organisation that the file says something of."""
        self.papers: set[str] = set()
        self.records: Counter[str] = Counter()
        """How many statements, mentions and results there are, by class."""
        self._problems = problems
        with temporary_files():
            self._folder = tempfile.TemporaryDirectory(prefix="kg-import-", ignore_cleanup_errors=True)
            try:
                self._store = Store(str(Path(self._folder.name, "rdf")))
                triples = self._checked(_parsed(source, format_))
                while batch := list(islice(triples, _BATCH)):
                    self._store.bulk_extend(batch)
            except BaseException:
                self._folder.cleanup()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        del self._store
        self._folder.cleanup()

    def subject(self, iri: str) -> Subject:
        """What is said of an IRI; nothing where it is none that the file has."""
        from pyoxigraph import NamedNode  # noqa: PLC0415

        return Subject(iri, self._store.quads_for_pattern(NamedNode(iri), None, None, None))

    def leading_to(self, prop: str, iri: str) -> list[str]:
        """The subjects of which a property has that IRI, sorted."""
        from pyoxigraph import NamedNode  # noqa: PLC0415

        found = self._store.quads_for_pattern(None, NamedNode(prop), NamedNode(iri), None)
        return sorted(cast("NamedNode", quad.subject).value for quad in found)

    def objects(self, prop: str) -> set[str]:
        """Every IRI that a property leads to."""
        from pyoxigraph import NamedNode  # noqa: PLC0415

        found = self._store.quads_for_pattern(None, NamedNode(prop), None, None)
        return {quad.object.value for quad in found if isinstance(quad.object, NamedNode)}

    def _checked(self, quads: Iterator[Quad]) -> Iterator[Quad]:
        from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad  # noqa: PLC0415

        refuse = self._problems.add
        for quad in quads:
            subject, predicate, value = quad.subject, quad.predicate.value, quad.object
            if not isinstance(subject, NamedNode):
                refuse(_NAMELESS, "give what you speak of an IRI of ours")
                continue
            iri = subject.value
            if iri == GRAPH_IRI or iri.startswith((f"{GRAPH_IRI}/", f"{GRAPH_IRI}#")):
                if predicate == Property.ONTOLOGY_DIGEST.iri and isinstance(value, Literal):
                    self.ontology = value.value
                continue  # the graph about itself is written anew
            if predicate in _WORKED_OUT:
                continue
            if predicate in _TURNED and isinstance(value, NamedNode):
                quad = Quad(value, NamedNode(_TURNED[predicate]), subject)  # noqa: PLW2901
                subject, predicate, value, iri = value, _TURNED[predicate], subject, value.value
            if predicate not in _TAKEN:
                refuse(predicate, f"a property that is not of our vocabulary{_meant(predicate, _TAKEN)}")
                continue
            if predicate == TYPE:
                if not isinstance(value, NamedNode) or value.value not in _CLASSES:
                    cls = value.value if isinstance(value, NamedNode) else str(value)
                    refuse(cls, f"a class that is not of our vocabulary{_meant(cls, _CLASSES)}")
                    continue
                if value.value in _TELLING:
                    self.records[value.value] += 1
            if isinstance(value, BlankNode) or not isinstance(value, NamedNode | Literal):
                refuse(predicate, f"leads to {_NAMELESS}; give it an IRI of ours")
                continue
            if isinstance(value, Literal) and len(value.value) > _LONGEST:
                refuse(iri, f"a text of more than {_LONGEST:,} characters ({prefixed(predicate)})")
                continue
            kind = class_of(iri)
            if kind == Class.PAPER:
                self.papers.add(iri)
            elif kind is not None:
                self.things.add(iri)
            elif not iri.startswith(BASE) or iri.removeprefix(BASE).split("/", 1)[0] not in _RECORDS:
                refuse(iri, f"no node of ours: IRIs are {BASE}<kind>/<name>")
                continue
            yield quad if isinstance(quad.graph_name, DefaultGraph) else Quad(subject, quad.predicate, value)


@lru_cache(maxsize=1_000)
def _meant(iri: str, known: frozenset[str]) -> str:
    """What one may have meant by an IRI that is none of ours, or where ours are."""
    prefix, _, name = prefixed(iri).partition(":")
    names = [other for space, _, other in (prefixed(one).partition(":") for one in known) if space == prefix]
    return "".join(f"; did you mean {prefix}:{meant}?" for meant in near(name, names, count=1)) or (
        " (ontology/schema.ttl)"
    )


def _parsed(source: Source, format_: RdfFormat) -> Iterator[Quad]:
    from pyoxigraph import RdfFormat, parse  # noqa: PLC0415

    stream = _Shallow(source) if format_ == RdfFormat.RDF_XML else source.stream
    try:
        yield from parse(cast("BinaryIO", stream), format=format_)
    except InputError:
        raise
    except SyntaxError as error:
        why = str(error.msg)
        if "LoadDocumentCallback" in why:
            why = "its context is elsewhere and contexts are not fetched: write the context into the file, or expand it"
        raise InputError(source.name, error.lineno, f"not {format_.name}: {why}") from error
    except (ValueError, OSError) as error:
        raise InputError(source.name, None, f"cannot be read as {format_.name}: {error}") from error


class _Shallow(ContentHandler):
    """XML that is read by two: before the RDF parser has a piece, it has been seen to declare nothing and not be deep.

    The parser itself expands entities, and takes time by the square of the depth.
    """

    def __init__(self, source: Source) -> None:
        super().__init__()
        self._source = source
        self._xml = XmlStream(source)
        self._xml.hand_to(self)
        self._depth = 0
        self._left = b""

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802, ARG002  (the interface's name)
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._source.problem(f"elements nested over {_DEEPEST} deep", self._xml.line)

    def endElement(self, name: str) -> None:  # noqa: N802, ARG002
        self._depth -= 1

    def read(self, size: int = -1) -> bytes:
        """At most so many bytes, none at the end."""
        data = self._left or self._xml.advance()
        end = len(data) if size < 0 else size
        self._left = data[end:]
        return data[:end]


_NAMES: Final = re.compile(rb"""[^\s<>"',;()\[\]{}]+""")


def lines_of(source: Source, culprits: set[str]) -> dict[str, int]:
    """The first line that has each culprit: an IRI as a whole, or its end behind a colon as prefixed names have it."""
    whole = {culprit.encode("utf-8", "replace"): culprit for culprit in culprits}
    ends: dict[bytes, list[str]] = defaultdict(list)
    for culprit in culprits:
        if end := re.split(r"[/#:]", culprit)[-1]:
            ends[end.encode("utf-8", "replace")].append(culprit)
    found: dict[str, int] = {}
    for line in source.lines():
        for word in _NAMES.findall(line or b""):
            name = word.rstrip(b".")
            if name in whole:
                found.setdefault(whole[name], source.line)
            if b":" in name:
                for culprit in ends.get(name.rpartition(b":")[2], ()):
                    found.setdefault(culprit, source.line)
        if len(found) == len(culprits):
            break
    return found
