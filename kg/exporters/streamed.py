"""What a store holds as rows, in order, and never all of it in memory: the only module here that asks a store."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from itertools import groupby, starmap
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, Final

from kg.exporters.rdf.selected_triples import selected_triples
from kg.exporters.rows import EdgeRow, MentionRow, NodeRow, PaperRow, ResultRow, edge_row, node_row
from kg.exporters.sorting import Spool, in_pieces, sorted_on_disk
from kg.graph import Edge, Evidence, edge_data, node_iris, read_edges, read_evidence, read_nodes, restricted_to
from kg.identifiers import kind_of, paper_iri
from kg.text import clean
from kg.vocabulary import BASE, FOLDERS, Predicate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pyoxigraph import Triple

    from kg.exporters.rows import GraphRows
    from kg.store import Store

__all__ = ["Spooled", "Streamed", "mention_rows", "paper_rows", "plain_triples", "result_rows"]

_TOGETHER: Final = 2_000
"""Nodes or edges of which the store is asked at a time."""
_evidence_fields: Final = attrgetter(*(each.name for each in fields(Evidence)))
_edge_fields: Final = attrgetter(*(each.name for each in fields(Edge)))
_PAPERS: Final = 500
"""Papers of which the store is asked at a time."""

_RESULTS: Final = """
SELECT ?result ?paper ?title ?value ?delta ?number ?unit
       ?subject ?subjectText ?subjectLabel ?benchmark ?benchmarkText ?benchmarkLabel ?metric ?metricText ?metricLabel
       ?higher ?start ?sentence WHERE {
  ?result a mlkg:Result ; mlkg:fromPaper ?paper ; mlkg:valueText ?value ; mlkg:delta ?delta .
  ?paper dcterms:title ?title .
  OPTIONAL { ?result mlkg:value ?number } OPTIONAL { ?result mlkg:unit ?unit }
  OPTIONAL { ?result mlkg:subjectText ?subjectText }
  OPTIONAL { ?result mlkg:subject ?subject . ?subject rdfs:label ?subjectLabel }
  OPTIONAL { ?result mlkg:benchmarkText ?benchmarkText }
  OPTIONAL { ?result mlkg:onBenchmark ?benchmark . ?benchmark rdfs:label ?benchmarkLabel }
  OPTIONAL { ?result mlkg:metricText ?metricText }
  OPTIONAL { ?result mlkg:metricUsed ?metric . ?metric rdfs:label ?metricLabel
             OPTIONAL { ?metric mlkg:higherIsBetter ?higher } }
  OPTIONAL { ?result mlkg:hasEvidence ?e . ?e mlkg:sentence ?sentence ; mlkg:start ?start }
}"""


_MENTIONS: Final = """
SELECT ?paper ?start ?end ?text ?node ?label ?score WHERE {
  %s ?mention mlkg:fromPaper ?paper ; mlkg:refersTo ?node ; mlkg:start ?start ; mlkg:end ?end ; mlkg:quote ?text ;
              mlkg:confidence ?score .
  ?node rdfs:label ?label
}"""


@dataclass(frozen=True, slots=True)
class Streamed:
    """The rows of all that a store holds, those of `Selected(everything(store))`, and never all of them in memory."""

    store: Store

    def nodes(self) -> Iterator[NodeRow]:
        """The nodes, sorted by IRI."""
        iris = (iri for (iri,), _ in groupby(sorted_on_disk((iri,) for iri in node_iris(self.store))))
        for piece in in_pieces(iris, _TOGETHER):
            known = read_nodes(self.store, piece)
            for iri in piece:
                if iri in known:
                    yield node_row(iri, known[iri])

    def edges(self) -> Iterator[EdgeRow]:
        """The edges, sorted by source, target and key."""
        edges = sorted_on_disk(map(_edge_fields, read_edges(self.store, None)))
        for piece in in_pieces(starmap(Edge, edges), _TOGETHER):
            said = [edge.key for edge in piece if edge.source != "ontology"]
            evidence = read_evidence(self.store, said, {})
            for edge in piece:
                yield edge_row(edge.subject, edge.object, edge.key, edge_data(edge, evidence.get(edge.key, ())))


class Spooled:
    """The rows of another graph, made once and then read from disk: for graphs whose rows take time to make."""

    def __init__(self, rows: GraphRows) -> None:
        self._rows = rows
        self._nodes: Spool[tuple[Any, ...]] | None = None
        self._edges: Spool[tuple[Any, ...]] | None = None

    def nodes(self) -> Iterator[NodeRow]:
        """The nodes, sorted by IRI."""
        if self._nodes is None:
            self._nodes = Spool(tuple(node) for node in self._rows.nodes())
        return map(NodeRow._make, self._nodes)

    def edges(self) -> Iterator[EdgeRow]:
        """The edges, sorted as those of the other graph."""
        if self._edges is None:
            self._edges = Spool(map(_packed, self._rows.edges()))
        return map(_unpacked, self._edges)


def _packed(edge: EdgeRow) -> tuple[Any, ...]:
    *fields_, evidence, strength = edge
    return *fields_, tuple(map(_evidence_fields, evidence)), strength


def _unpacked(packed: tuple[Any, ...]) -> EdgeRow:
    *fields_, evidence, strength = packed
    return EdgeRow._make((*fields_, tuple(starmap(Evidence, evidence)), strength))


def result_rows(store: Store, papers: Collection[str] | None = None) -> Iterator[ResultRow]:
    """The scores of the papers, or of all, sorted; labels are those of the nodes, or the paper's words without a node.

    Of a score with several sentences behind it, the first in the text is given.
    """
    read = ((row[1] or "", *row) for row in store.strings(_RESULTS))
    rows = sorted_on_disk(tuple(cell or "" for cell in row) for row in read if papers is None or row[0] in papers)
    for _, of_paper in groupby(rows, key=itemgetter(0)):
        first: dict[str, tuple[int, ResultRow]] = {}
        for _, result, *row, start, sentence in of_paper:
            place = int(start or 0)
            if result not in first or place < first[result][0]:
                first[result] = place, _result_row([cell or None for cell in row], sentence or None)
        yield from sorted((row for _, row in first.values()), key=lambda row: row.order)


def _result_row(row: Sequence[str | None], sentence: str | None) -> ResultRow:
    paper, title, value, delta, number, unit, *things, higher = row
    (
        (subject, subject_text, subject_label),
        (benchmark, benchmark_text, benchmark_label),
        (metric, metric_text, metric_label),
    ) = (things[at : at + 3] for at in (0, 3, 6))
    return ResultRow(
        paper=str(paper),
        paper_title=str(title),
        value=str(value),
        delta=delta == "true",
        number=None if number is None else Decimal(number),
        unit=unit,
        subject=subject,
        subject_label=subject_label or subject_text,
        benchmark=benchmark,
        benchmark_label=benchmark_label or benchmark_text,
        metric=metric,
        metric_label=metric_label or metric_text,
        sentence=sentence,
        lower_is_better=None if higher is None else higher == "false",
    )


def paper_rows(store: Store, papers: Collection[str] | None = None) -> Iterator[PaperRow]:
    """The papers, or all, sorted by id; their text is cleaned as in the RDF, so that offsets agree."""
    for facts in store.facts():
        paper = facts.paper
        iri = paper_iri(paper.id)
        if papers is None or iri in papers:
            yield PaperRow(
                iri=iri,
                id=paper.id,
                title=clean(paper.title),
                abstract=clean(paper.abstract),
                date=paper.date,
                authors=tuple(map(clean, paper.authors)),
                arxiv=paper.arxiv,
                doi=paper.doi,
                url=paper.url,
            )


def mention_rows(store: Store, papers: Collection[str] | None = None) -> Iterator[MentionRow]:
    """The mentions in the papers, or in all, sorted by the paper's id, then by place and node."""
    wanted = sorted_on_disk((id_, iri) for iri, id_ in _papers(store) if papers is None or iri in papers)
    for piece in in_pieces((iri for _, iri in wanted), _PAPERS):
        place = {iri: at for at, iri in enumerate(piece)}
        found = []
        for clause in restricted_to("paper", piece):
            for paper, start, end, text, node, label, score in store.strings(_MENTIONS % clause):
                kind = str(kind_of(str(node)) or "")
                row = (str(paper), int(start or 0), int(end or 0), str(text), str(node), kind)
                found.append(MentionRow(*row, str(label), float(score or 0)))
        found.sort(key=lambda row: (place[row.paper], row.start, row.end, row.node))
        yield from found


def _papers(store: Store) -> Iterator[tuple[str, str]]:
    """IRI and id of each paper, in no order."""
    for iri, id_ in store.strings("SELECT ?paper ?id WHERE { ?paper a mlkg:Paper ; dcterms:identifier ?id }"):
        yield str(iri), str(id_)


def plain_triples(store: Store) -> Iterator[Triple]:
    """The triples about nodes: what `selected_triples` gives of everything without statements."""
    import networkx as nx  # noqa: PLC0415

    yield from selected_triples(store, nx.MultiDiGraph(), statements=False)  # what describes the graph
    left = (f"{BASE}graph", *(FOLDERS[name] for name in ("statement", "evidence", "mention", "result")))
    for quad in store.engine:
        triple = quad.triple
        if not triple.subject.value.startswith(left) and triple.predicate.value != Predicate.MENTIONS.iri:
            yield triple
