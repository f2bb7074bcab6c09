"""The tables that formats of tables share."""

from decimal import Decimal

import pytest

from kg.exporters import ResultRow
from kg.exporters.columns import tables
from tests.contract.content import LORA, PAPER, QLORA, make_content

TYPES = {"string": str, "strings": tuple, "int": int, "double": (float, Decimal), "boolean": bool}


@pytest.fixture
def made():
    content = make_content()
    results = [ResultRow(PAPER, "Quantised adapters", "+3.20%", delta=True, number=Decimal("3.20"), unit="%")]
    return {table.name: table for table in tables(content.graph, results, content.papers, content.mentions)}


def rows(table):
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def test_columns_rows_have_a_value_of_the_type_or_none_for_every_column(made):
    for table in made.values():
        assert rows(table)
        for row in rows(table):
            for name, value in row.items():
                assert value is None or isinstance(value, TYPES[table.columns[name]]), (table.name, name)


def test_columns_rows_can_be_walked_again(made):
    for table in made.values():
        assert list(table.rows) == list(table.rows)


def test_columns_of_the_tables_refer_to_each_other(made):
    nodes = {row["id"] for row in rows(made["nodes"])}
    edges = {row["id"] for row in rows(made["edges"])}
    papers = {row["iri"] for row in rows(made["papers"])}
    assert {end for row in rows(made["edges"]) for end in (row["source"], row["target"])} <= nodes
    assert {row["node"] for row in rows(made["mentions"])} <= nodes
    assert {row["edge"] for row in rows(made["evidence"])} <= edges
    assert {row["paper"] for name in ("evidence", "results", "mentions") for row in rows(made[name])} <= papers


def test_columns_of_edges_name_both_ends(made):
    named = {(row["source_label"], row["predicate"], row["target_label"]) for row in rows(made["edges"])}
    assert ("Quantised adapters", "uses", "LoRA") in named
    assert ("QLoRA", "broader", "LoRA") in named


def test_columns_edges_between_the_same_nodes_are_sorted_and_apart(made):
    ids = [row["id"] for row in rows(made["edges"])]
    ends = [(row["source"], row["target"]) for row in rows(made["edges"])]
    assert len(ids) == len(set(ids)) == 6
    assert ends == sorted(ends)
    assert (QLORA, LORA) in ends


def test_columns_results_keep_the_number_as_exact_as_it_is(made):
    (result,) = rows(made["results"])
    assert (result["value"], str(result["number"])) == ("+3.20%", "3.20")
