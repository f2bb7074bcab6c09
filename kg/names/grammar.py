"""The grammar of model names: what stands after the name of a family, how far the name goes, and how it is written.

A name is its family and then, in any order, each once: version, size, active size, date, context, quantisation, and
words of the line and the stage. Hyphens, spaces and brackets around a part carry no meaning (`LLaMA-2 (7B)`,
`Llama2-7b`), but in running text a part after a mere space is taken only if it cannot be the sentence's own: a size,
a capitalised word of the name kind, or what `known` confirms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kg.identifiers import NormalForm, normal_form
from kg.names.model_name import Family, ModelName
from kg.names.words import COUNTED, DISPLAY, FREE, LINES, SIZES, STAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Grammar"]

_DASHES: Final = "-‐‑‒–—−_"
_JOINT: Final = re.compile(rf"(?P<hyphen>[{_DASHES}])|(?P<bracket>[ \u00a0]?\()|(?P<space>[ \u00a0~])|")
_EDGE: Final = r"(?![0-9A-Za-z])"
_SIZE: Final = re.compile(rf"(\d+(?:[x×]\d+)?(?:\.\d+)?)\s?([BMTbm]){_EDGE}")
_SIZE_BEFORE: Final = re.compile(rf"{_SIZE.pattern}[ {_DASHES}]")
_PATCHES: Final = re.compile(rf"([TSBLHGg])[/{_DASHES}](\d{{1,2}}){_EDGE}(?!\.\d)")
_ACTIVE: Final = re.compile(rf"[Aa](\d+(?:\.\d+)?[Bb]){_EDGE}")
_DATE: Final = re.compile(rf"(20\d\d)-?([01]\d)-?([0-3]\d){_EDGE}|((?:0[1-9]|1[0-2]|2[3-9])(?:[0-3]\d)){_EDGE}(?!\.\d)")
_CONTEXT: Final = re.compile(rf"(\d{{1,4}}[kK]){_EDGE}")
_QUANTISATION: Final = re.compile(
    rf"((?:int|fp|nf|mxfp|nvfp)\d{{1,2}}|bf16|awq|gptq|gguf|ggml|hqq|exl2|w\d+a\d+|\d(?:\.\d+)?[{_DASHES}]?bits?"
    rf"|i?q\d(?:_[0-9kmsl]+)*){_EDGE}",
    re.IGNORECASE,
)
_VERSION: Final = re.compile(rf"[vV]?(\d{{1,3}}(?:\.\d{{1,2}}){{0,2}}(?:[on]|V(?![A-Za-z]))?){_EDGE}(?!\.\d)")
_SPLIT_VERSION: Final = re.compile(rf"(\d)[{_DASHES}](\d){_EDGE}(?!\.\d)")
_LETTER_VERSION: Final = re.compile(rf"([A-Z]\d{{1,2}}(?:\.\d)?){_EDGE}(?!\.\d)")
_WORD: Final = re.compile(rf"([A-Za-z]+){_EDGE}")
_DROPPED: Final = re.compile(rf"(?:hf|GA){_EDGE}")
_NEXT_WORD: Final = re.compile(r"[ \u00a0-]([A-Za-z]+|%)|(%)")
_MORE: Final = re.compile(
    rf"(?P<slash>[/])|(?P<list>,\s(?:and\s|or\s)?|\s(?:and|or|vs\.?|to|&)\s)(?P<tail>[{_DASHES}]?)|(?P<close>\))"
)
_OPENING: Final = re.compile(r"[ \u00a0]?\(")
_BETWEEN: Final = re.compile(r"/|,?\s(?:and|or|&)\s|,\s?")
_FOLD: Final = str.maketrans({**dict.fromkeys(_DASHES + "\u00a0~", " ")})


@dataclass(frozen=True, slots=True)
class _Reading:
    """A name read so far and where it ends."""

    name: ModelName
    end: int


class Grammar:
    """Reads and writes names of models of some families.

    `known` says of a normal form whether it is a model's name already; it never makes a name, it only confirms one.
    """

    __slots__ = ("_families", "_heads", "_known")

    def __init__(self, families: Iterable[Family], known: Callable[[NormalForm], bool] | None = None) -> None:
        self._families = {family.name: family for family in families}
        self._known = known or (lambda _: False)
        heads: dict[str, dict[str, str]] = {}
        for family in self._families.values():
            for spelling in (family.name, *family.spellings):
                folded = spelling.lower().translate(_FOLD)
                heads.setdefault(folded[:2], {}).setdefault(folded, family.name)
        self._heads = {
            start: tuple(sorted(ends.items(), key=lambda item: (-len(item[0]), item[0])))
            for start, ends in heads.items()
        }

    @property
    def families(self) -> tuple[Family, ...]:
        """The families, in the order given."""
        return tuple(self._families.values())

    def parse(self, text: str) -> ModelName | None:
        """What a whole string says as a model's name, None if it is none of these families' or holds anything more.

        An organisation may stand before, and so may the size: `meta-llama/Llama-3.1-8B-Instruct`, `540B PaLM`.
        """
        text = text.strip()
        reading = self._read(text, 0, running=False)
        if reading is not None and reading.end == len(text):
            return reading.name
        before = _SIZE_BEFORE.match(text)
        if before is not None:
            reading = self._read(text, before.end(), running=False)
            if reading is not None and reading.end == len(text) and reading.name.size is None:
                return replace(reading.name, size=_size(before))
        organisation, slash, rest = text.partition("/")
        if slash and organisation:
            reading = self._read(rest, 0, running=False)
            if reading is not None and reading.end == len(rest):
                return replace(reading.name, organisation=organisation)
        return None

    def match_at(self, text: str, start: int) -> tuple[int, ModelName] | None:
        """The longest model name that begins at `start` of a running text, and where it ends; None if none does.

        Neither end falls inside a word: `GPT-4o` is never GPT-4, and the sentence's own words are left (`Llama 2 is`).
        """
        if start > 0 and text[start - 1].isalnum():
            return None
        reading = self._read(text, start, running=True)
        return None if reading is None else (reading.end, reading.name)

    def is_cut_short(self, text: str, end: int) -> bool:
        """Whether the text goes on after `end` as names do: a plus, or a hyphen and then a capital or digit.

        `LLaMA-Berry` and `BERT++` are names of their own; `GPT-4-based` is not.
        """
        after = text[end : end + 2]
        if not after:
            return False
        if after[0] == "+":
            return True
        return len(after) == 2 and after[0] in _DASHES and (after[1].isupper() or after[1].isdigit())

    def expand(self, text: str, start: int) -> tuple[tuple[int, int, ModelName], ...]:
        """The model names that one family name at `start` covers, each with its own stretch of the text.

        `Gemma-2B/7B`, `Llama-2/3` and `Llama-2 7B and 13B` hold two names, the second `7B`, `3`, `13B` alone; a range
        (`LLaMA (7B to 65B)`) stays its family. Empty where no name begins.
        """
        first = self.match_at(text, start)
        if first is None:
            return ()
        end, name = first
        found = [(start, end, name)]
        bracket = _bracket_list(text, end)
        if bracket and name.size is None:
            for at, size_end, size in bracket:
                found.append((at, size_end, replace(name, size=size)))
            return tuple(found)
        while True:
            joint = _MORE.match(text, end)
            if joint is None or joint["close"] or (joint["list"] and joint["list"].strip() in ("to", "vs", "vs.")):
                break
            more = self._another(text, joint, found[-1][2])
            if more is None:
                break
            found.append(more)
            end = more[1]
        return tuple(found)

    def format(self, name: ModelName) -> str:
        """The name in its preferred spelling; `parse` of it gives the name back, the organisation left out."""
        family = self._families[name.family]
        parts = [family.name if name.version is None else family.versioned(name.version)]
        parts.extend(display(word) for word in name.variant if word not in STAGES)
        if name.size is not None:
            if name.size[0].isdigit():
                parts.append(name.size)
            else:
                parts[-1] += f"-{name.size}"
        if name.active is not None:
            parts.append(f"A{name.active}")
        parts.extend(display(word) for word in name.variant if word in STAGES)
        parts.extend(part for part in (name.context, name.date, name.quantisation) if part is not None)
        return " ".join(parts)

    def _family_at(self, text: str, start: int) -> tuple[int, str] | None:
        window = text[start : start + 48].lower().translate(_FOLD)
        for head, family in self._heads.get(window[:2], ()):
            if window.startswith(head):
                end = start + len(head)
                following = text[end : end + 2]
                if not following or not following[0].isalnum():
                    return end, family
                if following[0].isdigit() and not head[-1].isdigit():
                    return end, family
                if following[0] in "vV" and following[1:].isdigit():
                    return end, family
        return None

    def _read(self, text: str, start: int, *, running: bool) -> _Reading | None:
        head = self._family_at(text, start)
        if head is None:
            return None
        end, family = head
        reading = _Reading(ModelName(family), end)
        while True:
            longer = self._step(text, start, reading, running=running)
            if longer is None:
                break
            reading = longer
        if reading.end < len(text) and text[reading.end].isalnum():
            return None
        return replace(reading, name=_ordered(reading.name))

    def _step(self, text: str, start: int, reading: _Reading, *, running: bool) -> _Reading | None:
        joint = _JOINT.match(text, reading.end)
        assert joint is not None  # the joint may be empty
        how = joint.lastgroup or "glued"
        at = joint.end()
        if how == "glued" and (at >= len(text) or not text[at].isalnum()):
            return None
        longer = self._part(text, start, at, how, reading.name, running=running)
        if longer is None:
            return None
        if how == "bracket":
            return replace(longer, end=longer.end + 1) if text[longer.end : longer.end + 1] == ")" else None
        return longer

    def _part(self, text: str, start: int, at: int, how: str, name: ModelName, *, running: bool) -> _Reading | None:
        """The part that begins at `at`; in running text a part after a space or a bracket has more to prove."""
        loose = running and how == "space"

        def confirmed(end: int) -> bool:
            return not loose or self._known(normal_form(text[start:end]))

        if name.size is None or SIZES.get(name.size.lower()):
            match = _SIZE.match(text, at)
            if match:
                return _Reading(_with_size(name, _size(match)), match.end())
        if name.active is None and how in ("hyphen", "space"):
            match = _ACTIVE.match(text, at)
            if match:
                return _Reading(replace(name, active=match[1].upper()), match.end())
        if name.date is None and how != "glued":
            match = _DATE.match(text, at)
            if match and not loose:
                date = match[4] or f"{match[1]}-{match[2]}-{match[3]}"
                return _Reading(replace(name, date=date), match.end())
        if name.context is None and how != "glued":
            match = _CONTEXT.match(text, at)
            if match and confirmed(match.end()):
                return _Reading(replace(name, context=match[1].upper()), match.end())
        if name.quantisation is None and how in ("hyphen", "space") and not loose:
            match = _QUANTISATION.match(text, at)
            if match:
                return _Reading(replace(name, quantisation=_quantisation(match[1])), match.end())
        if name.version is None and how != "bracket":
            longer = self._version(text, start, at, how, name, running=running)
            if longer is not None:
                return longer
        if how == "glued":
            return None
        match = _PATCHES.match(text, at)
        if match and name.size is None and confirmed(match.end()):
            return _Reading(replace(name, size=f"{match[1]}/{match[2]}"), match.end())
        if how == "bracket":
            return self._bracketed_word(text, start, at, name)
        match = _DROPPED.match(text, at)
        if match and not loose:
            return _Reading(name, match.end())
        return self._word(text, start, at, name, loose=loose)

    def _bracketed_word(self, text: str, start: int, at: int, name: ModelName) -> _Reading | None:
        """`GPT-2 (small)`; any other word only where the name without the bracket is known: `GPT-3.5 (turbo)`."""
        match = _WORD.match(text, at)
        if match is None:
            return None
        word, end = match[1].lower(), match.end()
        if word in SIZES:
            return None if name.size is not None else _Reading(replace(name, size=SIZES[word]), end)
        if word in name.variant or word not in LINES | STAGES or not self._known(normal_form(text[start:end])):
            return None
        return _Reading(replace(name, variant=(*name.variant, word)), end)

    def _version(self, text: str, start: int, at: int, how: str, name: ModelName, *, running: bool) -> _Reading | None:
        split = _SPLIT_VERSION.match(text, at)
        if split and how == "hyphen" and not _SIZE.match(text, split.start(2)):
            dotted = f"{split[1]}.{split[2]}"
            if self._known(normal_form(text[start:at] + dotted)):
                return _Reading(replace(name, version=dotted), split.end())
        match = _VERSION.match(text, at)
        if match:
            version = _Reading(replace(name, version=match[1]), match.end())
            if how != "space" or not running or match[0][0] in "vV":
                return version
            if name.size is not None or name.variant:  # `Mistral 7B 3 times`: no version comes that late after a space
                return version if self._known(normal_form(text[start : match.end()])) else None
            counted = _NEXT_WORD.match(text, match.end())
            if counted and (counted[2] or counted[1].lower() in COUNTED):
                return None
            size = _JOINT.match(text, match.end())
            if self._known(normal_form(text[start : match.end()])) or (size and _SIZE.match(text, size.end())):
                return version
            return None
        match = _LETTER_VERSION.match(text, at)
        if match and how != "glued":
            known = self._known(normal_form(text[start : match.end()]))
            if known or (how == "hyphen" and match[1][0] in "RKM") or not running:
                return _Reading(replace(name, version=match[1]), match.end())
        return None

    def _word(self, text: str, start: int, at: int, name: ModelName, *, loose: bool) -> _Reading | None:
        match = _WORD.match(text, at)
        if match is None:
            return None
        word, end = match[1].lower(), match.end()
        known = loose and self._known(normal_form(text[start:end]))
        if word == "distill" and not (loose and not match[1][0].isupper()):
            joint = _JOINT.match(text, end)
            inner = self._family_at(text, joint.end()) if joint and joint.end() > end else None
            if inner is not None and not text[inner[0] : inner[0] + 1].isalnum():
                return _Reading(replace(name, variant=(*name.variant, f"distill-{inner[1].lower()}")), inner[0])
        if word in SIZES and (name.size is None) and (not loose or known):
            return _Reading(replace(name, size=SIZES[word]), end)
        if word in name.variant or (word not in LINES and word not in STAGES):
            return None
        if word in ("it", "pt", "v", "rl", "deep", "long", "high", "low", "core") and loose and not known:
            return None
        if loose and not known and not (word in FREE and match[1][0].isupper()):
            return None
        return _Reading(replace(name, variant=(*name.variant, word)), end)

    def _another(self, text: str, joint: re.Match[str], last: ModelName) -> tuple[int, int, ModelName] | None:
        """The name that goes on from `last` after a slash or in a list: another size, or another version."""
        at = joint.end()
        match = _SIZE.match(text, at)
        if match and last.size is not None and last.size[0].isdigit():
            return at, match.end(), replace(last, size=_size(match), active=None)
        match = _VERSION.match(text, at)
        if match and last.version is not None and last.size is None and (joint["slash"] or joint["tail"]):
            return at, match.end(), ModelName(last.family, match[1])
        return None


def display(word: str) -> str:
    """A variant as labels write it.

    >>> display("chat"), display("vl"), display("distill-qwen")
    ('Chat', 'VL', 'Distill Qwen')
    """
    if word.startswith("distill-"):
        return f"Distill {word.removeprefix('distill-').title()}"
    return DISPLAY.get(word) or word.capitalize()


def _size(match: re.Match[str]) -> str:
    return match[1].replace("×", "x") + match[2].upper()


def _with_size(name: ModelName, size: str) -> ModelName:
    """The name with a size in numbers; a size in words that stood before becomes a variant if it can: `Base 7B`."""
    if name.size == "base":
        return replace(name, size=size, variant=(*name.variant, "base"))
    return replace(name, size=size)


def _ordered(name: ModelName) -> ModelName:
    return replace(name, variant=tuple(sorted(name.variant, key=lambda word: word in STAGES)))


def _quantisation(text: str) -> str:
    plain = text.lower().translate(_FOLD).replace(" ", "")
    return f"{plain.removesuffix('s').removesuffix('bit')}-bit" if "bit" in plain else text.upper()


def _bracket_list(text: str, end: int) -> tuple[tuple[int, int, str], ...]:
    """The sizes of a bracket that holds nothing but two or more sizes: ` (7B, 13B and 70B)`."""
    opening = _OPENING.match(text, end)
    if opening is None:
        return ()
    found = []
    at = opening.end()
    while True:
        size = _SIZE.match(text, at)
        if size is None:
            return ()
        found.append((at, size.end(), _size(size)))
        at = size.end()
        if text[at : at + 1] == ")":
            return tuple(found) if len(found) > 1 else ()
        between = _BETWEEN.match(text, at)
        if between is None:
            return ()
        at = between.end()
