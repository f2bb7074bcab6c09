import itertools
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from kg.mentions.overlap import longest


@dataclass(frozen=True)
class Stretch:
    start: int
    end: int
    rank: int = 0


stretches = st.lists(
    st.builds(lambda a, n, r: Stretch(a, a + n, r), st.integers(0, 50), st.integers(0, 12), st.integers(0, 2))
)


@given(stretches)
def test_longest_never_overlaps_and_is_sorted(items):
    kept = longest(items)
    assert all(a.end <= b.start for a, b in itertools.pairwise(kept))


@given(stretches)
def test_longest_leaves_nothing_that_would_fit(items):
    kept = longest(items)
    for item in items:
        if item.end > item.start:
            assert any(item.start < k.end and k.start < item.end for k in kept)


def test_longest_prefers_the_longer_then_the_rank():
    assert longest([Stretch(0, 4), Stretch(0, 9), Stretch(5, 9, 2)]) == [Stretch(0, 9)]
    assert longest([Stretch(0, 4, 1), Stretch(0, 4, 2)]) == [Stretch(0, 4, 2)]
