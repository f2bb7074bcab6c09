"""`kg extract`: facts of papers, one JSON object a line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kg.cli._options import (
    examples,
    inputs_argument,
    load_ontology,
    ontology_option,
    output_option,
    processes,
    progress,
    report_problems,
    workers_option,
)
from kg.files import whole_text

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command(
    epilog=examples(
        "kg extract listing.html -o facts.jsonl",
        'echo \'{"title": "Q", "abstract": "We fine-tune Llama 2 7B with LoRA."}\' | kg extract - | jq .mentions',
    )
)
@inputs_argument
@output_option
@click.option("--strict", is_flag=True, help="Leave with 1 if any record was refused.")
@ontology_option
@workers_option
def command(
    inputs: tuple[str, ...], output: Path, ontology_folder: Path | None, workers: int | None, *, strict: bool
) -> None:
    """Find what papers say, as JSON lines; no graph is built.

    Each line holds a paper's mentions (with offsets into title, line break, abstract), relations with their evidence,
    results and the names that were seen and not linked. INPUT is any file `kg build` reads.
    """
    from kg.facts import to_json  # noqa: PLC0415
    from kg.papers import read_papers  # noqa: PLC0415
    from kg.pipeline import extract  # noqa: PLC0415

    reading = read_papers(inputs, stdin=sys.stdin.buffer)
    refused = report_problems(reading.problems)
    ontology = load_ontology(ontology_folder)
    with whole_text(output) as file, progress("reading papers", len(reading.papers)) as step:
        for facts in extract(reading.papers, ontology, workers=processes(workers, len(reading.papers))):
            file.write(to_json(facts) + "\n")
            step(1)
    if refused and (strict or not reading.papers):
        sys.exit(1)
