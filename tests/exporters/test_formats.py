"""Finding a format, and where its files go."""

from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import ExportError, OutputError, UnknownNameError
from kg.exporters import FORMATS, Takes, find_format, write
from tests.contract.content import INSTALLED, empty_content


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("graphml", "graphml"),
        ("out.graphml", "graphml"),
        ("a/b.TTL", "turtle"),
        ("kg.nt", "ntriples"),
        ("kg.nq", "nquads"),
        ("csv", "csv"),
        ("kg.nif.ttl", "nif"),
    ],
)
def test_find_format_by_name_or_extension(name, found):
    assert find_format(name) is FORMATS[found]


def test_find_format_says_what_is_near():
    with pytest.raises(UnknownNameError, match=r"did you mean 'turtle'.*formats: turtle, ntriples"):
        find_format("turtel")


def test_formats_of_the_graph_have_extensions_of_their_own():
    found = {name: find_format(f"kg{format_.extension}").name for name, format_ in FORMATS.items() if format_.extension}
    assert {name for name in ("turtle", "graphml", "gexf", "nquads") if found[name] != name} == set()


def test_formats_take_their_parts():
    assert FORMATS["turtle"].takes == (Takes.TRIPLES,)
    assert FORMATS["csv"].takes == (Takes.GRAPH, Takes.RESULTS, Takes.PAPERS, Takes.MENTIONS)


def test_format_without_its_library_says_how_to_get_it(tmp_path):
    lacking = replace(FORMATS["graphml"], name="parquet", requires="no_such_library")
    with pytest.raises(ExportError, match=r"parquet needs no_such_library.*pip install 'mlkg\[parquet\]'"):
        write(empty_content(), lacking, tmp_path / "kg.parquet")
    assert list(tmp_path.iterdir()) == []


def test_write_csv_to_standard_output_is_refused():
    with pytest.raises(ExportError, match=r"csv is a folder of files: name one with -o"):
        write(empty_content(), FORMATS["csv"], Path("-"))


def test_write_into_a_folder_keeps_what_else_lies_there(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "nodes.csv").write_text("old")
    write(empty_content(), FORMATS["csv"], tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert (tmp_path / "nodes.csv").read_text().startswith("id,")
    assert len(list(tmp_path.iterdir())) == 7


@pytest.mark.parametrize("name", INSTALLED)
def test_write_says_where_it_cannot_write(name, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="file"):
        write(empty_content(), FORMATS[name], tmp_path / "file" / "kg")


@pytest.mark.parametrize("name", [name for name in INSTALLED if FORMATS[name].write])
def test_write_over_a_folder_is_refused(name, tmp_path):
    (tmp_path / "kg").mkdir()
    with pytest.raises(OutputError, match="kg: is a folder"):
        write(empty_content(), FORMATS[name], tmp_path / "kg")
    assert [path.name for path in tmp_path.iterdir()] == ["kg"]
