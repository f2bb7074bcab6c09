"""`kg ontology diff`: what changed from one set of tables to another."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli._options import examples, format_option, load_ontology
from kg.files import whole_text

__all__ = ["command"]

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command(
    epilog=examples(
        "kg ontology diff my-ontology/",
        "kg ontology diff old-ontology/ new-ontology/ --format json",
        "git worktree add /tmp/before HEAD~20 && kg ontology diff /tmp/before/ontology ontology",
    )
)
@click.argument("folders", metavar="[OLD] NEW", nargs=-1, required=True, type=_FOLDER)
@format_option("table", "csv", "tsv", "json", "markdown")
def command(folders: tuple[Path, ...], format_: str) -> None:
    """List what came, went, moved or changed from the tables in OLD to those in NEW.

    OLD is the ontology that ships with kg where only one folder is named. Nothing is printed where both say the same.
    """
    from kg.ontology.difference import differences  # noqa: PLC0415
    from kg.tables import table_of, write  # noqa: PLC0415

    if len(folders) > 2:
        raise click.UsageError("One folder or two are compared.")
    old, new = (None, *folders) if len(folders) == 1 else folders
    changes = differences(load_ontology(old), load_ontology(new))
    if changes:
        rows = ((one.node, one.event.value, one.what, one.before, one.after) for one in changes)
        with whole_text(Path("-")) as file:
            write(table_of(("node", "change", "what", "before", "after"), rows), format_, file)
    click.secho(f"{len(changes):,} change{'s' * (len(changes) != 1)}" if changes else "no change", err=True)
