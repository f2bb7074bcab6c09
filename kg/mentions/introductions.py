"""Names a paper introduces: found by what the paper says of them, not by any list.

Nine in ten names of methods in an abstract are new with it. A title `NAME: subtitle`, a verb of making (`we propose
NAME`), a verb of naming (`dubbed NAME`) and an apposition (`NAME, a novel framework`) say that a name is the paper's
own; the noun beside it says of what kind it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from kg.mentions import introduction_cues as cues
from kg.mentions.cue_places import HERE, MAKING, NAMING, OWNING, RELATING, RESULTING, WITHIN, cue_places
from kg.mentions.heads import HEAD, kind_of_name, leading_kind
from kg.mentions.shapes import GENERIC, is_named, name_at, strength, unwrapped
from kg.text import Span
from kg.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.mentions.abbreviations import Definition

__all__ = ["Introduction", "introductions"]

_NONE: Final[Mapping[int, int]] = MappingProxyType({})
_VAGUE: Final = frozenset("using how several various two three four five many some new novel it them such that".split())  # noqa: SIM905
_REACH: Final = 600
"""Characters behind a verb of making in which its object is sought: three long lines."""
_LASTING: Final = tuple("construct buil creat develop design devis collect curat result distil produc".split())  # noqa: SIM905


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
        old = found.get(new.name)
        if old is None or (new.sure, new.kind is not None) > (old.sure, old.kind is not None):
            found[new.name] = new

    for introduction in _title(text, title_end, listed):
        keep(introduction)
    low = text.translate(cues.LOWER)
    places = cue_places(low, spans[-1].end if spans else 0)
    at = 0
    announced = False
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
        announced = any(cues.ANNOUNCED.match(low, place, span.end) for place in here.get(MAKING, ()))
        reading = _Sentence(text, low, span, here, defined, listed)
        for introduction in _sentence(reading):
            keep(introduction)
    return tuple(found[name] for name in sorted(found))


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with the places of its cues, by kind of cue."""

    text: str
    low: str
    span: Span
    cues: dict[int, list[int]]
    defined: tuple[Definition, ...]
    listed: Mapping[int, int]

    def matches(self, pattern: re.Pattern[str], kind: int) -> Iterator[re.Match[str]]:
        """The matches of a pattern at the places of a kind of cue, none inside the one before."""
        done = 0
        for place in self.cues.get(kind, ()):
            if place >= done:
                match = pattern.match(self.low, place, self.span.end)
                if match is not None:
                    done = match.end()
                    yield match


def _title(text: str, title_end: int, listed: Mapping[int, int]) -> Iterator[Introduction]:
    """`NAME: subtitle`, `NAME, a subtitle`, `NAME! ...`, `NAME Technical Report`, a title that is a listed name."""
    if text[:1].isspace():
        return
    at = unwrapped(text, 0, title_end)
    end = listed.get(at)
    if end is not None and end <= title_end:
        closed = cues.TITLE_CLOSED.match(text, end, title_end)
        if closed is not None:
            name = Span(at, end)
            studied = cues.STUDIED.search(text[closed.end() : title_end].lower()) is not None
            yield Introduction(name, Span(0, title_end), None, sure=not studied, how="title")
            return
    match = cues.TITLE.match(text, 0, min(title_end, 90))
    if match is None:
        return
    found = name_at(text, match.start("name"), match.end("name"))
    if found is None or found.end < _shrunk(text, match.end("name")):
        return
    words = text[found.start : found.end].split()
    if len(words) > 4 or words[0].lower() in GENERIC:
        return
    subtitle = text[match.end() : title_end].lower()
    kind = kind_of_name(words[-1]) or _title_kind(subtitle)
    if kind is None and re.match(r"(?:an?|the|our|one)\s", subtitle):
        kind, _ = leading_kind(text, match.end(), title_end)
    sure = len(words) == 1 and is_named(words[0]) and not cues.STUDIED.search(subtitle)
    yield Introduction(found, Span(0, title_end), kind, sure=sure, how="title")


def _title_kind(subtitle: str) -> Kind | None:
    for kind, words in (
        (Kind.BENCHMARK, ("benchmark", "benchmarking")),
        (Kind.DATASET, ("dataset", "corpus")),
        (Kind.METHOD, ("framework", "method", "approach", "system", "toolkit", "library", "algorithm")),
    ):
        if any(word in subtitle for word in words):
            return kind
    return None


