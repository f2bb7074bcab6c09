import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.relations.confidence import (
    TABLE,
    Group,
    Precisions,
    confidence,
    group_of,
    is_repeated,
    precisions,
    read_counts,
    table_of,
)
from kg.text import Span
from kg.vocabulary import Kind, RelationType

USES, ADDRESSES, EXTENDS = RelationType.USES, RelationType.ADDRESSES, RelationType.EXTENDS
KEYS = st.tuples(st.sampled_from(RelationType), st.sampled_from(Group), st.sampled_from(["uses", "named", "title"]))
COUNTS = st.dictionaries(KEYS, st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=12)


@given(COUNTS, KEYS)
def test_precisions_are_shares_and_no_rule_says_more_than_its_group(counts, key):
    shares = Precisions(counts)
    relation, group, _ = key
    assert 0 < shares.of(*key) < 1
    assert shares.of(*key) <= shares.of(relation, group, "never seen") + 1e-12


@given(COUNTS)
def test_table_of_is_read_back_and_sorted(counts):
    table = table_of(counts)
    assert read_counts(table) == counts
    assert table.splitlines()[1:] == sorted(table.splitlines()[1:], key=lambda row: row.split("\t")[:3])


def test_precisions_of_a_rule_that_errs_are_below_those_of_its_group():
    counts = {(USES, Group.IDEA, "uses"): (90, 10), (USES, Group.IDEA, "named"): (20, 20)}
    shares = Precisions(counts)
    assert shares.of(USES, Group.IDEA, "named") < 0.7 < shares.of(USES, Group.IDEA, "uses")


def test_precisions_of_few_examples_stay_near_their_group():
    counts = {(USES, Group.IDEA, "uses"): (90, 10), (USES, Group.IDEA, "named"): (0, 1)}
    assert Precisions(counts).of(USES, Group.IDEA, "named") > 0.8


@pytest.mark.parametrize(
    ("relation", "kind", "repeated", "group"),
    [
        (USES, Kind.MODEL, False, Group.THING),
        (USES, Kind.METHOD, True, Group.IDEA),
        (ADDRESSES, Kind.TASK, False, Group.IDEA),
        (ADDRESSES, Kind.TASK, True, Group.TOPIC),
        (EXTENDS, Kind.METHOD, False, Group.ANY),
    ],
)
def test_group_of_tells_things_from_ideas_and_topics(relation, kind, repeated, group):
    assert group_of(relation, kind, repeated=repeated) is group


@pytest.mark.parametrize(
    ("evidence", "repeated"),
    [((Span(2, 4),), True), ((Span(12, 14),), False), ((Span(12, 14), Span(15, 18)), True)],
)
def test_is_repeated_in_the_title_and_at_two_places(evidence, repeated):
    assert is_repeated(evidence, "A title\nThen the abstract.") is repeated


def test_confidence_falls_with_an_unsure_link_and_a_hedge():
    sure = confidence(USES, Group.THING, "uses")
    assert confidence(USES, Group.THING, "uses", 0.4) == pytest.approx(sure / 2)
    assert confidence(USES, Group.THING, "uses", hedged=True) < sure
    assert confidence(USES, Group.THING, "uses", 0.9) == sure


def test_table_is_as_written_by_table_of_and_says_more_of_things_than_of_ideas():
    text = TABLE.read_text(encoding="utf-8")
    assert table_of(read_counts(text)) == text
    assert precisions().of(USES, Group.IDEA, "uses") < precisions().of(USES, Group.THING, "uses")
