"""Which of the stretches that claim the same letters stand: the longest, then the surest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Stretch", "longest"]


class Stretch(Protocol):
    """What competes: a half open stretch with a rank; of two of one length the higher rank stands."""

    @property
    def start(self) -> int: ...  # noqa: D102

    @property
    def end(self) -> int: ...  # noqa: D102

    @property
    def rank(self) -> int: ...  # noqa: D102


S = TypeVar("S", bound=Stretch)


def longest(stretches: Iterable[S]) -> list[S]:
    """The stretches that stand, sorted, no two sharing a letter.

    The longest of all stands, then the longest of what it leaves, and so on; of equals the higher rank, then the
    earlier.
    """
    order = sorted(stretches, key=lambda item: (item.start - item.end, -item.rank, item.start))
    taken: dict[int, None] = {}
    kept: list[S] = []
    for item in order:
        # nothing kept is shorter than `item`, so one that shares a letter with it covers one of its two ends
        if item.end > item.start and item.start not in taken and item.end - 1 not in taken:
            taken.update(dict.fromkeys(range(item.start, item.end)))
            kept.append(item)
    return sorted(kept, key=lambda item: item.start)
