"""The parts of a model's name that are numbers with a sign: where they stand and their normal spelling.

Each function gives the value of the part that begins at `at` and where it ends, or None.
"""

from __future__ import annotations

import re
from typing import Final

from kg.names.sizes import EDGE

__all__ = ["DASHES", "active_at", "context_at", "date_at", "experts_at", "patches_at", "quantisation_at", "version_at"]

DASHES: Final = "‐‑‒–—−_-"
"""What joins parts like a hyphen; in a character class it stands last."""

_ACTIVE: Final = re.compile(rf"[Aa](\d{{1,4}}(?:\.\d)?[BbMm]){EDGE}")
_EXPERTS: Final = re.compile(rf"(\d{{1,4}})[Ee]{EDGE}")
_DAY: Final = re.compile(rf"(20\d\d)-?([01]\d)-?([0-3]\d){EDGE}")
_MONTH: Final = re.compile(rf"(0[1-9]|1[0-2])-(20\d\d){EDGE}")
_YEAR_MONTH: Final = re.compile(rf"(20\d\d)-(0[1-9]|1[0-2]){EDGE}(?!\.\d|-\d\d{EDGE})")
_MONTH_DAY: Final = re.compile(rf"(0[1-9]|1[0-2])-([0-3]\d){EDGE}(?!\.\d|-\d\d{EDGE})")
_SHORT: Final = re.compile(rf"((?:0[1-9]|1[0-2]|2[3-9])[0-3]\d|00[1-9]){EDGE}(?!\.\d)")
_CONTEXT: Final = re.compile(rf"(\d{{1,4}}[kK]){EDGE}")
_LONG_CONTEXT: Final = re.compile(rf"(\d{{1,2}}[mM]){EDGE}")
_QUANTISATION: Final = re.compile(
    rf"((?:int|fp|nf|mxfp|nvfp)\d{{1,2}}|bf16|awq|bnb|qat|gptq|gguf|ggml|hqq|exl2|w\d{{1,2}}a\d{{1,2}}"
    rf"|\d(?:\.\d)?[{DASHES}]?bits?|i?q\d(?:_[0-9kmsl]{{1,2}}){{0,2}}){EDGE}",
    re.IGNORECASE,
)
_VERSION: Final = re.compile(rf"[vV]?(\d{{1,3}}(?:\.\d{{1,2}}){{0,2}}(?:[on]|V(?![A-Za-z]))?){EDGE}(?!\.\d)")
_LOW_LINE_VERSION: Final = re.compile(rf"[vV]?(\d)_(\d){EDGE}(?![._]\d)")
_PATCHES: Final = re.compile(rf"([TSBLHGg])[/{DASHES}](\d{{1,2}}){EDGE}(?!\.\d)")
_PATCH_WORD: Final = re.compile(rf"patch[{DASHES}]?(\d{{1,2}}){EDGE}")
_LETTERS: Final = {"tiny": "T", "small": "S", "base": "B", "large": "L", "huge": "H", "giant": "g"}

Part = tuple[str, int]


def active_at(text: str, at: int) -> Part | None:
    """Parameters of a mixture at work on one token: `A22B` is 22B.

    >>> active_at("A22b", 0)
    ('22B', 4)
    """
    match = _ACTIVE.match(text, at)
    return (match[1].upper(), match.end()) if match else None


def experts_at(text: str, at: int) -> Part | None:
    """How many experts a mixture has, where that stands behind its size: `17B-16E`.

    >>> experts_at("128e", 0)
    ('128E', 4)
    """
    match = _EXPERTS.match(text, at)
    return (f"{match[1]}E", match.end()) if match else None


def date_at(text: str, at: int) -> Part | None:
    """A day, a month, or a release as the maker numbers it.

    >>> [date_at(text, 0)[0] for text in ("20241022", "2024-05-13", "08-2024", "05-06", "0613", "2507", "002")]
    ['2024-10-22', '2024-05-13', '2024-08', '0506', '0613', '2507', '002']
    """
    match = _DAY.match(text, at)
    if match:
        return f"{match[1]}-{match[2]}-{match[3]}", match.end()
    match = _MONTH.match(text, at)
    if match:
        return f"{match[2]}-{match[1]}", match.end()
    match = _YEAR_MONTH.match(text, at)
    if match:
        return match[0], match.end()
    match = _MONTH_DAY.match(text, at)
    if match:
        return match[1] + match[2], match.end()
    match = _SHORT.match(text, at)
    return (match[1], match.end()) if match else None


def context_at(text: str, at: int, *, sized: bool) -> Part | None:
    """How much text a checkpoint can hold, `32k`; `1M` is that only where the size stands before it.

    >>> context_at("32k", 0, sized=False), context_at("1M", 0, sized=True), context_at("1M", 0, sized=False)
    (('32K', 3), ('1M', 2), None)
    """
    match = _CONTEXT.match(text, at) or (_LONG_CONTEXT.match(text, at) if sized else None)
    return (match[1].upper(), match.end()) if match else None


def quantisation_at(text: str, at: int) -> Part | None:
    """How the weights are stored.

    >>> [quantisation_at(text, 0)[0] for text in ("gptq", "Int4", "4bit", "8-bit", "Q4_K_M", "w8a8")]
    ['GPTQ', 'INT4', '4-bit', '8-bit', 'Q4_K_M', 'W8A8']
    """
    match = _QUANTISATION.match(text, at)
    if match is None:
        return None
    low = match[1].lower()
    if "bit" in low:
        return low.removesuffix("s").removesuffix("bit").rstrip(DASHES) + "-bit", match.end()
    return match[1].upper(), match.end()


def version_at(text: str, at: int) -> Part | None:
    """A version without its `v`: `3.1`, `v0.2`, `4o`, `2_5`.

    >>> version_at("v0.2", 0), version_at("4o", 0), version_at("2_5-7b", 0), version_at("7b", 0)
    (('0.2', 4), ('4o', 2), ('2.5', 3), None)
    """
    match = _LOW_LINE_VERSION.match(text, at)
    if match:
        return f"{match[1]}.{match[2]}", match.end()
    match = _VERSION.match(text, at)
    return (match[1], match.end()) if match else None


def patches_at(text: str, at: int, size: str | None) -> Part | None:
    """A vision transformer's size with that of its patches: `L/14`, or `patch14` behind the size `large`.

    >>> patches_at("L-14", 0, None), patches_at("patch16", 0, "base"), patches_at("patch16", 0, None)
    (('L/14', 4), ('B/16', 7), None)
    """
    match = _PATCHES.match(text, at) if size is None else None
    if match:
        return f"{match[1]}/{match[2]}", match.end()
    match = _PATCH_WORD.match(text, at) if size in _LETTERS else None
    return (f"{_LETTERS[size or '']}/{match[1]}", match.end()) if match else None
