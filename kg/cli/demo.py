"""`kg demo`: the graph of landmark papers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from kg.cli._options import examples, progress
from kg.cli.build import print_reading, print_summary, read
from kg.files import whole_text

__all__ = ["command"]

QUESTION: tuple[str, dict[str, Any]] = ("extends", {"thing": "LoRA"})


@click.command(epilog=examples("kg demo", "kg demo --folder /tmp/tour && kg show LoRA --store /tmp/tour/store"))
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo-out"),
    show_default=True,
    help="Where to leave it.",
)
def command(folder: Path) -> None:
    """Build the graph of landmark papers that ships with kg, answer one question, write the interactive page.

    The papers are described in our own words.
    """
    from kg.ontology import load_ontology  # noqa: PLC0415
    from kg.papers import Sighting  # noqa: PLC0415
    from kg.pipeline import build  # noqa: PLC0415
    from kg.queries import run  # noqa: PLC0415
    from kg.resources import demo_papers  # noqa: PLC0415
    from kg.store import open_store  # noqa: PLC0415
    from kg.tables import Table, write  # noqa: PLC0415
    from kg.viewer import write_overview  # noqa: PLC0415

    store, page = folder / "store", folder / "kg.html"
    reading = read([str(demo_papers())], strict=True)
    # where the package is installed is nobody's business, and the graph is to be the same everywhere
    papers = [replace(paper, sightings=(Sighting(demo_papers().name),)) for paper in reading.papers]
    with progress("reading papers", len(papers)) as step:
        summary = build(papers, store, load_ontology(), step=step)
    print_reading(reading)
    print_summary(summary)
    opened = open_store(store)
    name, values = QUESTION
    said = " ".join(f"{key}={value}" for key, value in values.items())
    click.secho(f"\n$ kg query {name} {said} --store {store}", bold=True)
    answer = run(opened, name, limit=12, **values)
    assert isinstance(answer, Table)
    with whole_text(Path("-")) as file:
        write(answer, "table", file)
    write_overview(opened, page, title="Landmark papers of machine learning", max_nodes=450)
    click.secho("\nThe interactive graph (open it in a browser):", bold=True)
    click.echo(page.resolve())
    click.echo(
        f"\nNext: kg show LoRA --store {store}    kg why QLoRA LoRA --store {store}    kg query --store {store}",
        err=True,
    )
