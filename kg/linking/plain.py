"""Introduced names made plain: `the Qwen series` introduces Qwen, `Llemma 7B and Llemma 34B` two models."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.text import Span
from kg.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.linking.published import Published
    from kg.mentions.introduction import Introduction
    from kg.ontology import Ontology

__all__ = ["plain"]

_GROUP: Final = re.compile(r"(?P<name>.*\S)\s(?P<noun>[Ss]eries|[Ff]amily|[Mm]odels)")
_AND: Final = re.compile(r"(?P<one>.*\S),?\sand\s(?P<other>\S.*)")


def plain(
    text: str, found: Sequence[Introduction], ontology: Ontology, published: Published
) -> tuple[Introduction, ...]:
    """The introductions with one name each, and without the noun behind the name of a model that may be theirs.

    Only what the ontology reads as models is split or shortened: a time series keeps its noun, and so do the models of
    an earlier paper, `BERT models`.
    """
    return tuple(one for introduction in found for one in _plain(text, introduction, ontology, published))


def _plain(text: str, introduction: Introduction, ontology: Ontology, published: Published) -> Iterator[Introduction]:
    start, end = introduction.name.start, introduction.name.end
    two = _AND.fullmatch(text, start, end)
    if two is not None and all(ontology.grammar.parse(half) is not None for half in two.groups()):
        for half in ("one", "other"):
            yield replace(introduction, name=Span(two.start(half), two.end(half)), kind=Kind.MODEL)
        return
    group = _GROUP.fullmatch(text, start, end)
    if group is not None:
        rows = ontology.find(group["name"])
        stated = group["noun"].lower() != "models"
        if len(rows) == 1 and rows[0].kind is Kind.MODEL and published.may_be_first_of(rows[0], undated=stated):
            yield replace(introduction, name=Span(start, group.end("name")), kind=Kind.MODEL)
            return
    yield introduction
