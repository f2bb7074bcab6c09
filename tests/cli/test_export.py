"""`kg export`: formats, parts of the graph, projections, the folder of all."""

import csv
import re

import networkx as nx
import pyoxigraph
import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.exporters import FORMATS
from kg.vocabulary import BASE
from tests.contract.content import INSTALLED
from tests.graphs import iri, sample_store

GRAPHML = ("export", "graphml")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return tmp_path_factory.mktemp("export"), *sample_store(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def kg(store):
    """The result of `kg words...` on the sample store."""
    folder = store[1].folder

    def run(*words):
        return CliRunner().invoke(cli, [*map(str, words), "--store", str(folder)])

    return run


@pytest.fixture(scope="module")
def exported(kg):
    """The graph that `kg export graphml words...` writes, by IRI, and its edges."""

    def read(*words):
        done = kg(*GRAPHML, *words)
        assert done.exit_code == 0, done.output
        graph = nx.parse_graphml(done.stdout, force_multigraph=True)
        nodes = {data["iri"]: data for _, data in graph.nodes(data=True)}
        names = dict(graph.nodes(data="iri"))
        edges = {(names[a], data["predicate"], names[b]): data for a, b, data in graph.edges(data=True)}
        return nodes, edges

    return read


def kinds(nodes):
    return {data["kind"] for data in nodes.values()}


@pytest.mark.parametrize("name", [name for name in INSTALLED if FORMATS[name].write])
def test_export_writes_a_file_of_each_format(kg, tmp_path, name):
    done = kg("export", name, "-o", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out").stat().st_size > 100
    assert re.search(r"out: [1-9]", done.stderr)


@pytest.mark.parametrize("name", [name for name in INSTALLED if FORMATS[name].write_folder])
def test_export_writes_a_folder_of_each_format_of_several_files(kg, tmp_path, name):
    done = kg("export", name, "-o", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert [path for path in (tmp_path / "out").iterdir() if path.stat().st_size > 100]


def test_export_choices_are_the_formats_there_are():
    from kg.cli.export import FORMATS as CHOICES

    assert set(CHOICES) == set(FORMATS)


def test_export_csv_writes_tables_that_read_back(kg, tmp_path):
    done = kg("export", "csv", "-o", tmp_path / "tables")
    assert done.exit_code == 0, done.output
    with (tmp_path / "tables" / "edges.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert any(row["predicate"] == "introduces" for row in rows)


def test_export_around_goes_as_far_as_asked(exported):
    near, _ = exported("--around", "LADDER")
    assert set(near) == {iri(path) for path in ("method/ladder", "method/qlora", "method/lora", "paper/p3")}
    assert set(near) < set(exported("--around", "LADDER", "--depth", 2)[0])
    assert iri("model/bert") in exported("--around", "LADDER", "--around", "BERT")[0]


def test_export_query_holds_the_answer_and_the_edges_between(exported):
    nodes, edges = exported("--query", "papers-evaluating-on", "benchmark=gsm-8k")
    assert kinds(nodes) >= {"Paper", "Benchmark"}
    assert (iri("paper/arxiv-2305.14314"), "evaluatesOn", iri("benchmark/gsm8k")) in edges


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        (["--types", "Method,Model"], lambda nodes, _: kinds(nodes) == {"Method", "Model"}),
        (["--type", "Method", "--type", "Model"], lambda nodes, _: kinds(nodes) == {"Method", "Model"}),
        (["--edges", "extends,variantOf"], lambda _, edges: {p for _, p, _ in edges} == {"extends", "variantOf"}),
        (["--since", "2024"], lambda nodes, _: iri("paper/arxiv-2305.14314") not in nodes and iri("paper/p3") in nodes),
        (["--since", "2024-04"], lambda nodes, _: iri("paper/p3") not in nodes and iri("paper/p4") in nodes),
        (["--min-confidence", "0.8"], lambda _, edges: {data["confidence"] for data in edges.values()} <= {0.9, 1.0}),
        (["--min-support", "2"], lambda nodes, _: all(n["papers"] > 1 for n in nodes.values() if n["kind"] != "Paper")),
        (["--no-discovered"], lambda nodes, _: "discovered" not in {n.get("status") for n in nodes.values()}),
        (["--flat"], lambda _, edges: not any("evidence" in data for data in edges.values())),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_export_narrows_as_asked(exported, words, holds):
    whole, all_edges = exported()
    nodes, edges = exported(*words)
    assert 0 < len(nodes) <= len(whole)
    assert 0 < len(edges) <= len(all_edges)
    assert holds(nodes, edges)
    assert not holds(whole, all_edges)


def test_export_rdf_of_a_part_has_its_statements_and_flat_none(kg):
    whole, part, flat = (
        set(pyoxigraph.parse(kg("export", "ntriples", *words).stdout.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES))
        for words in ([], ["--around", "LADDER"], ["--around", "LADDER", "--flat"])
    )
    assert flat < part < whole
    statements = f"{BASE}statement/"
    assert any(each.subject.value.startswith(statements) for each in part)
    assert not any(each.subject.value.startswith(statements) for each in flat)
    edge = [pyoxigraph.NamedNode(name) for name in (iri("method/ladder"), f"{BASE}extends", iri("method/qlora"))]
    assert edge in [[each.subject, each.predicate, each.object] for each in flat]


def test_export_projects_onto_entities(exported):
    nodes, edges = exported("--project", "entities")
    assert "Paper" not in kinds(nodes)
    pair = edges[iri("benchmark/gsm8k"), "evaluatedWith", iri("benchmark/mmlu")]
    assert pair["support"] == pair["weight"] == len(pair["evidence"].splitlines()) >= 2
    assert 0 < pair["strength"] <= 1
    assert (iri("model/llama-2-7b"), "variantOf", iri("model/llama-2")) in edges


def test_export_projects_only_what_enough_papers_say(exported):
    _, edges = exported("--project", "entities", "--min-support", 2)
    assert {data["support"] for data in edges.values()} - {0} == {2}


def test_export_projects_the_kinds_that_are_asked_for(exported):
    nodes, edges = exported("--project", "entities", "--types", "Benchmark")
    assert kinds(nodes) == {"Benchmark"}
    assert "evaluatedWith" in {predicate for _, predicate, _ in edges}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["turtle", "--project", "entities"], "no RDF of it"),
        (["bibtex", "--project", "entities"], "--project entities goes with formats of edges: bibtex is"),
        (["table", "--flat"], "--flat goes with formats of edges: table is"),
        (["graphml", "--around", "LoRA", "--query", "papers"], "not both"),
        (["graphml", "year=2024"], "goes with --query"),
        (["graphml", "--query", "papers", "2024"], "is not PARAM=VALUE"),
        (["graphml", "--since", "soon"], "not a year"),
        (["--all", "folder", "--flat"], "--all writes everything"),
        (["--all", "folder", "graphml"], "and not both"),
        (["graphml", "--check"], "--check goes with --all"),
    ],
)
def test_export_refuses_what_does_not_go_together(kg, words, message):
    done = kg("export", *words)
    assert done.exit_code == 2
    assert message in done.stderr


@pytest.mark.parametrize(
    ("words", "near"),
    [(["--types", "Methods"], "mean 'Method'?"), (["--edges", "use"], "'uses'"), (["--around", "QLorra"], "qlora")],
)
def test_export_says_what_is_near_a_name_it_does_not_know(kg, words, near):
    done = kg("export", "graphml", *words)
    assert done.exit_code == 1
    assert near in done.stderr.lower().replace("'method'", "'Method'")


def test_export_all_then_check_finds_nothing_and_then_the_change(kg, tmp_path):
    folder = tmp_path / "exports"
    assert kg("export", "--all", folder).exit_code == 0
    assert kg("export", "--all", folder, "--check").exit_code == 0
    (folder / "csv" / "nodes.csv").write_text("changed")
    done = kg("export", "--all", folder, "--check")
    assert done.exit_code == 1
    assert "nodes.csv" in done.stdout
