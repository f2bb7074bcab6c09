"""More rows than memory holds: sorted in pieces that wait on disk, and kept on disk to be read again.

The files have no name and are gone when nobody reads them any more; they lie where `tempfile` puts them (`TMPDIR`).
"""

from __future__ import annotations

import heapq
import marshal
import tempfile
import weakref
from contextlib import ExitStack
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Generic, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Spool", "in_pieces", "sorted_on_disk"]

_PIECE: Final = 25_000
"""Records sorted in memory at a time, some 15 MB of edges."""
_TOGETHER: Final = 500
"""Records that are written and read at a time."""

Record = TypeVar("Record", bound=tuple[Any, ...])
Item = TypeVar("Item")


def sorted_on_disk(records: Iterable[Record], piece: int = _PIECE) -> Iterator[Record]:
    """The records in their order; those of one piece or less never touch the disk.

    Records are tuples of text, numbers, truth values and tuples of them, which can be compared.
    """
    pieces = in_pieces(records, piece)
    first = sorted(next(pieces, []))
    with ExitStack() as files:
        waiting = []
        for more in pieces:
            file = cast("BinaryIO", files.enter_context(tempfile.TemporaryFile()))
            more.sort()
            for part in in_pieces(more, _TOGETHER):
                marshal.dump(part, file)
            file.seek(0)
            waiting.append(_read(file, len(more)))
        yield from heapq.merge(first, *waiting) if waiting else first


class Spool(Generic[Record]):
    """Records on disk, in the order they came, to be read as often as wanted, also at the same time.

    Records are tuples of text, numbers, truth values, None and tuples of them.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        self._file = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115  (closed with the object)
        weakref.finalize(self, self._file.close)
        for part in in_pieces(records, _TOGETHER):
            marshal.dump(part, self._file)
        self._end = self._file.tell()

    def __iter__(self) -> Iterator[Record]:
        at = 0
        while at < self._end:
            self._file.seek(at)
            part = marshal.load(self._file)  # noqa: S302  (our own file, which has no name)
            at = self._file.tell()
            yield from part


def in_pieces(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of `size`, the last one shorter."""
    iterator = iter(items)
    while piece := list(islice(iterator, size)):
        yield piece


def _read(file: BinaryIO, count: int) -> Iterator[Any]:
    while count > 0:
        part = marshal.load(file)  # noqa: S302  (our own file, which has no name)
        count -= len(part)
        yield from part
