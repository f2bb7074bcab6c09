"""`kg ontology stats`: the tables, counted."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from kg.cli._options import examples, format_option, load_ontology, ontology_option
from kg.files import whole_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.ontology.statistics import Section

__all__ = ["command", "write_sections"]


@click.command(
    short_help="Count the entries.",
    epilog=examples("kg ontology stats", "kg ontology stats --format json | jq .[0].rows"),
)
@ontology_option
@format_option("table", "markdown", "json")
def command(ontology_folder: Path | None, format_: str) -> None:
    """Count the entries: by kind, how much is known of them, how the taxonomies look."""
    from kg.ontology.statistics import statistics  # noqa: PLC0415

    sections = statistics(load_ontology(ontology_folder))
    with whole_text(Path("-")) as file:
        if format_ == "json":
            file.write(json.dumps([asdict(section) for section in sections], indent=1, ensure_ascii=False) + "\n")
        else:
            write_sections(sections, format_, file)


def write_sections(sections: Iterable[Section], format_: str, file: TextIO) -> None:
    """Each section as a table under its title, for a terminal or as Markdown."""
    from kg.tables import table_of, write  # noqa: PLC0415

    mark = "## " if format_ == "markdown" else ""
    for number, section in enumerate(sections):
        file.write(f"{chr(10) * bool(number)}{mark}{section.title}\n\n{section.about}\n\n")
        write(table_of(section.columns, section.rows), format_, file)
