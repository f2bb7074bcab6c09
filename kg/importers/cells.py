"""Values as tables and GraphML spell them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from kg.identifiers import as_iri, entity_iri, slug
from kg.importers.problems import RefusalError
from kg.text import clean
from kg.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["decimal", "names", "node_iri", "share", "text", "truth", "whole"]


def text(cells: Mapping[str, str], name: str) -> str | None:
    """The clean text of a cell, None where it is empty or not there."""
    return clean(cells.get(name) or "") or None


def whole(cells: Mapping[str, str], name: str) -> int | None:
    """The whole number of a cell; `2021.0`, as spreadsheets have it, is one.

    Raises:
        RefusalError: it is none.
    """
    number = decimal(cells, name)
    if number is not None and (number != number.to_integral_value() or abs(number) >= 10**12):
        raise RefusalError(f"{name} is {cells[name]!r}, not a whole number")
    return None if number is None else int(number)


def decimal(cells: Mapping[str, str], name: str) -> Decimal | None:
    """The number of a cell.

    Raises:
        RefusalError: it is none.
    """
    written = text(cells, name)
    if written is None:
        return None
    try:
        number = Decimal(written.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise RefusalError(f"{name} is {written!r}, not a number")
    return number


def share(cells: Mapping[str, str], name: str) -> float:
    """The number in [0, 1] of a cell, 1 where there is none.

    Raises:
        RefusalError: it is none.
    """
    number = decimal(cells, name)
    if number is not None and not 0 <= number <= 1:
        raise RefusalError(f"{name} is {number}, not in [0, 1]")
    return 1.0 if number is None else float(number)


def truth(cells: Mapping[str, str], name: str) -> bool:
    """The truth value of a cell, false where there is none.

    Raises:
        RefusalError: it is neither true nor false.
    """
    written = (text(cells, name) or "false").strip().lower()
    if written not in ("true", "false", "1", "0"):
        raise RefusalError(f"{name} is {written!r}, not true or false")
    return written in ("true", "1")


def names(cells: Mapping[str, str], name: str) -> tuple[str, ...]:
    """The names of a cell, sorted."""
    return tuple(sorted({part.strip() for part in (text(cells, name) or "").split(" | ")} - {""}))


def node_iri(cells: Mapping[str, str], name: str) -> str:
    """The IRI of a cell, whole or as `method/lora`; a node without one has the IRI that its kind and label make.

    Raises:
        RefusalError: it is no IRI of ours, and there are no kind and label to make one.
    """
    written = text(cells, name)
    if written is not None:
        iri = as_iri(written.strip())
        if iri is None:
            raise RefusalError(f"{name} {written!r} is no IRI of ours: https://w3id.org/mlkg/<kind>/<name>")
        return iri
    kind, label = text(cells, "kind"), text(cells, "label")
    if kind is not None and kind in {*Kind} and label:
        return entity_iri(Kind(kind), slug(label))
    raise RefusalError(f"a node without {name} needs a kind ({', '.join(Kind)}) and a label to make an IRI of")
