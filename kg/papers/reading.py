"""Papers from files, pages, dumps and pipes: what was read, what was not, and why."""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.papers.duplicates import merge
from kg.papers.formats import recognise, why_not
from kg.papers.sources import UnreadableError, expand, open_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from kg.papers.paper import Paper

__all__ = ["Progress", "Reading", "iter_records", "read_papers"]

_STEP = 1000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading has come: the file it is at, how many of how many are done, how many records were read."""

    source: str
    sources_done: int
    sources: int
    entries: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The different papers of all inputs, sorted by id; what could not be read; how much was seen.

    `entries` counts the records that are papers, each as often as it was seen; `sources` the files that were opened
    or should have been.
    """

    papers: tuple[Paper, ...] = ()
    problems: tuple[InputError, ...] = ()
    entries: int = 0
    sources: int = 0


def read_papers(
    inputs: str | Path | Sequence[str | Path],
    *,
    stdin: BinaryIO | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Reading:
    """Every paper of the inputs once, with all places it was seen in.

    Neither the order of the inputs nor of their records matters. Inputs, one or several, are files of any format of
    `kg.papers.formats.FORMATS`, folders of them, and `-` for `stdin`. Nothing is raised for what is in them: what
    cannot be read is in `problems`, sorted by file and line, and all else is kept.

    `progress` is called at the start of each file and after every thousand records.
    """
    sources = list(expand(_several(inputs)))
    total = len(sources)
    records: list[Paper] = []
    problems: list[InputError] = []
    for done, source in enumerate(sources):
        if isinstance(source, InputError):
            problems.append(source)
            continue
        if progress:
            progress(Progress(source, done, total, len(records)))
        for item in _read(source, stdin):
            if isinstance(item, InputError):
                problems.append(item)
                continue
            records.append(item)
            if progress and len(records) % _STEP == 0:
                progress(Progress(source, done, total, len(records)))
    papers, clashes = merge(records)
    for clash in clashes:
        seen, owner = clash.paper.sightings[0], clash.owner.sightings[0]
        problems.append(
            InputError(
                seen.source,
                seen.line,
                f"id {clash.given!r} is that of another paper, {clash.owner.title!r} ({owner.source}:{owner.line}); "
                f"this one is kept as {clash.paper.id!r}",
            )
        )
    problems.sort(key=lambda problem: (problem.source, problem.line or 0, problem.reason))
    return Reading(papers, tuple(problems), len(records), total)


def iter_records(
    inputs: str | Path | Sequence[str | Path], *, stdin: BinaryIO | None = None
) -> Iterator[Paper | InputError]:
    """Every record as it comes, in order of the inputs; duplicates are not merged, so ids may repeat.

    Memory is that of one record.
    """
    for source in expand(_several(inputs)):
        if isinstance(source, InputError):
            yield source
        else:
            yield from _read(source, stdin)


def _several(inputs: str | Path | Sequence[str | Path]) -> Sequence[str | Path]:
    return [inputs] if isinstance(inputs, str | PathLike) else inputs


def _read(name: str, stdin: BinaryIO | None) -> Iterator[Paper | InputError]:
    try:
        source = open_source(name, stdin)
    except InputError as error:
        yield error
        return
    try:
        known = recognise(source.head)
        if known is None:
            yield source.problem(why_not(source.head))
            return
        empty = True
        for item in known.read(source):
            empty = False
            yield item
        if empty:
            yield source.problem(f"no papers in here, though it looks like {known.name}")
    except UnreadableError as error:
        yield source.problem(str(error), source.line or None)
    except OSError as error:
        yield source.problem(f"cannot be read: {error.strerror or error}", source.line or None)
    finally:
        if name != "-":
            source.stream.close()
