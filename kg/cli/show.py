"""`kg show`: all about a node."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

import click

from kg.cli._options import examples, load_ontology, ontology_option, store_option

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.describe import Description, Neighbour
    from kg.selection import Evidence

__all__ = ["command", "quoted", "said_by"]

_INVERSE = {
    "introduces": "introduced by",
    "uses": "used by",
    "evaluatesOn": "evaluated on by",
    "extends": "extended by",
    "comparesWith": "compared with by",
    "addresses": "addressed by",
    "mentions": "mentioned by",
    "variantOf": "has variant",
    "partOf": "has part",
    "broader": "has narrower",
    "evaluatedOn": "evaluates",
    "trainedOn": "trains",
    "hasTask": "task of",
    "hasMetric": "metric of",
    "developedBy": "developed",
}


@click.command(
    epilog=examples(
        "kg show LoRA",
        "kg show 'llama 2 7b' --edges 20",
        "kg show 2106.09685",
        "kg show GSM8K --format json | jq .incoming",
    )
)
@click.argument("name")
@store_option
@ontology_option
@click.option(
    "--edges",
    "most",
    type=click.IntRange(0),
    default=6,
    show_default=True,
    help="Edges of each kind to print, 0 for all.",
)
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print."
)
def command(name: str, store: Path, ontology_folder: Path | None, most: int, format_: str) -> None:
    """Show a node: its names, kind, edges with their sentences, and the years in which papers speak of it.

    NAME is an entity's name in any spelling, a paper's id or title, or an IRI.
    """
    from kg.describe import show  # noqa: PLC0415
    from kg.errors import UnknownNameError  # noqa: PLC0415
    from kg.store import open_store  # noqa: PLC0415

    opened = open_store(store)
    try:
        found = show(opened, None, name)
    except UnknownNameError:
        found = show(opened, load_ontology(ontology_folder), name)
    if format_ == "json":
        click.echo(json.dumps(asdict(found), indent=2, ensure_ascii=False, sort_keys=True))
        return
    _print(found, most)


def _print(found: Description, most: int) -> None:
    from kg.tables import visible  # noqa: PLC0415

    head = " ".join(filter(None, (found.kind, found.level, str(found.year or ""))))
    click.echo(f"{click.style(visible(found.label), bold=True)}  ({head}{', ' + found.status if found.status else ''})")
    for title, value in (
        ("also", ", ".join(found.aliases)),
        ("arXiv", found.arxiv),
        ("date", found.date),
        ("url", found.url),
        ("node", found.iri),
        ("import", ", ".join(found.imports)),
    ):
        if value:
            click.echo(f"  {title:6} {visible(value)}")
    if found.kind != "Paper" and found.in_store:
        years = ", ".join(f"{year}: {count}" for year, count in found.timeline)
        click.echo(f"  papers {found.papers}{f' ({years})' if years else ''}")
    if not found.in_store:
        click.secho("  no paper in this store speaks of it; this is what the ontology knows", fg="yellow", err=True)
    for inverse, edges in ((False, found.outgoing), (True, found.incoming)):
        for predicate, group in groupby(edges, key=lambda edge: edge.predicate):
            _print_edges(_INVERSE[predicate] if inverse else predicate, list(group), most)


def _print_edges(title: str, edges: Sequence[Neighbour], most: int) -> None:
    from kg.tables import visible  # noqa: PLC0415

    told = {
        (evidence.paper, evidence.sentence) for edge in edges if edge.source == "lifted" for evidence in edge.evidence
    }
    # What a paper says of a thing it introduces stands twice in the graph: once of the thing is enough to read.
    edges = [edge for edge in edges if edge.source != "paper" or (edge.iri, _sentence(edge)) not in told]
    click.secho(f"\n{title}  {len(edges)}", fg="cyan")
    for edge in edges[: most or None]:
        about = ", ".join(
            filter(
                None,
                (
                    str(edge.year or ""),
                    said_by(edge.source, edge.confidence),
                    f"{edge.support} papers" if edge.support > 1 else "",
                    "tentative" if edge.hedged else "",
                ),
            )
        )
        click.echo(f"  {visible(edge.label)}  ({about})")
        for evidence in edge.evidence[:1]:
            click.echo(f"      {quoted(evidence)}")
    if most and len(edges) > most:
        click.echo(f"  ... and {len(edges) - most} more (--edges 0 shows all)")


def said_by(source: str, confidence: float) -> str:
    """Who says an edge, and how sure that is."""
    if source == "ontology":
        return source
    sure = f"confidence {confidence:.2f}"
    return f"imported, {sure}" if source == "curated" else sure


def _sentence(edge: Neighbour) -> str:
    return edge.evidence[0].sentence if edge.evidence else ""


def quoted(evidence: Evidence) -> str:
    """The sentence with what was read in it marked, safe for a terminal."""
    from kg.tables import visible  # noqa: PLC0415

    sentence, start, end = evidence.sentence, evidence.start, evidence.end
    marked = click.style(visible(sentence[start:end]), underline=True)
    return f"“{visible(sentence[:start])}{marked}{visible(sentence[end:])}”"
