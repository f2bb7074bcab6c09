"""CSV, for spreadsheets, pandas, DuckDB and Gephi's importer.

Format: https://www.rfc-editor.org/rfc/rfc4180, in UTF-8 with a header and line feeds between rows. Four tables:
`nodes.csv`, `edges.csv`, `evidence.csv` (its `edge` is an `id` of the edges), `results.csv`. An empty cell is a value
that is not known. A text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or a
line break) gets a leading `'`: `kg.exporters.clean.csv_text` takes it off. Lost: aliases are joined by ` | `, control
characters become U+FFFD.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, BinaryIO, Final, TypeAlias

from kg.exporters.clean import csv_cell
from kg.exporters.format import Format, Takes
from kg.exporters.rows import Counts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from decimal import Decimal
    from pathlib import Path

    from kg.exporters.rows import GraphRows, ResultRow

__all__ = ["FORMAT", "write_edges", "write_evidence", "write_folder", "write_nodes", "write_results"]

Cell: TypeAlias = "str | int | float | Decimal | None"


def write_folder(graph: GraphRows, results: Iterable[ResultRow], folder: Path) -> dict[str, Counts]:
    """The four tables lie in the folder."""
    tables: dict[str, Callable[[BinaryIO], Counts]] = {
        "nodes.csv": partial(write_nodes, graph),
        "edges.csv": partial(write_edges, graph),
        "evidence.csv": partial(write_evidence, graph),
        "results.csv": partial(write_results, results),
    }
    counts = {}
    for name, write in tables.items():
        with (folder / name).open("wb") as file:
            counts[name] = write(file)
    return counts


def write_nodes(graph: GraphRows, file: BinaryIO) -> Counts:
    """One row a node; `id` is its IRI."""
    columns = ("id", "label", "kind", "status", "aliases", "level", "year", "papers", "arxiv", "date", "url")
    rows = (
        (n.iri, n.label, n.kind, n.status, " | ".join(n.aliases), n.level, n.year, n.papers, n.arxiv, n.date, n.url)
        for n in graph.nodes()
    )
    count = _write(columns, rows, file)
    return Counts(nodes=count, rows=count)


def write_edges(graph: GraphRows, file: BinaryIO) -> Counts:
    """One row an edge; `source` and `target` are IRIs of `nodes.csv`, the labels stand beside them."""
    columns = (
        "id",
        "source",
        "target",
        "source_label",
        "predicate",
        "target_label",
        "weight",
        "confidence",
        "support",
        "hedged",
        "origin",
    )
    labels = {node.iri: node.label for node in graph.nodes()}
    rows = (
        (
            e.id,
            e.source,
            e.target,
            labels[e.source],
            e.predicate,
            labels[e.target],
            e.weight,
            e.confidence,
            e.support,
            e.hedged,
            e.origin,
        )
        for e in graph.edges()
    )
    count = _write(columns, rows, file)
    return Counts(edges=count, rows=count)


def write_evidence(graph: GraphRows, file: BinaryIO) -> Counts:
    """One row a sentence behind an edge; `sentence[start:end]` is the quote, in code points."""
    columns = (
        "edge",
        "source",
        "predicate",
        "target",
        "paper",
        "paper_title",
        "start",
        "end",
        "quote",
        "sentence",
        "rule",
    )
    rows = (
        (e.id, e.source, e.predicate, e.target, q.paper, q.paper_title, q.start, q.end, q.quote, q.sentence, q.rule)
        for e in graph.edges()
        for q in e.evidence
    )
    return Counts(rows=_write(columns, rows, file))


def write_results(results: Iterable[ResultRow], file: BinaryIO) -> Counts:
    """One row a score; `value` is as the paper writes it, `number` the same for computing."""
    columns = (
        "paper",
        "paper_title",
        "subject",
        "subject_label",
        "benchmark",
        "benchmark_label",
        "metric",
        "metric_label",
        "value",
        "number",
        "unit",
        "delta",
        "sentence",
    )
    rows = (
        (
            r.paper,
            r.paper_title,
            r.subject,
            r.subject_label,
            r.benchmark,
            r.benchmark_label,
            r.metric,
            r.metric_label,
            r.value,
            r.number,
            r.unit,
            r.delta,
            r.sentence,
        )
        for r in results
    )
    return Counts(rows=_write(columns, rows, file))


def _write(columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]], file: BinaryIO) -> int:
    file.write((",".join(columns) + "\n").encode())
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007  (what is left of it is how many there were)
        file.write((",".join(map(_cell, row)) + "\n").encode())
    return count


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return csv_cell(value) if isinstance(value, str) else str(value)


FORMAT: Final = Format(
    "csv",
    "text/csv",
    "",
    "https://www.rfc-editor.org/rfc/rfc4180",
    "a folder of four tables: spreadsheets, pandas, DuckDB",
    (Takes.GRAPH, Takes.RESULTS),
    write_folder=write_folder,
)
