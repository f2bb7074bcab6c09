"""Short forms a paper defines: `Long Form (LF)`, `LF (Long Form)`, `LF, Long Form`, `LF: Long Form`.

The idea is Schwartz and Hearst's (A Simple Algorithm for Identifying Abbreviation Definitions in Biomedical Text, PSB
2003): the letters of the short form are met in order in the words beside the bracket. Theirs takes the shortest long
form, met from the right; here every start is scored by how many letters begin a word or are capitals inside one, so
that neither a chance letter shortens the long form nor a chance word lengthens it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.mentions.shapes import unwrapped
from kg.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Definition", "definitions", "spells"]

_BRACKET: Final = re.compile(r"[(\[]([^()\[\]\n]{2,160})[)\]]")
_SHORT: Final = re.compile(r"[^\W_][\w.+^*$/&-]{0,14}(?: ?[\w+-]{1,6})?")
_LEAD: Final = re.compile(
    r"(?:i\.e\.,?|e\.g\.,?|or|a\.?k\.?a\.?|aka|abbreviated(?: as)?|abbr\.?|short for|in short"
    r"|for short|shortened to|henceforth|hereafter|"
    r"dubbed|termed|called|named|denoted(?: as| by)?|referred to as|known as)\s+",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_STOP: Final = frozenset(
    "a an and are as at be by for from in into is it of on or our that the their this to via we which with its".split()  # noqa: SIM905
)
_BREAK: Final = re.compile(r"[.;:!?]\s|[()\[\]\n]")
_APPOSITION: Final = re.compile(
    r"(?<![\w-])([A-Z][\w+-]{1,11})"
    r"(?:,? (?:which )?(?:stands|is short|short|is an acronym|an acronym) for"
    r"|,? (?:an abbreviation of|abbreviated from)|,| ?[-–—:]) "
)
_COUNT: Final = re.compile(r"([A-Z])([23])(?=[A-Z])")
_MARKED: Final = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]")
"""A capital inside a word: `REcycling`, `guIded`."""
_ADJECTIVAL: Final = frozenset({"based", "driven", "like", "style"})
_HYPHENS: Final = ("-", "‐", "‑")
_SIZED: Final = re.compile(r"\d[bBmMkKtT]?\b.*\d")
_CITATION: Final = re.compile(r"\b(?:19|20)\d\d\b|et al")


@dataclass(frozen=True, slots=True, order=True)
class Definition:
    """A short form and the long form beside it, by offset.

    `capitals` says that capitals inside words of the long form mark the letters: `REcycling the WEB`.
    """

    long: Span
    short: Span
    capitals: bool = False


def definitions(text: str) -> tuple[Definition, ...]:
    """The definitions of a text in the order of their short forms.

    >>> text = "We use Low-Rank Adaptation (LoRA) and CoT (chain of thought)."
    >>> [(text[d.short.start:d.short.end], text[d.long.start:d.long.end]) for d in definitions(text)]
    [('LoRA', 'Low-Rank Adaptation'), ('CoT', 'chain of thought')]
    """
    found: dict[tuple[int, int], Definition] = {}
    for definition in (*_brackets(text), *_appositions(text)):
        found.setdefault((definition.short.start, definition.short.end), definition)
    return tuple(sorted(found.values(), key=lambda d: (d.short, d.long)))


def spells(short: str, words: Iterable[str]) -> float:
    """How well the words spell the short form, in [0, 1].

    The share of its letters that begin a word or are a capital inside one; 0 where it is not spelt.
    """
    joined = " ".join(words)
    tokens = list(_WORD.finditer(joined))
    return _score(short, joined, tokens)[0]


def _brackets(text: str) -> Iterator[Definition]:
    for bracket in _BRACKET.finditer(text):
        start, end = bracket.span(1)
        lead = _LEAD.match(text, start, end)
        if lead:
            start = lead.end()
        inside = re.split(r"[;,]", text[start:end], maxsplit=1)[0]
        end = start + len(inside.rstrip(" \"'”’*_$}"))
        start = unwrapped(text, start, end)
        while start < end and not (text[start].isalnum() or text[start] == "\\"):
            start += 1
        short = text[start:end]
        if _is_short(short):
            long = _before(text, bracket.start(), short)
            if long:
                yield Definition(long[0], Span(start, end), long[1])
                continue
        if " " in text[start : bracket.end() - 1] and not _CITATION.search(bracket[1]):
            before = re.compile(r"([^\W_][\w+*^-]{1,14})[\"'”’}$*_]{0,3}\s?$").search(
                text, max(0, bracket.start() - 22), bracket.start()
            )
            if before and _is_short(before[1]):
                long = _after(text, start, bracket.end() - 1, before[1], whole=True)
                if long:
                    yield Definition(long[0], Span(*before.span(1)), long[1])


def _appositions(text: str) -> Iterator[Definition]:
    # "REWIRE, REcycling the Web with guIded REwrite," and the title "LOST: Low-rank and Sparse Training for ..."
    for match in _APPOSITION.finditer(text):
        short = match[1]
        if sum(char.isupper() for char in short) < 3 and not (short.isupper() and len(short) >= 2):
            continue
        stop = _BREAK.search(text, match.end(), match.end() + 140)
        end = stop.start() if stop else min(len(text), match.end() + 140)
        stated = match.end() < 60 or match[0].endswith(("for ", "of ", "from "))
        if not stated and not _MARKED.search(text, match.end(), end):
            continue
        long = _after(text, match.end(), end, short, whole=False)
        if (
            long
            and "," not in text[long[0].start : long[0].end]
            and (long[1] or match.end() < 60 or match[0].endswith(("for ", "of ", "from ")))
        ):
            yield Definition(long[0], Span(*match.span(1)), long[1])


def _is_short(short: str) -> bool:
    """Whether it can be a short form: some capital, some letter, no sentence, no size, no number of a list."""
    if not 2 <= len(short) <= 22 or not _SHORT.fullmatch(short):
        return False
    letters = sum(char.isalpha() for char in short)
    capitals = sum(char.isupper() for char in short)
    if letters < 2 or not capitals or _SIZED.search(short):
        return False
    # "(Llama)", "(Figure)": a word with one leading capital is a short form only where it is short itself
    return capitals >= 2 or len(short) <= 4 or (short[-1] == "s" and capitals >= 1 and letters <= 4)


def _before(text: str, end: int, short: str) -> tuple[Span, bool] | None:
    """The long form that ends before `end`."""
    letters = sum(char.isalnum() for char in short)
    floor = max(0, end - 160)
    for stop in _BREAK.finditer(text, floor, end):
        floor = stop.end()
    window = list(_WORD.finditer(text, floor, end))[-(letters * 2 + 5) :]
    if not window or end - window[-1].end() > 6:
        return None
    if window[-1][0] in _ADJECTIVAL and text[window[-1].start() - 1] in _HYPHENS:
        window.pop()  # "a Chain of Questions-based (CoQ) prompt"
    if not window:
        return None
    head, _, tail = short.rpartition("-")
    if head and tail == window[-1][0] and len(window) > 1:
        inner = _before(text, window[-1].start(), head)  # "Dynamic Re-weighting BERT (DR-BERT)"
        if inner is not None:
            return Span(inner[0].start, window[-1].end()), inner[1]
    best: tuple[float, int, bool] | None = None
    first = next(char.lower() for char in short if char.isalpha())
    for index in range(len(window) - 1, -1, -1):
        if window[index][0][0].lower() != first:
            continue
        words = window[index:]
        if words[0][0].lower() in _STOP and text[words[0].end() : words[0].end() + 1] not in _HYPHENS:
            continue
        score, capitals = _score(short, text, words)
        if score and (best is None or score > best[0] + 0.01):
            best = (score, index, capitals)
    if best is None:
        return None
    return Span(window[best[1]].start(), window[-1].end()), best[2]


def _after(text: str, start: int, end: int, short: str, *, whole: bool) -> tuple[Span, bool] | None:
    """The long form that starts at `start`: all of the stretch with `whole`, else up to where the letters are spent."""
    words = list(_WORD.finditer(text, start, end))[: sum(char.isalnum() for char in short) * 2 + 5]
    if len(words) < 2 or words[0].start() - start > 3 or words[0][0].lower() in _STOP:
        return None
    if words[0][0][0].lower() != next(char.lower() for char in short if char.isalpha()):
        return None
    if whole:
        if len(list(_WORD.finditer(text, start, end))) > len(words):
            return None
        score, capitals = _score(short, text, words)
        return (Span(words[0].start(), words[-1].end()), capitals) if score else None
    for count in range(2, len(words) + 1):
        score, capitals = _score(short, text, words[:count])
        if score >= 0.99:
            return Span(words[0].start(), words[count - 1].end()), capitals
    return None


def _score(short: str, text: str, words: list[re.Match[str]]) -> tuple[float, bool]:
    """The share of the short form's letters that begin a word or are inner capitals, and whether inner capitals did.

    0 where the letters are not all there in order, the first does not begin the first word, or fewer than six in ten
    begin a word: "receptor (RMR)" defines nothing.
    """
    letters = [char.lower() for char in _counted(short) if char.isalpha()]
    if len(letters) > 2 and short[-1] == "s" and short[-2].isupper():
        letters.pop()
    if len(letters) < 2 or not words or words[0][0][0].lower() != letters[0]:
        return 0.0, False
    if len(words) == 1 and len(words[0][0]) < 2 * len(letters):
        return 0.0, False
    marked: list[
        tuple[str, float, bool]
    ] = []  # letter, worth as the beginning of a word or an inner capital, is an inner capital
    starts: list[int] = []
    for word in words:
        # "in-context learning": a small word before a hyphen counts
        stop_word = word[0].lower() in _STOP and text[word.end() : word.end() + 1] not in _HYPHENS
        inner_counts = not word[0].isupper() or len(word[0]) == 1
        starts.append(len(marked))
        for position, char in enumerate(word[0]):
            inner = position > 0 and char.isupper() and inner_counts
            worth = 1.0 if inner else (0.8 if stop_word else 1.0) if position == 0 else 0.0
            marked.append((char.lower(), worth, inner))
    # best[i] after k letters: most starts when letter k is met at place i
    previous = {0: 1.0}
    trail: dict[tuple[int, int], bool] = {}
    for index, letter in enumerate(letters[1:], 1):
        current: dict[int, float] = {}
        best_so_far = -1.0
        best_inner = False
        for place in range(len(marked)):
            if best_so_far >= 0 and marked[place][0] == letter:
                gain = marked[place][1] or (0.3 if (place - 1) in previous else 0.0)
                current[place] = best_so_far + gain
                trail[index, place] = best_inner or marked[place][2]
            if place in previous and previous[place] > best_so_far:
                best_so_far = previous[place]
                best_inner = trail.get((index - 1, place), False)
        if not current:
            return 0.0, False
        previous = current
    place, total = max(previous.items(), key=lambda item: (item[1], item[0]))
    capitals = trail.get((len(letters) - 1, place), False)
    spread = total / len(letters)
    # the last word must take part, or be reached: "Low-Rank Adaptation of models (LoRA)" would else end anywhere
    used = place >= starts[-1]
    threshold = 0.6
    if spread < threshold:
        return 0.0, False
    skipped = 0 if capitals else _skipped(words, letters)
    if skipped > max(2, len(letters) - 1):
        return 0.0, False
    return max(0.01, spread - 0.1 * skipped - (0.0 if used else 0.15)), capitals


def _counted(short: str) -> str:
    """The short form with a letter for each that a number counts: `C3L` is C, C, C, L; `K8s` and `W4S` count none."""
    counted = _COUNT.search(short)
    if counted is None:
        return short
    return short[: counted.start()] + counted[1] * int(counted[2]) + short[counted.end() :]


def _skipped(words: list[re.Match[str]], letters: list[str]) -> int:
    """How many content words the long form has beyond the short form's letters."""
    content = sum(word[0].lower() not in _STOP for word in words)
    return max(0, content - len(letters))