def _shrunk(text: str, end: int) -> int:
    while end and text[end - 1] in " \t}\"”’'*_$":
        end -= 1
    return end


def _sentence(this: _Sentence) -> Iterator[Introduction]:
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
        if first_person and _is_ours(low, start, verb, strong=strong):
            yield from _object(this, verb, strong=strong)
            if strong:
                made.append(verb.end())
    if first_person:
        for within in this.matches(cues.IMPLEMENTED, WITHIN):
            # "we implement our approach in a tool called Stevie", "we instantiate it as FooNet"
            name = name_at(text, within.end(), end)
            if name is not None and is_named(text[name.start : name.end].split(maxsplit=1)[0]):
                kind = _kind(text, name, end, Kind.METHOD)
                yield Introduction(name, Span(within.start(), name.end), kind, sure=False, how="made too")
    for cue in this.matches(cues.NAMED, NAMING):
        yield from _naming(text, cue, span, first_person=first_person, defined=this.defined)
    yield from _owned(this)
    for cue in this.matches(cues.RESULT, RESULTING):
        name = name_at(text, cue.end(), end)
        if name is not None and _strong(text, name) and not cues.OTHERS.search(low, start, cue.start()):
            kind = _kind(text, name, end, kind_of_name(text[name.start : name.end]))
            closed = text[name.end : name.end + 1] in (".", ",", ";", ":")
            sure = closed and cue[0].startswith(("result", "yield", "a "))
            yield Introduction(name, Span(cue.start(), name.end), kind, sure=sure, how="made too")
    for place in this.cues.get(RELATING, ()):
        if cues.RELATED.match(low, place, end):
            relative = cues.RELATIVE.search(low, max(start, place - 56), min(end, place + 80))
            if relative is not None:
                yield from _related(text, relative, span, listed)
    for passive in passives:
        if "novel" in low[start : passive.start()] or "new " in low[start : passive.start()]:
            made.append(start)
        found = _passive(text, passive, span)
        if found is not None:
            yield found
    if made:
        yield from _in_brackets(this, made[0])
    yield from _appositions(text, span, first_person=first_person)


def _owned(this: _Sentence) -> Iterator[Introduction]:
    """`our NAME`, `our model, NAME,`, `the proposed NAME`."""
    text, end = this.text, this.span.end
    for own in this.matches(cues.OWN, OWNING):
        if not (own[0].startswith("our") or "proposed" in own[0]):
            continue
        name = name_at(text, own.end(), end)
        bracket = cues.NAME_IN_BRACKET.match(text, own.end() - 1, end) if name is None else None
        if bracket is not None and is_named(bracket["name"]):
            name = Span(*bracket.span("name"))  # "our new benchmark (FooBench)"
        head = own[0].strip(" ,").rsplit(" ", 1)[-1]
        if name is None and own[0].endswith(", ") and own.end() in this.listed:
            name = Span(own.end(), this.listed[own.end()])  # "our new model, phi-1.5, keeps"
            yield Introduction(name, name, HEAD.get(head), sure=True, how="own")
        elif name and _strong(text, name):
            # "our model, FooNet, ...", "our proposed FooNet": no one says so of what is another's
            sure = own[0].endswith(", ") or (head in HEAD and text[name.end : name.end + 1] in (",", ":", "."))
            kind = _kind(text, name, end, HEAD.get(head))
            stretch = Span(own.start(), name.end)
            yield Introduction(name, stretch, kind, sure=sure or "proposed" in own[0], how="own")


def _in_brackets(this: _Sentence, start: int) -> Iterator[Introduction]:
    """`a method for cold-start users (FR-CSU)` after a verb of making: a name that nothing defines and that recurs."""
    text, end = this.text, min(this.span.end, start + _REACH)
    for bracket in cues.NAME_IN_BRACKET.finditer(text, start, end):
        word = bracket["name"]
        at = bracket.start("name")
        if not is_named(word) or word[0].isdigit() or at in this.listed or text.count(word) < 2:
            continue
        if cues.OTHER_CLAUSE.search(text, start, at) or any(d.short.start == at for d in _near(this.defined, at, at)):
            continue
        name = Span(*bracket.span("name"))
        kind = _kind(text, name, end, None)
        yield Introduction(name, _stretch(text, Span(start, end), name), kind, sure=False, how="called")


