"""`kg ontology lock`: the ids that are published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli._options import examples, load_ontology, ontology_option

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command(
    short_help="Publish the ids of all entries.",
    epilog=examples("kg ontology lock", "kg ontology lock --ontology my-ontology/"),
)
@ontology_option
def command(ontology_folder: Path | None) -> None:
    """Write the ids of all entries into the lock file, published.tsv.

    Say it when entries are ready to be published: from then on `kg ontology check` asks that each id keeps its entry,
    or that redirects.tsv says what stands for it.
    """
    from kg.ontology.identity import lock  # noqa: PLC0415
    from kg.resources import ontology_folder as shipped  # noqa: PLC0415

    folder = ontology_folder or shipped()
    done = lock(folder, load_ontology(folder))
    click.secho(f"{done.ids:,} ids in {folder}: {done.new:,} new, {done.relabelled:,} with another label", err=True)
