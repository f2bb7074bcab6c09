"""Files of an earlier export that the new one no longer makes: they go, and never anything else.

A folder whose names of files come from the graph (`Format.names_vary`) holds a list of them, `.mlkg-<format>.sha256`,
as `sha256sum --check` reads it. The next export of that format into the folder removes what is on the list, was not
written again and has not been changed since: a note with a person's own lines in it stays.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from kg.files import sha256_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kg.exporters.format import Format

__all__ = ["read_list", "remove_leftovers", "write_list"]

_LINE: Final = re.compile(r"([0-9a-f]{64})  (.+)")


def write_list(folder: Path, format_: Format) -> None:
    """The list of the folder's files lies in it, sorted by name; there is none where the names never change."""
    if format_.names_vary:
        names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
        lines = [f"{sha256_of(folder / name)}  {name}\n" for name in names]
        _list(folder, format_).write_text("".join(lines), encoding="utf-8", newline="\n")


def read_list(folder: Path, format_: Format) -> dict[str, str]:
    """The digest of each file that the last export of the format wrote into the folder; empty where it left no list."""
    try:
        text = _list(folder, format_).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return {}
    return {match[2]: match[1] for match in map(_LINE.fullmatch, text.split("\n")) if match}


def remove_leftovers(folder: Path, earlier: Mapping[str, str], now: Mapping[str, str]) -> None:
    """What is on the earlier list alone goes, where its bytes are still those; so does a folder that this empties."""
    inside = folder.resolve()
    for name in sorted(earlier.keys() - now.keys()):
        path = folder / name
        # a list is a file like any other: it must not reach out of its folder, by `..` or by a link
        if path.resolve() == inside / name and path.is_file() and sha256_of(path) == earlier[name]:
            path.unlink()
            with suppress(OSError):
                path.parent.rmdir()


def _list(folder: Path, format_: Format) -> Path:
    return folder / f".mlkg-{format_.name}.sha256"
