"""What part a sentence plays in an abstract: title, motivation, the paper's own contribution, its experiments."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kg.relations.patterns import at_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.relations.clauses import Sentence

__all__ = ["Role", "roles", "states_problem"]


class Role(StrEnum):
    """The part of a sentence; an abstract runs from motivation to contribution to experiments, and may skip any."""

    TITLE = "title"
    MOTIVATION = "motivation"
    """What is known, others' work and its faults: nothing named here is thereby used."""
    CONTRIBUTION = "contribution"
    EXPERIMENTS = "experiments"


_PAPER = r"(?:paper|work|study|article|survey|report|review|research|thesis|letter|tutorial|manuscript)"
_NOT_OURS = r"\b(?!\s+(?:live|humans|know\sthat|as)\b)"
_CONTRIBUTION: Final = re.compile(
    at_word(
        f"we{_NOT_OURS}",
        f"ours?{_NOT_OURS}",
        f"us{_NOT_OURS}",
        rf"th(?:is|e\spresent|e\scurrent)\s(?:[a-z-]+\s)?{_PAPER}\b",
        rf"in\sthis\s(?:[a-z-]+\s)?{_PAPER}\b",
        r"the\s(?:paper|study|authors)\s(?:[a-z]+ly\s)?[a-z]+s?\b",
        r"is\s(?:[a-z]+\s)?(?:proposed|introduced|presented|investigated|described)\b(?!\s(?:by|in)\b)",
        r"are\s(?:[a-z]+\s)?(?:proposed|introduced|presented|investigated|described)\b(?!\s(?:by|in)\b)",
    )
)
_PROBLEM: Final = re.compile(
    r"""\b(?:[Hh]owever|[Yy]et|[Bb]ut|challeng(?:e|es|ing)|difficult(?:y|ies)?|limit(?:s|ed|ation|ations)|lacks?|lacking
         |remains?|[Ee]xisting|need(?:s|ed)?|critical|crucial|important|essential|fundamental|aims?|goal|under-?explored
         |gap|costly|expensive|problems?|issues?|struggles?|fails?|suffers?|hard|bottleneck|vital|central)\b""",
    re.VERBOSE,
)
_EXPERIMENTS: Final = frozenset(
    {"experiment", "experimental", "experimentally", "experiments", "evaluate", "evaluated", "evaluates", "evaluating"}
    | {"evaluation", "evaluations", "result", "results", "empirical", "empirically", "benchmark", "benchmarked"}
    | {
        "benchmarking",
        "benchmarks",
        "outperform",
        "outperformed",
        "outperforming",
        "outperforms",
        "achieve",
        "achieved",
    }
    | {
        "achieves",
        "achieving",
        "surpass",
        "surpassed",
        "surpasses",
        "surpassing",
        "attain",
        "attained",
        "attains",
        "test",
    }
    | {"tested", "tests", "improve", "improved", "improves", "state-of-the-art", "sota", "demonstrate", "demonstrates"}
    | {"validate", "%"}
)
_WORD: Final = re.compile(r"[a-z]+(?:-[a-z]+)*|%")


def states_problem(text: str, sentence: Sentence) -> bool:
    """Whether a sentence of the motivation speaks of what is wanting, not of what has been achieved."""
    return _PROBLEM.search(text, sentence.span.start, sentence.span.end) is not None


def roles(text: str, sentences: Sequence[Sentence], own: frozenset[int]) -> tuple[Role, ...]:
    """The role of every sentence; `own` holds the indices of links to what the paper introduces.

    The contribution starts at the first sentence after the title that speaks of the paper itself or names what it
    introduces; an abstract that never does is all contribution after its first sentence.
    """
    title = text.find("\n")
    body = [k for k, sentence in enumerate(sentences) if sentence.span.start > title]
    second = body[1] if len(body) > 1 else len(sentences)
    first = next((k for k in body if _speaks_of_itself(text, sentences[k], own)), second)
    out: list[Role] = []
    for k, sentence in enumerate(sentences):
        if sentence.span.start <= title:
            out.append(Role.TITLE)
        elif k < first:
            out.append(Role.MOTIVATION)
        elif not _EXPERIMENTS.isdisjoint(sentence.words or _words(text, sentence)):
            out.append(Role.EXPERIMENTS)
        else:
            out.append(Role.CONTRIBUTION)
    return tuple(out)


def _words(text: str, sentence: Sentence) -> list[str]:
    return _WORD.findall(text[sentence.span.start : sentence.span.end].lower())


def _speaks_of_itself(text: str, sentence: Sentence, own: frozenset[int]) -> bool:
    return not own.isdisjoint(sentence.mentions) or bool(
        _CONTRIBUTION.search(text, sentence.span.start, sentence.span.end)
    )
