"""Names a paper introduces: found by what the paper says of them, not by any list.

Nine in ten names of methods in an abstract are new with it. A title `NAME: subtitle`, a verb of making (`we propose
NAME`), a verb of naming (`dubbed NAME`) and an apposition (`NAME, a novel framework`) say that a name is the paper's
own; the noun beside it says of what kind it is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from kg.mentions import introduction_cues as cues
from kg.mentions.cue_places import HERE, MAKING, NAMING, OWNING, RELATING, RESULTING, WITHIN, cue_places
from kg.mentions.heads import HEAD, kind_of_name, leading_kind
from kg.mentions.introduced_beside import appositions, in_passive, related
from kg.mentions.introduced_echoes import proposed_again
from kg.mentions.introduced_objects import made_things
from kg.mentions.introduced_titles import titled
from kg.mentions.introduction import (
    REACH,
    CuedSentence,
    Introduction,
    agreed,
    definitions_near,
    is_strong,
    kind_said,
    more_names,
    new_parts,
    of_definitions,
    stretch_around,
    whole_name,
)
from kg.mentions.shapes import is_named, name_at
from kg.text import Span
from kg.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.mentions.abbreviations import Definition

__all__ = ["Introduction", "introductions"]

_NONE: Final[Mapping[int, int]] = MappingProxyType({})


def introductions(
    text: str,
    title_end: int,
    spans: tuple[Span, ...],
    defined: tuple[Definition, ...],
    listed: Mapping[int, int] = _NONE,
) -> tuple[Introduction, ...]:
    """The names the text introduces, in text order, the surest statement of each span once.

    `title_end` is where the title ends; `spans` are the sentences and `defined` the definitions of the text. `listed`
    holds, by start, the ends of the longest names somebody has listed: `we propose low-rank adaptation, a` is read by
    it, which no capital marks.
    """
    found: dict[Span, Introduction] = {}
    longs = {definition.long.start: definition.long.end for definition in defined}

    def keep(new: Introduction | None) -> None:
        if new is None:
            return
        end = longs.get(new.name.start, new.name.end)
        if end > new.name.end:  # "Fast One-stage Search (FOS)": what is defined is the name, not its first capital
            stretch = Span(new.stretch.start, max(end, new.stretch.end))
            new = replace(new, name=Span(new.name.start, end), stretch=stretch)
        for name in _both(text, new.name):
            old = found.get(name)
            if old is None or (new.sure, new.kind is not None) > (old.sure, old.kind is not None):
                found[name] = replace(new, name=name)

    for introduction in titled(text, title_end, listed):
        keep(introduction)
    low = text.translate(cues.LOWER)
    places = cue_places(low, spans[-1].end if spans else 0)
    at = 0
    announced = False
    spoken: list[Span] = []
    for span in spans:
        if span.start < title_end:
            continue
        here: dict[int, list[int]] = {}
        while at < len(places) and places[at][0] < span.end:
            place, cue = places[at]
            if place >= span.start:
                here.setdefault(cue, []).append(place)
            at += 1
        if announced:
            for introduction in _listed_parts(text, low, span):
                keep(introduction)
        if MAKING in here and any(cues.SUBJECT.match(low, place, span.end) for place in here.get(HERE, ())):
            spoken.append(span)
        announced = any(cues.ANNOUNCED.match(low, place, span.end) for place in here.get(MAKING, ()))
        own = next((name for name in found if text.startswith(text[name.start : name.end] + " ", span.start)), None)
        subject = span.start + own.end - own.start if own is not None else 0
        reading = CuedSentence(text, low, span, here, defined, listed, subject)
        for introduction in _sentence(reading):
            keep(introduction)
    if not any(_is_name(text, title_end, introduction) for introduction in found.values()):
        for span in spoken:
            for introduction in proposed_again(text, title_end, span, listed):
                keep(introduction)
    return tuple(found[name] for name in sorted(found) if not _is_phrase(text, title_end, found, name))


def _is_name(text: str, title_end: int, introduction: Introduction) -> bool:
    """Whether a name was found, not only a title's phrase or a description: `a Gaussian sail mixing method`."""
    if introduction.sure:
        return True
    last = text[introduction.name.start : introduction.name.end].rsplit(" ", 1)
    return introduction.name.start >= title_end and not (len(last) > 1 and last[1] in HEAD)


