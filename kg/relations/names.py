"""Names that hold other names."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["contains_name"]

_SPACES: Final = re.compile(r"[\s_]+")


def contains_name(name: str, other: str) -> bool:
    """Whether a name is made from another one, which is an acronym of three signs and more, or of several words.

    >>> contains_name("QLoRA", "LoRA"), contains_name("Decomposed Prompt Tuning", "prompt tuning")
    (True, True)
    >>> contains_name("DRAGON", "RAG"), contains_name("Half Fine-Tuning", "fine-tuning"), contains_name("LoRA", "LoRA")
    (False, False, False)
    """
    if len(name) <= len(other):
        return False
    if _SPACES.search(other.strip()):
        return f" {_SPACES.sub(' ', other).casefold()} " in f" {_SPACES.sub(' ', name).casefold()} "
    if len(other) < 3 or sum(char.isupper() for char in other) < 2:
        return False
    at = name.find(other)
    while at >= 0:
        end = at + len(other)
        if _edge(name, at) or _edge(name, end):
            return True
        at = name.find(other, at + 1)
    return False


def _edge(name: str, at: int) -> bool:
    """Whether a part of a name begins or ends at an offset: its ends, a change of case, a dash, a digit."""
    if at in (0, len(name)):
        return True
    before, after = name[at - 1], name[at]
    return not (before.isalpha() and after.isalpha()) or before.isupper() != after.isupper()
