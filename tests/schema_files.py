"""What follows from `ontology/schema.ttl`: the JSON-LD context, and the mappings to other vocabularies."""

from __future__ import annotations

import json
from typing import Any

import rdflib
from rdflib import OWL, RDF, RDFS, SKOS

from kg.resources import ontology_folder
from kg.vocabulary import BASE, FOLDERS, PREFIXES

SCHEMA = rdflib.Graph().parse(ontology_folder() / "schema.ttl")
MAPS = (
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    SKOS.closeMatch,
    SKOS.narrowMatch,
    SKOS.relatedMatch,
)


def declared(*types: rdflib.URIRef, base: str = BASE) -> set[str]:
    """The terms of these types whose IRIs begin with `base`."""
    return {str(term) for kind in types for term in SCHEMA.subjects(RDF.type, kind) if str(term).startswith(base)}


def short(iri: str) -> str:
    """The IRI with its prefix: those of the package and of the schema."""
    known = {**{prefix: str(iri) for prefix, iri in SCHEMA.namespaces()}, **PREFIXES}
    prefix = next(name for name, namespace in known.items() if iri.startswith(namespace) and name)
    return f"{prefix}:{iri.removeprefix(known[prefix])}"


def context() -> dict[str, Any]:
    """The JSON-LD context: a name for each term, with the type of its values where they have but one.

    Our terms and those of others go by their local names, ours first; RDF's own keep their prefix, and so does what a
    name is taken of.
    """
    terms: dict[str, Any] = {}
    ours = declared(OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    foreign = declared(OWL.DatatypeProperty, OWL.ObjectProperty, OWL.AnnotationProperty, RDF.Property, base="") - ours
    used = {term for term in foreign if (rdflib.URIRef(term), SKOS.scopeNote, None) in SCHEMA}
    for iri in (*sorted(ours), *sorted(used)):
        term = rdflib.URIRef(iri)
        name = short(iri).partition(":")[2]
        inverse = SCHEMA.value(term, OWL.inverseOf)
        kinds = set(SCHEMA.objects(term, RDF.type))
        meaning: dict[str, str] = {"@id": short(iri)} if inverse is None else {"@reverse": short(str(inverse))}
        if kinds & {OWL.ObjectProperty, RDF.Property}:
            meaning["@type"] = "@id"
        elif OWL.DatatypeProperty in kinds and (range_ := SCHEMA.value(term, RDFS.range)) not in (
            None,
            rdflib.XSD.string,
        ):
            meaning["@type"] = short(str(range_))
        key = short(iri) if name in terms or iri.startswith(str(RDF)) else name
        terms[key] = meaning["@id"] if list(meaning) == ["@id"] else meaning
    return {"@context": PREFIXES | FOLDERS | terms}


def context_text() -> str:
    """`ontology/context.jsonld` as it is written."""
    lines = [f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in context()["@context"].items()]
    return '{"@context": {\n' + ",\n".join(lines) + "\n}}\n"


def mappings() -> set[tuple[str, str, str]]:
    """Our terms joined to those of others, each IRI with its prefix."""
    return {
        (short(str(subject)), short(str(predicate)), short(str(object_)))
        for predicate in MAPS
        for subject, object_ in SCHEMA.subject_objects(predicate)
        if str(subject).startswith(BASE) and not str(object_).startswith(BASE)
    }
