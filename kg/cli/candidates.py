"""`kg candidates`: names the ontology lacks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli._options import examples, format_option, load_ontology, ontology_option, store_option
from kg.cli.ontology.add import KINDS, entry_options, write_entry
from kg.files import whole_text

if TYPE_CHECKING:
    from kg.candidates import Candidate

__all__ = ["command"]


@click.command(
    epilog=examples(
        "kg candidates --min-papers 5",
        "kg candidates --kind benchmark --format csv > to-look-at.csv",
        "kg candidates --name StripeBench",
        "kg candidates --accept StripeBench --kind benchmark --task 'question answering' --ontology my-ontology",
    )
)
@store_option
@ontology_option
@click.option(
    "--kind", type=click.Choice(tuple(KINDS)), help="Only names taken for this kind; with --accept, its kind."
)
@click.option("--min-papers", type=click.IntRange(1), default=3, show_default=True, help="Papers that use the name.")
@click.option("--limit", type=click.IntRange(0), default=50, show_default=True, help="Names to list, 0 for all.")
@click.option("--name", help="Show this one, with sentences.")
@click.option("--accept", metavar="NAME", help="Write this one into the ontology's tables.")
@entry_options
@format_option("table", "csv", "tsv", "json", "markdown")
def command(
    store: Path,
    ontology_folder: Path | None,
    kind: str | None,
    min_papers: int,
    limit: int,
    name: str | None,
    accept: str | None,
    format_: str,
    **known: Any,
) -> None:
    """List names that many papers use and the ontology lacks, with a sentence each, ready to accept.

    Kind, year and arXiv id of an accepted name are those its papers say, unless options say others.
    """
    from kg.candidates import candidates  # noqa: PLC0415
    from kg.store import open_store  # noqa: PLC0415

    one = accept or name
    if any(known[field] for field in known if field != "source") and not accept:
        raise click.UsageError("Options that describe an entry go with --accept.")
    wanted = () if one or kind is None else (KINDS[kind],)
    ontology = load_ontology(ontology_folder)
    found = candidates(open_store(store).facts(), ontology, min_papers=1 if one else min_papers, kinds=wanted)
    if one:
        chosen = _chosen(one, found)
        if accept:
            _accept(chosen, kind, ontology_folder, known)
        else:
            _show(chosen)
        return
    _list(found, limit, format_)
    if not found:
        click.secho(f"no such name in {min_papers} or more papers", err=True)
        if min_papers > 1:
            click.secho("--min-papers 1 lists those of a single paper", err=True)


def _list(found: tuple[Candidate, ...], limit: int, format_: str) -> None:
    from kg.tables import table_of, write  # noqa: PLC0415

    rows = (
        (one.name, one.kind and one.kind.value, one.papers, " | ".join(one.introduced_by), one.examples[0].sentence)
        for one in found[: limit or None]
    )
    with whole_text(Path("-")) as file:
        write(table_of(("name", "kind", "papers", "introduced by", "sentence"), rows), format_, file)
    if limit and len(found) > limit:
        click.secho(f"{len(found) - limit:,} more: --limit 0 lists all", err=True)


def _chosen(name: str, found: tuple[Candidate, ...]) -> Candidate:
    from kg.errors import UnknownNameError  # noqa: PLC0415
    from kg.identifiers import normal_form  # noqa: PLC0415

    for one in found:
        if normal_form(one.name) == normal_form(name):
            return one
    raise UnknownNameError("candidate", name, (one.name for one in found), "kg candidates lists them")


def _show(one: Candidate) -> None:
    from kg.tables import visible  # noqa: PLC0415

    kind = one.kind.value if one.kind else "of no certain kind"
    click.secho(f"{visible(one.name)}  {kind}, in {one.papers} paper{'s' * (one.papers != 1)}", bold=True)
    if len(one.spellings) > 1:
        click.echo(f"  also       {visible(', '.join(one.spellings[1:]))}")
    if len(one.introduced_by) > 1:
        click.echo(f"  introduced by {len(one.introduced_by)} papers: several things may share the name")
    for example in one.examples:
        click.echo(f"  {visible(example.sentence)}\n    {visible(example.title)} [{visible(example.paper)}]")


def _accept(one: Candidate, kind: str | None, ontology_folder: Path | None, known: dict[str, Any]) -> None:
    from kg.ontology.editing import takes  # noqa: PLC0415
    from kg.resources import ontology_folder as shipped  # noqa: PLC0415

    chosen = KINDS[kind] if kind else one.kind
    if chosen is None:
        raise click.UsageError(f"Papers do not say what kind of thing {one.name} is: give --kind.")
    said = {"year": str(one.year or ""), "arxiv": one.arxiv or ""}
    for field in takes(chosen).intersection(said):
        known[field] = known[field] or said[field]
    write_entry(ontology_folder or shipped(), chosen, one.name, known)
    if len(one.introduced_by) > 1:
        many = f"{len(one.introduced_by)} papers introduce something of this name"
        click.secho(f"{many}: see that year and arXiv id are of the one you mean", fg="yellow", err=True)
