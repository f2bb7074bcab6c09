"""Stored facts and added ones brought together: one paper for each, as one reading of them all would have given."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from kg.errors import StoreVersionError, UnknownNameError
from kg.files import temporary_files
from kg.identifiers import PaperId, paper_iri
from kg.papers.duplicates import counterparts, merge
from kg.papers.references import folded
from kg.store.lines import FactLines, facts_of, line_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from kg.facts import PaperFacts
    from kg.papers.paper import Paper
    from kg.store.folder import Build

__all__ = ["Added", "Together"]


class Added:
    """Facts that come to a store, on disk by the text they were read in; memory holds the papers' records.

    Of two that were read in one text, the one that holds more counts.
    """

    def __init__(self, facts: Iterable[PaperFacts] = ()) -> None:
        self.papers: list[Paper] = []
        with temporary_files():
            self._file = tempfile.TemporaryFile()  # noqa: SIM115  (closed at the end of the `with` block)
        self._lines: FactLines[bytes] = FactLines(self._file)
        for one in facts:
            self.put(one)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def put(self, facts: PaperFacts) -> None:
        """Takes in one paper."""
        line = line_of(facts)
        key = _text_key(facts.paper)
        if key not in self._lines or self._less(self._lines.line(key), line):
            with temporary_files():
                self._lines.put(key, line)
        self.papers.append(facts.paper)

    def get(self, key: bytes) -> PaperFacts | None:
        """The facts read in a text."""
        return self._lines.get(key)

    @staticmethod
    def _less(held: bytes, line: bytes) -> bool:
        return (len(held), held) < (len(line), line)


class Together:
    """The facts of a build, less the papers `gone`, plus those added, each paper once.

    Where two are one paper they are merged, and what is both stored and added comes from what was added; stored papers
    that `give_way` are then not there at all. With `stored_first` nothing is merged: of what is one paper the stored
    one counts, else the one that was added first, and stays as it is.

    Facts but for the paper's record depend on its text alone, so those of a merged paper are those of the record its
    text is from: nothing is extracted twice. Only records are held in memory, the facts stay on disk. Stored facts pass
    through `refresh`.
    """

    def __init__(
        self,
        build: Build | None,
        added: Added,
        remove: Iterable[str] = (),
        *,
        refresh: Callable[[Paper], PaperFacts] | None = None,
        give_way: Collection[PaperId] = (),
        stored_first: bool = False,
    ) -> None:
        self._build = build
        self._added = added
        self._refresh = refresh
        self._stored_first = stored_first
        self._stored: dict[bytes, tuple[int, int]] = {}
        self.stored: list[Paper] = []
        if build is not None:
            self._look_through(build)
        names: dict[str, PaperId] = {}
        for paper in self.stored:
            names |= {name: paper.id for name in (paper.arxiv, paper_iri(paper.id), paper.id) if name}
        for name in remove:
            if name not in names:
                raise UnknownNameError("paper", name, names, "kg query papers lists them")
        gone = {names[name] for name in remove}
        kept = [paper for paper in self.stored if paper.id not in gone]
        new = added.papers
        if stored_first:
            self._counted = counterparts([*kept, *new])[len(kept) :]
            new = [paper for paper, counted in zip(new, self._counted, strict=True) if paper is counted]
        elif new and give_way:
            weak = [paper for paper in kept if paper.id in give_way]
            firsts = counterparts([*new, *weak])[len(new) :]
            replaced = {paper.id for paper, first in zip(weak, firsts, strict=True) if paper is not first}
            kept = [paper for paper in kept if paper.id not in replaced]
        self.papers = merge([*kept, *new])[0] if new else tuple(kept)

    def __iter__(self) -> Iterator[PaperFacts]:
        for paper in self.papers:
            key = _text_key(paper)
            one = None if self._stored_first and key in self._stored else self._added.get(key)
            if one is None:
                one = self._read(key)
                if self._refresh is not None:
                    one = self._refresh(one.paper)
            yield replace(one, paper=paper)

    def counted(self) -> list[PaperId]:
        """With `stored_first`: for each added paper the id of the one that counts in its place, mostly its own."""
        ids = {_but_for_id(paper): paper.id for paper in self.papers}  # an id that another paper has is changed
        return [ids[_but_for_id(paper)] for paper in self._counted]

    def absorbed(self) -> set[PaperId]:
        """The ids of papers that are stored ones under another id, as far as arXiv id, DOI and title tell."""
        left = {paper.id for paper in self.papers}
        lost = [paper for paper in self.stored if paper.id not in left]
        signs = {sign for paper in lost for sign in _signs(paper)}
        return {paper.id for paper in self.papers if signs & _signs(paper)}

    def _look_through(self, build: Build) -> None:
        digest = hashlib.sha256()
        at = 0
        with build.facts.open("rb") as file:
            for line in file:
                digest.update(line)
                paper = facts_of(line).paper
                self._stored[_text_key(paper)] = (at, len(line))
                self.stored.append(paper)
                at += len(line)
        if digest.hexdigest() != build.meta["facts_digest"]:
            raise StoreVersionError(f"the store is damaged: {build.facts} is not as it was written; build it again")

    def _read(self, key: bytes) -> PaperFacts:
        assert self._build is not None
        at, size = self._stored[key]
        with self._build.facts.open("rb") as file:
            file.seek(at)
            return facts_of(file.read(size))


def _signs(paper: Paper) -> set[tuple[str, str]]:
    signs = (("arxiv", paper.arxiv), ("doi", paper.doi), ("title", folded(paper.title) or paper.title))
    return {(kind, sign) for kind, sign in signs if sign}


def _but_for_id(paper: Paper) -> Paper:
    return replace(paper, id=PaperId(""))


def _text_key(paper: Paper) -> bytes:
    return hashlib.sha256(paper.text.encode("utf-8", "surrogatepass")).digest()
