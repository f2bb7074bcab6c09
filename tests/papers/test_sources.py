from __future__ import annotations

import gzip
import io
import os
from pathlib import Path

import pytest
import zstandard

from kg.errors import InputError
from kg.papers import read_papers
from kg.papers.sources import expand

LINE = b'{"id": "a", "title": "Reeds"}\n'


def reasons(reading):
    return [(problem.source, problem.line, problem.reason) for problem in reading.problems]


def test_sources_folder_is_read_in_order_without_hidden_files(tmp_path):
    for name in ("b/two.txt", "b/.hidden", "a.bin", ".git/config", "c"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(LINE)
    assert list(expand([tmp_path])) == [str(tmp_path / name) for name in ("a.bin", "b/two.txt", "c")]


def test_sources_a_file_named_twice_is_read_once(tmp_path):
    (tmp_path / "a").write_bytes(LINE)
    reading = read_papers([tmp_path, tmp_path / "a", str(tmp_path / "a")])
    assert (reading.entries, reading.sources) == (1, 1)


def test_sources_broken_members_of_a_folder_do_not_keep_the_others(tmp_path):
    (tmp_path / "good").write_bytes(LINE)
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    (tmp_path / "up").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    reading = read_papers([tmp_path])
    assert [paper.id for paper in reading.papers] == ["a"]
    found = {Path(source).name: (line, reason) for source, line, reason in reasons(reading)}
    assert found["gone"] == (None, "a link to a file that is not there")
    assert found["circle"][1].startswith("cannot be read: ")
    assert found["up"] == (None, "a link back to a folder that holds it; not followed")
    assert found["pipe"] == (None, "a named pipe, not a file; to read from a pipe give -")
    assert len(found) == 4


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("none.jsonl", "no such file"),
        ("nul\x00name", "cannot be read: embedded null byte"),
        ("x" * 300, "cannot be read: File name too long"),
    ],
)
def test_sources_missing_file_is_named(name, why, tmp_path):
    reading = read_papers([tmp_path / name])
    assert [reason for _, _, reason in reasons(reading)] == [why]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices here")
def test_sources_device_is_refused():
    assert reasons(read_papers(["/dev/zero"])) == [
        ("/dev/zero", None, "a device, not a file; to read from a pipe give -")
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_sources_file_without_permission_is_named(tmp_path):
    (tmp_path / "a").write_bytes(LINE)
    (tmp_path / "a").chmod(0)
    assert reasons(read_papers([tmp_path])) == [(str(tmp_path / "a"), None, "cannot be read: Permission denied")]


def test_sources_standard_input_is_read_and_left_open():
    stdin = io.BytesIO(gzip.compress(LINE))
    (paper,) = read_papers(["-"], stdin=stdin).papers
    assert (paper.sightings[0].source, paper.sightings[0].line) == ("-", 1)
    assert not stdin.closed


def test_sources_standard_input_must_be_there():
    assert reasons(read_papers(["-"])) == [("-", None, "standard input was not given")]


MANY = b"".join(b'{"id": "%d", "title": "Reed %d", "abstract": "%x"}\n' % (n, n, n**40) for n in range(5000))


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_sources_cut_packed_file_keeps_what_came_before(pack, tmp_path):
    packed = pack(MANY)
    (tmp_path / "f").write_bytes(packed[: len(packed) - 20])
    reading = read_papers([tmp_path / "f"])
    assert len(reading.papers) > 1000
    assert reading.problems[-1].reason == "the packed file is cut short"


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_sources_damaged_packed_file_is_named(pack, tmp_path):
    packed = bytearray(pack(MANY))
    packed[12:200] = b"\xff" * 188
    (tmp_path / "f").write_bytes(packed)
    reading = read_papers([tmp_path / "f"])
    assert reading.papers == ()
    assert reading.problems[0].reason.startswith("the packed file is ")


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_sources_bomb_is_not_unpacked(pack, tmp_path):
    (tmp_path / "f").write_bytes(pack(LINE + (b" " * 4095 + b"\n") * (100 << 8)))
    reading = read_papers([tmp_path / "f"])
    assert [paper.id for paper in reading.papers] == ["a"]
    assert [problem.reason for problem in reading.problems] == [
        "unpacks to more than 200 times its size; not read further"
    ]


def test_sources_frames_one_after_another_are_one_file(tmp_path):
    (tmp_path / "f").write_bytes(b"".join(zstandard.compress(LINE.replace(b'"a"', b'"%d"' % n)) for n in range(3)))
    assert [paper.id for paper in read_papers([tmp_path / "f"]).papers] == ["0"]
    assert read_papers([tmp_path / "f"]).entries == 3


def test_sources_utf16_with_a_broken_end_names_the_line(tmp_path):
    (tmp_path / "f").write_bytes((LINE.decode() * 2).encode("utf-16")[:-1])
    reading = read_papers([tmp_path / "f"])
    assert [paper.id for paper in reading.papers] == ["a"]
    assert [(line, reason[:9]) for _, line, reason in reasons(reading)] == [(2, "not UTF-8")]


def test_sources_names_no_console_can_print_are_made_printable(tmp_path):
    name = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.jsonl")
    try:
        Path(name).write_bytes(LINE)
    except OSError:
        pytest.skip("this file system takes no such names")
    (paper,) = read_papers([tmp_path]).papers
    assert paper.sightings[0].source.encode().endswith("\ufffd.jsonl".encode())


def test_sources_problems_are_errors_with_file_and_line(tmp_path):
    (tmp_path / "f").write_bytes(LINE + b"nonsense\n")
    (problem,) = read_papers([tmp_path / "f"]).problems
    assert isinstance(problem, InputError)
    assert str(problem).startswith(f"{tmp_path / 'f'}:2: not JSON")
