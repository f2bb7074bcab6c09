"""When and where a paper appeared: what tells the first paper of a curated thing from a later use of its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.ontology import Entity

__all__ = ["Published"]

_BESIDE: Final = 1
"""Years between the first preprint of a thing and the year that its row gives, which may be of a conference."""


@dataclass(frozen=True, slots=True)
class Published:
    """The arXiv id and the year of a paper, each None where it is not known."""

    arxiv: str | None = None
    year: int | None = None

    def is_first_of(self, entity: Entity) -> bool:
        """Whether this is the very paper that the row names as its first."""
        return self.arxiv is not None and self.arxiv == entity.arxiv

    def may_be_first_of(self, entity: Entity, *, undated: bool) -> bool:
        """Whether nothing speaks against it: another arXiv id or other years do; `undated` where a year is missing.

        >>> from kg.ontology import load_ontology
        >>> lora = load_ontology().find("LoRA")[0]
        >>> [Published(year=year).may_be_first_of(lora, undated=True) for year in (2021, 2025, None)]
        [True, False, True]
        """
        if self.is_first_of(entity):
            return True
        if self.arxiv is not None and entity.arxiv is not None:
            return False
        if self.year is None or entity.year is None:
            return undated
        return abs(self.year - entity.year) <= _BESIDE
