"""The compiled ontology: the same as from the tables, and never in the way."""

import multiprocessing
import os
import stat
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import OntologyError
from kg.ontology import load_ontology
from kg.resources import cache_folder
from tests.ontology.small_tables import changed, write

STATE = ("entities", "organisations", "senses", "stopped", "redirects", "forms", "digest")


def state(ontology):
    """All that an ontology says, its order included."""
    held = [getattr(ontology, name) for name in STATE]
    return [list(part.items()) if hasattr(part, "items") else part for part in held]


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A cache folder of the test's own, not there yet."""
    folder = tmp_path / "caches" / "mlkg"
    monkeypatch.setenv("MLKG_CACHE", str(folder))
    return folder


@pytest.fixture
def tables(tmp_path):
    return write(tmp_path / "ontology")


def compiled(folder, monkeypatch):
    """The ontology made from the tables, whatever is kept."""
    with monkeypatch.context() as patch:
        patch.setenv("MLKG_CACHE", "off")
        return load_ontology(folder)


def only(folder):
    """The one file in a folder."""
    (path,) = folder.iterdir()
    return path


def test_cache_state_is_all_of_an_ontology(ontology):
    assert {field.name for field in fields(ontology)} | {"forms"} == set(STATE)


def test_cache_gives_the_ontology_of_the_tables(kept, tables, monkeypatch):
    first, second = load_ontology(tables), load_ontology(tables)
    assert state(first) == state(second) == state(compiled(tables, monkeypatch))
    assert second is not first
    assert only(kept).name.startswith("ontology-")


def test_cache_gives_the_shipped_ontology_of_the_tables(ontology, monkeypatch):
    expected = state(compiled(None, monkeypatch))
    for held in (ontology, load_ontology()):
        same = state(held) == expected
        assert same


def test_cache_is_what_is_read(kept, tables, monkeypatch):
    load_ontology(tables)
    monkeypatch.setattr("kg.ontology.rows.Rows", None)
    assert load_ontology(tables).find("LoRA")


def test_cache_is_not_read_once_a_table_changed(kept, tables):
    before = load_ontology(tables)
    times = (tables / "methods.tsv").stat()
    write(tables, changed("methods", 0, year="2022"))
    os.utime(tables / "methods.tsv", ns=(times.st_atime_ns, times.st_mtime_ns))
    after = load_ontology(tables)
    assert (before.find("LoRA")[0].year, after.find("LoRA")[0].year) == (2021, 2022)
    assert len(list(kept.iterdir())) == 2


def test_cache_is_not_read_by_another_version(kept, tables, monkeypatch):
    load_ontology(tables)
    monkeypatch.setattr("kg.ontology.cache.__version__", "0.0.1")
    load_ontology(tables)
    assert len(list(kept.iterdir())) == 2


def test_cache_keeps_no_tables_with_problems(kept, tmp_path):
    with pytest.raises(OntologyError):
        load_ontology(write(tmp_path / "wrong", changed("methods", 0, year="?")))
    assert not kept.exists()


