"""Relations from linked mentions: which the words around them say, which their place says, and how sure each rule is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.relations.clauses import Quotes, read
from kg.relations.cues import Sense
from kg.relations.names import contains_name
from kg.relations.readings import readings
from kg.relations.relation import Relation, Result
from kg.relations.results import results
from kg.relations.roles import Role, roles, states_problem
from kg.text import Span
from kg.vocabulary import Kind, RelationType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.identifiers import Iri
    from kg.linking.link import Link
    from kg.relations.clauses import Sentence
    from kg.relations.readings import Reading

__all__ = ["extract"]

_EVIDENCES: Final = 3
"""How many stretches of text are kept for one relation, the surest and earliest first."""
_DATA: Final = frozenset({Kind.BENCHMARK, Kind.DATASET})
_TECHNIQUES: Final = frozenset({Kind.METHOD, Kind.MODEL})
_NEAR: Final = 8
"""How many words after `extends` its object may begin."""
_HEDGE: Final = re.compile(
    r"\b(?:may|might|could|would|should|potential(?:ly)?|possibl[ey]|future|hope|plan\sto|aim\sto|envision|promise|pave\sthe\sway)\b",
)
_KIND_NOUN: Final = frozenset(
    "algorithm approach architecture extension framework mechanism method methodology model optimizer paradigm recipe scheme strategy system"
    " technique variant".split(),  # noqa: SIM905
)
_NOT_APPOSED: Final = frozenset("based by for from in of on that to using via which with without".split())  # noqa: SIM905

_NAMED_AFTER: Final = frozenset({Kind.METHOD, Kind.BENCHMARK, Kind.DATASET})
_OWN_NAMES: Final = 20
"""How many names of its own a paper is believed to have."""

_SCORES: Final[dict[tuple[RelationType, str], float]] = {}
"""How often a rule is right: (right + 1) / (right + wrong + 2) over the papers annotated for development, with annotated mentions."""
_UNMEASURED: Final = 0.6


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A relation as one mention says it."""

    type: RelationType
    rule: str
    words: str
    sentence: Span
    core: Span
    weak: bool = False
    """Said by place alone: dropped where words say another relation of the same node."""

    @property
    def score(self) -> float:
        return _SCORES.get((self.type, self.rule), _UNMEASURED)


def extract(text: str, links: Sequence[Link]) -> tuple[tuple[Relation, ...], tuple[Result, ...]]:
    """The relations and results of a paper, from its text and its links, which are sorted and do not overlap.

    Each node has at most one relation of a type; every relation has evidence inside the text. Relations come in the order in which
    their nodes first appear, then in the order of `RelationType`.
    """
    introduced = {link.node: link.introduced for link in reversed(links) if link.introduced}
    own = frozenset(index for index, link in enumerate(links) if link.node in introduced)
    sentences = read(text, links)
    parts = roles(text, sentences, own)
    candidates: dict[Iri, list[_Candidate]] = {link.node: [] for link in links}
    study = not any(links[index].kind in _TECHNIQUES for index in own)
    for sentence, role in zip(sentences, parts, strict=True):
        if sentence.mentions:
            for candidate, node in _candidates(text, sentence, role, links, own, study=study):
                candidates[node].append(candidate)
    for candidate, node in _by_name(sentences, links, own):
        candidates[node].append(candidate)
    quotes = Quotes(text)
    labels = {link.node: link.label for link in links}
    relations: list[Relation] = []
    for node, said in candidates.items():
        if node in introduced:
            rule = _Candidate(RelationType.INTRODUCES, "introduced", "", Span(0, 0), Span(0, 0))
            span = _inside(introduced[node], len(text))
            relations.append(Relation(rule.type, node, labels[node], rule.score, (span,), "introduced"))
        relations.extend(_settled(node, labels[node], said, quotes))
    return tuple(relations), results(text, sentences, parts, links, own, quotes)


def _candidates(
    text: str, sentence: Sentence, role: Role, links: Sequence[Link], own: frozenset[int], *, study: bool
) -> Iterator[tuple[_Candidate, Iri]]:
    for reading in readings(sentence, own):
        link = links[reading.link]
        if link.kind is Kind.TASK:
            if role is Role.MOTIVATION and not states_problem(text, sentence):
                continue
            said = [(RelationType.ADDRESSES, f"task in {role}", role is Role.MOTIVATION)]
        elif link.kind in _DATA:
            said = list(_of_data(reading, role, link.kind, own))
        elif link.kind in _TECHNIQUES and reading.link not in own and role is not Role.MOTIVATION:
            said = list(_of_technique(reading, sentence.words, role, link.kind, study=study))
        else:
            continue
        start, end = link.start, link.end
        words = ""
        if reading.at:
            first, last = reading.at
            start, end = min(start, sentence.starts[first]), max(end, sentence.ends[last - 1])
            words = " ".join(sentence.words[first:last])
        for relation, rule, weak in said:
            yield _Candidate(relation, rule, words, sentence.span, Span(start, end), weak), link.node


_Said = tuple[RelationType, str, bool]


