r"""Tables for comparing, in Markdown or LaTeX: models or papers against benchmarks, papers against methods.

Format: GitHub's tables (https://github.github.com/gfm/#tables-extension-), or LaTeX with booktabs
(https://ctan.org/pkg/booktabs). `LAYOUTS` are what can be compared:

- `models-benchmarks`: what was scored, a model or a method, against a benchmark and metric; a cell is the best score
  as written, with the paper it is from. Best is the highest, or the lowest where the metric wants that; scores in per
  cent and others may meet in a column.
- `papers-benchmarks`: the same of each paper.
- `papers-methods`: what each paper does with a method: I introduces, E extends, U uses, C compares with.

The columns are those with most rows, the rows those with most cells in them: 8 and 20, if nothing else is said; a note
below says what was left out. In Markdown papers are numbered and listed below, in LaTeX they are cited by the keys of
`kg export bibtex`.

Lost: what is left out; of several scores all but the best.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.exporters.documents.bibtex import key
from kg.exporters.documents.markup import latex_text, markdown_text
from kg.exporters.format import Format, Takes
from kg.exporters.rows import Counts
from kg.exporters.scores import why_no_score
from kg.exporters.sorting import Spool, sorted_on_disk
from kg.files import put_text
from kg.vocabulary import Class, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from kg.exporters.rows import GraphRows, ResultRow

__all__ = ["FORMAT", "LAYOUTS", "Table", "compared", "table_format"]

LAYOUTS: Final = ("models-benchmarks", "papers-benchmarks", "papers-methods")
_MARKS: Final = {
    Predicate.INTRODUCES: "I",
    Predicate.EXTENDS: "E",
    Predicate.USES: "U",
    Predicate.COMPARES_WITH: "C",
}
_MARKS_MEAN: Final = "I: introduces, E: extends, U: uses, C: compares with."
_SCORES_MEAN: Final = "The best score that a title or an abstract reports."


class _Cell(NamedTuple):
    """Something to stand in a cell; of several the greatest does.

    `row` is an IRI, `column` one or, with its metric, two of them; `paper` is empty in a row of that paper.
    """

    column: str
    row: str
    rank: float
    text: str
    column_label: str
    row_label: str
    paper: str = ""
    paper_title: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What is shown: labels by IRI, in their order, and what stands where, by column and row."""

    rows: dict[str, str]
    columns: dict[str, str]
    cells: dict[tuple[str, str], _Cell]
    all_rows: int
    all_columns: int


def compared(layout: str, graph: GraphRows, results: Iterable[ResultRow], rows: int = 20, columns: int = 8) -> Table:
    """The table of one of `LAYOUTS`; memory grows with the names of rows and columns."""
    found = _marks(graph) if layout == LAYOUTS[2] else _scores(results, of_papers=layout == LAYOUTS[1])
    cells = Spool(sorted_on_disk(map(tuple, found)))  # by column, row, rank

    def best() -> Iterator[_Cell]:
        return (list(group)[-1] for _, group in groupby(map(_Cell._make, cells), lambda cell: cell[:2]))

    in_column = Counter((cell.column_label, cell.column) for cell in best())
    shown_columns = {column: label for label, column in _foremost(in_column, columns)}
    in_row = Counter((cell.row_label, cell.row) for cell in best() if cell.column in shown_columns)
    shown_rows = {row: label for label, row in _foremost(in_row, rows)}
    return Table(
        shown_rows,
        shown_columns,
        {cell[:2]: cell for cell in best() if cell.column in shown_columns and cell.row in shown_rows},
        len({cell.row for cell in best()}),
        len(in_column),
    )


def _foremost(counted: Counter[tuple[str, str]], most: int) -> list[tuple[str, str]]:
    """The most frequent, and of those as frequent the first by name."""
    return sorted(counted, key=lambda each: (-counted[each], each))[:most]


def _scores(results: Iterable[ResultRow], *, of_papers: bool) -> Iterator[_Cell]:
    for row in results:
        if why_no_score(row) or not (of_papers or row.subject):
            continue
        number = float(row.number or 0)
        metric = f" ({row.metric_label})" if row.metric_label else ""
        yield _Cell(
            column=f"{row.benchmark} {row.metric or row.metric_label or ''}",
            row=row.paper if of_papers else str(row.subject),
            rank=-number if row.lower_is_better else number,
            text=row.value,
            column_label=f"{row.benchmark_label or row.benchmark}{metric}",
            row_label=row.paper_title if of_papers else row.subject_label or str(row.subject),
            paper="" if of_papers else row.paper,
            paper_title="" if of_papers else row.paper_title,
        )


