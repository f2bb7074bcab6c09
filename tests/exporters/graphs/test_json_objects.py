"""Rows as JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exporters.graphs.attributes import Attribute
from kg.exporters.graphs.json_objects import array, known_values, to_json


@pytest.mark.parametrize("items", [[], [1], ["a", {"b": [1, 2]}, None]], ids=["none", "one", "three"])
def test_json_objects_an_array_reads_back(items):
    assert json.loads("".join(array(iter(items)))) == items


def test_json_objects_an_array_has_an_item_a_line():
    assert "".join(array([1, {"a": "b\nc"}])) == '[\n1,\n{"a":"b\\nc"}\n]'


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_json_objects_text_reads_back(text):
    assert json.loads(to_json(text)) == text


def test_json_objects_what_is_not_known_is_left_out_and_text_is_cleaned():
    attributes = [
        Attribute("text", "string", lambda row: row["text"]),
        Attribute("none", "int", lambda _: None),
        Attribute("zero", "int", lambda _: 0),
        Attribute("names", "strings", lambda _: ("a", "b\ud800")),
    ]
    assert known_values(attributes, {"text": "a\x00b"}) == {"text": "a\ufffdb", "zero": 0, "names": ("a", "b\ufffd")}
