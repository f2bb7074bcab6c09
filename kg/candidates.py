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
    from collections.abc import Iterable

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
    `papers` counts the papers; `introduced_by` is the earliest paper that introduces something of this name, with
    its `year` and `arxiv` id where known. `examples` are a few, the introducing paper's first.
    """

    name: str
    kind: Kind | None
    spellings: tuple[str, ...]
    papers: int
    introduced_by: PaperId | None
    year: int | None
    arxiv: str | None
    examples: tuple[Example, ...]


@dataclass(slots=True)
class _Seen:
    papers: set[PaperId] = field(default_factory=set)
    spellings: Counter[str] = field(default_factory=Counter)
    kinds: Counter[Kind] = field(default_factory=Counter)
    introducing: list[tuple[str, PaperId, str | None]] = field(default_factory=list)
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
        spans: dict[NormalForm, list[tuple[int, int, str, Kind | None, bool]]] = {}
        for link in one.mentions:
            if link.node in new:
                place = (link.start, link.end, link.text, link.kind, link.node in introduced)
                spans.setdefault(normal_form(link.text), []).append(place)
        for name in one.unlinked:
            spans.setdefault(name.normal, []).append((name.start, name.end, name.text, name.kind, False))
        for form, places in spans.items():
            if form and form not in ontology.forms:
                _note(seen.setdefault(form, _Seen()), one.paper, places)
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


def _note(seen: _Seen, paper: Paper, places: list[tuple[int, int, str, Kind | None, bool]]) -> None:
    seen.papers.add(paper.id)
    for _, _, text, kind, _ in places:
        seen.spellings[text] += 1
        if kind is not None:
            seen.kinds[kind] += 1
    introduces = any(place[4] for place in places)
    if introduces:
        seen.introducing.append((paper.date or "9", paper.id, paper.arxiv))
    if introduces or len(seen.examples) < _EXAMPLES:
        seen.examples.append((introduces, _example(paper, places)))


def _example(paper: Paper, places: list[tuple[int, int, str, Kind | None, bool]]) -> Example:
    """The last of the paper's sentences is as good as any; one of the abstract says more than the title."""
    start, end = places[-1][:2]
    for span in sentences(paper.text):
        if span.start <= start and end <= span.end:
            return Example(
                paper.id, paper.title, paper.text[span.start : span.end], start - span.start, end - span.start
            )
    return Example(paper.id, paper.title, paper.text[start:end], 0, end - start)


def _candidate(seen: _Seen) -> Candidate:
    spellings = tuple(name for name, _ in sorted(seen.spellings.items(), key=_by_count))
    first = min(seen.introducing, default=None)
    ordered = sorted(seen.examples, key=lambda held: (not held[0], held[1]))
    return Candidate(
        name=spellings[0],
        kind=min(seen.kinds.items(), key=_by_count)[0] if seen.kinds else None,
        spellings=spellings,
        papers=len(seen.papers),
        introduced_by=first[1] if first else None,
        year=int(first[0][:4]) if first and first[0] != "9" else None,
        arxiv=first[2] if first else None,
        examples=tuple(example for _, example in ordered[:_EXAMPLES]),
    )


def _by_count(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]
