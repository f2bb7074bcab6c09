"""Intervals, differences and reliability, on scores made up for the purpose."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import FactsError
from kg.evaluation import (
    EVIDENCE,
    Counts,
    Evaluation,
    Judgement,
    PaperScore,
    calibration_error,
    compare,
    figures,
    reliability,
)


def make_evaluation(rows, judgements=()):
    """An evaluation of papers `p0`, `p1`, ... with one (right, spurious, missed) each under `entity`."""
    papers = tuple(PaperScore(f"p{at}", (("entity", Counts(*row)),), (), ()) for at, row in enumerate(rows))
    return Evaluation((*papers, PaperScore("last", (), (), tuple(Judgement(*each) for each in judgements))))


def some_rows(seed, count=60, share=0.8):
    rng = random.Random(seed)
    return [(sum(rng.random() < share for _ in range(10)), rng.randrange(3), rng.randrange(3)) for _ in range(count)]


def test_figures_hold_the_counts_between_their_intervals():
    evaluation = make_evaluation(some_rows(1))
    (figure, evidence) = figures(evaluation, resamples=300)
    assert figure.key == "entity"
    assert figure.counts == evaluation.counts("entity")
    for interval, value in (
        (figure.f1, figure.counts.f1),
        (figure.precision, figure.counts.precision),
        (figure.recall, figure.counts.recall),
    ):
        assert 0 <= interval.low < value < interval.high <= 1
    assert (evidence.key, evidence.counts) == (EVIDENCE, Counts())


def test_figures_are_the_same_for_the_same_seed():
    evaluation = make_evaluation(some_rows(1))
    assert figures(evaluation, resamples=100) == figures(evaluation, resamples=100)
    assert figures(evaluation, resamples=100) != figures(evaluation, resamples=100, seed=1)


def test_figures_of_alike_papers_leave_no_doubt():
    figure, _ = figures(make_evaluation([(3, 1, 1)] * 20), resamples=50)
    # Only the empty last paper may be drawn or not, and it changes no share.
    assert figure.f1.low == figure.f1.high == 0.75


def test_figures_intervals_widen_with_the_level_and_narrow_with_the_papers():
    def width(count, level):
        figure, _ = figures(make_evaluation(some_rows(1, count)), resamples=400, level=level)
        return figure.f1.high - figure.f1.low

    assert width(60, 0.5) < width(60, 0.95) < width(15, 0.95)


def test_figures_of_no_papers_are_zero():
    assert [figure.counts for figure in figures(Evaluation(()))] == [Counts()]


@given(st.lists(st.tuples(*[st.integers(0, 50)] * 3), min_size=1, max_size=20))
def test_figures_stay_between_zero_and_one(rows):
    for figure in figures(make_evaluation(rows), resamples=20):
        for interval in (figure.precision, figure.recall, figure.f1):
            assert 0 <= interval.low <= interval.high <= 1


def test_compare_of_a_run_with_itself_finds_nothing():
    evaluation = make_evaluation(some_rows(1))
    difference = compare(evaluation, evaluation, resamples=50)[0]
    assert (difference.gain, difference.interval.low, difference.interval.high, difference.worse) == (0, 0, 0, 1)
    assert not difference.clear


def test_compare_sees_what_is_better_on_every_paper():
    worse, better = some_rows(1), [(right + 2, spurious, missed) for right, spurious, missed in some_rows(1)]
    difference = compare(make_evaluation(worse), make_evaluation(better), resamples=200)[0]
    assert difference.clear
    assert difference.gain > 0
    assert difference.worse == 0
    assert compare(make_evaluation(better), make_evaluation(worse), resamples=200)[0].gain == -difference.gain


def test_compare_is_paired():
    # Papers differ far more than the runs do: only a paired test can tell them apart.
    rng = random.Random(3)
    rows = [(rng.randrange(50), rng.randrange(50), 0) for _ in range(60)]
    better = [(right + 1, spurious, missed) for right, spurious, missed in rows]
    difference = compare(make_evaluation(rows), make_evaluation(better), resamples=300)[0]
    alone = figures(make_evaluation(rows), resamples=300)[0]
    assert difference.clear
    assert difference.gain < alone.f1.high - alone.f1.low


def test_compare_refuses_runs_over_different_papers():
    with pytest.raises(FactsError, match="different papers"):
        compare(make_evaluation([(1, 1, 1)]), make_evaluation([(1, 1, 1), (1, 1, 1)]))


def test_reliability_sorts_relations_into_bins():
    judged = [(0.0, False), (0.05, True), (0.1, True), (0.95, True), (1.0, True), (1.0, False)]
    bins = reliability(make_evaluation([], judged))
    assert [(each.low, each.high, each.count) for each in bins] == [(0.0, 0.1, 2), (0.1, 0.2, 1), (0.9, 1.0, 3)]
    assert [each.precision for each in bins] == pytest.approx([0.5, 1.0, 2 / 3])
    assert [each.confidence for each in bins] == pytest.approx([0.025, 0.1, 2.95 / 3])


@pytest.mark.parametrize(
    ("judged", "error"),
    [
        ([], 0),
        ([(1.0, True)] * 5, 0),
        ([(1.0, False)] * 5, 1),
        ([(0.5, True), (0.5, False)], 0),
        ([(0.8, True)] * 2, 0.2),
    ],
    ids=["none", "sure-and-right", "sure-and-wrong", "fair", "too-modest"],
)
def test_calibration_error(judged, error):
    assert calibration_error(reliability(make_evaluation([], judged))) == pytest.approx(error)
