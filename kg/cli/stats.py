"""`kg stats`: what the graph holds."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli._options import examples, format_option, store_option
from kg.files import whole_text

__all__ = ["command"]


@click.command(epilog=examples("kg stats", "kg stats --format json"))
@store_option
@format_option("table", "csv", "tsv", "json", "markdown")
def command(store: Path, format_: str) -> None:
    """Count what the graph holds: papers by year, entities by kind and origin, edges by kind."""
    from kg.describe import stats  # noqa: PLC0415
    from kg.store import open_store  # noqa: PLC0415
    from kg.tables import table_of, write  # noqa: PLC0415

    found = stats(open_store(store))
    rows: list[tuple[str, str, int | str | None]] = [("papers", "", found.papers)]
    rows += [("papers by year", str(year or "no year"), count) for year, count in found.years]
    rows += [("entities", kind, count) for kind, count in found.nodes]
    rows += [("entities by origin", status, count) for status, count in found.statuses]
    rows += [("edges from papers", predicate, count) for predicate, count in found.relations]
    rows += [("edges between entities", predicate, count) for predicate, count in found.edges]
    rows += [
        ("mentions", "", found.mentions),
        ("results", "", found.results),
        ("triples", "", found.triples),
        ("newest paper", "", found.newest),
        ("made by", "kg", found.version),
        ("made with", "ontology", found.ontology_digest[:12]),
    ]
    with whole_text(Path("-")) as file:
        write(table_of(("what", "of", "count"), rows), format_, file)