def _marks(graph: GraphRows) -> Iterator[_Cell]:
    papers = {node.iri: node.label for node in graph.nodes() if node.kind == Class.PAPER}
    methods = {node.iri: node.label for node in graph.nodes() if node.kind == Class.METHOD}
    ends = ((edge, edge.source, edge.target) for edge in graph.edges() if edge.predicate in _MARKS)
    between = ((edge, paper, method) for edge, paper, method in ends if paper in papers and method in methods)
    for (paper, method), edges in groupby(between, lambda each: each[1:]):
        said = {edge.predicate for edge, *_ in edges}
        marks = "".join(mark for predicate, mark in _MARKS.items() if predicate in said)
        yield _Cell(method, paper, 0, marks, methods[method], papers[paper])


def _write(
    graph: GraphRows, results: Iterable[ResultRow], file: BinaryIO, *, layout: str, latex: bool, rows: int, columns: int
) -> Counts:
    table = compared(layout, graph, results, rows, columns)
    put_text(file, (_latex if latex else _markdown)(table, layout))
    return Counts(rows=len(table.rows))


def _markdown(table: Table, layout: str) -> Iterator[str]:
    numbers: dict[str, int] = {}
    titles: dict[str, str] = {}
    head = [layout.partition("-")[0].capitalize(), *map(markdown_text, table.columns.values())]
    yield f"| {' | '.join(head)} |\n|{'---|' * len(head)}\n"
    for row, label in table.rows.items():
        cells = [markdown_text(label)]
        for column in table.columns:
            cell = table.cells.get((column, row))
            cells.append(markdown_text(cell.text) if cell else "")
            if cell and cell.paper:
                cells[-1] += rf" \[{numbers.setdefault(cell.paper, len(numbers) + 1)}\]"
                titles[cell.paper] = cell.paper_title
        yield f"| {' | '.join(cells)} |\n"
    yield f"\n{_note(table, layout)}\n"
    if numbers:
        yield "\n"
    for paper, number in numbers.items():
        yield f"{number}. {markdown_text(titles[paper])}\n"


def _latex(table: Table, layout: str) -> Iterator[str]:
    papers = layout.startswith("papers")
    label_column = "p{0.4\\linewidth}" if papers else "l"  # titles are longer than a line
    head = [layout.partition("-")[0].capitalize(), *map(latex_text, table.columns.values())]
    yield (
        "% \\usepackage{booktabs}; what is cited is in `kg export bibtex`\n"
        "\\begin{table}\n  \\centering\n"
        f"  \\caption{{{latex_text(_note(table, layout))}}}\n"
        f"  \\begin{{tabular}}{{{label_column}{'l' * len(table.columns)}}}\n    \\toprule\n"
        f"    {' & '.join(head)} \\\\\n    \\midrule\n"
    )
    for row, label in table.rows.items():
        cells = [latex_text(label) + (f" \\cite{{{key(row)}}}" if papers else "")]
        for column in table.columns:
            cell = table.cells.get((column, row))
            cited = f" \\cite{{{key(cell.paper)}}}" if cell and cell.paper else ""
            cells.append(latex_text(cell.text) + cited if cell else "")
        yield f"    {{}}{' & '.join(cells)} \\\\\n"  # {}: a row that begins with [ or * would belong to the last \\
    yield "    \\bottomrule\n  \\end{tabular}\n\\end{table}\n"


def _note(table: Table, layout: str) -> str:
    rows, columns = layout.split("-")
    shown = (
        f"{len(table.rows):,} of {table.all_rows:,} {rows}",
        f"{len(table.columns):,} of {table.all_columns:,} {columns}",
    )
    return f"{' and '.join(shown)}. {_MARKS_MEAN if columns == 'methods' else _SCORES_MEAN}"


def table_format(layout: str = LAYOUTS[0], *, latex: bool = False, rows: int = 20, columns: int = 8) -> Format:
    """The format of a table with one of `LAYOUTS`, of at most that many rows and columns."""
    return replace(
        FORMAT,
        media_type="application/x-latex" if latex else "text/markdown",
        extension=".tex" if latex else ".md",
        write=partial(_write, layout=layout, latex=latex, rows=rows, columns=columns),
    )


FORMAT: Final = Format(
    "table",
    "text/markdown",
    ".md",
    "https://github.github.com/gfm/#tables-extension-",
    "a table of models or papers against benchmarks or methods, in Markdown or LaTeX",
    (Takes.GRAPH, Takes.RESULTS),
    partial(_write, layout=LAYOUTS[0], latex=False, rows=20, columns=8),
)
