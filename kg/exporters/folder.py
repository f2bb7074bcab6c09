"""A folder with everything a graph is exported to, its MANIFEST.json, and the check that it is up to date.

The manifest says of each file its bytes, SHA-256 and counts, and which ontology and command it was made with; there
is no clock in it, so the same graph gives the same folder.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import ExportError, OutputError
from kg.exporters.formats import FORMATS, write
from kg.exporters.leftovers import remove_leftovers
from kg.exporters.rdf.statement_lines import sorted_triples
from kg.exporters.rows import Counts
from kg.files import sha256_of, whole_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.exporters.format import Content

__all__ = ["MANIFEST", "PAGE", "FileEntry", "Manifest", "check_all", "read_manifest", "write_all"]

MANIFEST: Final = "MANIFEST.json"
PAGE: Final = "kg.html"
_FORMATS: Final = ("turtle", "graphml", "gexf", "csv")
_SHRINK: Final = 0.05
"""The share of a count that a new export may lose before it is refused: a broken reader must not empty the folder."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of the folder; the counts it has no notion of are None."""

    name: str
    bytes: int
    sha256: str
    counts: Counts = field(default_factory=Counts)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a folder of exports holds; files are sorted by name."""

    files: tuple[FileEntry, ...]
    ontology: str
    command: str

    @property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of each file by its name."""
        return {entry.name: entry.sha256 for entry in self.files}

    def to_json(self) -> str:
        """The manifest as it is written, with its last line break."""
        files = {}
        for entry in self.files:
            counts = {name: getattr(entry.counts, name) for name in _COUNTS}
            known = {name: count for name, count in counts.items() if count is not None}
            files[entry.name] = {"bytes": entry.bytes, "sha256": entry.sha256, **known}
        data = {"command": self.command, "files": files, "ontology": self.ontology}
        return json.dumps(data, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


_COUNTS: Final = ("nodes", "edges", "triples", "rows")


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a folder, None where there is none.

    Raises:
        ExportError: it is there and cannot be read.
    """
    path = folder / MANIFEST
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Manifest(
            files=tuple(
                FileEntry(name, entry["bytes"], entry["sha256"], Counts(**{key: entry.get(key) for key in _COUNTS}))
                for name, entry in sorted(data["files"].items())
            ),
            ontology=data["ontology"],
            command=data["command"],
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ExportError(f"{path}: not a manifest ({error}); delete it to start anew") from error


def write_all(
    folder: Path,
    content: Content,
    *,
    ontology: str,
    command: str,
    page: Callable[[Path], object] | None = None,
    allow_shrink: bool = False,
) -> Manifest:
    """Every export of the content lies in `folder`, which is made, and its manifest beside them.

    All files are written aside first and then moved in, the manifest last; what the old manifest lists, is no longer
    made and was not changed goes. `ontology` is the digest of the ontology, `command` what a person types to get the
    same; `page` writes the interactive page to the path it is given.

    Raises:
        ExportError: content a format cannot hold; or a count is more than 5 % below the old manifest's, and shrinking
            was not allowed.
    """
    old = read_manifest(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        work = tempfile.TemporaryDirectory(dir=folder, prefix=".export.")
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror}") from error
    with work as aside:
        manifest = Manifest(_write_files(Path(aside), content, page), ontology, command)
        if old and not allow_shrink:
            _refuse_to_shrink(old, manifest, folder)
        for entry in manifest.files:
            (folder / entry.name).parent.mkdir(exist_ok=True, parents=True)
            (Path(aside) / entry.name).replace(folder / entry.name)
        if old:
            remove_leftovers(folder, old.digests, manifest.digests)
    with whole_file(folder / MANIFEST) as file:
        file.write(manifest.to_json().encode())
    return manifest


def check_all(
    folder: Path, content: Content, *, ontology: str, command: str, page: Callable[[Path], object] | None = None
) -> tuple[str, ...]:
    """One line for each file of `folder` that is not what `write_all` would write now; none when all are up to date."""
    with tempfile.TemporaryDirectory() as aside:
        manifest = Manifest(_write_files(Path(aside), content, page), ontology, command)
    problems = []
    for entry in manifest.files:
        path = folder / entry.name
        if not path.is_file():
            problems.append(f"{path}: missing")
        elif sha256_of(path) != entry.sha256:
            problems.append(f"{path}: differs: {path.stat().st_size} bytes there, {entry.bytes} would be written")
    path = folder / MANIFEST
    if not path.is_file():
        problems.append(f"{path}: missing")
    elif path.read_text(encoding="utf-8") != manifest.to_json():
        problems.append(f"{path}: differs")
    return tuple(problems)


def _write_files(folder: Path, content: Content, page: Callable[[Path], object] | None) -> tuple[FileEntry, ...]:
    counts: dict[str, Counts] = {}
    (statements,) = content.parts(FORMATS["turtle"])
    with sorted_triples(statements) as triples:
        once = replace(content, triples=triples)
        for name in _FORMATS:
            format_ = FORMATS[name]
            if format_.write_folder:
                written = write(once, format_, folder / name)
                counts |= {f"{name}/{file}": count for file, count in written.items()}
            else:
                counts |= write(once, format_, folder / f"kg{format_.extension}")
    if page:
        page(folder / PAGE)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    entries = {path.relative_to(folder).as_posix(): path for path in files}
    return tuple(
        FileEntry(name, path.stat().st_size, sha256_of(path), counts.get(name, Counts()))
        for name, path in sorted(entries.items())
    )


def _refuse_to_shrink(old: Manifest, new: Manifest, folder: Path) -> None:
    before: dict[str, Any] = {entry.name: entry.counts for entry in old.files}
    for entry in new.files:
        for name in _COUNTS:
            was, now = getattr(before.get(entry.name), name, None), getattr(entry.counts, name)
            if was and now is not None and now < was * (1 - _SHRINK):
                raise ExportError(
                    f"{folder / entry.name} would shrink from {was:,} to {now:,} {name}: nothing was written; "
                    "say --allow-shrink if that is right"
                )
