"""`kg view`: an interactive page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._options import examples, store_option
from kg.cli._selection import selection_options

if TYPE_CHECKING:
    from kg.cli._selection import Wanted

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
@selection_options
@click.option(
    "--max-nodes", type=click.IntRange(2, 20_000), default=300, show_default=True, help="Nodes drawn without NAME."
)
@click.option("--title", help="Heading of the page.")
@click.option("--open", "open_", is_flag=True, help="Show the page in the browser.")
def command(
    names: tuple[str, ...],
    store: Path,
    output: Path,
    wanted: Wanted,
    max_nodes: int,
    title: str | None,
    *,
    open_: bool,
) -> None:
    """Write an interactive page of the graph: one file that works without a network.

    Without a NAME it shows the nodes of highest rank; with names (of entities or papers) what lies around them.
    """
    from kg.selection import foremost, important  # noqa: PLC0415
    from kg.store import open_store  # noqa: PLC0415
    from kg.viewer import write_page  # noqa: PLC0415

    opened = open_store(store)
    part = wanted.find(opened, () if wanted.query else names, names if wanted.query else ())
    # first what is wanted, then the foremost of it: the other way round most of it would be missing
    graph, about = wanted.narrow(opened, part), part.about or "The foremost nodes of what was asked for"
    if graph is None:
        graph = important(opened, max_nodes)
        about = f"The {len(graph):,} nodes of highest rank"
    if not part.anchors and len(graph) > max_nodes:
        graph = foremost(graph, max_nodes)
    around = f"Around {', '.join(graph.nodes[node]['label'] for node in part.anchors)}" if part.anchors else ""
    write_page(graph, output, title=title or around or "A knowledge graph of machine learning", about=about)
    click.echo(output)
    click.secho(f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges: {about}", err=True)
    if open_:
        click.launch(output.resolve().as_uri())
