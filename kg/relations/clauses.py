"""Sentences as words with the mentions among them, and the clauses in which evidence is quoted."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import islice
from typing import TYPE_CHECKING, Final

from kg.text import Span, sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.linking.link import Link

__all__ = ["EVIDENCE", "Quotes", "Sentence", "read"]

EVIDENCE: Final = 200
"""The length in characters that a quoted clause keeps below where it can."""

_Cut = tuple[tuple[str, ...], tuple[int, ...]]

# the first branch is the common case of the second, for speed
_WORD = re.compile(r"[a-z]+(?=[\s,])|-?[^\W_]+(?:[-'’.][^\W_]+)*|[^\w\s]")
_BREAK = re.compile(
    r"""; \s | : \s | [ ] [–—-]{1,3} \s | \. \s (?=\S)
      | , \s (?= (?:and\s|but\s|or\s|so\s|yet\s)? (?:we|our|it|they|which|who|where|while|whereas
              |although|though|but|thereby|thus|then|resulting|achieving|demonstrating|showing|yielding|making
              |enabling|leading|outperforming|surpassing|including|using|with|without|when|by|even|especially
              |particularly|the\sproposed|in\sorder|to)\b )
      | [ ] (?= (?:that\swe|and\swe|but\swe|while|whereas|although|because)\b )""",
    re.VERBOSE,
)
_HEDGE: Final = re.compile(
    r"\b(?:may|might|could|would|should|potential(?:ly)?|possibl[ey]|future|hope|plan\sto|aim\sto|envision|promise)\b"
)


class Sentence:
    """A sentence as words in lower case; a mention is one word, and `links` says which (-1 for other words).

    Only sentences with mentions are cut into words, and only where their words are asked for.
    """

    __slots__ = ("_cut", "_links", "_lower", "mentions", "span")

    def __init__(self, span: Span, mentions: range, lower: str, links: Sequence[Link]) -> None:
        self.span = span
        self.mentions = mentions
        """The indices of its links."""
        self._lower = lower
        self._links = links
        self._cut: _Cut | None = None

    def cut(self) -> _Cut:
        """The words, and the link that each of them is."""
        if self._cut is None:
            self._cut = _cut(self._lower, self.span, self._links, self.mentions) if self.mentions else ((), ())
        return self._cut

    @property
    def words(self) -> tuple[str, ...]:
        """Its words."""
        return self.cut()[0]

    @property
    def links(self) -> tuple[int, ...]:
        """The index of the link that each word is, -1 for other words."""
        return self.cut()[1]

    def place(self, at: int) -> tuple[int, int]:
        """Where a word begins and ends in the text."""
        words = self.links
        if words[at] >= 0:
            link = self._links[words[at]]
            return link.start, link.end
        before, after = at - 1, at + 1
        while before >= 0 and words[before] < 0:
            before -= 1
        while after < len(words) and words[after] < 0:
            after += 1
        start = self._links[words[before]].end if before >= 0 else self.span.start
        end = self._links[words[after]].start if after < len(words) else self.span.end
        return next(islice(_WORD.finditer(self._lower, start, end), at - before - 1, None)).span()


def read(text: str, links: Sequence[Link]) -> tuple[Sentence, ...]:
    """The sentences of a text with its links, which are sorted and do not overlap; a link belongs where it starts."""
    found: list[Sentence] = []
    lower = text.lower()
    if len(lower) != len(text):  # İ has two signs in lower case
        lower = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
    at = 0
    for span in sentences(text):
        first = at
        while at < len(links) and links[at].start < span.end:
            at += 1
        found.append(Sentence(span, range(first, at), lower, links))
    return tuple(found)


def _cut(lower: str, span: Span, links: Sequence[Link], mentions: range) -> _Cut:
    words: list[str] = []
    which: list[int] = []
    position = span.start
    for index in mentions:
        link = links[index]
        start, end = link.start, link.end
        if start > position:
            between = _WORD.findall(lower, position, start)
            words += between
            which += [-1] * len(between)
        words.append(lower[start:end])
        which.append(index)
        position = end
    between = _WORD.findall(lower, position, span.end)
    words += between
    which += [-1] * len(between)
    return tuple(words), tuple(which)


class Quotes:
    """What to quote of a text's sentences; the breaks of a sentence are found once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._breaks: dict[Span, list[int]] = {}
        self._hedged: dict[Span, bool] = {}

    def is_hedged(self, quote: Span) -> bool:
        """Whether a quoted stretch speaks of the future or of what may be."""
        hedged = self._hedged.get(quote)
        if hedged is None:
            hedged = self._hedged[quote] = _HEDGE.search(self.text, quote.start, quote.end) is not None
        return hedged

    def quote(self, sentence: Span, core: Span) -> Span:
        """The stretch to quote for a core (cue and mention): the clauses it touches, cut where they are too long.

        It holds the core where that is short enough, and lies inside the text.
        """
        text = self.text
        breaks = self._breaks.get(sentence)
        if breaks is None:
            inner = (found.end() for found in _BREAK.finditer(text, sentence.start, sentence.end))
            breaks = self._breaks[sentence] = [sentence.start, *inner, max(sentence.end, core.end)]
        start = breaks[max(0, bisect_right(breaks, core.start) - 1)]
        end = max(core.end, breaks[min(len(breaks) - 1, bisect_left(breaks, core.end))])
        if end - start > EVIDENCE:
            spare = max(0, EVIDENCE - (core.end - core.start))
            # what precedes a cue says less than what follows it
            start = max(start, core.start - spare // 3)
            end = min(end, start + max(EVIDENCE, core.end - core.start))
            end = max(end, core.end)
            while start < core.start and start > sentence.start and not text[start - 1].isspace():
                start += 1
            while end > core.end and end < sentence.end and not text[end].isspace():
                end -= 1
        while start < core.start and not text[start].isalnum():
            start += 1
        while end > core.end and (text[end - 1].isspace() or text[end - 1] in ",;:—–"):
            end -= 1
        return Span(start, end)
