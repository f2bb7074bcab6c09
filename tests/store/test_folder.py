import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import StoreBusyError, StoreError, StoreMissingError, StoreVersionError
from kg.store import default_folder, open_store, write_store
from kg.store.folder import FORMAT, write_lock
from tests.graphs import sample, write_ontology

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    return write_ontology(tmp_path_factory.mktemp("tables"))


@pytest.fixture
def folder(tmp_path, tables):
    write_store(tmp_path / "graph", sample()[:2], tables)
    return tmp_path / "graph"


def meta_file(folder):
    return next(folder.glob("builds/*/meta.json"))


def test_default_folder_is_in_the_working_folder_or_where_the_environment_says(monkeypatch, tmp_path):
    monkeypatch.delenv("MLKG_STORE", raising=False)
    assert default_folder() == Path(".kg")
    monkeypatch.setenv("MLKG_STORE", str(tmp_path))
    assert default_folder() == tmp_path
    with pytest.raises(StoreMissingError):
        open_store()


@pytest.mark.parametrize(
    "make", [lambda _: None, lambda p: p.mkdir(), lambda p: p.write_text("x")], ids=["nothing", "empty", "a-file"]
)
def test_missing_store_says_how_to_make_one(tmp_path, make):
    make(tmp_path / "graph")
    with pytest.raises(StoreMissingError, match=r"no store in .*graph; make one with: kg build PAPERS --store .*graph"):
        open_store(tmp_path / "graph")


def test_first_build_that_did_not_finish_is_named(tmp_path):
    (tmp_path / "builds" / ".part-1").mkdir(parents=True)
    with pytest.raises(StoreMissingError, match=r"the first build in .* did not finish"):
        open_store(tmp_path)


def test_store_of_another_format_says_which(folder):
    path = meta_file(folder)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": FORMAT + 1, "version": "9.9"}))
    with pytest.raises(
        StoreVersionError, match=rf"has format {FORMAT + 1} \(kg 9.9\), this kg reads format {FORMAT}; build it again"
    ):
        open_store(folder)


@pytest.mark.parametrize(
    "harm",
    [
        lambda f: meta_file(f).unlink(),
        lambda f: meta_file(f).write_text("{"),
        lambda f: meta_file(f).write_text("[]"),
        lambda f: meta_file(f).write_text(f'{{"format": {FORMAT}, "version": "1"}}'),
        lambda f: meta_file(f).write_text("[" * 100_000),
        lambda f: (f / "CURRENT").write_text("../../etc\n"),
        lambda f: (f / "CURRENT").write_text(""),
        lambda f: (f / "CURRENT").write_bytes(b"\xff\x00"),
        lambda f: (f / "CURRENT").write_text("0123456789abcdef\n"),
        lambda f: next(f.glob("builds/*/facts.jsonl")).unlink(),
        lambda f: next(f.glob("builds/*/rdf/CURRENT")).unlink(),
        lambda f: next(f.glob("builds/*/rdf/CURRENT")).write_text("nothing\n"),
        lambda f: [path.unlink() for path in f.glob("builds/*/rdf/*")],
    ],
    ids=[
        "no-meta",
        "half-meta",
        "list-meta",
        "meta-without-counts",
        "deep-meta",
        "path",
        "empty",
        "bytes",
        "gone",
        "no-facts",
        "no-engine",
        "bad-engine",
        "no-rdf",
    ],
)
def test_damaged_store_is_recognised_and_built_anew(folder, tables, harm):
    harm(folder)
    with pytest.raises(StoreVersionError, match=r"damaged.*build it again with: kg build"):
        open_store(folder)
    write_store(folder, sample()[:2], tables)
    assert open_store(folder).meta["papers"] == 2


def test_what_cannot_be_read_is_said(folder):
    (folder / "CURRENT").unlink()
    (folder / "CURRENT").mkdir()
    with pytest.raises(StoreError, match=r"the store in .*graph cannot be read: Is a directory"):
        open_store(folder)


