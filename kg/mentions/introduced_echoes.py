"""What title and abstract introduce together: a phrase in small letters that neither says alone to be a name.

A title puts a paper's means first, before `for`, or last, behind `via`, `with` or `by`. A phrase that stands there and
that the abstract proposes (`Rowing via Dual Oar Trimming`; `we propose a dual oar trimming scheme`) is what the paper
calls its own. It is read only where nothing else is introduced: most such phrases have a proper name beside them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.mentions.heads import HEAD
from kg.mentions.introduction import Introduction, clause_end
from kg.text import Span
from kg.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["proposed_again"]

_PROPOSES: Final = re.compile(
    r"\b(?:propos|introduc|present|develop|design|devis)(?:e[sd]?|s|ed|ing)?\s(?:(?:here|in this \w+),?\s)?"
    r"(?:(?:an?|the|our)\s)?(?P<phrase>[A-Za-z][a-z-]+(?:\s[a-z][a-z-]+){0,7})"
)
_BEHIND: Final = re.compile(
    r"\s(?:that|which|to|for|by|with|where|in|on|and|via|as|from|of|using|based|under|through|against|across|over|or|is|are)\b"
)
_WORD: Final = re.compile(r"\S+")
_PLAIN: Final = frozenset(
    {"alternative", "comprehensive", "effective", "efficient", "end-to-end", "fast", "first", "flexible", "general"}
    | {"innovative", "lightweight", "model-agnostic", "new", "novel", "plug-and-play", "powerful", "practical"}
    | {"principled", "refined", "robust", "scalable", "simple", "systematic", "training-free", "unified"}
)
"""Adjectives that praise and name nothing."""
_FIELD: Final = frozenset(
    {"learning", "study", "analysis", "theory", "approximation", "bound", "error", "replication", "testing"}
)
"""Last words of what is found or done rather than made."""
_ADJECTIVE: Final = re.compile(r"(?:[-‐‑]\w+(?<!ance)(?<!ion)(?<!ity)(?<!ment)|ive|ous|ic|al|ed|able|less)$")
_MEANS: Final = re.compile(r"(?:\A|[:–—]\s|\b(?:via|with|by|using|through)\s)(?:an?\s|the\s|explicit\s|novel\s)?\Z")
_CLOSED: Final = re.compile(r"\s*(?:[:?!–—]|$)|\s(?:for|in)\b")
"""Behind a title's means: what stands before `via` is what the paper does with them."""
_NOUN: Final = re.compile(r"\s([a-z]+)")
_SIGNS: Final = re.compile(r"[\W_]+")


def proposed_again(text: str, title_end: int, span: Span, listed: Mapping[int, int]) -> Iterator[Introduction]:
    """The phrases in small letters that a sentence proposes and that are the means in the title.

    `span` is a sentence in which the paper speaks of itself; `listed` holds, by start, the ends of listed names.
    """
    title = text[:title_end].lower()
    for verb in _PROPOSES.finditer(text, span.start, span.end):
        start, end = verb.span("phrase")
        behind = _BEHIND.search(text, start, end)
        words = [word.span() for word in _WORD.finditer(text, start, behind.start() if behind else end)]
        while words and text[slice(*words[0])] in _PLAIN:
            words.pop(0)
        kind = None
        while len(words) > 1 and text[slice(*words[-1])] in HEAD and text[slice(*words[-1])] not in _FIELD:
            kind = kind or HEAD[text[slice(*words[-1])]]
            words.pop()
        if len(words) < 2 or kind in (Kind.TASK, Kind.METRIC):
            continue
        last = text[slice(*words[-1])]
        if last in _FIELD or _ADJECTIVE.search(last):
            continue  # "a multi-task framework", "a task-informed approach"
        name = Span(words[0][0], words[-1][1])
        if any(at in listed for at, _ in words) or not _is_means(title, text[name.start : name.end].lower()):
            continue
        stretch = Span(verb.start(), max(name.end, clause_end(text, name.end, span.end)))
        yield Introduction(name, stretch, kind or Kind.METHOD, sure=True, how="echo")


def _is_means(title: str, phrase: str) -> bool:
    """Whether a phrase stands where a title names its means, whatever the hyphens and the number of its words."""
    words = [word.removesuffix("s") for word in _SIGNS.split(phrase) if word]
    for place in re.finditer(r"\b" + r"s?[\W_]+".join(map(re.escape, words)) + r"s?\b", title):
        after = place.end()
        noun = _NOUN.match(title, after)
        if noun is not None and noun[1] in HEAD:
            after = noun.end()
        if _MEANS.search(title[: place.start()]) and _CLOSED.match(title, after):
            return True
    return False
