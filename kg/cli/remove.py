"""`kg remove`: papers out of the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli._options import examples, load_ontology, ontology_option, store_option
from kg.cli.build import print_summary

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command(epilog=examples("kg remove 2106.09685", "kg remove arxiv:2305.14314 s012 --store my-graph"))
@click.argument("papers", nargs=-1, required=True, metavar="PAPER...")
@store_option
@ontology_option
def command(papers: tuple[str, ...], store: Path, ontology_folder: Path | None) -> None:
    """Take papers out of the graph, with every edge only they say.

    PAPER is an id as the source gave it, an arXiv id, a title or an IRI. The result is that of one build of the papers
    that remain.
    """
    from kg.pipeline import remove  # noqa: PLC0415
    from kg.queries import find_paper  # noqa: PLC0415
    from kg.store import open_store  # noqa: PLC0415

    opened = open_store(store)
    print_summary(remove([find_paper(opened, paper) for paper in papers], store, load_ontology(ontology_folder)))
