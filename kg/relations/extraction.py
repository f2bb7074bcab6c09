"""Relations from linked mentions: what the words around them say, what their place says, how sure each rule is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.relations.clauses import EVIDENCE, Quotes, read
from kg.relations.cues import Sense
from kg.relations.lineage import TECHNIQUE, is_close, is_kind_of, named_after
from kg.relations.patterns import at_word
from kg.relations.readings import PART_OF, readings
from kg.relations.relation import Relation, Result
from kg.relations.results import results
from kg.relations.roles import Role, roles, states_problem
from kg.text import Span
from kg.vocabulary import Kind, RelationType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.identifiers import Iri
    from kg.linking.link import Link
    from kg.relations.clauses import Sentence
    from kg.relations.readings import Reading

__all__ = ["extract"]

_EVIDENCES: Final = 4
"""How many stretches of text are kept for one relation, the surest and earliest first."""
_ORDER: Final = tuple(RelationType)
_DATA: Final = frozenset({Kind.BENCHMARK, Kind.DATASET})
_TECHNIQUES: Final = frozenset({Kind.METHOD, Kind.MODEL})
_NEAR: Final = 8
"""How many words after `extends` its object may begin."""
_IMPROVES: Final = "~improve (on|upon|over)"
_KEEPS: Final = frozenset({"~borrow", "~inherit", "~keep", "~preserve", "~retain", "~reuse", "~share"})
"""Cues whose own object is a part that is used; "keeps the architecture of X" extends X."""
_BASELINES: Final = frozenset({"baseline", "baselines"})
_TESTING: Final = frozenset(
    {"assess", "evaluate", "evaluated", "evaluating", "evaluation", "evaluations", "experiments", "tested", "validate"}
)
_CONTAMINATED: Final = frozenset({"contaminated", "leaked", "memorized"})
_MEANS: Final = frozenset({"by", "through", "using", "via", "with"})
_DATA_NOUNS: Final = frozenset({"benchmark", "benchmarks", "datasets", "suite"})
_MADE: Final = frozenset({"produce", "release", "released"})
"""Words of a sentence that says how data came to be, not what was tested on it."""
_TOPIC: Final = 8
"""How many words may precede a task that a sentence of the motivation is about."""
_PROPOSES: Final = re.compile(
    at_word(
        *(rf"{ours}\s(?:[\w-]+\s){{0,2}}?{TECHNIQUE}s?\b" for ours in ("our", "proposed")),
        *(
            rf"{who}\s(?:[a-z]+\s)?(?:propose|introduce|present|develop|design)s?\s(?:[\w-]+,?\s){{0,8}}?{TECHNIQUE}s?\b"
            for who in ("we", "paper", "work")
        ),
    )
)
"""The paper has a method of its own, named or not: it is no study of others'."""
_MEASURED: Final[dict[tuple[RelationType, str], tuple[int, int]]] = {
    (RelationType.INTRODUCES, "introduced"): (202, 0),
    (RelationType.USES, "based on"): (1, 0),
    (RelationType.USES, "compared by others"): (22, 2),
    (RelationType.USES, "data named"): (3, 0),
    (RelationType.USES, "evaluates"): (46, 2),
    (RelationType.USES, "named in contribution"): (85, 5),
    (RelationType.USES, "named in experiments"): (65, 6),
    (RelationType.USES, "named in title"): (6, 1),
    (RelationType.USES, "own data for training"): (2, 0),
    (RelationType.USES, "source"): (4, 0),
    (RelationType.USES, "studies"): (48, 1),
    (RelationType.USES, "training data"): (7, 0),
    (RelationType.USES, "trains"): (16, 1),
    (RelationType.USES, "uses"): (207, 4),
    (RelationType.EVALUATES_ON, "benchmark named"): (10, 0),
    (RelationType.EVALUATES_ON, "evaluates"): (54, 2),
    (RelationType.EVALUATES_ON, "own benchmark"): (16, 4),
    (RelationType.EXTENDS, "a kind of it"): (7, 1),
    (RelationType.EXTENDS, "based on"): (1, 0),
    (RelationType.EXTENDS, "extends"): (7, 1),
    (RelationType.EXTENDS, "named after it"): (8, 2),
    (RelationType.COMPARES_WITH, "compared by others"): (24, 3),
    (RelationType.COMPARES_WITH, "compares"): (92, 5),
    (RelationType.COMPARES_WITH, "set apart"): (2, 1),
    (RelationType.ADDRESSES, "task in contribution"): (64, 0),
    (RelationType.ADDRESSES, "task in experiments"): (84, 2),
    (RelationType.ADDRESSES, "task in motivation"): (1, 2),
    (RelationType.ADDRESSES, "task in title"): (73, 0),
}
"""How often each rule was right and wrong in the 190 papers annotated for development, given their mentions."""
_SCORES: Final = {rule: (right + 1) / (right + wrong + 2) for rule, (right, wrong) in _MEASURED.items()}
"""The rules' precision, smoothed: what a relation's score is where its link is certain."""
_UNMEASURED: Final = 0.6
"""The score of a rule that none of those papers shows."""


