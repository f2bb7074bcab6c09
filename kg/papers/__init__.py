"""Papers: read from any of the formats people have them in, each paper once."""

from __future__ import annotations

from kg.papers.paper import Paper, Sighting
from kg.papers.reading import Progress, Reading, iter_records, read_papers

__all__ = ["Paper", "Progress", "Reading", "Sighting", "iter_records", "read_papers"]
