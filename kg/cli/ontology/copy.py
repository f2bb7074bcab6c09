"""`kg ontology copy`: tables of one's own to begin with."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from kg.cli._options import examples, ontology_option
from kg.files import whole_folder

__all__ = ["command"]


@click.command(
    short_help="Copy the tables, to change them.",
    epilog=examples("kg ontology copy my-ontology", "kg build papers.jsonl --ontology my-ontology"),
)
@click.argument("folder", type=click.Path(path_type=Path))
@ontology_option
def command(folder: Path, ontology_folder: Path | None) -> None:
    """Copy the tables and the schema into a new FOLDER, to be changed and used with --ontology."""
    from kg.errors import OutputError  # noqa: PLC0415
    from kg.resources import ontology_folder as shipped  # noqa: PLC0415

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputError(f"{folder}: is there already; name a new folder")
    with whole_folder(folder) as made:
        for path in sorted((ontology_folder or shipped()).iterdir()):
            if path.is_file():
                shutil.copyfile(path, made / path.name)
    click.secho(f"{folder}: {len(list(folder.iterdir()))} files", err=True)
