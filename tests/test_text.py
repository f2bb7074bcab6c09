"""Sentences by offset."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text import Span, sentences


def cut(text):
    return [text[span.start : span.end] for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A title\nFirst one. Second one.", ["A title", "First one.", "Second one."], id="title-and-two"),
        pytest.param("We use e.g. BERT. It works.", ["We use e.g. BERT.", "It works."], id="abbreviation"),
        pytest.param("See Smith et al. They differ.", ["See Smith et al. They differ."], id="et-al-stays-whole"),
        pytest.param("It gains 3.5 points. Llama 2.5 too.", ["It gains 3.5 points.", "Llama 2.5 too."], id="decimal"),
        pytest.param(
            "Is it so? Yes! (It is.) Done.", ["Is it so?", "Yes!", "(It is.)", "Done."], id="marks-and-brackets"
        ),
        pytest.param("Uses $x$. $y$ follows.", ["Uses $x$.", "$y$ follows."], id="latex"),
        pytest.param("  \n \n", [], id="blank"),
        pytest.param("J. Smith wrote it.", ["J. Smith wrote it."], id="initial"),
    ],
)
def test_sentences_are_cut_where_a_reader_would(text, expected):
    assert cut(text) == expected


@given(st.text())
def test_sentences_are_ordered_and_hold_every_letter(text):
    spans = sentences(text)
    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert "".join("".join(cut(text)).split()) == "".join(text.split())


def test_span_covers_what_lies_within():
    assert Span(0, 5).covers(Span(1, 5))
    assert not Span(0, 5).covers(Span(1, 6))
