"""Names of models that a text writes together and only once in full: `Gemma-2B/7B`, `Llama-2 7B and 13B`.

What follows the first name says what is different: a size, a version, or a word of its line or stage.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.names.model_name import ModelName
from kg.names.parts import DASHES, version_at
from kg.names.sizes import EDGE, size_at
from kg.names.words import LINES, SIZES, STAGES

if TYPE_CHECKING:
    from kg.names.grammar import Grammar

__all__ = ["Stretch", "listed"]

Stretch = tuple[int, int, ModelName]
"""Start and end in the text, and the model named there."""

_MORE: Final = re.compile(
    rf"(?P<slash>/)(?P<after>[{DASHES}]?)|(?P<list>,\s(?:and\s|or\s)?|\s(?:and|or|&)\s)(?P<tail>[{DASHES}]?)"
)
_OPENING: Final = re.compile(rf"[ \u00a0]?\(|[{DASHES}]?[{{\[]")
_CLOSING: Final = {"(": ")", "{": "}", "[": "]"}
_BETWEEN: Final = re.compile(r"/|,?\s(?:and|or|&)\s|,\s?")
_WORD: Final = re.compile(rf"([A-Za-z]{{2,12}}){EDGE}")


def listed(grammar: Grammar, text: str, first: Stretch) -> tuple[Stretch, ...]:
    """The first name and those that share its beginning, in text order, none overlapping."""
    _, end, name = first
    inside = _in_brackets(text, end, name)
    if inside:
        return (first, *inside)
    found = [first]
    hangs_on = False
    while True:
        joint = _MORE.match(text, end)
        more = _another(grammar, text, joint, found[-1]) if joint else None
        if joint is None or more is None:
            break
        hangs_on = joint["slash"] is not None
        found.append(more)
        end = more[1]
    if hangs_on and len(found) > 1:
        return tuple(_shared_stage(found))
    return tuple(found)


def _another(grammar: Grammar, text: str, joint: re.Match[str], last: Stretch) -> Stretch | None:
    """The name that goes on from `last` after a slash or in a list: another size, version, or word."""
    at = joint.end()
    name = last[2]
    tied = bool(joint["slash"] or joint["tail"])
    size = size_at(text, at, versioned=name.version is not None)
    if size and name.size is not None and name.size[0].isdigit():
        bare = replace(name, size=size[0], active=None, experts=None, context=None, date=None, quantisation=None)
        end, longer = grammar.read_on(text, at, size[1], replace(bare, variant=_lines(bare)))
        if not grammar.is_cut_short(text, end) and not text[end : end + 1].isalnum():
            return at, end, longer if longer.variant != _lines(bare) else replace(longer, variant=bare.variant)
        return at, size[1], bare
    version = version_at(text, at)
    if version and name.version is not None and name.size is None and tied:
        end, other = grammar.read_on(text, at, version[1], ModelName(name.family, version[0]))
        return at, end, other
    word = _WORD.match(text, at)
    if word is None or (grammar.is_cut_short(text, word.end()) or text[word.end() : word.end() + 1] == "-"):
        return None
    worded = _with_word(name, word[1].lower())
    if worded is None or not (grammar.is_known(worded) and (tied or word[1][0].isupper())):
        return None
    return at, word.end(), worded


def _with_word(name: ModelName, word: str) -> ModelName | None:
    """The name with another size in words, or another last word; None where it has none of that sort."""
    if word in SIZES and name.size is not None and name.size.lower() in SIZES:
        return replace(name, size=SIZES[word])
    if name.variant and (word in LINES or word in STAGES) and word not in name.variant:
        return replace(name, variant=(*name.variant[:-1], word))
    return None


def _lines(name: ModelName) -> tuple[str, ...]:
    return tuple(word for word in name.variant if word not in STAGES)


def _shared_stage(found: list[Stretch]) -> list[Stretch]:
    """The names of `Llama-2-7B/13B-Chat`: what stands behind the last is said of all, unless one says its own."""
    stages = tuple(word for word in found[-1][2].variant if word in STAGES)
    if not stages or any(word in STAGES for _, _, name in found[:-1] for word in name.variant):
        return found
    return [(start, end, replace(name, variant=(*_lines(name), *stages))) for start, end, name in found]


def _in_brackets(text: str, end: int, name: ModelName) -> tuple[Stretch, ...]:
    """The sizes of a bracket that holds nothing but two or more: ` (7B, 13B and 70B)`, `-{7B,14B}`."""
    opening = _OPENING.match(text, end)
    if opening is None or name.size is not None:
        return ()
    closing = _CLOSING[opening[0][-1]]
    found: list[Stretch] = []
    at = opening.end()
    while True:
        size = size_at(text, at, versioned=False)
        if size is None:
            return ()
        found.append((at, size[1], replace(name, size=size[0])))
        at = size[1]
        if text[at : at + 1] == closing:
            return tuple(found) if len(found) > 1 else ()
        between = _BETWEEN.match(text, at)
        if between is None:
            return ()
        at = between.end()
