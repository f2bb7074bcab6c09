"""GraphML of a made-up graph: `python -m tests.bench.graphml selection|networkx|streamed EDGES`.

The graph has a tenth as many nodes as edges, and a sentence of evidence an edge. `selection` writes it from a selection
that is in memory, `networkx` hands the same attributes to `networkx.write_graphml`; `streamed` writes rows that are
made while they are written, so that the process's memory is that of the writer. Prints the seconds of processor that
writing took, without the making of the graph or of the rows.
"""

from __future__ import annotations

import sys
import tempfile
import time
from itertools import chain
from typing import TYPE_CHECKING

from kg.exporters import FORMATS, EdgeRow, NodeRow, Selected
from kg.selection import Evidence
from kg.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

KINDS = ("Paper", "Method", "Model", "Benchmark")


class Made:
    """Rows of a graph of so many edges, ten from each node."""

    def __init__(self, edges: int) -> None:
        self.count = edges

    def nodes(self) -> Iterator[NodeRow]:
        """The nodes, sorted by IRI."""
        for n in range(self.count // 10):
            kind = KINDS[n % 4]
            aliases = (f"N-{n}", f"alias {n} & co") if n % 3 else ()
            date = "2024-05-20" if kind == "Paper" else None
            name = f"Name of node {n} <v2>"
            yield NodeRow(f"{BASE}x/n{n:08}", name, kind, "curated", aliases, 2024, n % 50, None, None, date, None)

    def edges(self) -> Iterator[EdgeRow]:
        """The edges, sorted by source."""
        for n in range(self.count):
            source, target = n // 10, (n * 7919) % (self.count // 10)
            said = f"In this sentence, which is one of many, paper {source} says that it uses thing {target} & more."
            evidence = (Evidence(f"{BASE}x/n{source:08}", f"Title of paper {source}", said, 0, 4, "In t", "rule"),)
            statement = f"{BASE}statement/{n:032x}"
            ends = f"{BASE}x/n{source:08}", f"{BASE}x/n{target:08}"
            sure = round(n % 1000 / 1000, 4)
            yield EdgeRow(statement, *ends, statement, "uses", sure, 1 + n % 3, n % 9 == 0, "paper", evidence)


def selection(rows: Made) -> nx.MultiDiGraph:
    """The same as `kg.selection` makes it."""
    import networkx as nx

    graph = nx.MultiDiGraph()
    names = ("label", "kind", "status", "aliases", "year", "papers", "level", "arxiv", "date", "url")
    for node in rows.nodes():
        known = {name: getattr(node, name) for name in names if getattr(node, name) is not None}
        graph.add_node(node.iri, **known)
    names = ("predicate", "confidence", "support", "hedged", "evidence")
    for edge in rows.edges():
        known = {name: getattr(edge, name) for name in names}
        graph.add_edge(edge.source, edge.target, key=edge.id, source=edge.origin, **known)
    return graph


def main() -> None:
    """Write the graph once."""
    how, rows = sys.argv[1], Made(int(sys.argv[2]))
    with tempfile.NamedTemporaryFile(suffix=".graphml") as file:
        if how == "selection":
            graph = selection(rows)
            began = time.process_time()
            FORMATS["graphml"].write(Selected(graph), file)
        elif how == "networkx":
            import networkx as nx

            FORMATS["graphml"].write(rows, file)
            file.flush()
            graph = nx.read_graphml(file.name, force_multigraph=True)
            began = time.process_time()
            nx.write_graphml(graph, file.name)
        else:
            began = time.process_time()
            for _ in chain(rows.nodes(), rows.edges()):
                pass
            making = time.process_time() - began
            began = time.process_time() + making
            FORMATS["graphml"].write(rows, file)
        print(time.process_time() - began)


if __name__ == "__main__":
    main()