def _near(defined: tuple[Definition, ...], start: int, end: int) -> tuple[Definition, ...]:
    """The definitions whose short form begins from `start` to `end`."""
    return defined[bisect_left(defined, start, key=_short_start) : bisect_right(defined, end, key=_short_start)]


def _short_start(definition: Definition) -> int:
    return definition.short.start


def _related(text: str, relative: re.Match[str], span: Span, listed: Mapping[int, int]) -> Iterator[Introduction]:
    """`FooNet, which we propose`, `the focal loss (FL) we introduce`: the name that ends where the clause begins."""
    floor = max(span.start, relative.start() - 70)
    for match in cues.WORD_START.finditer(text, floor, relative.start()):
        at = match.start()
        end = listed.get(at, 0)
        name = Span(at, end) if span.start < at < end else name_at(text, at, relative.start())
        if name is None:
            continue
        stop = _shrunk(text, relative.start())
        bracket = cues.SHORT_BRACKET.fullmatch(text, name.end, stop)
        if name.end != stop and bracket is None:
            continue
        if end != name.end and not _strong(text, name) and not (at > span.start and ", " in relative[0]):
            continue
        kind = _kind(text, name, name.end, None) or leading_kind(text, relative.start("noun"), relative.end("noun"))[0]
        stretch = Span(name.start, relative.end())
        yield Introduction(name, stretch, kind, sure=True, how="named")
        if bracket is not None and is_named(text[bracket.start() : stop].strip(" ()")):
            short = Span(text.index("(", name.end) + 1, stop - 1)
            yield Introduction(short, stretch, kind, sure=True, how="defined")
        return


def _listed_parts(text: str, low: str, span: Span) -> Iterator[Introduction]:
    """`First, "windowing" reuses ...; second, FooNet` after `we introduce two techniques.`"""
    for ordinal in cues.ORDINAL.finditer(low, span.start, span.end):
        quoted = cues.QUOTED_LOWER.match(text, ordinal.end(), span.end)
        if quoted:
            name = Span(*quoted.span("name"))
        else:
            found = name_at(text, ordinal.end(), span.end)
            if found is None or not _strong(text, found):
                continue
            name = found
        kind = _kind(text, name, span.end, Kind.METHOD)
        yield Introduction(
            name, _stretch(text, Span(ordinal.start(), span.end), name), kind, sure=False, how="made too"
        )


def _passive(text: str, passive: re.Match[str], span: Span) -> Introduction | None:
    """`FooNet, a framework for graphs, is proposed`: the name that begins the clause of the verb."""
    floor = max(span.start, passive.start() - 160)
    before = text[floor : passive.start()]
    if cues.OTHERS.search(before.lower()):
        return None
    for match in cues.CAPITAL.finditer(text, floor, passive.start()):
        name = name_at(text, match.start(), span.end)
        if name is not None and _strong(text, name):
            between = text[name.end : passive.start()]
            if between.strip(' }*"”') and not cues.ASIDE.fullmatch(between):
                return None
            kind = _kind(text, name, span.end, None)
            return Introduction(name, Span(name.start, passive.end()), kind, sure=False, how="made too")
    return None


def _is_ours(low: str, start: int, verb: re.Match[str], *, strong: bool) -> bool:
    if (verb[0].endswith("ed") or verb[0] in ("open-source", "open source")) and not cues.PREDICATE.search(
        low, max(start, verb.start() - 24), verb.start()
    ):
        return False  # "all released models", "recently proposed methods": an adjective
    before = low[max(start, verb.start() - (90 if strong else 120)) : verb.start()]
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


@dataclass(frozen=True, slots=True)
class _Object:
    """What a verb of making is said of: the stretch of the text, and what is known before its name is read."""

    start: int
    end: int
    stretch: Span
    strong: bool
    determined: bool
    fresh: bool
    lasting: bool
    defined: tuple[Definition, ...]
    listed: Mapping[int, int]


