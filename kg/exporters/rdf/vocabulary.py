r"""The ontology itself, for the tools of vocabularies: Turtle, SKOS, a table of terms. All of it, whatever papers say.

`turtle` is our own vocabulary, as in a built graph (https://www.w3.org/TR/turtle/): open it in Protégé beside
`ontology/schema.ttl`, which it imports. `skos` has a concept scheme a kind (https://www.w3.org/TR/skos-reference/):
`skos:broader` is what a thing is a case, a variant or a part of, `skos:related` what it builds on. `terms` is a table
with the columns of an OBO stanza (https://owlcollab.github.io/oboformat/doc/GO.format.obo-1_4.html), ids as
`kind:slug`, several values of a cell joined by `|` (one within a name is `\|`). Ids that were given up lead to what
stands for them now.

Lost: the senses of ambiguous names in all three; in SKOS also tasks, metrics, makers and numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from kg.exporters.rdf.syntaxes import write_turtle
from kg.exporters.rows import Counts
from kg.resolve import Node
from kg.store.rdf import node_lines, organisation_lines, redirect_lines
from kg.store.terms import iri, literal
from kg.vocabulary import BASE, PREFIXES, Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.identifiers import Iri
    from kg.ontology import Ontology

__all__ = ["VOCABULARY_FORMATS", "write_vocabulary"]

_UP: Final = (Predicate.BROADER, Predicate.VARIANT_OF, Predicate.PART_OF)
_TYPE: Final = f"<{PREFIXES['rdf']}type>"
_SKOS: Final = {
    name: f"<{PREFIXES['skos']}{name}>"
    for name in (
        *("Concept", "ConceptScheme", "altLabel", "broader", "hasTopConcept"),
        *("inScheme", "prefLabel", "related", "topConceptOf"),
    )
}
_COLUMNS: Final = (
    *("id", "name", "namespace", "synonym", "is_a", "relationship"),
    *("xref", "year", "source", "is_obsolete", "replaced_by"),
)


def write_vocabulary(ontology: Ontology, format_: str, file: BinaryIO) -> Counts:
    """Write every thing of the ontology in one of `VOCABULARY_FORMATS`.

    Raises:
        KeyError: no such format.
    """
    return _WRITERS[format_](ontology, file)


def _write_turtle(ontology: Ontology, file: BinaryIO) -> Counts:
    return _write_lines(_own_lines(ontology), file)


def _write_skos(ontology: Ontology, file: BinaryIO) -> Counts:
    return _write_lines(_skos_lines(ontology), file)


def _write_terms(ontology: Ontology, file: BinaryIO) -> Counts:
    rows = sorted((*_terms(ontology), *_obsolete_terms(ontology)))
    file.write(("\t".join(_COLUMNS) + "\n").encode())
    file.writelines(("\t".join(row) + "\n").encode() for row in rows)
    return Counts(rows=len(rows))


_WRITERS: Final[dict[str, Callable[[Ontology, BinaryIO], Counts]]] = {
    "turtle": _write_turtle,
    "skos": _write_skos,
    "terms": _write_terms,
}
VOCABULARY_FORMATS: Final = tuple(_WRITERS)
"""The names of the formats."""


def _write_lines(lines: Iterable[str], file: BinaryIO) -> Counts:
    from pyoxigraph import RdfFormat, parse  # noqa: PLC0415

    return write_turtle(parse("".join(lines).encode(), format=RdfFormat.N_TRIPLES), file)


def _own_lines(ontology: Ontology) -> Iterator[str]:
    entities = f"<{BASE}entities>"
    yield f"{entities} {_TYPE} <{PREFIXES['owl']}Ontology> .\n"
    yield f"{entities} <{PREFIXES['owl']}imports> <{BASE}> .\n"
    for entity in ontology.entities.values():
        yield from node_lines(Node.of(entity, papers=0))
        for predicate, parent in entity.parents:
            yield f"{iri(entity.iri)} {iri(predicate.iri)} {iri(parent)} .\n"
    for organisation in ontology.organisations.values():
        yield from organisation_lines(organisation)
    for old, new in ontology.redirects.items():
        yield from redirect_lines(old, new)


def _skos_lines(ontology: Ontology) -> Iterator[str]:
    for kind in Kind:
        yield f"{_scheme(kind)} {_TYPE} {_SKOS['ConceptScheme']} .\n"
        yield f"{_scheme(kind)} {_SKOS['prefLabel']} {literal(kind.value)} .\n"
    for entity in ontology.entities.values():
        concept, scheme = iri(entity.iri), _scheme(entity.kind)
        yield f"{concept} {_TYPE} {_SKOS['Concept']} .\n"
        yield f"{concept} {_SKOS['inScheme']} {scheme} .\n"
        yield f"{concept} {_SKOS['prefLabel']} {literal(entity.label)} .\n"
        for alias in entity.aliases:
            yield f"{concept} {_SKOS['altLabel']} {literal(alias)} .\n"
        above = ontology.parents(entity.iri, *_UP)
        for parent in above:
            yield f"{concept} {_SKOS['broader']} {iri(parent)} .\n"
        if not above:
            yield f"{concept} {_SKOS['topConceptOf']} {scheme} .\n"
            yield f"{scheme} {_SKOS['hasTopConcept']} {concept} .\n"
        ancestors = ontology.ancestors(entity.iri)
        for other in ontology.parents(entity.iri, Predicate.EXTENDS):
            # SKOS keeps related and broader apart, whatever lies between the two
            if other not in ancestors and entity.iri not in ontology.ancestors(other):
                yield f"{concept} {_SKOS['related']} {iri(other)} .\n"
    for old, new in ontology.redirects.items():
        yield from redirect_lines(old, new)


def _scheme(kind: Kind) -> str:
    return f"<{BASE}{kind.folder}/>"


def _terms(ontology: Ontology) -> Iterator[tuple[str, ...]]:
    for entity in ontology.entities.values():
        yield (
            _term(entity.iri),
            entity.label,
            entity.kind.value,
            "|".join(alias.replace("|", r"\|") for alias in entity.aliases),
            "|".join(_term(parent) for parent in ontology.parents(entity.iri, *_UP)),
            "|".join(f"{predicate} {_term(parent)}" for predicate, parent in entity.parents if predicate not in _UP),
            f"arXiv:{entity.arxiv}" if entity.arxiv else "",
            "" if entity.year is None else str(entity.year),
            entity.source,
            "",
            "",
        )


def _obsolete_terms(ontology: Ontology) -> Iterator[tuple[str, ...]]:
    for old, new in ontology.redirects.items():
        yield (_term(old), *("",) * 8, "true", _term(new))


def _term(iri_: Iri) -> str:
    return iri_.removeprefix(BASE).replace("/", ":", 1)
