"""The files of Neo4j's importer, against its documentation."""

import csv
import re

import networkx as nx
import pytest

from kg.errors import ExportError
from kg.exporters import Selected
from kg.exporters.graphs import neo4j
from tests.contract.content import LORA, PAPER, QLORA, make_content, make_graph

TYPES = {"int", "long", "float", "double", "boolean", "string", "string[]"}
"""Of https://neo4j.com/docs/operations-manual/current/import/#import-tool-header-format-properties, those we use."""


def table(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


@pytest.fixture
def folder(tmp_path):
    neo4j.write_folder(make_content().graph, tmp_path)
    return tmp_path


def test_neo4j_has_a_file_for_each_label_and_type(folder):
    assert sorted(path.name for path in folder.iterdir()) == [
        "import.txt",
        "load.cypher",
        "nodes-Benchmark.csv",
        "nodes-Method.csv",
        "nodes-Paper.csv",
        "relationships-BROADER.csv",
        "relationships-COMPARES_WITH.csv",
        "relationships-EVALUATES_ON.csv",
        "relationships-EXTENDS.csv",
        "relationships-USES.csv",
    ]


def test_neo4j_headers_have_ids_ends_labels_and_types(folder):
    for path in folder.glob("*.csv"):
        header = path.read_text(encoding="utf-8").split("\n")[0].split(",")
        special = {"iri:ID", ":LABEL"} if path.name.startswith("nodes") else {":START_ID", ":END_ID", ":TYPE"}
        assert special <= set(header)
        for field in set(header) - special:
            name, _, type_ = field.partition(":")
            assert name.isidentifier()
            assert type_ in TYPES | {""}


def test_neo4j_ids_are_unique_over_all_files_and_relationships_join_them(folder):
    ids = [row["iri:ID"] for path in folder.glob("nodes-*.csv") for row in table(path)]
    ends = {
        row[end] for p in folder.glob("relationships-*.csv") for row in table(p) for end in (":START_ID", ":END_ID")
    }
    assert len(ids) == len(set(ids)) == 4
    assert ends <= set(ids)


def test_neo4j_labels_types_and_values_are_in_their_columns(folder):
    lora = next(row for row in table(folder / "nodes-Method.csv") if row["iri:ID"] == LORA)
    assert (lora["label"], lora["aliases:string[]"], lora["year:int"]) == ("LoRA", "LoRA;b", "2021")
    assert lora[":LABEL"] == "Method;Resource"
    (uses,) = table(folder / "relationships-USES.csv")
    assert (uses[":START_ID"], uses[":TYPE"], uses[":END_ID"]) == (PAPER, "USES", LORA)
    assert (uses["confidence:double"], uses["hedged:boolean"], uses["support:int"]) == ("0.9", "false", "1")
    assert uses["evidence"] == "We use LoRA. [Quantised adapters]"
    assert {row["hedged:boolean"] for row in table(folder / "relationships-EXTENDS.csv")} == {"true", "false"}


def test_neo4j_unknown_is_empty_and_text_is_in_quotes(folder):
    line = next(line for line in (folder / "nodes-Method.csv").read_text().split("\n") if line.startswith(f'"{QLORA}"'))
    assert line == f'"{QLORA}","QLoRA",,"discovered",,,1,,,,"Method;Resource"'


def test_neo4j_text_is_quoted_as_rfc_4180_says(tmp_path):
    text = ' a "b", c;\nd\\'
    neo4j.write_folder(Selected(make_graph(text)), tmp_path)
    lora = next(row for row in table(tmp_path / "nodes-Method.csv") if row["iri:ID"] == LORA)
    assert lora["label"] == text
    assert lora["aliases:string[]"].split(";") == [' a "b", c,\nd\\', "b"]


def test_neo4j_import_options_name_every_file_after_the_database(folder):
    lines = (folder / "import.txt").read_text(encoding="utf-8").splitlines()
    options = [line for line in lines if not line.startswith("#")]
    assert options[0] == "--multiline-fields=true"
    assert {option.partition("=")[2] for option in options[1:]} == {path.name for path in folder.glob("*.csv")}
    assert any(line.endswith("neo4j-admin database import full neo4j @import.txt") for line in lines)


def test_neo4j_cypher_loads_every_file_and_reads_only_columns_that_it_has(folder):
    script = (folder / "load.cypher").read_text(encoding="utf-8")
    loads = re.findall(r"LOAD CSV WITH HEADERS FROM 'file:///(.+?)' AS row\n(.+?);\n", script, re.DOTALL)
    assert [name for name, _ in loads] == sorted(path.name for path in folder.glob("*.csv"))
    for name, statement in loads:
        header = set((folder / name).read_text(encoding="utf-8").split("\n")[0].split(","))
        assert set(re.findall(r"row\.`(.+?)`", statement)) == header - {":LABEL", ":TYPE"}


@pytest.mark.parametrize("word", ["../x", "a b", "", "A`) DETACH DELETE", "1a"])
def test_neo4j_refuses_kinds_and_predicates_that_are_no_plain_words(word, tmp_path):
    graph = nx.MultiDiGraph()
    graph.add_node(LORA, label="A", kind=word)
    with pytest.raises(ExportError, match=re.escape(f"kind of node {LORA} is {word!r}")):
        neo4j.write_folder(Selected(graph), tmp_path)
    graph.nodes[LORA]["kind"] = "Method"
    graph.add_edge(LORA, LORA, "k", predicate=word or "?")
    with pytest.raises(ExportError, match=re.escape(f"is {word or '?'!r}")):
        neo4j.write_folder(Selected(graph), tmp_path)


def test_neo4j_reads_in_kuzu_and_answers_cypher(folder):
    kuzu = pytest.importorskip("kuzu")
    database = kuzu.Connection(kuzu.Database(str(folder / "kuzu"), buffer_pool_size=2**27))
    types = {"": "STRING", "ID": "STRING", "string[]": "STRING", "int": "INT64", "double": "DOUBLE", "boolean": "BOOL"}

    def columns(path, special):
        header = path.read_text(encoding="utf-8").split("\n")[0].split(",")
        fields = [field.partition(":") for field in header if field not in special]
        return ", ".join(f"{name} {types[type_]}" for name, _, type_ in fields)

    def copy(table, path):
        database.execute(f"COPY {table} FROM '{path}' (header=true, parallel=false, escape='\"')")

    nodes = sorted(folder.glob("nodes-*.csv"))
    database.execute(f"CREATE NODE TABLE Resource({columns(nodes[0], {':LABEL'})}, labels STRING, PRIMARY KEY(iri))")
    for path in nodes:
        copy("Resource", path)
    for path in folder.glob("relationships-*.csv"):
        type_ = path.stem.partition("-")[2]
        held = columns(path, {":START_ID", ":END_ID", ":TYPE"})
        database.execute(f"CREATE REL TABLE {type_}(FROM Resource TO Resource, {held}, type STRING)")
        copy(type_, path)
    found = database.execute("MATCH (p)-[r:USES]->(m:Resource {label: 'LoRA'}) RETURN p.label, r.confidence")
    assert found.get_all() == [["Quantised adapters", 0.9]]
