"""The CSV tables of an export, or such tables written by hand: `nodes.csv` and `edges.csv`, one of them at least.

`papers.csv` adds texts, `evidence.csv`, `mentions.csv` and `results.csv` what was read in them. Columns are known by
name; of those that `kg export csv` writes, nodes need `label` and `kind`, edges `source`, `predicate` and `target`;
others are not looked at. Between cells there are commas, semicolons or tabs, as spreadsheets of any country save them.
What the tables lack, and an import therefore loses: the rules of mentions and scores, names that a paper leaves
unlinked, where papers were seen, and of the sentences of a score all but the first; without `papers.csv` also what
`kg.importers.rows` says.
"""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kg.errors import InputError
from kg.exporters import EdgeRow, MentionRow, NodeRow, ResultRow
from kg.exporters.clean import csv_text
from kg.graph import Evidence
from kg.identifiers import Iri, PaperId, paper_iri
from kg.importers import cells
from kg.importers.papers import check, identifier
from kg.importers.problems import RefusalError
from kg.papers.paper import Paper, Sighting
from kg.papers.references import title_id
from kg.papers.sources import open_source
from kg.text import clean

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
    "papers.csv": ("title",),
    "mentions.csv": ("paper", "start", "end", "text", "node"),
}
"""The tables with the columns that each must have."""
_DELIMITERS: Final = (",", ";", "\t")
_ROW_LIMIT: Final = 1 << 22
"""Bytes of the longest line that is read."""


def read(folder: Path, rows: RowReader, problems: Problems) -> None:
    """Takes in the tables of a folder; a row that cannot be read is among the problems.

    Raises:
        InputError: a table lacks a column, or cannot be read.
    """
    evidence: dict[tuple[str, str, str], list[Evidence]] = defaultdict(list)

    seen = Sighting(clean(os.fspath(folder)))

    def quote(row: dict[str, str]) -> None:
        sentence = cells.text(row, "sentence") or ""
        start, end = cells.whole(row, "start"), cells.whole(row, "end")
        whole = start is None or end is None
        one = Evidence(
            paper=Iri(cells.node_iri(row, "paper")),
            paper_title=cells.text(row, "paper_title") or "",
            sentence=sentence,
            start=0 if start is None or whole else start,
            end=len(sentence) if end is None or whole else end,
            quote=sentence if whole else cells.text(row, "quote") or "",
            rule=cells.text(row, "rule") or "",
        )
        rows.check_quote(one)
        evidence[cells.node_iri(row, "source"), row["predicate"], cells.node_iri(row, "target")].append(one)

    def edge(row: dict[str, str]) -> None:
        key = (cells.node_iri(row, "source"), row["predicate"], cells.node_iri(row, "target"))
        rows.edge(edge_of(row, *key, tuple(evidence.pop(key, ()))))

    takes: dict[str, Callable[[dict[str, str]], None]] = {
        "nodes.csv": lambda row: rows.node(node_of(row, "id")),
        "papers.csv": lambda row: rows.paper(_paper_of(row, seen)),
        "evidence.csv": quote,
        "edges.csv": edge,
        "results.csv": lambda row: rows.result(_result_of(row)),
        "mentions.csv": lambda row: rows.mention(_mention_of(row)),
    }
    for name, take in takes.items():
        if not (folder / name).is_file():
            continue
        source = open_source(str(folder / name))
        with source.stream:
            for line, row in _rows(source, TABLES[name]):
                try:
                    take(row)
                except RefusalError as refusal:
                    problems.add("", str(refusal), line, source=source.name)
    for key in sorted(evidence):
        problems.add(" ".join(key), "sentences for this edge, which is not in edges.csv or was refused", None)


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


def _paper_of(row: dict[str, str], seen: Sighting) -> Paper:
    title, abstract = cells.text(row, "title") or "", cells.text(row, "abstract") or ""
    given = cells.text(row, "id")
    iri = (
        cells.node_iri(row, "iri") if cells.text(row, "iri") else paper_iri(PaperId(given or title_id(title, abstract)))
    )
    paper = Paper(
        id=identifier(iri, given),
        title=title,
        abstract=abstract,
        date=cells.text(row, "date"),
        arxiv=cells.text(row, "arxiv"),
        doi=cells.text(row, "doi"),
        url=cells.text(row, "url"),
        authors=cells.names(row, "authors"),
        sightings=(seen,),
    )
    check(paper)
    return paper


def _mention_of(row: dict[str, str]) -> MentionRow:
    start, end = cells.whole(row, "start"), cells.whole(row, "end")
    if start is None or end is None:
        raise RefusalError("a mention needs start and end")
    return MentionRow(
        paper=cells.node_iri(row, "paper"),
        start=start,
        end=end,
        text=cells.text(row, "text") or "",
        node=cells.node_iri(row, "node"),
        kind=cells.text(row, "kind") or "",
        label=cells.text(row, "label") or "",
        score=cells.share(row, "score"),
    )


def _end(row: dict[str, str], name: str) -> str | None:
    return cells.node_iri(row, name) if cells.text(row, name) else None


def _rows(source: Source, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows by column, with the line each begins on."""
    first = source.head.partition(b"\n")[0].decode("utf-8", "replace")
    reader = csv.reader(_lines(source), delimiter=max(_DELIMITERS, key=first.count), strict=True)
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
