"""Finding a format, and where its files go."""

import networkx as nx
import pytest

from kg.errors import ExportError, OutputError, UnknownNameError
from kg.exporters import FORMATS, Content, Selected, Takes, find_format, write


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("graphml", "graphml"),
        ("out.graphml", "graphml"),
        ("a/b.TTL", "turtle"),
        ("kg.nt", "ntriples"),
        ("kg.nq", "nquads"),
        ("csv", "csv"),
    ],
)
def test_find_format_by_name_or_extension(name, found):
    assert find_format(name) is FORMATS[found]


def test_find_format_says_what_is_near():
    with pytest.raises(UnknownNameError, match=r"did you mean 'turtle'.*formats: turtle, ntriples"):
        find_format("turtel")


def test_formats_have_extensions_of_their_own():
    extensions = [format_.extension for format_ in FORMATS.values() if format_.extension]
    assert len(extensions) == len(set(extensions)) == len(FORMATS) - 1


def test_formats_need_the_parts_they_take():
    assert FORMATS["turtle"].needs == {Takes.TRIPLES}
    assert FORMATS["csv"].needs == {Takes.GRAPH, Takes.RESULTS}


def test_write_csv_to_standard_output_is_refused(tmp_path):
    with pytest.raises(ExportError, match=r"csv is a folder .nodes\.csv, .*name one with -o"):
        write(
            Content(Selected(nx.MultiDiGraph()), (), ()),
            FORMATS["csv"],
            tmp_path.with_name("-").relative_to(tmp_path.parent),
        )


@pytest.mark.parametrize("name", FORMATS)
def test_write_says_where_it_cannot_write(name, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="file"):
        write(Content(Selected(nx.MultiDiGraph()), (), ()), FORMATS[name], tmp_path / "file" / "kg")


@pytest.mark.parametrize("name", [name for name in FORMATS if FORMATS[name].write])
def test_write_over_a_folder_is_refused(name, tmp_path):
    (tmp_path / "kg").mkdir()
    with pytest.raises(OutputError, match="kg: is a folder"):
        write(Content(Selected(nx.MultiDiGraph()), (), ()), FORMATS[name], tmp_path / "kg")
    assert [path.name for path in tmp_path.iterdir()] == ["kg"]
