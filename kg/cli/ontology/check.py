"""`kg ontology check`: what is wrong with the tables."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kg.cli._options import examples, ontology_option

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command(
    short_help="Check every row of the tables.",
    epilog=examples("kg ontology check", "kg ontology check --ontology my-ontology/"),
)
@ontology_option
def command(ontology_folder: Path | None) -> None:
    """Check every row of the tables; print each problem as file:line and leave with 1 if there is one."""
    from kg.ontology import check as problems_of  # noqa: PLC0415
    from kg.resources import ontology_folder as shipped  # noqa: PLC0415

    folder = ontology_folder or shipped()
    problems = problems_of(folder)
    for problem in problems:
        click.echo(problem)
    if problems:
        click.secho(f"{len(problems)} problem{'s' * (len(problems) != 1)} in {folder}", fg="red", err=True)
        sys.exit(1)
    click.secho(f"no problem in {folder}", fg="green", err=True)
