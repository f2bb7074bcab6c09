"""The RDF of a selection: what the store says of its nodes and edges, and nothing of what is not in it.

A selection is the graph of `kg.selection`. Its RDF holds

- each node with its names and numbers, and the IRIs of earlier editions that lead to it;
- each edge as a plain triple, and where the store has one its statement with the evidence;
- the mentions and `mlkg:mentions` triples between its papers and its things, and the results of its papers that
  name only things of the selection;
- of papers outside the selection that a sentence in it is from, their record;
- which build it was taken from, without the counts of that.

The shapes in `ontology/shapes.ttl` hold of it as of a whole build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.vocabulary import BASE, FOLDERS, PREFIXES, Class, Predicate, Property

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx
    import pyoxigraph

    from kg.store import Store

__all__ = ["selected_triples"]

_GRAPH: Final = f"{BASE}graph"
_VOID: Final = PREFIXES["void"]
_COUNTS: Final = frozenset(
    f"{_VOID}{name}" for name in ("triples", "entities", "classes", "properties", "classPartition", "propertyPartition")
)
"""What the description of the graph says that is not true of a part of it."""
_EDGES: Final = frozenset(predicate.iri for predicate in Predicate)
_REPLACED: Final = f"{PREFIXES['dcterms']}isReplacedBy"
_NAMED: Final = frozenset(
    prop.iri for prop in (Property.REFERS_TO, Property.SUBJECT, Property.ON_BENCHMARK, Property.METRIC_USED)
)
"""The properties by which a mention or result names things."""


def selected_triples(store: Store, graph: nx.MultiDiGraph, *, statements: bool = True) -> Iterator[pyoxigraph.Triple]:
    """The triples of the selection, each once; in memory are only the names of evidence and papers that were met.

    Without `statements`: the nodes and the selection's edges as plain triples, no statement, evidence, mention or
    result.
    """
    reader = _Reader(store, graph)
    yield from reader.description()
    for node in sorted(graph):
        yield from reader.node(node, mentions=statements)
    if statements:
        yield from reader.statements()
        for node, kind in sorted(graph.nodes(data="kind")):
            if kind == Class.PAPER:
                yield from reader.said_in(node)
        yield from reader.evidence()


def _name(term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple) -> str:
    return getattr(term, "value", "")


class _Reader:
    def __init__(self, store: Store, graph: nx.MultiDiGraph) -> None:
        from pyoxigraph import NamedNode  # noqa: PLC0415

        self._engine = store.engine
        self._graph = graph
        self._node = NamedNode
        self._cited: set[str] = set()
        """Evidence of what was kept, wherever it is from."""

    def _of(self, iri: str) -> Iterator[pyoxigraph.Triple]:
        """All that the store says of the node."""
        for quad in self._engine.quads_for_pattern(self._node(iri), None, None):
            yield quad.triple

    def description(self) -> Iterator[pyoxigraph.Triple]:
        """The node of the graph itself, without its counts and its example."""
        for triple in self._of(_GRAPH):
            example = triple.predicate.value == f"{_VOID}exampleResource" and _name(triple.object) not in self._graph
            if triple.predicate.value not in _COUNTS and not example:
                yield triple

    def node(self, iri: str, *, mentions: bool) -> Iterator[pyoxigraph.Triple]:
        """A node of the selection with its edges in it, and its earlier IRIs."""
        edges = self._graph.adj[iri]
        for triple in self._of(iri):
            predicate, other = triple.predicate.value, _name(triple.object)
            if predicate not in _EDGES:
                yield triple
            elif predicate == Predicate.MENTIONS.iri:
                if mentions and other in self._graph:
                    yield triple
            elif other in edges and any(BASE + data["predicate"] == predicate for data in edges[other].values()):
                yield triple
        for old in self._engine.quads_for_pattern(None, self._node(_REPLACED), self._node(iri)):
            yield from self._of(_name(old.subject))

    def statements(self) -> Iterator[pyoxigraph.Triple]:
        """The statements of the selection's edges."""
        for _, _, key in sorted(self._graph.edges(keys=True)):
            if str(key).startswith(FOLDERS["statement"]):
                yield from self._cite(self._of(key))

    def said_in(self, paper: str) -> Iterator[pyoxigraph.Triple]:
        """The mentions and results of a paper that name only things of the selection."""
        from_paper = self._node(Property.FROM_PAPER.iri)
        for quad in self._engine.quads_for_pattern(None, from_paper, self._node(paper)):
            subject = _name(quad.subject)
            if subject.startswith((FOLDERS["mention"], FOLDERS["result"])):
                triples = tuple(self._of(subject))
                if all(_name(each.object) in self._graph for each in triples if each.predicate.value in _NAMED):
                    yield from self._cite(triples)

    def evidence(self) -> Iterator[pyoxigraph.Triple]:
        """What was cited, and the record of the papers outside the selection that it is from."""
        outside: set[str] = set()
        for iri in sorted(self._cited):
            for triple in self._of(iri):
                if triple.predicate.value == Property.FROM_PAPER.iri and _name(triple.object) not in self._graph:
                    outside.add(_name(triple.object))
                yield triple
        for paper in sorted(outside):
            for triple in self._of(paper):
                if triple.predicate.value not in _EDGES:
                    yield triple

    def _cite(
        self, triples: tuple[pyoxigraph.Triple, ...] | Iterator[pyoxigraph.Triple]
    ) -> Iterator[pyoxigraph.Triple]:
        for triple in triples:
            if triple.predicate.value == Property.HAS_EVIDENCE.iri:
                self._cited.add(_name(triple.object))
            yield triple
