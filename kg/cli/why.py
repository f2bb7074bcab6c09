"""`kg why`: the sentences that join two nodes."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.cli._options import examples, store_option
from kg.cli.show import quoted, said_by

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.selection import Evidence

__all__ = ["command"]


@click.command(epilog=examples("kg why QLoRA LoRA", "kg why 2305.14314 'Llama 2 7B'", "kg why Mamba GSM8K --paths 5"))
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@store_option
@click.option(
    "--paths",
    type=click.IntRange(1, 50),
    default=3,
    show_default=True,
    help="Shortest paths to print where A and B are not joined.",
)
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print."
)
def command(start: str, end: str, store: Path, paths: int, format_: str) -> None:
    """Show the sentences behind the edges between A and B, or along the shortest paths from one to the other.

    A and B are names of entities in any spelling, ids or titles of papers, or IRIs. Paths go over no metric, task or
    organisation: what two things share with hundreds does not join them. If A or B is a task or a metric, its own kind
    is open. Leaves with 1 if nothing joins them.
    """
    from kg.describe import why  # noqa: PLC0415
    from kg.store import open_store  # noqa: PLC0415
    from kg.tables import visible  # noqa: PLC0415

    found = why(open_store(store), start, end, most=paths)
    if format_ == "json":
        click.echo(json.dumps(asdict(found), indent=2, ensure_ascii=False, sort_keys=True))
        sys.exit(0 if found.connections else 1)
    if not found.connections:
        same = found.start == found.end
        first, last = visible(found.start_label), visible(found.end_label)
        click.echo(
            f"{start!r} and {end!r} are one node: {first}" if same else f"nothing joins {first} and {last}", err=True
        )
        sys.exit(0 if same else 1)
    for number, connection in enumerate(found.connections):
        if number:
            click.echo()
        if found.length > 1:
            click.secho(visible(" — ".join(connection.labels)), bold=True)
        for edges in connection.steps:
            for edge in edges:
                said = said_by(edge.source, edge.confidence)
                predicate = click.style(edge.predicate, fg="cyan")
                click.echo(f"{visible(edge.subject_label)} {predicate} {visible(edge.object_label)}  ({said})")
                for evidence in _once(edge.evidence):
                    click.echo(f"    {quoted(evidence)}")
                    click.echo(
                        f"    {click.style(visible(evidence.paper_title), dim=True)}, by the rule {evidence.rule!r}"
                    )


def _once(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The first of each sentence and rule: a sentence that says a thing in two places is read once."""
    kept: dict[tuple[str, str], Evidence] = {}
    for one in evidence:
        kept.setdefault((one.sentence, one.rule), one)
    return tuple(kept.values())
