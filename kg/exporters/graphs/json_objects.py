"""Rows as JSON objects, one at a time: what the JSON formats of graphs share."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from kg.exporters.clean import clean_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kg.exporters.graphs.attributes import Attribute

__all__ = ["array", "known_values", "to_json"]

to_json: Final[Callable[[Any], str]] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""A value on one line."""


def known_values(attributes: Sequence[Attribute], row: object) -> dict[str, Any]:
    """The row's values by name, without those that are not known; text holds no character that XML cannot hold."""
    values = ((each.name, each.get(row)) for each in attributes)
    return {name: clean_value(value) for name, value in values if value is not None}


def array(items: Iterable[object]) -> Iterator[str]:
    """The pieces of a JSON array, an item a line."""
    before = "[\n"
    for item in items:
        yield before + to_json(item)
        before = ",\n"
    yield "[]" if before == "[\n" else "\n]"
