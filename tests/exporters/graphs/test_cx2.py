"""CX2: what its specification asks for, and what Cytoscape shows."""

import io
import json

import pytest

from kg.exporters import Selected
from kg.exporters.graphs import cx2
from kg.exporters.graphs.colours import COLOURS
from tests.contract.content import LORA, PAPER, empty_content, make_content, make_graph

TYPES = {"string": str, "integer": int, "double": (int, float), "boolean": bool, "list_of_string": list}


def written(graph):
    file = io.BytesIO()
    cx2.write(graph, file)
    return json.loads(file.getvalue())


@pytest.fixture
def blocks():
    return written(make_content().graph)


def aspect(blocks, name):
    (found,) = [block[name] for block in blocks if name in block]
    return found


def test_cx2_begins_with_its_descriptor_and_ends_with_its_status(blocks):
    assert blocks[0] == {"CXVersion": "2.0", "hasFragments": False}
    assert blocks[-1] == {"status": [{"success": True}]}
    assert all(len(block) == 1 for block in blocks[1:])


@pytest.mark.parametrize("content", [make_content(), empty_content()], ids=["graph", "empty"])
def test_cx2_metadata_counts_every_aspect(content):
    blocks = written(content.graph)
    counted = {entry["name"]: entry["elementCount"] for entry in aspect(blocks, "metaData")}
    assert counted == {name: len(held) for block in blocks[2:-1] for name, held in block.items()}


def test_cx2_attributes_are_declared_before_they_are_used_and_have_their_types(blocks):
    order = [next(iter(block)) for block in blocks]
    assert order.index("attributeDeclarations") < order.index("networkAttributes") < order.index("nodes")
    (declared,) = aspect(blocks, "attributeDeclarations")
    elements = {name: [each["v"] for each in aspect(blocks, name)] for name in ("nodes", "edges")}
    elements["networkAttributes"] = aspect(blocks, "networkAttributes")
    for name, values in elements.items():
        assert "id" not in declared[name]
        for attribute, value in [item for each in values for item in each.items()]:
            assert isinstance(value, TYPES[declared[name][attribute]["d"]]), (name, attribute)


def test_cx2_ids_are_whole_numbers_and_edges_join_nodes(blocks):
    nodes = [node["id"] for node in aspect(blocks, "nodes")]
    edges = aspect(blocks, "edges")
    assert nodes == list(range(4))
    assert [edge["id"] for edge in edges] == list(range(6))
    assert {end for edge in edges for end in (edge["s"], edge["t"])} <= set(nodes)


def test_cx2_all_nodes_of_a_small_graph_have_a_place_and_none_of_a_large_one(blocks, monkeypatch):
    assert all({"x", "y"} <= set(node) for node in aspect(blocks, "nodes"))
    monkeypatch.setattr("kg.exporters.graphs.positions.MOST", 3)
    large = aspect(written(make_content().graph), "nodes")
    assert not any({"x", "y"} & set(node) for node in large)


def test_cx2_style_colours_every_kind_and_names_only_declared_attributes(blocks):
    (style,) = aspect(blocks, "visualProperties")
    (declared,) = aspect(blocks, "attributeDeclarations")
    background = style["nodeMapping"]["NODE_BACKGROUND_COLOR"]["definition"]
    assert {entry["v"]: entry["vp"] for entry in background["map"]} == COLOURS
    for mapping, name in (("nodeMapping", "nodes"), ("edgeMapping", "edges")):
        used = {each["definition"]["attribute"] for each in style[mapping].values()}
        assert used <= set(declared[name])


def test_cx2_other_names_are_a_list(blocks):
    nodes = {node["v"]["represents"]: node["v"] for node in aspect(blocks, "nodes")}
    assert nodes[LORA]["alias"] == ["LoRA", "b"]
    assert "alias" not in nodes[PAPER]


def test_cx2_reads_in_the_library_of_ndex():
    ndex2 = pytest.importorskip("ndex2.cx2")
    network = ndex2.RawCX2NetworkFactory().get_cx2network(written(Selected(make_graph("a\nb <&> \u05d0"))))
    names = {node["v"]["represents"]: node["v"]["name"] for node in network.get_nodes().values()}
    assert names[LORA] == "a\nb <&> \u05d0"
    graph = ndex2.CX2NetworkXFactory().get_graph(network)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (4, 6)
