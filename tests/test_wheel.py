"""The wheel holds the package and its data, and works away from the checkout."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", folder, ROOT]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A fresh environment that has the wheel; libraries are seen from ours, the checkout is not."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=False)
    (site,) = folder.glob("lib/python*/site-packages")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", site, wheel]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    ours = [path for path in sys.path if path.endswith("site-packages")]
    # An editable install puts its checkout on the path by a .pth file, which a plain path entry does not run.
    (site / "libraries.pth").write_text("\n".join(ours) + "\n")
    return folder / "bin" / "python"


def run(python, *words, cwd):
    return subprocess.run([python, "-P", "-m", "kg", *words], capture_output=True, text=True, cwd=cwd, timeout=300)


@pytest.mark.parametrize("folder", ["ontology", "queries"])
def test_wheel_holds_every_data_file_byte_for_byte(wheel, folder):
    expected = {
        path.relative_to(ROOT / folder).as_posix(): path.read_bytes()
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    with zipfile.ZipFile(wheel) as archive:
        prefix = f"kg/_data/{folder}/"
        held = {name.removeprefix(prefix): archive.read(name) for name in archive.namelist() if name.startswith(prefix)}
    assert held == expected
    assert expected


def test_wheel_puts_nothing_but_the_package_in_place(wheel):
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"kg"}


def test_installed_package_runs_from_its_own_files(installed, tmp_path):
    code = "import kg.resources as r; print(r.ontology_folder()); print(r.queries_folder()); print(r.demo_papers())"
    done = subprocess.run([installed, "-P", "-c", code], capture_output=True, text=True, cwd=tmp_path, timeout=60)
    assert done.returncode == 0, done.stderr
    for line in done.stdout.splitlines():
        assert str(installed.parents[1]) in line
        assert Path(line).exists()


def test_installed_package_builds_the_demo_and_lists_the_queries(installed, tmp_path):
    done = run(installed, "demo", "--folder", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "kg.html").stat().st_size > 100_000
    listed = run(installed, "query", cwd=tmp_path)
    assert listed.returncode == 0, listed.stderr
    for path in (ROOT / "queries").glob("*.rq"):
        assert path.stem in listed.stdout
