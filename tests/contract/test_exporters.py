"""What every format promises, run on each: names and direction survive, bytes repeat, hostile text is harmless."""

import csv
import io
import random
from dataclasses import dataclass
from pathlib import Path

import igraph
import networkx as nx
import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ExportError
from kg.exporters import FORMATS, Content, ResultRow, Selected, Takes, write
from kg.exporters.clean import clean, csv_text
from kg.selection import Evidence
from kg.vocabulary import BASE, PREFIXES

LORA, QLORA, MMLU, PAPER = (
    f"{BASE}{path}" for path in ("method/lora", "method/qlora", "benchmark/mmlu", "paper/arxiv-1")
)

HOSTILE = {
    "markup": "<b>bold</b> & <script>alert(1)</script>",
    "entities": "&amp; &#x41; &undefined;",
    "cdata-end": "a ]]> b <![CDATA[ c",
    "quotes": "\"double\" 'single' `back` \\ backslash",
    "line-breaks": "first\nsecond\n\nfourth",
    "carriage-returns": "first\r\nsecond\rthird",
    "tabs": "\tstarts\tand ends\t",
    "spaces": "  two before, two after  ",
    "right-to-left": "\u202eabc\u202c \u200fdef \u0627\u0644\u0639\u0631\u0628\u064a\u0629",
    "emoji": "\U0001f1ea\U0001f1fa \U0001f469\u200d\U0001f52c \U0001f600",
    "controls": "a\x00b\x01c\x0bd\x0ce\x1bf\x7fg\x85h\x9fi",
    "noncharacters": "a\ufffeb\uffffc\ufdd0d",
    "separators": "a\u2028b\u2029c\u00a0d",
    "long": "n" * 10_000,
    "formula-equals": '=HYPERLINK("http://example.org","x")',
    "formula-plus": "+1+1",
    "formula-minus": "-2+3+cmd|' /C calc'!A0",
    "formula-at": "@SUM(1+1)",
    "formula-quoted": "'=1",
    "formula-wide": "\uff1d1",
    "comma": "a,b;c|d",
    "turtle": '"""triple""" @prefix x: <y> . ^^<z>',
    "looks-empty": " ",
    "number": "007",
    "null": "None",
}


@dataclass(frozen=True)
class Seen:
    """What a reader of the format sees."""

    names: dict[str, str]
    edges: frozenset[tuple[str, str, str]]


def evidence(sentence):
    return (Evidence(PAPER, "Quantised adapters", sentence, 0, 2, sentence[:2], "rule"),)


def make_graph(label="LoRA", order=0):
    """Two methods, a benchmark and a paper; two edges between the same nodes, one back, one to itself."""
    nodes = [
        (
            LORA,
            {"label": label, "kind": "Method", "papers": 2, "status": "curated", "aliases": (label, "b"), "year": 2021},
        ),
        (QLORA, {"label": "QLoRA", "kind": "Method", "papers": 1, "status": "discovered", "aliases": ()}),
        (
            MMLU,
            {
                "label": "MMLU",
                "kind": "Benchmark",
                "papers": 1,
                "status": "curated",
                "aliases": (),
                "arxiv": "2009.03300",
            },
        ),
        (
            PAPER,
            {
                "label": "Quantised adapters",
                "kind": "Paper",
                "papers": 1,
                "year": 2023,
                "date": "2023-05",
                "url": "https://e.org/?a=1&b=2",
            },
        ),
    ]
    said = {
        "confidence": 0.9,
        "support": 1,
        "hedged": False,
        "source": "paper",
        "evidence": evidence(f"We use {label}."),
    }
    known = {"confidence": 1.0, "support": 0, "hedged": False, "source": "ontology", "evidence": ()}
    edges = [
        (PAPER, LORA, f"{BASE}statement/1", {"predicate": "uses", **said}),
        (PAPER, LORA, f"{BASE}statement/2", {"predicate": "extends", **said, "hedged": True}),
        (PAPER, MMLU, f"{BASE}statement/3", {"predicate": "evaluatesOn", **said}),
        (QLORA, LORA, "broader", {"predicate": "broader", **known}),
        (LORA, QLORA, "comparesWith", {"predicate": "comparesWith", **known}),
        (LORA, LORA, "extends", {"predicate": "extends", **known}),
    ]
    random.Random(order).shuffle(nodes)
    random.Random(order).shuffle(edges)
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(edges)
    return graph


