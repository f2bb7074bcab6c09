"""A part of the graph as a networkx graph: what viewers and exporters take.

Nodes are keyed by IRI, edges by the IRI of their statement, or by the predicate's name where the edge is the ontology's
alone.

Node attributes: `label`, `kind` (`Paper`, `Organisation` or a value of `Kind`), `papers` (how many mention it, 1 for a
paper), `status` and `aliases` (things only; a tuple), `level` (models only), and where known `year`, `arxiv`, `date`
and `url`. Edge attributes: `predicate` (`uses`), `source` (`paper`, `ontology` or `lifted`: said of an entity in a
paper), `confidence` in [0, 1], `support` (different papers, 0 for the ontology's edges), `hedged`, and `evidence`, a
tuple of `Evidence`.

Nodes and edges come sorted by their keys, so the same store gives the same graph, in the same order.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.errors import UnknownNameError
from kg.identifiers import Iri
from kg.vocabulary import BASE, Kind, Predicate, RelationType

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from typing import TypeAlias

    import networkx as nx

    from kg.store import Store

    Selection: TypeAlias = nx.MultiDiGraph

__all__ = ["Evidence", "around", "everything", "foremost", "important", "narrowed", "neighbours", "of_nodes"]

_PAPER: Final = "Paper"
_PAPERS_OF_ITS_OWN: Final = 0.25
"""The part of an `important` selection that papers may take; the rest is for what they speak of."""
_DAMPING: Final = 0.85
_ROUNDS: Final = 30
_TRIES: Final = 8
"""How often the places of nodes without an edge in the selection are given to the next in rank."""
_PAPER_FOLDER: Final = f"{BASE}paper/"
_NODE: Final = re.compile(rf"{re.escape(BASE)}[a-z]+/[0-9A-Za-z._~-]+")
"""The IRIs of nodes; nothing else is ever put into a query."""
_STEP: Final = 2_000
"""Nodes asked for in one query; longer lists are asked for in several."""


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
class _Edge:
    subject: str
    object: str
    key: str
    predicate: str
    source: str
    confidence: float = 1.0
    support: int = 0
    hedged: bool = False


def everything(store: Store) -> nx.MultiDiGraph:
    """All papers and things, all edges with their evidence. For large graphs use `important`."""
    return _graph(store, None)


def around(store: Store, iri: str, depth: int = 1) -> nx.MultiDiGraph:
    """What lies within `depth` edges of a node, in either direction, with all edges between what is found.

    Raises:
        UnknownNameError: the store has no such node.
    """
    if not _NODE.fullmatch(iri) or not _nodes(store, [iri]):
        names = [str(node) for (node,) in store.strings("SELECT ?n WHERE { ?n a mlkg:Entity }")]
        raise UnknownNameError("node", iri, names, "kg show NAME finds a node by its name")
    found = {iri}
    rim = {iri}
    for _ in range(depth):
        rim = {end for s, _, o in neighbours(store, rim) for end in (s, o)} - found
        found |= rim
    return _graph(store, found)


def important(store: Store, max_nodes: int = 300) -> nx.MultiDiGraph:
    """The `max_nodes` nodes of highest rank with all edges between them; every node of it has an edge in it.

    Rank is PageRank over the edges taken both ways, so that what many papers use, extend and measure comes first; at
    most a quarter are papers, the rest things.
    """
    edges = [(s, o) for s, _, o in neighbours(store)]
    rank = _rank(edges)
    order = sorted(rank, key=lambda node: (-rank[node], node))
    papers = [node for node in order if node.startswith(_PAPER_FOLDER)]
    things = [node for node in order if not node.startswith(_PAPER_FOLDER)]
    joined: set[str] = set()
    wanted = max_nodes
    for _ in range(_TRIES):
        most = int(wanted * _PAPERS_OF_ITS_OWN)
        chosen = {*papers[:most], *things[: wanted - len(papers[:most])]}
        before, joined = joined, {end for edge in edges if edge[0] in chosen and edge[1] in chosen for end in edge}
        if len(joined) > max_nodes or len(chosen) == len(order):
            joined = joined if len(joined) <= max_nodes else before
            break
        wanted += max_nodes - len(joined)
    return _graph(store, joined)


def of_nodes(store: Store, iris: Iterable[str]) -> nx.MultiDiGraph:
    """The given nodes, e.g. those of a query's rows, with all edges between them; what is no node is left out."""
    return _graph(store, set(iris))


