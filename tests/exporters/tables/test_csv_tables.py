"""The tables, as `csv` reads them."""

import csv
import tempfile
from decimal import Decimal
from pathlib import Path

import networkx as nx
import pytest

from kg.exporters import PaperRow, ResultRow, Selected
from kg.exporters.clean import csv_text
from kg.exporters.tables import csv_tables
from kg.selection import Evidence
from kg.vocabulary import BASE

STATEMENT = f"{BASE}statement/0123"


@pytest.fixture
def graph():
    graph = nx.MultiDiGraph()
    graph.add_node("urn:b", label="-B", kind="Method", papers=4, status="curated", aliases=("y", "x, z"), year=2020)
    graph.add_node("urn:a", label="A", kind="Paper", papers=1)
    sentence = 'We say "B"\nand use it.'
    evidence = (
        Evidence("urn:a", "On B", sentence, 15, 18, "use", "rule"),
        Evidence("urn:a", "On B", sentence, 3, 6, "say", "rule"),
    )
    graph.add_edge(
        "urn:a",
        "urn:b",
        key=STATEMENT,
        predicate="uses",
        confidence=0.5,
        support=1,
        hedged=True,
        source="paper",
        evidence=evidence,
    )
    graph.add_edge(
        "urn:b",
        "urn:a",
        key="broader",
        predicate="broader",
        confidence=1.0,
        support=0,
        hedged=False,
        source="ontology",
        evidence=(),
    )
    graph.add_edge(
        "urn:b",
        "urn:b",
        key="broader",
        predicate="broader",
        confidence=1.0,
        support=0,
        hedged=False,
        source="ontology",
        evidence=(),
    )
    return graph


def rows(name, graph=None, results=(), papers=()):
    """A table as a CSV reader sees it."""
    with tempfile.TemporaryDirectory() as folder:
        counts = csv_tables.write_folder(Selected(graph or nx.MultiDiGraph()), results, papers, (), Path(folder))
        with (Path(folder) / name).open(encoding="utf-8", newline="") as file:
            read = list(csv.DictReader(file))
    assert counts[name].rows == len(read)
    return read


def test_nodes_csv_has_a_row_a_node(graph):
    assert rows("nodes.csv", graph) == [
        dict(
            zip(
                ("id", "label", "kind", "status", "aliases", "level", "year", "papers", "arxiv", "date", "url"),
                row,
                strict=True,
            )
        )
        for row in (
            ("urn:a", "A", "Paper", "", "", "", "", "1", "", "", ""),
            ("urn:b", "'-B", "Method", "curated", "x, z | y", "", "2020", "4", "", "", ""),
        )
    ]


def test_edges_csv_has_a_row_an_edge_with_ids_of_its_own(graph):
    edges = rows("edges.csv", graph)
    assert [(e["source_label"], e["predicate"], e["target_label"]) for e in edges] == [
        ("A", "uses", "'-B"),
        ("'-B", "broader", "A"),
        ("'-B", "broader", "'-B"),
    ]
    assert edges[0]["id"] == STATEMENT
    assert len({e["id"] for e in edges}) == 3
    assert (edges[0]["hedged"], edges[0]["confidence"], edges[0]["weight"]) == ("true", "0.5", "1.0")


def test_evidence_csv_cuts_the_quote_out_of_the_sentence(graph):
    evidence = rows("evidence.csv", graph)
    assert [e["quote"] for e in evidence] == ["say", "use"]
    for row in evidence:
        assert row["edge"] == STATEMENT
        assert row["sentence"][int(row["start"]) : int(row["end"])] == row["quote"]


def test_results_csv_keeps_the_value_as_written_and_as_a_number():
    results = [
        ResultRow("urn:a", "A", "many", delta=False),
        ResultRow("urn:p", "P", "+3.2%", delta=True, number=Decimal("3.2"), unit="%"),
        ResultRow("urn:p", "P", "-7", delta=True, number=Decimal(-7), benchmark="urn:b", benchmark_label="B"),
    ]
    read = rows("results.csv", results=results)
    assert [(r["paper"], r["value"], r["number"], r["delta"]) for r in read] == [
        ("urn:a", "many", "", "false"),
        ("urn:p", "'+3.2%", "3.2", "true"),
        ("urn:p", "'-7", "-7", "true"),
    ]


def test_papers_csv_has_the_record_of_a_paper():
    paper = PaperRow("urn:p", "p", "A title, with a comma", "=1 is no formula\nhere.", "2024-05", ("A. B", "C. D"))
    (read,) = rows("papers.csv", papers=[paper])
    assert (read["title"], read["authors"], read["doi"]) == (paper.title, "A. B | C. D", "")
    assert csv_text(read["abstract"]) == paper.abstract
