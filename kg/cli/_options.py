"""Options and printing that commands share."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.resources import STORE, STORE_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.errors import InputError
    from kg.ontology import Ontology

__all__ = [
    "examples",
    "format_option",
    "inputs_argument",
    "interruptible",
    "load_ontology",
    "ontology_option",
    "output_option",
    "processes",
    "progress",
    "report_problems",
    "store_option",
    "workers_option",
]


_WORTH_A_PROCESS = 1_500
"""Papers below which starting a second process costs more than it saves."""


def store_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--store DIR`."""
    return click.option(
        "--store",
        type=click.Path(file_okay=False, path_type=Path),
        default=STORE,
        envvar=STORE_VARIABLE,
        show_default=True,
        show_envvar=True,
        help="Folder of the graph.",
    )(function)


def ontology_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--ontology DIR`."""
    return click.option(
        "--ontology",
        "ontology_folder",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="Folder of the ontology's tables, in place of the ones that ship with kg.",
    )(function)


def workers_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--workers N`."""
    return click.option(
        "--workers",
        type=click.IntRange(1, 256),
        help="Processes that read texts. Default: one for small inputs, one a core for large ones.",
    )(function)


def processes(wanted: int | None, papers: int) -> int:
    """How many processes read the texts of so many papers: what is wanted, else one a core where it pays."""
    if wanted is not None:
        return wanted
    if papers < _WORTH_A_PROCESS:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def output_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `-o FILE`."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
        default=Path("-"),
        help="File to write; - is standard output, the default.",
    )(function)


def format_option(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add `--format`, with the first name as default."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(names),
        default=names[0],
        show_default=True,
        help="How to print: `table` is for people, the others are for machines.",
    )


def inputs_argument(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the argument INPUT...: files, folders, or - for standard input."""
    # readable=False: one file of many that may not be read is refused by name and the others are kept
    kind = click.Path(allow_dash=True, readable=False)
    return click.argument("inputs", nargs=-1, required=True, metavar="INPUT...", type=kind)(function)


def examples(*lines: str) -> str:
    """An epilog of example commands, one a line as written."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def load_ontology(folder: Path | None) -> Ontology:
    """The ontology in `folder`, or the one that ships with the package."""
    from kg.ontology import load_ontology as load  # noqa: PLC0415

    return load(folder)


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on standard error while a person watches, nothing otherwise; yields what to call with each step's size."""
    if not sys.stderr.isatty() or total < 2:
        yield lambda _: None
        return
    with click.progressbar(length=total, label=label, file=sys.stderr) as bar:
        yield bar.update


@contextmanager
def interruptible() -> Iterator[None]:
    """Ctrl-C ends the process at once: the engine looks at no signal until it is done. Only for what writes nothing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def report_problems(problems: Iterable[InputError], *, most: int = 20) -> int:
    """Every problem's line on standard error, `most` at the most, then how many there were more; returns the count."""
    from kg.tables import visible  # noqa: PLC0415

    listed = list(problems)
    for problem in listed[:most]:
        click.secho(f"refused  {visible(str(problem))}", fg="yellow", err=True)
    if len(listed) > most:
        click.secho(f"refused  ... and {len(listed) - most} more", fg="yellow", err=True)
    return len(listed)
