"""Whether a metric's name is used as a measure here, or is only a word: `latency` beside a figure, `the model size`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.ontology import Entity
    from kg.text import Span

__all__ = ["is_measured"]

_RESOURCES: Final = frozenset(("bytes", "count", "hours", "joules", "nats", "tokens", "usd"))
"""Units of what something costs: words for these (model size, training tokens) tell the setting, not a score."""
_FIGURE: Final = re.compile(r"\d\s?\\?%|\d\.\d|\d\s?(?:x|×|times|points?|percent|ms|s|fold)\b|\d[-–]fold")


def is_measured(entity: Entity, raw: str, text: str, sentence: Span, *, recurs: bool) -> bool:
    """Whether the metric stands as a measure: it is written as a name, or a figure stands in its sentence.

    A phrase that the paper comes back to (`recurs`) needs no figure; words for sizes and costs never stand for a
    metric.
    """
    if sum(map(str.isupper, raw)) > (1 if raw[:1].isupper() else 0) or any(
        char.isdigit() or char in "@^" for char in raw
    ):
        return True
    if entity.unit.lower() in _RESOURCES:
        return False
    if _FIGURE.search(text, sentence.start, min(sentence.end, sentence.start + 1000)):
        return True
    return (entity.unit == "score" or recurs) and " " in raw
