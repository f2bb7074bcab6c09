"""`kg export`: the graph for other tools."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._options import examples, store_option

if TYPE_CHECKING:
    from kg.exporters import Content
    from kg.store import Store

__all__ = ["command"]

FORMATS = ("turtle", "ntriples", "nquads", "trig", "rdfxml", "jsonld", "graphml", "gexf", "csv")
"""The names of `kg.exporters.FORMATS`, said again so that `--help` need not import them; a test compares both."""


@click.command(
    epilog=examples(
        "kg export turtle -o kg.ttl",
        "kg export graphml -o lora.graphml --around LoRA --depth 2",
        "kg export csv -o tables/",
        "kg export ntriples | wc -l",
        "kg export --all exports/",
    )
)
@click.argument("format_", metavar="FORMAT", required=False, type=click.Choice(FORMATS))
@store_option
@click.option(
    "-o",
    "--output",
    type=click.Path(allow_dash=True, path_type=Path),
    default=Path("-"),
    help="File, or folder for csv; - is standard output.",
)
@click.option("--around", metavar="NAME", help="Only what lies around this entity or paper (graph formats and csv).")
@click.option(
    "--depth", type=click.IntRange(1, 6), default=1, show_default=True, help="How many edges away from --around."
)
@click.option(
    "--all",
    "all_",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Turtle, GraphML, GEXF, tables and the page into a folder, with MANIFEST.json.",
)
@click.option(
    "--check",
    is_flag=True,
    help="With --all: write nothing, name each file that is not up to date, leave with 1 if any.",
)
@click.option(
    "--allow-shrink", is_flag=True, help="With --all: replace the folder's files also where much is missing now."
)
def command(
    format_: str | None,
    store: Path,
    output: Path,
    around: str | None,
    depth: int,
    all_: Path | None,
    *,
    check: bool,
    allow_shrink: bool,
) -> None:
    """Write the graph for other tools.

    FORMAT is turtle, ntriples, nquads, trig, rdfxml, jsonld (RDF), graphml, gexf (Gephi, yEd, Cytoscape, igraph,
    networkx) or csv (a folder of tables).
    """
    from kg.exporters import FORMATS as KNOWN  # noqa: PLC0415
    from kg.exporters import Takes, write  # noqa: PLC0415
    from kg.store import open_store  # noqa: PLC0415

    if (format_ is None) == (all_ is None):
        raise click.UsageError("Give a FORMAT, or a folder with --all, and not both.")
    if check and all_ is None:
        raise click.UsageError("--check goes with --all.")
    opened = open_store(store)
    if all_ is not None:
        _whole_folder(opened, all_, check=check, allow_shrink=allow_shrink)
        return
    assert format_ is not None
    chosen = KNOWN[format_]
    if around and Takes.TRIPLES in chosen.takes:
        raise click.UsageError(
            f"--around goes with graphml, gexf and csv; for a part of the graph as RDF: "
            f"kg sparql 'CONSTRUCT ...' --format {format_}"
        )
    counts = write(_content(opened, around, depth), chosen, output)
    for name, count in counts.items():
        said = ", ".join(
            f"{value:,} {unit}"
            for unit, value in (
                ("nodes", count.nodes),
                ("edges", count.edges),
                ("triples", count.triples),
                ("rows", count.rows),
            )
            if value is not None
        )
        click.secho(f"{name}: {said}", err=True)


def _content(store: Store, around: str | None, depth: int) -> Content:
    from kg.exporters import content_of  # noqa: PLC0415
    from kg.queries import find_thing  # noqa: PLC0415
    from kg.selection import around as near  # noqa: PLC0415

    return content_of(store, near(store, find_thing(store, around), depth) if around else None)


def _whole_folder(store: Store, folder: Path, *, check: bool, allow_shrink: bool) -> None:
    from kg.exporters import check_all, write_all  # noqa: PLC0415
    from kg.viewer import write_overview  # noqa: PLC0415

    def page(path: Path) -> None:
        write_overview(store, path, title="A knowledge graph of machine learning")

    content = _content(store, None, 1)
    made = {"ontology": store.meta["ontology_digest"], "command": f"kg export --all {folder.name}", "page": page}
    if check:
        problems = check_all(folder, content, **made)
        for problem in problems:
            click.echo(problem)
        click.secho(
            f"{len(problems)} of the files in {folder} differ" if problems else f"{folder} is up to date", err=True
        )
        sys.exit(1 if problems else 0)
    manifest = write_all(folder, content, allow_shrink=allow_shrink, **made)
    for entry in manifest.files:
        click.echo(folder / entry.name)
