"""How nodes look in tools that take colours from the file."""

from __future__ import annotations

import math
from typing import Final

from kg.vocabulary import Class

__all__ = ["COLOURS", "OTHER", "colour", "size"]

COLOURS: Final[dict[str, str]] = {
    Class.PAPER: "#868d97",
    Class.METHOD: "#0072b2",
    Class.MODEL: "#d55e00",
    Class.BENCHMARK: "#009e73",
    Class.DATASET: "#56b4e9",
    Class.TASK: "#cc79a7",
    Class.METRIC: "#b78a00",
    Class.ORGANISATION: "#5b4b9a",
}
"""As in the interactive page: Okabe and Ito's palette (https://jfly.uni-koeln.de/color/), safe for colour blindness."""


OTHER: Final = "#444b55"
"""Of a kind that is unknown."""


def colour(kind: str) -> tuple[int, int, int]:
    """Red, green and blue of a kind of node, each from 0 to 255; dark grey where the kind is unknown.

    >>> colour("Method")
    (0, 114, 178)
    """
    code = COLOURS.get(kind, OTHER)
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def size(papers: int) -> float:
    """The diameter of a node that `papers` papers speak of: 5 for none, growing with their square root."""
    return round(5 + 3 * math.sqrt(max(0, papers)), 2)
