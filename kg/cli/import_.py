"""`kg import`: exports taken back, and what people curate, into the graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._options import (
    examples,
    format_option,
    load_ontology,
    ontology_option,
    report_problems,
    store_option,
)
from kg.cli.build import print_summary
from kg.files import whole_text

if TYPE_CHECKING:
    from kg.pipeline import GraphImport

__all__ = ["command"]


@click.command(
    epilog=examples(
        "kg import kg.ttl                            # an export, back into a store",
        "kg import kg.nt.gz more.jsonld --store both # exports of two stores, merged",
        "kg import tables/                           # nodes.csv, edges.csv and what is beside them",
        "kg import curated.ttl --as corrections      # aliases, years, edges of your own",
        "kg import --list",
        "kg import --remove corrections",
    )
)
@click.argument("files", nargs=-1, metavar="FILE...", type=click.Path(path_type=Path))
@store_option
@click.option("--as", "name", metavar="NAME", help="What the import is called; by default the file as it is given.")
@click.option("--strict", is_flag=True, help="Import nothing and leave with 1 if anything is refused.")
@click.option("--list", "list_", is_flag=True, help="Show what was imported, and under which names.")
@click.option("--remove", metavar="NAME", help="Take an import back, with the papers that it alone brought.")
@format_option("table", "csv", "tsv", "json", "markdown")
@ontology_option
def command(
    files: tuple[Path, ...],
    store: Path,
    name: str | None,
    remove: str | None,
    format_: str,
    ontology_folder: Path | None,
    *,
    strict: bool,
    list_: bool,
) -> None:
    """Take exports back into the graph, and take in what you curate; a store is made where there is none.

    FILE is RDF (Turtle, N-Triples, N-Quads, TriG, RDF/XML, JSON-LD), GraphML, or a folder of CSV tables; RDF and
    GraphML may be packed (.gz, .zst). Its papers come back with all that it says of them; a paper that is there
    already stays as it is. What it says beyond ontology and papers (names, years, edges without a sentence) is kept
    under the import's name through kg add and kg remove; importing that name again replaces it. What is not of our
    vocabulary is named and left out.
    """
    if bool(files) + list_ + (remove is not None) != 1:
        raise click.UsageError("Give files to import, or --list, or --remove NAME.")
    if name is not None and len(files) != 1:
        raise click.UsageError("--as names the import of one FILE.")
    if list_:
        _show(store, format_)
        return
    from kg.errors import StrictImportError  # noqa: PLC0415
    from kg.pipeline import forget, import_graph  # noqa: PLC0415

    ontology = load_ontology(ontology_folder)
    if remove is not None:
        print_summary(forget([remove], store, ontology))
        return
    try:
        done = import_graph(files, store, ontology, name=name, strict=strict)
    except StrictImportError as error:
        report_problems(error.problems)
        raise
    _report(done)
    print_summary(done.store)


def _report(done: GraphImport) -> None:
    """What each file held and what was refused of it, for people, on standard error."""
    for file in done.files:
        refused = report_problems(file.problems)
        click.echo(f"read      {file.name} ({file.format}): {file.papers:,} papers, {refused:,} refused", err=True)
        for what, count in file.left_out:
            click.echo(f"left out  {count:,} {what}", err=True)


def _show(store: Path, format_: str) -> None:
    from kg.store import open_store  # noqa: PLC0415
    from kg.tables import table_of, write  # noqa: PLC0415

    rows = [(one.name, len(one.papers), len(one.rows), len(one.edges)) for one in open_store(store).imports()]
    with whole_text(Path("-")) as file:
        write(table_of(("import", "papers", "things", "edges"), rows), format_, file)
