"""What of a file is refused: said once a culprit, with the line where it first stands and how often it came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Problems", "RefusalError"]

_SHOWN = 200
"""Characters of a message that may come from the file."""


class RefusalError(ValueError):
    """Why a record is refused. Never leaves this package: the reader adds file, line and culprit."""


@dataclass(slots=True)
class _Problem:
    source: str
    culprit: str
    reason: str
    line: int | None
    count: int = 0


class Problems:
    """Collects what is refused; `lines` knows where a culprit stands when no line is given with it."""

    def __init__(self, source: str, lines: Callable[[set[str]], Mapping[str, int]] | None = None) -> None:
        self.source = source
        self._lines = lines
        self._held: dict[tuple[str, str, str], _Problem] = {}

    def __len__(self) -> int:
        return sum(problem.count for problem in self._held.values())

    def add(self, culprit: str, reason: str, line: int | None = None, *, source: str | None = None) -> None:
        """The culprit is refused for a reason that also says what to do about it.

        A culprit is an IRI or a name, or empty where the line says enough. `source` is a file of a folder.
        """
        source = source or self.source
        held = self._held.setdefault((source, culprit, reason), _Problem(source, culprit, reason, line))
        held.count += 1

    def listed(self) -> tuple[InputError, ...]:
        """One error for each culprit and reason, sorted by file and line."""
        unplaced = {problem.culprit for problem in self._held.values() if problem.line is None}
        found = self._lines(unplaced) if self._lines and unplaced else {}
        errors = []
        for problem in self._held.values():
            line = problem.line if problem.line is not None else found.get(problem.culprit)
            times = f" ({problem.count:,} times)" if problem.count > 1 else ""
            why = ": ".join(_short(part) for part in (problem.culprit, problem.reason) if part)
            errors.append(InputError(problem.source, line, why + times))
        return tuple(sorted(errors, key=lambda error: (error.source, error.line or 0, error.reason)))


def _short(text: str) -> str:
    return clean(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}...")
