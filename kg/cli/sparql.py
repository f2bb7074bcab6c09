"""`kg sparql`: any question, in SPARQL 1.1."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, BinaryIO

import click

from kg.cli._options import examples, format_option, interruptible, output_option, store_option
from kg.cli.query import print_answer

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command(
    epilog=examples(
        "kg sparql 'SELECT ?title { ?p mlkg:uses <https://w3id.org/mlkg/method/lora> ; dcterms:title ?title }'",
        "kg sparql -f question.rq --format json",
        "kg sparql 'CONSTRUCT WHERE { ?a mlkg:extends ?b }' --format ntriples",
    )
)
@click.argument("query", required=False)
@click.option("-f", "--file", type=click.File("rb"), help="File with the query; - is standard input.")
@store_option
@format_option("table", "csv", "tsv", "json", "xml", "markdown", "turtle", "ntriples")
@output_option
@click.option("--limit", type=click.IntRange(0), default=0, help="Rows at the most; 0, the default, for all.")
def command(query: str | None, file: BinaryIO | None, store: Path, format_: str, output: Path, limit: int) -> None:
    """Ask in SPARQL 1.1 (SELECT, ASK, CONSTRUCT, DESCRIBE); the graph is only read.

    The prefixes mlkg:, dcterms:, skos:, rdf:, rdfs:, fabio:, schema:, prov: and xsd: need not be declared.
    """
    from kg.errors import QueryError  # noqa: PLC0415
    from kg.queries import sparql  # noqa: PLC0415
    from kg.store import open_store  # noqa: PLC0415

    if (query is None) == (file is None):
        raise click.UsageError("Give a QUERY or a file with -f, and not both.")
    if file is not None:
        try:
            query = file.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise QueryError(f"{getattr(file, 'name', 'standard input')}: not UTF-8 text: {error}") from error
    assert query is not None
    opened = open_store(store)
    with interruptible():
        answer = sparql(opened, query, limit=limit)
    print_answer(answer, format_, output)
    sys.stdout.flush()
