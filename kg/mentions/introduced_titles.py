"""What a title introduces: `NAME: subtitle`, `NAME Technical Report`, a title that is a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.mentions import introduction_cues as cues
from kg.mentions.heads import kind_of_name, leading_kind
from kg.mentions.introduction import Introduction, shrunk
from kg.mentions.shapes import GENERIC, is_named, name_at, strength, unwrapped
from kg.text import Span
from kg.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["titled"]


def titled(text: str, title_end: int, listed: Mapping[int, int]) -> Iterator[Introduction]:
    """`NAME: subtitle`, `NAME, a subtitle`, `NAME! ...`, `NAME Technical Report`, a title that is a listed name."""
    if text[:1].isspace():
        return
    at = unwrapped(text, 0, title_end)
    if text.startswith("The ", at):
        at += 4
    end = listed.get(at)
    if end is not None and end <= title_end:
        closed = cues.TITLE_CLOSED.match(text, end, title_end)
        if closed is not None:
            name = Span(at, end)
            studied = cues.STUDIED.search(text[closed.end() : title_end].lower()) is not None
            yield Introduction(name, Span(0, title_end), None, sure=not studied, how="title")
            return
    presented = cues.PRESENTED.search(text, 0, title_end)
    whole = Span(at, shrunk(text, title_end)) if presented is None else name_at(text, presented.end(), title_end)
    if whole is not None and text[whole.start : whole.end].count(" ") < 2 and whole.end > whole.start:
        words = text[whole.start : whole.end].split()
        if all(strength(word) for word in words) and is_named(words[0]):
            yield Introduction(whole, Span(0, title_end), kind_of_name(words[-1]), sure=True, how="title")
            return
    match = cues.TITLE.match(text, 0, min(title_end, 90))
    if match is None:
        return
    found = name_at(text, match.start("name"), match.end("name"))
    if found is None or found.end < shrunk(text, match.end("name")):
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
