"""What a paper says a name of its own by: the record, and what the readings of titles, verbs and cues share."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.mentions import introduction_cues as cues
from kg.mentions.heads import HEAD, kind_of_name, leading_kind
from kg.mentions.shapes import GENERIC, is_named, name_at, strength
from kg.text import Span
from kg.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.mentions.abbreviations import Definition

__all__ = [
    "REACH",
    "CuedSentence",
    "Introduction",
    "agreed",
    "clause_end",
    "definitions_near",
    "is_strong",
    "kind_said",
    "more_names",
    "new_parts",
    "of_definitions",
    "shrunk",
    "stretch_around",
    "whole_name",
]

REACH: Final = 600
"""Characters behind a verb of making in which its object is sought: three long lines."""


@dataclass(frozen=True, slots=True, order=True)
class Introduction:
    """A name with the stretch of the sentence that introduces it.

    `kind` is None where no noun beside it and no part of the name says one. `sure` tells a statement (`we propose
    NAME`) from a hint (`our NAME`, a title alone), which a name that the ontology knows does not take as its
    introduction.
    """

    name: Span
    stretch: Span
    kind: Kind | None
    sure: bool
    how: str


@dataclass(frozen=True, slots=True)
class CuedSentence:
    """A sentence with the places of its cues, by kind of cue."""

    text: str
    low: str
    span: Span
    cues: dict[int, list[int]]
    defined: tuple[Definition, ...]
    listed: Mapping[int, int]
    subject: int = 0
    """Where the name of the paper's own ends with which the sentence begins, 0 where it does not."""

    def matches(self, pattern: re.Pattern[str], kind: int) -> Iterator[re.Match[str]]:
        """The matches of a pattern at the places of a kind of cue, none inside the one before."""
        done = 0
        for place in self.cues.get(kind, ()):
            if place >= done:
                match = pattern.match(self.low, place, self.span.end)
                if match is not None:
                    done = match.end()
                    yield match

    def long_at(self, at: int) -> Span | None:
        """The long form, begun with a capital, of the definition that begins at `at` in this sentence."""
        if not self.text[at : at + 1].isupper():
            return None
        return next((d.long for d in definitions_near(self.defined, at, self.span.end) if d.long.start == at), None)


def definitions_near(defined: tuple[Definition, ...], start: int, end: int) -> tuple[Definition, ...]:
    """The definitions whose short form begins from `start` to `end`."""
    return defined[bisect_left(defined, start, key=_short_start) : bisect_right(defined, end, key=_short_start)]


def _short_start(definition: Definition) -> int:
    return definition.short.start


def shrunk(text: str, end: int) -> int:
    """The end without the signs of markup before it."""
    while end and text[end - 1] in " \t}\"”’'*_$":
        end -= 1
    return end


def whole_name(text: str, name: Span, end: int) -> Span | None:
    """The name with the small letters that go on with a word in one capital: `Wasserstein gradient descent`."""
    word = text[name.start : name.end]
    if " " in word or is_named(word) or "-" in word or text[name.end : name.end + 1] != " ":
        return name
    more = cues.SMALL_LETTERS.match(text, name.end, end)
    if more is None:
        return name
    if more[0].split()[0] in HEAD:
        return name  # "we propose the Padding method"
    return Span(name.start, more.end())


def is_strong(text: str, name: Span) -> bool:
    """Whether the name is surely written as one: a word of it is, or two of its words have capitals."""
    words = text[name.start : name.end].split()
    return any(is_named(word) for word in words) or (
        len(words) > 1 and sum(strength(word) > 0 for word in words) >= 2 and words[0].lower() not in GENERIC
    )


def kind_said(text: str, name: Span, end: int, default: Kind | None) -> Kind | None:
    """The kind the words after the name say, else the name's own ending, else the default."""
    own = kind_of_name(text[name.start : name.end])
    at = name.end
    while at < end and text[at] in "}\"”’*$_'":
        at += 1
    bracket = cues.BRACKET.match(text, at, end)
    if bracket:
        at = bracket.end()
    apposed = cues.SAYS_WHAT.match(text, at, end)
    if apposed:
        kind, _ = leading_kind(text, apposed.end(), end)
        if kind is not None:
            return agreed(kind, own)
    noun = cues.TWO_WORDS.match(text, at, end)
    if noun:
        for word in (noun[2], noun[1]):
            kind = HEAD.get(word or "")
            if kind is not None and word not in (
                "training",
                "learning",
                "search",
                "attention",
                "set",
                "training",
                "score",
            ):
                return agreed(kind, own)
    return own or default


def agreed(stated: Kind | None, own: Kind | None) -> Kind | None:
    """What the text states, unless the name's ending is surer: a `framework` called XBench evaluates."""
    if own is Kind.BENCHMARK and stated in (Kind.METHOD, None):
        return own
    return stated or own


def stretch_around(text: str, around: Span, name: Span) -> Span:
    """The part of the sentence that says it: from a little before the verb to the end of the clause with the name."""
    start = around.start
    if start > 0 and text[start - 1 : start] not in (" ", "\n", ""):
        space = text.find(" ", start, name.start)
        start = space + 1 if 0 <= space < name.start else start
    return Span(min(start, name.start), max(name.end, clause_end(text, name.end, around.end)))


def clause_end(text: str, at: int, end: int) -> int:
    """Where the clause ends that goes on at `at`, at the latest at `end`."""
    match = cues.CLAUSE_END.search(text, at, end)
    return match.start() if match else end


def of_definitions(
    name: Span, stretch: Span, kind: Kind | None, defined: tuple[Definition, ...], *, sure: bool
) -> Iterator[Introduction]:
    """The other form of a name that stands in a definition: `FooNet (Foo Network)`."""
    for definition in defined:
        for near, far in ((definition.long, definition.short), (definition.short, definition.long)):
            if near.start == name.start and far.start > name.start and far != name and far.start - near.end < 12:
                yield Introduction(near, stretch, kind, sure=sure, how="defined")
                yield Introduction(far, stretch, kind, sure=sure, how="defined")


def more_names(text: str, name: Span, end: int, stretch: Span, kind: Kind | None) -> Iterator[Introduction]:
    """`NAME1 and NAME2`, `NAME1, NAME2, and NAME3` after a verb of making."""
    at = name.end
    for _ in range(4):
        bracket = cues.SHORT_BRACKET.match(text, at, end)
        link = cues.COORDINATION.match(text, bracket.end() if bracket else at, end)
        if link is None:
            return
        other = name_at(text, link.end(), end)
        if other is None or not is_strong(text, other):
            return
        yield Introduction(
            other, stretch_around(text, stretch, other), kind_said(text, other, end, kind), sure=False, how="made too"
        )
        at = other.end


def new_parts(
    text: str, defined: Sequence[Definition], start: int, end: int, listed: Mapping[int, int]
) -> Iterator[Span]:
    """The long forms in capitals from `start` to `end` that nobody lists and no article of another's thing precedes."""
    for definition in defined:
        long = definition.long
        if not start <= long.start < end or long.start in listed:
            continue
        words = [word for word in re.split(r"[\s-]", text[long.start : long.end]) if len(word) > 3]
        if len(words) < 2 or not all(word[0].isupper() for word in words) or definition.short.start < long.start:
            continue
        if cues.OWN_PART.search(text, max(start - 1, long.start - 24), long.start):
            yield long
