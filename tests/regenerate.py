"""Writes the generated files anew: `python -m tests.regenerate docs`. A test compares them with what it would write."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import click

from kg.cli import COMMANDS, cli
from kg.cli.ontology.stats import write_sections
from kg.exporters.rdf.jsonld import CONTEXT
from kg.ontology import load_ontology
from kg.ontology.statistics import statistics
from kg.resources import ontology_folder
from tests.schema_files import context_text

ROOT = Path(__file__).parents[1]
CLI_PAGE = ROOT / "docs" / "cli.md"
ONTOLOGY_PAGE = ROOT / "docs" / "ontology.md"


def help_text(command: click.Command, name: str, parent: click.Context) -> str:
    """What `kg ... --help` prints, at a fixed width."""
    context = click.Context(
        command,
        info_name=name,
        parent=parent,
        max_content_width=100,
        terminal_width=100,
        help_option_names=["-h", "--help"],
    )
    return command.get_help(context).rstrip()


def cli_page() -> str:
    """The page of all commands."""
    parts = [
        "# The command line",
        "",
        "Written by `make docs` from the commands' own help; a test fails when it drifts.",
        "",
    ]
    root = click.Context(click.Group("kg"), info_name="kg")
    for name in COMMANDS:
        command = cli.get_command(root, name)
        parts += [f"## kg {name}", "", "```text", help_text(command, name, root), "```", ""]
        if isinstance(command, click.Group):
            group = click.Context(command, info_name=name, parent=root)
            for inner, subcommand in command.commands.items():
                parts += [f"### kg {name} {inner}", "", "```text", help_text(subcommand, inner, group), "```", ""]
    return "\n".join(parts).rstrip() + "\n"


def ontology_page() -> str:
    """The page of statistics of the ontology."""
    file = io.StringIO()
    file.write(
        "# The ontology in numbers\n\nWritten by `make docs`; `kg ontology stats` counts anew. What the columns "
    )
    file.write("mean: [ontology/README.md](../ontology/README.md).\n\n")
    write_sections(statistics(load_ontology()), "markdown", file)
    return file.getvalue()


if __name__ == "__main__":
    if sys.argv[1:] != ["docs"]:
        sys.exit("usage: python -m tests.regenerate docs")
    CLI_PAGE.write_text(cli_page(), encoding="utf-8")
    print(CLI_PAGE)
    ONTOLOGY_PAGE.write_text(ontology_page(), encoding="utf-8")
    print(ONTOLOGY_PAGE)
    context = ontology_folder() / CONTEXT
    context.write_text(context_text(), encoding="utf-8")
    print(context)
