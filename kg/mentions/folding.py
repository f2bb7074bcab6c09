"""Text folded letter for letter: what is searched has the length of what is read.

One character becomes one character, so offsets into the folded text are offsets into the text and no map is kept.
"""

from __future__ import annotations

import unicodedata
from typing import Final

__all__ = ["fold"]

_KEPT: Final = "+#%@&^.'\n"
"""Signs that tell names apart (LoRA+, R@1, pass^k, GPT-3.5), and the line break, which ends a title."""

_SAME: Final = {
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "′": "'",
    "ı": "i",
    "İ": "i",
    "ß": "s",
    "\u2028": "\n",
    "\u2029": "\n",
    "\r": "\n",
}


class _Folds(dict[int, str]):
    """Fold of each character, worked out when first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


def _fold_character(char: str) -> str:
    if char in _KEPT:
        return char
    if char in _SAME:
        return _SAME[char]
    base = unicodedata.normalize("NFKD", char)
    if len(base) > 1:
        # "é" is e and an accent; "½" is three characters and stays what it is
        letters = [part for part in base if not unicodedata.combining(part)]
        base = letters[0] if len(letters) == 1 else char
    low = base.lower()
    if len(low) != 1:
        low = base
    if low in _KEPT or low.isalnum():
        return low
    return " "


_FOLDS: Final = _Folds()


def fold(text: str) -> str:
    r"""The text in lower case, without accents, every dash, bracket, quote and space a plain space; of the same length.

    >>> fold("Chain‑of‑Thought (CoT)"), fold("Llama\u00a02")
    ('chain of thought  cot ', 'llama 2')
    """
    return text.translate(_FOLDS)


for _code in range(128):
    _FOLDS[_code]
