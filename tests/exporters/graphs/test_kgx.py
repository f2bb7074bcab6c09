"""KGX: columns, CURIEs and separators as its tools read them (pandas, no quoting, `|` between values)."""

import re

import networkx as nx
import pytest

from kg.errors import ExportError
from kg.exporters import Selected
from kg.exporters.graphs import kgx
from kg.exporters.projections import Entities
from kg.vocabulary import BASE, Predicate
from tests.contract.content import LORA, PAPER, QLORA, make_content, make_graph

CURIE = re.compile(r"[^ <()>:]*:[^/ :]+")
"""What kgx takes for one: https://github.com/biolink/kgx/blob/master/kgx/prefix_manager.py."""
LEVELS = {
    *("knowledge_assertion", "logical_entailment", "prediction", "statistical_association", "observation"),
    "not_provided",
}
AGENTS = {
    *("manual_agent", "automated_agent", "data_analysis_pipeline", "computational_model", "text_mining_agent"),
    *("image_processing_agent", "manual_validation_of_automated_agent", "not_provided"),
}
"""https://biolink.github.io/biolink-model/KnowledgeLevelEnum/ and AgentTypeEnum."""


def table(path):
    head, *lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    names = head.split("\t")
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines]


@pytest.fixture
def made(tmp_path):
    kgx.write_folder(make_content().graph, tmp_path)
    return table(tmp_path / "kg_nodes.tsv"), table(tmp_path / "kg_edges.tsv")


def test_kgx_required_columns_are_filled(made):
    nodes, edges = made
    assert all(node["id"] and node["category"] for node in nodes)
    required = ("id", "subject", "predicate", "object", "knowledge_level", "agent_type", "primary_knowledge_source")
    assert all(edge[name] for edge in edges for name in required)
    assert {edge["knowledge_level"] for edge in edges} <= LEVELS
    assert {edge["agent_type"] for edge in edges} <= AGENTS


def test_kgx_ids_and_references_are_curies(made):
    nodes, edges = made
    ids = {node["id"] for node in nodes}
    assert {"mlkg.method:lora", "mlkg.paper:arxiv-1"} <= ids
    assert {end for edge in edges for end in (edge["subject"], edge["object"])} <= ids
    named = [node[name] for node in nodes for name in ("id", "category", "kind")]
    named += [edge[name] for edge in edges for name in ("subject", "predicate", "original_predicate", "object")]
    assert all(CURIE.fullmatch(each) for each in named)


@pytest.mark.parametrize(
    ("source", "predicate", "target", "biolink", "level", "agent"),
    [
        (PAPER, "uses", LORA, "mentions", "knowledge_assertion", "text_mining_agent"),
        (PAPER, "extends", LORA, "mentions", "knowledge_assertion", "text_mining_agent"),
        (QLORA, "broader", LORA, "subclass_of", "knowledge_assertion", "manual_agent"),
        (LORA, "comparesWith", QLORA, "related_to", "knowledge_assertion", "manual_agent"),
    ],
)
def test_kgx_edges_say_what_they_are_in_biolink_and_how_they_are_known(
    made, source, predicate, target, biolink, level, agent
):
    (edge,) = [
        edge
        for edge in made[1]
        if (edge["subject"], edge["original_predicate"], edge["object"])
        == (kgx.curie(source), f"mlkg:{predicate}", kgx.curie(target))
    ]
    assert (edge["predicate"], edge["knowledge_level"], edge["agent_type"]) == (f"biolink:{biolink}", level, agent)


def test_kgx_evidence_is_text_and_papers(made):
    edge = next(edge for edge in made[1] if edge["original_predicate"] == "mlkg:uses")
    assert (edge["supporting_text"], edge["publications"]) == ("We use LoRA.", "mlkg.paper:arxiv-1")
    assert (edge["has_confidence_score"], edge["evidence_count"]) == ("0.9", "1")


def test_kgx_names_keep_to_their_cell(tmp_path):
    kgx.write_folder(Selected(make_graph("a\tb\r\nc|d\u2028e")), tmp_path)
    node = next(node for node in table(tmp_path / "kg_nodes.tsv") if node["iri"] == LORA)
    assert node["name"] == "a b  c\u00a6d e"
    assert node["synonym"].split("|") == ["a b  c\u00a6d e", "b"]


def test_kgx_reads_in_pandas_as_kgx_reads_it(tmp_path):
    pandas = pytest.importorskip("pandas")
    kgx.write_folder(Selected(make_graph('"quoted" \x00 text')), tmp_path)
    frame = pandas.read_csv(
        tmp_path / "kg_nodes.tsv", sep="\t", dtype=str, quoting=3, lineterminator="\n", keep_default_na=False
    )
    assert dict(zip(frame["iri"], frame["name"], strict=True))[LORA] == '"quoted" \ufffd text'


def test_kgx_things_used_together_are_statistics_of_the_literature(tmp_path):
    graph = make_graph()
    graph.add_edge(PAPER, QLORA, "u", predicate="uses", source="paper", support=1, confidence=1.0, evidence=())
    kgx.write_folder(Entities(Selected(graph)), tmp_path)
    edge = next(edge for edge in table(tmp_path / "kg_edges.tsv") if edge["original_predicate"] == "mlkg:usedWith")
    assert edge["predicate"] == "biolink:occurs_together_in_literature_with"
    assert (edge["knowledge_level"], edge["agent_type"]) == ("statistical_association", "data_analysis_pipeline")


@pytest.mark.parametrize("iri", ["urn:a", "https://example.org/method/lora", f"{BASE}method/a/b", f"{BASE}lora"])
def test_kgx_refuses_nodes_that_have_no_curie(iri, tmp_path):
    graph = nx.MultiDiGraph()
    graph.add_node(iri, label="A", kind="Method")
    with pytest.raises(ExportError, match=f"node {re.escape(iri)} is not in"):
        kgx.write_folder(Selected(graph), tmp_path)


def test_kgx_every_predicate_has_one_in_biolink(tmp_path):
    graph = nx.MultiDiGraph()
    graph.add_node(LORA, label="A", kind="Method")
    for predicate in Predicate:
        graph.add_edge(LORA, LORA, predicate, predicate=str(predicate), source="ontology")
    kgx.write_folder(Selected(graph), tmp_path)
    edges = table(tmp_path / "kg_edges.tsv")
    assert len(edges) == len(Predicate)
    assert {edge["predicate"] for edge in edges} == {
        f"biolink:{name}" for name in ("subclass_of", "part_of", "produced_by", "related_to")
    }