def foremost(graph: nx.MultiDiGraph, max_nodes: int) -> nx.MultiDiGraph:
    """The `max_nodes` nodes of a selection with the most edges, those of many papers counting more; a new graph."""
    weight = dict.fromkeys(graph, 0.0)
    for subject, object_, data in graph.edges(data=True):
        for end in (subject, object_):
            weight[end] += data["confidence"] * max(1, data["support"])
    part = graph.copy()
    part.remove_nodes_from(sorted(weight, key=lambda node: (-weight[node], node))[max_nodes:])
    return part


def narrowed(
    graph: nx.MultiDiGraph,
    *,
    kinds: Collection[str] = (),
    predicates: Collection[str] = (),
    since: int | None = None,
    min_confidence: float = 0.0,
    keep: Collection[str] = (),
) -> nx.MultiDiGraph:
    """The part of a selection with nodes of these kinds and edges of these predicates, empty for all; a new graph.

    `since` leaves out papers of an earlier year and those whose year is not known; `min_confidence` edges that are less
    sure. Nodes that lose all their edges go too, but for those in `keep`.
    """
    part = graph.copy()
    for node, data in graph.nodes(data=True):
        wrong_kind = kinds and data["kind"] not in kinds
        too_old = since is not None and data["kind"] == _PAPER and data.get("year", 0) < since
        if (wrong_kind or too_old) and node not in keep:
            part.remove_node(node)
    for subject, object_, key, data in graph.edges(keys=True, data=True):
        unwanted = (predicates and data["predicate"] not in predicates) or data["confidence"] < min_confidence
        if unwanted and part.has_edge(subject, object_, key):
            part.remove_edge(subject, object_, key)
    part.remove_nodes_from([node for node, degree in list(part.degree()) if not degree and node not in keep])
    return part


def _graph(store: Store, chosen: set[str] | None) -> nx.MultiDiGraph:
    import networkx as nx  # noqa: PLC0415  (a second to import)

    if chosen is not None:
        chosen = {iri for iri in chosen if _NODE.fullmatch(iri)}

    graph = nx.MultiDiGraph()
    nodes = _nodes(store, None if chosen is None else sorted(chosen))
    graph.add_nodes_from((iri, nodes[iri]) for iri in sorted(nodes))
    edges = [edge for edge in _edges(store, chosen) if edge.subject in nodes and edge.object in nodes]
    titles = {iri: data["label"] for iri, data in nodes.items() if data["kind"] == _PAPER}
    evidence = _evidence(store, None if chosen is None else [e.key for e in edges if e.source != "ontology"], titles)
    for edge in sorted(edges):
        graph.add_edge(
            edge.subject,
            edge.object,
            key=edge.key,
            predicate=edge.predicate,
            source=edge.source,
            confidence=edge.confidence,
            support=edge.support,
            hedged=edge.hedged,
            evidence=evidence.get(edge.key, ()),
        )
    return graph


def _values(name: str, iris: list[str] | None) -> Iterator[str]:
    """VALUES clauses that restrict a variable to the IRIs, some thousands each; one empty clause for None."""
    if iris is None:
        yield ""
        return
    for at in range(0, len(iris), _STEP):
        yield f"VALUES ?{name} {{ {' '.join(f'<{iri}>' for iri in iris[at : at + _STEP])} }}"


def _nodes(store: Store, iris: list[str] | None) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    kinds = {f"{BASE}{name}": str(name) for name in (_PAPER, "Organisation", *Kind)}
    # Over all nodes the engine starts from the kinds; where nodes are given it must not, so we sort the kinds out
    # ourselves.
    listed = "" if iris is not None else f"VALUES ?kind {{ {' '.join(f'<{kind}>' for kind in kinds)} }}"
    for values in _values("node", iris):
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


