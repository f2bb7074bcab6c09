"""SQLite, for Datasette, DB Browser, DuckDB and every language's own library.

Format: https://www.sqlite.org/fileformat2.html, one file. Tables `node`, `alias` (every name of a node, its own too),
`edge`, `evidence`, `result`, `paper` and `author`, joined by small numbers; the IRIs stand beside them. The views
`triple`, `uses`, `evaluates_on` and `leaderboard` answer what is asked most; `leaderboard` has the results that are
scores on a benchmark (`is_score`, as in the formats `eee` and `table`), the best of each metric first. Names and
sentences have full-text indices (`alias_text`, `evidence_text`) where Python's SQLite has FTS5; without it these two
are left out.

The same content gives the same bytes with the same SQLite, whose version stands in the file. Lost: mentions; in a
selection the IRIs of scored things outside it; characters that XML cannot hold become U+FFFD.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from kg.exporters.clean import clean_value
from kg.exporters.format import Format, Takes
from kg.exporters.rows import Counts
from kg.exporters.scores import why_no_score

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.exporters.rows import GraphRows, PaperRow, ResultRow

__all__ = ["FORMAT", "write"]

_TABLES: Final = """
CREATE TABLE node (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL, status TEXT, level TEXT,
  year INTEGER, papers INTEGER NOT NULL, arxiv TEXT, date TEXT, url TEXT);
CREATE TABLE alias (id INTEGER PRIMARY KEY, node INTEGER NOT NULL REFERENCES node(id), name TEXT NOT NULL);
CREATE TABLE edge (
  id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES node(id), predicate TEXT NOT NULL,
  target INTEGER NOT NULL REFERENCES node(id), statement TEXT UNIQUE, confidence REAL NOT NULL,
  support INTEGER NOT NULL, strength REAL, hedged INTEGER NOT NULL, origin TEXT);
CREATE TABLE paper (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, node INTEGER REFERENCES node(id), title TEXT NOT NULL,
  abstract TEXT, date TEXT, arxiv TEXT, doi TEXT, url TEXT);
CREATE TABLE author (
  paper INTEGER NOT NULL REFERENCES paper(id), position INTEGER NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY (paper, position)) WITHOUT ROWID;
CREATE TABLE evidence (
  id INTEGER PRIMARY KEY, edge INTEGER NOT NULL REFERENCES edge(id), paper INTEGER NOT NULL REFERENCES paper(id),
  sentence TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, quote TEXT NOT NULL, rule TEXT NOT NULL);
CREATE TABLE result (
  id INTEGER PRIMARY KEY, paper INTEGER NOT NULL REFERENCES paper(id), subject INTEGER REFERENCES node(id),
  subject_name TEXT, benchmark INTEGER REFERENCES node(id), benchmark_name TEXT, metric INTEGER REFERENCES node(id),
  metric_name TEXT, value TEXT NOT NULL, number REAL, unit TEXT, delta INTEGER NOT NULL, sentence TEXT,
  lower_is_better INTEGER, is_score INTEGER NOT NULL);
"""

_INDICES: Final = """
CREATE INDEX node_kind ON node(kind);
CREATE INDEX node_name ON node(name);
CREATE INDEX alias_node ON alias(node);
CREATE INDEX alias_name ON alias(name COLLATE NOCASE);
CREATE INDEX edge_source ON edge(source, predicate);
CREATE INDEX edge_target ON edge(target, predicate);
CREATE INDEX edge_predicate ON edge(predicate);
CREATE INDEX paper_node ON paper(node);
CREATE INDEX evidence_edge ON evidence(edge);
CREATE INDEX evidence_paper ON evidence(paper);
CREATE INDEX result_paper ON result(paper);
CREATE INDEX result_subject ON result(subject);
CREATE INDEX result_benchmark ON result(benchmark, metric);
CREATE VIEW triple AS
  SELECT edge.id AS edge, s.name AS source, s.kind AS source_kind, edge.predicate, t.name AS target,
         t.kind AS target_kind, edge.support, edge.confidence, edge.hedged, edge.origin
  FROM edge JOIN node AS s ON s.id = edge.source JOIN node AS t ON t.id = edge.target;
CREATE VIEW uses AS
  SELECT source AS paper, target AS thing, target_kind AS kind, confidence, edge FROM triple WHERE predicate = 'uses';
CREATE VIEW evaluates_on AS
  SELECT source AS paper, target AS benchmark, confidence, edge FROM triple WHERE predicate = 'evaluatesOn';
CREATE VIEW leaderboard AS
  SELECT benchmark_name AS benchmark, metric_name AS metric, subject_name AS subject, number, value, unit,
         paper.title AS paper, paper.date
  FROM result JOIN paper ON paper.id = result.paper
  WHERE is_score ORDER BY benchmark, metric, CASE WHEN lower_is_better THEN number ELSE -number END;
