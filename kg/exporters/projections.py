"""Which things go together: papers left out, and what they say turned into edges between the things they speak of.

`Entities(rows)` gives, of any graph, the things and four kinds of edges between them:

- `usedWith`: papers use both; `evaluatedWith`: papers evaluate on both. Both ways, written once, from the lower IRI.
- lineage, `extends`, `variantOf`, `broader`, `partOf`, and `comparesWith`: as they are in the graph.

`support` counts the papers that say it, and the evidence names them: of the first two each paper as a whole, of the
others its sentences. `strength` of the first two is Salton's cosine, the papers of both over the geometric mean of the
papers of each (Salton and McGill 1983; what it is worth beside others: van Eck and Waltman, JASIST 60(8), 2009): 1
where neither is used without the other, small where one is used everywhere. It is None for the others.

Pairs are sorted on disk, so memory grows with the names of things and papers, not with pairs.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations, groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Final

from kg.exporters.rows import EdgeRow
from kg.exporters.sorting import sorted_on_disk
from kg.graph import Evidence
from kg.identifiers import Iri, digest
from kg.vocabulary import Class, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.exporters.rows import GraphRows, NodeRow

__all__ = ["Entities"]

_TOGETHER: Final[dict[str, str]] = {Predicate.USES: "usedWith", Predicate.EVALUATES_ON: "evaluatedWith"}
"""What papers do with two things, and the edge that it makes between them."""
_KEPT: Final[frozenset[str]] = frozenset(
    {Predicate.EXTENDS, Predicate.VARIANT_OF, Predicate.BROADER, Predicate.PART_OF, Predicate.COMPARES_WITH}
)


@dataclass(frozen=True, slots=True)
class Entities:
    """The things of a graph that an edge between things joins, and these edges; rows as `GraphRows` has them.

    Of the pairs those are left out that fewer than `min_support` papers use or evaluate on together; so are other
    edges that papers say, not those of the ontology.
    """

    rows: GraphRows
    min_support: int = 1

    def nodes(self) -> Iterator[NodeRow]:
        """The things, sorted by IRI."""
        joined = {end for edge in self.edges() for end in (edge.source, edge.target)}
        return (node for node in self.rows.nodes() if node.iri in joined)

    def edges(self) -> Iterator[EdgeRow]:
        """The edges, sorted by source and target; of two things lineage and comparison come first."""
        titles = {node.iri: node.label for node in self.rows.nodes() if node.kind == Class.PAPER}
        return heapq.merge(self._kept(titles), self._together(titles), key=attrgetter("source", "target"))

    def _kept(self, titles: Mapping[str, str]) -> Iterator[EdgeRow]:
        for edge in self.rows.edges():
            rare = 0 < edge.support < self.min_support
            if edge.predicate in _KEPT and edge.source not in titles and not rare:
                yield edge

    def _together(self, titles: Mapping[str, str]) -> Iterator[EdgeRow]:
        papers: Counter[tuple[str, str]] = Counter()
        pairs = sorted_on_disk(_pairs(self.rows, titles, papers))
        for (source, target, predicate), group in groupby(pairs, key=itemgetter(0, 1, 2)):
            said = [paper for *_, paper in group]
            if len(said) >= self.min_support:
                yield EdgeRow(
                    id=f"edge-{digest(source, predicate, target)[:32]}",
                    source=source,
                    target=target,
                    statement=None,
                    predicate=predicate,
                    confidence=1.0,
                    support=len(said),
                    hedged=False,
                    origin="projected",
                    evidence=tuple(Evidence(Iri(paper), titles[paper], "", 0, 0, "", predicate) for paper in said),
                    strength=round(len(said) / math.sqrt(papers[predicate, source] * papers[predicate, target]), 4),
                )


def _pairs(
    rows: GraphRows, titles: Mapping[str, str], papers: Counter[tuple[str, str]]
) -> Iterator[tuple[str, str, str, str]]:
    """The two things, the edge and the paper that makes it; counts the papers of each thing meanwhile."""
    for paper, edges in groupby(rows.edges(), key=attrgetter("source")):
        if paper not in titles:
            continue
        things: dict[str, set[str]] = defaultdict(set)
        for edge in edges:
            if edge.predicate in _TOGETHER:
                things[_TOGETHER[edge.predicate]].add(edge.target)
        for predicate, named in things.items():
            papers.update((predicate, thing) for thing in named)
            for source, target in combinations(sorted(named), 2):
                yield source, target, predicate, paper