def test_cache_keeps_few_files(kept, tmp_path):
    for year in range(2000, 2010):
        load_ontology(write(tmp_path / "ontology", changed("methods", 0, year=str(year))))
    assert len(list(kept.iterdir())) == 4
    newest = max(kept.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    assert "2009" in newest.read_text(encoding="utf-8")


def test_cache_removes_what_killed_writers_left_and_nothing_else(kept, tables, tmp_path):
    load_ontology(tables)
    name = only(kept).name
    only(kept).unlink()
    for number in range(9):
        left = kept / f".{name}.{number:012x}.part"
        left.write_bytes(b"half")
        os.utime(left, (number, number))
    for foreign in ("ontology-of-mine.json", "notes.txt"):
        (kept / foreign).write_text("mine")
        os.utime(kept / foreign, (0, 0))
    load_ontology(tables)
    left = {path.name for path in kept.iterdir()}
    assert {name, "ontology-of-mine.json", "notes.txt"} <= left
    assert len(left) == 4 + 2


def test_cache_is_the_users_alone(kept, tables):
    load_ontology(tables)
    assert stat.S_IMODE(only(kept).stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700


def test_cache_that_others_may_write_to_is_not_read_but_replaced(kept, tables, monkeypatch):
    expected = state(compiled(tables, monkeypatch))
    load_ontology(tables)
    path = only(kept)
    path.write_bytes(b"planted")
    path.chmod(0o666)
    assert state(load_ontology(tables)) == expected
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_cache_of_another_user_is_not_read(kept, tables, monkeypatch):
    load_ontology(tables)
    made = []
    monkeypatch.setattr("kg.ontology.cache.write", made.append)
    load_ontology(tables)
    assert not made
    owner = only(kept).stat().st_uid
    monkeypatch.setattr("os.geteuid", lambda: owner + 1)
    load_ontology(tables)
    assert made


def test_cache_link_is_neither_read_nor_followed(kept, tables, tmp_path):
    load_ontology(tables)
    path = only(kept)
    letter = tmp_path / "letter"
    letter.write_bytes(path.read_bytes())
    letter.chmod(0o600)
    before = letter.stat()
    path.unlink()
    path.symlink_to(letter)
    load_ontology(tables)
    assert not path.is_symlink()
    assert (letter.stat().st_ino, letter.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_cache_under_the_name_of_another_is_not_read(kept, tables, tmp_path):
    load_ontology(write(tmp_path / "other", changed("methods", 0, year="1999")))
    other = only(kept)
    load_ontology(tables)
    (path,) = set(kept.iterdir()) - {other}
    other.replace(path)
    assert load_ontology(tables).find("LoRA")[0].year == 2021


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["pipe", "folder"])
def test_cache_that_is_no_file_is_passed_over(kept, tables, make):
    load_ontology(tables)
    path = only(kept)
    path.unlink()
    make(path)
    assert load_ontology(tables).find("LoRA")


GARBAGE = {
    "empty": lambda _: b"",
    "half": lambda data: data[: len(data) // 2],
    "longer": lambda data: data + b"x",
    "zeros": lambda data: bytes(len(data)),
    "noise": lambda _: bytes(range(256)) * 40,
    "another file": lambda data: data.replace(b"LoRA", b"LoRa"),
}


@pytest.mark.parametrize("spoil", GARBAGE.values(), ids=GARBAGE)
def test_cache_that_is_damaged_is_written_anew(kept, tables, spoil):
    load_ontology(tables)
    path = only(kept)
    data = path.read_bytes()
    path.write_bytes(spoil(data))
    assert load_ontology(tables).find("LoRA")
    assert only(kept).read_bytes() == data


HOSTILE = {
    "no JSON": b"cos\nsystem\n(S'true'\ntR.",
    "deep": b"[" * 100_000,
    "number": b"7",
    "list": b"[]",
    "no columns": b'{"entities":[],"organisations":[],"senses":[],"stopped":[],"redirects":{}}',
    "columns of two lengths": b'{"entities":[[["a"],null],[["Model","Task"],null]],"organisations":[]}',
    "unknown kind": b'{"entities":[[["a"],null],[["Demon"],null]]}',
    "places out of range": b'{"entities":[[["a"],"/////w=="]]}',
    "places of half a number": b'{"entities":[[["a"],"AAA="]]}',
    "null": b'{"entities":null}',
    "huge number": b'{"entities":' + b"9" * 5000 + b"}",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_cache_with_a_right_checksum_and_wrong_content_is_written_anew(kept, tables, body):
    from hashlib import sha256

    load_ontology(tables)
    path = only(kept)
    data = path.read_bytes()
    path.write_bytes(sha256(path.name.encode() + b"\n" + body).hexdigest().encode() + b"\n" + body)
    assert load_ontology(tables).find("LoRA")
    assert path.read_bytes() == data


@given(at=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255), cut=st.booleans())
def test_cache_changed_anywhere_never_changes_the_ontology(tmp_path_factory, at, byte, cut):
    folder = tmp_path_factory.getbasetemp() / "anywhere"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MLKG_CACHE", str(folder / "cache"))
        folder.mkdir(exist_ok=True)
        expected = state(load_ontology(write(folder / "ontology")))
        path = only(folder / "cache")
        data = bytearray(path.read_bytes())
        place = int(at * len(data))
        if cut:
            del data[place:]
        else:
            data[place] = byte
        path.write_bytes(data)
        assert state(load_ontology(folder / "ontology")) == expected


@pytest.mark.parametrize("place", ["/dev/null", "/dev/null/cache", "/proc/nothing"])
def test_cache_that_cannot_be_written_is_done_without(tables, monkeypatch, place):
    monkeypatch.setenv("MLKG_CACHE", place)
    assert load_ontology(tables).find("LoRA")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_cache_in_a_home_that_is_read_only_is_done_without(tables, tmp_path, monkeypatch):
    (tmp_path / "home").mkdir(mode=0o500)
    monkeypatch.setenv("MLKG_CACHE", str(tmp_path / "home" / "cache"))
    assert load_ontology(tables).find("LoRA")


def test_cache_on_a_full_disk_is_done_without_and_leaves_nothing(kept, tables, monkeypatch):
    resource = pytest.importorskip("resource")
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))  # a write past it fails as one on a full disk does
    try:
        assert load_ontology(tables).find("LoRA")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert list(kept.iterdir()) == []


def test_cache_off_keeps_nothing(tables, tmp_path, monkeypatch):
    monkeypatch.setenv("MLKG_CACHE", "off")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    load_ontology(tables)
    assert cache_folder() is None
    assert not (tmp_path / "xdg").exists()


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"MLKG_CACHE": "/a/b"}, "/a/b"),
        ({"XDG_CACHE_HOME": "/x"}, "/x/mlkg"),
        ({"XDG_CACHE_HOME": "x"}, "/home/u/.cache/mlkg"),
        ({"MLKG_CACHE": ""}, "/home/u/.cache/mlkg"),
        ({}, "/home/u/.cache/mlkg"),
    ],
    ids=["named", "xdg", "xdg-relative", "empty", "home"],
)
def test_cache_folder_is_where_the_environment_says(monkeypatch, environment, folder):
    for name in ("MLKG_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in ({"HOME": "/home/u"} | environment).items():
        monkeypatch.setenv(name, value)
    assert cache_folder() == Path(folder)


def load_in_turn(folder, years):
    for year in years:
        load_ontology(write(folder / str(year), changed("methods", 0, year=str(year))))


def test_cache_serves_several_writers_at_once(kept, tmp_path):
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=load_in_turn, args=(tmp_path / str(n), range(2000, 2012))) for n in range(3)]
    for number in range(3):
        (tmp_path / str(number)).mkdir()
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert 1 <= len(list(kept.iterdir())) <= 7
