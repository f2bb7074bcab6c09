"""What of a paper's facts is right: counts by kind of answer, and every mistake.

What counts:

- `mention`: the same stretch and kind, where Benchmark and Dataset are one kind. `overlap` forgives the stretch.
- `link`: a mention whose label also names the gold entity, by its normal form or a group of equal names.
- `entity`: the different entities of a paper, by label and kind.
- `relation`: a relation to an entity; addressing a task is counted apart, as `relation-other`.
- `result`: value and benchmark both right; the value alone where the annotation has no benchmark.
- `evidence`: of the right relations, those whose evidence touches the annotated evidence.

`mention:Model`, `entity:Model`, `relation:uses`, ... count one kind or type. What is optional in the annotation
counts nowhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.errors import FactsError
from kg.evaluation.counts import Counts
from kg.evaluation.gold import GoldEntity, GoldPaper, find_spans
from kg.identifiers import NormalForm, PaperId, normal_form
from kg.vocabulary import Kind, RelationType

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.facts import PaperFacts
    from kg.linking.link import Link
    from kg.papers.paper import Paper
    from kg.relations.relation import Relation, Result
    from kg.text import Span

__all__ = ["EVIDENCE", "Evaluation", "Judgement", "Mistake", "PaperScore", "evaluate"]

EVIDENCE: Final = "evidence"
"""The key whose counts are of right relations: those with touching evidence are right, the others spurious."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One answer that is wrong or missing.

    `what` is "wrong link", "spurious mention", "missed mention", "spurious relation", "missed relation" or "spurious
    result", "missed result"; `found` is the text or type in question, `detail` what is said of it, `context` what the
    gold or text has.
    """

    paper: PaperId
    what: str
    found: str
    detail: str
    context: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A relation's confidence, in [0, 1], and whether the annotation has it."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class PaperScore:
    """What one paper adds to the figures; `counts` are sorted by key and leave out keys that do not occur."""

    paper: PaperId
    counts: tuple[tuple[str, Counts], ...]
    mistakes: tuple[Mistake, ...]
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of all annotated papers, in the order of the annotation."""

    papers: tuple[PaperScore, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Every kind of answer that occurs, sorted, without `evidence`."""
        return tuple(sorted({key for paper in self.papers for key, _ in paper.counts} - {EVIDENCE}))

    def counts(self, key: str) -> Counts:
        """The sum over all papers; all zero for a key that does not occur.

        Micro-averages (`f1`, ...) are those of this sum.
        """
        return sum((counts for paper in self.papers for name, counts in paper.counts if name == key), Counts())

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """Every mistake, paper by paper."""
        return tuple(mistake for paper in self.papers for mistake in paper.mistakes)

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """Every relation that is right or spurious."""
        return tuple(judgement for paper in self.papers for judgement in paper.judgements)


def evaluate(
    papers: Iterable[Paper],
    gold: Iterable[GoldPaper],
    facts: Iterable[PaperFacts],
    equivalents: Iterable[Sequence[str]] = (),
) -> Evaluation:
    """The facts measured against the annotation; a paper without facts has everything missed.

    `equivalents` are groups of names that count as the same. Papers and facts that are not annotated are passed over.

    Raises:
        FactsError: a paper comes twice, an annotated paper has no text, or facts were read from another text.
    """
    texts: dict[PaperId, str] = {}
    for paper in papers:
        if texts.setdefault(paper.id, paper.text) != paper.text:
            raise FactsError(f"paper {paper.id!r} comes twice, with different texts")
    found: dict[PaperId, PaperFacts] = {}
    for each in facts:
        if each.paper.id in found:
            raise FactsError(f"paper {each.paper.id!r} comes twice in the facts")
        found[each.paper.id] = each
    names = _Names(equivalents)
    scores = []
    for annotated in gold:
        if annotated.id not in texts:
            raise FactsError(f"paper {annotated.id!r} is annotated, but it is not among the {len(texts)} papers")
        text = texts[annotated.id]
        answer = found.get(annotated.id)
        if answer:
            _check_offsets(answer, text)
        scores.append(_Scorer(annotated, text, names).score(answer))
    return Evaluation(tuple(scores))


def _check_offsets(facts: PaperFacts, text: str) -> None:
    for link in facts.mentions:
        if text[link.start : link.end] != link.text:
            cut = text[link.start : link.end]
            raise FactsError(
                f"{facts.paper.id}: the facts are of another text: {link.text!r} at {link.start} is {cut!r} here"
            )


class _Names:
    """Which names are the same; remembers normal forms, as the same labels come again and again."""

    def __init__(self, equivalents: Iterable[Sequence[str]]) -> None:
        self._forms: dict[str, NormalForm] = {}
        self._groups: dict[NormalForm, set[int]] = defaultdict(set)
        for number, group in enumerate(equivalents):
            for name in group:
                if form := self.form(name):
                    self._groups[form].add(number)

    def form(self, name: str) -> NormalForm:
        form = self._forms.get(name)
        if form is None:
            form = self._forms[name] = normal_form(name)
        return form

    def groups(self, forms: Iterable[NormalForm]) -> set[int]:
        return {group for form in forms for group in self._groups.get(form, ())}


class _Target:
    """A gold entity, made quick to compare."""

    def __init__(self, entity: GoldEntity, names: _Names) -> None:
        self.kind = _class(entity.kind)
        self.name = entity.names[0]
        self.optional = entity.optional
        self._names = names
        self._forms = {names.form(name) for name in entity.names}
        self._groups = names.groups(self._forms)

    def has(self, label: str | None) -> bool:
        form = self._names.form(label or "")
        return form in self._forms or not self._groups.isdisjoint(self._names.groups([form]))


class _Scorer:
    """Scores one paper; every method adds to the counts."""

    def __init__(self, gold: GoldPaper, text: str, names: _Names) -> None:
        self._gold = gold
        self._text = text
        self._targets = [_Target(entity, names) for entity in gold.entities]
        self._spans = find_spans(text, gold.entities)
        self._counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        self._mistakes: list[Mistake] = []
        self._judgements: list[Judgement] = []

    def score(self, facts: PaperFacts | None) -> PaperScore:
        self._mentions(facts.mentions if facts else ())
        self._entities(facts.mentions if facts else ())
        self._relations(facts.relations if facts else ())
        self._results(facts.results if facts else ())
        counts = tuple((key, Counts(*numbers)) for key, numbers in sorted(self._counts.items()))
        return PaperScore(self._gold.id, counts, tuple(self._mistakes), tuple(self._judgements))

    def _right(self, *keys: str) -> None:
        for key in keys:
            self._counts[key][0] += 1

    def _spurious(self, *keys: str) -> None:
        for key in keys:
            self._counts[key][1] += 1

    def _missed(self, *keys: str) -> None:
        for key in keys:
            self._counts[key][2] += 1

    def _mistake(self, what: str, found: str, detail: str, context: str = "") -> None:
        self._mistakes.append(Mistake(self._gold.id, what, found, detail, context))

    def _mentions(self, mentions: Iterable[Link]) -> None:
        exact_hits: set[Span] = set()
        loose_hits: set[Span] = set()
        link_hits: set[Span] = set()
        for mention in mentions:
            kind = _class(mention.kind)
            over = [(span, at) for span, at in self._spans if span.start < mention.end and mention.start < span.end]
            optional = any(self._targets[at].optional for _, at in over)
            # Gold stretches never overlap, so at most one of them is the mention's own.
            exact = next(((s, at) for s, at in over if (s.start, s.end) == (mention.start, mention.end)), None)
            if exact and self._targets[exact[1]].kind == kind and not self._targets[exact[1]].optional:
                span, target = exact[0], self._targets[exact[1]]
                self._right("mention", f"mention:{kind}")
                exact_hits.add(span)
                if target.has(mention.label):
                    self._right("link")
                    link_hits.add(span)
                else:
                    self._spurious("link")
                    self._mistake("wrong link", mention.text, mention.label, target.name)
            elif not optional:
                self._spurious("mention", f"mention:{kind}", "link")
                around = self._text[max(0, mention.start - 40) : mention.end + 40]
                self._mistake("spurious mention", mention.text, mention.kind, around)
            touched = [span for span, at in over if self._targets[at].kind == kind and not self._targets[at].optional]
            if touched:
                self._right("overlap")
                loose_hits.update(touched)
            elif not optional:
                self._spurious("overlap")
        for span, at in self._spans:
            target = self._targets[at]
            if target.optional:
                continue
            if span not in exact_hits:
                self._missed("mention", f"mention:{target.kind}")
                kind = self._gold.entities[at].kind
                self._mistake("missed mention", self._text[span.start : span.end], kind, target.name)
            if span not in loose_hits:
                self._missed("overlap")
            if span not in link_hits:
                self._missed("link")

    def _entities(self, mentions: Sequence[Link]) -> None:
        found: set[int] = set()
        for label, kind in dict.fromkeys((mention.label, _class(mention.kind)) for mention in mentions):
            match = [at for at, target in enumerate(self._targets) if target.has(label)]
            right = [at for at in match if self._targets[at].kind == kind and not self._targets[at].optional]
            if right:
                if found.isdisjoint(right):
                    self._right("entity", f"entity:{kind}")
                found.update(right)
            elif any(self._targets[at].optional for at in match):
                continue
            elif match or not self._touches_optional(label, mentions):
                self._spurious("entity", f"entity:{kind}")
        for at, target in enumerate(self._targets):
            if not target.optional and at not in found:
                self._missed("entity", f"entity:{target.kind}")

    def _touches_optional(self, label: str, mentions: Iterable[Link]) -> bool:
        return any(
            self._targets[at].optional and span.start < mention.end and mention.start < span.end
            for mention in mentions
            if mention.label == label
            for span, at in self._spans
        )

    def _relations(self, relations: Iterable[Relation]) -> None:
        gold = self._gold.relations
        done: set[tuple[RelationType, int]] = set()
        # Of two relations of one type to one label, the later one speaks.
        for relation in {(relation.type, relation.label): relation for relation in relations}.values():
            match = [g for g in gold if g.type == relation.type and self._targets[g.entity].has(relation.label)]
            right = [g for g in match if not g.optional]
            if right:
                if any((g.type, g.entity) not in done for g in right):
                    done.update((g.type, g.entity) for g in right)
                    self._right(_group(relation.type), f"relation:{relation.type}")
                    self._judgements.append(Judgement(relation.score, right=True))
                    self._evidence(relation.evidence, right[0].evidence)
            elif not match and not any(target.optional and target.has(relation.label) for target in self._targets):
                self._spurious(_group(relation.type), f"relation:{relation.type}")
                self._judgements.append(Judgement(relation.score, right=False))
                self._mistake("spurious relation", relation.type, relation.label)
        for wanted in gold:
            target = self._targets[wanted.entity]
            if not wanted.optional and not target.optional and (wanted.type, wanted.entity) not in done:
                self._missed(_group(wanted.type), f"relation:{wanted.type}")
                self._mistake("missed relation", wanted.type, target.name, wanted.evidence)

    def _evidence(self, evidence: Iterable[Span], quote: str) -> None:
        start = self._text.find(quote)
        end = start + len(quote)
        if any(span.start < end and start < span.end for span in evidence):
            self._right(EVIDENCE)
        else:
            self._spurious(EVIDENCE)

    def _results(self, results: Iterable[Result]) -> None:
        left = list(self._gold.results)
        for result in results:
            value = _plain(result.value)
            hit = next(
                (
                    at
                    for at, wanted in enumerate(left)
                    if _plain(wanted.value) == value and self._measured_on(wanted.benchmark, result.benchmark_label)
                ),
                None,
            )
            if hit is None:
                self._spurious("result")
                self._mistake("spurious result", result.value, str(result.benchmark_label))
            elif not left.pop(hit).optional:
                self._right("result")
        for wanted in left:
            if not wanted.optional:
                self._missed("result")
                benchmark = "" if wanted.benchmark in (None, -1) else self._targets[wanted.benchmark or 0].name
                self._mistake("missed result", wanted.value, benchmark)

    def _measured_on(self, benchmark: int | None, label: str | None) -> bool:
        return benchmark is None or (benchmark >= 0 and self._targets[benchmark].has(label))


def _class(kind: Kind) -> Kind:
    """Benchmark for datasets too: which of the two a corpus is depends on its use."""
    return Kind.BENCHMARK if kind is Kind.DATASET else kind


def _group(type_: RelationType) -> str:
    return "relation-other" if type_ is RelationType.ADDRESSES else "relation"


def _plain(value: str) -> str:
    """A value by its digits: `50.3 %`, `50.3%` and `1,000`, `1000` are the same."""
    return re.sub(r"[^0-9.x%]", "", value.lower().replace("×", "x")).strip(".")
