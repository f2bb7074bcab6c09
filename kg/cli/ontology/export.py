"""`kg ontology export`: the ontology for the tools of vocabularies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli._options import examples, load_ontology, ontology_option, output_option
from kg.files import whole_file

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]

FORMATS = ("turtle", "skos", "terms")
"""The names of `kg.exporters.VOCABULARY_FORMATS`, said again so that `--help` need not import them."""


@click.command(
    short_help="Write all entries for other tools.",
    epilog=examples(
        "kg ontology export turtle -o entities.ttl",
        "kg ontology export skos -o skos.ttl",
        "kg ontology export terms | less",
    ),
)
@click.argument("format_", metavar="FORMAT", type=click.Choice(FORMATS))
@output_option
@ontology_option
def command(format_: str, output: Path, ontology_folder: Path | None) -> None:
    """Write every entry, whatever papers say of it.

    FORMAT is turtle (our vocabulary, for Protégé beside schema.ttl), skos (concept schemes, in Turtle) or terms (a
    table with the columns of OBO: id, name, synonym, is_a, relationship, xref).
    """
    from kg.exporters import write_vocabulary  # noqa: PLC0415

    ontology = load_ontology(ontology_folder)
    with whole_file(output) as file:
        counts = write_vocabulary(ontology, format_, file)
    click.secho(f"{output.name}: {counts.triples or counts.rows:,} {'triples' if counts.triples else 'rows'}", err=True)
