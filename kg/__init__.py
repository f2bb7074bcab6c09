"""Papers in, a knowledge graph of methods, models and benchmarks out."""

from kg._version import __version__

__all__ = ["__version__"]