def _object(this: _Sentence, verb: re.Match[str], *, strong: bool) -> Iterator[Introduction]:
    """What a verb of making introduces: the first way of reading its object that gives a name."""
    text, start = this.text, verb.end()
    end = min(this.span.end, start + _REACH)
    filler = cues.FILLER.match(text, start, end)
    if cues.SAID_BEFORE.match(text, filler.end() if filler else start, end):
        return  # "we release this dataset"
    thing = _Object(
        start=filler.end() if filler else start,
        end=end,
        stretch=Span(max(this.span.start, verb.start() - 60), end),
        strong=strong,
        determined=filler is not None and cues.DETERMINED.search(filler[0]) is not None,
        # "we present results", "we provide Figure 2": these verbs are also said of what is no thing
        fresh=not verb[0].startswith(("present", "provid", "describ", "offer", "implement", "suggest")),
        # what is built, collected or trained is there afterwards: "we construct NAME" is said of one's own
        lasting=strong or verb[0].startswith(_LASTING),
        defined=_near(this.defined, start - 200, end),
        listed=this.listed,
    )
    # "we train FooNet" may be said of another's, "we train a new agent, FooNet" is not
    trained = verb[0].startswith(("train", "pretrain", "pre-train", "fine"))
    found: tuple[Introduction, ...] = ()
    for read in (_named_by_noun,) if trained else _WAYS:
        found = tuple(read(text, thing))
        if found:
            yield from found
            break
    yield from _defined_later(text, thing, found)


def _listed_at_once(text: str, thing: _Object) -> Iterator[Introduction]:
    """`we introduce distilling step-by-step, a`: what others have listed since, in small letters here."""
    if not thing.strong or thing.determined:
        return
    at = unwrapped(text, thing.start, thing.end)
    end = thing.listed.get(at)
    if end is None or end > thing.end or not cues.SAYS_MORE.match(text, end, thing.end):
        return
    name = Span(at, end)
    kind = _kind(text, name, thing.end, None)
    yield Introduction(name, _stretch(text, thing.stretch, name), kind, sure=True, how="made")
    yield from _bracketed(text, end, thing, kind)
    yield from _of_definitions(name, thing.stretch, kind, thing.defined, sure=True)


def _named_at_once(text: str, thing: _Object) -> Iterator[Introduction]:
    """`we propose NAME`, `we propose a new NAME framework`."""
    name = name_at(text, thing.start, thing.end)
    if name is not None:
        name = _whole(text, name, thing.end)
    if name is None or not _own_name(text, name, strong=thing.strong and thing.fresh, determined=thing.determined):
        return
    stretch = _stretch(text, thing.stretch, name)
    if thing.determined and cues.QUALIFIES.match(text, name.end, thing.end):
        # "a BERT-based model", "a Transformer architecture": the name of a part; "a novel FooNet framework": its own
        words = text[name.start : name.end].split()
        noun = cues.NOUN_BEHIND.match(text, name.end, thing.end)
        head = HEAD.get(noun[1]) if noun else None
        if thing.strong and head is not None and (is_named(words[0]) or len(words) > 1 or words[0].count("-") > 1):
            yield Introduction(name, stretch, _agreed(head, kind_of_name(words[-1])), sure=False, how="modifier")
        return
    kind = _kind(text, name, thing.end, None)
    sure = thing.lasting and not thing.determined
    yield Introduction(name, stretch, kind, sure=sure, how="made")
    yield from _bracketed(text, name.end, thing, kind)
    yield from _more(text, name, thing.end, thing.stretch, kind)
    yield from _of_definitions(name, thing.stretch, kind, thing.defined, sure=sure)


def _named_by_noun(text: str, thing: _Object) -> Iterator[Introduction]:
    """`a framework NAME`, `a framework (NAME)`, `a framework called NAME`, `a framework for ..., NAME, which`."""
    kind, head_end = leading_kind(text, thing.start, thing.end)
    if kind is None:
        return
    inside = _modifier(text, thing, head_end)
    if inside is not None:
        own = kind_of_name(text[inside.start : inside.end])
        yield Introduction(
            inside, _stretch(text, thing.stretch, inside), _agreed(kind, own), sure=False, how="modifier"
        )
        return
    beside = cues.BESIDE.match(text, head_end, thing.end)
    if beside is not None:
        name = name_at(text, beside.end(), thing.end)
        # "a method for explaining ViTs called ViT-CX": the name of what it is for
        another = name is not None and cues.NAMED.search(text, name.end, name.end + 12) is not None
        if name is not None and not another and is_named(text[name.start : name.end].split(maxsplit=1)[0]):
            yield from _called(text, name, thing, kind, sure=thing.strong)
            return
    bracketed = tuple(_bracketed(text, head_end, thing, kind))
    if bracketed:
        yield from bracketed
        return
    link = cues.NAMING_LINK.match(text, head_end, thing.end)
    if link is None or link.end() == head_end:
        clause = cues.CLAUSE_END.search(text, thing.start, thing.end)
        limit = min(clause.start() + 1, thing.end) if clause else thing.end
        link = cues.LATER_LINK.search(text, head_end, limit)
    if link is None:
        return
    name = name_at(text, link.end(), thing.end)
    if name is None or text[name.start : name.end].lower() in GENERIC:
        return
    is_named_so = link[0].strip(" ,:–—-\n") != ""
    is_beside = link.start() == head_end
    # "a remedy, Padding, which": a word with one capital is a name where commas stand on both sides
    is_apposed = thing.strong and "," in link[0] and (is_beside or text[name.end : name.end + 1] == ",")
    if is_named_so or is_apposed or _strong(text, name):
        yield from _called(text, name, thing, kind, sure=is_named_so or is_beside)


