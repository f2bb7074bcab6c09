"""Files that are there whole or not at all: the one way in which this package writes."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import io
import os
import secrets
import sys
import tempfile
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO, cast

from kg.errors import KgError, OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "part_beside",
    "put_text",
    "sha256_of",
    "taking_turns",
    "temporary_files",
    "whole_file",
    "whole_folder",
    "whole_text",
]


def part_beside(path: Path) -> Path:
    """A name in the same folder that nothing else has, for what becomes `path` when it is done."""
    return path.with_name(f".{path.name}.{secrets.token_hex(6)}.part")


@contextmanager
def taking_turns(folder: Path) -> Iterator[None]:
    """While the block runs no other process is in one for the same folder; each waits for those before it.

    Where the file system knows no locks nobody waits.

    Raises:
        OutputError: the folder cannot be opened.
    """
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be opened: {error.strerror}") from error
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A binary file that becomes `path` when the block ends well and leaves no trace when not; `-` is standard output.

    The folder has to be there. A link stays one and its file is replaced; a device or a pipe is written to.

    Raises:
        OutputError: the file cannot be written there.
    """
    if str(path) == "-":
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        target = Path(os.path.realpath(path))
        if path.is_dir():
            raise OutputError(f"{path}: is a folder; name a file in it")
        if target.exists() and not target.is_file():  # /dev/null, or /dev/stdout
            with path.open("wb") as file:
                yield file
            return
        part = part_beside(target)
        try:
            with part.open("xb") as file:
                yield file
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except KgError:
        raise
    except OSError as error:
        if error.errno in (None, errno.EPIPE):
            raise
        raise OutputError(f"{path}: cannot be written: {error.strerror}") from error


def put_text(file: BinaryIO, pieces: Iterable[str]) -> None:
    """Writes the pieces as UTF-8, a thousand at a time."""
    iterator = iter(pieces)
    while some := "".join(islice(iterator, 1_000)):
        file.write(some.encode())


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """An empty folder whose files are moved into `path`, which is made, when the block ends well; no trace when not.

    What lies in `path` under other names stays.

    Raises:
        OutputError: the folder cannot be written, or holds a folder where a file is to be, or a file for a folder.
    """
    new = not path.exists()
    try:
        path.mkdir(parents=True, exist_ok=True)
        aside = tempfile.TemporaryDirectory(dir=path, prefix=".part.")
    except OSError as error:
        raise OutputError(f"{path}: cannot be made a folder: {error.strerror}") from error
    try:
        with aside as name:
            yield Path(name)
            _move_in(Path(name), path)
    except BaseException as error:
        if new:
            with suppress(OSError):
                path.rmdir()
        if isinstance(error, OSError) and not isinstance(error, KgError):
            raise OutputError(f"{path}: cannot be written: {error.strerror}") from error
        raise


def _move_in(made: Path, folder: Path) -> None:
    places = {path: folder / path.relative_to(made) for path in sorted(made.rglob("*"))}
    for path, place in places.items():
        if place.exists() and place.is_dir() != path.is_dir():
            kind = "folder" if place.is_dir() else "file"
            raise OutputError(f"{place}: this {kind} is in the way; move it, or name another folder")
    for path, place in places.items():
        if path.is_dir():
            place.mkdir(exist_ok=True)
        else:
            path.replace(place)


@contextmanager
def whole_text(path: Path) -> Iterator[TextIO]:
    """As `whole_file`, for text: UTF-8 whatever the locale, line ends as they are written."""
    with whole_file(path) as file:
        text = io.TextIOWrapper(cast("io.BytesIO", file), encoding="utf-8", newline="", write_through=False)
        try:
            yield text
            text.flush()
        finally:
            text.detach()


@contextmanager
def temporary_files() -> Iterator[None]:
    """What is written within goes to the folder of temporary files.

    Raises:
        OutputError: it cannot be written there; the message says where, and how to choose another place.
    """
    try:
        yield
    except KgError:
        raise
    except OSError as error:
        why = error.strerror or str(error).partition(": ")[2] or error
        place = tempfile.gettempdir()
        raise OutputError(f"no temporary file can be written in {place}: {why}; TMPDIR names another folder") from error
