"""`kg ontology`: check, list and show the ontology's entries."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli._options import examples, format_option, load_ontology, ontology_option
from kg.files import whole_text
from kg.vocabulary import Kind

__all__ = ["command"]

PLURALS = {
    "models": Kind.MODEL,
    "methods": Kind.METHOD,
    "benchmarks": Kind.BENCHMARK,
    "datasets": Kind.DATASET,
    "tasks": Kind.TASK,
    "metrics": Kind.METRIC,
}


@click.group(epilog=examples("kg ontology check", "kg ontology list metrics", "kg ontology show 'llama-2 7b'"))
def command() -> None:
    """Check, list and show the ontology's entries."""


@command.command(epilog=examples("kg ontology check", "kg ontology check --ontology my-ontology/"))
@ontology_option
def check(ontology_folder: Path | None) -> None:
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


@command.command(name="list", epilog=examples("kg ontology list models", "kg ontology list --format csv > names.csv"))
@click.argument("kinds", nargs=-1, type=click.Choice(sorted(PLURALS)))
@ontology_option
@format_option("table", "csv", "tsv", "json", "markdown")
def list_(kinds: tuple[str, ...], ontology_folder: Path | None, format_: str) -> None:
    """List the entries of some KINDS, or of all."""
    from kg.tables import resource, table_of, write  # noqa: PLC0415

    wanted = [PLURALS[kind] for kind in kinds] or list(Kind)
    rows = (
        (entity.kind.value, entity.label, " | ".join(entity.aliases), entity.year, entity.arxiv, resource(entity.iri))
        for entity in load_ontology(ontology_folder).of_kind(*wanted)
    )
    with whole_text(Path("-")) as file:
        write(table_of(("kind", "label", "aliases", "year", "arxiv", "node"), rows), format_, file)


@command.command(epilog=examples("kg ontology show LoRA", "kg ontology show 'Llama-2-7b-chat'"))
@click.argument("name")
@ontology_option
def show(name: str, ontology_folder: Path | None) -> None:
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
