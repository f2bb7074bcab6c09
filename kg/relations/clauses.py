"""Sentences as words with the mentions among them, and the clauses in which evidence is quoted."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.text import Span, sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.linking.link import Link

__all__ = ["EVIDENCE", "Sentence", "quote", "read"]

EVIDENCE: Final = 200
"""The length in characters that a quoted clause keeps below where it can."""

_WORD = re.compile(r"-?[^\W_]+(?:[-'’.][^\W_]+)*|[^\w\s]")
_BREAK = re.compile(
    r"""[;:] \s | \s[–—-]{1,3}\s | \.\s(?=\S)
      | ,\s (?= (?:and\s|but\s|or\s|so\s|yet\s)? (?:we|our|it|they|which|who|where|while|whereas|although|though|but|thereby|thus|then
              |resulting|achieving|demonstrating|showing|yielding|making|enabling|leading|outperforming|surpassing|including|using
              |with|without|while|when|by|even|especially|particularly|the\sproposed|in\sorder|to)\b )
      | \s (?= (?:that\swe|and\swe|but\swe|while|whereas|although|because)\b )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as words in lower case; a mention is one word, and `links` says which (-1 for other words)."""

    span: Span
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    links: tuple[int, ...]


def read(text: str, links: Sequence[Link]) -> tuple[Sentence, ...]:
    """The sentences of a text with its links, which are sorted and do not overlap; a mention belongs where it starts."""
    found: list[Sentence] = []
    at = 0
    for span in sentences(text):
        words: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        which: list[int] = []
        position = span.start
        while True:
            inside = at < len(links) and links[at].start < span.end
            stop = max(position, links[at].start) if inside else span.end
            for match in _WORD.finditer(text, position, stop):
                words.append(match[0].lower())
                starts.append(match.start())
                ends.append(match.end())
                which.append(-1)
            if not inside:
                break
            link = links[at]
            words.append(link.text.lower())
            starts.append(link.start)
            ends.append(link.end)
            which.append(at)
            position = max(position, link.end)
            at += 1
        found.append(Sentence(span, tuple(words), tuple(starts), tuple(ends), tuple(which)))
    return tuple(found)


def quote(text: str, sentence: Span, core: Span) -> Span:
    """The stretch to quote for a core (cue and mention): the clauses it touches, cut at words where they are too long.

    It lies inside the sentence, holds the start of the core, and is not empty where the core is not.
    """
    breaks = [sentence.start, *(m.end() for m in _BREAK.finditer(text, sentence.start, sentence.end)), sentence.end]
    start = breaks[max(0, bisect_right(breaks, core.start) - 1)]
    end = breaks[min(len(breaks) - 1, bisect_left(breaks, core.end))]
    if end - start > EVIDENCE:
        spare = max(0, EVIDENCE - (core.end - core.start))
        start, end = max(start, core.start - spare // 2), min(end, core.end + spare // 2)
        while start < core.start and start > sentence.start and not text[start - 1].isspace():
            start += 1
        while end > core.end and end < sentence.end and not text[end].isspace():
            end -= 1
    while start < core.start and not text[start].isalnum():
        start += 1
    while end > core.end and (text[end - 1].isspace() or text[end - 1] in ",;:—–"):
        end -= 1
    return Span(start, end)
