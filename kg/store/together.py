"""Stored facts and added ones brought together: one paper for each, as one reading of them all would have given."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from kg.errors import StoreVersionError, UnknownNameError
from kg.facts import from_json, to_json
from kg.identifiers import paper_iri
from kg.papers.duplicates import merge
from kg.papers.references import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.facts import PaperFacts
    from kg.identifiers import PaperId
    from kg.papers.paper import Paper
    from kg.store.folder import Build

__all__ = ["Added", "Together"]


class Added:
    """Facts that come to a store, on disk by the text they were read in; memory holds the papers' records.

    Of two that were read in one text, the one that holds more counts.
    """

    def __init__(self, facts: Iterable[PaperFacts] = ()) -> None:
        self.papers: list[Paper] = []
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  (closed at the end of the `with` block)
        self._places: dict[bytes, tuple[int, int]] = {}
        for one in facts:
            self.put(one)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def put(self, facts: PaperFacts) -> None:
        """Takes in one paper."""
        line = _encoded(to_json(facts))
        key = _text_key(facts.paper)
        if key not in self._places or self._less(self._read(key), line):
            self._places[key] = (self._file.seek(0, 2), len(line))
            self._file.write(line)
        self.papers.append(facts.paper)

    def get(self, key: bytes) -> PaperFacts | None:
        """The facts read in a text."""
        return from_json(_decoded(self._read(key))) if key in self._places else None

    def _read(self, key: bytes) -> bytes:
        at, size = self._places[key]
        self._file.seek(at)
        return self._file.read(size)

    @staticmethod
    def _less(held: bytes, line: bytes) -> bool:
        return (len(held), held) < (len(line), line)


class Together:
    """The facts of a build, less the papers `gone`, plus those added, merged where two are one paper.

    Facts but for the paper's record depend on its text alone, so those of a merged paper are those of the record its
    text is from: nothing is extracted twice. Only records are held in memory, the facts stay on disk. What is both
    stored and added comes from what was added, or with `stored_first` from the store; stored facts pass through
    `refresh`.
    """

    def __init__(
        self,
        build: Build | None,
        added: Added,
        remove: Iterable[str] = (),
        *,
        refresh: Callable[[Paper], PaperFacts] | None = None,
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
        self.papers = merge([*kept, *added.papers])[0] if added.papers else tuple(kept)

    def __iter__(self) -> Iterator[PaperFacts]:
        for paper in self.papers:
            key = _text_key(paper)
            one = None if self._stored_first and key in self._stored else self._added.get(key)
            if one is None:
                one = self._read(key)
                if self._refresh is not None:
                    one = self._refresh(one.paper)
            yield replace(one, paper=paper)

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
                paper = from_json(_decoded(line)).paper
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
            return from_json(_decoded(file.read(size)))


def _signs(paper: Paper) -> set[tuple[str, str]]:
    signs = (("arxiv", paper.arxiv), ("doi", paper.doi), ("title", folded(paper.title) or paper.title))
    return {(kind, sign) for kind, sign in signs if sign}


def _text_key(paper: Paper) -> bytes:
    return hashlib.sha256(_encoded(paper.text)).digest()


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
