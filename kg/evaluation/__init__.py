"""How good the facts are: against an annotation, with confidence intervals, and run against run."""

from kg.evaluation.counts import Counts
from kg.evaluation.gold import GoldPaper, parse_gold, read_equivalents, read_gold
from kg.evaluation.resampling import (
    Bin,
    Difference,
    Figure,
    Interval,
    calibration_error,
    compare,
    figures,
    reliability,
)
from kg.evaluation.scoring import EVIDENCE, Evaluation, Judgement, Mistake, PaperScore, evaluate

__all__ = [
    "EVIDENCE",
    "Bin",
    "Counts",
    "Difference",
    "Evaluation",
    "Figure",
    "GoldPaper",
    "Interval",
    "Judgement",
    "Mistake",
    "PaperScore",
    "calibration_error",
    "compare",
    "evaluate",
    "figures",
    "parse_gold",
    "read_equivalents",
    "read_gold",
    "reliability",
]
