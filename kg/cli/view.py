"""`kg view`: an interactive page."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli._options import examples, store_option
from kg.vocabulary import Kind, Predicate

if TYPE_CHECKING:
    from kg.selection import Selection
    from kg.store import Store

__all__ = ["command"]


@click.command(
    epilog=examples(
        "kg view                                  the most important part of the graph, into kg.html",
        "kg view LoRA --depth 2 -o lora.html",
        "kg view --type Method --type Model --edges extends,variantOf -o lineage.html",
        "kg view --query papers-evaluating-on benchmark=GSM8K --open",
    )
)
@click.argument("names", nargs=-1, metavar="[NAME | PARAM=VALUE]...")
@store_option
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("kg.html"),
    show_default=True,
    help="File to write.",
)
@click.option("--depth", type=click.IntRange(1, 6), default=1, show_default=True, help="How many edges away from NAME.")
@click.option("--query", help="Draw the nodes in the rows of this question of the library.")
@click.option(
    "--type",
    "types",
    multiple=True,
    type=click.Choice(["Paper", *map(str, Kind)]),
    help="Only nodes of this kind; may be repeated.",
)
@click.option("--edges", help="Only these edges, by commas: uses,extends.")
@click.option("--since", type=int, metavar="YEAR", help="Only papers of this year or later, and what they speak of.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Only edges at least this sure.")
@click.option(
    "--max-nodes", type=click.IntRange(2, 20_000), default=300, show_default=True, help="Nodes drawn without NAME."
)
@click.option("--title", help="Heading of the page.")
@click.option("--open", "open_", is_flag=True, help="Show the page in the browser.")
def command(
    names: tuple[str, ...],
    store: Path,
    output: Path,
    depth: int,
    query: str | None,
    types: tuple[str, ...],
    edges: str | None,
    since: int | None,
    min_confidence: float,
    max_nodes: int,
    title: str | None,
    *,
    open_: bool,
) -> None:
    """Write an interactive page of the graph: one file that works without a network.

    Without a NAME it shows the nodes of highest rank; with names (of entities or papers) what lies around them.
    """
    from kg.errors import UnknownNameError  # noqa: PLC0415
    from kg.selection import everything, foremost, important, narrowed  # noqa: PLC0415
    from kg.store import open_store  # noqa: PLC0415
    from kg.viewer import write_page  # noqa: PLC0415

    wanted = [edge.strip() for edge in edges.split(",")] if edges else []
    for edge in wanted:
        if edge not in set(Predicate):
            raise UnknownNameError("edge", edge, Predicate, f"edges: {', '.join(Predicate)}")
    opened = open_store(store)
    anchors, graph, about = _selected(opened, names, query, depth)
    filters = bool(types or wanted or since or min_confidence)
    if graph is None and not filters:
        graph = important(opened, max_nodes)
        about = f"The {len(graph):,} nodes of highest rank"
    elif graph is None:
        # first what is wanted, then the foremost of it: the other way round most of it would be missing
        graph = everything(opened)
    if filters:
        graph = narrowed(
            graph, kinds=types, predicates=wanted, since=since, min_confidence=min_confidence, keep=anchors
        )
        about = about or "The foremost nodes of what was asked for"
    if not anchors and len(graph) > max_nodes:
        graph = foremost(graph, max_nodes)
    write_page(graph, output, title=title or "A knowledge graph of machine learning", about=about)
    click.echo(output)
    click.secho(f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges: {about}", err=True)
    if open_:
        click.launch(output.resolve().as_uri())


def _given(words: tuple[str, ...]) -> dict[str, Any]:
    for word in words:
        if "=" not in word:
            raise click.UsageError(f"{word!r} is not PARAM=VALUE, which is what --query takes.")
    return {key: value for key, _, value in (word.partition("=") for word in words)}


def _selected(
    store: Store, names: tuple[str, ...], query: str | None, depth: int
) -> tuple[tuple[str, ...], Selection | None, str]:
    """The nodes that were named, what is to be drawn around them, and that in words; None where nothing was named."""
    from kg import selection  # noqa: PLC0415
    from kg.errors import QueryError, UnknownNameError  # noqa: PLC0415
    from kg.queries import find_thing, run  # noqa: PLC0415
    from kg.tables import Table  # noqa: PLC0415

    if query:
        given = _given(names)
        answer = run(store, query, limit=0, **given)
        if not isinstance(answer, Table):
            raise QueryError(f"{query} does not answer with rows")
        iris = {cell.value for row in answer.rows for cell in row if cell is not None and cell.type == "uri"}
        asked: list[str] = []
        for value in given.values():
            with suppress(UnknownNameError):  # a year, a kind
                asked.append(find_thing(store, str(value)))
        graph = selection.of_nodes(store, {*iris, *asked})
        return tuple(sorted({*iris, *asked})), graph, f"The answer of {' '.join((query, *names))}"
    if names:
        anchors = tuple(find_thing(store, name) for name in names)
        near = {node for anchor in anchors for node in selection.around(store, anchor, depth)}
        about = f"Within {depth} edge{'s' * (depth > 1)} of {', '.join(names)}"
        return anchors, selection.of_nodes(store, near), about
    return (), None, ""
