"""Right, spurious, missed; and the figures made of them."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Counts"]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many answers are right, how many are spurious, how many are missed.

    >>> counts = Counts(right=3, spurious=1, missed=2)
    >>> counts.precision, counts.recall, round(counts.f1, 4)
    (0.75, 0.6, 0.6667)
    """

    right: int = 0
    spurious: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.spurious + other.spurious, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """The share of answers that are right, 0 where there is no answer."""
        answers = self.right + self.spurious
        return self.right / answers if answers else 0.0

    @property
    def recall(self) -> float:
        """The share of what is there that was found, 0 where nothing is there."""
        there = self.right + self.missed
        return self.right / there if there else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 where nothing is right."""
        total = 2 * self.right + self.spurious + self.missed
        return 2 * self.right / total if total else 0.0
