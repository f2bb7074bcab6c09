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
    culprit: str
    reason: str
    line: int | None
    count: int = 1


class Problems:
    """Collects what is refused; `lines` knows where a culprit stands when no line is given with it."""

    def __init__(self, source: str, lines: Callable[[set[str]], Mapping[str, int]] | None = None) -> None:
        self.source = source
        self._lines = lines
        self._held: dict[tuple[str, str], _Problem] = {}

    def __len__(self) -> int:
        return sum(problem.count for problem in self._held.values())

    def add(self, culprit: str, reason: str, line: int | None = None) -> None:
        """The culprit, an IRI or a name, is refused for a reason that also says what to do about it."""
        held = self._held.setdefault((culprit, reason), _Problem(culprit, reason, line, 0))
        held.count += 1

    def listed(self) -> tuple[InputError, ...]:
        """One error for each culprit and reason, sorted by line."""
        unplaced = {problem.culprit for problem in self._held.values() if problem.line is None}
        found = self._lines(unplaced) if self._lines and unplaced else {}
        errors = []
        for problem in self._held.values():
            line = problem.line if problem.line is not None else found.get(problem.culprit)
            times = f" ({problem.count:,} times)" if problem.count > 1 else ""
            errors.append(InputError(self.source, line, f"{_short(problem.culprit)}: {_short(problem.reason)}{times}"))
        return tuple(sorted(errors, key=lambda error: (error.line or 0, error.reason)))


def _short(text: str) -> str:
    return clean(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}...")
