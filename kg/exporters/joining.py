"""Two streams in one order, read together: each row with the rows that belong to it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from kg.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

__all__ = ["joined"]

Row = TypeVar("Row")
Part = TypeVar("Part")


def joined(
    rows: Iterable[Row],
    parts: Iterable[Part],
    name: Callable[[Row], Hashable],
    belongs_to: Callable[[Part], Hashable],
) -> Iterator[tuple[Row, list[Part]]]:
    """Each row with its parts, which come in the order of their rows; many rows may have none.

    >>> list(joined("abc", ["a1", "c1", "c2"], str, lambda part: part[0]))
    [('a', ['a1']), ('b', []), ('c', ['c1', 'c2'])]

    Raises:
        ExportError: parts of a row that is not there, or in another order.
    """
    groups = ((owner, list(group)) for owner, group in groupby(parts, belongs_to))
    owner, group = next(groups, (None, []))
    for row in rows:
        if group and name(row) == owner:
            yield row, group
            owner, group = next(groups, (None, []))
        else:
            yield row, []
    if group:
        raise ExportError(f"{owner}: something belongs to it, and it is not there, or out of order")