class _Candidate(NamedTuple):
    """A relation as one mention says it."""

    type: RelationType
    rule: str
    words: str
    sentence: Span
    core: Span
    weak: bool
    """Said by place alone: dropped where words say another relation of the same node."""
    score: float


def _score(relation: RelationType, rule: str) -> float:
    return _SCORES.get((relation, rule), _UNMEASURED)


def extract(text: str, links: Sequence[Link]) -> tuple[tuple[Relation, ...], tuple[Result, ...]]:
    """The relations and results of a paper, from its text and its links, which are sorted and do not overlap.

    Each node has at most one relation of a type; every relation has evidence inside the text. Relations come in the
    order in which their nodes first appear, then in the order of `RelationType`.
    """
    introduced = _introduced(text, links)
    own = frozenset(index for index, link in enumerate(links) if link.node in introduced)
    sentences = read(text, links)
    parts = roles(text, sentences, own)
    candidates: dict[Iri, list[_Candidate]] = {link.node: [] for link in links}
    study = not any(links[index].kind in _TECHNIQUES for index in own) and not _PROPOSES.search(text)
    for sentence, role in zip(sentences, parts, strict=True):
        if sentence.mentions and _can_say(text, sentence, role, links, own):
            for candidate, node in _candidates(sentence, role, links, own, study=study):
                candidates[node].append(candidate)
    for candidate, node in (*_by_name(sentences, parts, links, own, introduced), *_by_purpose(sentences, links, own)):
        candidates[node].append(candidate)
    tested = {node for node, said in candidates.items() if any(one.type is RelationType.EVALUATES_ON for one in said)}
    quotes = Quotes(text)
    numbers = results(text, sentences, parts, links, own, tested=tested, quotes=quotes)
    for number in numbers:
        if number.benchmark in introduced and number.benchmark not in tested:
            candidates[number.benchmark].append(_reported(number))
    labels = {link.node: link.label for link in links}
    relations: list[Relation] = []
    for node, said in candidates.items():
        if node in introduced:
            kind = RelationType.INTRODUCES
            span = _inside(introduced[node], len(text))
            relations.append(Relation(kind, node, labels[node], _score(kind, "introduced"), (span,), "introduced"))
        relations.extend(_settled(node, labels[node], said, quotes))
    return tuple(relations), numbers


def _reported(number: Result) -> _Candidate:
    """A paper that reports a number on a benchmark evaluates on it."""
    relation, rule = RelationType.EVALUATES_ON, "own benchmark"
    return _Candidate(relation, rule, "", number.evidence[0], number.evidence[0], False, _score(relation, rule))


def _introduced(text: str, links: Sequence[Link]) -> dict[Iri, Span]:
    """The stretch that introduces each node the paper introduces: as linking says, else the title "NAME: ..."."""
    introduced = {link.node: link.introduced for link in reversed(links) if link.introduced}
    measures = {link.node for link in links if link.kind is Kind.METRIC}
    if not measures.issuperset(introduced):  # a measure of its own beside a method of its own is a part of that
        introduced = {node: span for node, span in introduced.items() if node not in measures}
    if not introduced and links and links[0].start == 0 and links[0].kind in _DATA | _TECHNIQUES:
        end = text.find("\n")
        if text.startswith(":", links[0].end) and end > links[0].end:
            introduced[links[0].node] = Span(0, min(end, EVIDENCE))
    return introduced


