"""Facts as lines on disk, had again by a key: memory holds where each lies and nothing of what it says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from kg.facts import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.facts import PaperFacts

__all__ = ["FactLines", "facts_of", "line_of"]

Key = TypeVar("Key")


def line_of(facts: PaperFacts) -> bytes:
    """The facts as a line with its line break."""
    return to_json(facts).encode("utf-8", "surrogatepass") + b"\n"


def facts_of(line: bytes) -> PaperFacts:
    """The facts of a line.

    Raises:
        FactsError: it holds none.
    """
    return from_json(line.decode("utf-8", "surrogatepass"))


class FactLines(Mapping[Key, "PaperFacts"]):
    """Facts in a file that is open for reading and writing, by key in the order in which the keys first came."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._places: dict[Key, tuple[int, int]] = {}

    def __getitem__(self, key: Key) -> PaperFacts:
        return facts_of(self.line(key))

    def __iter__(self) -> Iterator[Key]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, key: object) -> bool:  # that of a mapping would read the line
        return key in self._places

    def line(self, key: Key) -> bytes:
        """The line of a key."""
        at, size = self._places[key]
        self._file.seek(at)
        return self._file.read(size)

    def put(self, key: Key, line: bytes) -> None:
        """The line is the key's from now on."""
        self._places[key] = (self._file.seek(0, 2), len(line))
        self._file.write(line)
