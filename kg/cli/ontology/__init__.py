"""`kg ontology`: look at the ontology, check it, add to it, take it away. One file a sub-command."""

from __future__ import annotations

from importlib import import_module
from typing import Final

import click

from kg.cli._options import examples

__all__ = ["command"]

_COMMANDS: Final = ("check", "list", "show", "stats", "add", "lock", "diff", "export", "copy")


@click.group(
    epilog=examples(
        "kg ontology show 'llama-2 7b'",
        "kg ontology add method 'Zebra Attention' --broader attention --year 2026",
        "kg ontology check",
        "kg ontology export skos -o skos.ttl",
    )
)
def command() -> None:
    """Look at the ontology, check it, add to it, take it away."""


for _name in _COMMANDS:
    command.add_command(import_module(f"kg.cli.ontology.{_name}").command, _name)
