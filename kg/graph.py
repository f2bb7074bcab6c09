"""The graph in a store: its nodes, edges and evidence, read all at once or for the nodes that are named.

Nothing here keeps an order or the whole graph: `kg.selection` makes a networkx graph of a part, `kg.exporters` sorts
and writes the whole.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.identifiers import Iri
from kg.vocabulary import BASE, Class, Kind, Predicate, RelationType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.store import Store

__all__ = [
    "NODE_CLASSES",
    "PAPER_FOLDER",
    "Edge",
    "Evidence",
    "edge_data",
    "is_node",
    "neighbours",
    "node_iris",
    "read_edges",
    "read_evidence",
    "read_nodes",
    "restricted_to",
]

PAPER_FOLDER: Final = f"{BASE}paper/"
"""What the IRIs of papers begin with."""
NODE_CLASSES: Final = tuple(str(name) for name in (Class.PAPER, Class.ORGANISATION, *Kind))
"""The classes whose members are nodes of the graph; the others, as statements, say something about it."""
_PAPER: Final = str(Class.PAPER)
_NODE: Final = re.compile(rf"{re.escape(BASE)}[a-z]+/[0-9A-Za-z._~-]+")
"""The IRIs of nodes; nothing else is ever put into a query."""
_KINDS: Final = f"VALUES ?kind {{ {' '.join(f'<{BASE}{name}>' for name in NODE_CLASSES)} }}"
_STEP: Final = 2_000
"""Nodes asked for in one query; longer lists are asked for in several."""
_BETWEEN_THINGS: Final = (
    Predicate.EXTENDS,
    Predicate.COMPARES_WITH,
    Predicate.VARIANT_OF,
    Predicate.PART_OF,
    Predicate.BROADER,
    Predicate.EVALUATED_ON,
    Predicate.TRAINED_ON,
    Predicate.HAS_TASK,
    Predicate.HAS_METRIC,
    Predicate.DEVELOPED_BY,
)


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The words of a paper that an edge was read in.

    `start` and `end` are code points into `sentence`, half open, and `sentence[start:end] == quote`; `rule` names what
    read it.
    """

    paper: Iri
    paper_title: str
    sentence: str
    start: int
    end: int
    quote: str
    rule: str


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """An edge without its evidence; `key` and the rest are as in `kg.selection`."""

    subject: str
    object: str
    key: str
    predicate: str
    source: str
    confidence: float = 1.0
    support: int = 0
    hedged: bool = False


def edge_data(edge: Edge, evidence: tuple[Evidence, ...]) -> dict[str, Any]:
    """The attributes of an edge of a selection."""
    return {
        "predicate": edge.predicate,
        "source": edge.source,
        "confidence": edge.confidence,
        "support": edge.support,
        "hedged": edge.hedged,
        "evidence": evidence,
    }


def is_node(iri: str) -> bool:
    """Whether the text has the form of a node's IRI."""
    return bool(_NODE.fullmatch(iri))


def node_iris(store: Store) -> Iterator[str]:
    """The IRI of every node, in no order; those of two classes twice."""
    for name in NODE_CLASSES:
        for (node,) in store.strings(f"SELECT ?node WHERE {{ ?node a mlkg:{name} }}"):
            yield str(node)


def read_nodes(store: Store, iris: list[str] | None) -> dict[str, dict[str, Any]]:
    """What is known of the nodes that are named, or of all: attributes as in `kg.selection`, by IRI."""
    found: dict[str, dict[str, Any]] = {}
    kinds = {f"{BASE}{name}": name for name in NODE_CLASSES}
    # Over all nodes the engine starts from the kinds; where nodes are given it must not, so we sort the kinds out
    # ourselves.
    listed = "" if iris is not None else _KINDS
    for values in restricted_to("node", iris):
        for row in store.strings(f"""
            SELECT ?node ?kind ?label ?papers ?status ?level ?year ?arxiv ?date ?url WHERE {{
              {values} {listed} ?node a ?kind ; rdfs:label ?label .
              OPTIONAL {{ ?node mlkg:paperCount ?papers }} OPTIONAL {{ ?node mlkg:status ?status }}
              OPTIONAL {{ ?node mlkg:level ?level }} OPTIONAL {{ ?node mlkg:year ?year }}
              OPTIONAL {{ ?node fabio:hasArXivId|mlkg:arxivId ?arxiv }} OPTIONAL {{ ?node dcterms:date ?date }}
              OPTIONAL {{ ?node schema:url ?url }}
            }}"""):
            node, kind, label, papers, status, level, year, arxiv, date, url = row
            if str(kind) not in kinds:
                continue
            kind = kinds[str(kind)]
            data: dict[str, Any] = {"label": label, "kind": kind, "papers": 1 if kind == _PAPER else int(papers or 0)}
            if status is not None:
                data |= {"status": status, "aliases": ()}
            for name, value in (("level", level), ("arxiv", arxiv), ("date", date), ("url", url)):
                if value is not None:
                    data[name] = value
            if year is not None:
                data["year"] = int(year)
            found[str(node)] = data
        aliases: dict[str, list[str]] = defaultdict(list)
        for node, alias in store.strings(f"SELECT ?node ?alias WHERE {{ {values} ?node skos:altLabel ?alias }}"):
            aliases[str(node)].append(str(alias))
        for iri, names in aliases.items():
            if iri in found and "aliases" in found[iri]:
                found[iri]["aliases"] = tuple(sorted(names))
    return found