def _modifier(text: str, thing: _Object, head_end: int) -> Span | None:
    """The name between the adjectives and the head noun: `a novel FooNet framework`, `a new Draw-and-Tell method`."""
    for token in cues.CAPITAL.finditer(text, thing.start, head_end):
        name = name_at(text, token.start(), head_end)
        if name is None:
            continue
        words = text[name.start : name.end].split()
        if name.end >= head_end or not thing.strong or not thing.determined or name.start == thing.start:
            return None
        own = len(words) == 1 and (is_named(words[0]) or words[0].count("-") > 1)
        word = text[name.start : name.end]
        defined = any(word == text[d.short.start : d.short.end] and d.short.end < thing.start for d in thing.defined)
        if (
            not own
            or defined
            or name.start in thing.listed
            or not cues.ADJECTIVES.fullmatch(text, thing.start, name.start)
        ):
            return None
        return name if cues.PLAIN_NOUNS.fullmatch(text, name.end, head_end) else None
    return None


def _defined_later(text: str, thing: _Object, found: tuple[Introduction, ...]) -> Iterator[Introduction]:
    """`three strategies: (1) Leader Centric Insertion (LCI), (2) ...`, `a network with a Siamese Shift Model (SSM)`.

    A long form in capitals that no article of another's thing precedes is as new as what the verb is said of.
    """
    if not thing.strong or not thing.fresh:
        return
    known = {introduction.name for introduction in found}
    for definition in thing.defined:
        long, short = definition.long, definition.short
        if not thing.start <= long.start < thing.end or long in known or short in known or long.start in thing.listed:
            continue
        words = [word for word in re.split(r"[\s-]", text[long.start : long.end]) if len(word) > 3]
        if len(words) < 2 or not all(word[0].isupper() for word in words) or definition.short.start < long.start:
            continue
        if not cues.OWN_PART.search(text, max(thing.start - 1, long.start - 24), long.start):
            continue
        kind = _kind(text, short, thing.end, None) or leading_kind(text, long.start, long.end)[0]
        if kind in (Kind.TASK, Kind.METRIC):
            continue
        stretch = Span(thing.stretch.start, max(short.end, _clause_end(text, short.end, thing.end)))
        yield Introduction(long, _stretch(text, stretch, long), kind, sure=False, how="defined")


def _named_by_definition(text: str, thing: _Object) -> Iterator[Introduction]:
    """`the framework of long form (LF)`, `a new long form (LF)`."""
    kind, _ = leading_kind(text, thing.start, thing.end)
    clause = cues.CLAUSE_END.search(text, thing.start, thing.end)
    limit = min(clause.start() if clause else thing.end, thing.start + 90)
    for definition in thing.defined:
        long = definition.long
        if not thing.start <= long.start < limit:
            continue
        between = text[thing.start : long.start]
        if _may_stand_between(between):
            inner = _kind(text, definition.short, thing.end, None) or leading_kind(text, long.start, thing.end)[0]
            stated = kind if kind is not None and between.strip() else inner
            if (
                stated is None
                and thing.fresh
                and long.start not in thing.listed
                and definition.short.start not in thing.listed
            ):
                stated = Kind.METHOD
            stretch = _stretch(text, thing.stretch, definition.short)
            sure = thing.strong and not thing.determined
            yield Introduction(long, stretch, _agreed(stated, inner), sure=sure, how="defined")
            return


