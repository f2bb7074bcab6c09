"""Which of the numbers that papers report are scores on a benchmark, for the formats that compare or collect scores."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.exporters.rows import ResultRow

__all__ = ["why_no_score"]

_OF_SCORES: Final = (None, "%", "points")
"""Units that scores have where no metric says more: 240 MB on ImageNet are something else."""


def why_no_score(row: ResultRow) -> str | None:
    """Why a result is no score on a benchmark, as a remark in a list of reasons; None where it is one."""
    if row.delta:
        return "a gain or a loss, not a score"
    if row.number is None or not math.isfinite(row.number):
        return "no number"
    if row.benchmark is None:
        return "no known benchmark"
    return "an amount of something, by no known metric" if row.metric is None and row.unit not in _OF_SCORES else None