def _edges(store: Store, chosen: set[str] | None) -> list[_Edge]:
    """The edges between the chosen nodes, or all: statements, and the ontology's triples that none covers."""
    found: list[_Edge] = []
    covered: set[tuple[str, str, str]] = set()
    paper = _PAPER_FOLDER
    starts = None if chosen is None else sorted(chosen)
    for values in _values("s", starts):
        for s, p, o, statement, confidence, support, hedged in store.strings(f"""
            SELECT ?s ?p ?o ?statement ?confidence ?support ?hedged WHERE {{ {values}
              ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; mlkg:confidence ?confidence ;
                         mlkg:support ?support . OPTIONAL {{ ?statement mlkg:hedged ?hedged }} }}"""):
            subject, predicate, object_ = str(s), str(p).removeprefix(BASE), str(o)
            covered.add((subject, predicate, object_))
            if chosen is None or object_ in chosen:
                source = "paper" if subject.startswith(paper) else "lifted"
                sure, papers = float(confidence or 1), int(support or 0)
                found.append(_Edge(subject, object_, str(statement), predicate, source, sure, papers, hedged == "true"))
    things = None if starts is None else [node for node in starts if not node.startswith(paper)]
    predicates = " ".join(f"mlkg:{predicate}" for predicate in _BETWEEN_THINGS)
    for values in _values("s", things):
        for s, p, o in store.strings(f"""
            SELECT ?s ?p ?o WHERE {{ {values} VALUES ?p {{ {predicates} }} ?s ?p ?o
              FILTER(!STRSTARTS(STR(?s), "{paper}")) }}"""):
            subject, predicate, object_ = str(s), str(p).removeprefix(BASE), str(o)
            if (subject, predicate, object_) not in covered and (chosen is None or object_ in chosen):
                found.append(_Edge(subject, object_, predicate, predicate, "ontology"))
    return found


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
            for values in _values(end, named)
        ]
    for clause in clauses:
        for s, p, o in store.strings(f"SELECT ?s ?p ?o WHERE {{ {clause} }}"):
            yield str(s), str(p).removeprefix(BASE), str(o)


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


def _evidence(store: Store, statements: list[str] | None, titles: Mapping[str, str]) -> dict[str, tuple[Evidence, ...]]:
    """The evidence of the statements; titles of papers outside the selection are looked up."""
    rules: dict[str, list[str]] = defaultdict(list)
    found: dict[str, list[str]] = defaultdict(list)
    read: dict[str, tuple[str, str, int, int, str]] = {}
    # The type is asked for only where nothing else says what to look at: beside VALUES it would make the engine scan
    # them all.
    statement_type = "?statement a mlkg:Statement ." if statements is None else ""
    for values in _values("statement", statements):
        for statement, rule in store.strings(
            f"SELECT ?statement ?rule WHERE {{ {values} {statement_type} ?statement mlkg:rule ?rule }}"
        ):
            rules[str(statement)].append(str(rule))
        for statement, node in store.strings(
            f"SELECT ?statement ?e WHERE {{ {values} {statement_type} ?statement mlkg:hasEvidence ?e }}"
        ):
            found[str(statement)].append(str(node))
    nodes = None if statements is None else sorted({node for held in found.values() for node in held})
    for values in _values("e", nodes):
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
    for values in _values("paper", unknown) if unknown else ():
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


def _rank(edges: Iterable[tuple[str, str]]) -> dict[str, float]:
    """PageRank by power iteration over the edges taken both ways; sums to about 1.

    Brin and Page 1998, damping 0.85; a fixed number of rounds in a fixed order, so that the numbers are the same
    everywhere.
    """
    pairs = sorted(edges)
    if not pairs:
        return {}
    names = sorted({name for pair in pairs for name in pair})
    place = {name: at for at, name in enumerate(names)}
    near: list[list[int]] = [[] for _ in names]
    for subject, object_ in pairs:
        near[place[subject]].append(place[object_])
        near[place[object_]].append(place[subject])
    rank = [1 / len(names)] * len(names)
    for _ in range(_ROUNDS):
        after = [(1 - _DAMPING) / len(names)] * len(names)
        for value, targets in zip(rank, near, strict=True):
            share = _DAMPING * value / len(targets)
            for target in targets:
                after[target] += share
        rank = after
    return {name: round(value, 15) for name, value in zip(names, rank, strict=True)}
