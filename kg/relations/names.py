"""Names that hold other names."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["contains_name", "descends_by_name", "is_later"]

_SPACES: Final = re.compile(r"[\s_]+")
_VERSION: Final = re.compile(r"(?P<stem>\w*[^\W\d])(?:[-\s]?[vV]?(?P<number>\d{1,2}(?:\.\d{1,2})?))?")
_NUMBERED: Final = re.compile(r"[-\s]\d")
_SAME: Final = re.compile(
    r"(?:(?:\d+x)?\d+(?:\.\d+)?\s?[BMK]|base|chat|flash|instruct|large|lite|medium|mini|nano|pro|small|tiny|turbo|ultra"
    r"|x?xl|family|models?|\W)*",
    re.IGNORECASE,
)
"""What a size or a tuned release adds to a model's name."""


def contains_name(name: str, other: str) -> bool:
    """Whether a name is made from another one, which is an acronym of three signs and more, or of several words.

    >>> contains_name("QLoRA", "LoRA"), contains_name("Decomposed Prompt Tuning", "prompt tuning")
    (True, True)
    >>> contains_name("GELU", "ELU"), contains_name("Gated-ELU", "ELU")
    (False, True)
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
        edges = _edge(name, at), _edge(name, end)
        if all(edges) or (any(edges) and not other.isupper()):
            return True  # letters of one case must be set off on both sides: nothing says that GELU holds ELU
        at = name.find(other, at + 1)
    return False


def _edge(name: str, at: int) -> bool:
    """Whether a part of a name begins or ends at an offset: its ends, a change of case, a dash, a digit."""
    if at in (0, len(name)):
        return True
    before, after = name[at - 1], name[at]
    return not (before.isalpha() and after.isalpha()) or before.isupper() != after.isupper()


def is_later(name: str, other: str) -> bool:
    """Whether a name is another name with a higher number: Llama 2 and LLaMA, FlashAttention-3 and FlashAttention-2."""
    late = _VERSION.fullmatch(name)
    early = late and _VERSION.fullmatch(other)
    return bool(
        late
        and early
        and late["stem"].casefold() == early["stem"].casefold()
        and late["number"]
        and float(late["number"]) > float(early["number"] or 0)
    )


def descends_by_name(name: str, other: str) -> bool:
    """Whether a name is made from another or is its later version, beyond a size or a tuned release of the same.

    >>> descends_by_name("RoBERTa", "BERT"), descends_by_name("SwinV2", "Swin"), descends_by_name("CodeT5", "T5")
    (True, True, True)
    >>> descends_by_name("Llama 2", "LLaMA"), descends_by_name("FlashAttention-3", "FlashAttention-2")
    (True, True)
    >>> descends_by_name("Llama 2 7B Chat", "Llama 2"), descends_by_name("MiniGPT-4", "GPT-4")
    (False, False)
    """
    if is_later(name, other):
        return True
    at = name.find(other)
    if at < 0 or len(name) <= len(other) or len(other) < 2 or not other[0].isalpha() or other.islower():
        return False
    end = at + len(other)
    if not (_edge(name, at) and _edge(name, end)) or (at and _NUMBERED.search(other)):
        return False
    return not _SAME.fullmatch(name[:at] + " " + name[end:])
