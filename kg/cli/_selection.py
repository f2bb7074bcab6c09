"""The options that choose a part of the graph, the same for every command that takes one."""

from __future__ import annotations

import functools
import re
from contextlib import suppress
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from kg.vocabulary import Class, Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.selection import Selection
    from kg.store import Store

__all__ = ["Part", "Wanted", "selection_options"]

_KINDS = (Class.PAPER, *Kind, Class.ORGANISATION)


class Part(NamedTuple):
    """A part of the graph: the nodes that were named, what was found by them (None: everything), and that in words."""

    anchors: tuple[str, ...]
    graph: Selection | None
    about: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the options of `selection_options` were given."""

    depth: int
    query: str | None
    types: tuple[str, ...]
    edges: tuple[str, ...]
    since: str | None
    min_confidence: float
    min_support: int
    discovered: bool

    @property
    def narrows(self) -> bool:
        """Whether anything is to be left out of what is found."""
        return bool(
            self.types or self.edges or self.since or self.min_confidence or self.min_support or not self.discovered
        )

    def find(self, store: Store, names: Sequence[str], given: Sequence[str] = ()) -> Part:
        """What lies around the names, or the answer of the query to the `given` PARAM=VALUE; not yet narrowed.

        Raises:
            click.UsageError: values without a query.
            UnknownNameError: no such node, query or value.
            QueryError: the query has no rows, or other parameters.
        """
        from kg import selection  # noqa: PLC0415

        if self.query:
            iris = _answered(store, self.query, _parameters(given))
            about = f"The answer of {' '.join((self.query, *given))}"
            return Part(iris, selection.of_nodes(store, iris), about)
        if given:
            raise click.UsageError(f"{given[0]!r}: PARAM=VALUE goes with --query.")
        if not names:
            return Part((), None, "")
        from kg.queries import find_thing  # noqa: PLC0415

        anchors = tuple(find_thing(store, name) for name in names)
        near = {node for anchor in anchors for node in selection.around(store, anchor, self.depth)}
        about = f"Within {self.depth} edge{'s' * (self.depth > 1)} of {', '.join(names)}"
        return Part(anchors, selection.of_nodes(store, near), about)

    def narrow(self, store: Store, part: Part) -> Selection | None:
        """The part without what is not wanted; None is everything still."""
        if not self.narrows:
            return part.graph
        from kg.selection import everything, narrowed  # noqa: PLC0415

        return narrowed(
            everything(store) if part.graph is None else part.graph,
            kinds=self.types,
            predicates=self.edges,
            since=self.since,
            min_confidence=self.min_confidence,
            min_support=self.min_support,
            discovered=self.discovered,
            keep=part.anchors,
        )


_OPTIONS = (
    click.option(
        "--depth", type=click.IntRange(1, 6), default=1, show_default=True, help="How many edges away from a NAME."
    ),
    click.option(
        "--query",
        metavar="QUERY",
        help="The nodes in the answer to this question of the library, given PARAM=VALUE, and the edges between them.",
    ),
    click.option(
        "--types",
        "--type",
        "types",
        multiple=True,
        metavar="KIND,...",
        callback=lambda _, __, values: _listed("type", values, _KINDS),
        help=f"Only nodes of these kinds: {', '.join(_KINDS)}.",
    ),
    click.option(
        "--edges",
        multiple=True,
        metavar="EDGE,...",
        callback=lambda _, __, values: _listed("edge", values, Predicate),
        help="Only these edges: uses,extends.",
    ),
    click.option(
        "--since",
        metavar="YEAR[-MM]",
        callback=lambda _, __, value: _date(value),
        help="Only papers of this time or later, and what they speak of.",
    ),
    click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Only edges at least this sure."),
    click.option(
        "--min-support",
        type=click.IntRange(0),
        default=0,
        help="Only things that so many papers speak of. With --project entities: only joint uses, evaluations and "
        "comparisons in so many papers; lineage stays.",
    ),
    click.option(
        "--discovered/--no-discovered",
        default=True,
        show_default=True,
        help="With or without things that papers introduce and the ontology lacks.",
    ),
)


def selection_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that choose a part of the graph; the command gets them as `wanted`."""

    @functools.wraps(function)
    def command(**values: Any) -> Any:
        wanted = Wanted(**{each.name: values.pop(each.name) for each in fields(Wanted)})
        return function(wanted=wanted, **values)

    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def _listed(what: str, values: Sequence[str], known: Sequence[str] | type[Predicate]) -> tuple[str, ...]:
    """The names between commas.

    Raises:
        UnknownNameError: one is not known.
    """
    names = tuple(name.strip() for value in values for name in value.split(",") if name.strip())
    for name in names:
        if name not in set(known):
            from kg.errors import UnknownNameError  # noqa: PLC0415

            raise UnknownNameError(what, name, known, f"{what}s: {', '.join(known)}")
    return names


def _date(value: str | None) -> str | None:
    if value is not None and not re.fullmatch(r"\d{4}(-\d{2}){0,2}", value, re.ASCII):
        raise click.BadParameter(f"{value!r} is not a year (2024), a month (2024-05) or a day (2024-05-20).")
    return value


def _parameters(given: Sequence[str]) -> dict[str, Any]:
    for word in given:
        if "=" not in word:
            raise click.UsageError(f"{word!r} is not PARAM=VALUE, which is what --query takes.")
    return {key: value for key, _, value in (word.partition("=") for word in given)}


def _answered(store: Store, query: str, given: dict[str, Any]) -> tuple[str, ...]:
    """The nodes in the rows of a question, and those it was asked about."""
    from kg.errors import QueryError, UnknownNameError  # noqa: PLC0415
    from kg.queries import find_thing, run  # noqa: PLC0415
    from kg.tables import Table  # noqa: PLC0415

    answer = run(store, query, limit=0, **given)
    if not isinstance(answer, Table):
        raise QueryError(f"{query} does not answer with rows")
    iris = {cell.value for row in answer.rows for cell in row if cell is not None and cell.type == "uri"}
    for value in given.values():
        with suppress(UnknownNameError):  # a year, a kind
            iris.add(find_thing(store, value))
    return tuple(sorted(iris))
