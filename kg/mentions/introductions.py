"""Names a paper introduces: found by what the paper says of them, not by any list.

Nine in ten names of methods in an abstract are new with it. A title `NAME: subtitle`, a verb of making (`we propose
NAME`), a verb of naming (`dubbed NAME`) and an apposition (`NAME, a novel framework`) say that a name is the paper's
own; the noun beside it says of what kind it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.mentions.heads import HEAD, kind_of_name, leading_kind
from kg.mentions.shapes import GENERIC, is_named, name_at, strength, unwrapped
from kg.text import Span
from kg.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.mentions.abbreviations import Definition

__all__ = ["Introduction", "introductions"]


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


_LOWER: Final = {code: code + 32 for code in range(65, 91)}
"""Capitals of ASCII to small letters: cues are sought in a text of the same length, without re.IGNORECASE, which is twice as slow."""

_PREDICATE: Final = re.compile(
    r"(?:^|[\s(])(?:we|i|and|then|also|is|are|was|were|be|been|being|has|have|had|paper|work|study"
    r"|authors?|first|further|newly|here|or|to|\w+ly),?\s$"
)
_MAKE: Final = re.compile(
    r"\b(?P<strong>propos(?:e|es|ed|ing)|introduc(?:e|es|ed|ing)|present(?:s|ed|ing)?|releas(?:e|es"
    r"|ed|ing)|unveil(?:s|ed|ing)?|"
    r"open[- ]?sourc(?:e|es|ed|ing)|contribut(?:e|es|ed|ing))\b"
    r"|\b(?P<weak>develop(?:s|ed|ing)?|construct(?:s|ed|ing)?|build(?:s|ing)?|built|creat(?:e|es|ed"
    r"|ing)|design(?:s|ed|ing)?|devis(?:e|es|ed|ing)|"
    r"formulat(?:e|es|ed|ing)|collect(?:s|ed|ing)?|curat(?:e|es|ed|ing)|describ(?:e|es|ed|ing)"
    r"|offer(?:s|ed|ing)?|provid(?:e|es|ed|ing)|"
    r"implement(?:s|ed|ing)?|establish(?:es|ed|ing)?|synthesi[sz](?:e|es|ed|ing)|annotat(?:e|es|ed|ing)|"
    r"obtain(?:s|ed|ing)?|publish(?:es|ed|ing)?|put forward|suggest(?:s|ed|ing)?|result(?:s|ed"
    r"|ing)? in|yield(?:s|ed|ing)?|deriv(?:e|es|ed|ing)|"
    r"produc(?:e|es|ed|ing)|distil(?:l|s|ls|led|ling)?)\b"
)
_NAMED: Final = re.compile(
    r"\b(?:called|named|dubbed|termed|coined|titled|entitled|nicknamed|christened|abbreviated as"
    r"|referred to as|denoted (?:as|by)|known as|"
    r"we (?:call|name|dub|term|coin|refer to as|denote(?: as)?|christen)(?: (?:it|this|them|the|our"
    r"|these|that))?(?: (?:resulting |new |proposed )?"
    r"(?:method|approach|model|framework|dataset|system|technique|models|algorithm|benchmark"
    r"|architecture|strategy|process|paradigm))?(?: as)?|we refer to (?:it |this |them |as )*(?:as )?"
    r"|namely|i\.e\.,)",
)
_OWN: Final = re.compile(
    r"\b(?:our|the) (?:(?:proposed|new|novel|final|own|resulting|best|open|main|key|full|trained"
    r"|fine-tuned|released|simple|efficient|flagship|system|trained) )*"
    r"(?:(?:method|approach|model|models|framework|system|dataset|benchmark|algorithm|technique"
    r"|architecture|pipeline|tool|corpus|solution|strategy|"
    r"agent|toolkit|library|module|series|family|variant|suite|platform),? )?",
)
_SUBJECT: Final = re.compile(
    r"\b(?:we|our|ours|this (?:paper|work|study|article|report|survey|thesis|research|manuscript"
    r"|technical report|letter|project|review|demo|tutorial)|"
    r"the (?:paper|authors?|article|study|work|report)|authors|here|i|in this \w+|to th(?:is|ese) ends?)\b",
)
_OTHERS: Final = re.compile(
    r"\b(?:recently|previous(?:ly)?|prior|existing|et al|have been|has been|was|were|been|others"
    r"|earlier|recent (?:work|works|studies|methods|advances))\b"
)
_FILLER: Final = re.compile(
    r"(?:\s|[,:]\s|(?:\((?:\d|[ivx]{1,3}|[a-e])\)|\d\)|[①-⑳])\s*|(?:a|an|the|our|here|also|thus"
    r"|further|therefore|hence|instead|then|first|both|either|finally|and|"
    r"for the first time|in this (?:paper|work|study)|to this end)\b(?!-))+",
    re.IGNORECASE,
)
_DETERMINED: Final = re.compile(r"\b(?:a|an|our|two|three|four|several|some|its|their|new|novel)\s", re.IGNORECASE)
_NAMING_LINK: Final = re.compile(
    r"(?:,|:|\s[-–—]+|[–—]| is|)\s*(?:which (?:we|is) (?:call|name|dub|term|denote|coin|called|named"
    r"|dubbed|termed|refer to)(?: it| as)* ?|"
    r"(?:we )?(?:call(?:ed)?|name(?:d)?|dub(?:bed)?|term(?:ed)?|coin(?:ed)?|denote[sd]?|referred to"
    r"|known|abbreviated|titled|entitled|namely|i\.e\.)(?:,)?(?: as| by)?\s+|"
    r"(?<=[,:–—-])\s*)(?:the\s|our\s)?",
    re.IGNORECASE,
)
_CLAUSE_END: Final = re.compile(
    r"[;.!?](?:\s|$)|\n|, (?:which|where|while|whereas|but|and (?:we|it|show|demonstrate))\b| (?:that"
    r"|which|where|because|while)\b"
)
_TITLE: Final = re.compile(r"(?P<name>[^:\n]{2,60}?)(?:\s*:\s|\s+[-–—]+\s+|[–—])(?=\S)")
_APPOSED: Final = re.compile(
    r"(?:\s?\([^()\n]{1,80}\))?[}\"”’*$_]{0,3}(?:,| is| are|:|\s?[–—]| --?)\s+(?:(?:a|an|the first"
    r"|our|the|one of the first)\s+)"
    r"(?P<fresh>(?:[\w-]+(?:,? and |, | )){0,3}?(?:new|novel|first|simple|unified|general|efficient"
    r"|lightweight|large-scale|open|open-source|training-free|comprehensive|"
    r"scalable|effective|fully|plug-and-play|innovative|pioneering|family|series|suite|end-to-end"
    r"|state-of-the-art|modular|principled|practical|flexible)\b)?",
    re.IGNORECASE,
)
_APPOSITION: Final = re.compile(r"(?:,|\sis|\sare|:|–|—|\s--?)\s+(?:an?|the|our|one of the first)\s")
_CAPITAL: Final = re.compile(r"(?<![\w-])(?=[A-Z\d\\*\"“])")
_LOWER_NAME: Final = re.compile(
    r"(?:(?:framework|method|concept|notion|idea|paradigm|problem|task|process|technique|approach"
    r"|family) of )?(?P<name>[a-z][a-z]+(?:[- ][a-z]+){0,4})[\"'”’}*]{0,2}(?P<link>,\s+(?:a|an|which"
    r"|where|our)\b|\s*\((?:[A-Z][A-Za-z-]{1,9})\)|\s+for\s+|:\s+an?\b)"
)
_QUOTED_LOWER: Final = re.compile(r"[\"“‘'*{]+\s?(?P<name>[A-Za-z][\w-]+(?:[- ][A-Za-z][\w-]*){0,4}?)\s?,?[\"”’'*}]+")
_NOT_OWN: Final = frozenset(
    "survey review study analysis overview perspective tutorial roadmap evidence results experiments case problem "
    "challenges report".split()  # noqa: SIM905
)
_COORDINATION: Final = re.compile(
    r"\s*(?:,? and |, | & )(?:\((?:\d|[ivx]{1,3})\)\s*|(?:its|the|a|an"
    r"|our)\s+(?:[\w-]+\s+){0,4}?(?:version|variant|model|dataset|benchmark),?\s+)?"
)


def introductions(
    text: str, title_end: int, spans: tuple[Span, ...], defined: tuple[Definition, ...]
) -> tuple[Introduction, ...]:
    """The names the text introduces, in text order, the surest statement of each span once.

    `title_end` is where the title ends; `spans` are the sentences and `defined` the definitions of the text.
    """
    found: dict[Span, Introduction] = {}

    def keep(new: Introduction | None) -> None:
        if new is None:
            return
        old = found.get(new.name)
        if old is None or (new.sure, new.kind is not None) > (old.sure, old.kind is not None):
            found[new.name] = new

    for introduction in _title(text, title_end):
        keep(introduction)
    low = text.translate(_LOWER)
    for span in spans:
        if span.start < title_end:
            continue
        for introduction in _sentence(text, low, span, defined):
            keep(introduction)
    return tuple(found[name] for name in sorted(found))


def _title(text: str, title_end: int) -> Iterator[Introduction]:
    match = _TITLE.match(text, 0, min(title_end, 90)) if not text[:1].isspace() else None
    if match is None:
        return
    name = name_at(text, match.start("name"), match.end("name"))
    if name is None or name.end < _shrunk(text, match.end("name")):
        return
    words = text[name.start : name.end].split()
    if len(words) > 4 or words[0].lower() in GENERIC:
        return
    subtitle = text[match.end() : title_end].lower()
    kind = kind_of_name(words[-1]) or _title_kind(subtitle)
    if kind is None and re.match(r"(?:an?|the|our|one)\s", subtitle):
        kind, _ = leading_kind(text, match.end(), title_end)
    survey = any(word in subtitle.split() for word in _NOT_OWN)
    yield Introduction(
        name, Span(0, title_end), kind, sure=len(words) == 1 and is_named(words[0]) and not survey, how="title"
    )


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


def _sentence(text: str, low: str, span: Span, defined: tuple[Definition, ...]) -> Iterator[Introduction]:
    start, end = span.start, span.end
    first_person = _SUBJECT.search(low, start, end) is not None
    for verb in _MAKE.finditer(low, start, end) if first_person else ():
        strong = verb["strong"] is not None
        if not _is_ours(low, start, verb, strong=strong):
            continue
        yield from _object(
            text,
            verb.end(),
            end,
            Span(max(start, verb.start() - 60), end),
            strong=strong,
            defined=defined,
            verb=verb[0],
        )
    for cue in _NAMED.finditer(low, start, end):
        yield from _naming(text, cue, span, first_person=first_person, defined=defined)
    for own in _OWN.finditer(low, start, end):
        name = name_at(text, own.end(), end)
        if name and _strong(text, name) and (own[0].startswith("our") or "proposed" in own[0]):
            head = own[0].strip(" ,").rsplit(" ", 1)[-1]
            yield Introduction(
                name, Span(own.start(), name.end), _kind(text, name, end, HEAD.get(head)), sure=False, how="own"
            )
    yield from _appositions(text, span, first_person=first_person)


def _is_ours(low: str, start: int, verb: re.Match[str], *, strong: bool) -> bool:
    if verb[0].endswith("ed") and not _PREDICATE.search(low, max(start, verb.start() - 24), verb.start()):
        return False  # "all released models", "recently proposed methods": an adjective
    before = low[max(start, verb.start() - (90 if strong else 45)) : verb.start()]
    subjects = list(_SUBJECT.finditer(before))
    if not subjects:
        return False
    between = before[subjects[-1].end() :]
    if strong:
        return not _OTHERS.search(between)
    return not _OTHERS.search(between) and len(between.split()) <= 6


def _object(
    text: str, start: int, end: int, stretch: Span, *, strong: bool, defined: tuple[Definition, ...], verb: str
) -> Iterator[Introduction]:
    filler = _FILLER.match(text, start, end)
    at = filler.end() if filler else start
    determined = filler is not None and _DETERMINED.search(filler[0]) is not None
    fresh = not verb.startswith(("present", "provid", "describ", "offer", "implement", "suggest"))
    name = name_at(text, at, end)
    if name is not None and _own_name(text, name, strong=strong and fresh, determined=determined):
        kind = _kind(text, name, end, None)
        modifier = determined and _is_modifier(text, name, end)
        if modifier:
            words = text[name.start : name.end].split()
            noun = re.compile(r"\s+(?:[a-z-]+\s+){0,2}?([a-z-]+)").match(text, name.end, end)
            head = HEAD.get(noun[1]) if noun else None
            if strong and head is not None and (is_named(words[0]) or len(words) > 1 or words[0].count("-") > 1):
                yield Introduction(
                    name,
                    _stretch(text, stretch, name),
                    _agreed(head, kind_of_name(words[-1])),
                    sure=False,
                    how="modifier",
                )
                return
        else:
            yield Introduction(name, _stretch(text, stretch, name), kind, sure=strong and not determined, how="made")
            yield from _more(text, name, end, stretch, kind)
            yield from _of_definitions(text, name, stretch, kind, defined, sure=strong)
            return
    # "a novel framework (called|named|,|:) NAME" and "the framework of long form (LF)"
    kind, head_end = leading_kind(text, at, end)
    clause = _CLAUSE_END.search(text, at, end)
    clause_end = clause.start() if clause else end
    if kind is not None:
        link = _NAMING_LINK.match(text, head_end, end)
        beside = re.compile(r"\s(?:for\s[A-Z]?[a-z]+\s)?(?=[A-Z\\\"“*\d])").match(text, head_end, end)
        if beside is not None and (link is None or link.end() <= head_end + 1):
            name = name_at(text, beside.end(), end)
            if name is not None and is_named(text[name.start : name.end].split(maxsplit=1)[0]):
                own = kind_of_name(text[name.start : name.end])
                yield Introduction(name, _stretch(text, stretch, name), _agreed(kind, own), sure=strong, how="called")
                yield from _of_definitions(text, name, stretch, kind, defined, sure=strong)
                return
        if link is None or link.end() == head_end:
            # "a framework for long documents, NAME, which": the naming may stand later in the clause
            link = re.compile(
                r",\s+(?=[A-Z\\\"“*])|\s(?:called|named|dubbed|termed|namely|denoted as"
                r"|referred to as)\s+(?:the\s)?|:\s+"
            ).search(text, head_end, min(clause_end + 1, end))
        if link is not None:
            name = name_at(text, link.end(), end)
            naming = link[0].strip(" ,:–—-\n") != ""
            if (
                name is not None
                and (
                    _strong(text, name)
                    or naming
                    or (
                        strong
                        and strength(text[name.start : name.end].split(maxsplit=1)[0])
                        and "," in link[0]
                        and (link.start() == head_end or text[name.end : name.end + 1] == ",")
                    )
                )
                and not _is_clause(text, name)
            ):
                own = kind_of_name(text[name.start : name.end])
                yield Introduction(
                    name,
                    _stretch(text, stretch, name),
                    _agreed(kind, own),
                    sure=naming or link.start() == head_end,
                    how="called",
                )
                yield from _more(text, name, end, stretch, kind)
                yield from _of_definitions(text, name, stretch, kind, defined, sure=True)
                return
    for definition in defined:
        if at <= definition.long.start < clause_end and definition.long.start - at < 90:
            between = text[at : definition.long.start]
            if _may_stand_between(between):
                inner = leading_kind(text, definition.long.start, end)[0]
                kind = kind if kind is not None and between.strip() else inner
                long = definition.long
                yield Introduction(
                    long,
                    _stretch(text, stretch, definition.short),
                    _agreed(kind, inner),
                    sure=strong and not determined,
                    how="defined",
                )
                break
    if strong and fresh:
        lower = _LOWER_NAME.match(text, unwrapped(text, at, end), end)
        if (
            lower
            and not determined
            and lower["link"].strip() != "for"
            and lower["name"].split()[-1] not in ("method", "approach", "framework", "model", "it")
        ):
            name = Span(*lower.span("name"))
            after = leading_kind(text, lower.end("name") + 1, end)[0] if lower["link"].startswith((",", ":")) else None
            technique = (
                lower["link"].endswith("which")
                and " " in lower["name"]
                and lower["name"].endswith(("ing", "tion", "ment"))
            )
            if after is not None or technique or "(" in lower["link"]:
                yield Introduction(name, _stretch(text, stretch, name), after, sure=True, how="made in lower case")


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
    filler = re.compile(r"[\s,:]*(?:the\s|a\s|an\s|as\s)?").match(text, at, span.end)
    at = filler.end() if filler else at
    before = text[max(span.start, cue.start() - 120) : cue.start()]
    ours = first_person or cue[0].lower().startswith("we ")
    if _OTHERS.search(before.lower()) and not cue[0].lower().startswith("we "):
        ours = False
    weak_cue = cue[0].lower() in ("namely", "i.e.,", "known as", "referred to as")
    name = name_at(text, at, span.end)
    kind: Kind | None = None
    # the noun beside the cue: "our method, called", "we call this process"; not one of an earlier clause
    clause = re.split(r"[,;:]\s", before)[-1] if before.rstrip()[-1:] not in ",;:" else before
    for word in (*reversed(re.findall(r"[\w-]+", cue[0])), *reversed(re.findall(r"[\w-]+", clause)[-4:])):
        kind = HEAD.get(word.lower())
        if kind is not None:
            break
    stretch = Span(max(span.start, cue.start() - 80), span.end)
    if name is not None:
        if weak_cue and not (_strong(text, name) and any(v["strong"] for v in _MAKE.finditer(before.lower()))):
            return
        if not ours and not _strong(text, name):
            return
        kind = _agreed(kind, kind_of_name(text[name.start : name.end]))
        yield Introduction(name, _stretch(text, stretch, name), kind, sure=ours and not weak_cue, how="named")
        yield from _more(text, name, span.end, stretch, kind)
        yield from _of_definitions(text, name, stretch, kind, defined, sure=ours and not weak_cue)
        return
    if not ours or weak_cue:
        return
    quoted = _QUOTED_LOWER.match(text, filler.end() if filler else at, span.end)
    lower = quoted or re.compile(r"(?P<name>[a-z]+(?:[- ][a-z]+){0,2})(?=[.,;)]|\s\(|\s[-–—]|[–—]|$)").match(
        text, at, span.end
    )
    if lower and lower["name"].split()[0] not in ("it", "this", "the", "them", "to"):
        name = Span(*lower.span("name"))
        yield Introduction(name, _stretch(text, stretch, name), kind, sure=True, how="named in lower case")


def _appositions(text: str, span: Span, *, first_person: bool) -> Iterator[Introduction]:
    # "NAME, a novel framework for ...": only where the words say that it is new
    seen = span.start
    for separator in _APPOSITION.finditer(text, span.start, span.end):
        for match in _CAPITAL.finditer(text, max(seen, separator.start() - 60), separator.start()):
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
        if not plain or text[token_end : token_end + 3] != ", a":
            return None
    name = name_at(text, start, span.end)
    if name is None:
        return None
    apposed = _APPOSED.match(text, name.end, span.end)
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
    text: str, name: Span, stretch: Span, kind: Kind | None, defined: tuple[Definition, ...], *, sure: bool
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
        bracket = re.compile(r"\s*\([^()\n]{1,60}\)").match(text, at, end)
        link = _COORDINATION.match(text, bracket.end() if bracket else at, end)
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
    bracket = re.compile(r"\s*[(\[][^()\n]{1,160}[)\]]").match(text, at, end)
    if bracket:
        at = bracket.end()
    apposed = re.compile(r"(?:,|:|\s?[–—]| --?| is)\s+(?=(?:a|an|the|one|our|which is)\b)|\s+as (?=an?\b)").match(
        text, at, end
    )
    if apposed:
        kind, _ = leading_kind(text, apposed.end(), end)
        if kind is not None:
            return _agreed(kind, own)
    noun = re.compile(r"\s+((?:[a-z]+-)?[a-z]+)(?:\s+([a-z]+))?").match(text, at, end)
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


def _is_modifier(text: str, name: Span, end: int) -> bool:
    """Whether the name only qualifies a noun: `a BERT-based model`, `a Transformer architecture for ...`."""
    return re.compile(r"[-‐‑][a-z]|\s+(?:[a-z]+[- ]){0,3}[a-z]+").match(text, name.end, end) is not None


def _is_clause(text: str, name: Span) -> bool:
    return text[name.start : name.end].lower() in GENERIC


def _clause_end(text: str, at: int, end: int) -> int:
    match = _CLAUSE_END.search(text, at, end)
    return match.start() if match else end


def _stretch(text: str, around: Span, name: Span) -> Span:
    """The part of the sentence that says it: from a little before the verb to the end of the clause with the name."""
    start = around.start
    if start > 0 and text[start - 1 : start] not in (" ", "\n", ""):
        space = text.find(" ", start, name.start)
        start = space + 1 if 0 <= space < name.start else start
    return Span(min(start, name.start), max(name.end, _clause_end(text, name.end, around.end)))