def make_triples(graph):
    label = pyoxigraph.NamedNode(PREFIXES["rdfs"] + "label")
    triples = [
        pyoxigraph.Quad(pyoxigraph.NamedNode(iri), label, pyoxigraph.Literal(text))
        for iri, text in graph.nodes(data="label")
    ]
    for source, target, predicate in graph.edges(data="predicate"):
        triples.append(pyoxigraph.Quad(*(pyoxigraph.NamedNode(iri) for iri in (source, BASE + predicate, target))))
    return triples


def make_content(label="LoRA", order=0):
    graph = make_graph(label, order)
    results = [
        ResultRow(PAPER, "Quantised adapters", value, delta=False, subject=LORA, subject_label=label, sentence=label)
        for value in random.Random(order).sample(["50.3%", "+3", "1.2x"], 3)
    ]
    return Content(Selected(graph), make_triples(graph), results)


def files_of(target):
    """The bytes of each file that was written."""
    path = Path(target)
    return (
        {each.name: each.read_bytes() for each in sorted(path.iterdir())}
        if path.is_dir()
        else {path.name: path.read_bytes()}
    )


def export(name, folder, content):
    folder.mkdir(exist_ok=True)
    target = folder / f"kg{FORMATS[name].extension}"
    counts = write(content, FORMATS[name], target)
    return target, counts


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
    "turtle": seen_in_rdf,
    "ntriples": seen_in_rdf,
    "nquads": seen_in_rdf,
    "trig": seen_in_rdf,
    "rdfxml": seen_in_rdf,
    "jsonld": seen_in_rdf,
    "graphml": seen_in_graphml,
    "gexf": seen_in_gexf,
    "csv": seen_in_csv,
}
KEEPS_EVERYTHING = {"turtle", "ntriples", "nquads", "trig", "jsonld"}
"""The others are documented to replace control characters."""
SINGLE = [name for name in FORMATS if FORMATS[name].write]

every_format = pytest.mark.parametrize("name", FORMATS)


def test_every_format_has_its_reader():
    assert set(READERS) == set(FORMATS)
    assert len(READERS) >= 9


@every_format
def test_exporters_names_and_direction_survive(name, tmp_path):
    target, _ = export(name, tmp_path / "a", make_content())
    seen = READERS[name](target)
    assert seen.names == {LORA: "LoRA", QLORA: "QLoRA", MMLU: "MMLU", PAPER: "Quantised adapters"}
    assert seen.edges == {
        (PAPER, "uses", LORA),
        (PAPER, "extends", LORA),
        (PAPER, "evaluatesOn", MMLU),
        (QLORA, "broader", LORA),
        (LORA, "comparesWith", QLORA),
        (LORA, "extends", LORA),
    }


@every_format
def test_exporters_write_the_same_bytes_whatever_the_order(name, tmp_path):
    first, _ = export(name, tmp_path / "first", make_content())
    again, _ = export(name, tmp_path / "again", make_content())
    other, _ = export(name, tmp_path / "other", make_content(order=7))
    assert files_of(first) == files_of(again) == files_of(other)


@every_format
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_exporters_hostile_names_survive(name, text, tmp_path):
    target, _ = export(name, tmp_path / "a", make_content(label=text))
    seen = READERS[name](target)
    assert seen.names[LORA] == (text if name in KEEPS_EVERYTHING else clean(text))
    assert len(seen.names) == 4
    assert len(seen.edges) == 6


@every_format
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_exporters_any_name_survives(name, text, tmp_path_factory):
    target, _ = export(name, tmp_path_factory.mktemp("any"), make_content(label=text))
    assert READERS[name](target).names[LORA] == (text if name in KEEPS_EVERYTHING else clean(text))


@pytest.mark.parametrize("name", ["graphml", "gexf", "csv"])
def test_exporters_lone_surrogates_become_replacement_characters(name, tmp_path):
    target, _ = export(name, tmp_path / "a", Content(Selected(make_graph("a\ud800b")), (), ()))
    assert READERS[name](target).names[LORA] == "a\ufffdb"


