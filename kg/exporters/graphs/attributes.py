"""What formats that declare the attributes of nodes and edges declare, and how a row's values become text."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["EDGE_ATTRIBUTES", "NODE_ATTRIBUTES", "Attribute", "Type", "values_of"]

Type = Literal["string", "strings", "int", "double", "boolean"]
"""Of an attribute or a column; `strings` are a tuple of them."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of nodes or edges; `get` gives a row's value of the type, None where it is not known."""

    name: str
    type: Type
    get: Callable[[Any], Any]


def _attribute(name: str, type_: Type = "string") -> Attribute:
    return Attribute(name, type_, attrgetter(name))


NODE_ATTRIBUTES: Final = (
    _attribute("kind"),
    _attribute("iri"),
    _attribute("status"),
    Attribute("aliases", "string", lambda node: " | ".join(node.aliases) or None),
    _attribute("level"),
    _attribute("year", "int"),
    _attribute("papers", "int"),
    _attribute("arxiv"),
    _attribute("date"),
    _attribute("url"),
)
"""Of `NodeRow`, but for its label."""

EDGE_ATTRIBUTES: Final = (
    _attribute("predicate"),
    _attribute("statement"),
    _attribute("confidence", "double"),
    _attribute("support", "int"),
    _attribute("strength", "double"),
    _attribute("hedged", "boolean"),
    _attribute("origin"),
    Attribute("evidence", "string", lambda edge: edge.sentences or None),
)
"""Of `EdgeRow`, but for its weight."""

_BOOLEANS: Final = {True: "true", False: "false"}


def values_of(
    attributes: Iterable[Attribute], before: str, after: str, escape: Callable[[str], str]
) -> Callable[[Any], str]:
    """A function that gives all known values of a row, each between `before`, with its name in it, and `after`."""
    as_text: dict[str, Callable[[Any], str]] = {"string": escape, "boolean": _BOOLEANS.__getitem__}
    columns = [(each.get, before.format(each.name), as_text.get(each.type, str)) for each in attributes]

    def values(row: object) -> str:
        return "".join(
            [f"{head}{text(value)}{after}" for get, head, text in columns if (value := get(row)) is not None]
        )

    return values
