"""`kg completion`: the shell line that turns completion on."""

from __future__ import annotations

import click

from kg.cli._options import examples

__all__ = ["command"]

_LINES = {
    "bash": 'eval "$(_KG_COMPLETE=bash_source kg)"',
    "zsh": 'eval "$(_KG_COMPLETE=zsh_source kg)"',
    "fish": "_KG_COMPLETE=fish_source kg | source",
}


@click.command(epilog=examples("kg completion bash >> ~/.bashrc"))
@click.argument("shell", type=click.Choice(list(_LINES)))
def command(shell: str) -> None:
    """Print the line that turns on completion of commands and options in your SHELL's start file."""
    click.echo(_LINES[shell])
