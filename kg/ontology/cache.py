"""The ontology as it was compiled last, in the user's cache folder: read in place of tables that are still the same.

    <cache>/ontology-<key>.json     a checksum, a line feed, and the fields of all rows, column by column, as JSON

The key is a digest of the tables and of the code that reads them, so a file is never out of date, only useless. A file
that is damaged, another user's, or open to others' writing is not read, and where nothing can be written nothing is:
a cache makes loading faster, and that is all it does. It holds data alone; reading it runs no code of it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import sys
from array import array
from base64 import b64decode, b64encode
from collections import deque
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar

from kg._version import __version__
from kg.files import part_beside
from kg.identifiers import Iri, NormalForm
from kg.ontology.entity import Entity, Organisation, Sense
from kg.ontology.ontology import Ontology
from kg.resources import cache_folder
from kg.vocabulary import Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["read", "write"]

Thing = TypeVar("Thing", Entity, Organisation, Sense)
Column = tuple[list[Any], str | None]
"""The values of a field, one a thing; or each value once, and for each thing its place among them."""

_KEPT: Final = 4
"""Files kept; the oldest go when another is written."""
_OURS: Final = re.compile(r"ontology-[0-9a-f]{64}\.json|\.ontology-[0-9a-f]{64}\.json\.[0-9a-f]+\.part")
_DAMAGED: Final = (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError)
"""What reading a file raises that is not there, not ours, or not as it was written."""

_KINDS: Final = {kind.value: kind for kind in Kind}
_PREDICATES: Final = {predicate.value: predicate for predicate in Predicate}
_FROM_JSON: Final[dict[str, Callable[[list[Any]], Iterable[object]]]] = {
    "kind": lambda kinds: map(_KINDS.__getitem__, kinds),
    "aliases": lambda lists: map(tuple, lists),
    "categories": lambda lists: map(tuple, lists),
    "cues": lambda lists: map(tuple, lists),
    "parents": lambda lists: [tuple([(_PREDICATES[how], to) for how, to in edges]) for edges in lists],
}
"""For fields that JSON gives back as something else: the values from those read."""


def read(digest: str) -> Ontology | None:
    """The ontology of the tables of that digest, None where none is kept, or none that can be trusted."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        return _decoded(_content(_file(folder, digest)), digest)
    except _DAMAGED:
        return None


def write(ontology: Ontology) -> None:
    """The ontology is kept for later processes, whole or not at all, and not more than a few others with it."""
    folder = cache_folder()
    if folder is None:
        return
    with suppress(OSError):
        path = _file(folder, ontology.digest)
        part = part_beside(path)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                body = _encoded(ontology)  # not before there is a file for it
                file.write(_checksum(path, body) + body)
            part.replace(path)  # a link of that name is replaced, not followed
        finally:
            part.unlink(missing_ok=True)
        kept = sorted((held for held in folder.iterdir() if _OURS.fullmatch(held.name)), key=_written, reverse=True)
        for old in kept[_KEPT:]:
            old.unlink(missing_ok=True)


def _file(folder: Path, digest: str) -> Path:
    """Where what this code makes of the tables of that digest is kept."""
    key = hashlib.sha256(f"{__version__} {sys.byteorder} {digest}".encode())
    here = Path(__file__).parent
    for source in sorted((*here.glob("*.py"), *here.parent.glob("*.py"))):
        key.update(source.read_bytes())
    return folder / f"ontology-{key.hexdigest()}.json"


def _content(path: Path) -> bytes:
    """What was written to a file that nobody but us may write to.

    Raises:
        OSError, ValueError: it is not there, another's, or not as it was written.
    """
    # no waiting for what writes to a pipe of that name
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        held = os.fstat(file.fileno())
        if not stat.S_ISREG(held.st_mode) or held.st_uid != os.geteuid() or held.st_mode & 0o022:
            raise PermissionError(path)
        checksum, body = file.readline(), file.read()
    if checksum != _checksum(path, body):
        raise ValueError(path)
    return body


def _checksum(path: Path, body: bytes) -> bytes:
    """The first line of a file; a file under another's name has not the right one."""
    return hashlib.sha256(path.name.encode() + b"\n" + body).hexdigest().encode() + b"\n"


def _written(path: Path) -> int:
    return path.lstat().st_mtime_ns


def _encoded(ontology: Ontology) -> bytes:
    held = {
        "entities": _columns(Entity, tuple(ontology.entities.values())),
        "organisations": _columns(Organisation, tuple(ontology.organisations.values())),
        "senses": _columns(Sense, ontology.senses),
        "stopped": sorted(ontology.stopped),
        "redirects": dict(ontology.redirects),
    }
    return json.dumps(held, separators=(",", ":")).encode("ascii")


def _decoded(body: bytes, digest: str) -> Ontology:
    held = json.loads(body)
    return Ontology(
        entities=MappingProxyType({entity.iri: entity for entity in _things(Entity, held["entities"])}),
        organisations=MappingProxyType({made.iri: made for made in _things(Organisation, held["organisations"])}),
        senses=tuple(_things(Sense, held["senses"])),
        stopped=frozenset(map(NormalForm, held["stopped"])),
        redirects=MappingProxyType({Iri(old): Iri(new) for old, new in held["redirects"].items()}),
        digest=digest,
    )


def _columns(kind: type[Thing], things: Sequence[Thing]) -> list[Column]:
    """The values of each field of a dataclass, over all things in their order."""
    return [_column([getattr(thing, field.name) for thing in things]) for field in fields(kind)]


def _column(values: list[Any]) -> Column:
    different = list(dict.fromkeys(values))
    if len(different) * 2 > len(values):
        return values, None
    places = {value: place for place, value in enumerate(different)}
    return different, b64encode(array("I", [places[value] for value in values]).tobytes()).decode()


def _things(kind: type[Thing], columns: list[Column]) -> list[Thing]:
    """The things of these columns; put together a column at a time, which takes half as long as one at a time."""
    things: list[Thing] = []
    for field, (written, places) in zip(fields(kind), columns, strict=True):
        values = list(_FROM_JSON.get(field.name, iter)(written))
        if places is not None:
            values = [values[place] for place in array("I", b64decode(places))]
        things = things or [object.__new__(kind) for _ in values]
        if len(values) != len(things):
            raise ValueError(field.name)
        deque(map(vars(kind)[field.name].__set__, things, values), maxlen=0)
    return things
