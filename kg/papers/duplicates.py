"""One paper for every sighting of it, whatever the order of reading.

Two records are one paper if

1. they have the same arXiv identifier, or the same DOI;
2. they have the same id, unless it is one that somebody's file gave and the texts are different papers: row 17 of two
tables
   is not one paper because both tables count their rows (see `merge`);
3. the letters and digits of title and abstract are the same;
4. the letters and digits of the title are the same and the abstracts are near: one is the beginning of the other, or
they share most of their
   words (`NEAR`); but not if both have arXiv identifiers and these differ;
5. the title is the same and one has no abstract, if just one paper with that title has one.

What is one by a chain of these is one. Title and abstract are taken together from the record with the longest
abstract; every other field from whichever record says most: the most precise date and of these the earliest, the
larger count, the longer list.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.identifiers import paper_iri
from kg.papers.references import folded, title_id

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence
    from typing import Final

    from kg.papers.paper import Paper

__all__ = ["Clash", "counterparts", "merge"]

NEAR: Final = 0.6
"""Share of common words (Jaccard) from which two abstracts under one title are one: revisions share more, different
papers under a third."""
_FEWEST_WORDS: Final = 15
_MOST_PAIRS: Final = 64
"""Different abstracts under one title that are compared in pairs; "Editorial" may head thousands, and those only join
if they are equal."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Clash:
    """A paper that came under an id which is another's, with the id it got instead, and that other paper."""

    paper: Paper
    given: str
    owner: Paper


