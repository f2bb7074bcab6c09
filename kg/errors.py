"""Everything this package raises on purpose.

KgError
├── InputError(ValueError)          a paper file that cannot be read; carries file, line, reason
├── StrictImportError(ValueError)   an import of which something was refused, where nothing may be
├── OntologyError(ValueError)       bad rows of the ontology, all of them at once
├── EntryError(ValueError)          a new entry that the ontology cannot take
├── FactsError(ValueError)          a line that is not the facts format
├── UnknownNameError(LookupError)   no such node, query, format; says what is near
├── AmbiguousNameError(LookupError) a name of several nodes; lists them
├── QueryError(ValueError)          SPARQL that does not parse, or wrong parameters
├── StoreError(OSError)
│   ├── StoreMissingError           there is no store in that folder
│   ├── StoreBusyError              another process is writing it
│   └── StoreVersionError           written by another version, or damaged
├── OutputError(OSError)            a file that cannot be written
└── ExportError(ValueError)         content or a target that a format cannot take

Only the command line turns these into a line of text; everything else lets them rise. A bug is not one of them and
keeps its traceback.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "AmbiguousNameError",
    "EntryError",
    "ExportError",
    "FactsError",
    "InputError",
    "KgError",
    "OntologyError",
    "OutputError",
    "QueryError",
    "StoreBusyError",
    "StoreError",
    "StoreMissingError",
    "StoreVersionError",
    "StrictImportError",
    "UnknownNameError",
    "near",
]


def near(name: str, names: Iterable[str], *, count: int = 3) -> list[str]:
    """The `count` names closest to `name`, best first, compared without case.

    >>> near("mmul", ["MMLU", "GSM8K"])
    ['MMLU']
    """
    by_lower: dict[str, str] = {}
    for candidate in sorted(names):
        by_lower.setdefault(candidate.lower(), candidate)
    return [by_lower[low] for low in get_close_matches(name.lower(), by_lower, n=count, cutoff=0.6)]


class KgError(Exception):
    """What a user can mend: the message says what, where and how."""


class InputError(KgError, ValueError):
    """A file, or a record in it, that cannot be read as papers.

    `line` counts from 1 and is None where a line has no meaning (a binary file, a folder).
    """

    def __init__(self, source: str, line: int | None, reason: str) -> None:
        self.source = source
        self.line = line
        self.reason = reason
        super().__init__(f"{source}:{line}: {reason}" if line is not None else f"{source}: {reason}")


class StrictImportError(KgError, ValueError):
    """Something in a file that was imported was refused, and nothing was to be; `problems` are all of it."""

    def __init__(self, problems: Iterable[InputError]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} refused under --strict; the graph is as it was")


class OntologyError(KgError, ValueError):
    """Rows of the ontology that cannot be right; `problems` holds one `file:line: why` each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        super().__init__("\n".join([f"the ontology has {count} problem{'s' * (count != 1)}:", *self.problems]))


class EntryError(KgError, ValueError):
    """An entry that cannot be added to the ontology as it is described; the message says what is missing."""


class FactsError(KgError, ValueError):
    """A line that is not an object of the facts format."""


class UnknownNameError(KgError, LookupError):
    """No node, query, format or file of that name; the message lists what is near."""

    def __init__(self, what: str, name: str, names: Iterable[str], remedy: str = "") -> None:
        self.name = name
        self.suggestions = tuple(map(str, near(name, names)))
        close = f"; did you mean {' or '.join(map(repr, self.suggestions))}?" if self.suggestions else ""
        super().__init__(f"no {what} {name!r}{close}{' ' if close else '; ' if remedy else ''}{remedy}")


class AmbiguousNameError(KgError, LookupError):
    """A name that several nodes carry; `choices` are their IRIs."""

    def __init__(self, name: str, choices: Iterable[str]) -> None:
        self.name = name
        self.choices = tuple(choices)
        super().__init__(f"{name!r} names several nodes, give one of: {', '.join(self.choices)}")


class QueryError(KgError, ValueError):
    """SPARQL that does not parse, a parameter that is missing, unknown or of the wrong kind."""


class StoreError(KgError, OSError):
    """The store cannot be used; subclasses say why."""


class StoreMissingError(StoreError):
    """There is no store in that folder."""


class StoreBusyError(StoreError):
    """Another process is writing the store."""


class StoreVersionError(StoreError):
    """The store was written by another version of this package, or its files are damaged."""


class OutputError(KgError, OSError):
    """A file that cannot be written."""


class ExportError(KgError, ValueError):
    """Content or a target that a format cannot take."""
