"""What the README shows runs as it stands."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with what the README's lines name: a listing, papers and their annotation, what somebody curates."""
    place = tmp_path_factory.mktemp("readme")
    papers = (ROOT / "kg" / "demo" / "papers.jsonl").read_text(encoding="utf-8")
    data = ROOT / "tests" / "data"
    (place / "pages").mkdir()
    for name in ("listing.html", "todays-page.html", "papers.jsonl", "pages/one.html"):
        (place / name).write_text(papers, encoding="utf-8")
    (place / "mine.ttl").write_text(*blocks("turtle"), encoding="utf-8")
    shutil.copytree(data / "evaluation", place / "tests" / "data" / "evaluation")
    return place


def test_python_example_runs_as_it_stands(folder):
    (code,) = blocks("python")
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert (folder / "lora.html").is_file()


def kg_lines():
    for block in blocks("sh"):
        for line in block.splitlines():
            if line.startswith("kg "):
                yield re.sub(r"\s+#.*", "", line)


@pytest.mark.parametrize("line", list(kg_lines()))
def test_command_lines_run_as_they_stand(folder, line):
    if not (folder / ".kg").is_dir():
        subprocess.run([sys.executable, "-m", "kg", "build", "papers.jsonl"], cwd=folder, check=True, timeout=120)
    command = line.replace("kg ", f"{sys.executable} -m kg ", 1)
    done = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def test_readme_has_no_placeholder():
    assert "FIGURES" not in README
    assert len(list(kg_lines())) >= 20
