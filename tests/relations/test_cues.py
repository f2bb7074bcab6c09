import pytest

from kg.relations.cues import Sense, Side, cue_at, inflect


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("use", ("use", "uses", "used", "using")),
        ("study", ("study", "studies", "studied", "studying")),
        ("match", ("match", "matches", "matched", "matching")),
        ("deploy", ("deploy", "deploys", "deployed", "deploying")),
        ("build", ("build", "builds", "built", "building")),
    ],
)
def test_cues_inflect_verbs(verb, forms):
    assert inflect(verb) == forms


@pytest.mark.parametrize(
    ("phrase", "sense", "side"),
    [
        ("leverages", Sense.USES, Side.RIGHT),
        ("is used", Sense.USES, Side.LEFT),
        ("compared with", Sense.COMPARES, Side.RIGHT),
        ("comparing", Sense.STUDIES, Side.RIGHT),
        ("built on top of", Sense.BASED, Side.RIGHT),
        ("unlike", Sense.AGAINST, Side.RIGHT),
        ("instead of", Sense.EXCLUDES, Side.RIGHT),
        ("existing methods", Sense.PRIOR, Side.RIGHT),
        ("pre-trained on", Sense.TRAINS, Side.RIGHT),
        ("with and without", Sense.USES, Side.RIGHT),
    ],
)
def test_cues_are_found_whole_and_longest_first(phrase, sense, side):
    words = (*phrase.split(), "x")
    end, cue = cue_at(words, 0)
    assert (end, cue.sense, cue.side) == (len(words) - 1, sense, side)


def test_cues_do_not_run_past_the_end():
    assert cue_at(("compared",), 0)[0] == 1


def test_cues_of_other_words_are_none():
    assert cue_at(("wombat",), 0) is None
