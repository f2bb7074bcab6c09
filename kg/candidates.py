"""Names that papers use and the ontology lacks: what to look at when it is to grow.

A pure function of facts, so it can be asked of a store's facts or of a file of them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.identifiers import NormalForm, PaperId, normal_form
from kg.text import sentences
from kg.vocabulary import Kind, RelationType, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.facts import PaperFacts
    from kg.ontology import Ontology
    from kg.papers import Paper

__all__ = ["Candidate", "Example", "candidates"]

_EXAMPLES: Final = 3


@dataclass(frozen=True, slots=True, order=True)
class Example:
    """A sentence of a paper with the name in it: `sentence[start:end]`, in code points."""

    paper: PaperId
    title: str
    sentence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name with what the papers that use it say of it.

    `kind` is what most of them take it for, None where they do not say. `spellings` are all, the commonest first;
    `papers` counts the papers; `introduced_by` are those that introduce something of this name, the earliest first:
    with several it may be several things. `year` and `arxiv` id are the first one's, where known. `examples` are a
    few, those of introducing papers first.
    """

    name: str
    kind: Kind | None
    spellings: tuple[str, ...]
    papers: int
    introduced_by: tuple[PaperId, ...]
    year: int | None
    arxiv: str | None
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class _Use:
    """Where a paper uses a name, what it takes it for, and whether it introduces the thing."""

    start: int
    end: int
    text: str
    kind: Kind | None
    introduces: bool


@dataclass(frozen=True, slots=True, order=True)
class _Introduction:
    """A paper that introduces the thing; the earliest comes first, those without a date last."""

    undated: bool
    date: str
    paper: PaperId
    arxiv: str


@dataclass(slots=True)
class _Seen:
    """What was gathered of one name, paper by paper."""

    papers: set[PaperId] = field(default_factory=set)
    spellings: Counter[str] = field(default_factory=Counter)
    kinds: Counter[Kind] = field(default_factory=Counter)
    introducing: list[_Introduction] = field(default_factory=list)
    examples: list[tuple[bool, Example]] = field(default_factory=list)


def candidates(
    facts: Iterable[PaperFacts], ontology: Ontology, *, min_papers: int = 2, kinds: Iterable[Kind] = ()
) -> tuple[Candidate, ...]:
    """The names that at least `min_papers` papers use and the ontology neither knows nor stops, most papers first.

    Names of models that the grammar composes need no row and are left out, and so are plurals of what it knows. `kinds`
    leaves only names taken for one of these.
    """
    seen: dict[NormalForm, _Seen] = {}
    for one in facts:
        new = {node.iri for node in one.nodes if node.status is Status.DISCOVERED}
        introduced = {relation.node for relation in one.relations if relation.type is RelationType.INTRODUCES}
        uses: dict[NormalForm, list[_Use]] = {}
        for link in one.mentions:
            if link.node in new:
                use = _Use(link.start, link.end, link.text, link.kind, link.node in introduced)
                uses.setdefault(normal_form(link.text), []).append(use)
        for name in one.unlinked:
            uses.setdefault(name.normal, []).append(_Use(name.start, name.end, name.text, name.kind, False))
        for form, found in uses.items():
            if form and form not in ontology.forms:
                _note(seen.setdefault(form, _Seen()), one.paper, found)
    wanted = set(kinds)
    made = (_candidate(held) for held in seen.values() if len(held.papers) >= min_papers)
    kept = [
        one
        for one in made
        if not ontology.is_stopped(one.name)
        and not _is_plural(one.name, ontology)
        and (not wanted or one.kind in wanted)
    ]
    return tuple(sorted(kept, key=lambda one: (-one.papers, one.name)))


def _is_plural(name: str, ontology: Ontology) -> bool:
    """Whether it is a known name with a plural s: `training times`, not `VITS`."""
    return name.endswith("s") and normal_form(name[:-1]) in ontology.forms


def _note(seen: _Seen, paper: Paper, uses: Sequence[_Use]) -> None:
    seen.papers.add(paper.id)
    seen.spellings.update(use.text for use in uses)
    seen.kinds.update(use.kind for use in uses if use.kind is not None)
    introduces = any(use.introduces for use in uses)
    if introduces:
        seen.introducing.append(_Introduction(paper.date is None, paper.date or "", paper.id, paper.arxiv or ""))
    if introduces or len(seen.examples) < _EXAMPLES:
        seen.examples.append((introduces, _example(paper, uses[-1])))


def _example(paper: Paper, use: _Use) -> Example:
    """The sentence with the name in it; a name that no sentence holds stands for itself."""
    for span in sentences(paper.text):
        if span.start <= use.start and use.end <= span.end:
            sentence = paper.text[span.start : span.end]
            return Example(paper.id, paper.title, sentence, use.start - span.start, use.end - span.start)
    return Example(paper.id, paper.title, paper.text[use.start : use.end], 0, use.end - use.start)


def _candidate(seen: _Seen) -> Candidate:
    spellings = tuple(name for name, _ in sorted(seen.spellings.items(), key=_by_count))
    introducing = sorted(seen.introducing)
    first = introducing[0] if introducing else None
    ordered = sorted(seen.examples, key=lambda held: (not held[0], held[1]))
    return Candidate(
        name=spellings[0],
        kind=min(seen.kinds.items(), key=_by_count)[0] if seen.kinds else None,
        spellings=spellings,
        papers=len(seen.papers),
        introduced_by=tuple(one.paper for one in introducing),
        year=int(first.date[:4]) if first and first.date else None,
        arxiv=first.arxiv or None if first else None,
        examples=tuple(example for _, example in ordered[:_EXAMPLES]),
    )


def _by_count(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]
