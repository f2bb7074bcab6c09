"""`kg add`: more papers into the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli._options import (
    examples,
    inputs_argument,
    load_ontology,
    ontology_option,
    processes,
    progress,
    store_option,
    workers_option,
)
from kg.cli.build import print_reading, print_summary, read

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command(epilog=examples("kg add todays-page.html", "kg add new.jsonl --store my-graph"))
@inputs_argument
@store_option
@click.option("--strict", is_flag=True, help="Add nothing and leave with 1 if any record is refused.")
@ontology_option
@workers_option
def command(
    inputs: tuple[str, ...], store: Path, ontology_folder: Path | None, workers: int | None, *, strict: bool
) -> None:
    """Add papers to the graph, or read them anew; the result is that of one build of all of them.

    A paper that is there already gets its new sightings. INPUT is what `kg build` reads.
    """
    from kg.pipeline import add  # noqa: PLC0415

    reading = read(inputs, strict=strict)
    ontology = load_ontology(ontology_folder)
    with progress("reading papers", len(reading.papers)) as step:
        summary = add(reading.papers, store, ontology, workers=processes(workers, len(reading.papers)), step=step)
    print_reading(reading)
    print_summary(summary)
