"""Tables for comparing, in Markdown and LaTeX."""

import io
import re
from dataclasses import replace
from decimal import Decimal

import networkx as nx
import pytest

from kg.cli.export import LAYOUTS as CHOICES
from kg.exporters import ResultRow, Selected
from kg.exporters.documents import comparison
from kg.vocabulary import BASE
from tests.contract.content import HOSTILE

EMPTY = Selected(nx.MultiDiGraph())


def score(subject, benchmark, value, paper="p", **known):
    """`value` is a number as a paper writes it."""
    row = ResultRow(
        *(f"{BASE}paper/{paper}", f"Paper {paper}", value, False, Decimal(value.rstrip("%")), "%"),
        subject=f"{BASE}model/{subject}",
        subject_label=subject,
        benchmark=f"{BASE}benchmark/{benchmark}",
        benchmark_label=benchmark,
    )
    return replace(row, **known)


def written(results=(), graph=EMPTY, layout="models-benchmarks", **options):
    file = io.BytesIO()
    comparison.table_format(layout, **options).write(graph, results, file)
    return file.getvalue().decode()


def body(text):
    """The cells of the rows below the head of a Markdown table."""
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.split("\n\n")[0].split("\n")[2:]]


def test_comparison_best_score_with_its_paper():
    rows = [score("A", "Reeds", "50.3%", "p"), score("A", "Reeds", "61%", "q"), score("B", "Rushes", "7%", "p")]
    assert written(rows) == (
        "| Models | Reeds | Rushes |\n|---|---|---|\n| A | 61% \\[1\\] |  |\n| B |  | 7% \\[2\\] |\n\n"
        "2 of 2 models and 2 of 2 benchmarks. The best score that a title or an abstract reports.\n\n"
        "1. Paper q\n2. Paper p\n"
    )


def test_comparison_lower_is_better_where_the_metric_says_so():
    metric = {"metric": f"{BASE}metric/fid", "metric_label": "FID", "unit": None, "lower_is_better": True}
    rows = [score("A", "Reeds", value, **metric) for value in ("5.5", "1.2", "3")]
    assert body(written(rows)) == [["A", "1.2 \\[1\\]"]]


def test_comparison_metrics_of_a_benchmark_are_columns_apart():
    rows = [score("A", "Reeds", "5%"), score("A", "Reeds", "6%", metric=f"{BASE}metric/f1", metric_label="F1")]
    assert written(rows).startswith("| Models | Reeds | Reeds (F1) |\n")


@pytest.mark.parametrize("change", [{"delta": True}, {"number": None}, {"benchmark": None}, {"unit": "MB"}])
def test_comparison_what_is_no_score_is_left_out(change):
    assert body(written([replace(score("A", "Reeds", "5%"), **change)])) == []


def test_comparison_papers_and_benchmarks():
    rows = [score("A", "Reeds", "5%", "p"), replace(score("A", "Reeds", "6%", "p"), subject=None)]
    assert body(written(rows, layout="papers-benchmarks")) == [["Paper p", "6%"]]


def test_comparison_papers_and_methods():
    graph = nx.MultiDiGraph()
    for paper in "pq":
        graph.add_node(f"{BASE}paper/{paper}", label=f"Paper {paper}", kind="Paper")
    for method in ("LoRA", "QLoRA"):
        graph.add_node(f"{BASE}method/{method}", label=method, kind="Method")
    graph.add_node(f"{BASE}model/m", label="M", kind="Model")
    for source, target, predicate in [
        ("paper/p", "method/LoRA", "uses"),
        ("paper/p", "method/LoRA", "extends"),
        ("paper/p", "method/QLoRA", "introduces"),
        ("paper/q", "method/LoRA", "comparesWith"),
        ("paper/q", "model/m", "uses"),
        ("method/QLoRA", "method/LoRA", "extends"),
    ]:
        graph.add_edge(BASE + source, BASE + target, key=predicate, predicate=predicate)
    text = written(graph=Selected(graph), layout="papers-methods")
    assert text.startswith("| Papers | LoRA | QLoRA |\n")
    assert body(text) == [["Paper p", "EU", "I"], ["Paper q", "C", ""]]
    assert "I: introduces, E: extends, U: uses, C: compares with." in text


def test_comparison_shows_the_most_frequent_and_says_what_is_left_out():
    rows = [score(f"M{n}", f"B{m}", "5%") for n in range(30) for m in range(12) if n >= m]
    text = written(rows)
    assert "20 of 30 models and 8 of 12 benchmarks." in text
    assert len(body(text)) == 20
    assert text.startswith("| Models | B0 | B1 | B2 | B3 | B4 | B5 | B6 | B7 |\n")
    assert "2 of 30 models and 3 of 12 benchmarks." in written(rows, rows=2, columns=3)


def test_comparison_does_not_depend_on_the_order_of_rows():
    rows = [score(f"M{n}", f"B{n % 3}", f"{n}%", paper=str(n % 5)) for n in range(40)]
    assert written(rows) == written(rows[::-1])


def test_comparison_latex_cites_what_bibtex_writes():
    text = written([score("A_1", "R&D", "50.3%", "arxiv-2106.09685")], latex=True)
    assert "    Models & R\\&D \\\\\n" in text
    assert "    {}A\\_1 & 50.3\\% \\cite{arxiv-2106.09685} \\\\\n" in text
    assert text.count("\\toprule") == text.count("\\bottomrule") == 1


@pytest.mark.parametrize("name", [*HOSTILE.values(), "a | b", "[1]", "\\", "a & b \\\\ c", "\\input{x}"])
@pytest.mark.parametrize("latex", [False, True])
def test_comparison_text_makes_no_cells(name, latex):
    row = replace(score("A", "B", "5%"), subject_label=name, benchmark_label=name, value=name)
    text = written([row], latex=latex)
    between = r"(?<!\\)(?:\\\\)*&" if latex else r"(?<!\\)(?:\\\\)*\|"
    table = [line for line in text.split("\n\n")[0].split("\n") if re.search(between, line)]
    assert len(table) == (2 if latex else 3)
    assert {len(re.findall(between, line)) for line in table} == {1 if latex else 3}


def test_comparison_layouts_are_those_of_the_command_line():
    assert comparison.LAYOUTS == CHOICES
