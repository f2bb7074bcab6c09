"""`kg ontology show`: what the tables know of a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli._options import examples, load_ontology, ontology_option

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command(epilog=examples("kg ontology show LoRA", "kg ontology show 'Llama-2-7b-chat'"))
@click.argument("name")
@ontology_option
def command(name: str, ontology_folder: Path | None) -> None:
    """Show what the ontology knows of a NAME, in any spelling, and what its names need to be recognised."""
    from kg.errors import UnknownNameError  # noqa: PLC0415

    ontology = load_ontology(ontology_folder)
    found = ontology.find(name)
    if not found:
        raise UnknownNameError("entry", name, ontology.near(name), "kg ontology list shows all")
    for entity in found:
        click.secho(f"{entity.label}  {entity.kind}{' ' + entity.level if entity.level else ''}", bold=True)
        click.echo(f"  node       {entity.iri}")
        for title, value in (
            ("also", ", ".join(entity.aliases)),
            ("year", entity.year),
            ("arXiv", entity.arxiv),
            ("made by", entity.organisation),
            ("about", ", ".join(entity.categories)),
            ("source", entity.source),
        ):
            if value:
                click.echo(f"  {title:9}  {value}")
        for predicate, parent in entity.parents:
            held = ontology.entities.get(parent)
            click.echo(f"  {predicate:9}  {held.label if held else parent}")
    for sense in ontology.senses_of(name):
        needs = ["this exact spelling"] * sense.exact_case + [f"one of: {', '.join(sense.cues)}"] * (
            bool(sense.cues) and not sense.default
        )
        click.echo(f"  {sense.alias!r} means {sense.iri} {'with ' + ' and '.join(needs) if needs else 'by default'}")
