"""All that a file of RDF says of one subject, and its values as what they have to be."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from kg.identifiers import prefixed
from kg.importers.problems import RefusalError
from kg.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad

__all__ = ["Subject"]

_DIGITS: Final = re.compile(r"[+-]?[0-9]{1,12}")


class Subject:
    """All that a file says of one subject, by property.

    Every method raises RefusalError where what is there is not what is asked for.
    """

    def __init__(self, iri: str, quads: Iterable[Quad]) -> None:
        from pyoxigraph import NamedNode  # noqa: PLC0415

        self.iri = iri
        self._nodes: dict[str, set[str]] = {}
        self._texts: dict[str, set[str]] = {}
        for quad in quads:
            value = quad.object
            held = self._nodes if isinstance(value, NamedNode) else self._texts
            held.setdefault(quad.predicate.value, set()).add(value.value)  # type: ignore[union-attr]

    def nodes(self, prop: str) -> list[str]:
        """The IRIs of a property, sorted."""
        if prop in self._texts:
            raise RefusalError(f"{prefixed(prop)} is a text: it leads to an IRI")
        return sorted(self._nodes.get(prop, ()))

    def texts(self, prop: str) -> list[str]:
        """The texts of a property, clean and sorted; language tags are dropped."""
        if prop in self._nodes:
            raise RefusalError(f"{prefixed(prop)} is an IRI: it is a text")
        return sorted({clean(text) for text in self._texts.get(prop, ())})

    def node(self, prop: str) -> str:
        """The one IRI of a property that must be there."""
        (found,) = self._some(self.nodes(prop), prop)
        return found

    def text(self, prop: str) -> str | None:
        """The one text of a property, None where there is none."""
        found = self.texts(prop)
        return self._some(found, prop)[0] if found else None

    def whole(self, prop: str) -> int | None:
        """The one whole number of a property."""
        text = self.text(prop)
        if text is None:
            return None
        if not _DIGITS.fullmatch(text):
            raise RefusalError(f"{prefixed(prop)} is {text!r}, not a whole number")
        return int(text)

    def number(self, prop: str) -> Decimal | None:
        """The one number of a property."""
        text = self.text(prop)
        try:
            number = None if text is None else Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if number is not None and not number.is_finite():
            raise RefusalError(f"{prefixed(prop)} is {text!r}, not a number")
        return number

    def truth(self, prop: str) -> bool | None:
        """The one truth value of a property."""
        text = self.text(prop)
        if text not in (None, "true", "false", "1", "0"):
            raise RefusalError(f"{prefixed(prop)} is {text!r}, not true or false")
        return None if text is None else text in ("true", "1")

    def share(self, prop: str) -> float:
        """The one number in [0, 1] of a property; 1 where there is none."""
        number = self.number(prop)
        if number is not None and not 0 <= number <= 1:
            raise RefusalError(f"{prefixed(prop)} is {number}, not in [0, 1]")
        return 1.0 if number is None else float(number)

    @staticmethod
    def _some(found: list[str], prop: str) -> list[str]:
        if len(found) != 1:
            raise RefusalError(f"{prefixed(prop)} is there {len(found)} times, not once")
        return found