def _of_data(reading: Reading, role: Role, kind: Kind, own: frozenset[int]) -> Iterator[_Said]:
    sense = reading.sense
    if reading.link in own:
        if kind is Kind.DATASET and sense is Sense.TRAINS:
            yield RelationType.USES, "own data for training", False
        elif role is Role.EXPERIMENTS:
            yield RelationType.EVALUATES_ON, "own benchmark", False
    elif role is Role.MOTIVATION or sense in (Sense.PRIOR, Sense.AGAINST, Sense.EXCLUDES):
        return
    elif sense is Sense.SOURCE:
        yield RelationType.USES, "source of data", False
    elif sense is Sense.EXTENDS or (sense is Sense.BASED and reading.ours):
        yield RelationType.EXTENDS, "extends data", False
    elif kind is Kind.DATASET and sense in (Sense.TRAINS, Sense.USES):
        yield RelationType.USES, "training data", False
    elif sense in (Sense.EVALUATES, Sense.COMPARES, Sense.STUDIES):
        yield RelationType.EVALUATES_ON, "evaluates", False
    elif kind is Kind.DATASET:
        yield RelationType.USES, "data named", True
    else:
        yield RelationType.EVALUATES_ON, "benchmark named", True


def _of_technique(reading: Reading, words: tuple[str, ...], role: Role, kind: Kind, *, study: bool) -> Iterator[_Said]:
    sense = reading.sense
    near = bool(reading.at) and reading.word - reading.at[1] <= _NEAR
    if sense in (Sense.PRIOR, Sense.EXCLUDES):
        return
    if sense is Sense.COMPARES:
        if study or (reading.foreign and not reading.ours):
            yield RelationType.USES, "compared by others", False
            yield RelationType.COMPARES_WITH, "compared by others", False
        else:
            yield RelationType.COMPARES_WITH, "compares", False
    elif sense is Sense.AGAINST:
        yield RelationType.COMPARES_WITH, "set apart", False
    elif sense is Sense.EXTENDS and kind is Kind.METHOD and near:
        yield RelationType.EXTENDS, "extends", False
    elif sense is Sense.BASED and kind is Kind.METHOD and reading.ours and near:
        yield RelationType.EXTENDS, "based on", False
    elif sense is Sense.INTRODUCES and kind is Kind.METHOD and _apposed(reading, words):
        yield RelationType.EXTENDS, "a kind of it", False
    elif sense in (None, Sense.INTRODUCES, Sense.EXTENDS, Sense.BASED):
        yield RelationType.USES, f"named in {role}", True
    elif sense is Sense.TRAINS and kind is Kind.METHOD:
        yield RelationType.USES, f"named in {role}", True  # "LoRA training": said of a model, not of the method
    else:
        yield RelationType.USES, sense.value, False


def _apposed(reading: Reading, words: tuple[str, ...]) -> bool:
    """Whether what is introduced is called a kind of the thing named: "we propose X, an efficient LoRA training scheme"."""
    if not reading.at or reading.word - reading.at[1] > 2 * _NEAR:
        return False
    after = words[reading.word + 1 : reading.word + 4]
    return (
        not any(word in _NOT_APPOSED for word in words[reading.at[1] : reading.word])
        and not (after and after[0].startswith("-"))
        and any(word.rstrip("s") in _KIND_NOUN for word in after)
    )


def _by_name(sentences: Sequence[Sentence], links: Sequence[Link], own: frozenset[int]) -> Iterator[tuple[_Candidate, Iri]]:
    """What the paper introduces extends what its name holds: QLoRA and LoRA, MMLU-Pro and MMLU."""
    names = tuple(dict.fromkeys((links[index].kind in _DATA, links[index].text) for index in sorted(own)))[:_OWN_NAMES]
    if not names:
        return
    known: dict[tuple[bool, str], bool] = {}
    for sentence in sentences:
        for index in sentence.mentions:
            link = links[index]
            if index in own or link.kind not in _NAMED_AFTER:
                continue
            key = (link.kind in _DATA, link.text)
            if key not in known:
                known[key] = any(data == key[0] and contains_name(name, link.text) for data, name in names)
            if known[key]:
                yield _Candidate(RelationType.EXTENDS, "named after it", "", sentence.span, Span(link.start, link.end)), link.node


def _settled(node: Iri, label: str, said: list[_Candidate], quotes: Quotes) -> Iterator[Relation]:
    """One relation a type of what a node's mentions say: words before place, then the surest, then the first."""
    if any(not candidate.weak for candidate in said):
        said = [candidate for candidate in said if not candidate.weak]
    if any(candidate.type is RelationType.COMPARES_WITH for candidate in said):
        said = [candidate for candidate in said if (candidate.type, candidate.rule) != (RelationType.USES, Sense.EVALUATES)]
    for relation in RelationType:
        same = sorted((c for c in said if c.type is relation), key=lambda candidate: -candidate.score)
        if same:
            spans = dict.fromkeys(quotes.quote(c.sentence, c.core) for c in same[: 2 * _EVIDENCES])
            best = same[0]
            how = f"{best.rule}: {best.words}" if best.words else best.rule
            evidence = tuple(spans)[:_EVIDENCES]
            hedged = all(_HEDGE.search(quotes.text, span.start, span.end) for span in evidence)
            yield Relation(relation, node, label, best.score, evidence, how, hedged)


def _inside(span: Span, length: int) -> Span:
    return Span(min(span.start, length), min(span.end, length))
