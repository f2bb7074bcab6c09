"""What a paper introduces by the tables' word: a row whose first paper it is, named in its title."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.text import Span

if TYPE_CHECKING:
    from kg.linking.link import Links
    from kg.ontology import Ontology

__all__ = ["FirstPapers"]


class FirstPapers:
    """The rows of an ontology by the arXiv id of the paper that introduced them."""

    __slots__ = ("_rows",)

    def __init__(self, ontology: Ontology) -> None:
        rows: dict[str, set[str]] = {}
        for entity in ontology.entities.values():
            if entity.arxiv:
                rows.setdefault(entity.arxiv, set()).add(entity.iri)
        self._rows = {arxiv: frozenset(iris) for arxiv, iris in rows.items()}

    def credit(self, found: Links, arxiv: str | None, title_end: int) -> Links:
        """The links, those of a row introduced where the row's paper has this id and its title names the row.

        `title_end` is the length of the title, which is what introduces it then; what the text itself says to introduce
        a row stays as it is.
        """
        rows = self._rows.get(arxiv or "")
        if not rows:
            return found
        named = {link.node for link in found.links if link.node in rows and link.end <= title_end}
        named.difference_update(link.node for link in found.links if link.introduced)
        if not named:
            return found
        title = Span(0, title_end)
        links = tuple(replace(link, introduced=title) if link.node in named else link for link in found.links)
        return replace(found, links=links)
