"""Stretches of a text that claim their letters, before it is settled which of them stand."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from kg.mentions.shapes import strength

if TYPE_CHECKING:
    from kg.identifiers import Iri
    from kg.linking.link import Link, Unlinked
    from kg.text import Span
    from kg.vocabulary import Kind

__all__ = ["Claim", "Rank", "Target", "not_in_addresses", "not_taken"]


class Rank(IntEnum):
    """Which of two claims of one length stands: the higher."""

    GRAMMAR = 1
    LISTED = 2
    SHARED = 3
    STOPPED = 4
    OWN = 5


@dataclass(frozen=True, slots=True)
class Target:
    """The node a stretch may be joined to, and what becomes of the link."""

    kind: Kind
    node: Iri
    label: str
    score: float
    how: str
    introduced: Span | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch that claims its letters; without a target it only keeps others away."""

    start: int
    end: int
    rank: Rank
    target: Target | None


def not_in_addresses(text: str, claims: list[Claim], addresses: tuple[tuple[int, int], ...]) -> list[Claim]:
    """The claims without those inside an address of the web.

    One stands there all the same where the same name, letter for letter, also stands outside.
    """
    if not addresses:
        return claims
    starts = [start for start, _ in addresses]

    def is_inside(claim: Claim) -> bool:
        place = bisect_right(starts, claim.start) - 1
        return place >= 0 and claim.start < addresses[place][1]

    inside = [is_inside(claim) for claim in claims]
    names = [text[claim.start : claim.end] for claim in claims]
    outside = {name for name, within in zip(names, inside, strict=True) if not within}
    return [
        claim
        for claim, name, within in zip(claims, names, inside, strict=True)
        if not within or (name in outside and strength(name.split(" ", 1)[0]) > 1)
    ]


def not_taken(unlinked: list[Unlinked], links: list[Link]) -> tuple[Unlinked, ...]:
    """The unlinked names that share no letter with a link or with each other, the longest first to stand; sorted."""
    taken: set[int] = set()
    for link in links:
        taken.update(range(link.start, link.end))
    kept = []
    for name in sorted(unlinked, key=lambda u: (u.start - u.end, u.start, u.reason)):
        span = range(name.start, name.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(name)
    return tuple(sorted(kept, key=lambda u: u.start))
