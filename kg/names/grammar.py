"""The grammar of model names: what stands after the name of a family, how far the name goes, and how it is written.

A name is its family and then, in any order, each once: version, size, experts, active size, date, context,
quantisation, and words of the line and the stage. Hyphens, spaces and brackets around a part carry no meaning
(`LLaMA-2 (7B)`, `Llama2-7b`), but in running text a part after a mere space is taken only if it cannot be the
sentence's own: a size, a capitalised word of the name kind, or what `known` confirms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kg.identifiers import NormalForm, normal_form
from kg.names import parts
from kg.names.heads import Heads, folded
from kg.names.lists import listed
from kg.names.model_name import Family, ModelName
from kg.names.parts import DASHES
from kg.names.sizes import EDGE, size_at
from kg.names.words import COUNTED, DISPLAY, FREE, LINES, SIZES, STAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Grammar"]

_JOINT: Final = re.compile(
    rf"(?P<hyphen>[{DASHES}]|\.(?=[iI]?[qQ]\d|gguf|w\d)|@(?=\d))|(?P<bracket>[ \u00a0]?\()|(?P<space>[ \u00a0~])|"
)
_SPLIT_VERSION: Final = re.compile(rf"(\d)[{DASHES}](\d){EDGE}(?!\.\d)")
_LETTER_VERSION: Final = re.compile(rf"([A-Za-z]\d{{1,2}}(?:\.\d)?){EDGE}(?!\.\d)")
_WORD: Final = re.compile(rf"([A-Za-z]+){EDGE}")
_RESOLUTION: Final = re.compile(rf"([1-9]\d\d(?:\d(?=px))?)(?:px)?{EDGE}")
_DROPPED: Final = re.compile(rf"(?:hf|HF|GA|latest|dynamic|quantized){EDGE}")
_SIZE_BEFORE: Final = re.compile(rf"[ {DASHES}]")
_NEXT_WORD: Final = re.compile(r"[ \u00a0-]([A-Za-z]+|%)|(%)")
_FIRST_RELEASE: Final = re.compile(r" ?v?(\d{1,2}(?:\.\d{1,2})?)")
_USUAL_RESOLUTION: Final = "224"


@dataclass(frozen=True, slots=True)
class _Reading:
    """A name read so far and where it ends."""

    name: ModelName
    end: int


class Grammar:
    """Reads and writes names of models of some families.

    `known` says of a normal form whether it is a model's name already; it never makes a name, it only confirms one.
    """

    __slots__ = ("_families", "_first_releases", "_heads", "_known", "_named")

    def __init__(self, families: Iterable[Family], known: Callable[[NormalForm], bool] | None = None) -> None:
        self._families = {family.name: family for family in families}
        self._known = known or (lambda _: False)
        self._first_releases: dict[str, set[str]] = {}
        self._named = {folded(family.name): family.name for family in self._families.values()}
        names = dict(self._named)
        longer: dict[str, str] = {}
        for family in self._families.values():
            own = folded(family.name)
            for spelling in map(folded, family.spellings):
                if spelling == own.rstrip("0123456789 "):
                    continue  # "LFM 2.5" is no version of LFM2
                if spelling.startswith(own):
                    longer.setdefault(spelling, family.name)
                else:
                    names.setdefault(spelling, family.name)
        self._heads = Heads(names)
        # `Gemini 1.0` is Gemini itself and no family of its own, and `E5-large` is read without being listed
        self._heads = Heads(names | {head: name for head, name in longer.items() if not self._is_read(head, name)})

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
        before = size_at(text, 0, versioned=False)
        joint = _SIZE_BEFORE.match(text, before[1]) if before is not None else None
        if before is not None and joint is not None:
            reading = self._read(text, joint.end(), running=False)
            if reading is not None and reading.end == len(text) and reading.name.size is None:
                return replace(reading.name, size=before[0])
        organisation, slash, _ = text.rpartition("/")
        while slash and organisation:
            reading = self._read(text, len(organisation) + 1, running=False)
            if reading is not None and reading.end == len(text):
                return replace(reading.name, organisation=organisation.rpartition("/")[2])
            organisation, slash, _ = organisation.rpartition("/")
        return None

    def match_at(self, text: str, start: int) -> tuple[int, ModelName] | None:
        """The longest model name that begins at `start` of a running text, and where it ends; None if none does.

        Neither end falls inside a word: `GPT-4o` is never GPT-4, and the sentence's own words are left (`Llama 2 is`).
        """
        if start > 0 and text[start - 1].isalnum():
            return None
        reading = self._read(text, start, running=True)
        return None if reading is None else (reading.end, reading.name)

    def read_on(self, text: str, start: int, at: int, name: ModelName) -> tuple[int, ModelName]:
        """What a running text adds to a name from `at` on, and where it ends; the name begins at `start`."""
        reading = self._steps(text, start, _Reading(name, at), running=True)
        return reading.end, reading.name

    def is_known(self, name: ModelName) -> bool:
        """Whether there is a model of that name already."""
        return self._known(normal_form(self.format(name)))

    def is_cut_short(self, text: str, end: int) -> bool:
        """Whether the text goes on after `end` as names do: a plus, or a hyphen and then a capital or digit.

        `LLaMA-Berry` and `BERT++` are names of their own; `GPT-4-based` is not.
        """
        after = text[end : end + 2]
        if not after:
            return False
        if after[0] == "+":
            return True
        return len(after) == 2 and after[0] in DASHES and (after[1].isupper() or after[1].isdigit())

    def expand(self, text: str, start: int) -> tuple[tuple[int, int, ModelName], ...]:
        """The model names that one family name at `start` covers, each with its own stretch of the text.

        `Gemma-2B/7B`, `Llama-2/3` and `Llama-2 7B and 13B` hold two names, the second `7B`, `3`, `13B` alone; a range
        (`LLaMA (7B to 65B)`) stays its family. Empty where no name begins.
        """
        first = self.match_at(text, start)
        if first is None:
            return ()
        end, name = first
        return listed(self, text, (start, end, name))

    def format(self, name: ModelName) -> str:
        """The name in its preferred spelling; `parse` of it gives the name back, the organisation left out."""
        family = self._families[name.family]
        written = [family.name if name.version is None else family.versioned(name.version)]
        if name.size is not None and not _is_counted(name.size):
            written[0] += f"-{name.size}"
        written.extend(self._display(word) for word in name.variant if word not in STAGES)
        if name.size is not None and _is_counted(name.size):
            written.append(name.size)
        if name.resolution is not None:
            written.append(f"{name.resolution}px")
        if name.experts is not None:
            written.append(name.experts)
        if name.active is not None:
            written.append(f"A{name.active}")
        written.extend(self._display(word) for word in name.variant if word in STAGES)
        written.extend(part for part in (name.context, name.date, name.quantisation) if part is not None)
        return " ".join(written)

    def _display(self, word: str) -> str:
        """A variant as labels write it: `Chat`, `VL`, `Distill Qwen2.5`."""
        if word.startswith("distill-"):
            student = self._read(word.removeprefix("distill-"), 0, running=False)
            assert student is not None  # it was read from a name of one of the families
            return f"Distill {self.format(student.name)}"
        return DISPLAY.get(word) or word.capitalize()

    def _is_read(self, spelling: str, family: str) -> bool:
        """Whether a folded spelling of a family is its name and parts; a mere version is then the family's first."""
        reading = self._read(spelling, 0, running=False)
        if reading is None or reading.end != len(spelling) or reading.name.family != family:
            return False
        first = _FIRST_RELEASE.fullmatch(spelling, len(folded(family)))
        if first is not None:
            self._first_releases.setdefault(family, set()).add(first[1])
        return True

    def _read(self, text: str, start: int, *, running: bool) -> _Reading | None:
        head = self._heads.at(text, start)
        if head is None:
            return None
        end, family = head
        reading = self._steps(text, start, _Reading(ModelName(family), end), running=running)
        if reading.end < len(text) and text[reading.end].isalnum():
            return None
        return reading

    def _steps(self, text: str, start: int, reading: _Reading, *, running: bool) -> _Reading:
        """The reading with every part that follows, in normal order."""
        while True:
            longer = self._step(text, start, reading, running=running)
            if longer is None:
                break
            reading = longer
        name = reading.name
        if name.version is not None and name.version in self._first_releases.get(name.family, ()):
            name = replace(name, version=None)
        variant = tuple(sorted(name.variant, key=lambda word: word in STAGES))
        other = self._named.get(folded(f"{name.family} {variant[0]}")) if variant and not name.version else None
        if other is not None:  # `CodeLlama-7B-Python` is of the family Code Llama Python
            name, variant = replace(name, family=other), variant[1:]
        return replace(reading, name=replace(name, variant=variant))

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
            size = size_at(text, at, versioned=name.version is not None)
            if size:
                return _Reading(_with_size(name, size[0]), size[1])
        longer = self._counted(text, at, how, name, loose=loose)
        if longer is not None:
            return longer
        if name.context is None and how != "glued":
            context = parts.context_at(text, at, sized=name.size is not None and _is_counted(name.size))
            if context and confirmed(context[1]):
                return _Reading(replace(name, context=context[0]), context[1])
        if name.version is None and how != "bracket":
            longer = self._version(text, start, at, how, name, running=running)
            if longer is not None:
                return longer
        if how == "glued":
            return None
        patches = parts.patches_at(text, at, name.size)
        if patches and confirmed(patches[1]):
            return _Reading(replace(name, size=patches[0]), patches[1])
        if how == "bracket":
            return self._bracketed_word(text, start, at, name, running=running)
        dropped = _DROPPED.match(text, at)
        if dropped and not loose:
            return _Reading(name, dropped.end())
        return self._word(text, start, at, name, loose=loose)

    def _counted(self, text: str, at: int, how: str, name: ModelName, *, loose: bool) -> _Reading | None:
        """Experts, active size, resolution, date or quantisation."""
        if name.active is None and how in ("hyphen", "space"):
            active = parts.active_at(text, at)
            if active:
                return _Reading(replace(name, active=active[0]), active[1])
        if how == "glued" or loose:
            return None
        if name.experts is None and name.size is not None and name.size[-1] == "B":
            experts = parts.experts_at(text, at)
            if experts:
                return _Reading(replace(name, experts=experts[0]), experts[1])
        if name.resolution is None and name.size is not None and "/" in name.size:
            resolution = _RESOLUTION.match(text, at)
            if resolution:
                usual = resolution[1] == _USUAL_RESOLUTION
                return _Reading(name if usual else replace(name, resolution=resolution[1]), resolution.end())
        date = parts.date_at(text, at) if name.date is None else None
        if date:
            return _Reading(replace(name, date=date[0]), date[1])
        stored = parts.quantisation_at(text, at) if how == "hyphen" or not loose else None
        if stored and stored[0] not in (name.quantisation or "").split():
            both = f"{name.quantisation} {stored[0]}" if name.quantisation else stored[0]
            return _Reading(replace(name, quantisation=both), stored[1])
        return None

    def _bracketed_word(self, text: str, start: int, at: int, name: ModelName, *, running: bool) -> _Reading | None:
        """`GPT-2 (small)`; of a text, any other word only where the name is known without the bracket."""
        match = _WORD.match(text, at)
        if match is None:
            return None
        word, end = match[1].lower(), match.end()
        if word in SIZES and name.size is None:
            return _Reading(replace(name, size=SIZES[word]), end)
        known = not running or self._known(normal_form(text[start:end]))
        if word in name.variant or word not in LINES | STAGES or not known:
            return None
        return _Reading(replace(name, variant=(*name.variant, word)), end)

    def _version(self, text: str, start: int, at: int, how: str, name: ModelName, *, running: bool) -> _Reading | None:
        split = _SPLIT_VERSION.match(text, at)
        if split and how == "hyphen" and not size_at(text, split.start(2), versioned=False):
            dotted = f"{split[1]}.{split[2]}"
            if self._known(normal_form(text[start:at] + dotted)):
                return _Reading(replace(name, version=dotted), split.end())
        found = parts.version_at(text, at)
        if found:
            version = _Reading(replace(name, version=found[0]), found[1])
            if how != "space" or not running or text[at] in "vV":
                return version
            if name.size is not None or name.variant:  # `Mistral 7B 3 times`: no version comes that late after a space
                return version if self._known(normal_form(text[start : found[1]])) else None
            counted = _NEXT_WORD.match(text, found[1])
            if counted and (counted[2] or counted[1].lower() in COUNTED):
                return None
            joint = _JOINT.match(text, found[1])
            sized = joint is not None and size_at(text, joint.end(), versioned=True) is not None
            return version if sized or self._known(normal_form(text[start : found[1]])) else None
        match = _LETTER_VERSION.match(text, at)
        if match and how != "glued":
            known = self._known(normal_form(text[start : match.end()]))
            if known or (how == "hyphen" and match[1][0] in "RKM") or not running:
                return _Reading(replace(name, version=match[1].upper()), match.end())
        return None

    def _word(self, text: str, start: int, at: int, name: ModelName, *, loose: bool) -> _Reading | None:
        match = _WORD.match(text, at)
        if match is None:
            return None
        word, end = match[1].lower(), match.end()
        known = loose and self._known(normal_form(text[start:end]))
        taught = any(held.startswith("distill-") for held in name.variant)
        if word == "distill" and not taught and not (loose and not match[1][0].isupper()):
            student = self._student(text, end)
            if student is not None:
                label = self.format(student.name).lower()
                return _Reading(replace(name, variant=(*name.variant, f"distill-{label}")), student.end)
        if word in SIZES and (name.size is None) and (not loose or known):
            return _Reading(replace(name, size=SIZES[word]), end)
        if word in name.variant or (word not in LINES and word not in STAGES):
            return None
        if loose and not known and not (word in FREE and match[1][0].isupper()):
            return None
        return _Reading(replace(name, variant=(*name.variant, word)), end)

    def _student(self, text: str, end: int) -> _Reading | None:
        """The model behind `Distill` that was taught, its version included: `-Qwen-7B`, `-Qwen2.5-7B`."""
        joint = _JOINT.match(text, end)
        inner = self._heads.at(text, joint.end()) if joint and joint.end() > end else None
        if inner is None:
            return None
        at, family = inner
        joint = _JOINT.match(text, at)
        version = parts.version_at(text, joint.end()) if joint and joint.lastgroup != "bracket" else None
        if version:
            return _Reading(ModelName(family, version[0]), version[1])
        return None if text[at : at + 1].isalnum() else _Reading(ModelName(family), at)


def _is_counted(size: str) -> bool:
    """Whether a size is a number of parameters and no word: `7B`, `E4B`; not `large` or `L/14`."""
    return size[-1] in "BMT" and any(char.isdigit() for char in size)


def _with_size(name: ModelName, size: str) -> ModelName:
    """The name with a size in numbers; a size in words that stood before becomes a variant if it can: `Base 7B`."""
    if name.size == "base":
        return replace(name, size=size, variant=(*name.variant, "base"))
    return replace(name, size=size)
