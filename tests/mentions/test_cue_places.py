import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.mentions import introduction_cues as cues
from kg.mentions.cue_places import MAKING, NAMING, OWNING, RESULTING, WITHIN, cue_places

WORDS = st.sampled_from(
    "we propose introduces released our the model called named it dubbed namely resulting in a new dataset , . "  # noqa: SIM905
    "FooNet ( ) implement this as open-source open source trained pre-trained built yields put forward suggested "
    "i.e., known as".split()
)
PATTERNS = {MAKING: cues.MAKE, NAMING: cues.NAMED, OWNING: cues.OWN, RESULTING: cues.RESULT, WITHIN: cues.IMPLEMENTED}


@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_cue_places_misses_no_match(text):
    low = text.lower()
    places = set(cue_places(low, len(low)))
    for kind, pattern in PATTERNS.items():
        for match in pattern.finditer(low):
            if kind == OWNING and not match[0].startswith(("our", "the proposed")):
                continue  # "the model" is anybody's
            assert (match.start(), kind) in places


def test_cue_places_stops_at_its_limit():
    assert cue_places("we propose", 2) == ()


@pytest.mark.parametrize("text", ["\ud800 we propose", "İ we propose", "é\U0001f600 we propose"])
def test_cue_places_counts_code_points(text):
    assert (text.index("propose"), MAKING) in cue_places(text, len(text))


def test_cue_places_begin_words():
    assert all(re.match(r"\b", "the newly brought sour tour"[place:]) for place, _ in cue_places("the sour tour", 13))
