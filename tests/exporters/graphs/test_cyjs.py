"""Cytoscape.js JSON, in networkx and in Cytoscape.js itself."""

import io
import json
import os
import shutil
import subprocess

import networkx as nx
import pytest

from kg.exporters.graphs import cyjs
from kg.exporters.graphs.colours import COLOURS
from tests.contract.content import LORA, PAPER, make_content


@pytest.fixture
def written():
    file = io.BytesIO()
    cyjs.write(make_content("a\nb <&> \u05d0").graph, file)
    return file.getvalue()


def test_cyjs_reads_in_networkx_with_parallel_edges_and_loops(written):
    graph = nx.cytoscape_graph(json.loads(written))
    assert isinstance(graph, nx.MultiDiGraph)
    assert graph.nodes[LORA]["name"] == "a\nb <&> \u05d0"
    assert graph.nodes[LORA]["aliases"] == ["a\nb <&> \u05d0", "b"]
    assert {data["interaction"] for data in graph[PAPER][LORA].values()} == {"uses", "extends"}
    assert graph.has_edge(LORA, LORA)


def test_cyjs_ids_differ_between_all_elements(written):
    elements = json.loads(written)["elements"]
    ids = [each["data"]["id"] for each in (*elements["nodes"], *elements["edges"])]
    assert len(ids) == len(set(ids)) == 10


def test_cyjs_small_graphs_lie_where_they_are_put(written):
    read = json.loads(written)
    assert read["layout"] == {"name": "preset"}
    assert all(set(node["position"]) == {"x", "y"} for node in read["elements"]["nodes"])


def test_cyjs_style_colours_every_kind(written):
    style = {each["selector"]: each["style"] for each in json.loads(written)["style"]}
    assert {
        f'node[kind = "{kind}"]': {"background-color": code} for kind, code in COLOURS.items()
    }.items() <= style.items()


_PAGE = """
const graph = JSON.parse(require('fs').readFileSync(0));
const cy = require('cytoscape')({headless: true, styleEnabled: true, ...graph});
const lora = cy.getElementById(process.argv[1]);
console.log(JSON.stringify({
  nodes: cy.nodes().length, edges: cy.edges().length, name: lora.data('name'), place: lora.position(),
  colour: lora.style('background-color'), dashed: cy.edges('[origin = "ontology"]')[0].style('line-style'),
}));
process.exit(0);
"""


def test_cyjs_draws_in_cytoscape_js(written):
    node = shutil.which("node")
    if not node or subprocess.run([node, "-e", "require('cytoscape')"], capture_output=True, timeout=60).returncode:
        pytest.skip("no Cytoscape.js: npm install -g cytoscape, and NODE_PATH=$(npm root -g)")
    run = subprocess.run(
        [node, "-e", _PAGE, LORA], input=written, capture_output=True, check=True, timeout=60, env=os.environ
    )
    seen = json.loads(run.stdout)
    place = next(n["position"] for n in json.loads(written)["elements"]["nodes"] if n["data"]["id"] == LORA)
    assert seen == {
        "nodes": 4,
        "edges": 6,
        "name": "a\nb <&> \u05d0",
        "place": place,
        "colour": "rgb(0,114,178)",
        "dashed": "dashed",
    }