def _both(text: str, name: Span) -> tuple[Span, ...]:
    """The names that a plain `and` joins: `Foo-Lite and Foo-Plus`."""
    first, joint, second = text[name.start : name.end].partition(" and ")
    if not joint or " " in first + second:
        return (name,)
    kindred = "-" in first and first.split("-")[0] == second.split("-")[0]
    if kindred or (is_named(first) and is_named(second)):
        return Span(name.start, name.start + len(first)), Span(name.end - len(second), name.end)
    return (name,)


def _is_phrase(text: str, title_end: int, found: Mapping[Span, Introduction], name: Span) -> bool:
    """Whether what a title seems to name is a phrase about what the abstract names: `Trim the Sails: ...`.

    `FooSail Language Models: ...` and `we present FooSail` are one thing, which the abstract names.
    """
    words = text[name.start : name.end]
    if name.start >= title_end or " " not in words:
        return False
    made = [text[other.start : other.end] for other in found if other.start >= title_end and found[other].sure]
    if any(words.startswith(f"{other} ") for other in made):
        return True
    if found[name].sure or not made or is_named(words.split(" ", 1)[0]):
        return False
    rest = text[title_end:].lower()
    for other in made:
        rest = rest.replace(other.lower(), "")
    return words.lower() not in rest


def _sentence(this: CuedSentence) -> Iterator[Introduction]:
    text, low, span, listed = this.text, this.low, this.span, this.listed
    start, end = span.start, span.end
    first_person = any(cues.SUBJECT.match(low, place, end) for place in this.cues.get(HERE, ()))
    made: list[int] = []
    passives: list[re.Match[str]] = []
    for verb in this.matches(cues.MAKE, MAKING):
        strong = verb["strong"] is not None
        if verb[0].endswith("ed"):
            passive = cues.PASSIVE.search(low, max(start, verb.start() - 18), min(end, verb.end() + 5))
            if passive is not None:
                passives.append(passive)
        own = strong and 0 < verb.start() - this.subject < 2 and verb[0].endswith("s")  # "FooNet introduces"
        if own or (first_person and _is_ours(low, start, verb, strong=strong)):
            yield from made_things(this, verb, strong=strong)
            if strong:
                made.append(verb.end())
    if first_person:
        for within in this.matches(cues.IMPLEMENTED, WITHIN):
            # "we implement our approach in a tool called Stevie", "we instantiate it as FooNet"
            name = name_at(text, within.end(), end)
            if name is not None and is_named(text[name.start : name.end].split(maxsplit=1)[0]):
                kind = kind_said(text, name, end, Kind.METHOD)
                yield Introduction(name, Span(within.start(), name.end), kind, sure=False, how="made too")
    for cue in this.matches(cues.NAMED, NAMING):
        yield from _naming(text, cue, span, first_person=first_person, defined=this.defined)
    yield from _owned(this)
    for cue in this.matches(cues.RESULT, RESULTING):
        name = name_at(text, cue.end(), end)
        if name is not None and is_strong(text, name) and not cues.OTHERS.search(low, start, cue.start()):
            noun = cue[0].strip(" ,\n").rsplit(" ", 1)[-1]
            kind = kind_said(text, name, end, HEAD.get(noun))
            closed = text[name.end : name.end + 1] in (".", ",", ";", ":")
            sure = closed and cue[0].startswith(("result", "yield", "a "))
            yield Introduction(name, Span(cue.start(), name.end), kind, sure=sure, how="made too")
    for place in this.cues.get(RELATING, ()):
        if cues.RELATED.match(low, place, end):
            relative = cues.RELATIVE.search(low, max(start, place - 56), min(end, place + 80))
            if relative is not None:
                yield from related(text, relative, span, listed)
    for verb in passives:
        if "novel" in low[start : verb.start()] or "new " in low[start : verb.start()]:
            made.append(start)
        found = in_passive(text, verb, span)
        if found is not None:
            yield found
    if made:
        yield from _in_brackets(this, made[0])
    yield from appositions(text, span, first_person=first_person)
    yield from _parts(this)


