"""Relations and results: what a paper says it does with the things it names, read from linked mentions."""

from __future__ import annotations

from kg.relations.extraction import extract

__all__ = ["extract"]
