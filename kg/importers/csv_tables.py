"""The CSV tables of an export, or such tables written by hand: `nodes.csv` and `edges.csv`, one of them at least.

`evidence.csv` and `results.csv` add sentences and scores. Columns are known by name; of those that `kg export csv`
writes, nodes need `label` and `kind`, edges `source`, `predicate` and `target`; others are not looked at. What the
tables lack, and an import therefore loses: see `kg.importers.rows`; of a score's sentences there is the first.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kg.errors import InputError
from kg.exporters.clean import csv_text
from kg.exporters.rows import EdgeRow, NodeRow, ResultRow
from kg.graph import Evidence
from kg.identifiers import Iri
from kg.importers import cells
from kg.importers.problems import RefusalError
from kg.papers.sources import open_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kg.importers.problems import Problems
    from kg.importers.rows import RowReader
    from kg.papers.sources import Source

__all__ = ["TABLES", "read"]

TABLES: Final = {
    "nodes.csv": ("label", "kind"),
    "edges.csv": ("source", "predicate", "target"),
    "evidence.csv": ("source", "predicate", "target", "paper", "sentence"),
    "results.csv": ("paper", "value", "sentence"),
}
"""The tables with the columns that each must have."""
_ROW_LIMIT: Final = 1 << 22
"""Bytes of the longest line that is read."""


def read(folder: Path, rows: RowReader, problems: Problems) -> None:
    """Takes in the tables of a folder; a row that cannot be read is among the problems.

    Raises:
        InputError: a table lacks a column, or cannot be read.
    """
    evidence: dict[tuple[str, str, str], list[Evidence]] = defaultdict(list)

    def quote(row: dict[str, str], _: int) -> None:
        sentence = cells.text(row, "sentence") or ""
        start, end = cells.whole(row, "start"), cells.whole(row, "end")
        whole = start is None or end is None
        held = Evidence(
            paper=Iri(cells.node_iri(row, "paper")),
            paper_title=cells.text(row, "paper_title") or "",
            sentence=sentence,
            start=0 if start is None or whole else start,
            end=len(sentence) if end is None or whole else end,
            quote=sentence if whole else cells.text(row, "quote") or "",
            rule=cells.text(row, "rule") or "",
        )
        evidence[cells.node_iri(row, "source"), row["predicate"], cells.node_iri(row, "target")].append(held)

    def node(row: dict[str, str], line: int) -> None:
        rows.node(node_of(row, "id"), line)

    def edge(row: dict[str, str], line: int) -> None:
        key = (cells.node_iri(row, "source"), row["predicate"], cells.node_iri(row, "target"))
        rows.edge(edge_of(row, *key, tuple(evidence.pop(key, ()))), line)

    def result(row: dict[str, str], line: int) -> None:
        rows.result(_result_of(row), line)

    takes: dict[str, Callable[[dict[str, str], int], None]] = {
        "nodes.csv": node,
        "evidence.csv": quote,
        "edges.csv": edge,
        "results.csv": result,
    }
    for name, take in takes.items():
        if not (folder / name).is_file():
            continue
        source = open_source(str(folder / name))
        with source.stream:
            for line, row in _rows(source, TABLES[name]):
                try:
                    take(row, line)
                except RefusalError as refusal:
                    problems.add(name, f"line {line}: {refusal}", line)
    for source_, predicate, target in sorted(evidence):
        problems.add("evidence.csv", f"no edge {source_} {predicate} {target} in edges.csv for its sentences")


def node_of(row: dict[str, str], iri: str) -> NodeRow:
    """The node of named cells; `iri` is the name of that with its IRI.

    Raises:
        RefusalError: a cell is not what it has to be.
    """
    return NodeRow(
        iri=cells.node_iri(row, iri),
        label=cells.text(row, "label") or "",
        kind=cells.text(row, "kind") or "",
        status=cells.text(row, "status"),
        aliases=cells.names(row, "aliases"),
        year=cells.whole(row, "year"),
        papers=0,
        level=cells.text(row, "level"),
        arxiv=cells.text(row, "arxiv"),
        date=cells.text(row, "date"),
        url=cells.text(row, "url"),
    )


def edge_of(row: dict[str, str], source: str, predicate: str, target: str, evidence: tuple[Evidence, ...]) -> EdgeRow:
    """The edge of named cells.

    Raises:
        RefusalError: a cell is not what it has to be.
    """
    return EdgeRow(
        id="",
        source=source,
        target=target,
        statement=None,
        predicate=predicate,
        confidence=cells.share(row, "confidence"),
        support=0,
        hedged=cells.truth(row, "hedged"),
        origin=cells.text(row, "origin"),
        evidence=evidence,
    )


def _result_of(row: dict[str, str]) -> ResultRow:
    return ResultRow(
        paper=cells.node_iri(row, "paper"),
        paper_title=cells.text(row, "paper_title") or "",
        value=cells.text(row, "value") or "",
        delta=cells.truth(row, "delta"),
        number=cells.decimal(row, "number"),
        unit=cells.text(row, "unit"),
        subject=_end(row, "subject"),
        subject_label=cells.text(row, "subject_label"),
        benchmark=_end(row, "benchmark"),
        benchmark_label=cells.text(row, "benchmark_label"),
        metric=_end(row, "metric"),
        metric_label=cells.text(row, "metric_label"),
        sentence=cells.text(row, "sentence"),
    )


def _end(row: dict[str, str], name: str) -> str | None:
    return cells.node_iri(row, name) if cells.text(row, name) else None


def _rows(source: Source, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows by column, with the line each begins on."""
    reader = csv.reader(_lines(source), strict=True)
    try:
        header = next(reader, [])
        missing = [name for name in needed if name not in header]
        if missing:
            raise source.problem(f"no column {', '.join(missing)}; columns are {', '.join(header[:20])}", 1)
        line = reader.line_num + 1
        for row in reader:
            if row and len(row) != len(header):
                raise source.problem(f"{len(row)} cells, but the header has {len(header)}", line)
            if row:
                yield line, dict(zip(header, map(csv_text, row), strict=True))
            line = reader.line_num + 1
    except csv.Error as error:
        raise source.problem(f"not CSV: {error}", reader.line_num) from error


def _lines(source: Source) -> Iterator[str]:
    for line in source.lines():
        if line is None or len(line) > _ROW_LIMIT:
            raise source.problem(f"a line of over {_ROW_LIMIT:,} bytes", source.line)
        try:
            yield line.decode()
        except UnicodeDecodeError as error:
            raise InputError(source.name, source.line, f"not UTF-8: {error.reason}") from error
