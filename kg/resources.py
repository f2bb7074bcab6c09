"""Where things are: the folders `ontology/` and `queries/`, the demo papers, the default store. No other module knows.

In a wheel the folders lie inside the package, in a checkout beside it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

__all__ = [
    "CACHE_VARIABLE",
    "NO_CACHE",
    "STORE",
    "STORE_VARIABLE",
    "cache_folder",
    "demo_papers",
    "ontology_folder",
    "queries_folder",
]

STORE: Final = Path(".kg")
"""The store in the working folder, used where none is named."""
STORE_VARIABLE: Final = "MLKG_STORE"
"""The environment variable that names another folder."""
CACHE_VARIABLE: Final = "MLKG_CACHE"
"""The environment variable that names the cache folder, or says `off`."""
NO_CACHE: Final = "off"
"""The value of it for keeping nothing."""

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def ontology_folder() -> Path:
    """The folder of the ontology's tables and schema."""
    return _folder("ontology")


def queries_folder() -> Path:
    """The folder of the query library."""
    return _folder("queries")


def cache_folder() -> Path | None:
    """Where what can be made again is kept: `$MLKG_CACHE`, else `mlkg` in `$XDG_CACHE_HOME` or `~/.cache`.

    None where the variable says `off`, and where nobody knows the home folder.
    """
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return None if named == NO_CACHE else Path(named)
    caches = Path(os.environ.get("XDG_CACHE_HOME") or "")  # the XDG specification: a relative path is no path
    try:
        return (caches if caches.is_absolute() else Path.home() / ".cache") / "mlkg"
    except RuntimeError:
        return None


def demo_papers() -> Path:
    """The landmark papers that ship with the package, JSON lines."""
    return _PACKAGE / "demo" / "papers.jsonl"
