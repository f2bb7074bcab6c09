"""All names of the ontology, found in one pass over the folded text.

The automaton (Aho and Corasick, Efficient String Matching, CACM 18(6), 1975) reports every name that begins at a word;
what makes a hit a mention is decided here by its edges, its case and the signs inside it. Every length is reported, so
where the longest name fails at its edge a shorter one still stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.mentions.folding import fold
from kg.mentions.shapes import strength
from kg.ontology.benchmarks import DATA
from kg.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ontology import Entity, Ontology, Sense

__all__ = ["Candidate", "Case", "Dictionary", "Hit", "ends_name", "starts_name"]


class Case(IntEnum):
    """How much of a name's letter case the text must keep."""

    FREE = 0
    """`question answering`, `GSM8k`: any case."""
    CAPITAL = 1
    """`Falcon`, `Natural Questions`: a capital in front."""
    MIXED = 2
    """`LongLoRA`, `ASTRAL`: two capitals, or all lower case where no word is meant."""
    EXACT = 3
    """`SAM`, `DART`: letter for letter."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One name of one entity, with what it takes to mean it."""

    name: str
    entity: Entity
    sense: Sense | None
    case: Case
    own_key: bool
    """Whether the text was met under the name as listed, not under a variant of its spelling."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of text that spells names of the ontology.

    A `stem` spells no mention: the name goes on behind it, as that of HumanEval-Rust behind HumanEval. Its candidates
    are the benchmarks and data sets that the longer name may be made from.
    """

    start: int
    end: int
    candidates: tuple[Candidate, ...]
    plural: bool = False
    stem: bool = False


_DIGIT_JOINT: Final = re.compile(r"(?<=[a-z])(?=\d)")
_DIGIT_GAP: Final = re.compile(r"(?<=[a-z]) (?=\d)|(?<=\d) (?=[a-z]\b|[a-z]{2,})")
_PREFIX: Final = re.compile(
    r"\b(pre|fine|multi|semi|co|re|meta|post|over|non|cross|sub|auto|hyper|inter|super|few|zero|end"
    r"|long|data|fact|text|image) (?=[a-z])"
)
_ING: Final = re.compile(
    r"(?:ing|tion|tions|sion|ment|ance|ence|ness|ity|sis|ism|ics|out|cy|al|ure|ization|isation|gy)$"
)
_INNER: Final = frozenset('()[]{},;:"“”/|\\$<>=')
_NOUN_AFTER: Final = re.compile(
    r"(?<=[^\W_a-z])(?P<noun>\s(?:benchmarks?|datasets?|corpus|corpora|models?|architectures?"
    r"|frameworks?|methods?|algorithms?|systems?|test set|data|"
    r"language models?|challenge|leaderboard|techniques?|toolkit|library|family|series|suite"
    r"|problems?|tasks?|questions?|"
    r"Benchmarks?|Datasets?|Models?))$"
    r"|(?<=[\w+])(?P<noun_too>\s(?:benchmarks?|datasets?|corpus|models?|architectures?|frameworks?"
    r"|algorithms?|leaderboard|family|series))$"
)
"""A noun of class behind a name: no part of it (`GSM8K benchmark`); but part of a phrase (`diffusion model`)."""
_LONGER: Final = re.compile(
    r"[-‐‑](?=[A-Z0-9Α-ω])|[+](?![a-zA-Z0-9(])|[@#&](?=\w)|\.(?=[\da-z])|\^|['’](?=[a-rt-z])|\*"
)
_GLUED: Final = re.compile(r"[^\W\d](?:v\d|\d{2}(?![a-z]))")
_LEFT_PART: Final = re.compile(r"([\w.+^$]+)[-‐‑–]$")
_WORDLIKE: Final = re.compile(r"[a-z]+")


