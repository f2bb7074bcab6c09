"""JSON-LD with our context: one JSON object of `@context` and `@graph`, in that one node a line.

Names are short (`"uses": ["method:lora"]`), whole numbers and truth values are JSON's own; every other literal keeps
its spelling. The context stands in each file, so that no reader needs the network, and by itself in
`ontology/context.jsonld`, for JSON of other makers. JSON-LD 1.0 readers take it as well as those of 1.1.

Read by: rdflib, Oxigraph, Jena, PyLD, jsonld.js, schema.org tools, and by `jq` and `json` as plain JSON. Nothing is
lost but graph names; an IRI whose scheme is one of our prefixes, and a triple that has a triple for its object, cannot
be written and are refused. https://www.w3.org/TR/json-ld11/.
"""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from kg.errors import ExportError
from kg.exporters.format import Format, Takes
from kg.exporters.rdf.statement_lines import sorted_triples
from kg.exporters.rows import Counts
from kg.resources import ontology_folder
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad, Triple

    from kg.exporters.rdf.statement_lines import Sorted

__all__ = ["CONTEXT", "FORMAT", "write_jsonld"]

CONTEXT: Final = "context.jsonld"
"""The file beside the schema that holds the context."""

_XSD: Final = PREFIXES["xsd"]
_TYPE: Final = f"{PREFIXES['rdf']}type"
_NATIVE: Final = {
    f"{_XSD}boolean": re.compile("true|false"),
    f"{_XSD}integer": re.compile("0|-?[1-9][0-9]{0,14}"),
}
"""Spellings that JSON gives back as they were; whole numbers as far as every reader's floating point holds them."""


def write_jsonld(statements: Iterable[Quad | Triple] | Sorted, file: BinaryIO) -> Counts:
    """JSON-LD, nodes sorted by IRI, one a line.

    Raises:
        ExportError: an IRI that its reader would take for a short name, or a triple within a triple.
    """
    from pyoxigraph import RdfFormat, parse  # noqa: PLC0415

    context = json.loads((ontology_folder() / CONTEXT).read_text(encoding="utf-8"))["@context"]
    names = _Names(context)
    with sorted_triples(statements) as ordered:
        ordered.lines.seek(0)
        triples = parse(ordered.lines, format=RdfFormat.N_TRIPLES)
        file.write(b'{"@context":' + _bytes(context) + b',"@graph":[')
        before = b"\n"
        for _, group in groupby(triples, key=lambda triple: triple.subject):
            file.write(before + _bytes(names.node(group)))
            before = b",\n"
        file.write(b"\n]}\n")
        return Counts(triples=ordered.count)


def _bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


class _Names:
    """How a context spells things."""

    def __init__(self, context: dict[str, Any]) -> None:
        self._prefixes = {name: iri for name, iri in context.items() if isinstance(iri, str) and iri[-1] in "/#"}
        self._namespaces = sorted(((iri, name) for name, iri in self._prefixes.items()), reverse=True)
        self._terms: dict[str, tuple[str, str | None]] = {}
        """By IRI: the term, and the datatype of its values, `@id` for IRIs, None where they say it themselves."""
        for name, meaning in context.items():
            held = {"@id": meaning} if isinstance(meaning, str) else meaning
            if name not in self._prefixes and "@id" in held:
                self._terms[self._expanded(held["@id"])] = (name, held.get("@type") and self._expanded(held["@type"]))
        self._short: dict[str, str] = {}

    def node(self, triples: Iterable[Quad]) -> dict[str, Any]:
        """The JSON object of the triples, which share their subject."""
        from pyoxigraph import NamedNode  # noqa: PLC0415

        out: dict[str, Any] = {}
        for triple in triples:
            if not out:
                out["@id"] = self._id(triple.subject)
            predicate, value = triple.predicate.value, triple.object
            if predicate == _TYPE and isinstance(value, NamedNode):
                out.setdefault("@type", []).append(self._name(value.value))
            else:
                _, datatype = self._terms.get(predicate, ("", None))
                out.setdefault(self._name(predicate), []).append(self._value(value, datatype))
        return {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in out.items()}

    def _expanded(self, name: str) -> str:
        prefix, colon, rest = name.partition(":")
        return self._prefixes[prefix] + rest if colon and prefix in self._prefixes else name

    def _name(self, iri: str) -> str:
        """A property or class: its term, else as any IRI."""
        return self._terms[iri][0] if iri in self._terms else self._compact(iri)

    def _compact(self, iri: str) -> str:
        for namespace, prefix in self._namespaces:
            if iri.startswith(namespace) and not iri.startswith("//", len(namespace)):
                return f"{prefix}:{iri[len(namespace) :]}"
        scheme, _, rest = iri.partition(":")
        if scheme in self._prefixes and not rest.startswith("//"):
            raise ExportError(f"JSON-LD cannot hold {iri}: {scheme}: is a prefix of its context; turtle can")
        return iri

    def _id(self, node: Any) -> str:
        from pyoxigraph import NamedNode  # noqa: PLC0415

        return self._compact(node.value) if isinstance(node, NamedNode) else str(node)

    def _value(self, value: Any, expected: str | None) -> Any:
        """A value of a property whose values are `expected`: text, a number, or an object that says what it is."""
        from pyoxigraph import Literal, Triple  # noqa: PLC0415

        if isinstance(value, Triple):
            raise ExportError(f"JSON-LD cannot hold the triple {value} as the object of another; ntriples can")
        if not isinstance(value, Literal):
            return self._id(value) if expected == "@id" else {"@id": self._id(value)}
        text, datatype = value.value, value.datatype.value
        if value.language:
            direction = {"@direction": str(value.direction)} if value.direction else {}
            return {"@value": text, "@language": value.language, **direction}
        if datatype in _NATIVE and expected in (None, datatype) and _NATIVE[datatype].fullmatch(text):
            return json.loads(text)
        if datatype == (expected or f"{_XSD}string"):
            return text
        return {"@value": text} if datatype == f"{_XSD}string" else {"@value": text, "@type": self._compact(datatype)}


FORMAT: Final = Format(
    "jsonld",
    "application/ld+json",
    ".jsonld",
    "https://www.w3.org/TR/json-ld11/",
    "RDF as JSON with short names: web tools, jq, rdflib, PyLD",
    (Takes.TRIPLES,),
    write_jsonld,
)
