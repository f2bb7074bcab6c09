from decimal import Decimal

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import FactsError
from kg.store import terms

XSD = "http://www.w3.org/2001/XMLSchema#"


def read(term):
    """The term as an independent N-Triples parser reads it."""
    (quad,) = pyoxigraph.parse(f"<x:s> <x:p> {term} .", pyoxigraph.RdfFormat.N_TRIPLES)
    return quad.object


@given(st.text(st.characters(codec=None)))
def test_literal_of_any_text_reads_back_as_the_cleaned_text(text):
    assert read(terms.literal(text)).value == terms.clean(text)


@given(st.text(st.characters(codec=None)))
def test_clean_keeps_offsets_and_is_idempotent(text):
    assert len(terms.clean(text)) == len(text)
    assert terms.clean(terms.clean(text)) == terms.clean(text)


@pytest.mark.parametrize("bad", ["\x00", "\x08", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff", "\x7f", "\x9f"])
def test_clean_replaces_what_xml_cannot_hold(bad):
    assert terms.clean(f"a{bad}b") == "a\ufffdb"


@pytest.mark.parametrize("good", ["\t", "\n", "\r", "\x85", "é", "😀", "\u2028", "<&>"])
def test_clean_leaves_what_xml_can_hold(good):
    assert terms.clean(good) == good


@pytest.mark.parametrize(
    "bad",
    ["", "x", "method/lora", "http://a b", "http://a>", 'http://a"', "http://a\n", "http://a\\u003e", "ht tp://a"],
)
def test_iri_refuses_what_would_end_it_early(bad):
    with pytest.raises(FactsError):
        terms.iri(bad)


def test_iri_is_read_back():
    assert read(terms.iri("https://w3id.org/mlkg/method/lora")).value == "https://w3id.org/mlkg/method/lora"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("85.0", "85"),
        ("0.10", "0.1"),
        ("-3", "-3"),
        ("1E+3", "1000"),
        ("0", "0"),
        ("-0.0", "0"),
        ("100", "100"),
        ("1E-7", "0.0000001"),
    ],
)
def test_number_is_the_shortest_decimal(value, text):
    assert terms.number(Decimal(value)) == f'"{text}"^^<{XSD}decimal>'


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1E+999999", "1E-999999"])
def test_number_of_no_or_absurd_size_is_none(value):
    assert terms.number(Decimal(value)) is None


@pytest.mark.parametrize(("value", "text"), [(1.0, "1"), (0.9, "0.9"), (0.12345, "0.1235"), (0.0, "0"), (0.5, "0.5")])
def test_decimal_has_four_places_at_most(value, text):
    assert terms.decimal(value) == f'"{text}"^^<{XSD}decimal>'


@pytest.mark.parametrize(
    ("text", "kind"),
    [("2024-05-20", "date"), ("2024-05", "gYearMonth"), ("2024", "gYear"), ("2024-13-01", None), ("spring", None)],
)
def test_date_is_typed_as_precisely_as_it_is(text, kind):
    term = read(terms.date(text))
    assert (term.value, term.datatype.value) == (text, f"{XSD}{kind or 'string'}")
