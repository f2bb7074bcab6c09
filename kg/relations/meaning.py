"""What a reading of a mention comes to: which relation, by which rule; the words decide, then the place."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.relations.cues import Sense, inflect
from kg.relations.lineage import is_close
from kg.relations.readings import PART_OF
from kg.relations.roles import Role
from kg.vocabulary import Kind, RelationType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.relations.clauses import Sentence
    from kg.relations.readings import Reading

__all__ = ["Said", "of_data", "of_technique"]

_NEAR: Final = 8
"""How many words after `extends` its object may begin."""
_IMPROVES: Final = "~improve (on|upon|over)"
_GOALS: Final = frozenset({"into", "to", "towards", "within"})
"""Words between a verb and a name that is not its object: "extends the idea to LoRA"."""
_REMEDIES: Final = frozenset(
    form
    for verb in (
        "address",
        "alleviate",
        "bypass",
        "escape",
        "fix",
        "mitigate",
        "overcome",
        "remedy",
        "resolve",
        "solve",
        "tackle",
    )
    for form in inflect(verb)
)
"""Words that make an extension of "the limitations of X"; a survey only tells them."""
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

Said = tuple[RelationType, str, bool]
"""What a mention says: the relation, the rule, and whether its place alone says so."""


def of_data(reading: Reading, role: Role, kind: Kind, sentence: Sentence, own: frozenset[int]) -> Iterator[Said]:
    """What a mention of a benchmark or data set says; `own` holds the links to what the paper introduces."""
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
        and "from" not in sentence.words[reading.at[1] : reading.word]
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


def of_technique(
    reading: Reading, role: Role, kind: Kind, sentence: Sentence, *, kind_of: bool, study: bool
) -> Iterator[Said]:
    """What a mention of a method or model says that is not the paper's own.

    `kind_of`: the paper's own thing is called a kind of it; `study`: the paper has no technique of its own.
    """
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
        first, last = reading.at or (reading.word, reading.word)
        between = sentence.words[last : reading.word]
        far = len(between) > _NEAR or "," in between or (verb and not _GOALS.isdisjoint(between))
        if reading.phrase.startswith("(limitation") and _REMEDIES.isdisjoint(
            sentence.words[max(0, first - _NEAR) : first]
        ):
            far = True
        return Sense.INHERITS if far else Sense.EXTENDS
    return Sense.EXTENDS if close and (reading.own or not verb) else Sense.INHERITS


def _is_base(reading: Reading, kind: Kind, sentence: Sentence) -> bool:
    """Whether the paper's own thing builds on a thing: "Quokka builds on X"; "built on X" is the use of a model."""
    active = reading.at is not None and sentence.words[reading.at[0]] in ("build", "builds", "building")
    if active and reading.at and not reading.at[0]:  # "Building on X, we propose"
        return kind is Kind.METHOD and (",", "we") in pairwise(sentence.words[reading.word : reading.word + _NEAR])
    return (reading.own and (active or kind is Kind.METHOD)) or (reading.ours and active and kind is Kind.METHOD)
