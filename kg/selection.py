"""A part of the graph as a networkx graph: what viewers and exporters take.

Nodes are keyed by IRI, edges by the IRI of their statement, or by the predicate's name where the edge is the ontology's
alone.

Node attributes: `label`, `kind` (`Paper`, `Organisation` or a value of `Kind`), `papers` (how many mention it, 1 for a
paper), `status` and `aliases` (things only; a tuple), `level` (models only), and where known `year`, `arxiv`, `date`
and `url`. Edge attributes: `predicate` (`uses`), `source` (`paper`, `ontology`, `curated`: imported, or
`lifted`: said of an entity in a paper), `confidence` in [0, 1], `support` (different papers, 0 for the ontology's
edges), `hedged`, and `evidence`, a tuple of `Evidence`.

Nodes and edges come sorted by their keys, so the same store gives the same graph, in the same order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import UnknownNameError
from kg.graph import PAPER_FOLDER, Evidence, edge_data, is_node, neighbours, read_edges, read_evidence, read_nodes
from kg.vocabulary import Class, Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from typing import TypeAlias

    import networkx as nx

    from kg.store import Store

    Selection: TypeAlias = nx.MultiDiGraph

__all__ = ["Evidence", "around", "everything", "foremost", "important", "narrowed", "neighbours", "of_nodes"]

_PAPER: Final = str(Class.PAPER)
_PAPERS_OF_ITS_OWN: Final = 0.25
"""The part of an `important` selection that papers may take; the rest is for what they speak of."""
_DAMPING: Final = 0.85
_ROUNDS: Final = 30
_TRIES: Final = 8
"""How often the places of nodes without an edge in the selection are given to the next in rank."""


def everything(store: Store) -> nx.MultiDiGraph:
    """All papers and things, all edges with their evidence. For large graphs use `important`."""
    return _graph(store, None)


def around(store: Store, iri: str, depth: int = 1) -> nx.MultiDiGraph:
    """What lies within `depth` edges of a node, in either direction, with all edges between what is found.

    Raises:
        UnknownNameError: the store has no such node.
    """
    if not is_node(iri) or not read_nodes(store, [iri]):
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
    papers = [node for node in order if node.startswith(PAPER_FOLDER)]
    things = [node for node in order if not node.startswith(PAPER_FOLDER)]
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
    since: int | str | None = None,
    min_confidence: float = 0.0,
    min_support: int = 0,
    discovered: bool = True,
    keep: Collection[str] = (),
) -> nx.MultiDiGraph:
    """The part of a selection with nodes of these kinds and edges of these predicates, empty for all; a new graph.

    `since` (`2024`, `2024-05`) leaves out papers of an earlier date and those whose date is not known that precisely,
    and things that no other paper of the selection has an edge to; `min_confidence` edges that are less sure;
    `min_support` things that fewer papers speak of; `discovered=False` things that are in no table of the ontology.
    Nodes that lose all their edges go too, but for those in `keep`.
    """
    part = graph.copy()
    old = () if since is None else _outside(graph, str(since))
    for node, data in graph.nodes(data=True):
        unwanted = node in old
        if data["kind"] != _PAPER:
            unwanted |= data["papers"] < min_support or (not discovered and data.get("status") == Status.DISCOVERED)
        if (unwanted or (kinds and data["kind"] not in kinds)) and node not in keep:
            part.remove_node(node)
    for subject, object_, key, data in graph.edges(keys=True, data=True):
        unwanted = (predicates and data["predicate"] not in predicates) or data["confidence"] < min_confidence
        if unwanted and part.has_edge(subject, object_, key):
            part.remove_edge(subject, object_, key)
    part.remove_nodes_from([node for node, degree in list(part.degree()) if not degree and node not in keep])
    return part


def _outside(graph: nx.MultiDiGraph, since: str) -> set[str]:
    """The papers before that time, and what no later one has an edge to."""
    dates = {
        node: str(data.get("date") or data.get("year") or "")
        for node, data in graph.nodes(data=True)
        if data["kind"] == _PAPER
    }
    papers = {node for node, date in dates.items() if date >= since}
    return set(graph) - papers - {thing for paper in papers for thing in graph.adj[paper] if thing not in dates}


def _graph(store: Store, chosen: set[str] | None) -> nx.MultiDiGraph:
    import networkx as nx  # noqa: PLC0415  (a second to import)

    if chosen is not None:
        chosen = {iri for iri in chosen if is_node(iri)}

    graph = nx.MultiDiGraph()
    nodes = read_nodes(store, None if chosen is None else sorted(chosen))
    graph.add_nodes_from((iri, nodes[iri]) for iri in sorted(nodes))
    edges = [edge for edge in read_edges(store, chosen) if edge.subject in nodes and edge.object in nodes]
    titles = {iri: data["label"] for iri, data in nodes.items() if data["kind"] == _PAPER}
    wanted = None if chosen is None else [edge.key for edge in edges if edge.source != "ontology"]
    evidence = read_evidence(store, wanted, titles)
    for edge in sorted(edges):
        graph.add_edge(edge.subject, edge.object, key=edge.key, **edge_data(edge, evidence.get(edge.key, ())))
    return graph


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
