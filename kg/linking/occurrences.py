"""Every place where a name of the paper's own stands in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.mentions.dictionary import ends_name, starts_name
from kg.mentions.folding import fold
from kg.mentions.shapes import strength

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["occurrences"]


def occurrences(text: str, folded: str, name: str) -> Iterator[tuple[int, int]]:
    """Half open stretches where the name stands as a name of its own, its plural included, in text order.

    A short name, or one with capitals inside, keeps its letter case; hyphens, dashes and spaces are one.
    """
    if "^" in name or "$" in name:
        yield from _loosely(text, name)
        return
    wanted = fold(name)
    size = len(wanted)
    words = name.split()
    letters = sum(char.isalpha() for char in name)
    strong = any(strength(word) == 2 for word in words)
    exact = len(words) == 1 and strong and letters <= 4
    capital = len(words) == 1 and not strong and "-" not in name and name[:1].isupper()
    at = folded.find(wanted)
    while at >= 0:
        end = at + size
        if (at == 0 or not folded[at - 1].isalnum()) and "\n" not in text[at:end]:
            if end < len(folded) and folded[end] == "s" and not (end + 1 < len(folded) and folded[end + 1].isalnum()):
                end += 1
            raw = text[at:end]
            whole = end == len(folded) or not folded[end].isalnum()
            cased = (
                raw[:size] == name
                if exact
                else raw[0].isupper()
                if capital
                else not strong or len(words) > 1 or sum(map(str.isupper, raw)) >= 2 or raw[:size] == name
            )
            if whole and cased and starts_name(text, at, raw) and ends_name(text, end, raw):
                yield at, end
        at = folded.find(wanted, max(end, at + 1))


def _loosely(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where a name with a superscript stands, however its sign was lost: `E^2-LLM`, `E$^2$-LLM`, `E 2 -LLM`."""
    runs = re.findall(r"[^\W_]+", name)
    if sum(map(len, runs)) < 3:
        runs = [name]
    pattern = re.compile(r"(?<![^\W_])" + r"[\s^{}$\\_-]{0,4}".join(map(re.escape, runs)) + r"(?![^\W_])")
    for match in pattern.finditer(text):
        if "\n" not in match[0]:
            yield match.span()
