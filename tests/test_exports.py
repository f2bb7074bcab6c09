"""exports/ is what the demo papers build into, byte for byte."""

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.exporters import FORMATS

ROOT = Path(__file__).parents[1]
EXPORTS = ROOT / "exports"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """What `kg demo` leaves."""
    folder = tmp_path_factory.mktemp("demo")
    done = CliRunner().invoke(cli, ["demo", "--folder", str(folder)])
    assert done.exit_code == 0, done.output
    return folder


def test_exports_are_up_to_date(demo):
    done = CliRunner().invoke(cli, ["export", "--all", str(EXPORTS), "--check", "--store", str(demo / "store")])
    assert done.exit_code == 0, f"run: make exports\n{done.stdout}"


def test_manifest_lists_every_file_with_its_digest():
    files = json.loads((EXPORTS / "MANIFEST.json").read_text(encoding="utf-8"))["files"]
    paths = [path.relative_to(EXPORTS).as_posix() for path in EXPORTS.rglob("*") if path.is_file()]
    there = set(paths) - {"MANIFEST.json", "README.md"}
    assert set(files) == there
    for name, entry in files.items():
        content = (EXPORTS / name).read_bytes()
        assert len(content) == entry["bytes"]
        assert sha256(content).hexdigest() == entry["sha256"]


def test_readme_speaks_of_every_file():
    page = (EXPORTS / "README.md").read_text(encoding="utf-8")
    for path in EXPORTS.rglob("*"):
        name = path.relative_to(EXPORTS).as_posix()
        assert path.is_dir() or name == "README.md" or f"({name})" in page


def test_demo_answers_its_question_and_names_the_page(tmp_path):
    done = CliRunner().invoke(cli, ["demo", "--folder", str(tmp_path)])
    assert "QLoRA" in done.stdout
    assert str(tmp_path / "kg.html") in done.stdout
    assert (tmp_path / "kg.html").is_file()


def test_readme_says_of_each_format_what_it_cannot_carry():
    section = (EXPORTS / "README.md").read_text(encoding="utf-8").split("## What a format cannot carry")[1]
    rows = [line.split("|")[1] for line in section.split("\n## ")[0].splitlines() if line.startswith("| `")]
    assert sorted(name for row in rows for name in re.findall("`([a-z0-9]+)`", row)) == sorted(FORMATS)
