"""`kg ontology add`: a new entry."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

import click

from kg.cli._options import examples, load_ontology, ontology_option
from kg.vocabulary import Kind

if TYPE_CHECKING:
    from pathlib import Path

    from kg.ontology import Ontology

__all__ = ["KINDS", "command", "entry_options", "write_entry"]

KINDS: Final = {kind.folder: kind for kind in Kind}
"""The kinds as the command line says them."""
_ASKED: Final = {
    Kind.MODEL: ("organisation", "year"),
    Kind.METHOD: ("broader", "year"),
    Kind.BENCHMARK: ("tasks", "year"),
    Kind.DATASET: ("tasks", "year"),
    Kind.TASK: ("broader",),
    Kind.METRIC: ("higher_is_better",),
}
"""What a person is asked for, of each kind, when it was not given."""
_QUESTIONS: Final = {
    "organisation": "Made by (an organisation, or nothing)",
    "year": "Year it first appeared (or nothing)",
    "broader": "It is a kind of (a name of the ontology, or nothing)",
    "tasks": "Task it is for (a name of the ontology, or nothing)",
    "higher_is_better": "Is higher better? (yes, no, or nothing)",
}


def entry_options(function: Any) -> Any:
    """Add the options that say what is known of a new entry."""
    for option in reversed(
        (
            click.option("--alias", "aliases", multiple=True, help="Another name of it; may be repeated."),
            click.option("--year", help="Year it first appeared."),
            click.option("--arxiv", help="arXiv id of the paper that introduces it."),
            click.option("--source", default="general knowledge", show_default=True, help="Where you have this from."),
            click.option("--cue", "cues", multiple=True, help="Word near the name where it means this; repeatable."),
            click.option("--organisation", help="Who made a model."),
            click.option("--parent", help="Model it is a version or checkpoint of."),
            click.option("--level", type=click.Choice(("family", "version", "checkpoint")), help="Of a model."),
            click.option("--pattern", help="How versions of a model family are written: 'Qwen#'."),
            click.option("--modality", help="What a model or benchmark is about: text, image | text, ..."),
            click.option("--broader", help="Method or task that it is a kind of."),
            click.option("--extends", multiple=True, help="Model or method it builds on; may be repeated."),
            click.option("--category", help="Topic of a method."),
            click.option("--area", help="Area of a task."),
            click.option("--domain", help="Domain of a benchmark."),
            click.option("--part-of", help="Benchmark or dataset it is a part of."),
            click.option("--variant-of", help="Benchmark or dataset it is a variant of."),
            click.option("--task", "tasks", multiple=True, help="Task it is for; may be repeated."),
            click.option("--metric", "metrics", multiple=True, help="Metric of a benchmark; may be repeated."),
            click.option("--higher-is-better", type=click.Choice(("yes", "no")), help="Of a metric."),
            click.option("--unit", help="Unit of a metric: percent, seconds, ..."),
        )
    ):
        function = option(function)
    return function


@click.command(
    short_help="Add an entry: its row in the right table.",
    epilog=examples(
        "kg ontology add method 'Zebra Attention' --broader attention --year 2026 --arxiv 2601.01234",
        "kg ontology add model 'Zephyrus 3 70B' --organisation 'Some Lab'",
        "kg ontology add benchmark ZebraBench --task 'question answering' --metric accuracy",
        "kg ontology add method Stripe --cue attention --cue sparse",
    ),
)
@click.argument("kind", type=click.Choice(tuple(KINDS)))
@click.argument("name")
@entry_options
@ontology_option
def command(kind: str, name: str, ontology_folder: Path | None, **known: Any) -> None:
    """Add a KIND of thing called NAME: its row in the right table, in its place, checked before it is written.

    Parents, tasks and metrics are given by name, as people write them. On a terminal you are asked for what matters
    and was not given. A new model of a known family needs no row: the grammar reads its name; give it one when there is
    more to say.
    """
    from kg.resources import ontology_folder as shipped  # noqa: PLC0415

    write_entry(ontology_folder or shipped(), KINDS[kind], name, known)


def write_entry(folder: Path, kind: Kind, name: str, known: dict[str, Any]) -> None:
    """The entry is in the tables, and what was written is said on standard error."""
    from kg.ontology import editing  # noqa: PLC0415
    from kg.ontology.tables import TABLE_OF, TABLES  # noqa: PLC0415

    ontology = load_ontology(folder)
    _refuse_known(name, kind, ontology)
    values = {field: value for field, value in known.items() if value}
    if kind is Kind.MODEL:
        values = _place_of(name, ontology) | values
    if sys.stdin.isatty():
        for field in _ASKED[kind]:
            if field not in values:
                answer = click.prompt(_QUESTIONS[field], default="", show_default=False, err=True).strip()
                if answer:
                    values[field] = (answer,) if field == "tasks" else answer
    iri = editing.add(folder, editing.Entry(kind, name, **values))
    entity = load_ontology(folder).entities[iri]
    click.secho(f"{entity.label}, a {entity.kind.value.lower()}: {iri}", err=True)
    click.secho(f"written to {folder / TABLES[TABLE_OF[kind]].file}:{entity.line}", err=True)


def _refuse_known(name: str, kind: Kind, ontology: Ontology) -> None:
    from kg.errors import EntryError  # noqa: PLC0415

    for entity in ontology.find(name):
        if entity.kind is kind:
            raise EntryError(
                f"{name!r} is there already: {entity.label}, {entity.kind.folder}/{entity.id}; edit its row instead"
            )


def _place_of(name: str, ontology: Ontology) -> dict[str, str]:
    """Level and parent of a model's name as the grammar reads it; a family where it reads nothing."""
    from kg.ontology.models import resolve  # noqa: PLC0415

    read = ontology.grammar.parse(name)
    if read is None:
        return {"level": "family"}
    found = resolve(read, ontology)
    parent = found.new[0].parent if found.new else found.iri
    while parent not in ontology.entities:
        parent = next(one.parent for one in found.new if one.iri == parent)
    checkpoint = read.size is not None or read.variant
    return {"level": "checkpoint" if checkpoint else "version", "parent": ontology.entities[parent].label}
