"""An invented graph for the tests of the page, and names that try to be more than names."""

from dataclasses import dataclass

import networkx as nx

BASE = "https://w3id.org/mlkg/"
SENTENCE = "We build on Moonbeam 😀 and test it on TeapotQA."

HOSTILE = (
    "</script><img src=x onerror=window.pwned=1>",
    '"><svg onload=window.pwned=1>',
    "javascript:window.pwned=1",
    "<!--<script>window.pwned=1</script>",
    "]]>{{ 7*7 }}{% raw %}",
    "'+window.pwned=1+'",
    "a\u2028b\u2029c\x00d\ud800e",
    "=HYPERLINK(1)",
    "__proto__",
    "constructor",
)


@dataclass(frozen=True)
class Evidence:
    """The fields the page reads of a selection's evidence."""

    paper: str
    paper_title: str
    sentence: str
    start: int
    end: int
    quote: str
    rule: str


def graph():
    """Five things and two papers; one thing stands alone."""
    made = nx.MultiDiGraph()

    def add(kind, slug, label, **more):
        made.add_node(BASE + f"{kind.lower()}/{slug}", kind=kind, label=label, **more)

    add("Paper", "p1", "Moonbeam for teapots", year=2023, arxiv="2301.00001", date="2023-01-05", papers=1)
    add("Paper", "p2", "Teapots without moons", year=2025, arxiv="../evil", papers=1)
    add("Method", "moonbeam", "Moonbeam", status="curated", aliases=("Lunar Ray Tuning", "Moonbeam"), papers=9)
    add("Method", "qmoonbeam", "QMoonbeam", status="discovered", aliases=(), papers=2)
    add("Benchmark", "teapotqa", "TeapotQA", status="curated", aliases=("Teapot-QA",), papers=4)
    add("Model", "kettle-7b", "Kettle 7B", status="composed", aliases=(), papers=1)
    add("Task", "brewing", "Brewing", status="curated", aliases=(), papers=0)

    def join(source, predicate, target, confidence, *, hedged=False, sentence=SENTENCE, quote=None, support=1):
        evidence = ()
        if quote is not None:
            at = sentence.index(quote)
            evidence = (
                Evidence(BASE + "paper/p1", "Moonbeam for teapots", sentence, at, at + len(quote), quote, "build-on"),
            )
        made.add_edge(
            BASE + source,
            BASE + target,
            key=f"{BASE}statement/{source}{predicate}{target}".replace("/", "-"),
            predicate=predicate,
            confidence=confidence,
            support=support,
            hedged=hedged,
            source="paper",
            evidence=evidence,
        )

    join("paper/p1", "extends", "method/moonbeam", 0.9, quote="Moonbeam")
    join("paper/p1", "evaluatesOn", "benchmark/teapotqa", 0.8, quote="TeapotQA")
    join("paper/p1", "introduces", "method/qmoonbeam", 0.95)
    join("paper/p2", "uses", "method/moonbeam", 0.4, hedged=True)
    join("paper/p2", "comparesWith", "method/moonbeam", 0.7)
    join("method/qmoonbeam", "broader", "method/moonbeam", 1.0, support=0)
    join("paper/p2", "uses", "model/kettle-7b", 0.6)
    return made


def hostile_graph():
    """A graph whose every text attacks the page."""
    made = nx.MultiDiGraph()
    for i, name in enumerate(HOSTILE):
        made.add_node(
            BASE + f"method/h{i}", kind=name if i % 3 == 0 else "Method", label=name, aliases=(name + name,), url=name,
            arxiv=name, status=name, date=name, year=2024,
        )  # fmt: skip
    for i, name in enumerate(HOSTILE):
        evidence = Evidence(name, name, name + " and " + name, 0, len(name), name, name)
        made.add_edge(
            BASE + f"method/h{i}", BASE + "method/h0", key=name, predicate=name, confidence=0.5, source=name,
            evidence=(evidence,),
        )  # fmt: skip
    return made