def _parts(this: CuedSentence) -> Iterator[Introduction]:
    """`It consists of a Mast Module (MM) and a Keel Module (KM)`: defined parts that nobody lists."""
    text, span = this.text, this.span
    near = definitions_near(this.defined, span.start, span.end)
    composed = cues.COMPOSED.search(this.low, span.start, span.end) if near else None
    if composed is None or not (this.subject or cues.OURS_COMPOSED.search(this.low, span.start, composed.start())):
        return
    for long in new_parts(text, near, composed.end(), span.end, this.listed):
        kind = leading_kind(text, long.start, long.end)[0]
        if kind not in (Kind.TASK, Kind.METRIC):
            yield Introduction(long, Span(composed.start(), long.end), kind or Kind.METHOD, sure=False, how="defined")


def _owned(this: CuedSentence) -> Iterator[Introduction]:
    """`our NAME`, `our model, NAME,`, `the proposed NAME`."""
    text, end = this.text, this.span.end
    for own in this.matches(cues.OWN, OWNING):
        if not (own[0].startswith("our") or "proposed" in own[0]):
            continue
        name = name_at(text, own.end(), end)
        bracket = cues.NAME_IN_BRACKET.match(text, own.end() - 1, end) if name is None else None
        if bracket is not None and is_named(bracket["name"]):
            name = Span(*bracket.span("name"))  # "our new benchmark (FooBench)"
        long = this.long_at(own.end()) if name is None and "proposed" in own[0] else None
        if long is not None:  # "the proposed Two-stage Mixed Rowing (TMR) scheme"
            yield Introduction(long, Span(own.start(), long.end), Kind.METHOD, sure=True, how="own")
            continue
        head = own[0].strip(" ,").rsplit(" ", 1)[-1]
        if name is None and own[0].endswith(", ") and own.end() in this.listed:
            name = Span(own.end(), this.listed[own.end()])  # "our new model, phi-1.5, keeps"
            yield Introduction(name, name, HEAD.get(head), sure=True, how="own")
        elif name and cues.GENERIC_MANY.fullmatch(text, name.start, name.end):
            continue  # "our proposed multi-LLM system"
        elif name and (is_strong(text, name) or (own[0].endswith(", ") and text[name.end : name.end + 1] == ",")):
            # "our model, FooNet, ...", "our proposed FooNet": no one says so of what is another's
            sure = own[0].endswith(", ") or (head in HEAD and text[name.end : name.end + 1] in (",", ":", "."))
            kind = kind_said(text, name, end, HEAD.get(head))
            stretch = Span(own.start(), name.end)
            yield Introduction(name, stretch, kind, sure=sure or "proposed" in own[0], how="own")


def _in_brackets(this: CuedSentence, start: int) -> Iterator[Introduction]:
    """`a method for cold-start users (FR-CSU)` after a verb of making: a name that nothing defines and that recurs."""
    text, end = this.text, min(this.span.end, start + REACH)
    for bracket in cues.NAME_IN_BRACKET.finditer(text, start, end):
        word = bracket["name"]
        at = bracket.start("name")
        if not is_named(word) or word[0].isdigit() or at in this.listed or text.count(word) < 2:
            continue
        if cues.OTHER_CLAUSE.search(text, start, at) or any(
            d.short.start == at for d in definitions_near(this.defined, at, at)
        ):
            continue
        name = Span(*bracket.span("name"))
        kind = kind_said(text, name, end, None)
        yield Introduction(name, stretch_around(text, Span(start, end), name), kind, sure=False, how="called")


def _listed_parts(text: str, low: str, span: Span) -> Iterator[Introduction]:
    """`First, "windowing" reuses ...; second, FooNet`, after a sentence that says how many there are."""
    for ordinal in cues.ORDINAL.finditer(low, span.start, span.end):
        quoted = cues.QUOTED_LOWER.match(text, ordinal.end(), span.end)
        if quoted:
            name = Span(*quoted.span("name"))
        else:
            found = name_at(text, ordinal.end(), span.end)
            if found is None or not is_strong(text, found):
                continue
            name = found
        kind = kind_said(text, name, span.end, Kind.METHOD)
        yield Introduction(
            name, stretch_around(text, Span(ordinal.start(), span.end), name), kind, sure=False, how="made too"
        )


