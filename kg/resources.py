"""Where things are: the folders `ontology/` and `queries/`, the demo papers, the default store. No other module knows.

In a wheel the folders lie inside the package, in a checkout beside it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

__all__ = ["STORE", "STORE_VARIABLE", "demo_papers", "ontology_folder", "queries_folder"]

STORE: Final = Path(".kg")
"""The store in the working folder, used where none is named."""
STORE_VARIABLE: Final = "MLKG_STORE"
"""The environment variable that names another folder."""

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


def demo_papers() -> Path:
    """The landmark papers that ship with the package, JSON lines."""
    return _PACKAGE / "demo" / "papers.jsonl"
