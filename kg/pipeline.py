"""The order of the stages: the only module that knows it.

`extract` is a pure function of each paper and the ontology, so it gives the same facts in the same order in one process
and in several. `build`, `add` and `remove` write the store; a store built in two goes equals one clean build.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from kg.errors import KgError, StrictImportError
from kg.facts import PaperFacts
from kg.linking import FirstPapers, Linker, Published
from kg.ontology import load_ontology
from kg.relations import extract as relate
from kg.store import Incoming, import_to_store, update_store, write_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.errors import InputError
    from kg.ontology import Ontology
    from kg.papers import Paper
    from kg.store import BuildSummary

__all__ = [
    "Extractor",
    "FileImport",
    "GraphImport",
    "add",
    "build",
    "extract",
    "forget",
    "import_graph",
    "remove",
]

_CHUNK = 64
"""Papers handed to a process at a time."""


class Extractor:
    """Reads one paper at a time: mentions, links, relations, results.

    >>> import kg
    >>> extractor = Extractor(kg.load_ontology())
    >>> paper = kg.Paper(id="x", title="Adapters on a budget", abstract="We fine-tune Llama 2 7B with LoRA.")
    >>> [(link.text, link.label) for link in extractor(paper).mentions if link.text == "LoRA"]
    [('LoRA', 'LoRA')]
    """

    def __init__(self, ontology: Ontology) -> None:
        self._linker = Linker(ontology)
        self._first_papers = FirstPapers(ontology)

    def __call__(self, paper: Paper) -> PaperFacts:
        """The facts of a paper; the same whatever was read before."""
        try:
            found = self._linker.link(paper.text, Published(paper.arxiv, paper.year))
            found = self._first_papers.credit(found, paper.arxiv, len(paper.title))
            relations, results = relate(paper.text, found.links)
        except Exception as fault:
            fault.add_note(f"while reading paper {paper.id!r}")
            raise
        return PaperFacts(paper, found.links, relations, results, found.unlinked, found.nodes)


_worker: Extractor


def _start(ontology: Ontology) -> None:
    global _worker  # noqa: PLW0603  (one extractor a process is what a pool's initializer is for)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all of us; the one who started us says so and ends us
    _worker = Extractor(ontology)


def _read(papers: list[Paper]) -> list[PaperFacts]:
    return [_worker(paper) for paper in papers]


def _chunks(papers: Iterable[Paper]) -> Iterator[list[Paper]]:
    iterator = iter(papers)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk


def extract(papers: Iterable[Paper], ontology: Ontology | None = None, *, workers: int = 1) -> Iterator[PaperFacts]:
    """The facts of each paper, in the order of the papers, the same for any number of `workers`.

    `ontology` is the one that ships with the package where none is given. `workers` is a count of processes. More than
    one pays from some thousand papers on, and asks of a script that it does its work under `if __name__ ==
    "__main__":`, as all new processes of Python do.
    """
    ontology = ontology or load_ontology()
    if workers == 1:
        extractor = Extractor(ontology)
        for paper in papers:
            yield extractor(paper)
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(ontology,))
    try:
        for facts in pool.map(_read, _chunks(papers)):
            yield from facts
    except BrokenProcessPool as error:
        raise KgError(
            "a process that reads papers ended by itself, for want of memory perhaps; try one worker"
        ) from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def build(
    papers: Iterable[Paper],
    folder: Path | str,
    ontology: Ontology | None = None,
    *,
    workers: int = 1,
    step: Callable[[int], None] | None = None,
) -> BuildSummary:
    """A store of exactly these papers is published in the folder; the one before it stays usable until then.

    `papers` are different papers, as `kg.papers.read_papers` gives them; `step` is called with the number of papers
    done since the last call.

    Raises:
        StoreBusyError: another process writes the store.
    """
    ontology = ontology or load_ontology()
    return write_store(folder, _counted(extract(papers, ontology, workers=workers), step), ontology)


def add(
    papers: Iterable[Paper],
    folder: Path | str,
    ontology: Ontology | None = None,
    *,
    workers: int = 1,
    step: Callable[[int], None] | None = None,
) -> BuildSummary:
    """The store holds these papers too, as if all had been built at once.

    One that was there already gets its new sightings.

    Papers that another version or another ontology has read are read again.

    Raises:
        StoreMissingError: there is no store to add to.
        StoreBusyError: another process writes the store.
    """
    ontology = ontology or load_ontology()
    facts = _counted(extract(papers, ontology, workers=workers), step)
    return update_store(folder, ontology, add=facts, refresh=_late(ontology))


def remove(papers: Iterable[str], folder: Path | str, ontology: Ontology | None = None) -> BuildSummary:
    """The store holds all but these papers, named by id, arXiv id or IRI, as if they had never been built.

    Raises:
        UnknownNameError: one is not there; nothing is removed.
        StoreMissingError: there is no store.
        StoreBusyError: another process writes it.
    """
    ontology = ontology or load_ontology()
    return update_store(folder, ontology, remove=papers, refresh=_late(ontology))


@dataclass(frozen=True, slots=True)
class FileImport:
    """What came of one file: the papers it holds, what was refused, and how much was left out without being wrong."""

    name: str
    format: str
    papers: int
    problems: tuple[InputError, ...]
    left_out: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class GraphImport:
    """What came of an import: the store as it is now, and each file."""

    store: BuildSummary
    files: tuple[FileImport, ...]

    @property
    def problems(self) -> tuple[InputError, ...]:
        """All that was refused."""
        return tuple(problem for file in self.files for problem in file.problems)


def import_graph(
    paths: Path | str | Sequence[Path | str],
    folder: Path | str,
    ontology: Ontology | None = None,
    *,
    name: str | None = None,
    strict: bool = False,
) -> GraphImport:
    """The store, made where there is none, holds what the files say: exports taken back, and what people curate.

    A file is RDF, GraphML or a folder of CSV tables. Its papers come back as facts, as they are told and without their
    texts being read again; one that the store has stays as it is, and one that several files have is as the first file
    with its text has it. What else it says, and ontology and papers do not, is kept as an import under `name`, by
    default the path as it is given; importing that name again replaces it.

    Raises:
        InputError: a file cannot be read at all; nothing is changed.
        StrictImportError: something was refused and `strict` is true; nothing is changed.
        FactsError: two imports disagree; nothing is changed.
        StoreBusyError: another process writes the store.
    """
    from kg.importers import open_import  # noqa: PLC0415  (most commands import nothing)

    ontology = ontology or load_ontology()
    several = [paths] if isinstance(paths, str | os.PathLike) else paths
    with ExitStack() as stack:
        opened = [stack.enter_context(open_import(path, ontology, name=name)) for path in several]
        papers = [0] * len(opened)

        def counted(number: int) -> Iterator[PaperFacts]:
            for facts in opened[number].facts:
                papers[number] += 1
                yield facts

        def refuse() -> None:
            if strict and (problems := [problem for one in opened for problem in one.problems.listed()]):
                raise StrictImportError(problems)

        # of a paper that several files have the first counts: that is one which has its text
        order = sorted(range(len(opened)), key=lambda number: not opened[number].whole)
        files = [Incoming(opened[number].name, counted(number), opened[number].say) for number in order]
        summary = import_to_store(folder, ontology, files, refresh=_late(ontology), before_publishing=refuse)
        return GraphImport(
            summary,
            tuple(
                FileImport(one.name, one.format, count, one.problems.listed(), tuple(one.left_out().items()))
                for one, count in zip(opened, papers, strict=True)
            ),
        )


def forget(names: Iterable[str], folder: Path | str, ontology: Ontology | None = None) -> BuildSummary:
    """The store holds nothing any more that only these imports brought.

    Raises:
        UnknownNameError: there is no such import; nothing is changed.
        StoreMissingError: there is no store.
        StoreBusyError: another process writes it.
    """
    ontology = ontology or load_ontology()
    return update_store(folder, ontology, forget=names, refresh=_late(ontology))


def _late(ontology: Ontology) -> Callable[[Paper], PaperFacts]:
    """An extractor that is made when it is first needed, which is seldom."""
    made: list[Extractor] = []

    def read(paper: Paper) -> PaperFacts:
        if not made:
            made.append(Extractor(ontology))
        return made[0](paper)

    return read


def _counted(facts: Iterable[PaperFacts], step: Callable[[int], None] | None) -> Iterator[PaperFacts]:
    for one in facts:
        yield one
        if step:
            step(1)
