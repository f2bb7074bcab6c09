"""What stands beside a name and says that it is new: `NAME, a novel framework`, `NAME, which we propose`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.mentions import introduction_cues as cues
from kg.mentions.heads import leading_kind
from kg.mentions.introduction import Introduction, clause_end, is_strong, kind_said, shrunk
from kg.mentions.shapes import GENERIC, is_named, name_at, strength
from kg.text import Span
from kg.vocabulary import Kind

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

__all__ = ["appositions", "in_passive", "related"]


def related(text: str, relative: re.Match[str], span: Span, listed: Mapping[int, int]) -> Iterator[Introduction]:
    """`FooNet, which we propose`, `the focal loss (FL) we introduce`: the name that ends where the clause begins."""
    floor = max(span.start, relative.start() - 70)
    for match in cues.WORD_START.finditer(text, floor, relative.start()):
        at = match.start()
        end = listed.get(at, 0)
        name = Span(at, end) if span.start < at < end else name_at(text, at, relative.start())
        if name is None or (at == span.start and cues.PREPOSED.match(text, at, name.end)):
            continue  # "In FooNet, which we propose"
        stop = shrunk(text, relative.start())
        bracket = cues.SHORT_BRACKET.fullmatch(text, name.end, stop)
        if name.end != stop and bracket is None:
            continue
        if end != name.end and not is_strong(text, name) and not (at > span.start and ", " in relative[0]):
            continue
        kind = (
            kind_said(text, name, name.end, None) or leading_kind(text, relative.start("noun"), relative.end("noun"))[0]
        )
        stretch = Span(name.start, relative.end())
        yield Introduction(name, stretch, kind, sure=True, how="named")
        if bracket is not None and is_named(text[bracket.start() : stop].strip(" ()")):
            short = Span(text.index("(", name.end) + 1, stop - 1)
            yield Introduction(short, stretch, kind, sure=True, how="defined")
        return


def in_passive(text: str, verb: re.Match[str], span: Span) -> Introduction | None:
    """`FooNet, a framework for graphs, is proposed`: the name that begins the clause of the verb."""
    floor = max(span.start, verb.start() - 160)
    before = text[floor : verb.start()]
    if cues.OTHERS.search(before.lower()):
        return None
    for match in cues.CAPITAL.finditer(text, floor, verb.start()):
        name = name_at(text, match.start(), span.end)
        if name is not None and is_strong(text, name):
            between = text[name.end : verb.start()]
            if between.strip(' }*"”') and not cues.ASIDE.fullmatch(between):
                return None
            kind = kind_said(text, name, span.end, None)
            return Introduction(name, Span(name.start, verb.end()), kind, sure=False, how="made too")
    return None


def appositions(text: str, span: Span, *, first_person: bool) -> Iterator[Introduction]:
    """`NAME, a novel framework for ...`, where the words or the speaker say that it is new."""
    seen = span.start
    for separator in cues.APPOSITION.finditer(text, span.start, span.end):
        if not first_person and not cues.FRESH.match(text, separator.end(), span.end):
            continue
        for match in cues.CAPITAL.finditer(text, max(seen, separator.start() - 60), separator.start()):
            if match.start() > span.start and text[match.start() - 1] not in ' ("“*{$':
                continue
            seen = match.start() + 1
            found = _apposed(text, match.start(), span, first_person=first_person)
            if found is not None:
                yield found


def _apposed(text: str, start: int, span: Span, *, first_person: bool) -> Introduction | None:
    """The name at `start` if an apposition follows that says it is new."""
    token_end = _word_end(text, start, span.end)
    word = text[start:token_end].strip('\\*"“,.:')
    if not is_named(word):
        # "we train Faraday, a 27B agent": one capital is enough in the middle of a sentence of ours
        plain = first_person and start > span.start and strength(word) == 1 and word.lower() not in GENERIC
        if not plain or text[token_end : token_end + 3] != ", a" or cues.AFTER_CAPITAL.search(text, span.start, start):
            return None
    name = name_at(text, start, span.end)
    if name is None or text[max(0, start - 2) : start] == ") ":
        return None
    apposed = cues.APPOSED.match(text, name.end, span.end)
    if apposed is None or not (apposed["fresh"] or (first_person and "," in apposed[0][:3])):
        return None
    kind, noun_end = leading_kind(text, apposed.end() - len(apposed["fresh"] or ""), span.end)
    if kind is None:
        return None
    if " our " in apposed[0] and not cues.APPOSED_END.match(text, noun_end, span.end):
        return None  # "On FooRooms and FooGame, our system wins"
    if not apposed["fresh"] and cues.PREPOSED.search(text, max(span.start, start - 12), start):
        return None  # "we test it on FooGame, a game"
    sure = bool(apposed["fresh"]) and "state-of-the-art" not in apposed["fresh"].lower()
    stretch = Span(name.start, clause_end(text, apposed.end(), span.end))
    low = text[max(span.start, start - 30) : span.end].translate(cues.LOWER)
    at = start - max(span.start, start - 30)
    # "we train SailLM, a language model with 7 billion parameters": another's model is tuned, not trained
    trained = kind is Kind.MODEL and cues.TRAINED.search(low, 0, at) and cues.PARAMETERS.match(low, at)
    return Introduction(name, stretch, kind, sure=bool(trained), how="apposed" if sure else "apposed weakly")


def _word_end(text: str, start: int, end: int) -> int:
    stop = start
    while stop < end and stop - start < 60 and not text[stop].isspace() and text[stop] not in "),;:":
        stop += 1
    return stop
