"""Parquet, as DuckDB, pandas and pyarrow read it."""

from decimal import Decimal

import pytest

from kg.exporters import FORMATS, ResultRow, write
from kg.exporters.tables import parquet as written_parquet
from tests.contract.content import LORA, PAPER, make_content

pa = pytest.importorskip("pyarrow")


@pytest.fixture
def folder(tmp_path):
    content = make_content()
    results = [
        ResultRow(PAPER, "Quantised adapters", "50.3%", delta=False, number=Decimal("50.3"), unit="%"),
        ResultRow(PAPER, "Quantised adapters", "many", delta=True),
    ]
    written_parquet.write_folder(content.graph, results, content.papers, content.mentions, tmp_path)
    return tmp_path


def test_parquet_has_six_tables(folder):
    names = ["edges", "evidence", "mentions", "nodes", "papers", "results"]
    assert sorted(path.stem for path in folder.iterdir()) == names


def test_parquet_columns_have_types(folder):
    from pyarrow import parquet

    nodes = parquet.read_schema(folder / "nodes.parquet")
    assert (nodes.field("aliases").type, nodes.field("year").type) == (pa.list_(pa.string()), pa.int32())
    edges = parquet.read_schema(folder / "edges.parquet")
    assert (edges.field("confidence").type, edges.field("hedged").type) == (pa.float64(), pa.bool_())
    assert parquet.read_schema(folder / "results.parquet").field("number").type == pa.float64()


def test_parquet_lists_and_unknown_values_survive(folder):
    from pyarrow import parquet

    nodes = {row["id"]: row for row in parquet.read_table(folder / "nodes.parquet").to_pylist()}
    assert (nodes[LORA]["aliases"], nodes[LORA]["year"], nodes[LORA]["url"]) == (["LoRA", "b"], 2021, None)
    assert nodes[PAPER]["aliases"] == []
    (paper,) = parquet.read_table(folder / "papers.parquet").to_pylist()
    assert (paper["authors"], paper["doi"]) == (["LoRA", "B. Büchner"], None)


def test_parquet_is_compressed_in_row_groups(folder, monkeypatch):
    from pyarrow import parquet

    monkeypatch.setattr(written_parquet, "_ROW_GROUP", 4)
    write(make_content(), FORMATS["parquet"], folder)
    metadata = parquet.read_metadata(folder / "edges.parquet")
    assert [metadata.row_group(at).num_rows for at in range(metadata.num_row_groups)] == [4, 2]
    assert {metadata.row_group(0).column(at).compression for at in range(metadata.num_columns)} == {"ZSTD"}


def test_parquet_quotes_lie_in_their_sentences_in_duckdb(folder):
    duckdb = pytest.importorskip("duckdb")
    wrong = duckdb.sql(f"""
        SELECT count(*) FROM '{folder}/evidence.parquet' WHERE sentence[start + 1 : "end"] <> quote""")
    assert wrong.fetchall() == [(0,)]


def test_parquet_tables_join_in_duckdb(folder):
    duckdb = pytest.importorskip("duckdb")
    found = duckdb.sql(f"""
        SELECT n.label, e.predicate, count(v.sentence) FROM '{folder}/nodes.parquet' n
        JOIN '{folder}/edges.parquet' e ON e.target = n.id LEFT JOIN '{folder}/evidence.parquet' v ON v.edge = e.id
        WHERE list_contains(n.aliases, 'b') GROUP BY ALL ORDER BY ALL""")
    assert found.fetchall() == [("LoRA", "broader", 0), ("LoRA", "extends", 1), ("LoRA", "uses", 1)]


def test_parquet_reads_in_pandas(folder):
    pandas = pytest.importorskip("pandas")
    results = pandas.read_parquet(folder / "results.parquet")
    assert results["number"].dropna().tolist() == [50.3]
    assert results["delta"].tolist() == [False, True]