def content_that_breaks():
    """Nothing is wrong until the last node, triple or result."""
    graph = make_graph()
    graph.add_node(f"{BASE}zzz", kind="Method")

    def triples():
        yield from make_triples(make_graph())
        raise ExportError("the disk is gone")

    def results():
        yield from make_content().results
        raise ExportError("the disk is gone")

    return Content(Selected(graph), triples(), results())


@every_format
def test_exporters_leave_nothing_half_written(name, tmp_path):
    with pytest.raises(ExportError):
        export(name, tmp_path / "a", content_that_breaks())
    left = [path for path in (tmp_path / "a").rglob("*") if path.is_file()]
    assert left == []


@every_format
def test_exporters_keep_the_old_file_when_the_new_one_fails(name, tmp_path):
    target, _ = export(name, tmp_path / "a", make_content())
    before = files_of(target)
    with pytest.raises(ExportError):
        export(name, tmp_path / "a", content_that_breaks())
    assert files_of(target) == before


@pytest.mark.parametrize("name", SINGLE)
def test_exporters_standard_output_gets_the_same_bytes(name, tmp_path, capfdbinary):
    target, _ = export(name, tmp_path / "a", make_content())
    write(make_content(), FORMATS[name], Path("-"))
    assert capfdbinary.readouterr().out == target.read_bytes()


@every_format
def test_exporters_an_empty_graph_reads_back_empty(name, tmp_path):
    target, _ = export(name, tmp_path / "a", Content(Selected(nx.MultiDiGraph()), (), ()))
    if name in ("turtle", "ntriples", "nquads", "trig"):
        assert target.read_bytes() == b""
    assert READERS[name](target) == Seen({}, frozenset())


@every_format
def test_exporters_counts_are_what_is_read_back(name, tmp_path):
    target, counts = export(name, tmp_path / "a", make_content())
    seen = READERS[name](target)
    known = [count for file in counts.values() for count in (file.nodes, file.edges, file.triples) if count is not None]
    if FORMATS[name].takes is Takes.TRIPLES:
        assert known == [len(seen.names) + len(seen.edges)]
    else:
        assert known == [len(seen.names), len(seen.edges)]


@every_format
def test_exporters_ask_for_what_they_need(name, tmp_path):
    with pytest.raises(ExportError, match="none was given"):
        export(name, tmp_path / "a", Content())


@every_format
def test_exporters_are_documented(name):
    format_ = FORMATS[name]
    assert format_.name == name
    assert format_.about
    assert format_.spec_url.startswith("http")
    assert "/" in format_.media_type
    assert bool(format_.write) == bool(format_.takes) != bool(format_.tables)


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning:rdflib")  # rdflib 7.6 warns of itself
@pytest.mark.parametrize("name", [name for name in FORMATS if FORMATS[name].takes is Takes.TRIPLES])
def test_rdf_formats_read_the_same_in_rdflib(name, tmp_path):
    target, _ = export(name, tmp_path / "a", make_content(label=HOSTILE["markup"] + HOSTILE["carriage-returns"]))
    formats = {
        "turtle": "turtle",
        "ntriples": "nt",
        "nquads": "nquads",
        "trig": "trig",
        "rdfxml": "xml",
        "jsonld": "json-ld",
    }
    read = rdflib.Dataset(default_union=True)
    read.parse(data=target.read_text(encoding="utf-8"), format=formats[name])
    lines = io.BytesIO()
    FORMATS["ntriples"].write(make_content(label=HOSTILE["markup"] + HOSTILE["carriage-returns"]).triples, lines)
    wanted = rdflib.Graph().parse(data=lines.getvalue(), format="nt")
    assert {(s, p, o) for s, p, o, *_ in read.quads((None, None, None, None))} == set(wanted)


def test_graphml_reads_the_same_in_igraph(tmp_path):
    target, _ = export("graphml", tmp_path / "a", make_content(label=HOSTILE["markup"]))
    graph = igraph.Graph.Read_GraphML(str(target))
    names = {v["iri"]: v["label"] for v in graph.vs}
    assert names[LORA] == HOSTILE["markup"]
    edges = {(graph.vs[e.source]["iri"], e["predicate"], graph.vs[e.target]["iri"]) for e in graph.es}
    assert edges == seen_in_graphml(target).edges
    assert graph.is_directed()