class _Groups:
    """Numbers joined into groups; a group is known by its smallest."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def find(self, item: int) -> int:
        parent = self._parent
        while parent[item] != item:
            parent[item] = item = parent[parent[item]]
        return item

    def join(self, one: int, other: int) -> None:
        one, other = self.find(one), self.find(other)
        self._parent[max(one, other)] = min(one, other)

    def join_equal(self, keys: Iterable[Hashable]) -> None:
        """Join the numbers whose keys are equal; None joins nothing."""
        first: dict[Hashable, int] = {}
        for item, key in enumerate(keys):
            if key is not None and first.setdefault(key, item) != item:
                self.join(first[key], item)


def merge(records: Iterable[Paper]) -> tuple[tuple[Paper, ...], tuple[Clash, ...]]:
    """The different papers, sorted by id, and the records whose id was another paper's.

    Where different papers come under one given id, the one seen first (by file, then line) keeps it and the others
    get the id of their text, as if their source had given none. The result does not depend on the order of the
    records.
    """
    papers = sorted(records, key=_order)
    groups = _grouped(papers)
    members: dict[int, list[Paper]] = defaultdict(list)
    for number, paper in enumerate(papers):
        members[groups.find(number)].append(paper)
    merged = [_merged(group) if len(group) > 1 else group[0] for group in members.values()]
    return _with_own_ids(merged)


def counterparts(papers: Sequence[Paper]) -> list[Paper]:
    """For each paper the first of them that is the same paper: itself, where none before it is.

    As in `merge`, and two rules more, for papers of which a file says less than all: papers of one title are the same
    if their ids make one IRI, or if the id of one is made of its title alone and there is just one other paper.
    """
    groups = _grouped(papers)
    forms = [folded(paper.title) or paper.title for paper in papers]
    groups.join_equal((paper_iri(paper.id), form) for paper, form in zip(papers, forms, strict=True))
    full: dict[str, set[int]] = defaultdict(set)
    bare: dict[str, list[int]] = defaultdict(list)
    for number, (paper, form) in enumerate(zip(papers, forms, strict=True)):
        if paper.id == title_id(paper.title, ""):
            bare[form].append(number)
        else:
            full[form].add(groups.find(number))
    for form, numbers in bare.items():
        if len(full[form]) == 1:
            for number in numbers:
                groups.join(number, *full[form])
    return [papers[groups.find(number)] for number in range(len(papers))]


def _grouped(papers: Sequence[Paper]) -> _Groups:
    """The numbers of the papers, those of one paper in one group."""
    groups = _Groups(len(papers))
    groups.join_equal(paper.arxiv for paper in papers)
    groups.join_equal(paper.doi for paper in papers)
    groups.join_equal(paper.id if paper.id.startswith(("arxiv:", "doi:")) else None for paper in papers)
    forms = [folded(paper.title) or paper.title for paper in papers]
    groups.join_equal((paper.id, form) for paper, form in zip(papers, forms, strict=True))
    titles: dict[str, list[int]] = defaultdict(list)
    for number, form in enumerate(forms):
        titles[form].append(number)
    for same in titles.values():
        if len(same) > 1:
            _join_by_text(papers, same, groups)
    return groups


def _order(paper: Paper) -> tuple[str, int, str, str, str]:
    """Where a record was seen first, then what it says: records that tie are of one paper anyway."""
    seen = min(((s.source, s.line) for s in paper.sightings), default=("", 0))
    return (*seen, paper.id, paper.title, paper.abstract)


def _join_by_text(papers: Sequence[Paper], same: Sequence[int], groups: _Groups) -> None:
    texts: dict[str, list[int]] = defaultdict(list)
    for number in same:
        texts[folded(papers[number].abstract) or papers[number].abstract.strip()].append(number)
    for equal in texts.values():
        # no abstract at all says little: two such papers with different arXiv identifiers stay two
        for number in equal[1:]:
            if papers[number].abstract.strip() or not _apart(papers[equal[0]], papers[number]):
                groups.join(equal[0], number)
    bare = texts.pop("", [])
    if 1 < len(texts) <= _MOST_PAIRS:
        words = {text: frozenset(_WORD.findall(papers[found[0]].abstract.casefold())) for text, found in texts.items()}
        ordered = sorted(texts)
        for position, one in enumerate(ordered):
            for other in ordered[position + 1 :]:
                if _near(one, other, words[one], words[other]):
                    _join_unless_apart(papers, texts[one], texts[other], groups)
    if bare and texts:
        full = {groups.find(number) for found in texts.values() for number in found}
        if len(full) == 1:
            for number in bare:
                if not any(_apart(papers[number], papers[other]) for found in texts.values() for other in found):
                    groups.join(number, next(iter(full)))


def _near(one: str, other: str, words: frozenset[str], others: frozenset[str]) -> bool:
    fewest = min(len(words), len(others))
    if fewest < _FEWEST_WORDS:
        return False
    if one.startswith(other) or other.startswith(one):
        return True
    common = len(words & others)
    return common >= NEAR * (len(words) + len(others) - common)


def _join_unless_apart(papers: Sequence[Paper], some: Sequence[int], others: Sequence[int], groups: _Groups) -> None:
    for one in some:
        for other in others:
            if not _apart(papers[one], papers[other]):
                groups.join(one, other)


def _apart(one: Paper, other: Paper) -> bool:
    return one.arxiv is not None and other.arxiv is not None and one.arxiv != other.arxiv


def _merged(group: Sequence[Paper]) -> Paper:
    """One paper of several records of it; which come first makes no difference."""
    best = min(group, key=lambda paper: (-len(paper.abstract), -len(paper.title), paper.title, paper.abstract))
    dated = min(
        (paper for paper in group if paper.date), key=lambda paper: (-len(paper.date or ""), paper.date), default=best
    )
    date_texts = [paper.date_text for paper in group if paper.date_text and paper.date == dated.date]
    return replace(
        best,
        id=min((paper.id for paper in group), key=_rank),
        date=dated.date,
        date_text=_longest(date_texts),
        arxiv=min((paper.arxiv for paper in group if paper.arxiv), default=None),
        doi=min((paper.doi for paper in group if paper.doi), default=None),
        url=min((paper.url for paper in group if paper.url), default=None),
        authors=min((paper.authors for paper in group), key=lambda names: (-len(names), names)),
        author_count=max((paper.author_count for paper in group if paper.author_count is not None), default=None),
        comment_count=max((paper.comment_count for paper in group if paper.comment_count is not None), default=None),
        upvotes=max((paper.upvotes for paper in group if paper.upvotes is not None), default=None),
        organisation=_longest([paper.organisation for paper in group if paper.organisation]),
        sightings=tuple(
            sorted({s for paper in group for s in paper.sightings}, key=lambda s: (s.source, s.line, s.listed or ""))
        ),
    )


def _rank(identifier: str) -> tuple[int, str]:
    for rank, scheme in enumerate(("arxiv:", "doi:")):
        if identifier.startswith(scheme):
            return rank, identifier
    return (3 if identifier.startswith("title:") else 2), identifier


def _longest(texts: Sequence[str]) -> str | None:
    return min(texts, key=lambda text: (-len(text), text)) if texts else None


def _with_own_ids(papers: Iterable[Paper]) -> tuple[tuple[Paper, ...], tuple[Clash, ...]]:
    owners: dict[str, Paper] = {}
    late = [paper for paper in sorted(papers, key=_order) if owners.setdefault(paper.id, paper) is not paper]
    clashes: list[Clash] = []
    for paper in late:
        renamed = replace(paper, id=title_id(paper.title, paper.abstract))
        clashes.append(Clash(renamed, paper.id, owners[paper.id]))
        owners.setdefault(renamed.id, renamed)
    return tuple(owners[identifier] for identifier in sorted(owners)), tuple(clashes)
