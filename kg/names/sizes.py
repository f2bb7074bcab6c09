"""How sizes of models and amounts are written, for all who meet them: `7B`, `6.7b`, `8x7B`, `1b1`; `100B+`."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["EDGE", "SIZE", "SIZED_NAME", "SIZE_BEFORE", "has_size", "is_amount", "size_at", "size_follows"]

EDGE: Final = r"(?![0-9A-Za-z])"
"""For a pattern: a part of a name ends here."""

SIZE: Final = r"\d{1,4}(?:\.\d{1,3})?[BMT]"
"""For a pattern: a size as running text writes it, `7B` or `1.5T`."""

_EXACT: Final = re.compile(rf"(\d{{1,4}}(?:[x×]\d{{1,3}})?(?:\.\d{{1,3}})?)\s?([BMTbm]){EDGE}")
_WITH_UNIT_FOR_POINT: Final = re.compile(rf"(\d{{1,3}})([bB])(\d){EDGE}")
_WITH_LOW_LINE_FOR_POINT: Final = re.compile(rf"(\d{{1,3}})_(\d)([BMbm]){EDGE}")
_EFFECTIVE: Final = re.compile(rf"[Ee](\d{{1,3}}[Bb]){EDGE}")
_FOLLOWS: Final = re.compile(rf"[- ]{SIZE}\b")
_WITHIN: Final = re.compile(rf"(?<!\d){SIZE}\b")
_AMOUNT: Final = re.compile(
    r"\W*\d[\d.,]*[KMBT%x]?+(?:[^\w.,]+\d[\d.,]*[KMBT%x]?+)*+\W*(?:parameters?)?", re.IGNORECASE
)

SIZE_BEFORE: Final = re.compile(rf"(?<![\w.$-])({SIZE})[ -]$")
"""A size right before a name, `540B PaLM`; to be searched in the few letters that end where the name begins."""
SIZED_NAME: Final = re.compile(r"(.+?)[- ]v?\d{1,4}(?:\.\d{1,3})?[BMT]?(?:-[A-Z][a-z]+)?")
"""A whole name with a size or a release at its end; the group is the name without it."""


def size_at(text: str, at: int, *, versioned: bool) -> tuple[str, int] | None:
    """The size that begins at `at`, in its normal spelling, and where it ends.

    `1_8B` is a size only behind a version: `Llama_2_7B` has a version and a size.

    >>> size_at("8×7b-", 0, versioned=False), size_at("1b1", 0, versioned=False), size_at("1_8B", 0, versioned=True)
    (('8x7B', 4), ('1.1B', 3), ('1.8B', 4))
    """
    match = _EXACT.match(text, at)
    if match:
        return match[1].replace("×", "x") + match[2].upper(), match.end()
    match = _WITH_UNIT_FOR_POINT.match(text, at)
    if match:
        return f"{match[1]}.{match[3]}{match[2].upper()}", match.end()
    match = _EFFECTIVE.match(text, at)
    if match:
        return f"E{match[1].upper()}", match.end()
    match = _WITH_LOW_LINE_FOR_POINT.match(text, at) if versioned else None
    if match:
        return f"{match[1]}.{match[2]}{match[3].upper()}", match.end()
    return None


def size_follows(text: str, at: int) -> bool:
    """Whether a hyphen or space and a size stand at `at`: ` 7B` behind a name."""
    return _FOLLOWS.match(text, at) is not None


def has_size(text: str) -> bool:
    """Whether a size stands somewhere in a text or a name."""
    return _WITHIN.search(text) is not None


def is_amount(token: str) -> bool:
    """Whether a word is an amount and names nothing by itself: `100B+`, `1M~60M`, `7B-parameter`, `2020`."""
    return _AMOUNT.fullmatch(token) is not None
