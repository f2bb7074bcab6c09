"""The grammar of benchmark names: what may stand behind the name of a known one and makes another one of it.

`MMLU-Pro` is not MMLU. A name is that of a known benchmark or data set, as long a one as there is, and then, each once:
qualifiers, version, edition, task, language, number, split. What is read has one normal form in all its spellings
(`AIME25`, `AIME 2025`, `AIME'25`), and a word outside the vocabulary makes no name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import combinations, permutations, product
from typing import TYPE_CHECKING, Final

from kg.names.benchmark_words import CODES, LANGUAGES, LETTERS, PROGRAMMING, QUALIFIERS, SPLITS
from kg.names.parts import DASHES
from kg.names.sizes import EDGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["BenchmarkGrammar", "BenchmarkName"]

_JOINT: Final = re.compile(rf"(?P<hyphen>[{DASHES}])|(?P<space>[ \u00a0](?![(]))|(?P<bracket>[ \u00a0]?\()|")
_PLUS: Final = re.compile(r"\+(?![\w(+])")
_APOSTROPHE: Final = re.compile(rf"[ \u00a0{DASHES}]?['’‘](\d\d){EDGE}")
_VERSION: Final = re.compile(rf"[vV]\.?(\d{{1,2}}(?:\.\d{{1,2}}){{0,2}}){EDGE}(?!\.\d)")
_DECIMAL: Final = re.compile(rf"(\d{{1,2}}\.\d{{1,2}}){EDGE}(?!\.\d|\s?%)")
_DIGIT: Final = re.compile(rf"(\d){EDGE}(?![.{DASHES}]\w)")
_YEAR: Final = re.compile(rf"(19[89]\d|20[0-3]\d){EDGE}(?!\.\d)")
_SHORT_YEAR: Final = re.compile(rf"([0-3]\d){EDGE}(?![.{DASHES}]\w)")
_NUMBER: Final = re.compile(rf"([1-9]\d{{1,4}}|\d{{1,4}}[kKM]){EDGE}(?!\.\d|[{DASHES}][a-z])")
_TASK: Final = re.compile(rf"(?P<sub>[Ss]ub-?)?[Tt](?:ask|rack)[ \u00a0{DASHES}]?(?P<number>\d{{1,2}}[A-Za-z]?){EDGE}")
_PAIR: Final = re.compile(rf"([A-Za-z]{{2,10}})(?:[{DASHES}]|\s?(?:→|->|⇒|↔|/)\s?|[ -]to[ -])([A-Za-z]{{2,10}}){EDGE}")
_WORD: Final = re.compile(rf"([A-Za-z]{{1,12}}(?:\+\+|#)?){EDGE}")
_ZEROS: Final = re.compile(r"(?:\.0){1,2}$")
_CUT: Final = re.compile(r"(?=[^0-9A-Za-z])|(?<=[A-Za-z])(?=\d)|(?<=[\w])(?=v\d)|$")
_YEARLY: Final = re.compile(r"(?:19|20)\d\d$")
_WORDS: Final = re.compile(r"[a-z]+")
_LAST_WORD: Final = re.compile(r"[^\W\d_]+$")
_LONE: Final = frozenset(("extra", "hard", "lite", "mini", "plus", "pro", "verified"))
"""Qualifiers that a text may set behind a mere space, capitalised, where no other word follows: `on X Lite.`"""
_ENDS: Final = re.compile(r"$|[,;:.)\]]|\s(?:and|or|benchmark|dataset|from|in|is|shows?|to|while|with)\b")
_EDITIONS: Final = tuple(str(year) for year in range(2005, 2031))
_LONGEST: Final = 80
_PARTS: Final = ("version", "edition", "task", "language", "number")


@dataclass(frozen=True, slots=True)
class BenchmarkName:
    """What a benchmark's name says, each part in its normal spelling, None or empty where it says nothing.

    `base` is the label of a known benchmark or data set; `qualifiers` are lower-case words in alphabetical order
    (`hard`, `plus`) and letters (`C`); `version` has no `v` and no `.0` at its end; `edition` is a year; `task` is
    `Task 4` of a shared task; `language` is written out, a pair as `English-German`; `number` is how much of it there
    is (`500`, `21K`); `split` says which part was run, and makes no other benchmark.
    """

    base: str
    qualifiers: tuple[str, ...] = ()
    version: str | None = None
    edition: str | None = None
    task: str | None = None
    language: str | None = None
    number: str | None = None
    split: str | None = None

    @property
    def is_bare(self) -> bool:
        """Whether the name is a known benchmark's, whichever part of it was run."""
        return self.whole == BenchmarkName(self.base)

    @property
    def whole(self) -> BenchmarkName:
        """The name of the benchmark whichever part of it was run."""
        return replace(self, split=None)

    def above(self) -> tuple[BenchmarkName, ...]:
        """The version or edition above a name that says more than that: WMT 2027 above WMT 2027 English-German."""
        versioned = BenchmarkName(self.base, version=self.version, edition=self.edition)
        return () if versioned.is_bare or versioned == self.whole else (versioned,)