def _candidates(
    sentence: Sentence, role: Role, links: Sequence[Link], own: frozenset[int], *, study: bool
) -> Iterator[tuple[_Candidate, Iri]]:
    for reading in readings(sentence, own):
        link = links[reading.link]
        if link.kind is Kind.TASK:
            if (role is Role.MOTIVATION and reading.word > _TOPIC) or _is_way(sentence, reading.word):
                continue
            said = [(RelationType.ADDRESSES, f"task in {role}", role is Role.MOTIVATION)]
        elif link.kind in _DATA:
            said = list(_of_data(reading, role, link.kind, sentence, own))
        elif link.kind in _TECHNIQUES and reading.link not in own and role is not Role.MOTIVATION:
            kind_of = is_kind_of(reading, sentence, own, link, title=role is Role.TITLE)
            said = list(_of_technique(reading, role, link.kind, sentence, kind_of=kind_of, study=study))
        else:
            continue
        if not said:
            continue
        start, end = link.start, link.end
        words = ""
        if reading.at:
            first, last = reading.at
            if first < reading.word:
                start = sentence.place(first)[0]
            if last > reading.word + 1:
                end = sentence.place(last - 1)[1]
            words = " ".join(sentence.words[first:last])
        core = Span(start, end)
        for relation, rule, weak in said:
            yield (
                _Candidate(relation, rule, words, sentence.span, core, weak, link.score * _score(relation, rule)),
                link.node,
            )


def _is_way(sentence: Sentence, at: int) -> bool:
    """Whether the task at a word only says of what sort a thing is: "a QA-based metric", "reasoning-oriented"."""
    follows = sentence.words[at + 1 : at + 2]
    return follows in (("-based",), ("-oriented",), ("-free",))


def _can_say(text: str, sentence: Sentence, role: Role, links: Sequence[Link], own: frozenset[int]) -> bool:
    """Whether a sentence can hold a relation: the motivation only that a task is still a problem."""
    if role is Role.MOTIVATION:
        return any(links[index].kind is Kind.TASK for index in sentence.mentions) and states_problem(text, sentence)
    return any(index not in own or links[index].kind not in _TECHNIQUES for index in sentence.mentions)


_Said = tuple[RelationType, str, bool]
"""What a mention says: the relation, the rule, and whether its place alone says so."""


def _of_data(reading: Reading, role: Role, kind: Kind, sentence: Sentence, own: frozenset[int]) -> Iterator[_Said]:
    sense = reading.sense
    if sense in (None, Sense.USES) and role is Role.EXPERIMENTS and _is_tested(reading, sentence):
        sense = Sense.EVALUATES
    if reading.link in own:
        if kind is Kind.DATASET and sense is Sense.TRAINS:
            yield RelationType.USES, "own data for training", False
        elif role is Role.EXPERIMENTS and not (kind is Kind.DATASET and _MADE.intersection(sentence.words)):
            yield RelationType.EVALUATES_ON, "own benchmark", False
    elif (
        role is Role.MOTIVATION
        or sense in (Sense.PRIOR, Sense.AGAINST, Sense.EXCLUDES)
        or _is_contaminated(reading, sentence)
    ):
        return
    elif sense is Sense.SOURCE:
        yield RelationType.USES, "source of data", False
    elif (
        sense is Sense.EXTENDS
        and reading.phrase != _IMPROVES
        and reading.ours
        and reading.at
        and reading.word - reading.at[1] <= _NEAR // 2
    ):
        yield RelationType.EXTENDS, "extends data", False
    elif kind is Kind.DATASET and sense in (Sense.TRAINS, Sense.USES):
        yield RelationType.USES, "training data", False
    elif sense in (Sense.EVALUATES, Sense.COMPARES, Sense.STUDIES) or reading.phrase == _IMPROVES:
        yield RelationType.EVALUATES_ON, "evaluates", False
    elif kind is Kind.DATASET:
        yield RelationType.USES, "data named", True
    else:
        yield RelationType.EVALUATES_ON, "benchmark named", True