def test_what_cannot_be_written_is_said_and_leaves_nothing(tmp_path, tables):
    (tmp_path / "CURRENT").mkdir()
    with pytest.raises(StoreError, match=r"the store in .* cannot be written: .*Is a directory"):
        write_store(tmp_path, sample(), tables)
    assert not list(tmp_path.glob("builds/.part-*"))


def test_what_else_lies_in_the_folder_is_left_alone(tmp_path, tables):
    (tmp_path / "builds" / "release").mkdir(parents=True)
    for papers in (1, 2, 3):
        write_store(tmp_path, sample()[:papers], tables)
    assert (tmp_path / "builds" / "release").is_dir()
    assert len(list(tmp_path.glob("builds/*"))) == 3


def test_second_writer_is_told_who_writes(tmp_path, tables):
    code = (
        "import sys; from pathlib import Path; from kg.store.folder import write_lock\n"
        "with write_lock(Path(sys.argv[1])):\n"
        " print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreBusyError, match=f"process {holder.pid} is writing the store"):
            write_store(tmp_path, sample(), tables)
        holder.stdin.close()
    write_store(tmp_path, sample(), tables)


def test_lock_is_free_again_after_an_error(tmp_path):
    with pytest.raises(RuntimeError), write_lock(tmp_path):
        raise RuntimeError
    with write_lock(tmp_path):
        pass


def test_lock_on_a_file_is_a_store_error(tmp_path):
    (tmp_path / "graph").write_text("x")
    with pytest.raises(StoreError, match="no store can be written"), write_lock(tmp_path / "graph"):
        pass


MOMENTS = {
    "reading-facts": "resolve.Resolver.add",
    "first-load": "writing._Database._load",
    "before-meta": "writing._meta",
    "before-sync": "folder._write_through",
    "before-rename": "folder.Path.rename",
    "before-publishing": "folder.os.replace",
    "after-publishing": "folder.shutil.rmtree",
}

KILLED = """
import os, signal, sys
from pathlib import Path
import kg.resolve as resolve, kg.store.folder as folder, kg.store.writing as writing
from kg.ontology import load_ontology
from tests.graphs import sample
*path, name = sys.argv[3].split(".")
owner = {"resolve": resolve, "folder": folder, "writing": writing}[path[0]]
for part in path[1:]:
    owner = getattr(owner, part)
replaced = []
real_replace = os.replace
def replace(*args):
    real_replace(*args)
    replaced.append(args)
if name == "rmtree":
    os.replace = replace
real = getattr(owner, name)
def die(*args, **kwargs):
    if name != "rmtree" or replaced:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*args, **kwargs)
setattr(owner, name, die)
writing.write_store(sys.argv[1], sample(), load_ontology(Path(sys.argv[2])))
print("not killed")
"""


@pytest.mark.parametrize("moment", list(MOMENTS.values()), ids=list(MOMENTS))
def test_build_killed_at_any_moment_leaves_a_whole_store(tmp_path, moment):
    (tmp_path / "tables").mkdir()
    tables = write_ontology(tmp_path / "tables")
    for papers in (1, 2):  # a store before, so that there is an older build to remove
        write_store(tmp_path / "graph", sample()[:papers], tables)
    before = list(open_store(tmp_path / "graph").dump())
    done = subprocess.run(
        [sys.executable, "-c", KILLED, tmp_path / "graph", tmp_path / "tables", moment],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        timeout=60,
    )
    assert done.returncode == -9, done.stdout + done.stderr
    after = list(open_store(tmp_path / "graph").dump())
    write_store(tmp_path / "graph", sample(), tables)
    whole = list(open_store(tmp_path / "graph").dump())
    assert after == (whole if moment.endswith("rmtree") else before)
    assert not list((tmp_path / "graph").glob("builds/.part-*"))


def test_two_builds_are_kept_so_that_readers_may_finish(tmp_path, tables):
    for papers in range(1, 6):
        write_store(tmp_path, sample()[:papers], tables)
    assert len(list((tmp_path / "builds").iterdir())) == 2