class BenchmarkGrammar:
    """Reads and writes names of benchmarks made from known ones.

    `lookup` gives for a name in any spelling the label of the benchmark or data set it is, None where it is none.
    """

    __slots__ = ("_editioned", "_lookup")

    def __init__(self, lookup: Callable[[str], str | None]) -> None:
        self._lookup = lookup
        self._editioned: dict[str, bool] = {}

    def parse(self, text: str) -> BenchmarkName | None:
        """What a whole string says as a benchmark's name, None if it begins with no known one or holds anything more.

        What is known as a whole is bare: with MMLU-Pro known, `mmlu pro` is no Pro of MMLU.
        """
        text = text.strip()
        if len(text) > _LONGEST:
            return None
        cuts = {match.start() for match in _CUT.finditer(text)} if _may_end(text) else {len(text)}
        for cut in sorted(cuts, reverse=True):
            base = self._lookup(text[:cut]) if cut else None
            if base is not None:
                end, name = self._read(text, cut, BenchmarkName(base), running=False)
                if end == len(text):
                    return self._normal(name)
        return None

    def match_after(self, text: str, end: int, base: str) -> tuple[int, BenchmarkName] | None:
        """The longer name that a running text makes of a known one that ends at `end`, and where it ends, or None."""
        stop, name = self._read(text, end, BenchmarkName(base), running=True)
        return (stop, self._normal(name)) if stop > end else None

    def format(self, name: BenchmarkName) -> str:
        """The name in its preferred spelling; `parse` of it gives a name in normal form back."""
        written = name.base + "".join(map(_display, name.qualifiers))
        if name.version is not None:
            written += f" v{name.version}"
        if name.edition is not None:
            written += f" {name.edition}"
        if name.task is not None:
            written += f" {name.task}"
        if name.language is not None:
            written += f" {name.language}" if "-" in name.language else f"-{name.language}"
        if name.number is not None:
            written += f"-{name.number}"
        return written if name.split is None else f"{written} {name.split}"

    def _normal(self, name: BenchmarkName) -> BenchmarkName:
        """The name over the longest known base: with AIME 2025 known, AIME of 2025 is that."""
        given: list[tuple[str, tuple[str, ...]]] = [(word, (word,)) for word in name.qualifiers]
        given += [(part, _spellings(part, value)) for part in _PARTS if (value := getattr(name, part)) is not None]
        for count in range(min(len(given), 4), 0, -1):
            for chosen in combinations(given, count):
                base = self._known(name.base, [spellings for _, spellings in chosen])
                if base is not None:
                    taken = {part for part, _ in chosen}
                    left = {part: None for part in _PARTS if part in taken}
                    words = tuple(word for word in name.qualifiers if word not in taken)
                    return self._normal(replace(name, base=base, qualifiers=words, **left))
        return name

    def _known(self, base: str, parts: list[tuple[str, ...]]) -> str | None:
        """The label of the known benchmark that a base and these parts in any order and spelling are."""
        for order in permutations(parts):
            for spelling in product(*order):
                found = self._lookup(" ".join((base, *spelling)))
                if found is not None:
                    return found
        return None

    def _has_editions(self, base: str) -> bool:
        """Whether some year of it is known, so that a number behind it may be one."""
        if base not in self._editioned:
            self._editioned[base] = any(self._lookup(f"{base} {year}") is not None for year in _EDITIONS)
        return self._editioned[base]

    def _is_edition(self, base: str, short: str, how: str, *, running: bool) -> bool:
        """Whether two digits behind a base are a year: in a text `IWSLT-10` may be on ten languages."""
        if running and how == "hyphen":
            return self._lookup(f"{base} {short}") is not None
        return self._has_editions(base)

    def _read(self, text: str, at: int, name: BenchmarkName, *, running: bool) -> tuple[int, BenchmarkName]:
        """The longest name from `at` on, and where it ends; in running text a space joins little."""
        while True:
            longer = self._step(text, at, name, running=running)
            if longer is None:
                break
            at, name = longer
        return at, replace(name, qualifiers=tuple(sorted(name.qualifiers)))

    def _step(self, text: str, at: int, name: BenchmarkName, *, running: bool) -> tuple[int, BenchmarkName] | None:
        plus = _PLUS.match(text, at)
        if plus and "plus" not in name.qualifiers:
            return plus.end(), _qualified(name, "plus")
        year = _APOSTROPHE.match(text, at)
        if year and name.edition is None:
            return year.end(), replace(name, edition=_full_year(year[1]))
        joint = _JOINT.match(text, at)
        assert joint is not None  # the joint may be empty
        how = joint.lastgroup or "glued"
        if how == "bracket":
            inside = None if running else self._part(text, joint.end(), "space", name, running=False)
            return (inside[0] + 1, inside[1]) if inside and text[inside[0] : inside[0] + 1] == ")" else None
        return self._part(text, joint.end(), how, name, running=running)

    def _part(
        self, text: str, at: int, how: str, name: BenchmarkName, *, running: bool
    ) -> tuple[int, BenchmarkName] | None:
        loose = running and how == "space"
        longer = self._numbered(text, at, how, name, running=running)
        if longer is not None or how == "glued":
            return longer
        task = _TASK.match(text, at) if name.task is None else None
        if task and (not loose or text[at].isupper()):
            what = "Subtask" if task["sub"] else "Task"
            return task.end(), replace(name, task=f"{what} {task['number'].upper()}")
        pair = _PAIR.match(text, at) if name.language is None else None
        if pair:
            source, target = (CODES.get(half.lower()) for half in pair.groups())
            if source in LANGUAGES and target in LANGUAGES and source != target:
                return pair.end(), replace(name, language=f"{source}-{target}")
        return self._word(text, at, how, name, running=running)

    def _numbered(
        self, text: str, at: int, how: str, name: BenchmarkName, *, running: bool
    ) -> tuple[int, BenchmarkName] | None:
        """A version, an edition, or how much of it there is."""
        loose = running and how == "space"
        ranged = how == "hyphen" and text[at - 2].isdigit()  # "X 2.1-2.4", from the one to the other
        version = _VERSION.match(text, at)
        if version is None and not loose and not ranged:
            version = _DECIMAL.match(text, at)
        if version is None and how == "hyphen" and not ranged and not self._has_editions(name.base):
            version = _DIGIT.match(text, at)
        if version and name.version is None:
            return version.end(), replace(name, version=_ZEROS.sub("", version[1]))
        year = _YEAR.match(text, at)
        undated = name.edition is None and not _YEARLY.search(name.base)
        if year and undated and (not loose or self._has_editions(name.base)):
            return year.end(), replace(name, edition=year[1])
        short = _SHORT_YEAR.match(text, at)
        if short and undated and not loose and self._is_edition(name.base, short[1], how, running=running):
            return short.end(), replace(name, edition=_full_year(short[1]))
        number = _NUMBER.match(text, at) if how == "hyphen" and not year else None
        if number and running and number[1].isdigit() and len(number[1]) < 3 and self._has_editions(name.base):
            return None
        if number and name.number is None:
            return number.end(), replace(name, number=number[1].upper())
        return None

    def _word(
        self, text: str, at: int, how: str, name: BenchmarkName, *, running: bool
    ) -> tuple[int, BenchmarkName] | None:
        match = _WORD.match(text, at)
        if match is None:
            return None
        word, low, end = match[1], match[1].lower(), match.end()
        if how == "space" and running:
            lone = low in _LONE and word[0].isupper() and _ENDS.match(text, end) is not None
            return (end, _qualified(name, low)) if lone and low not in name.qualifiers else None
        if running and not word[0].isupper():
            return None
        if word in LETTERS and how == "hyphen" and word not in name.qualifiers:
            return end, _qualified(name, word)
        if low in QUALIFIERS and low not in name.qualifiers and low not in _WORDS.findall(name.base.lower()):
            return end, _qualified(name, low)
        language = CODES.get(low)
        if language is not None and name.language is None:
            return end, replace(name, language=language)
        if low in SPLITS and name.split is None and not running:
            return end, replace(name, split=low)
        return None


