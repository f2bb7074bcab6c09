"""The paper: the only thing that enters the pipeline."""

from __future__ import annotations

from dataclasses import dataclass

from kg.identifiers import PaperId  # noqa: TC001  (dataclass fields are read at run time by tests)

__all__ = ["Paper", "Sighting"]


@dataclass(frozen=True, slots=True, order=True)
class Sighting:
    """Where a paper was seen: a file, the line its record starts on, and the listing's own heading for the day.

    `source` is the file's name as the user gave it, `line` counts from 1, `listed` is the listing page's date text
    (`Nov 3`).
    """

    source: str
    line: int = 0
    listed: str | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A title and an abstract, with what the source says about them.

    `date` is ISO 8601 and only as precise as is known (`2024`, `2024-05`, `2024-05-20`), None where the year is open;
    `date_text` is the date as the source writes it. Counts are None where the source has none.
    """

    id: PaperId
    title: str
    abstract: str
    date: str | None = None
    date_text: str | None = None
    arxiv: str | None = None
    doi: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    author_count: int | None = None
    comment_count: int | None = None
    upvotes: int | None = None
    organisation: str | None = None
    sightings: tuple[Sighting, ...] = ()

    @property
    def text(self) -> str:
        """What offsets count into."""
        return f"{self.title}\n{self.abstract}"

    @property
    def year(self) -> int | None:
        """The year of `date`."""
        return int(self.date[:4]) if self.date else None