def _named_in_small_letters(text: str, thing: _Object) -> Iterator[Introduction]:
    """`we introduce sense shuffling, an algorithm`: a phrase before an apposition that says what it is."""
    if not thing.strong or not thing.fresh:
        return
    if thing.determined:
        notion = cues.NOTION.match(text, thing.start, thing.end)
        if notion is not None:
            name = Span(*notion.span("name"))
            stretch = _stretch(text, thing.stretch, name)
            yield Introduction(name, stretch, HEAD.get(notion["noun"]), sure=True, how="made in lower case")
        return
    lower = cues.LOWER_NAME.match(text, unwrapped(text, thing.start, thing.end), thing.end)
    if lower is None or lower["link"].strip() == "for" or not _may_be_phrase(lower["name"]):
        return
    name = Span(*lower.span("name"))
    link = lower["link"]
    kind = leading_kind(text, name.end + 1, thing.end)[0] if link.startswith((",", ":")) else None
    is_technique = link.endswith("which") and " " in lower["name"] and lower["name"].endswith(("ing", "tion", "ment"))
    if kind is not None or is_technique or "(" in link:
        yield Introduction(name, _stretch(text, thing.stretch, name), kind, sure=True, how="made in lower case")


def _whole(text: str, name: Span, end: int) -> Span | None:
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


def _may_be_phrase(name: str) -> bool:
    """Whether words in small letters can be a name: `sense finetuning`, not `framework` or `two methods`."""
    words = name.split()
    last = words[-1]
    if len(words) > 1 and last.endswith("ing") and words[0] not in _VAGUE:
        return True
    return last not in HEAD and last != "it" and words[0] not in _VAGUE


_WAYS: Final = (_listed_at_once, _named_at_once, _named_by_noun, _named_by_definition, _named_in_small_letters)
"""How the object of a verb of making is read, the plainest way first."""


def _called(text: str, name: Span, thing: _Object, kind: Kind, *, sure: bool) -> Iterator[Introduction]:
    own = kind_of_name(text[name.start : name.end])
    yield Introduction(name, _stretch(text, thing.stretch, name), _agreed(kind, own), sure=sure, how="called")
    yield from _more(text, name, thing.end, thing.stretch, kind)
    yield from _of_definitions(name, thing.stretch, kind, thing.defined, sure=sure)


def _bracketed(text: str, at: int, thing: _Object, kind: Kind | None) -> Iterator[Introduction]:
    """`a matching model (HyperMatch)`: a name in a bracket, of which no definition needs to know."""
    bracket = cues.NAME_IN_BRACKET.match(text, at, thing.end)
    if bracket is not None and any(
        definition.short.start == bracket.start("name") and definition.long.start in thing.listed
        for definition in thing.defined
    ):
        return  # "a dual aggregation graph neural network (GNN)"
    if bracket is not None and is_named(bracket["name"]) and not bracket["name"][0].isdigit():
        name = Span(*bracket.span("name"))
        stated = _agreed(kind, kind_of_name(bracket["name"]))
        yield Introduction(name, _stretch(text, thing.stretch, name), stated, sure=thing.strong, how="called")


def _may_stand_between(between: str) -> bool:
    words = between.lower().replace(",", " ").split()
    if len(words) > 9:
        return False
    for index, word in enumerate(words):
        if word in (
            "for",
            "with",
            "that",
            "to",
            "in",
            "on",
            "using",
            "from",
            "between",
            "which",
            "based",
            "by",
            "via",
            "and",
            "against",
            "extending",
            "extends",
        ):
            return False
        if word == "of" and (
            not index
            or words[index - 1]
            not in (
                "framework",
                "method",
                "approach",
                "concept",
                "notion",
                "task",
                "problem",
                "paradigm",
                "idea",
                "family",
                "series",
                "class",
            )
        ):
            return False
    return True


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
    if name is not None:
        name = _whole(text, name, span.end)
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
        if weak_cue and not (_strong(text, name) and any(v["strong"] for v in cues.MAKE.finditer(before.lower()))):
            return
        if not ours and not _strong(text, name):
            return
        kind = _agreed(kind, kind_of_name(text[name.start : name.end]))
        yield Introduction(name, _stretch(text, stretch, name), kind, sure=ours and not weak_cue, how="named")
        yield from _more(text, name, span.end, stretch, kind)
        yield from _of_definitions(name, stretch, kind, defined, sure=ours and not weak_cue)
        return
    if not ours or weak_cue:
        return
    quoted = cues.QUOTED_LOWER.match(text, filler.end() if filler else at, span.end)
    lower = quoted or cues.NAMED_LOWER.match(text, at, span.end)
    if lower and kind is not None and lower["name"].split()[0] not in ("it", "this", "the", "them", "to"):
        name = Span(*lower.span("name"))
        yield Introduction(name, _stretch(text, stretch, name), kind, sure=True, how="named in lower case")


