"""Files that are there whole or not at all."""

import errno
import fcntl
import os
import subprocess
from pathlib import Path

import pytest

from kg.errors import InputError, OutputError
from kg.files import taking_turns, temporary_files, whole_file, whole_folder, whole_text


def test_whole_file_appears_when_the_block_ends_well(tmp_path):
    with whole_file(tmp_path / "a") as file:
        file.write(b"new")
        assert not (tmp_path / "a").exists()
    assert (tmp_path / "a").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_whole_file_leaves_the_old_one_when_the_block_fails(tmp_path):
    (tmp_path / "a").write_bytes(b"old")

    def half():
        with whole_file(tmp_path / "a") as file:
            file.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert (tmp_path / "a").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_whole_text_is_utf8_with_its_line_ends_as_they_are(tmp_path):
    with whole_text(tmp_path / "a") as file:
        file.write("é\r\n→\n")
    assert (tmp_path / "a").read_bytes() == "é\r\n→\n".encode()


def test_whole_text_writes_to_standard_output(tmp_path, capfdbinary):
    with whole_text(Path("-")) as file:
        file.write("→\n")
    assert capfdbinary.readouterr().out == "→\n".encode()


@pytest.mark.parametrize("name", ["none/a", ".", ""], ids=["no-folder", "a-folder", "no-name"])
def test_whole_file_says_where_it_cannot_write(tmp_path, name):
    with pytest.raises(OutputError, match=str(tmp_path)), whole_file(tmp_path / name) as file:
        file.write(b"x")


def test_whole_file_has_the_rights_of_any_other_file(tmp_path):
    with whole_file(tmp_path / "a") as file:
        file.write(b"x")
    (tmp_path / "b").write_bytes(b"x")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_whole_file_keeps_a_link_and_replaces_its_file(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "link").symlink_to("a")
    with whole_file(tmp_path / "link") as file:
        file.write(b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a").read_bytes() == b"new"


def test_whole_file_writes_to_a_pipe_and_puts_nothing_in_its_place(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        with whole_file(pipe) as file:
            file.write(b"x")
        assert reader.stdout.read() == b"x"
    assert pipe.is_fifo()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_whole_file_says_that_the_disk_is_full(tmp_path):
    full = tmp_path / "full"
    full.symlink_to("/dev/full")
    with pytest.raises(OutputError, match="full: cannot be written: No space left"), whole_file(full) as file:
        file.write(b"x")
    assert Path("/dev/full").is_char_device()


def test_taking_turns_keeps_others_out_while_the_block_runs(tmp_path):
    other = os.open(tmp_path, os.O_RDONLY)
    with taking_turns(tmp_path), pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(other)
    assert list(tmp_path.iterdir()) == []


def test_taking_turns_wants_a_folder(tmp_path):
    with pytest.raises(OutputError, match="gone: cannot be opened"), taking_turns(tmp_path / "gone"):
        pass


def fill(folder, **files):
    with whole_folder(folder) as made:
        for name, text in files.items():
            (made / name).write_text(text)


def test_whole_folder_keeps_what_else_lies_there(tmp_path):
    fill(tmp_path / "a" / "b", one="1", two="2")
    fill(tmp_path / "a" / "b", two="new")
    assert {path.name: path.read_text() for path in (tmp_path / "a" / "b").iterdir()} == {"one": "1", "two": "new"}


def test_whole_folder_leaves_no_trace_when_the_block_fails(tmp_path):
    def half():
        with whole_folder(tmp_path / "new") as made:
            (made / "half").write_text("")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_whole_folder_writes_nothing_where_something_is_in_the_way(kind, tmp_path):
    def fill_it():
        with whole_folder(tmp_path) as made:
            (made / "a").write_text("")
            (made / "z").write_text("") if kind == "folder" else (made / "z").mkdir()

    way = tmp_path / "z"
    way.mkdir() if kind == "folder" else way.write_text("mine")
    with pytest.raises(OutputError, match=f"z: this {kind} is in the way"):
        fill_it()
    assert [path.name for path in tmp_path.iterdir()] == ["z"]


def test_temporary_files_that_cannot_be_written_are_one_error():
    with pytest.raises(OutputError, match=r"no temporary file can be written in .*: No space left"), temporary_files():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_errors_of_ours_pass_through_temporary_files():
    with pytest.raises(InputError), temporary_files():
        raise InputError("a", 1, "no")
