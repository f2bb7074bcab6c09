"""How each format is read back: one entry for every name in `kg.exporters.FORMATS`."""

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import networkx as nx
import pyoxigraph

from kg.exporters.clean import clean, csv_text
from kg.vocabulary import BASE


@dataclass(frozen=True)
class Seen:
    """What a reader of the format sees: names of nodes by IRI and edges, or merely texts."""

    names: dict[str, str] = field(default_factory=dict)
    edges: frozenset[tuple[str, str, str]] = frozenset()
    texts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reader:
    """`read` takes the file or folder; `becomes` says what a text is when it is read back.

    `graph` says that the format holds every node and edge: `Seen.names` and `Seen.edges` are compared. Of other formats
    `Seen.texts` has to hold the hostile text, which is a paper's title and author and a scored model's name.
    """

    read: Callable[[Path], Seen]
    becomes: Callable[[str], str] = clean
    graph: bool = True


def as_written(text):
    """For formats that keep every character."""
    return text


def seen_in_rdf(target):
    names, edges = {}, set()
    for quad in pyoxigraph.parse(path=str(target)):
        if isinstance(quad.object, pyoxigraph.Literal):
            names[quad.subject.value] = quad.object.value
        else:
            edges.add((quad.subject.value, quad.predicate.value.removeprefix(BASE), quad.object.value))
    return Seen(names, frozenset(edges))


def seen_in_graphml(target):
    return seen_in_networkx(nx.read_graphml(target))


def seen_in_gexf(target):
    return seen_in_networkx(nx.read_gexf(target))


def seen_in_networkx(graph):
    iris = dict(graph.nodes(data="iri"))
    return Seen(
        {iris[node]: text for node, text in graph.nodes(data="label")},
        frozenset((iris[a], data["predicate"], iris[b]) for a, b, data in graph.edges(data=True)),
    )


def seen_in_csv(target):
    def rows(file):
        with (target / file).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    return Seen(
        {row["id"]: csv_text(row["label"]) for row in rows("nodes.csv")},
        frozenset((row["source"], row["predicate"], row["target"]) for row in rows("edges.csv")),
    )


READERS = {
    "turtle": Reader(seen_in_rdf, as_written),
    "ntriples": Reader(seen_in_rdf, as_written),
    "nquads": Reader(seen_in_rdf, as_written),
    "trig": Reader(seen_in_rdf, as_written),
    "rdfxml": Reader(seen_in_rdf),
    "jsonld": Reader(seen_in_rdf, as_written),
    "graphml": Reader(seen_in_graphml),
    "gexf": Reader(seen_in_gexf),
    "csv": Reader(seen_in_csv),
}