class Dictionary:
    """The names of an ontology, ready to be found. Made once, never changed."""

    __slots__ = ("_automaton", "_candidates", "_named")

    def __init__(self, ontology: Ontology) -> None:
        named: list[tuple[str, Entity, Sense | None]] = []
        table: dict[str, list[int]] = {}
        stopped: list[str] = []
        for name, entity, sense in ontology.names():
            key = " ".join(fold(name).split())
            if len(key) < 2 or key.isdigit():
                continue
            if ontology.is_stopped(name):
                stopped.append(key)
                continue
            # twice the index, and one more where the key is a variant of the name's spelling
            place = 2 * len(named)
            named.append((name, entity, sense))
            table.setdefault(key, []).append(place)
            for variant in _variants(key):
                table.setdefault(variant, []).append(place + 1)
        stopped.extend(sorted(ontology.stopped))
        for key in stopped:
            table[key] = []
        keys = sorted(table)
        self._named = named
        self._candidates: list[list[int] | tuple[Candidate, ...]] = [table[key] for key in keys]
        self._automaton = AhoCorasick(
            [f" {key}" for key in keys] or [" \x00"], matchkind=MatchKind.Standard, store_patterns=False
        )

    def _of(self, index: int) -> tuple[Candidate, ...]:
        """The candidates of a pattern, worked out when it is first met: a text meets few of them."""
        held = self._candidates[index]
        if isinstance(held, list):
            made: dict[str, Candidate] = {}
            for place in sorted(held, key=lambda place: place % 2):
                name, entity, sense = self._named[place // 2]
                made.setdefault(
                    entity.iri, Candidate(name, entity, sense, _case(name, entity, sense), own_key=place % 2 == 0)
                )
            held = self._candidates[index] = tuple(made.values())
        return held

    def find(self, text: str, folded: str) -> Iterator[Hit]:
        """Every stretch of the text that spells a name, also inside and across others, in no useful order.

        `folded` is `fold(text)`.
        """
        if not self._candidates:
            return
        padded = " " + folded.replace("\n", " ")
        size = len(text)
        for index, start, stop in self._automaton.find_matches_as_indexes(padded, overlapping=True):
            # the pattern's leading space pays for the padding: both offsets are one too high, and the first skips the
            # space
            end = stop - 1
            if (
                end < size
                and folded[end].isalnum()
                and (folded[end] != "s" or (end + 1 < size and folded[end + 1].isalnum()))
            ):
                if folded[end] in "v0123456789" and _GLUED.match(folded, end - 1):
                    hit = self._stem(text, start, end, self._of(index))
                    if hit is not None:
                        yield hit
                continue
            hit = self._hit(text, folded, start, end, self._of(index))
            if hit is not None:
                yield hit

    def _hit(self, text: str, folded: str, start: int, end: int, candidates: tuple[Candidate, ...]) -> Hit | None:
        raw = text[start:end]
        if "\n" in raw and text.find("\n") in range(start, end):
            return None
        plural = end < len(text) and folded[end] == "s"
        if plural:
            if text[end] != "s" or folded[end - 1] in "s'.+" or len(raw) < 3:
                return None
            end += 1
        if not candidates:  # a stopped name: it is met, and is nobody's
            return Hit(start, end, (), plural)
        kept = tuple(
            c
            for c in candidates
            if _case_holds(raw, c) and not (plural and c.case is Case.EXACT and not raw[-1].isupper())
        )
        if not kept:
            return None
        signs = _INNER.intersection(raw)
        if signs:
            kept = tuple(c for c in kept if signs <= set(c.name))
        if raw[-2:-1] == " " and raw[-1].islower():
            kept = tuple(c for c in kept if c.name.endswith(raw[-2:]))  # "On ImageNet a network": no ImageNet-A
        if not kept or not starts_name(text, start, raw):
            return None
        if not ends_name(text, end, raw):
            return None if plural else _stem_of(start, end, kept)
        noun = _NOUN_AFTER.search(text, start, end)
        if noun and strength(text[start : noun.start()].rsplit(" ", 1)[-1]) and any(map(str.islower, noun[0])):
            return Hit(start, noun.start(), kept, plural=False)
        return Hit(start, end, kept, plural)

    def _stem(self, text: str, start: int, end: int, candidates: tuple[Candidate, ...]) -> Hit | None:
        """The stem before a digit or a `v` and a digit, which no joint sets off: `AIME27`, `FooBenchv2`."""
        raw = text[start:end]
        if "\n" in raw or _INNER.intersection(raw) or strength(raw.rsplit(" ", 1)[-1]) < 2:
            return None
        kept = tuple(c for c in candidates if _case_holds(raw, c))
        return _stem_of(start, end, kept) if kept and starts_name(text, start, raw) else None


def _stem_of(start: int, end: int, candidates: tuple[Candidate, ...]) -> Hit | None:
    """The hit of a name that goes on, None where no benchmark or data set is meant by its beginning."""
    data = tuple(c for c in candidates if c.entity.kind in DATA)
    return Hit(start, end, data, stem=True) if data else None


def starts_name(text: str, start: int, raw: str) -> bool:
    """Whether no longer name or phrase begins left of the stretch: `QA-LoRA`, `self-supervised learning`."""
    if not start or text[start - 1] not in "-‐‑–":
        return True
    left = _LEFT_PART.search(text, max(0, start - 30), start)
    if left is None:
        return True
    if strength(raw.split(" ", maxsplit=1)[0]) < 2:
        return False
    # "non-GPT", "vanilla-BERT": a word in small letters before a name is its adjective
    return _WORDLIKE.fullmatch(left[1]) is not None


def ends_name(text: str, end: int, raw: str) -> bool:
    """Whether no longer name goes on right of the stretch: `LoRA-GA`, `LoRA+`, `GPT-3.5`; `LoRA-based` is fine."""
    if end >= len(text):
        return True
    longer = _LONGER.match(text, end)
    if longer is None:
        return True
    if longer[0] in "-‐‑" and strength(raw.rsplit(" ", maxsplit=1)[-1]) == 0:
        return True
    return longer[0] in "^*" and text[end : end + 2] in ("**", "* ", "*,", "*.", "*", "^ ")


def _case(name: str, entity: Entity, sense: Sense | None) -> Case:
    words = name.replace("-", " ").split()
    single = len(name.split()) == 1
    letters = sum(char.isalpha() for char in name)
    capitals = sum(char.isupper() for char in name)
    digits = any(char.isdigit() for char in name)
    phrase_kind = entity.kind in (Kind.METHOD, Kind.TASK, Kind.METRIC)
    if sense is not None and sense.exact_case:
        return Case.EXACT
    if capitals == 0:
        return Case.FREE
    if single:
        power = strength(name)
        if power == 2 and len(words) == 1:
            if letters <= 4 and not digits:
                return Case.EXACT
            if digits and letters + sum(char.isdigit() for char in name) <= 3:
                return Case.EXACT
            return Case.FREE if digits else Case.MIXED
        if power == 2:
            return Case.EXACT if letters <= 4 and not digits else Case.FREE if digits else Case.MIXED
        if len(words) == 1:
            technique = entity.kind in (Kind.TASK, Kind.METRIC) or (
                entity.kind is Kind.METHOD and _ING.search(name) is not None
            )
            return Case.FREE if technique else Case.CAPITAL
    if phrase_kind:
        return Case.FREE
    return Case.FREE if digits else Case.CAPITAL


def _case_holds(raw: str, candidate: Candidate) -> bool:
    case = candidate.case
    if case is Case.FREE:
        return True
    if case is Case.CAPITAL:
        return raw[0].isupper() or raw[0].isdigit()
    if raw == candidate.name:
        return True
    if case is Case.EXACT:
        if _plain(raw) == _plain(candidate.name):
            return True
        # "LlaMA", "ROPE": another way to write capitals, where there are four letters to know the name by
        return (
            len(raw) >= 4
            and raw[0].isupper()
            and sum(map(str.isupper, raw)) >= 2
            and sum(map(str.isupper, candidate.name)) >= 2
            and not candidate.name.isupper()
        )
    capitals = sum(char.isupper() for char in raw)
    if candidate.name.isupper():
        return capitals >= 2
    return capitals >= 2 or (len(raw) >= 7 and capitals <= 1 and " " not in candidate.name) or len(raw) >= 10


def _plain(name: str) -> str:
    return re.sub(r"[-‐‑–_ \u00a0]", "-", name)


def _variants(key: str) -> list[str]:
    """Other spellings of a folded name: `llama2` and `llama 2`, `fine tuning` and `finetuning`, singular and plural."""
    found: list[str] = []
    if any(char.isdigit() for char in key):
        found.append(_DIGIT_GAP.sub("", key))
        found.append(_DIGIT_JOINT.sub(" ", key))
    if " " in key:
        found.append(_PREFIX.sub(r"\1", key))
        if key[-1] == "s" and key[-2:] not in ("ss", "us", "is") and len(key) > 8:
            found.append(key[:-1])
        if "isation" in key:
            found.append(key.replace("isation", "ization"))
        if "ization" in key:
            found.append(key.replace("ization", "isation"))
        if " of experts" in key:
            found.append(key.replace(" of experts", " of expert"))
    return [variant for variant in dict.fromkeys(found) if variant != key and len(variant) > 2]
