"""What is exported of a store: everything, streamed from it, or a selection."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg.exporters.format import Content, Lazy
from kg.exporters.formats import find_format, write
from kg.exporters.projections import Entities
from kg.exporters.rdf.selected_triples import selected_triples
from kg.exporters.rows import Flat, Selected
from kg.exporters.streamed import Spooled, Streamed, mention_rows, paper_rows, plain_triples, result_rows
from kg.vocabulary import Class

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx
    from pyoxigraph import Quad, Triple

    from kg.exporters.rows import Counts, GraphRows
    from kg.store import Store

__all__ = ["content_of", "export"]


def content_of(
    store: Store,
    graph: nx.MultiDiGraph | None = None,
    *,
    project: Literal["papers", "entities"] = "papers",
    flat: bool = False,
    min_support: int = 1,
) -> Content:
    """All that a store holds, or of the selection `graph` that and what its papers hold; nothing is read yet.

    `project="entities"` leaves papers out of the graph and joins the things they use and evaluate on together, if at
    least `min_support` papers do (`kg.exporters.projections`); there are no triples of that. `flat` leaves out the
    evidence of edges, and of triples the statements.
    """
    rows: GraphRows
    triples: Iterable[Quad | Triple] | None
    if graph is None:
        papers = None
        rows = Spooled(Streamed(store))
        triples = Lazy(lambda: plain_triples(store)) if flat else store.engine
    else:
        papers = frozenset(node for node, kind in graph.nodes(data="kind") if kind == Class.PAPER)
        rows = Selected(graph)
        triples = Lazy(lambda: selected_triples(store, graph, statements=not flat))
    if project == "entities":
        rows, triples = Spooled(Entities(rows, min_support)), None
    return Content(
        graph=Flat(rows) if flat else rows,
        triples=triples,
        results=Lazy(lambda: result_rows(store, papers)),
        papers=Lazy(lambda: paper_rows(store, papers)),
        mentions=Lazy(lambda: mention_rows(store, papers)),
    )


def export(
    store: Store,
    target: Path | str,
    file_format: str | None = None,
    *,
    graph: nx.MultiDiGraph | None = None,
    project: Literal["papers", "entities"] = "papers",
    flat: bool = False,
    min_support: int = 1,
) -> dict[str, Counts]:
    """The store, or the selection `graph` of it, is written to a file; what each file holds comes back, by its name.

    `file_format` is a name of `FORMATS`; without it the target's ending says it (`kg.ttl`, `kg.graphml`). The others
    are as in `content_of`.

    Raises:
        UnknownNameError: no such format.
        ExportError: the format cannot hold it.
        OutputError: the target cannot be written.
    """
    content = content_of(store, graph, project=project, flat=flat, min_support=min_support)
    return write(content, find_format(file_format or Path(target).name), Path(target))
