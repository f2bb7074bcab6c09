"""Where the name of a family of models stands, in any of its spellings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.names.parts import DASHES

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Heads", "folded"]

_FOLD: Final = str.maketrans(dict.fromkeys(DASHES + "\u00a0~", " "))
_WINDOW: Final = 64
"""No spelling of a family is longer."""


def folded(text: str) -> str:
    """The text in small letters with a space for each hyphen, letter for letter: what spellings are compared by."""
    return text.lower().translate(_FOLD)


class Heads:
    """Folded spellings with the families they name. Made once, never changed."""

    __slots__ = ("_by_start",)

    def __init__(self, spellings: Mapping[str, str]) -> None:
        by_start: dict[str, dict[str, str]] = {}
        for spelling, family in spellings.items():
            by_start.setdefault(spelling[:2], {})[spelling] = family
        self._by_start = {
            start: tuple(sorted(names.items(), key=lambda item: (-len(item[0]), item[0])))
            for start, names in by_start.items()
        }

    def at(self, text: str, start: int) -> tuple[int, str] | None:
        """Where the longest spelling that begins at `start` ends, and its family; a version may be glued to it."""
        window = folded(text[start : start + _WINDOW])
        for spelling, family in self._by_start.get(window[:2], ()):
            if window.startswith(spelling):
                end = start + len(spelling)
                following = text[end : end + 2]
                if not following or not following[0].isalnum():
                    if spelling[-1].isdigit() and following[:1] in (".", "_") and following[1:].isdigit():
                        continue  # "Qwen1.5" is not the version .5 of Qwen1
                    return end, family
                if following[0].isdigit() and not spelling[-1].isdigit():
                    return end, family
                if following[0] in "vV" and following[1:].isdigit():
                    return end, family
        return None