def _is_ours(low: str, start: int, verb: re.Match[str], *, strong: bool) -> bool:
    if (verb[0].endswith("ed") or verb[0] in ("open-source", "open source")) and not cues.PREDICATE.search(
        low, max(start, verb.start() - 24), verb.start()
    ):
        return False  # "all released models", "recently proposed methods": an adjective
    reach = 90 if strong else 120
    if low.endswith(" and ", start, verb.start()):
        reach = 240  # "we cast the old task as a long new one and propose FooNet"
    before = low[max(start, verb.start() - reach) : verb.start()]
    subjects = list(cues.SUBJECT.finditer(before))
    if not subjects:
        return False
    between = before[subjects[-1].end() :]
    if strong:
        return not cues.OTHERS.search(between)
    if len(between) > 45 and not low.endswith(("and ", "then ", "also "), 0, verb.start()):
        return False
    joined = low.endswith(("and ", "then ", "also ", "thus "), max(start, verb.start() - 5), verb.start())
    return not cues.OTHERS.search(between) and (joined or len(between.split()) <= 6)


def _naming(
    text: str, cue: re.Match[str], span: Span, *, first_person: bool, defined: tuple[Definition, ...]
) -> Iterator[Introduction]:
    at = cue.end()
    filler = cues.ARTICLE.match(text, at, span.end)
    at = filler.end() if filler else at
    before = text[max(span.start, cue.start() - 120) : cue.start()]
    ours = first_person or cue[0].lower().startswith("we ")
    if cues.OTHERS.search(before.lower()) and not cue[0].lower().startswith("we "):
        ours = False
    weak_cue = cue[0].lower() in ("namely", "i.e.,", "known as", "referred to as")
    name = name_at(text, at, span.end)
    nouns = cues.CALLED_NOUNS.match(text, at, span.end) if name is None and cue[0].startswith("we ") else None
    if nouns is not None and any(word in HEAD or word == "function" for word in nouns[0].split()):
        name = name_at(text, nouns.end(), span.end)  # "we call our loss function Single Trim (ST)"
    if name is not None:
        name = whole_name(text, name, span.end)
    kind: Kind | None = None
    # the noun beside the cue: "our method, called", "we call this process"; not one of an earlier clause
    clause = re.split(r"[,;:]\s", before)[-1] if before.rstrip()[-1:] not in ",;:" else before
    for word in (*reversed(re.findall(r"[\w-]+", cue[0])), *reversed(re.findall(r"[\w-]+", clause)[-4:])):
        kind = HEAD.get(word.lower()) if word != "data" else None
        if kind is not None:
            break
    if kind is None:
        # "we develop an approach for ..., called NAME"
        made = list(cues.MAKE.finditer(before.lower()))
        if made:
            kind = leading_kind(before, made[-1].end(), len(before))[0]
    stretch = Span(max(span.start, cue.start() - 80), span.end)
    if name is not None:
        if weak_cue and not (is_strong(text, name) and cues.MADE_NAMELY.search(before.lower())):
            return
        if not ours and not is_strong(text, name):
            return
        kind = agreed(kind, kind_of_name(text[name.start : name.end]))
        yield Introduction(name, stretch_around(text, stretch, name), kind, sure=ours and not weak_cue, how="named")
        yield from more_names(text, name, span.end, stretch, kind)
        yield from of_definitions(name, stretch, kind, defined, sure=ours and not weak_cue)
        return
    if not ours or weak_cue:
        return
    quoted = cues.QUOTED_LOWER.match(text, filler.end() if filler else at, span.end)
    lower = quoted or cues.NAMED_LOWER.match(text, at, span.end)
    if lower and kind is not None and lower["name"].split()[0] not in ("it", "this", "the", "them", "to"):
        name = Span(*lower.span("name"))
        yield Introduction(name, stretch_around(text, stretch, name), kind, sure=True, how="named in lower case")