def read_edges(store: Store, chosen: set[str] | None) -> Iterator[Edge]:
    """The edges between the chosen nodes, or all: statements, and the ontology's triples that none covers.

    Each comes once, in no order.
    """
    covered: set[tuple[str, str, str]] = set()
    starts = None if chosen is None else sorted(chosen)
    for values in restricted_to("s", starts):
        for s, p, o, statement, confidence, support, hedged in store.strings(f"""
            SELECT ?s ?p ?o ?statement ?confidence ?support ?hedged WHERE {{ {values}
              ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; mlkg:confidence ?confidence ;
                         mlkg:support ?support . OPTIONAL {{ ?statement mlkg:hedged ?hedged }} }}"""):
            subject, predicate, object_ = str(s), str(p).removeprefix(BASE), str(o)
            of_paper = subject.startswith(PAPER_FOLDER)
            if not of_paper:
                covered.add((subject, predicate, object_))
            if chosen is None or object_ in chosen:
                sure, papers = float(confidence or 1), int(support or 0)
                source = "curated" if not papers else "paper" if of_paper else "lifted"
                yield Edge(subject, object_, str(statement), predicate, source, sure, papers, hedged == "true")
    things = None if starts is None else [node for node in starts if not node.startswith(PAPER_FOLDER)]
    predicates = " ".join(f"mlkg:{predicate}" for predicate in _BETWEEN_THINGS)
    for values in restricted_to("s", things):
        for s, p, o in store.strings(f"""
            SELECT ?s ?p ?o WHERE {{ {values} VALUES ?p {{ {predicates} }} ?s ?p ?o
              FILTER(!STRSTARTS(STR(?s), "{PAPER_FOLDER}")) }}"""):
            subject, predicate, object_ = str(s), str(p).removeprefix(BASE), str(o)
            if (subject, predicate, object_) not in covered and (chosen is None or object_ in chosen):
                yield Edge(subject, object_, predicate, predicate, "ontology")


def neighbours(store: Store, iris: Iterable[str] | None = None) -> Iterator[tuple[str, str, str]]:
    """The edges that begin or end at one of the nodes, or all edges, as (subject, predicate, object).

    Bare mentions are left out. In no order; an edge between two of the nodes comes twice.
    """
    relations = {relation.predicate for relation in RelationType}
    predicates = [f"mlkg:{predicate}" for predicate in sorted({*relations, *_BETWEEN_THINGS})]
    if iris is None:
        clauses = [f"VALUES ?p {{ {' '.join(predicates)} }} ?s ?p ?o"]
    else:
        named = sorted(iris)
        clauses = [
            f"{values} ?s ?p ?o FILTER(?p IN ({', '.join(predicates)}))"
            for end in "so"
            for values in restricted_to(end, named)
        ]
    for clause in clauses:
        for s, p, o in store.strings(f"SELECT ?s ?p ?o WHERE {{ {clause} }}"):
            yield str(s), str(p).removeprefix(BASE), str(o)


def read_evidence(
    store: Store, statements: list[str] | None, titles: Mapping[str, str]
) -> dict[str, tuple[Evidence, ...]]:
    """The evidence of the statements; titles of papers outside the selection are looked up."""
    rules: dict[str, list[str]] = defaultdict(list)
    found: dict[str, list[str]] = defaultdict(list)
    read: dict[str, tuple[str, str, int, int, str]] = {}
    # The type is asked for only where nothing else says what to look at: beside VALUES it would make the engine scan
    # them all.
    statement_type = "?statement a mlkg:Statement ." if statements is None else ""
    for values in restricted_to("statement", statements):
        for statement, rule in store.strings(
            f"SELECT ?statement ?rule WHERE {{ {values} {statement_type} ?statement mlkg:rule ?rule }}"
        ):
            rules[str(statement)].append(str(rule))
        for statement, node in store.strings(
            f"SELECT ?statement ?e WHERE {{ {values} {statement_type} ?statement mlkg:hasEvidence ?e }}"
        ):
            found[str(statement)].append(str(node))
    nodes = None if statements is None else sorted({node for held in found.values() for node in held})
    for values in restricted_to("e", nodes):
        for node, paper, sentence, begin, quote, start in store.strings(f"""
            SELECT ?e ?paper ?sentence ?begin ?quote ?start WHERE {{ {values} ?e mlkg:sentenceStart ?begin ;
              mlkg:fromPaper ?paper ; mlkg:sentence ?sentence ; mlkg:quote ?quote ; mlkg:start ?start }}"""):
            read[str(node)] = (
                str(paper),
                str(sentence),
                int(str(start)) - int(str(begin)),
                len(str(quote)),
                str(quote),
            )
    unknown = sorted({paper for paper, *_ in read.values() if paper not in titles})
    names = dict(titles)
    for values in restricted_to("paper", unknown) if unknown else ():
        names |= {
            str(p): str(t)
            for p, t in store.strings(f"SELECT ?paper ?title WHERE {{ {values} ?paper dcterms:title ?title }}")
        }
    out: dict[str, tuple[Evidence, ...]] = {}
    for statement, nodes_of in found.items():
        rule = ", ".join(sorted(rules[statement]))
        held = []
        for node in nodes_of:
            said_in, sentence, begins, length, quote = read[node]
            held.append(Evidence(Iri(said_in), names.get(said_in, ""), sentence, begins, begins + length, quote, rule))
        out[statement] = tuple(sorted(held))
    return out


def restricted_to(name: str, iris: list[str] | None) -> Iterator[str]:
    """VALUES clauses that restrict a variable to the IRIs, some thousands each; one empty clause for None."""
    if iris is None:
        yield ""
        return
    for at in range(0, len(iris), _STEP):
        yield f"VALUES ?{name} {{ {' '.join(f'<{iri}>' for iri in iris[at : at + _STEP])} }}"
