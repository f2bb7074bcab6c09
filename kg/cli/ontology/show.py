"""`kg ontology show`: what the tables know of a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli._options import examples, load_ontology, ontology_option
from kg.vocabulary import Predicate

if TYPE_CHECKING:
    from pathlib import Path

    from kg.ontology import Entity, Ontology
    from kg.ontology.composed import Resolved

__all__ = ["command"]


@click.command(
    short_help="Show what a name means.", epilog=examples("kg ontology show LoRA", "kg ontology show 'Llama-2-7b-chat'")
)
@click.argument("name")
@ontology_option
def command(name: str, ontology_folder: Path | None) -> None:
    """Show what the ontology knows of a NAME, in any spelling, and what its names need to be recognised.

    A model or benchmark that has no row is shown where its name is one the grammars read: `Llama 9 12B chat`.
    """
    from kg.errors import UnknownNameError  # noqa: PLC0415

    ontology = load_ontology(ontology_folder)
    found = ontology.find(name)
    for entity in found:
        _show(entity, ontology)
    if not found:
        read = ontology.read(name)
        if read is None:
            raise UnknownNameError("entry", name, ontology.near(name), "kg ontology list shows all")
        _show_composed(read, ontology)
    for sense in ontology.senses_of(name):
        click.echo(f"  {sense.alias!r} means {sense.iri}: {sense.needs}")


def _show(entity: Entity, ontology: Ontology) -> None:
    click.secho(f"{entity.label}  {entity.kind}{' ' + entity.level if entity.level else ''}", bold=True)
    _line("node", entity.iri)
    for title, value in (
        ("also", ", ".join(entity.aliases)),
        ("year", entity.year),
        ("arXiv", entity.arxiv),
        ("made by", entity.organisation),
        ("about", ", ".join(entity.categories)),
        ("source", entity.source),
    ):
        if value:
            _line(title, value)
    for predicate, parent in entity.parents:
        if predicate is not Predicate.DEVELOPED_BY:  # said as "made by"
            _line(predicate, ontology.entities[parent].label)


def _show_composed(read: Resolved, ontology: Ontology) -> None:
    """What the grammars make of a name that no row has."""
    above = ontology.entities[read.new[-1].parent]
    click.secho(f"{read.label}  {above.kind}, read by the grammar of names: no row has it", bold=True)
    _line("node", read.iri)
    for label in (*(new.label for new in read.new[1:]), above.label):
        _line(Predicate.VARIANT_OF, label)


def _line(title: str, value: object) -> None:
    click.echo(f"  {title:10} {value}")