"""

_FULL_TEXT: Final = """
CREATE VIRTUAL TABLE alias_text USING fts5(name, content="alias", content_rowid="id");
CREATE VIRTUAL TABLE evidence_text USING fts5(sentence, content="evidence", content_rowid="id");
INSERT INTO alias_text(alias_text) VALUES ('rebuild');
INSERT INTO evidence_text(evidence_text) VALUES ('rebuild');
INSERT INTO alias_text(alias_text) VALUES ('optimize');
INSERT INTO evidence_text(evidence_text) VALUES ('optimize');
"""
"""External content: https://www.sqlite.org/fts5.html#external_content_tables; the text is not kept twice.
Datasette sees the indices by the double quotes."""


def write(graph: GraphRows, results: Iterable[ResultRow], papers: Iterable[PaperRow], file: BinaryIO) -> Counts:
    """Write the database; it is made in a temporary file, memory grows with the names of nodes and papers alone."""
    with tempfile.TemporaryDirectory(prefix="kg-sqlite-") as folder:
        path = Path(folder, "kg.sqlite")
        # No journal and no flushing: a database that is not finished is never seen.
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            database.executescript("PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            database.executescript(f"{_TABLES} BEGIN;")  # not a transaction a row
            counts = _Filling(database).fill(graph, results, papers)
            database.executescript(_INDICES)  # it commits first
            if database.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0]:
                database.executescript(_FULL_TEXT)
            database.executescript("ANALYZE; VACUUM;")
        with path.open("rb") as made:
            shutil.copyfileobj(made, file)
    return counts


class _Filling:
    """Puts rows into the tables; a node's and a paper's number is its place in order."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._nodes: dict[str, int] = {}
        self._papers: dict[str, int] = {}

    def fill(self, graph: GraphRows, results: Iterable[ResultRow], papers: Iterable[PaperRow]) -> Counts:
        self._insert("node", self._node_rows(graph))
        self._insert("alias", self._alias_rows(graph))
        edges = self._insert("edge", self._edge_rows(graph))
        self._insert("paper", self._paper_rows(papers))
        authors = ((paper.iri, at, name) for paper in papers for at, name in enumerate(paper.authors, start=1))
        self._insert("author", ((self._papers[paper], at, name) for paper, at, name in authors))
        self._insert("evidence", self._evidence_rows(graph))
        self._insert("result", self._result_rows(results))
        return Counts(nodes=len(self._nodes), edges=edges)

    def _insert(self, table: str, rows: Iterable[tuple[Any, ...]]) -> int:
        columns = len(self._database.execute(f"PRAGMA table_info({table})").fetchall())
        places = ", ".join("?" * columns)
        cleaned = (tuple(map(clean_value, row)) for row in rows)
        return self._database.executemany(f"INSERT INTO {table} VALUES ({places})", cleaned).rowcount  # noqa: S608  (our own names)

    def _node_rows(self, graph: GraphRows) -> Iterator[tuple[Any, ...]]:
        for n in graph.nodes():
            self._nodes[n.iri] = id_ = len(self._nodes) + 1
            yield id_, n.iri, n.label, n.kind, n.status, n.level, n.year, n.papers, n.arxiv, n.date, n.url

    def _alias_rows(self, graph: GraphRows) -> Iterator[tuple[Any, ...]]:
        for node in graph.nodes():
            for name in dict.fromkeys((node.label, *node.aliases)):
                yield None, self._nodes[node.iri], name

    def _edge_rows(self, graph: GraphRows) -> Iterator[tuple[Any, ...]]:
        for e in graph.edges():
            said = e.confidence, e.support, e.strength, e.hedged, e.origin
            yield None, self._nodes[e.source], e.predicate, self._nodes[e.target], e.statement, *said

    def _paper_rows(self, papers: Iterable[PaperRow]) -> Iterator[tuple[Any, ...]]:
        for p in papers:
            self._papers[p.iri] = id_ = len(self._papers) + 1
            yield id_, p.iri, self._nodes.get(p.iri), p.title, p.abstract, p.date, p.arxiv, p.doi, p.url

    def _paper(self, iri: str, title: str) -> int:
        """The number of a paper; evidence may name some that are not among the selection's."""
        if iri not in self._papers:
            self._papers[iri] = len(self._papers) + 1
            row = self._papers[iri], iri, self._nodes.get(iri), title, None, None, None, None, None
            self._insert("paper", [row])
        return self._papers[iri]

    def _evidence_rows(self, graph: GraphRows) -> Iterator[tuple[Any, ...]]:
        for edge, e in enumerate(graph.edges(), start=1):
            for q in e.evidence:
                yield None, edge, self._paper(q.paper, q.paper_title), q.sentence, q.start, q.end, q.quote, q.rule

    def _result_rows(self, results: Iterable[ResultRow]) -> Iterator[tuple[Any, ...]]:
        for r in results:
            things: list[Any] = []
            for iri, name in (
                (r.subject, r.subject_label),
                (r.benchmark, r.benchmark_label),
                (r.metric, r.metric_label),
            ):
                things += [None if iri is None else self._nodes.get(iri), name]
            number = None if r.number is None else float(r.number)
            said = r.value, number, r.unit, r.delta, r.sentence, r.lower_is_better, not why_no_score(r)
            yield None, self._paper(r.paper, r.paper_title), *things, *said


FORMAT: Final = Format(
    "sqlite",
    "application/vnd.sqlite3",
    ".sqlite",
    "https://www.sqlite.org/fileformat2.html",
    "one database with indices, full text and views: Datasette, DB Browser, any language",
    (Takes.GRAPH, Takes.RESULTS, Takes.PAPERS),
    write,
)
