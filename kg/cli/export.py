"""`kg export`: the graph for other tools."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from kg.cli._options import examples, store_option
from kg.cli._selection import selection_options
from kg.vocabulary import Class

if TYPE_CHECKING:
    from kg.cli._selection import Wanted
    from kg.store import Store

__all__ = ["command"]

FORMATS = (
    *("turtle", "ntriples", "nquads", "trig", "rdfxml", "jsonld"),
    *("graphml", "gexf", "cx2", "cyjs", "neo4j", "kgx"),
    *("csv", "parquet", "sqlite"),
    *("eee", "nif", "bibtex", "obsidian", "table"),
)
"""The names of `kg.exporters.FORMATS`, said again so that `--help` need not import them; a test compares both."""
_OF_PAPERS = ("eee", "nif", "bibtex", "table")
"""Formats of what papers say and score, which take the graph as it is and have no edges with evidence."""
LAYOUTS = ("models-benchmarks", "papers-benchmarks", "papers-methods")
"""Those of `kg.exporters.documents.comparison.LAYOUTS`, likewise."""


@click.command(
    epilog=examples(
        "kg export turtle -o kg.ttl",
        "kg export graphml -o lora.graphml --around LoRA --depth 2",
        "kg export gexf -o together.gexf --project entities --min-support 2",
        "kg export turtle -o recent.ttl --since 2025-01 --types Paper,Method --no-discovered --flat",
        "kg export csv -o tables/ --query papers-evaluating-on benchmark=GSM8K",
        "kg export table -o lora.tex --around LoRA --table papers-methods",
        "kg export ntriples | wc -l",
        "kg export --all exports/",
    )
)
@click.argument("format_", metavar="FORMAT", required=False, type=click.Choice(FORMATS))
@click.argument("given", nargs=-1, metavar="[PARAM=VALUE]...")
@store_option
@click.option(
    "-o",
    "--output",
    type=click.Path(allow_dash=True, path_type=Path),
    default=Path("-"),
    help="File, or folder where a format is several files; - is standard output.",
)
@click.option(
    "--around", metavar="NAME", multiple=True, help="Only what lies around this entity or paper; may be repeated."
)
@selection_options
@click.option(
    "--project",
    type=click.Choice(("papers", "entities")),
    default="papers",
    show_default=True,
    help="The graph as it is, or entities alone: what papers use or evaluate on together, lineage, comparisons.",
)
@click.option(
    "--table",
    "layout",
    type=click.Choice(LAYOUTS),
    help="With table: its rows and columns, the first if none is given; in LaTeX where -o ends in .tex.",
)
@click.option("--flat", is_flag=True, help="Edges alone, without the statements and sentences behind them.")
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
    given: tuple[str, ...],
    store: Path,
    output: Path,
    around: tuple[str, ...],
    wanted: Wanted,
    project: Literal["papers", "entities"],
    layout: str | None,
    all_: Path | None,
    *,
    flat: bool,
    check: bool,
    allow_shrink: bool,
) -> None:
    """Write the graph, or a part of it, for other tools.

    FORMAT is turtle, ntriples, nquads, trig, rdfxml, jsonld (RDF); graphml, gexf (Gephi, yEd, igraph, networkx), cx2,
    cyjs (Cytoscape), neo4j, kgx (graphs); csv, parquet, sqlite (tables); eee (scores, for Every Eval Ever), nif (texts
    with linked names, for GERBIL), bibtex (the papers), obsidian (linked notes) or table (Markdown or LaTeX).
    """
    from kg.exporters import FORMATS as KNOWN  # noqa: PLC0415
    from kg.exporters import Takes, content_of, write  # noqa: PLC0415
    from kg.exporters.documents.comparison import table_format  # noqa: PLC0415
    from kg.store import open_store  # noqa: PLC0415

    if (format_ is None) == (all_ is None):
        raise click.UsageError("Give a FORMAT, or a folder with --all, and not both.")
    if check and all_ is None:
        raise click.UsageError("--check goes with --all.")
    part_of = bool(around or given or wanted.query or wanted.narrows)
    if all_ is not None and (part_of or flat or project != "papers"):
        raise click.UsageError("--all writes everything: options that choose a part go with a FORMAT.")
    if around and wanted.query:
        raise click.UsageError("Give --around or --query, not both.")
    opened = open_store(store)
    if all_ is not None:
        _whole_folder(opened, all_, check=check, allow_shrink=allow_shrink)
        return
    assert format_ is not None
    chosen = KNOWN[format_]
    if format_ == "table":
        chosen = table_format(layout or LAYOUTS[0], latex=output.suffix.lower() == ".tex")
    elif layout:
        raise click.UsageError("--table goes with the format table.")
    joined = project == "entities"
    if format_ in _OF_PAPERS and (joined or flat):
        said = "--project entities" if joined else "--flat"
        raise click.UsageError(f"{said} goes with formats of edges: {format_} is of what papers say.")
    if joined and Takes.TRIPLES in chosen.takes:
        raise click.UsageError("--project entities goes with formats of graphs and tables: there is no RDF of it.")
    asked = wanted
    if joined:  # papers are what joins, and the support of edges is counted when they are made
        asked = replace(wanted, types=(*wanted.types, Class.PAPER) if wanted.types else (), min_support=0)
    graph = asked.narrow(opened, asked.find(opened, around, given))
    content = content_of(opened, graph, project=project, flat=flat, min_support=wanted.min_support)
    counts = write(content, chosen, output)
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
        click.secho(f"{name}: {said}" if said else name, err=True)


def _whole_folder(store: Store, folder: Path, *, check: bool, allow_shrink: bool) -> None:
    from kg.exporters import check_all, content_of, write_all  # noqa: PLC0415
    from kg.viewer import write_overview  # noqa: PLC0415

    def page(path: Path) -> None:
        write_overview(store, path, title="A knowledge graph of machine learning")

    content = content_of(store)
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
