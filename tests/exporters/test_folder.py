"""The folder of all exports: its manifest, its check, and what it refuses."""

import hashlib
import json

import networkx as nx
import pytest
from pyoxigraph import NamedNode, Triple

from kg.errors import ExportError
from kg.exporters import Content, ResultRow, Selected, check_all, read_manifest, write_all
from kg.vocabulary import BASE

FILES = [
    *(f"csv/{name}.csv" for name in ("edges", "evidence", "mentions", "nodes", "papers", "results")),
    *("kg.gexf", "kg.graphml", "kg.ttl"),
]
HOW = {"ontology": "0123", "command": "kg export --all exports/"}


def make_content(nodes=40):
    graph = nx.MultiDiGraph()
    for number in range(nodes):
        graph.add_node(
            f"{BASE}method/m{number}", label=f"M{number}", kind="Method", papers=1, status="curated", aliases=()
        )
        graph.add_edge(
            f"{BASE}method/m{number}", f"{BASE}method/m0", key="broader", predicate="broader", confidence=1.0, support=0
        )
    graph.nodes[f"{BASE}method/m0"].update(label="M0", kind="Method")
    triples = [Triple(NamedNode(a), NamedNode(f"{BASE}broader"), NamedNode(b)) for a, b in graph.edges()]
    return Content(Selected(graph), triples, [ResultRow("urn:p", "P", "5%", delta=False)], (), ())


def held_in(folder):
    """The bytes of every file, by its path in the folder."""
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_write_all_lists_each_file_with_digest_and_counts(tmp_path):
    manifest = write_all(tmp_path, make_content(), **HOW)
    assert set(held_in(tmp_path)) == {"MANIFEST.json", *FILES}
    data = json.loads((tmp_path / "MANIFEST.json").read_text())
    assert data["command"] == HOW["command"]
    assert data["ontology"] == HOW["ontology"]
    for name in FILES:
        held = (tmp_path / name).read_bytes()
        assert data["files"][name]["bytes"] == len(held)
        assert data["files"][name]["sha256"] == hashlib.sha256(held).hexdigest()
    assert {key: data["files"]["kg.graphml"][key] for key in ("nodes", "edges")} == {"nodes": 40, "edges": 40}
    assert data["files"]["kg.ttl"]["triples"] == 40
    assert data["files"]["csv/results.csv"]["rows"] == 1
    assert read_manifest(tmp_path) == manifest


def test_write_all_writes_the_page_it_is_given(tmp_path):
    manifest = write_all(tmp_path, make_content(), page=lambda path: path.write_text("<!doctype html>"), **HOW)
    assert (tmp_path / "kg.html").read_text() == "<!doctype html>"
    assert "kg.html" in [entry.name for entry in manifest.files]


def test_write_all_leaves_other_files_alone(tmp_path):
    (tmp_path / "README.md").write_text("by hand")
    write_all(tmp_path, make_content(), **HOW)
    assert (tmp_path / "README.md").read_text() == "by hand"


def test_write_all_takes_away_what_it_no_longer_makes_and_nothing_outside(tmp_path):
    folder = tmp_path / "exports"
    write_all(folder, make_content(), page=lambda path: path.write_text("<!doctype html>"), **HOW)
    (tmp_path / "outside").write_text("mine")
    manifest = (folder / "MANIFEST.json").read_text()
    (folder / "MANIFEST.json").write_text(manifest.replace('"kg.gexf"', '"../outside"'))
    write_all(folder, make_content(), **HOW)
    assert set(held_in(folder)) == {"MANIFEST.json", *FILES}
    assert (tmp_path / "outside").read_text() == "mine"


def test_check_all_finds_nothing_where_all_is_up_to_date(tmp_path):
    write_all(tmp_path, make_content(), **HOW)
    assert check_all(tmp_path, make_content(), **HOW) == ()


def test_check_all_names_each_file_that_differs(tmp_path):
    write_all(tmp_path, make_content(), **HOW)
    (tmp_path / "kg.ttl").write_text("edited")
    (tmp_path / "csv" / "nodes.csv").unlink()
    before = held_in(tmp_path)
    problems = check_all(tmp_path, make_content(), **HOW)
    assert [problem.removeprefix(f"{tmp_path}/").split(":")[:2] for problem in problems] == [
        ["csv/nodes.csv", " missing"],
        ["kg.ttl", " differs"],
    ]
    assert held_in(tmp_path) == before


def test_check_all_of_an_empty_folder_misses_everything(tmp_path):
    assert len(check_all(tmp_path, make_content(), **HOW)) == len(FILES) + 1


def test_check_all_sees_another_ontology(tmp_path):
    write_all(tmp_path, make_content(), **HOW)
    assert check_all(tmp_path, make_content(), ontology="4567", command=HOW["command"]) == (
        f"{tmp_path / 'MANIFEST.json'}: differs",
    )


def test_write_all_refuses_to_shrink(tmp_path):
    write_all(tmp_path, make_content(40), **HOW)
    before = held_in(tmp_path)
    with pytest.raises(ExportError, match=r"would shrink from 40 to 37 .*nothing was written"):
        write_all(tmp_path, make_content(37), **HOW)
    assert held_in(tmp_path) == before


@pytest.mark.parametrize(
    ("nodes", "allow"), [(38, False), (41, False), (5, True)], ids=["five-percent", "grown", "allowed"]
)
def test_write_all_takes_what_may_shrink(tmp_path, nodes, allow):
    write_all(tmp_path, make_content(40), **HOW)
    write_all(tmp_path, make_content(nodes), allow_shrink=allow, **HOW)
    assert check_all(tmp_path, make_content(nodes), **HOW) == ()


def test_write_all_that_fails_changes_nothing(tmp_path):
    write_all(tmp_path, make_content(), **HOW)
    before = held_in(tmp_path)

    def broken(path):
        path.write_text("half a pa")
        raise ExportError("no room for the page")

    with pytest.raises(ExportError, match="no room"):
        write_all(tmp_path, make_content(41), page=broken, **HOW)
    assert held_in(tmp_path) == before


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": {"a": {}}, "ontology": "", "command": ""}', "\x00"])
def test_read_manifest_names_the_file_that_is_none(tmp_path, text):
    (tmp_path / "MANIFEST.json").write_text(text)
    with pytest.raises(ExportError, match=r"MANIFEST\.json: not a manifest"):
        read_manifest(tmp_path)
