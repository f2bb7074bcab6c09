"""Precision, recall and F1 from counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.evaluation import Counts

NUMBERS = st.integers(min_value=0, max_value=1_000)
COUNTS = st.builds(Counts, NUMBERS, NUMBERS, NUMBERS)


@pytest.mark.parametrize(
    ("counts", "precision", "recall", "f1"),
    [
        (Counts(3, 1, 2), 0.75, 0.6, 2 / 3),
        (Counts(), 0, 0, 0),
        (Counts(spurious=4), 0, 0, 0),
        (Counts(missed=4), 0, 0, 0),
        (Counts(right=4), 1, 1, 1),
    ],
)
def test_counts_make_the_figures(counts, precision, recall, f1):
    assert (counts.precision, counts.recall, counts.f1) == pytest.approx((precision, recall, f1))


@given(COUNTS)
def test_counts_f1_is_the_harmonic_mean(counts):
    p, r = counts.precision, counts.recall
    assert counts.f1 == pytest.approx(2 * p * r / (p + r) if p + r else 0)


@given(COUNTS, COUNTS)
def test_counts_add_number_by_number(a, b):
    assert a + b == b + a == Counts(a.right + b.right, a.spurious + b.spurious, a.missed + b.missed)
