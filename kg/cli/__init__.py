"""The command line, thin over the library: one file a command, each parses, calls one function of `kg`, prints.

Data goes to standard output, talk to standard error. Exit status: 0 all well, 1 failed (or records refused under
--strict), 2 wrong usage.
"""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

import click

from kg._version import __version__
from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["COMMANDS", "main"]

COMMANDS = {
    "build": "Read papers and build the graph.",
    "add": "Add papers to the graph, or read them anew.",
    "remove": "Take papers out of the graph.",
    "import": "Take an export back, or take in what you curate.",
    "extract": "Find what papers say, as JSON lines; no graph is built.",
    "query": "Ask one of the library's questions.",
    "sparql": "Ask in SPARQL 1.1.",
    "show": "Show a node: names, edges, sentences, years.",
    "why": "Show the sentences that join two nodes.",
    "stats": "Count what the graph holds.",
    "view": "Write an interactive page of the graph.",
    "export": "Write the graph for other tools.",
    "evaluate": "Measure extraction against annotated papers.",
    "ontology": "Look at the ontology, check it, add to it, take it away.",
    "candidates": "List names that papers use and the ontology lacks.",
    "demo": "Build the graph of landmark papers that ships with kg.",
    "completion": "Print the line that turns on completion in your shell.",
}
"""Every command with the line `kg --help` shows; each lives in the module of its name (`import_` for `import`)."""


class _Lazy(click.Group):
    """Knows its commands by name and imports one only when it is asked for, or asked to explain itself."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = import_module(f"kg.cli.{module}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from kg.errors import near  # noqa: PLC0415

        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            close = near(args[0], COMMANDS)
            hint = f" Did you mean {' or '.join(map(repr, close))}?" if close else " 'kg --help' lists them."
            raise click.UsageError(f"No command {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KgError as error:
            raise click.ClickException(_printable(str(error))) from error
        except OSError as error:  # standard output on a full disk is no bug; a closed pipe is click's
            if error.errno in (None, errno.EPIPE):
                raise
            place = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(_printable(f"{place}{error.strerror}")) from error


def _printable(message: str) -> str:
    """The message with its lines; what a title or a file name would do to a terminal is shown as escapes."""
    from kg.tables import visible  # noqa: PLC0415

    return "\n".join(map(visible, message.split("\n")))


@click.group(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Start with: kg demo.  Then: kg build PAGES..., kg query, kg view.  Examples: kg build --help.",
)
@click.version_option(__version__, prog_name="kg")
def cli() -> None:
    """Papers in, a knowledge graph of machine learning out.

    Every edge (a paper introduces, uses, evaluates on, extends or compares with a model, method, benchmark) can be read
    back in the paper's own sentence.
    """


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line with `args`, or with the process's own arguments; leaves by SystemExit."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by who started us: `kg build x <&-`, some schedulers
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115  (as long as the process)
    cli.main(args=None if args is None else list(args), prog_name="kg")
