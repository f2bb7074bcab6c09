"""How sure the figures are: confidence intervals, the difference of two runs, and whether confidences can be believed.

Intervals are percentile bootstrap intervals over papers (Efron 1979, https://doi.org/10.1214/aos/1176344552): papers
are drawn with replacement, because the answers of one paper stand or fall together. The draws depend on the seed and
the number of papers alone, so two runs over the same papers are drawn alike and their difference is a paired one.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.errors import FactsError
from kg.evaluation.counts import Counts
from kg.evaluation.scoring import EVIDENCE, Evaluation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.evaluation.scoring import PaperScore

__all__ = ["Bin", "Difference", "Figure", "Interval", "calibration_error", "compare", "figures", "reliability"]

RESAMPLES: Final = 1_000
LEVEL: Final = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the result: the counts of a key, and the intervals of what is made of them.

    For `evidence`, precision is the share of right relations whose evidence touches, and there is nothing to recall.
    """

    key: str
    counts: Counts
    precision: Interval
    recall: Interval
    f1: Interval


@dataclass(frozen=True, slots=True)
class Difference:
    """How much better the second run is than the first, by F1, and for `evidence` by precision.

    `worse` is the share of draws in which it is not better.
    """

    key: str
    first: float
    second: float
    interval: Interval
    worse: float

    @property
    def gain(self) -> float:
        """Second minus first."""
        return self.second - self.first

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.interval.low > 0 or self.interval.high < 0


@dataclass(frozen=True, slots=True)
class Bin:
    """The relations with a confidence in [low, high), the last bin with 1.

    `confidence` is the mean of theirs, `precision` the share of them that is right.
    """

    low: float
    high: float
    count: int
    confidence: float
    precision: float


def figures(
    evaluation: Evaluation, *, resamples: int = RESAMPLES, seed: int = 0, level: float = LEVEL
) -> tuple[Figure, ...]:
    """Every key with its counts and intervals, sorted, `evidence` last; the same for the same seed.

    `level` is the share of draws an interval holds, in (0, 1).
    """
    keys = (*evaluation.keys, EVIDENCE)
    drawn = _draw(evaluation.papers, keys, resamples, seed)
    return tuple(
        Figure(
            key,
            evaluation.counts(key),
            *(_interval([measure(counts) for counts in drawn[key]], level) for measure in (_precision, _recall, _f1)),
        )
        for key in keys
    )


def compare(
    first: Evaluation, second: Evaluation, *, resamples: int = RESAMPLES, seed: int = 0, level: float = LEVEL
) -> tuple[Difference, ...]:
    """Second against first, key by key, by a paired bootstrap.

    Raises:
        FactsError: the two are not of the same papers in the same order.
    """
    if [paper.paper for paper in first.papers] != [paper.paper for paper in second.papers]:
        raise FactsError("the two runs were measured on different papers, so their difference says nothing")
    keys = (*sorted({*first.keys, *second.keys}), EVIDENCE)
    before = _draw(first.papers, keys, resamples, seed)
    after = _draw(second.papers, keys, resamples, seed)
    differences = []
    for key in keys:
        measure = _precision if key == EVIDENCE else _f1
        gains = [measure(b) - measure(a) for a, b in zip(before[key], after[key], strict=True)]
        differences.append(
            Difference(
                key,
                measure(first.counts(key)),
                measure(second.counts(key)),
                _interval(gains, level),
                sum(gain <= 0 for gain in gains) / len(gains) if gains else 1.0,
            )
        )
    return tuple(differences)


def reliability(evaluation: Evaluation, *, bins: int = 10) -> tuple[Bin, ...]:
    """Relations by confidence, and what share of each bin is right; empty bins are left out.

    Confidences can be believed where `precision` is near `confidence` in every bin.
    """
    members: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for judgement in evaluation.judgements:
        at = min(bins - 1, max(0, int(judgement.confidence * bins)))
        members[at].append((judgement.confidence, judgement.right))
    return tuple(
        Bin(
            low=at / bins,
            high=(at + 1) / bins,
            count=len(each),
            confidence=sum(confidence for confidence, _ in each) / len(each),
            precision=sum(right for _, right in each) / len(each),
        )
        for at, each in enumerate(members)
        if each
    )


def calibration_error(bins: Sequence[Bin]) -> float:
    """The mean distance of confidence and precision over relations, in [0, 1]; 0 for no relations.

    Guo et al. 2017, https://arxiv.org/abs/1706.04599, equation 3.
    """
    total = sum(each.count for each in bins)
    return sum(each.count * abs(each.confidence - each.precision) for each in bins) / total if total else 0.0


_LANE: Final = 40
"""Bits a count gets when a paper's counts are packed into one integer: sums of resamples stay far below 2 ** 40."""


def _draw(papers: Sequence[PaperScore], keys: Sequence[str], resamples: int, seed: int) -> dict[str, list[Counts]]:
    """The counts of each key in each draw.

    A paper's counts are packed side by side into one integer, so that adding up a draw is one `sum` of integers.
    """
    place = {key: 3 * at for at, key in enumerate(keys)}
    packed = [
        sum(
            number << (_LANE * (place[key] + lane))
            for key, counts in paper.counts
            for lane, number in enumerate((counts.right, counts.spurious, counts.missed))
        )
        for paper in papers
    ]
    generator = random.Random(seed)
    mask = (1 << _LANE) - 1
    drawn: dict[str, list[Counts]] = {key: [] for key in keys}
    for _ in range(resamples if packed else 0):
        total = sum(generator.choices(packed, k=len(packed)))
        for key, at in place.items():
            right, spurious, missed = (total >> (_LANE * (at + lane)) & mask for lane in range(3))
            drawn[key].append(Counts(right, spurious, missed))
    return drawn


def _precision(counts: Counts) -> float:
    return counts.precision


def _recall(counts: Counts) -> float:
    return counts.recall


def _f1(counts: Counts) -> float:
    return counts.f1


def _interval(values: Sequence[float], level: float) -> Interval:
    """The middle `level` of the values; from 0 to 0 where there are none."""
    if not values:
        return Interval(0.0, 0.0)
    ordered = sorted(values)
    tail = (1 - level) / 2
    return Interval(ordered[_rank(tail, len(ordered))], ordered[_rank(1 - tail, len(ordered))])


def _rank(share: float, count: int) -> int:
    return min(count - 1, max(0, round(share * (count - 1))))
