"""GraphML: what the tools that read it count on."""

import io
import shutil
import subprocess
import xml.etree.ElementTree as ET

import networkx as nx
import pytest

from kg.errors import ExportError
from kg.exporters import Selected
from kg.exporters.graphs import graphml
from kg.selection import Evidence

G = "{http://graphml.graphdrawing.org/xmlns}"


@pytest.fixture
def graph():
    graph = nx.MultiDiGraph()
    graph.add_node("urn:b", label="B", kind="Method", papers=4, status="curated", aliases=("y", "x"), year=2020)
    graph.add_node("urn:a", label="A", kind="Paper", papers=1, year=2024)
    sentence = "We use B & C."
    evidence = (
        Evidence("urn:a", "On B", sentence, 3, 6, "use", "rule"),
        Evidence("urn:a", "On B", sentence, 7, 8, "B", "rule"),
    )
    graph.add_edge(
        "urn:a",
        "urn:b",
        key="uses",
        predicate="uses",
        confidence=0.5,
        support=1,
        hedged=True,
        source="paper",
        evidence=evidence,
    )
    graph.add_edge(
        "urn:a",
        "urn:b",
        key="extends",
        predicate="extends",
        confidence=1.0,
        support=0,
        hedged=False,
        source="ontology",
        evidence=(),
    )
    return graph


def written(graph):
    file = io.BytesIO()
    graphml.write(Selected(graph), file)
    return file.getvalue()


def test_graphml_ids_are_unique_names_and_attribute_names_too(graph):
    root = ET.fromstring(written(graph))
    ids = [e.get("id") for e in root.iter() if e.tag in (G + "node", G + "edge", G + "key", G + "graph")]
    assert len(ids) == len(set(ids))
    assert all(name.isidentifier() for name in ids)
    keys = root.findall(f"{G}key")
    assert len({key.get("attr.name") for key in keys}) == len(keys)
    assert {data.get("key") for data in root.iter(G + "data")} <= {key.get("id") for key in keys}


def test_graphml_attributes_have_their_types(graph):
    read = nx.read_graphml(io.BytesIO(written(graph)))
    nodes = {data["iri"]: data for _, data in read.nodes(data=True)}
    assert nodes["urn:b"].pop("x") != nodes["urn:a"]["x"] or nodes["urn:b"]["y"] != nodes["urn:a"]["y"]
    assert isinstance(nodes["urn:b"].pop("y"), float)
    assert nodes["urn:b"] == {
        "label": "B",
        "kind": "Method",
        "iri": "urn:b",
        "status": "curated",
        "aliases": "x | y",
        "year": 2020,
        "papers": 4,
        "r": 0,
        "g": 114,
        "b": 178,
        "size": 11.0,
    }
    edge = next(data for *_, data in read.edges(data=True) if data["predicate"] == "uses")
    assert edge == {
        "predicate": "uses",
        "weight": 1.0,
        "confidence": 0.5,
        "support": 1,
        "hedged": True,
        "origin": "paper",
        "evidence": "We use B & C. [On B]",
    }


def test_graphml_what_is_not_known_is_left_out(graph):
    node = next(n for n in ET.fromstring(written(graph)).iter(G + "node") if "A" in n.itertext())
    keys = {data.get("key") for data in node}
    assert not keys & {"aliases", "status", "arxiv", "date", "url"}


@pytest.mark.skipif(not shutil.which("xmllint"), reason="xmllint is not installed")
def test_graphml_is_well_formed_for_xmllint(graph, tmp_path):
    graph.nodes["urn:a"]["label"] = "]]> <a> & \x00 \U0001f600"
    path = tmp_path / "kg.graphml"
    path.write_bytes(written(graph))
    subprocess.run(["xmllint", "--nonet", "--noout", str(path)], check=True, capture_output=True)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda g: g.add_node("urn:c"), "node urn:c has no label"),
        (lambda g: g.add_node(7, label="seven"), "node 7 is no IRI"),
        (lambda g: g.add_edge("urn:b", "urn:a", key="k"), "has no predicate"),
        (lambda g: g.nodes["urn:a"].update(year="soon"), "year of node urn:a is 'soon', not a whole number"),
    ],
    ids=["no-label", "no-iri", "no-predicate", "no-number"],
)
def test_graphml_refuses_what_is_no_selection(graph, damage, message):
    damage(graph)
    with pytest.raises(ExportError, match=message):
        written(graph)