def _is_contaminated(reading: Reading, sentence: Sentence) -> bool:
    """Whether what is told of data is not what was measured on them: "benchmarks are contaminated, up to 40% in X"."""
    return not _CONTAMINATED.isdisjoint(sentence.words[: reading.word])


def _is_tested(reading: Reading, sentence: Sentence) -> bool:
    """Whether data named in the experiments are what is evaluated on: "performance for X", "we test it using X"."""
    words = sentence.words
    if reading.at:
        return not _TESTING.isdisjoint(words[: reading.at[0]])
    return any(word in _DATA_NOUNS for word in words[reading.word + 1 : reading.word + 3])


def _of_technique(
    reading: Reading, role: Role, kind: Kind, sentence: Sentence, *, kind_of: bool, study: bool
) -> Iterator[_Said]:
    sense = reading.sense
    if sense is Sense.RESHAPES and study:
        sense = Sense.USES  # "we survey techniques to improve X"
    if sense in (Sense.INHERITS, Sense.RESHAPES, Sense.EXTENDS):
        sense = _descent(reading, role, kind, sentence)
        kind_of = kind_of and sense is not Sense.COMPARES
    near = reading.at is not None and reading.word - reading.at[1] <= _NEAR
    if sense in (Sense.PRIOR, Sense.EXCLUDES):
        return
    if kind_of and sense not in (Sense.COMPARES, Sense.AGAINST):
        yield RelationType.EXTENDS, "a kind of it", False
    elif sense is Sense.COMPARES:
        if study and kind is Kind.MODEL and reading.phrase not in _BASELINES:
            yield RelationType.USES, "compared by others", False
            yield RelationType.COMPARES_WITH, "compared by others", False
        else:
            yield RelationType.COMPARES_WITH, "compares", False
    elif sense is Sense.AGAINST:
        yield RelationType.COMPARES_WITH, "set apart", False
    elif sense is Sense.EXTENDS and (reading.ours or not study):
        yield RelationType.EXTENDS, "extends", False
    elif sense is Sense.BASED and near and _is_base(reading, kind, sentence):
        yield RelationType.EXTENDS, "based on", False
        yield RelationType.USES, "based on", False
    elif sense in (None, Sense.INTRODUCES, Sense.EXTENDS, Sense.INHERITS, Sense.BASED):
        yield RelationType.USES, f"named in {role}", True
    elif sense is Sense.TRAINS and kind is Kind.METHOD and sentence.words[reading.word - 1] not in _MEANS:
        yield RelationType.USES, f"named in {role}", True  # "LoRA training": said of a model, not of the method
    else:
        yield RelationType.USES, sense.value, False


def _descent(reading: Reading, role: Role, kind: Kind, sentence: Sentence) -> Sense:
    """What a cue of descent comes to: EXTENDS, the use of a model, or nothing more than being named."""
    sense, close = reading.sense, is_close(reading, sentence)
    mine = reading.own or reading.ours or role is Role.TITLE
    if sense is Sense.RESHAPES:
        return Sense.EXTENDS if close and mine and kind is Kind.METHOD else Sense.USES
    if sense is Sense.INHERITS:
        kept = reading.phrase in _KEEPS and reading.at is not None and reading.word - reading.at[1] <= 1
        return Sense.EXTENDS if close and mine and not kept else Sense.INHERITS
    verb = reading.phrase.startswith("~")
    if reading.phrase == _IMPROVES and (role is Role.EXPERIMENTS or kind is Kind.MODEL):
        return Sense.COMPARES
    if reading.phrase == PART_OF:
        return Sense.EXTENDS if mine else Sense.EXCLUDES
    if kind is Kind.METHOD:
        between = sentence.words[reading.at[1] : reading.word] if reading.at else ()
        return Sense.EXTENDS if len(between) <= _NEAR and "," not in between else Sense.INHERITS
    return Sense.EXTENDS if close and (reading.own or not verb) else Sense.INHERITS


def _is_base(reading: Reading, kind: Kind, sentence: Sentence) -> bool:
    """Whether the paper's own thing builds on a thing: "Quokka builds on X"; "built on X" is the use of a model."""
    active = reading.at is not None and sentence.words[reading.at[0]] in ("build", "builds", "building")
    return (reading.own and (active or kind is Kind.METHOD)) or (reading.ours and active and kind is Kind.METHOD)


