"""What a verb of making introduces: `we propose NAME`, `a framework for graphs called NAME`, `a new long form (LF)`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.mentions import introduction_cues as cues
from kg.mentions.heads import HEAD, kind_of_name, leading_kind
from kg.mentions.introduction import (
    REACH,
    CuedSentence,
    Introduction,
    agreed,
    clause_end,
    definitions_near,
    is_strong,
    kind_said,
    more_names,
    new_parts,
    of_definitions,
    stretch_around,
    whole_name,
)
from kg.mentions.shapes import GENERIC, is_named, name_at, strength, unwrapped
from kg.text import Span
from kg.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.mentions.abbreviations import Definition

__all__ = ["made_things"]

_VAGUE: Final = frozenset("using how several various two three four five many some new novel it them such that".split())  # noqa: SIM905


_ADJECTIVE: Final = re.compile(
    r"(?:ive|[ae]nt|[ai]ble|al|ic|ful|less|ous|ple|ust|ight|ise|ed)$|^(?:new|novel|fast|cheap)$"
)
_PARTING: Final = frozenset(
    {"against", "based", "between", "by", "extending", "extends", "for", "from", "in", "on", "that", "to", "using"}
    | {"via", "which", "with"}
)
"""Words behind which another thing is named than what is made."""
_OF_NAME: Final = frozenset(
    {"approach", "class", "concept", "family", "framework", "idea", "method", "notion", "paradigm", "problem", "series"}
    | {"task"}
)
"""Nouns that take a name with `of`: "the framework of long form (LF)"."""
_LASTING: Final = tuple(
    "construct buil creat disseminat develop design devis collect curat result distil produc".split()  # noqa: SIM905
)


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


def made_things(this: CuedSentence, verb: re.Match[str], *, strong: bool) -> Iterator[Introduction]:
    """What a verb of making introduces: the first way of reading its object that gives a name."""
    text, start = this.text, verb.end()
    end = min(this.span.end, start + REACH)
    filler = cues.FILLER.match(text, start, end)
    if cues.SAID_BEFORE.match(text, filler.end() if filler else start, end):
        return  # "we release this dataset"
    if verb[0].endswith(("ed", "built")) and cues.BASED_ON.match(text, start, end):
        return  # "our model is built upon the model FooNet"
    if verb[0].startswith("introduc") and _is_put_into(text, filler.end() if filler else start, end, this.listed):
        return
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
        defined=definitions_near(this.defined, start - 200, end),
        listed=this.listed,
    )
    # "we train FooNet" may be said of another's, "we train a new agent, FooNet" is not
    trained = verb[0].startswith(("train", "pretrain", "pre-train", "fine"))
    if trained and not thing.determined:
        return
    found: tuple[Introduction, ...] = ()
    for read in (_named_by_noun,) if trained else _WAYS:
        found = tuple(read(text, thing))
        if found:
            yield from found
            break
    yield from _defined_later(text, thing, found)


def _is_put_into(text: str, start: int, end: int, listed: Mapping[int, int]) -> bool:
    """Whether a listed name follows that is put into something: `by introducing LoRA into the framework`."""
    at = unwrapped(text, start, end)
    return at in listed and cues.INTO.match(text, listed[at], end) is not None


def _listed_at_once(text: str, thing: _Object) -> Iterator[Introduction]:
    """`we introduce distilling step-by-step, a`: what others have listed since, in small letters here."""
    if not thing.strong or thing.determined:
        return
    at = unwrapped(text, thing.start, thing.end)
    end = thing.listed.get(at)
    if end is None or end > thing.end or not cues.SAYS_MORE.match(text, end, thing.end):
        return
    name = Span(at, end)
    kind = kind_said(text, name, thing.end, None)
    yield Introduction(name, stretch_around(text, thing.stretch, name), kind, sure=True, how="made")
    yield from _bracketed(text, end, thing, kind)
    yield from of_definitions(name, thing.stretch, kind, thing.defined, sure=True)


def _named_at_once(text: str, thing: _Object) -> Iterator[Introduction]:
    """`we propose NAME`, `we propose a new NAME framework`."""
    name = name_at(text, thing.start, thing.end)
    if name is not None:
        name = whole_name(text, name, thing.end)
    if name is None or not _own_name(text, name, strong=thing.strong and thing.fresh, determined=thing.determined):
        return
    stretch = stretch_around(text, thing.stretch, name)
    # "an Asymmetric Cross Attention to ...": three capitals are its own name
    whole = text.count(" ", name.start, name.end) > 1 and name.start not in thing.listed
    if whole and cues.GOES_ON.match(text, name.end, thing.end):
        yield Introduction(name, stretch, kind_said(text, name, name.end, None), sure=False, how="made")
        return
    if thing.determined and cues.QUALIFIES.match(text, name.end, thing.end):
        # "a BERT-based model", "a Transformer architecture": the name of a part; "a novel FooNet framework": its own
        words = text[name.start : name.end].split()
        noun = cues.NOUN_BEHIND.match(text, name.end, thing.end)
        head = HEAD.get(noun[1]) if noun else None
        if thing.strong and head is not None and (is_named(words[0]) or len(words) > 1 or words[0].count("-") > 1):
            yield Introduction(name, stretch, agreed(head, kind_of_name(words[-1])), sure=False, how="modifier")
            if noun is not None:
                yield from more_names(text, Span(name.start, noun.end()), thing.end, thing.stretch, None)
        return
    kind = kind_said(text, name, thing.end, None)
    sure = thing.lasting and not thing.determined
    yield Introduction(name, stretch, kind, sure=sure, how="made")
    yield from _bracketed(text, name.end, thing, kind)
    yield from more_names(text, name, thing.end, thing.stretch, kind)
    yield from of_definitions(name, thing.stretch, kind, thing.defined, sure=sure)
    if sure:
        yield from _apposed_too(text, name.end, thing)


def _apposed_too(text: str, at: int, thing: _Object) -> Iterator[Introduction]:
    """`NAME, a corpus of ..., and NAME, a test for ...`: what a clause with a noun of its own adds."""
    for joint in cues.AND_ANOTHER.finditer(text, at, thing.end):
        name = name_at(text, joint.end(), thing.end)
        if name is None or not cues.APPOSED_ARTICLE.match(text, name.end, thing.end):
            continue
        kind = kind_said(text, name, thing.end, None)
        if kind is not None:
            yield Introduction(name, stretch_around(text, thing.stretch, name), kind, sure=True, how="made too")


def _named_by_noun(text: str, thing: _Object) -> Iterator[Introduction]:
    """`a framework NAME`, `a framework (NAME)`, `a framework called NAME`, `a framework for ..., NAME, which`."""
    kind, head_end = leading_kind(text, thing.start, thing.end)
    if kind is None:
        return
    inside = _modifier(text, thing, head_end)
    if inside is not None:
        own = kind_of_name(text[inside.start : inside.end])
        yield Introduction(
            inside, stretch_around(text, thing.stretch, inside), agreed(kind, own), sure=False, how="modifier"
        )
        return
    beside = cues.BESIDE.match(text, head_end, thing.end)
    if beside is not None and beside.end() == head_end + 1:
        long = next((d.long for d in thing.defined if d.long.start == beside.end()), None)
        if long is not None:  # "a novel algorithm Sail Trimming (ST)"
            yield from _called(text, long, thing, kind, sure=thing.lasting)
            return
    if beside is not None:
        name = name_at(text, beside.end(), thing.end)
        # "a method for explaining ViTs called ViT-CX": the name of what it is for
        another = name is not None and cues.NAMED.search(text, name.end, name.end + 12) is not None
        if name is not None and not another and is_named(text[name.start : name.end].split(maxsplit=1)[0]):
            yield from _called(text, name, thing, kind, sure=thing.lasting)
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
    if link is None or cues.EXAMPLES.search(text, head_end, link.end()):
        return  # "several data sets (e.g., FooSet, BarSet)": they are others'
    if text.count("(", head_end, link.start()) > text.count(")", head_end, link.start()):
        return  # "and test it on data (FooSet, BarSet)"
    name = name_at(text, link.end(), thing.end)
    if name is None and cues.DASH.fullmatch(link[0]):  # "a flexible method - arbitrary rowing (AR) -"
        name = next((definition.long for definition in thing.defined if definition.long.start == link.end()), None)
        if name is not None:
            yield from _called(text, name, thing, kind, sure=thing.lasting)
            return
    if name is None or text[name.start : name.end].lower() in GENERIC:
        return
    is_named_so = link[0].strip(" ,:–—-\n") != ""
    is_beside = link.start() == head_end
    # "a remedy, Padding, which": a word with one capital is a name where commas stand on both sides
    is_apposed = thing.strong and "," in link[0] and (is_beside or text[name.end : name.end + 1] == ",")
    if is_named_so or is_apposed or is_strong(text, name):
        last = link[0] == ": " and thing.strong and cues.SENTENCE_END.match(text, name.end) is not None
        yield from _called(text, name, thing, kind, sure=is_named_so or is_beside or last)


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
    for long in new_parts(text, thing.defined, thing.start, thing.end, thing.listed):
        short = next(definition.short for definition in thing.defined if definition.long == long)
        if long in known or short in known:
            continue
        kind = kind_said(text, short, thing.end, None) or leading_kind(text, long.start, long.end)[0]
        if kind in (Kind.TASK, Kind.METRIC):
            continue
        stretch = Span(thing.stretch.start, max(short.end, clause_end(text, short.end, thing.end)))
        yield Introduction(long, stretch_around(text, stretch, long), kind, sure=False, how="defined")


def _named_by_definition(text: str, thing: _Object) -> Iterator[Introduction]:
    """`the framework of long form (LF)`, `a new long form (LF)`."""
    kind, _ = leading_kind(text, thing.start, thing.end)
    clause = cues.CLAUSE_END.search(text, thing.start, thing.end)
    limit = min(clause.start() if clause else thing.end, thing.start + 90)
    for definition in thing.defined:
        long = definition.long
        short = text[definition.short.start : definition.short.end]
        if not thing.start <= long.start < limit or short.lower() in GENERIC:
            continue  # "a multi-lingual Part-of-Speech (POS) tagger"
        between = text[thing.start : long.start]
        if _may_stand_between(between):
            inner = kind_said(text, definition.short, thing.end, None) or leading_kind(text, long.start, thing.end)[0]
            stated = kind if kind is not None and between.strip() else inner
            if (
                stated is None
                and thing.fresh
                and long.start not in thing.listed
                and definition.short.start not in thing.listed
            ):
                stated = Kind.METHOD
            stretch = stretch_around(text, thing.stretch, definition.short)
            sure = thing.strong and not thing.determined
            yield Introduction(long, stretch, agreed(stated, inner), sure=sure, how="defined")
            return


def _named_in_small_letters(text: str, thing: _Object) -> Iterator[Introduction]:
    """`we introduce sense shuffling, an algorithm`: a phrase before an apposition that says what it is."""
    if not thing.strong:
        return
    if thing.determined:
        notion = cues.NOTION.match(text, thing.start, thing.end)
        if notion is not None:
            name = Span(*notion.span("name"))
            stretch = stretch_around(text, thing.stretch, name)
            yield Introduction(name, stretch, HEAD.get(notion["noun"]), sure=True, how="made in lower case")
        return
    lower = cues.LOWER_NAME.match(text, unwrapped(text, thing.start, thing.end), thing.end)
    if lower is None or lower["link"].strip() == "for" or not _may_be_phrase(lower["name"]):
        return
    name = Span(*lower.span("name"))
    link = lower["link"]
    kind = leading_kind(text, name.end + 1, thing.end)[0] if link.startswith((",", ":")) else None
    is_technique = link.endswith("which") and " " in lower["name"] and lower["name"].endswith(("ing", "tion", "ment"))
    # "we present results, which", "we describe Figure 2 (a)": only an apposition tells a thing after these verbs
    if kind is not None or (thing.fresh and (is_technique or "(" in link)):
        yield Introduction(name, stretch_around(text, thing.stretch, name), kind, sure=True, how="made in lower case")


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
    yield Introduction(name, stretch_around(text, thing.stretch, name), agreed(kind, own), sure=sure, how="called")
    yield from more_names(text, name, thing.end, thing.stretch, kind)
    yield from of_definitions(name, thing.stretch, kind, thing.defined, sure=sure)


def _bracketed(text: str, at: int, thing: _Object, kind: Kind | None) -> Iterator[Introduction]:
    """`a matching model (HyperMatch)`: a name in a bracket, of which no definition needs to know."""
    bracket = cues.NAME_IN_BRACKET.match(text, at, thing.end)
    if bracket is not None and any(
        definition.short.start == bracket.start("name") and definition.long.start in thing.listed
        for definition in thing.defined
    ):
        return  # "a dual aggregation graph neural network (GNN)"
    if bracket is None:
        return
    word = bracket["name"]
    # "RedCoast (Redco)", where the text goes on to speak of Redco
    kindred = word[0].isupper() and word[:3].casefold() in text[max(0, at - 40) : at].casefold()
    again = kindred and text[at - 1 : at].isalpha() and text.count(word) > 2
    if (is_named(word) or again) and not word[0].isdigit():
        name = Span(*bracket.span("name"))
        stated = agreed(kind, kind_of_name(bracket["name"]))
        yield Introduction(name, stretch_around(text, thing.stretch, name), stated, sure=thing.lasting, how="called")


def _own_name(text: str, name: Span, *, strong: bool, determined: bool) -> bool:
    words = text[name.start : name.end].split()
    if words[0].lower() in GENERIC and len(words) == 1:
        return False
    if any(is_named(word) for word in words):
        return True
    first = words[1] if len(words) > 2 and not strength(words[0]) else words[0]  # "Structure-Aware Inpainting Learning"
    return (strong or not determined) and strength(first) == 1 and words[0].lower() not in GENERIC


def _may_stand_between(between: str) -> bool:
    words = between.lower().replace(",", " ").split()
    if len(words) > 9 or not _PARTING.isdisjoint(words):
        return False
    for before, word in zip(("", *words), words, strict=False):
        if word == "and" and not _ADJECTIVE.search(before):
            return False  # "a sampler and"; "an effective and efficient" is fine
        if word == "of" and before not in _OF_NAME:
            return False
    return True
