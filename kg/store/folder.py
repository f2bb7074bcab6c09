"""The folder of a store: which build is published, who writes, what an interrupted build may leave behind.

    DIR/CURRENT               one line: the name of the published build
    DIR/lock                  held by the process that writes; its number inside
    DIR/builds/<name>/        rdf/ (Oxigraph), facts.jsonl, meta.json; never changed once it has this name
                              and imports.jsonl where something was imported
    DIR/builds/.part-<pid>/   a build being made

A build is made under a name nobody reads, written through to the disk, renamed, and published by replacing CURRENT: at
any moment before that the old build is the store, at any moment after it the new one.
"""

from __future__ import annotations

import fcntl
import filecmp
import json
import os
import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import StoreBusyError, StoreError, StoreMissingError, StoreVersionError
from kg.resources import STORE, STORE_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "FORMAT",
    "Build",
    "current_build",
    "default_folder",
    "new_build",
    "publish",
    "write_lock",
]

FORMAT: Final = 1
"""Number of the layout and of the vocabulary of the RDF in it; a store of another number is refused."""

_NAME: Final = re.compile(r"[0-9a-f]{16}(?:-[0-9]+)?")
_PART: Final = ".part-"
_META: Final = frozenset(
    ["build", "edges", "facts_digest", "lifted", "mentions", "newest", "nodes", "ontology_digest"]
) | {"papers", "relations", "results", "triples"}
"""What meta.json of this format holds beside `format` and `version`."""


@dataclass(frozen=True, slots=True)
class Build:
    """A complete build on disk."""

    folder: Path
    meta: dict[str, Any]

    @property
    def rdf(self) -> Path:
        """The Oxigraph database."""
        return self.folder / "rdf"

    @property
    def facts(self) -> Path:
        """The facts it was made from, sorted by paper."""
        return self.folder / "facts.jsonl"

    @property
    def imports(self) -> Path:
        """What was imported, sorted by name; there only where something was."""
        return self.folder / "imports.jsonl"


def default_folder() -> Path:
    """The folder in the environment variable MLKG_STORE, else `.kg`."""
    return Path(os.environ.get(STORE_VARIABLE) or STORE)


def current_build(folder: Path) -> Build:
    """The published build.

    Raises:
        StoreMissingError: there is none.
        StoreVersionError: another version wrote it, or its files are damaged.
        StoreError: its files may not be read.
    """
    try:
        name = (folder / "CURRENT").read_text(encoding="utf-8", errors="replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        left = (folder / "builds").is_dir()
        why = f"the first build in {folder} did not finish" if left else f"there is no store in {folder}"
        raise StoreMissingError(f"{why}; make one with: kg build PAPERS --store {folder}") from None
    except (OSError, ValueError) as error:  # no permission; a name with a NUL
        why = str((isinstance(error, OSError) and error.strerror) or error)
        raise StoreError(f"the store in {folder} cannot be read: {why}") from error
    again = f"build it again with: kg build PAPERS --store {folder}"
    if not _NAME.fullmatch(name):
        raise StoreVersionError(f"{folder / 'CURRENT'} is damaged: {name[:40]!r} is not the name of a build; {again}")
    build = folder / "builds" / name
    try:
        meta = json.loads((build / "meta.json").read_text(encoding="utf-8"))
        written, by = meta["format"], meta["version"]
    except PermissionError as error:
        raise StoreError(f"the store in {folder} cannot be read: {error.strerror}") from error
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise StoreVersionError(
            f"the store in {folder} is damaged: {build / 'meta.json'} cannot be read; {again}"
        ) from error
    if written != FORMAT:
        raise StoreVersionError(
            f"the store in {folder} has format {written} (kg {by}), this kg reads format {FORMAT}; {again}"
        )
    if not _META.issubset(meta):
        missing = ", ".join(sorted(_META.difference(meta)))
        raise StoreVersionError(f"the store in {folder} is damaged: {build / 'meta.json'} lacks {missing}; {again}")
    if not (build / "rdf").is_dir() or not (build / "facts.jsonl").is_file():
        raise StoreVersionError(f"the store in {folder} is damaged: {build} lacks rdf/ or facts.jsonl; {again}")
    return Build(build, meta)


@contextmanager
def write_lock(folder: Path) -> Iterator[None]:
    """Holds the store for writing; the folder is made where it is missing.

    Raises:
        StoreBusyError: another process holds it.
        StoreError: the folder cannot be made, or holds something else.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(f"no store can be written to {folder}: {error.strerror or error}") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
            raise StoreBusyError(
                f"process {holder or '?'} is writing the store in {folder}; try again when it is done"
            ) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


@contextmanager
def new_build(folder: Path) -> Iterator[Path]:
    """An empty folder for the next build, gone afterwards unless it was published; for the holder of the lock.

    What killed builds have left is removed first.

    Raises:
        StoreError: the files cannot be written.
    """
    builds = folder / "builds"
    part = builds / f"{_PART}{os.getpid()}"
    try:
        builds.mkdir(exist_ok=True)
        for left in builds.glob(f"{_PART}*"):
            shutil.rmtree(left, ignore_errors=True)
        part.mkdir()
        yield part
    except StoreError:
        raise
    except OSError as error:  # no space, no permission
        place = f"{error.filename}: " if error.filename else ""
        raise StoreError(f"the store in {folder} cannot be written: {place}{error.strerror or error}") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def publish(folder: Path, part: Path, name: str) -> bool:
    """The build of that content is the store; False where it was before, and is whole.

    The build that was published until now is kept, for those who read it; older ones are removed.
    """
    builds = folder / "builds"
    before = _published(folder)
    if before is not None and before.split("-")[0] == name and _same(builds / before, part):
        return False
    free = chain([name], (f"{name}-{number}" for number in count(2)))
    final = next(one for one in free if not (builds / one).exists())
    _write_through(part)
    part.rename(builds / final)
    _sync(builds)
    pointer = folder / "CURRENT.part"
    with pointer.open("w", encoding="utf-8") as file:
        file.write(final + "\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(pointer, folder / "CURRENT")  # noqa: PTH105
    _sync(folder)
    for old in builds.iterdir():
        if old.name not in (final, before) and _NAME.fullmatch(old.name):  # nothing that is not ours
            shutil.rmtree(old, ignore_errors=True)
    return True


def _same(published: Path, part: Path) -> bool:
    """Whether a published build of the same digest is undamaged: same files, and a database that is complete."""
    from pyoxigraph import Store  # noqa: PLC0415

    try:
        kept = ["imports.jsonl"] if (part / "imports.jsonl").exists() else []
        for name in ("meta.json", "facts.jsonl", *kept):
            if not filecmp.cmp(published / name, part / name, shallow=False):
                return False
        triples: int = json.loads((part / "meta.json").read_text(encoding="utf-8"))["triples"]
        return len(Store.read_only(str(published / "rdf"))) == triples
    except (OSError, ValueError, RuntimeError):
        return False


def _published(folder: Path) -> str | None:
    try:
        return (folder / "CURRENT").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return None


def _write_through(folder: Path) -> None:
    for root, _, files in os.walk(folder):
        for file in files:
            _sync(Path(root, file))
        _sync(Path(root))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
