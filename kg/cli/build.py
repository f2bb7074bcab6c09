"""`kg build`: papers in, a published graph out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kg.cli._options import (
    examples,
    inputs_argument,
    load_ontology,
    ontology_option,
    processes,
    progress,
    report_problems,
    store_option,
    workers_option,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.papers import Reading
    from kg.store import BuildSummary

__all__ = ["command", "print_summary", "read"]


@click.command(
    epilog=examples(
        "kg build pages/*.html",
        "kg build papers.jsonl refs.bib dump.json.gz --store my-graph",
        "curl -s https://export.arxiv.org/api/query?... | kg build -",
    )
)
@inputs_argument
@store_option
@click.option("--strict", is_flag=True, help="Build nothing and leave with 1 if any record is refused.")
@ontology_option
@workers_option
def command(
    inputs: tuple[str, ...], store: Path, ontology_folder: Path | None, workers: int | None, *, strict: bool
) -> None:
    """Read papers and build the graph in the store, in place of what was there.

    INPUT is a saved listing page (text or HTML), JSON or JSON lines with title and abstract, the arXiv metadata
    snapshot, Daily Papers JSON, arXiv Atom or OAI-PMH, BibTeX, CSV or TSV with a header, any of these as .gz or .zst, a
    folder of them, or - for standard input. Formats are recognised by content. The old graph stays usable until the new
    one is complete.
    """
    from kg.pipeline import build  # noqa: PLC0415

    reading = read(inputs, strict=strict)
    ontology = load_ontology(ontology_folder)
    with progress("reading papers", len(reading.papers)) as step:
        summary = build(reading.papers, store, ontology, workers=processes(workers, len(reading.papers)), step=step)
    print_reading(reading)
    print_summary(summary)


def read(inputs: Iterable[str], *, strict: bool) -> Reading:
    """The papers of the inputs; refused records are named on standard error. Leaves with 1 where no paper is left."""
    from kg.papers import read_papers  # noqa: PLC0415

    reading = read_papers(tuple(inputs), stdin=sys.stdin.buffer)
    refused = report_problems(reading.problems)
    if strict and refused:
        raise click.ClickException(f"{refused} refused under --strict; the graph is as it was")
    if not reading.papers:
        raise click.ClickException("no paper could be read; the graph is as it was")
    return reading


def print_reading(reading: Reading) -> None:
    """What was read, for people, on standard error."""
    several = sum(len(paper.sightings) > 1 for paper in reading.papers)
    click.echo(
        f"read      {reading.entries:,} entries of {reading.sources:,} source{'s' * (reading.sources != 1)}: "
        f"{len(reading.papers):,} different papers, {several:,} of them seen more than once, "
        f"{len(reading.problems):,} refused",
        err=True,
    )
    if undated := sum(paper.date is None for paper in reading.papers):
        click.echo(f"undated   {undated:,} of them, which questions about years leave out", err=True)


def print_summary(summary: BuildSummary) -> None:
    """What the store holds, for people, on standard error."""

    def line(title: str, total: int, parts: Iterable[tuple[str, int]]) -> None:
        listed = ", ".join(
            f"{count:,} {name}" for name, count in sorted(parts, key=lambda part: (-part[1], part[0])) if count
        )
        click.echo(f"{title:9} {total:,}{f': {listed}' if listed else ''}", err=True)

    line("papers", summary.papers, ())
    line("entities", sum(count for _, count in summary.nodes), summary.nodes)
    line("edges", sum(count for _, count in summary.relations), summary.relations)
    line("between", sum(count for _, count in summary.edges), summary.edges)
    line("mentions", summary.mentions, ())
    line("results", summary.results, ())
    same = "" if summary.changed else " (as it was)"
    click.echo(f"store     {summary.folder}: {summary.triples:,} triples{same}", err=True)
