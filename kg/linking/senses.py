"""Which of the things a name may mean this paper means."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.mentions.dictionary import Candidate, Hit

__all__ = ["Choice", "Context", "choose"]

_ORDER: Final = {
    kind: place
    for place, kind in enumerate((Kind.METHOD, Kind.MODEL, Kind.BENCHMARK, Kind.DATASET, Kind.TASK, Kind.METRIC))
}
_DATA_AFTER: Final = frozenset(
    "dataset datasets benchmark benchmarks corpus corpora data test leaderboard suite split splits".split()  # noqa: SIM905
)
_MODEL_AFTER: Final = frozenset(
    "model models llm llms family checkpoint checkpoints".split()  # noqa: SIM905
)


_ORDINARY_AFTER: Final = {
    "attention": re.compile(
        r"\b(?:garner|receiv|gain|attract|draw|drawn|drew|paid|pay|pays|paying|got|get|getting|seen"
        r"|caught|captur|deserv|requir|much|more|little|less|significant|"
        r"considerable|great|increasing|increased|growing|wide|widespread|substantial|extensive"
        r"|public|research|special|careful|due|immense|tremendous|particular)"
        r"\w* (?:[\w ]{0,24} )?$"
    ),
}
"""Names that are ordinary words, by what stands before them then."""


@dataclass(slots=True)
class Context:
    """The words of one text, for cues; made once a text."""

    folded: str
    _words: str = ""
    _known: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _counts: dict[str, bool] = field(default_factory=dict)

    def speaks(self, cue: str, start: int, end: int) -> bool:
        """Whether the cue stands somewhere in the text outside the stretch."""
        places = self._known.get(cue)
        if places is None:
            places = self._known[cue] = self._find(cue)
        return any(place + len(cue) <= start or place >= end for place in places)

    def _find(self, cue: str) -> tuple[int, ...]:
        if not self._words:
            self._words = f" {self.folded} ".replace(".", " ").replace("\n", " ").replace("'", " ")
        found: list[int] = []
        at = self._words.find(f" {cue}")
        while at >= 0 and len(found) < 8:
            after = self._words[at + 1 + len(cue)]
            if not after.isalnum() or (after == "s" and not self._words[at + 2 + len(cue)].isalnum()):
                found.append(at)
            at = self._words.find(f" {cue}", at + 1)
        return tuple(found)

    def recurs(self, words: str) -> bool:
        """Whether folded words stand in the text more than once."""
        if words not in self._counts:
            self._counts[words] = self.folded.find(words, self.folded.find(words) + 1) >= 0
        return self._counts[words]

    def word_after(self, end: int) -> str:
        """The word that follows a stretch, in small letters."""
        return (
            self.folded[end : end + 24].split(" ", 2)[1].strip(".,'")
            if self.folded[end : end + 1] == " " and len(self.folded) > end + 1
            else ""
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidate meant, how sure that is in [0, 1], and by what."""

    candidate: Candidate
    score: float
    how: str


def choose(hit: Hit, raw: str, context: Context) -> Choice | None:
    """The candidate the text means by the hit, None where it cannot be told or is none of them.

    A cue of a sense elsewhere in the text decides, then the default sense, then the noun that follows; among names that
    need no cue, the one listed in this spelling, then the kind that is commoner in abstracts.
    """
    scored: list[tuple[tuple[int, ...], Choice]] = []
    after = context.word_after(hit.end)
    for place, candidate in enumerate(hit.candidates):
        sense = candidate.sense
        noun = _agrees(candidate.entity.kind, after)
        exact = raw == candidate.name or (hit.plural and raw[:-1] == candidate.name)
        if sense is None:
            score = 0.98 if exact else 0.93 if candidate.own_key else 0.9
            rank, how = 2, "alias"
            if candidate.own_key and _is_ordinary(context.folded, hit.start, raw):
                continue
        else:
            cues = sum(context.speaks(cue, hit.start, hit.end) for cue in sense.cues)
            if cues or noun > 0:
                rank, score, how = 3, min(0.95, 0.84 + 0.03 * cues), "cue"
            elif sense.default and not (
                len(raw) == 2 and raw.isalpha() and candidate.entity.kind not in (Kind.TASK, Kind.METHOD)
            ):
                # two letters mean a task or a technique (QA, RL) more often than they mean a metric or a data set (MR,
                # TU)
                rank, score, how = 1, 0.75, "default"
            else:
                continue
        own = candidate.name == candidate.entity.label
        order = (rank + noun * 2, exact, own, -_ORDER[candidate.entity.kind], -place)
        scored.append((order, Choice(candidate, score, how)))
    if not scored:
        return None
    return max(scored, key=lambda pair: pair[0])[1]


def _is_ordinary(folded: str, start: int, raw: str) -> bool:
    """Whether the words before a name make it an ordinary word: `has received much attention`."""
    pattern = _ORDINARY_AFTER.get(raw)
    return pattern is not None and pattern.search(folded, max(0, start - 48), start) is not None


def _agrees(kind: Kind, after: str) -> int:
    """1 where the following noun is of the kind, -1 where it is of another."""
    if after in _DATA_AFTER:
        return 1 if kind in (Kind.BENCHMARK, Kind.DATASET) else -1 if kind is Kind.MODEL else 0
    if after in _MODEL_AFTER:
        return 1 if kind is Kind.MODEL else -1 if kind in (Kind.BENCHMARK, Kind.DATASET) else 0
    return 0


def resembles(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of the shorter list's words that the other has, compared by their first five letters.

    >>> resembles(["low", "rank", "adaption"], ["low", "rank", "adaptation"])
    1.0
    """
    stems, others = {word[:5] for word in one}, {word[:5] for word in other}
    return len(stems & others) / max(1, min(len(stems), len(others)))
