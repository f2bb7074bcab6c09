import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.relations.patterns import at_word

PLAIN = re.compile(r"\b(?:[Ww]e\b|[Tt]ests?\b|[Oo]urs?)")
QUICK = re.compile(at_word(r"we\b", r"tests?\b", "ours?"))


@pytest.mark.parametrize("text", ["We test", "the tests", "owe", "contest", "OUR", "Ours", "we-we", ""])
def test_patterns_find_words_at_their_start(text):
    assert [found[0] for found in QUICK.finditer(text)] == [found[0] for found in PLAIN.finditer(text)]


@given(st.text(alphabet="weWEtsTour -_.\n", max_size=40))
def test_patterns_find_what_a_word_boundary_finds(text):
    assert [found.span() for found in QUICK.finditer(text)] == [found.span() for found in PLAIN.finditer(text)]
