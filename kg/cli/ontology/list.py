"""`kg ontology list`: the entries."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli._options import examples, format_option, load_ontology, ontology_option
from kg.files import whole_text
from kg.vocabulary import Kind

__all__ = ["command"]

PLURALS = {f"{kind.folder}s": kind for kind in Kind}


@click.command(
    short_help="List the entries.",
    epilog=examples("kg ontology list models", "kg ontology list --format csv > names.csv"),
)
@click.argument("kinds", nargs=-1, type=click.Choice(sorted(PLURALS)))
@ontology_option
@format_option("table", "csv", "tsv", "json", "markdown")
def command(kinds: tuple[str, ...], ontology_folder: Path | None, format_: str) -> None:
    """List the entries of some KINDS, or of all."""
    from kg.tables import resource, table_of, write  # noqa: PLC0415

    wanted = [PLURALS[kind] for kind in kinds] or list(Kind)
    rows = (
        (entity.kind.value, entity.label, " | ".join(entity.aliases), entity.year, entity.arxiv, resource(entity.iri))
        for entity in load_ontology(ontology_folder).of_kind(*wanted)
    )
    with whole_text(Path("-")) as file:
        write(table_of(("kind", "label", "aliases", "year", "arxiv", "node"), rows), format_, file)
