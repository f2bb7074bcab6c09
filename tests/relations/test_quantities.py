from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.relations.quantities import may_hold, quantities


@pytest.mark.parametrize(
    ("text", "value", "number", "unit"),
    [
        ("23%", "23%", "23", "%"),
        ("33.3\\%", "33.3%", "33.3", "%"),
        ("85 %", "85%", "85", "%"),
        ("-39%", "-39%", "-39", "%"),
        ("5.17times", "5.17times", "5.17", "x"),
        ("20X", "20X", "20", "x"),
        ("3-fold", "3-fold", "3", "x"),
        ("threefold", "threefold", "3", "x"),
        ("uparrow2.31%", "2.31%", "2.31", "%"),
        ("11.0 pm 1.3 points", "11.0 pm 1.3 points", "11.0", "points"),
        ("2.5 percentage points", "2.5 percentage points", "2.5", "points"),
        ("1,217", "1,217", "1217", None),
        ("35 ms", "35 ms", "35", "ms"),
        ("24 GB", "24 GB", "24", "GB"),
    ],
)
def test_quantities_know_value_number_and_unit(text, value, number, unit):
    (one,) = quantities(text, 0, len(text))
    assert (one.value, one.number, one.unit) == (value, Decimal(number), unit)


@pytest.mark.parametrize("text", ["GPT-4", "v1.2.3", "Llama2", "$100", "2024-05", "x4"])
def test_quantities_leave_parts_of_names_alone(text):
    assert not [one for one in quantities(text, 0, len(text)) if one.unit]


@given(st.text(alphabet="0123456789.,%-x times\\points to and", max_size=80))
def test_quantities_lie_in_the_text_and_are_announced(text):
    found = list(quantities(text, 0, len(text)))
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert may_hold(text, 0, len(text)) or not found
