"""Tasks that no list has: a phrase of the title that ends in a task's noun and that the abstract repeats.

`Politeness Classification`, `Off-road Navigation`: what a paper works on stands in its title and is said again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.mentions.folding import fold
from kg.mentions.shapes import GENERIC, is_named

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["task_phrases"]

_HEADS: Final = frozenset(
    "answering captioning classification completion computing correction deblurring denoising detection "  # noqa: SIM905
    "disambiguation estimation extraction forecasting generation grounding identification imputation inpainting "
    "linking localization manipulation matching modeling navigation parsing prediction recognition recommendation "
    "reconstruction registration restoration retrieval segmentation servoing simplification summarization synthesis "
    "tracking translation verification".split()
)
_WORD: Final = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*|\S")
_BREAKS: Final = frozenset(
    "a across against an and are as at based beyond by can do does for from how in into is learning multi of on or "  # noqa: SIM905
    "over that the through to toward towards under using via what when where which with without".split()
)
_CALLED: Final = re.compile(
    r"\b(?:the|of)\s(?P<phrase>(?:[a-z]+(?:-[a-z]+)*\s){1,2}(?P<head>[a-z]+))\s(?:problem|task)\b(?!\sof)"
)
"""`the text-to-diagram generation task`."""
_PRAISE: Final = frozenset(
    "accurate adaptive better cheap comprehensive deep effective efficient enhanced enhancing explainable fast faster "  # noqa: SIM905
    "generalizable improved improving interpretable joint large-scale learned lightweight neural new novel online "
    "precise reliable robust robustness scalable simple stronger unified".split()
)
"""Adjectives in front of a task that are said of the paper's way to do it."""
_NOT_MODIFIERS: Final = _BREAKS | _PRAISE | GENERIC
_MOST: Final = 4
"""Words of a task's phrase."""


def task_phrases(text: str, title_end: int) -> Iterator[str]:
    """The phrases that name a task: of the title, if the rest of the text has them too, and what is called a task."""
    words = [(match[0], match.start(), match.end()) for match in _WORD.finditer(text, 0, title_end)]
    rest = f" {fold(text[title_end:])} "
    for last, (word, _, end) in enumerate(words):
        if word.lower() not in _HEADS or is_named(word):
            continue
        first = last
        while first and last - first < _MOST - 1 and _modifies(words[first - 1][0]):
            first -= 1
        while first < last:
            phrase = text[words[first][1] : end]
            if f" {fold(phrase)}" in rest:
                yield phrase
                break
            first += 1
    for match in _CALLED.finditer(text, title_end):
        if match["head"] in _HEADS and all(map(_modifies, match["phrase"].split())):
            yield match["phrase"]


def _modifies(word: str) -> bool:
    low = word.lower()
    return (
        word[0].isalnum()
        and not low.endswith(("-aware", "-based", "-driven", "-like"))
        and not is_named(word)
        and low not in _NOT_MODIFIERS
    )
