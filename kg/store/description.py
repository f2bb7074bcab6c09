"""What a built graph says of itself: a dataset in the words of DCAT and VoID, with counts that are exact.

No clock: the graph is as new as its newest paper. The counts include the description's own triples.
https://www.w3.org/TR/void/, https://www.w3.org/TR/vocab-dcat-3/.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from kg.identifiers import Iri
from kg.store.terms import date, integer, iri, literal
from kg.vocabulary import BASE, PREFIXES, Class, Property

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["GRAPH_IRI", "Tally", "description_lines"]

GRAPH_IRI: Final = Iri(BASE + "graph")
"""The node that describes the graph as a whole."""

_TITLE: Final = "A knowledge graph of machine learning methods, models and benchmarks"
_LICENSE: Final = "https://www.apache.org/licenses/LICENSE-2.0"
_RIGHTS: Final = "The licence is that of the statements; titles, abstracts and the sentences quoted are their authors'."
_TYPE: Final = f"{PREFIXES['rdf']}type"
_NODES: Final = (Class.PAPER, Class.ENTITY, Class.ORGANISATION)
"""What counts as an entity of the dataset: the nodes of the graph, not what is said about them."""


class Tally:
    """How many triples each property has, and how many members each class; keys are full IRIs."""

    def __init__(self) -> None:
        self.properties: Counter[str] = Counter()
        self.classes: Counter[str] = Counter()

    def add(self, lines: Iterable[str]) -> None:
        """Counts N-Quads lines, none of which was counted before."""
        typed = f"<{_TYPE}>"
        for line in lines:
            _, predicate, rest = line.split(" ", 2)
            self.properties[predicate[1:-1]] += 1
            if predicate == typed:
                self.classes[rest[1:-4]] += 1  # "<class> .\n"

    def joined(self, other: Tally) -> Tally:
        """The counts of both."""
        both = Tally()
        both.properties = self.properties + other.properties
        both.classes = self.classes + other.classes
        return both

    @property
    def triples(self) -> int:
        """All triples."""
        return self.properties.total()


def description_lines(
    version: str,
    ontology_digest: str,
    facts_digest: str,
    papers: int,
    newest: str | None,
    *,
    rest: Tally,
    example: Iri | None = None,
) -> set[str]:
    """The node that describes the graph and its parts by class and property.

    `rest` counts all other lines of the graph, `newest` is the date of the newest paper, `example` a node worth
    looking at.
    """
    out = {
        _line(GRAPH_IRI, _TYPE, f"<{PREFIXES['dcat']}Dataset>"),
        _line(GRAPH_IRI, _TYPE, f"<{PREFIXES['void']}Dataset>"),
        _line(GRAPH_IRI, f"{PREFIXES['dcterms']}title", literal(_TITLE)),
        _line(GRAPH_IRI, f"{PREFIXES['dcterms']}license", f"<{_LICENSE}>"),
        _line(GRAPH_IRI, f"{PREFIXES['dcterms']}rights", literal(_RIGHTS)),
        _line(GRAPH_IRI, f"{PREFIXES['owl']}versionInfo", literal(version)),
        _line(GRAPH_IRI, Property.ONTOLOGY_DIGEST.iri, literal(ontology_digest)),
        _line(GRAPH_IRI, Property.FACTS_DIGEST.iri, literal(facts_digest)),
        _line(GRAPH_IRI, Property.PAPER_COUNT.iri, integer(papers)),
        _line(GRAPH_IRI, f"{PREFIXES['void']}uriSpace", literal(BASE)),
    }
    if newest:
        out.add(_line(GRAPH_IRI, f"{PREFIXES['dcterms']}modified", date(newest)))
    if example:
        out.add(_line(GRAPH_IRI, f"{PREFIXES['void']}exampleResource", iri(example)))
    # The lines about counts are themselves counted, and how many they are does not depend on what they say. Only what
    # they are about does, which is settled when the first counts have been written once.
    whole = rest
    for _ in range(3):
        lines = out | _counts(whole)
        own = Tally()
        own.add(lines)
        whole = rest.joined(own)
    return out | _counts(whole)


def _counts(tally: Tally) -> set[str]:
    void = PREFIXES["void"]
    nodes = sum(tally.classes[name.iri] for name in _NODES)
    out = {
        _line(GRAPH_IRI, f"{void}triples", integer(tally.triples)),
        _line(GRAPH_IRI, f"{void}entities", integer(nodes)),
        _line(GRAPH_IRI, f"{void}classes", integer(len(tally.classes))),
        _line(GRAPH_IRI, f"{void}properties", integer(len(tally.properties))),
    }
    used = [*tally.classes, *tally.properties]
    for namespace in PREFIXES.values():
        if any(term.startswith(namespace) for term in used):
            out.add(_line(GRAPH_IRI, f"{void}vocabulary", f"<{namespace}>"))
    for term, count in tally.classes.items():
        out |= _part("class", term, f"{void}entities", count)
    for term, count in tally.properties.items():
        out |= _part("property", term, f"{void}triples", count)
    return out


def _part(what: str, term: str, counted: str, count: int) -> set[str]:
    void = PREFIXES["void"]
    prefix = next(name for name, namespace in PREFIXES.items() if term.startswith(namespace))
    part = f"{GRAPH_IRI}#{what}-{prefix}-{term.removeprefix(PREFIXES[prefix])}"
    return {
        _line(GRAPH_IRI, f"{void}{what}Partition", f"<{part}>"),
        _line(part, _TYPE, f"<{void}Dataset>"),
        _line(part, f"{void}{what}", f"<{term}>"),
        _line(part, counted, integer(count)),
    }


def _line(subject: str, predicate: str, value: str) -> str:
    return f"<{subject}> <{predicate}> {value} .\n"
