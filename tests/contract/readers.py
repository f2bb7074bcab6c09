"""How each format is read back: one entry for every name in `kg.exporters.FORMATS`."""

import csv
import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import bibtexparser
import networkx as nx
import pyoxigraph

from kg.exporters.clean import clean, csv_text
from kg.exporters.documents.markup import one_line
from kg.papers.latex import plain
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


def seen_in_cx2(target):
    aspects = {}
    for block in json.loads(target.read_text(encoding="utf-8")):
        aspects |= block
    nodes = {node["id"]: node["v"] for node in aspects["nodes"]}
    return Seen(
        {node["represents"]: node["name"] for node in nodes.values()},
        frozenset(
            (nodes[edge["s"]]["represents"], edge["v"]["interaction"], nodes[edge["t"]]["represents"])
            for edge in aspects["edges"]
        ),
    )


def seen_in_cyjs(target):
    graph = nx.cytoscape_graph(json.loads(target.read_text(encoding="utf-8")))
    return Seen(
        dict(graph.nodes(data="name")),
        frozenset((a, interaction, b) for a, b, interaction in graph.edges(data="interaction")),
    )


def seen_in_neo4j(target):
    def rows(prefix):
        for path in sorted(target.glob(f"{prefix}-*.csv")):
            with path.open(encoding="utf-8", newline="") as lines:
                yield from csv.DictReader(lines, strict=True)

    def predicate(type_):
        return re.sub(r"_(.)", lambda match: match[1].upper(), type_.lower())

    return Seen(
        {row["iri:ID"]: row["label"] for row in rows("nodes")},
        frozenset((row[":START_ID"], predicate(row[":TYPE"]), row[":END_ID"]) for row in rows("relationships")),
    )


def seen_in_kgx(target):
    def rows(name):
        lines = (target / name).read_text(encoding="utf-8").split("\n")
        assert lines.pop() == ""
        names, *cells = [line.split("\t") for line in lines]
        return [dict(zip(names, row, strict=True)) for row in cells]

    iris = {row["id"]: row["iri"] for row in rows("kg_nodes.tsv")}
    return Seen(
        {row["iri"]: row["name"] for row in rows("kg_nodes.tsv")},
        frozenset(
            (iris[row["subject"]], row["original_predicate"].removeprefix("mlkg:"), iris[row["object"]])
            for row in rows("kg_edges.tsv")
        ),
    )


def on_one_line(text):
    return re.sub(r"[\t\r\n\x85\u2028\u2029]", " ", clean(text)).replace("|", "\u00a6")


def seen_in_parquet(target):
    from pyarrow import parquet

    def rows(name):
        return parquet.read_table(target / f"{name}.parquet").to_pylist()

    return Seen(
        {row["id"]: row["label"] for row in rows("nodes")},
        frozenset((row["source"], row["predicate"], row["target"]) for row in rows("edges")),
    )


def seen_in_sqlite(target):
    with closing(sqlite3.connect(target)) as database:
        names = dict(database.execute("SELECT iri, name FROM node"))
        edges = database.execute(
            "SELECT s.iri, predicate, t.iri FROM edge JOIN node s ON s.id = source JOIN node t ON t.id = target"
        )
        return Seen(names, frozenset(edges))


def seen_in_eee(target):
    records = [json.loads(path.read_text(encoding="utf-8")) for path in target.glob("data/*/*/*/*.json")]
    return Seen(texts=frozenset(record["model_info"]["name"] for record in records))


def seen_in_nif(target):
    quads = pyoxigraph.parse(path=str(target))
    return Seen(texts=frozenset(q.object.value for q in quads if q.predicate.value.endswith("#anchorOf")))


def seen_in_bibtex(target):
    database = bibtexparser.loads(target.read_text(encoding="utf-8"))
    return Seen(texts=frozenset(plain(entry["title"]) for entry in database.entries))


def seen_in_obsidian(target):
    def properties(text):
        lines = text.split("---\n")[1].split("\n")[:-1]
        return {key: json.loads(value) for key, _, value in (line.partition(": ") for line in lines)}

    def predicate(heading):
        return re.sub(r" (.)", lambda match: match[1].upper(), heading[:1].lower() + heading[1:])

    texts = {path.stem: path.read_text(encoding="utf-8") for path in target.glob("*/*.md")}
    notes = {name: properties(text) for name, text in texts.items()}
    edges = set()
    for name, text in texts.items():
        for section in text.split("\n## ")[1:]:
            heading, *lines = section.split("\n")
            links = [re.match(r"- \[\[([^\]|]*)", line) for line in lines if line.startswith("- ")]
            edges |= {(notes[name]["iri"], predicate(heading), notes[link[1]]["iri"]) for link in links}
    return Seen({note["iri"]: note["aliases"][0] for note in notes.values()}, frozenset(edges))


def seen_in_table(target):
    rows = target.read_text(encoding="utf-8").split("\n\n")[0].split("\n")[2:]
    cells = [re.split(r"(?<!\\) \| ", row)[0].removeprefix("| ") for row in rows]
    return Seen(texts=frozenset(re.sub(r"\\(.)", r"\1", cell) for cell in cells))


READERS = {
    "turtle": Reader(seen_in_rdf, as_written),
    "ntriples": Reader(seen_in_rdf, as_written),
    "nquads": Reader(seen_in_rdf, as_written),
    "trig": Reader(seen_in_rdf, as_written),
    "rdfxml": Reader(seen_in_rdf),
    "jsonld": Reader(seen_in_rdf, as_written),
    "graphml": Reader(seen_in_graphml),
    "gexf": Reader(seen_in_gexf),
    "cx2": Reader(seen_in_cx2),
    "cyjs": Reader(seen_in_cyjs),
    "neo4j": Reader(seen_in_neo4j),
    "kgx": Reader(seen_in_kgx, on_one_line),
    "csv": Reader(seen_in_csv),
    "parquet": Reader(seen_in_parquet),
    "sqlite": Reader(seen_in_sqlite),
    "eee": Reader(seen_in_eee, graph=False),
    "nif": Reader(seen_in_nif, graph=False),
    "bibtex": Reader(seen_in_bibtex, one_line, graph=False),
    "obsidian": Reader(seen_in_obsidian, lambda text: re.sub(r"(?<=\[)(?=\[)|(?<=<)(?=%)", " ", one_line(text))),
    "table": Reader(seen_in_table, one_line, graph=False),
}
