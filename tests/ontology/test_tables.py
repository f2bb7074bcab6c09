"""Reading and writing one table."""

from hypothesis import given
from hypothesis import strategies as st

from kg.ontology.tables import TABLES, read_table, split, write_table

CELL = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp", "Zs"]), max_size=8)


@given(rows=st.dictionaries(CELL.filter(bool), st.tuples(CELL, CELL, CELL), max_size=6))
def test_tables_write_then_read_gives_the_rows_sorted(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("tables")
    table = TABLES["organisations"]
    cells = [[key, *rest] for key, rest in rows.items()]
    write_table(folder, table, cells)
    problems = []
    assert [row for _, row in read_table(folder, table, problems)] == sorted(cells, key=lambda row: row[0])
    assert problems == []


def test_tables_write_leaves_no_part_behind(tmp_path):
    write_table(tmp_path, TABLES["stopped"], [["LLM", "x"]])
    assert [path.name for path in tmp_path.iterdir()] == ["stopped.tsv"]


def test_tables_split_takes_spaced_bars_only():
    assert split("a | b|c") == ("a", "b|c")
