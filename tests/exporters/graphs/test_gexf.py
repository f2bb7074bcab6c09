"""GEXF 1.3: what Gephi counts on.

That the files are valid against GEXF 1.3's RELAX NG schema is checked by hand: the schema is not ours to ship.
"""

import io
import shutil
import subprocess
import xml.etree.ElementTree as ET

import networkx as nx
import pytest

from kg.exporters import Selected
from kg.exporters.graphs import gexf

G = "{http://gexf.net/1.3}"


@pytest.fixture
def graph():
    graph = nx.MultiDiGraph()
    graph.add_node("urn:b", label="B\nsecond line", kind="Method", papers=4, status="curated", aliases=(), year=2020)
    graph.add_node("urn:a", label="A", kind="Paper", papers=1)
    for predicate in ("uses", "extends"):
        graph.add_edge(
            "urn:a",
            "urn:b",
            key=predicate,
            predicate=predicate,
            confidence=0.5,
            support=3,
            hedged=False,
            source="paper",
            evidence=(),
        )
    return graph


def written(graph):
    file = io.BytesIO()
    gexf.write(Selected(graph), file)
    return file.getvalue()


def test_gexf_parallel_edges_differ_in_kind(graph):
    edges = list(ET.fromstring(written(graph)).iter(G + "edge"))
    assert [(e.get("id"), e.get("source"), e.get("target"), e.get("kind"), e.get("weight")) for e in edges] == [
        ("e0", "n0", "n1", "extends", "3.0"),
        ("e1", "n0", "n1", "uses", "3.0"),
    ]


def test_gexf_nodes_have_colour_place_and_size(graph):
    viz = "{http://gexf.net/1.3/viz}"
    paper, method = ET.fromstring(written(graph)).iter(G + "node")
    assert [each.tag for each in method] == [f"{G}attvalues", f"{viz}color", f"{viz}position", f"{viz}size"]
    assert method.find(f"{viz}color").attrib == {"r": "0", "g": "114", "b": "178"}
    assert method.find(f"{viz}size").attrib == {"value": "11.0"}
    places = [[each.find(f"{viz}position").get(axis) for axis in "xyz"] for each in (paper, method)]
    assert places[0] != places[1]
    read = nx.read_gexf(io.BytesIO(written(graph)))
    assert {data["viz"]["color"]["g"] for _, data in read.nodes(data=True)} == {114, 141}


def test_gexf_every_value_has_a_declared_attribute(graph):
    root = ET.fromstring(written(graph))
    declared = {each.get("id"): each.get("type") for each in root.iter(G + "attribute")}
    assert {value.get("for") for value in root.iter(G + "attvalue")} <= set(declared)
    assert declared["node_year"] == "integer"
    assert declared["edge_confidence"] == "double"


def test_gexf_attributes_have_their_types_in_networkx(graph):
    read = nx.read_gexf(io.BytesIO(written(graph)))
    nodes = {data["iri"]: data for _, data in read.nodes(data=True)}
    assert nodes["urn:b"]["label"] == "B\nsecond line"
    assert nodes["urn:b"]["year"] == 2020
    assert {data["hedged"] for *_, data in read.edges(data=True)} == {False}
    assert {data["weight"] for *_, data in read.edges(data=True)} == {3.0}


@pytest.mark.skipif(not shutil.which("xmllint"), reason="xmllint is not installed")
def test_gexf_is_well_formed_for_xmllint(graph, tmp_path):
    path = tmp_path / "kg.gexf"
    path.write_bytes(written(graph))
    subprocess.run(["xmllint", "--nonet", "--noout", str(path)], check=True, capture_output=True)
