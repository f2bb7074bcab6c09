"""Making text safe: for XML, for spreadsheets, for UTF-8."""

import csv
import io
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exporters.clean import clean, csv_cell, csv_text, xml_attribute, xml_text

ANY = st.text(alphabet=st.characters())  # lone surrogates and control characters too


@given(ANY)
def test_clean_is_idempotent_and_keeps_offsets(text):
    assert len(clean(text)) == len(text)
    assert clean(clean(text)) == clean(text)
    clean(text).encode()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("plain", "plain"),
        ("tab\tand\nline\r\n", "tab\tand\nline\r\n"),
        ("\x00\x08\x0b\x0c\x0e\x1f", "\ufffd" * 6),
        ("\ufffe\uffff", "\ufffd" * 2),
        ("\ud800\udfff", "\ufffd" * 2),
        ("\U0001f600\u202e\u0000", "\U0001f600\u202e\ufffd"),
    ],
    ids=["plain", "white-space", "controls", "noncharacters", "surrogates", "others-stay"],
)
def test_clean_replaces_what_no_file_can_hold(text, kept):
    assert clean(text) == kept


@given(ANY)
def test_xml_text_and_attribute_read_back(text):
    element = ET.fromstring(f'<a b="{xml_attribute(text)}">{xml_text(text)}</a>')
    assert element.get("b") == clean(text)
    assert (element.text or "") == clean(text)


@given(ANY)
def test_csv_cell_reads_back(text):
    (row,) = csv.reader(io.StringIO(f"{csv_cell(text)},end", newline=""))
    assert [csv_text(row[0]), row[1]] == [clean(text), "end"]


@given(ANY)
def test_csv_cell_never_starts_like_a_formula(text):
    (row,) = csv.reader(io.StringIO(f"{csv_cell(text)},end", newline=""))
    assert not row[0].startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"))


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("LoRA", "LoRA"),
        ("'s", "'s"),
        ("'=1", "''=1"),
        ("a=b", "a=b"),
        ('say "x"', '"say ""x"""'),
        ("a\nb", '"a\nb"'),
        ("", ""),
    ],
    ids=["plain", "apostrophe", "marked-already", "sign-inside", "quotes", "line-break", "empty"],
)
def test_csv_cell_changes_no_more_than_it_must(text, cell):
    assert csv_cell(text) == cell
