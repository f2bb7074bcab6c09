"""When two papers use one name for two things: their expansions of it have nothing to do with each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.identifiers import normal_form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.resolve.merge import Contribution

__all__ = ["expansions", "groups_of_one_thing"]

_SMALL: Final = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "via", "with")
)
_WORD: Final = re.compile(r"[^\W_]+")
_SHARED: Final = 0.5
"""Part of the shorter expansion's words that the longer one must share: "Low-Rank Adaption of LLMs" is "Low Rank
Adaptation"."""


def expansions(label: str, aliases: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    """The word sets of the names that spell the label out: two words or more, longer than the label by half, sorted.

    >>> [sorted(words) for words in expansions("LoRA", ("Low-Rank Adaptation", "LoRAs"))]
    [['adaptation', 'low', 'rank']]
    """
    short = len(normal_form(label))
    found = set()
    for alias in aliases:
        words = frozenset(_WORD.findall(alias.casefold())) - _SMALL
        if len(words) >= 2 and len(normal_form(alias)) >= 1.5 * short and normal_form(label) not in normal_form(alias):
            found.add(words)
    return tuple(sorted(found, key=sorted))


def groups_of_one_thing(members: Sequence[Contribution]) -> list[list[Contribution]]:
    """The contributions of one kind and name, split where their expansions say that they are different things.

    Papers that expand the name alike, or nearly, mean the same; papers that do not expand it mean what the earliest
    paper that introduces it means. So without expansions there is one group. Never depends on the order of `members`.
    """
    spelled = [
        (member, expansions(member.label, member.aliases)) for member in sorted(members, key=lambda m: (m.age, m.iri))
    ]
    groups: list[tuple[list[Contribution], list[frozenset[str]]]] = []
    for member, words in spelled:
        if not words:
            continue
        near = [group for group in groups if any(_alike(one, other) for one in words for other in group[1])]
        merged: tuple[list[Contribution], list[frozenset[str]]] = ([member], list(words))
        for group in near:
            merged[0].extend(group[0])
            merged[1].extend(group[1])
            groups.remove(group)
        groups.append(merged)
    if len(groups) <= 1:
        return [[member for member, _ in spelled]]
    principal = min(groups, key=lambda group: min((not m.introduces, m.age) for m in group[0]))
    principal[0].extend(member for member, words in spelled if not words)
    return sorted((sorted(group, key=lambda m: (m.age, m.iri)) for group, _ in groups), key=lambda group: group[0].age)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _SHARED * min(len(one), len(other))
