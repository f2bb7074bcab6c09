"""Exporting into a folder again: what the last export made and this one does not goes, and nothing else does."""

import subprocess
from dataclasses import replace

import networkx as nx
import pytest

from kg.exporters import FORMATS, Selected, write
from tests.contract.content import empty_content, make_content

VARYING = [name for name, format_ in FORMATS.items() if format_.names_vary]
LISTS = {f".mlkg-{name}.sha256" for name in VARYING}


def names(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.name not in LISTS}


def test_leftovers_are_kept_track_of_where_names_come_from_the_graph():
    assert VARYING == ["neo4j", "eee", "obsidian"]


@pytest.mark.parametrize("name", VARYING)
def test_leftovers_of_the_earlier_export_go(name, tmp_path):
    write(make_content(), FORMATS[name], tmp_path / "again")
    write(empty_content(), FORMATS[name], tmp_path / "again")
    write(empty_content(), FORMATS[name], tmp_path / "new")
    assert len(names(tmp_path / "new")) < 5
    assert {name for name in names(tmp_path / "again") if (tmp_path / "again" / name).is_file()} == names(
        tmp_path / "new"
    )


@pytest.mark.parametrize("name", VARYING)
def test_leftovers_are_none_of_another_format(name, tmp_path):
    write(make_content(), FORMATS[name], tmp_path)
    made = names(tmp_path)
    for other in set(VARYING) - {name}:
        write(empty_content(), FORMATS[other], tmp_path)
    assert made <= names(tmp_path)


def test_leftovers_that_a_person_has_changed_stay(tmp_path):
    write(make_content(), FORMATS["obsidian"], tmp_path)
    (tmp_path / "Method" / "mine.md").write_text("my own note")
    (tmp_path / "Method" / "QLoRA.md").write_text("my own line")
    write(empty_content(), FORMATS["obsidian"], tmp_path)
    assert {each for each in names(tmp_path) if each.startswith("Method")} == {
        "Method",
        "Method/QLoRA.md",
        "Method/mine.md",
    }


def test_leftovers_stay_when_the_new_export_fails(tmp_path):
    write(make_content(), FORMATS["neo4j"], tmp_path)
    made = names(tmp_path)
    graph = nx.MultiDiGraph()
    graph.add_node("x:1", label="x", kind="no plain word", papers=0)
    with pytest.raises(Exception, match="no plain word"):
        write(replace(make_content(), graph=Selected(graph)), FORMATS["neo4j"], tmp_path)
    assert names(tmp_path) == made


@pytest.mark.parametrize("name", ["../mine.txt", "link/mine.txt", "linked.txt", "/etc/hostname", "Method", ""])
def test_leftovers_lie_in_the_folder_whatever_the_list_says(name, tmp_path):
    folder = tmp_path / "vault"
    write(make_content(), FORMATS["obsidian"], folder)
    (tmp_path / "mine.txt").write_text("")
    (folder / "link").symlink_to(tmp_path)
    (folder / "linked.txt").symlink_to(tmp_path / "mine.txt")
    digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"  # of nothing
    (folder / ".mlkg-obsidian.sha256").write_text(f"{digest}  {name}\nnot a line\n")
    write(empty_content(), FORMATS["obsidian"], folder)
    assert (tmp_path / "mine.txt").exists()
    assert (folder / "linked.txt").is_symlink()


@pytest.mark.parametrize("name", VARYING)
def test_leftovers_list_can_be_checked(name, tmp_path):
    write(make_content("ü [x] 'y'"), FORMATS[name], tmp_path)
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", f".mlkg-{name}.sha256"], cwd=tmp_path, check=True)