def _by_name(
    sentences: Sequence[Sentence],
    parts: Sequence[Role],
    links: Sequence[Link],
    own: frozenset[int],
    introduced: Mapping[Iri, Span],
) -> Iterator[tuple[_Candidate, Iri]]:
    """What the paper introduces extends what its name is made from.

    The evidence is a stretch that holds both names and does not compare them, those of the motivation last; else the
    stretch that introduces the paper's own.
    """
    last = [sentence for sentence, part in zip(sentences, parts, strict=True) if part is Role.MOTIVATION]
    first = [sentence for sentence, part in zip(sentences, parts, strict=True) if part is not Role.MOTIVATION]
    rule = "named after it"
    for index, sentence, name in named_after((*first, *last), links, own):
        link = links[index]
        score = link.score * _score(RelationType.EXTENDS, rule)
        near = [other for other in sentence.mentions if other in own]
        if near and not _compares(sentence, index, own):
            _, nearest = min((abs(other - index), other) for other in near)
            core = Span(links[min(nearest, index)].start, links[max(nearest, index)].end)
            if core.end - core.start > EVIDENCE:
                core = Span(link.start, link.end)
            within = sentence.span
        else:
            core = introduced[links[name].node]
            within = next(one.span for one in reversed(sentences) if one.span.start <= core.start)
            core = Span(core.start, min(core.end, within.end))
        yield _Candidate(RelationType.EXTENDS, rule, "", within, core, False, score), link.node


def _compares(sentence: Sentence, index: int, own: frozenset[int]) -> bool:
    """Whether a sentence sets a mention against something."""
    return any(
        reading.link == index and reading.sense in (Sense.COMPARES, Sense.AGAINST, Sense.EXCLUDES)
        for reading in readings(sentence, own)
    )


def _by_purpose(
    sentences: Sequence[Sentence], links: Sequence[Link], own: frozenset[int]
) -> Iterator[tuple[_Candidate, Iri]]:
    """What the paper introduces addresses the task its long name ends in: `Quokka Masking for Entity Linking`."""
    tasks = {link.text.casefold(): link for link in links if link.kind is Kind.TASK}
    for sentence in sentences if tasks else ():
        for index in sentence.mentions:
            if index not in own:
                continue
            _, _, purpose = links[index].text.rpartition(" for ")
            task = tasks.get(purpose.casefold())
            if task is not None:
                relation, rule = RelationType.ADDRESSES, "task in name"
                core = Span(links[index].start, links[index].end)
                score = task.score * _score(relation, rule)
                yield _Candidate(relation, rule, "", sentence.span, core, False, score), task.node


def _settled(node: Iri, label: str, said: list[_Candidate], quotes: Quotes) -> Iterator[Relation]:
    """One relation a type of what a node's mentions say: words before place, then the surest, then the first."""
    strong = {candidate.type for candidate in said if not candidate.weak}
    if strong:
        said = [candidate for candidate in said if not candidate.weak or candidate.type in strong]
    if any(candidate.type is RelationType.COMPARES_WITH for candidate in said):
        said = [
            candidate for candidate in said if (candidate.type, candidate.rule) != (RelationType.USES, Sense.EVALUATES)
        ]
    types: dict[RelationType, list[_Candidate]] = {}
    for candidate in said:
        types.setdefault(candidate.type, []).append(candidate)
    for relation in sorted(types, key=_ORDER.index) if len(types) > 1 else types:
        same = types[relation]
        if len(same) > 1:
            same.sort(key=_by_strength)
        evidence: tuple[Span, ...] = ()
        for candidate in same:
            span = quotes.quote(candidate.sentence, candidate.core)
            if span not in evidence:
                evidence += (span,)
                if len(evidence) == _EVIDENCES:
                    break
        best = same[0]
        how = f"{best.rule}: {best.words}" if best.words else best.rule
        hedged = all(quotes.is_hedged(span) for span in evidence)
        yield Relation(relation, node, label, best.score, evidence, how, hedged)


def _by_strength(candidate: _Candidate) -> tuple[bool, float]:
    return candidate.weak, -candidate.score


def _inside(span: Span, length: int) -> Span:
    return Span(min(span.start, length), min(span.end, length))