def _may_end(text: str) -> bool:
    """Whether a name of several parts may end so: in a number, a sign, or a word of the vocabulary."""
    last = _LAST_WORD.search(text)
    if last is None or text[last.start() - 1 : last.start()].isdigit():
        return True
    word, low = last[0], last[0].lower()
    return word in LETTERS or low in QUALIFIERS or low in CODES or low in SPLITS


def _qualified(name: BenchmarkName, word: str) -> BenchmarkName:
    return replace(name, qualifiers=(*name.qualifiers, word))


def _full_year(short: str) -> str:
    """The year of two digits: `14` is 2014, `98` is 1998."""
    return f"19{short}" if int(short) >= 80 else f"20{short}"


def _display(word: str) -> str:
    if word == "plus":
        return "+"
    return f"-{word if word in LETTERS else word.upper() if word == 'xl' else word.capitalize()}"


def _spellings(part: str, value: str) -> tuple[str, ...]:
    """The ways a part may be written in a name that is known."""
    return tuple(dict.fromkeys(_written(part, value)))


def _written(part: str, value: str) -> Iterator[str]:
    if part == "version":
        yield from (f"v{value}", value)
        if "." not in value:
            yield from (f"v{value}.0", f"{value}.0")
    elif part == "edition":
        yield from (value, value[2:])
    elif part == "language":
        halves = value.split("-") if value not in PROGRAMMING else [value]
        yield value
        yield from ("-".join(codes) for codes in product(*(_codes(half) for half in halves)))
    else:
        yield value


def _codes(language: str) -> tuple[str, ...]:
    return LANGUAGES.get(language) or PROGRAMMING.get(language) or (language,)
