import json
import random

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text import clean
from kg.viewer.content import arxiv_id, content, utf16_offset
from tests.viewer.sample import BASE, HOSTILE, SENTENCE, graph, hostile_graph


def edge_of(found, predicate, source=None):
    at = None if source is None else [n["iri"] for n in found["nodes"]].index(source)
    return next(e for e in found["edges"] if e["p"] == predicate and (at is None or e["from"] == at))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2106.09685", "2106.09685"),
        ("arXiv:2106.09685v2", "2106.09685v2"),
        ("math.GT/0309136", "math.GT/0309136"),
        ("cs/0501001", "cs/0501001"),
        ("2106.09685/../../x", None),
        ("javascript:1", None),
        ("2106.09685\n", "2106.09685"),
        ("２１０６.09685", None),
        ("", None),
        (None, None),
        (2106.09685, None),
    ],
)
def test_content_accepts_only_arxiv_identifiers(text, expected):
    assert arxiv_id(text) == expected


@given(st.text(), st.integers(-3, 40))
def test_content_counts_offsets_as_javascript_does(text, offset):
    text = clean(text)
    expected = len(text[: max(offset, 0)].encode("utf-16-le")) // 2
    assert utf16_offset(text, offset) == expected


def test_content_marks_the_mention_by_utf16_offsets():
    found = content(graph())
    text, start, end, paper, rule = edge_of(found, "evaluatesOn")["why"][0]
    units = found["texts"][text].encode("utf-16-le")
    assert units[2 * start : 2 * end].decode("utf-16-le") == "TeapotQA"
    assert found["papers"][paper] == ["paper/p1", "Moonbeam for teapots"]
    assert found["rules"][rule] == "build-on"


def test_content_keeps_each_sentence_once():
    assert content(graph())["texts"] == [SENTENCE]


def test_content_leaves_out_an_alias_that_repeats_the_label():
    moonbeam = next(n for n in content(graph())["nodes"] if n["name"] == "Moonbeam")
    assert moonbeam["aliases"] == ["Lunar Ray Tuning"]


def test_content_drops_what_is_no_arxiv_identifier():
    papers = {n["name"]: n.get("arxiv") for n in content(graph())["nodes"] if n["kind"] == "Paper"}
    assert papers == {"Moonbeam for teapots": "2301.00001", "Teapots without moons": None}


def test_content_says_that_an_edge_of_the_ontology_has_no_papers_behind_it():
    assert edge_of(content(graph()), "broader")["n"] == 0


def test_content_is_the_same_whatever_the_order_of_making():
    one = graph()
    other = nx.MultiDiGraph()
    nodes, edges = list(one.nodes(data=True)), list(one.edges(keys=True, data=True))
    random.Random(3).shuffle(nodes)
    random.Random(4).shuffle(edges)
    other.add_nodes_from(nodes)
    other.add_edges_from(edges)
    assert content(one) == content(other)


def test_content_ranks_by_papers_and_edges():
    ranked = sorted(content(graph())["nodes"], key=lambda node: node["rank"])
    assert [node["name"] for node in ranked[:2]] == ["Moonbeam", "TeapotQA"]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None])
def test_content_leaves_out_a_confidence_that_is_no_number(value):
    made = nx.MultiDiGraph()
    made.add_edge(BASE + "method/a", BASE + "method/b", key="uses", predicate="uses", confidence=value)
    assert "conf" not in content(made)["edges"][0]


def test_content_of_a_bare_graph_uses_keys_as_names():
    made = nx.MultiDiGraph()
    made.add_edge("urn:a", "urn:b", key="uses")
    found = content(made)
    assert [node["name"] for node in found["nodes"]] == ["urn:a", "urn:b"]
    assert found["edges"][0]["p"] == "uses"


def test_content_of_hostile_names_is_json_in_utf8():
    assert len(HOSTILE) >= 10
    json.dumps(content(hostile_graph()), ensure_ascii=False, allow_nan=False).encode("utf-8")