def _appositions(text: str, span: Span, *, first_person: bool) -> Iterator[Introduction]:
    # "NAME, a novel framework for ...": only where the words say that it is new
    seen = span.start
    for separator in cues.APPOSITION.finditer(text, span.start, span.end):
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
    kind, _ = leading_kind(text, apposed.end() - len(apposed["fresh"] or ""), span.end)
    if kind is None:
        return None
    sure = bool(apposed["fresh"]) and "state-of-the-art" not in apposed["fresh"].lower()
    stretch = Span(name.start, _clause_end(text, apposed.end(), span.end))
    return Introduction(name, stretch, kind, sure=False, how="apposed" if sure else "apposed weakly")


def _word_end(text: str, start: int, end: int) -> int:
    stop = start
    while stop < end and stop - start < 60 and not text[stop].isspace() and text[stop] not in "),;:":
        stop += 1
    return stop


def _of_definitions(
    name: Span, stretch: Span, kind: Kind | None, defined: tuple[Definition, ...], *, sure: bool
) -> Iterator[Introduction]:
    for definition in defined:
        for near, far in ((definition.long, definition.short), (definition.short, definition.long)):
            if near.start == name.start and far.start > name.start and far != name and far.start - near.end < 12:
                yield Introduction(near, stretch, kind, sure=sure, how="defined")
                yield Introduction(far, stretch, kind, sure=sure, how="defined")


def _more(text: str, name: Span, end: int, stretch: Span, kind: Kind | None) -> Iterator[Introduction]:
    """`NAME1 and NAME2`, `NAME1, NAME2, and NAME3` after a verb of making."""
    at = name.end
    for _ in range(4):
        bracket = cues.SHORT_BRACKET.match(text, at, end)
        link = cues.COORDINATION.match(text, bracket.end() if bracket else at, end)
        if link is None:
            return
        other = name_at(text, link.end(), end)
        if other is None or not _strong(text, other):
            return
        yield Introduction(
            other, _stretch(text, stretch, other), _kind(text, other, end, kind), sure=False, how="made too"
        )
        at = other.end


def _kind(text: str, name: Span, end: int, default: Kind | None) -> Kind | None:
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
            return _agreed(kind, own)
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
                return _agreed(kind, own)
    return own or default


def _agreed(stated: Kind | None, own: Kind | None) -> Kind | None:
    """What the text states, unless the name's ending is surer: a `framework` called XBench evaluates."""
    if own is Kind.BENCHMARK and stated in (Kind.METHOD, None):
        return own
    return stated or own


def _own_name(text: str, name: Span, *, strong: bool, determined: bool) -> bool:
    words = text[name.start : name.end].split()
    if words[0].lower() in GENERIC and len(words) == 1:
        return False
    if any(is_named(word) for word in words):
        return True
    return (strong or not determined) and strength(words[0]) == 1 and words[0].lower() not in GENERIC


def _strong(text: str, name: Span) -> bool:
    words = text[name.start : name.end].split()
    return any(is_named(word) for word in words) or (
        len(words) > 1 and sum(strength(word) > 0 for word in words) >= 2 and words[0].lower() not in GENERIC
    )


def _clause_end(text: str, at: int, end: int) -> int:
    match = cues.CLAUSE_END.search(text, at, end)
    return match.start() if match else end


def _stretch(text: str, around: Span, name: Span) -> Span:
    """The part of the sentence that says it: from a little before the verb to the end of the clause with the name."""
    start = around.start
    if start > 0 and text[start - 1 : start] not in (" ", "\n", ""):
        space = text.find(" ", start, name.start)
        start = space + 1 if 0 <= space < name.start else start
    return Span(min(start, name.start), max(name.end, _clause_end(text, name.end, around.end)))
