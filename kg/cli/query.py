"""`kg query`: the library's questions."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli._options import examples, format_option, interruptible, output_option, store_option
from kg.files import whole_text

if TYPE_CHECKING:
    from kg.queries import Query

__all__ = ["command"]


@click.command(
    epilog=examples(
        "kg query                                          list the questions",
        "kg query papers-evaluating-on benchmark=gsm-8k",
        "kg query leaderboard benchmark=MMLU --format csv > mmlu.csv",
        "kg query lineage --describe                       what it asks, takes and answers",
    )
)
@click.argument("name", required=False)
@click.argument("values", nargs=-1, metavar="[PARAM=VALUE]...")
@store_option
@format_option("table", "csv", "tsv", "json", "xml", "markdown", "turtle", "ntriples")
@output_option
@click.option("--limit", type=click.IntRange(0), help="Rows at the most, 0 for all. Default: what the question says.")
@click.option(
    "--queries",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of .rq files, in place of the library that ships with kg.",
)
@click.option("--describe", is_flag=True, help="Explain the question in place of asking it.")
@click.option("--explain", is_flag=True, help="Print the SPARQL that is sent, on standard error.")
def command(
    name: str | None,
    values: tuple[str, ...],
    store: Path,
    format_: str,
    output: Path,
    limit: int | None,
    folder: Path | None,
    *,
    describe: bool,
    explain: bool,
) -> None:
    """Ask one of the library's questions; without a NAME, list them.

    A VALUE is written as people write it: benchmark=gsm-8k finds GSM8K. A name of several things lists them, a wrong
    one says what is near.
    """
    from kg.queries import get_query, prepare, run  # noqa: PLC0415
    from kg.store import open_store  # noqa: PLC0415

    if name is None:
        _list(folder, format_, output)
        return
    query = get_query(name, folder)
    if describe:
        _describe(query)
        return
    given: dict[str, Any] = {}
    for value in values:
        key, sign, rest = value.partition("=")
        if not sign and len(values) == 1 and len(query.parameters) >= 1:
            key, rest = query.parameters[0].name, value
        elif not sign:
            raise click.UsageError(
                f"{value!r} is not PARAM=VALUE; {name} takes {', '.join(one.name for one in query.parameters)}."
            )
        if key in given:
            raise click.UsageError(f"{key} is given twice.")
        given[key] = rest
    opened = open_store(store)
    if explain:
        click.echo(prepare(opened, query, given), err=True)
    with interruptible():
        answer = run(opened, name, limit=limit, folder=folder, **given)
    print_answer(answer, format_, output)


def print_answer(answer: object, format_: str, output: Path) -> None:
    """A table, truth or graph goes to the output in the format; a graph is Turtle unless N-Triples is asked for."""
    from kg.queries import Graph  # noqa: PLC0415
    from kg.tables import Table, write  # noqa: PLC0415

    if isinstance(answer, Graph):
        if format_ not in ("table", "turtle", "ntriples"):
            raise click.UsageError(
                f"The answer is a graph, which {format_} cannot hold: use --format turtle or ntriples."
            )
        text = answer.ntriples() if format_ == "ntriples" else answer.turtle()
        with whole_text(output) as file:
            file.write(text)
        return
    if format_ in ("turtle", "ntriples"):
        raise click.UsageError(
            f"The answer is a table, which {format_} cannot hold: use --format table, csv, tsv, json, xml or markdown."
        )
    assert isinstance(answer, Table | bool)
    width = shutil.get_terminal_size().columns if str(output) == "-" and sys.stdout.isatty() else None
    with whole_text(output) as file:
        write(answer, format_, file, width=width)
    if isinstance(answer, Table) and not answer.rows:
        click.secho("no rows: no paper in this store says so", fg="yellow", err=True)


def _list(folder: Path | None, format_: str, output: Path) -> None:
    from kg.queries import load_queries  # noqa: PLC0415
    from kg.tables import table_of  # noqa: PLC0415

    rows = [
        (
            query.name,
            " ".join(f"{p.name}=" if p.default is None else f"[{p.name}={p.default}]" for p in query.parameters),
            query.summary,
        )
        for query in load_queries(folder)
    ]
    print_answer(table_of(("name", "parameters", "answers"), rows), format_, output)


def _describe(query: Query) -> None:
    click.secho(f"{query.name}: {query.summary}", bold=True)
    click.echo(query.description)
    for one in query.parameters:
        kinds = f" ({' or '.join(one.kinds)})" if one.kinds else ""
        default = "" if one.default is None else f", by default {one.default}"
        click.echo(f"  {one.name}: {one.type}{kinds}{default}{'; ' + one.description if one.description else ''}")
    for example in query.examples:
        words = " ".join(f"{key}={value!r}" if " " in value else f"{key}={value}" for key, value in example)
        click.echo(f"  kg query {query.name} {words}".rstrip())
    click.echo(f"\n{query.text.strip()}")
