"""Values as tables and GraphML spell them."""

from decimal import Decimal

import pytest

from kg.importers import cells
from kg.importers.problems import RefusalError
from tests.graphs import iri


@pytest.mark.parametrize(("cell", "number"), [("2021", 2021), ("2021.0", 2021), (" 7 ", 7), ("", None), ("-1", -1)])
def test_whole_numbers_may_be_spelled_as_spreadsheets_do(cell, number):
    assert cells.whole({"n": cell}, "n") == number


@pytest.mark.parametrize("cell", ["soon", "1.5", "nan", "1e99", "inf"])
def test_what_is_no_whole_number_is_refused(cell):
    with pytest.raises(RefusalError, match="n is"):
        cells.whole({"n": cell}, "n")


def test_cells_that_are_not_there_are_empty():
    assert cells.text({}, "n") is None
    assert cells.decimal({}, "n") is None
    assert cells.share({}, "n") == 1.0
    assert cells.truth({}, "n") is False
    assert cells.names({}, "n") == ()


def test_numbers_keep_their_digits():
    assert cells.decimal({"n": "0.1000000000000000000001"}, "n") == Decimal("0.1000000000000000000001")


@pytest.mark.parametrize(("cell", "value"), [("true", True), ("TRUE", True), ("0", False)])
def test_truth_is_read_as_tools_write_it(cell, value):
    assert cells.truth({"n": cell}, "n") is value


def test_names_are_split_and_sorted():
    assert cells.names({"n": "b | a | a"}, "n") == ("a", "b")


@pytest.mark.parametrize("cell", ["method/lora", "mlkg:method/lora", "https://w3id.org/mlkg/method/lora"])
def test_iris_may_be_short(cell):
    assert cells.node_iri({"id": cell}, "id") == iri("method/lora")


def test_a_node_without_an_iri_has_that_of_its_kind_and_label():
    assert cells.node_iri({"kind": "Method", "label": "My Method"}, "id") == iri("method/my-method")


@pytest.mark.parametrize("row", [{"id": "http://x.org"}, {"kind": "Paper", "label": "X"}, {"kind": "Method"}, {}])
def test_nodes_that_cannot_be_named_are_refused(row):
    with pytest.raises(RefusalError):
        cells.node_iri(row, "id")
