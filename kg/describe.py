"""What the store knows of a thing, why two things are joined, how much there is: `kg show`, `kg why`, `kg stats`."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.errors import UnknownNameError
from kg.identifiers import Iri
from kg.queries.names import find_thing
from kg.selection import Evidence, neighbours, of_nodes
from kg.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.ontology import Entity, Ontology
    from kg.store import Store

__all__ = ["Connection", "Description", "Explanation", "Neighbour", "Stats", "Step", "show", "stats", "why"]

_LONGEST_PATH: Final = 6
"""Edges; what is further apart has nothing to do with each other that a reader would accept."""
_WIDEST_SEARCH: Final = 20_000
"""Nodes looked at before a path is given up."""
_HUBS: Final = frozenset({"metric", "task", "organisation"})
"""Folders of nodes that no path between other things goes over: two things that are measured by accuracy are not joined
by it."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A node at the other end of an edge, with the words that say so; none where the ontology alone says it."""

    predicate: str
    iri: Iri
    label: str
    kind: str
    year: int | None
    confidence: float
    support: int
    hedged: bool
    source: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """A node with its edges, sorted by predicate, then support, then newest, then label.

    `timeline` counts by year the papers that mention it, `imports` are the imports that speak of it. `in_store` is
    False for an entity of the ontology that no paper mentions: then its edges are those of the ontology alone.
    """

    iri: Iri
    label: str
    kind: str
    aliases: tuple[str, ...] = ()
    status: str | None = None
    level: str | None = None
    year: int | None = None
    arxiv: str | None = None
    date: str | None = None
    url: str | None = None
    papers: int = 0
    imports: tuple[str, ...] = ()
    in_store: bool = True
    outgoing: tuple[Neighbour, ...] = ()
    incoming: tuple[Neighbour, ...] = ()
    timeline: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """An edge of a path, read in its own direction: subject, predicate, object with labels."""

    subject: Iri
    subject_label: str
    predicate: str
    object: Iri
    object_label: str
    confidence: float
    source: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Connection:
    """A chain of nodes from one thing to another; between two of them there may be several edges, each a step."""

    nodes: tuple[Iri, ...]
    labels: tuple[str, ...]
    steps: tuple[tuple[Step, ...], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The shortest connections of two things, at most as many as asked for; none where there is no short one.

    `length` is the number of edges: 1 where they are joined, 0 where both names mean one node or nothing joins them.
    """

    start: Iri
    start_label: str
    end: Iri
    end_label: str
    connections: tuple[Connection, ...]

    @property
    def length(self) -> int:
        """How many edges the shortest connection has."""
        return len(self.connections[0].steps) if self.connections else 0


@dataclass(frozen=True, slots=True)
class Stats:
    """What a store holds: pairs of name and count, sorted; `years` counts papers by year, None for those without."""

    papers: int
    nodes: tuple[tuple[str, int], ...]
    relations: tuple[tuple[str, int], ...]
    edges: tuple[tuple[str, int], ...]
    lifted: int
    mentions: int
    results: int
    triples: int
    years: tuple[tuple[int | None, int], ...]
    statuses: tuple[tuple[str, int], ...]
    newest: str | None
    version: str
    ontology_digest: str
    build: str


def show(store: Store, ontology: Ontology | None, name: str) -> Description:
    """The entity or paper of a name, from the store, or else from the ontology.

    Raises:
        AmbiguousNameError: several bear the name.
        UnknownNameError: nothing does; the message says what is near.
    """
    try:
        iri = find_thing(store, name)
    except UnknownNameError:
        known = ontology.find(name) if ontology is not None else ()
        if len(known) != 1 or ontology is None:
            raise
        return _from_ontology(known[0], ontology)
    ends = {end for s, _, o in neighbours(store, [iri]) for end in (s, o)} | {iri}
    graph = of_nodes(store, ends)
    node = graph.nodes[iri]
    outgoing: list[Neighbour] = []
    incoming: list[Neighbour] = []
    for subject, object_, data in [*graph.out_edges(iri, data=True), *graph.in_edges(iri, data=True)]:
        other = object_ if subject == iri else subject
        far = graph.nodes[other]
        neighbour = Neighbour(
            predicate=data["predicate"],
            iri=Iri(other),
            label=far["label"],
            kind=far["kind"],
            year=far.get("year"),
            confidence=data["confidence"],
            support=data["support"],
            hedged=data["hedged"],
            source=data["source"],
            evidence=_abstract_first(data["evidence"]),
        )
        (outgoing if subject == iri else incoming).append(neighbour)
    return Description(
        iri=iri,
        label=node["label"],
        kind=node["kind"],
        aliases=node.get("aliases", ()),
        status=node.get("status"),
        level=node.get("level"),
        year=node.get("year"),
        arxiv=node.get("arxiv"),
        date=node.get("date"),
        url=node.get("url"),
        papers=node["papers"],
        imports=tuple(sorted(str(name) for (name,) in store.strings(f"SELECT ?n {{ <{iri}> dcterms:source ?n }}"))),
        outgoing=_sorted(outgoing),
        incoming=_sorted(incoming),
        timeline=_timeline(store, iri) if node["kind"] != "Paper" else (),
    )


def why(store: Store, start: str, end: str, *, most: int = 3) -> Explanation:
    """The edges between two things, by name, with the sentences behind them; else the shortest paths, `most` at most.

    No path goes over a metric, a task or an organisation; where an end is a task, it may go over other tasks, and where
    it is a metric, over metrics.

    Raises:
        AmbiguousNameError, UnknownNameError: as `show`.
    """
    first, last = find_thing(store, start), find_thing(store, end)
    paths = _shortest(store, first, last, most) if first != last else []
    graph = of_nodes(store, {first, last, *(node for path in paths for node in path)})
    labels = {iri: data["label"] for iri, data in graph.nodes(data=True)}

    def steps(one: str, other: str) -> tuple[Step, ...]:
        found = [
            Step(
                *(Iri(subject), labels[subject], data["predicate"], Iri(object_), labels[object_]),
                *(data["confidence"], data["source"], _abstract_first(data["evidence"])),
            )
            for subject, object_ in ((one, other), (other, one))
            for data in (graph.get_edge_data(subject, object_) or {}).values()
        ]
        return tuple(sorted(found, key=lambda step: (-step.confidence, step.predicate, step.subject)))

    connections = tuple(
        Connection(
            nodes=tuple(Iri(node) for node in path),
            labels=tuple(labels[node] for node in path),
            steps=tuple(steps(one, other) for one, other in pairwise(path)),
        )
        for path in paths
    )
    return Explanation(first, labels[first], last, labels[last], connections)


def stats(store: Store) -> Stats:
    """The counts of a store."""
    meta = store.meta
    years: Counter[int | None] = Counter()
    dated = 0
    for year, count in store.strings(
        "SELECT ?y (COUNT(?p) AS ?n) WHERE { ?p a mlkg:Paper ; mlkg:year ?y } GROUP BY ?y"
    ):
        years[int(str(year))] = int(str(count))
        dated += int(str(count))
    if meta["papers"] > dated:
        years[None] = meta["papers"] - dated
    statuses = [
        (str(status), int(str(count)))
        for status, count in store.strings(
            "SELECT ?s (COUNT(?n) AS ?c) WHERE { ?n mlkg:status ?s } GROUP BY ?s ORDER BY ?s"
        )
    ]
    return Stats(
        papers=meta["papers"],
        nodes=tuple(sorted(meta["nodes"].items())),
        relations=tuple(sorted(meta["relations"].items())),
        edges=tuple(sorted(meta["edges"].items())),
        lifted=meta["lifted"],
        mentions=meta["mentions"],
        results=meta["results"],
        triples=meta["triples"],
        years=tuple(sorted(years.items(), key=lambda pair: (pair[0] is None, pair[0] or 0))),
        statuses=tuple(statuses),
        newest=meta["newest"],
        version=meta["version"],
        ontology_digest=meta["ontology_digest"],
        build=meta["build"],
    )


def _from_ontology(entity: Entity, ontology: Ontology) -> Description:
    edges = []
    for predicate, parent in entity.parents:
        other = ontology.entities.get(parent) or ontology.organisations.get(parent)
        if other is not None:
            kind = str(getattr(other, "kind", "Organisation"))
            year = getattr(other, "year", None)
            edges.append(
                Neighbour(
                    predicate.value,
                    parent,
                    other.label,
                    kind,
                    year,
                    1.0,
                    0,
                    hedged=False,
                    source="ontology",
                    evidence=(),
                )
            )
    return Description(
        iri=entity.iri,
        label=entity.label,
        kind=entity.kind.value,
        aliases=tuple(sorted(entity.aliases)),
        status="curated",
        level=entity.level or None,
        year=entity.year,
        arxiv=entity.arxiv,
        in_store=False,
        outgoing=_sorted(edges),
    )


def _sorted(edges: Iterable[Neighbour]) -> tuple[Neighbour, ...]:
    return tuple(sorted(edges, key=lambda e: (e.predicate, -e.support, -(e.year or 0), e.label, e.iri)))


def _abstract_first(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """The same, what stands in a title last: the sentence of an abstract says more."""
    return tuple(sorted(evidence, key=lambda one: one.sentence in one.paper_title))


def _timeline(store: Store, iri: Iri) -> tuple[tuple[int, int], ...]:
    rows = store.strings(f"""
        SELECT ?year (COUNT(DISTINCT ?paper) AS ?papers) WHERE {{ ?paper mlkg:mentions <{iri}> ; mlkg:year ?year }}
        GROUP BY ?year ORDER BY ?year""")
    return tuple((int(str(year)), int(str(count))) for year, count in rows)


def _shortest(store: Store, first: Iri, last: Iri, most: int) -> list[list[str]]:
    """Up to `most` shortest paths, sorted: over things before papers before organisations, then by IRI.

    They go over no node of `_HUBS`, save of the folder of an end: from a task to a task over the one that is broader.
    """
    closed = _HUBS - {_folder(first), _folder(last)}
    before: dict[str, set[str]] = {first: set()}
    rim = {str(first)}
    for _ in range(_LONGEST_PATH):
        reached: dict[str, set[str]] = defaultdict(set)
        for subject, _, object_ in neighbours(store, rim):
            for one, other in ((subject, object_), (object_, subject)):
                if one in rim and other not in before and _folder(other) not in closed:
                    reached[other].add(one)
        before |= reached
        rim = set(reached)
        if last in before or not rim or len(before) > _WIDEST_SEARCH:
            break
    if last not in before:
        return []
    paths: list[list[str]] = [[str(last)]]
    while paths[0][0] != first:
        longer = [[one, *path] for path in paths for one in before[path[0]]]
        paths = sorted(longer, key=lambda path: [*map(_rank, path), *path])[: max(most, 200)]
    return sorted(paths, key=lambda path: ([_rank(node) for node in path], path))[:most]


def _rank(iri: str) -> int:
    return {"organisation": 2, "paper": 1}.get(_folder(iri), 0)


def _folder(iri: str) -> str:
    """`method` of `https://w3id.org/mlkg/method/lora`."""
    return iri.removeprefix(BASE).split("/", 1)[0]
