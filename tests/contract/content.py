"""A small graph with papers, mentions and scores, and text that breaks what is written carelessly."""

import random
from decimal import Decimal
from importlib.util import find_spec

import networkx as nx
import pyoxigraph

from kg.exporters import FORMATS, Content, MentionRow, PaperRow, ResultRow, Selected
from kg.selection import Evidence
from kg.vocabulary import BASE, PREFIXES

INSTALLED = [name for name, format_ in FORMATS.items() if not format_.requires or find_spec(format_.requires)]
"""The formats that can be written here: some need a library that not everybody has."""

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
    """The text is the name of a method, stands in evidence, and is the title, an author and a scored model."""
    graph = make_graph(label, order)
    results = [
        ResultRow(
            *(PAPER, "Quantised adapters", value, False, Decimal(number)),
            subject=LORA,
            subject_label=label,
            benchmark=MMLU,
            benchmark_label="MMLU",
            sentence=label,
        )
        for value, number in (("+3", "3"), ("1.2x", "1.2"), ("50.3%", "50.3"))
    ]
    papers = [
        PaperRow(PAPER, "arxiv:1", label, "We use it.", "2023-05", (label, "B. Büchner"), "2305.00001", None, None)
    ]
    mentions = [MentionRow(PAPER, 0, len(label), label, LORA, "Method", label, 0.9)]
    return Content(Selected(graph), make_triples(graph), results, papers, mentions)


def empty_content():
    """Every part is there and holds nothing."""
    return Content(Selected(nx.MultiDiGraph()), (), (), (), ())
