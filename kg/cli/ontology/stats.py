"""`kg ontology stats`: the tables, counted."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli._options import examples, format_option, load_ontology, ontology_option
from kg.files import whole_text

__all__ = ["command"]


@click.command(epilog=examples("kg ontology stats", "kg ontology stats --format markdown > STATISTICS.md"))
@ontology_option
@format_option("table", "markdown", "json")
def command(ontology_folder: Path | None, format_: str) -> None:
    """Count the entries: by kind, how much is known of them, how the taxonomies look."""
    import json  # noqa: PLC0415
    from dataclasses import asdict  # noqa: PLC0415

    from kg.ontology.statistics import statistics  # noqa: PLC0415
    from kg.tables import table_of, write  # noqa: PLC0415

    sections = statistics(load_ontology(ontology_folder))
    with whole_text(Path("-")) as file:
        if format_ == "json":
            file.write(json.dumps([asdict(section) for section in sections], indent=1, ensure_ascii=False) + "\n")
            return
        for number, section in enumerate(sections):
            mark = "## " if format_ == "markdown" else ""
            file.write(f"{chr(10) * bool(number)}{mark}{section.title}\n\n{section.about}\n\n")
            write(table_of(section.columns, section.rows), format_, file)
