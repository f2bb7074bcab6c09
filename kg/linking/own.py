"""The names a paper gives its own things, gathered: all names of one thing, its kind, and what introduces it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.identifiers import NormalForm, normal_form
from kg.mentions.heads import HEAD, kind_of_name
from kg.mentions.shapes import GENERIC, is_named, strength
from kg.names.sizes import has_size, is_amount, size_follows
from kg.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.mentions.abbreviations import Definition
    from kg.mentions.introductions import Introduction
    from kg.text import Span

__all__ = ["OwnThing", "headed", "own_things"]

_SMALL: Final = frozenset(
    ["of", "for", "the", "and", "in", "with", "to", "on", "via", "by", "from", "as", "a", "an", "is", "at"]
)
_STATED: Final = {
    "made": 0,
    "called": 0,
    "made in lower case": 0,
    "named": 1,
    "named in lower case": 1,
    "defined": 2,
    "apposed": 2,
    "made too": 2,
    "own": 3,
}
_LETTER: Final = re.compile(r"\w\s\d+")
"""`E 2`: a letter and a number are what is left of a name."""
_WINS: Final = re.compile(
    r"\s(?:(?:also|consistently|significantly|clearly|even)\s)?(?:outperforms|surpasses|exceeds|beats|achieves|attains|improves|obtains)\b"
)
_DATA: Final = re.compile(
    r"[Dd]ata\s?set|[Bb]enchmark|[Cc]orpus|[Qq]uestions|test\s?(?:bed|set)|[Cc]ollection|[Ee]valuat"
)
_MADE_DATA: Final = re.compile(
    r"\b(?:[Ww]e|paper|work)\s(?:[a-z]+\s){0,3}?(?:build|collect|construct|contribute|create|curate|introduce|present|propose|release)s?"
    r"\b[^.;]{0,90}?\b(dataset|benchmark|corpus)\b"
)
_MADE_METHOD: Final = re.compile(
    r"\b(?:[Ww]e|paper|work)\s(?:[a-z]+\s){0,3}?(?:design|develop|introduce|present|propose)s?\s[^.;,]{0,60}?"
    r"\b(?:algorithm|approach|architecture|framework|method|model|network|strategy|system|technique)\b"
)
_GENERIC_FIRST: Final = frozenset(
    "beyond can from how is on rethinking toward towards under what when why".split()  # noqa: SIM905
)
_GENERIC_LAST: Final = frozenset(
    "models llms lms networks agents systems review approach framework method methods tasks "  # noqa: SIM905
    "datasets language languages".split()
)


@dataclass(slots=True)
class OwnThing:
    """One thing a paper introduces or may introduce; `names` maps each spelling to whether a short form is meant."""

    names: dict[str, bool] = field(default_factory=dict)
    long_forms: list[str] = field(default_factory=list)
    introductions: list[Introduction] = field(default_factory=list)
    performs: bool = False
    """Whether the text says that it outperforms others: what is called so is no benchmark, whatever its ending."""
    ends_in_qa: bool = False
    """Whether only its last letters make a benchmark of it, as of a method for question answering."""
    data: Kind | None = None
    """What the abstract says it makes, where only the title names it: `we construct the first dataset of ...`."""
    sized: bool = False
    """Whether a size follows the name somewhere: `Pensez 7B`."""

    @property
    def sure(self) -> bool:
        """Whether a statement, and not only a hint, introduces it; a title and a hint together are one."""
        hows = {introduction.how for introduction in self.introductions}
        return any(i.sure and i.how != "title" for i in self.introductions) or ("title" in hows and len(hows) > 1)

    @property
    def stretch(self) -> Span:
        """What introduces it best: a statement of the abstract before the title."""
        return min(self.introductions, key=lambda i: (i.how == "title", not i.sure, i.name)).stretch

    @property
    def kind(self) -> Kind | None:
        """The kind stated nearest to a verb of making; the name's own ending where nothing states one."""
        if self.sized and all(i.kind in (None, Kind.METHOD) or i.how == "title" for i in self.introductions):
            return Kind.MODEL
        stated = [i for i in self.introductions if i.kind is not None]
        if self.performs and (self.ends_in_qa or all(i.how in ("title", "own") for i in stated)):
            stated = [i for i in stated if i.kind is not Kind.BENCHMARK]
            if not stated:
                return Kind.METHOD
        if stated:
            return min(stated, key=lambda i: (_STATED.get(i.how, 4), not i.sure, i.name)).kind
        return next((kind for kind in map(kind_of_name, self.names) if kind is not None), self.data)

    @property
    def label(self) -> str:
        """Its name for people: the short form, else the spelling of the abstract."""
        shorts = [name for name, short in self.names.items() if short]
        name = (
            shorts[0] if shorts else min(self.names, key=lambda n: (strength(n.split(" ")[0]) == 0, len(n.split()) > 4))
        )
        if not shorts and len(self.names) > 1:
            made = [i for i in self.introductions if i.how != "title"]
            if made:
                name = next((n for n in self.names if normal_form(n) == normal_form(name) and n[:1].isupper()), name)
        return headed(name)


def own_things(text: str, found: Sequence[Introduction], defined: Sequence[Definition]) -> list[OwnThing]:
    """The things introduced, in the order of their first introduction; the names a definition joins are one thing's."""
    things: list[OwnThing] = []
    by_form: dict[NormalForm, OwnThing] = {}

    def join(form: NormalForm, thing: OwnThing) -> OwnThing:
        other = by_form.get(form)
        if other is None:
            by_form[form] = thing
            return thing
        if other is not thing:
            other.names.update({name: other.names.get(name, False) or short for name, short in thing.names.items()})
            other.long_forms.extend(thing.long_forms)
            other.introductions.extend(thing.introductions)
            things.remove(thing)
            for key, held in by_form.items():
                if held is thing:
                    by_form[key] = other
        return other

    for introduction in found:
        name = text[introduction.name.start : introduction.name.end]
        if not _may_be_name(name, introduction):
            continue
        form = normal_form(name)
        thing = by_form.get(form)
        if thing is None:
            thing = OwnThing()
            by_form[form] = thing
            things.append(thing)
        thing.names.setdefault(name, False)
        thing.introductions.append(introduction)
    for short, long in _pairs(text, found, defined):
        thing = by_form.get(normal_form(short)) or by_form.get(normal_form(long))
        if thing is None:
            continue
        thing.names[short] = True
        thing.names.setdefault(long, False)
        thing.long_forms.append(long)
        thing = join(normal_form(short), thing)
        join(normal_form(long), thing)
    for thing in things:
        if thing.kind is None and all(i.how == "title" for i in thing.introductions):
            thing.data = _data_made(text)
        if thing.kind is Kind.BENCHMARK:
            thing.ends_in_qa = all(name.endswith("QA") for name in thing.names) and not any(
                _DATA.search(text, i.stretch.start, i.stretch.end) for i in thing.introductions
            )
            thing.performs = thing.ends_in_qa or any(_performs(text, name) for name in thing.names)
    if things and has_size(text):
        for thing in things:
            thing.sized = any(_is_sized(text, name) for name in thing.names)
    return things


def _data_made(text: str) -> Kind | None:
    """The kind of the data that the abstract says is made, None where it makes none or a method as well."""
    made = _MADE_DATA.search(text)
    return None if made is None or _MADE_METHOD.search(text) else HEAD[made[1]]


def _performs(text: str, name: str) -> bool:
    """Whether the name is said to outperform."""
    at = text.find(name)
    while at >= 0:
        if _WINS.match(text, at + len(name)):
            return True
        at = text.find(name, at + 1)
    return False


def _is_sized(text: str, name: str) -> bool:
    """Whether a size follows the name somewhere."""
    at = text.find(name)
    while at >= 0:
        if size_follows(text, at + len(name)) and not (at and text[at - 1].isalnum()):
            return True
        at = text.find(name, at + 1)
    return False


def _pairs(text: str, found: Sequence[Introduction], defined: Sequence[Definition]) -> Iterator[tuple[str, str]]:
    """The short and long forms of the text: its definitions, and an introduced name in a bracket behind another."""
    for definition in defined:
        short = text[definition.short.start : definition.short.end]
        long = text[definition.long.start : definition.long.end]
        if short[-1] in "+*" or "**" in long:
            continue  # "a variant of long form (LF+)"
        if short[-1] == "s" and short[-2:-1].isupper() and long.endswith("s"):
            short = short[:-1]  # "contrastive explanations (CEs)"
        yield short, long
    shorts = {definition.short.start for definition in defined}
    ends = {introduction.name.end: introduction.name for introduction in found}
    for introduction in found:
        start, end = introduction.name.start, introduction.name.end
        before = ends.get(start - 2)
        if before is not None and text[start - 2 : start] == " (" and start not in shorts:
            yield text[start:end], text[before.start : before.end]  # "Stacked Policies for Actions (SteP)"


def _may_be_name(name: str, introduction: Introduction) -> bool:
    words = name.split()
    low = name.lower()
    if "**" in name:
        return False  # "D**ocument": the letters of an acronym in bold
    if low in GENERIC or low.rstrip("s") in GENERIC or len(normal_form(name)) < 2 or _LETTER.fullmatch(name):
        return False
    titled = introduction.how == "title" and introduction.sure
    if (
        len(words) > 1
        and words[-1].lower() in _GENERIC_LAST
        and not titled
        and not any(is_named(word) for word in words)
    ):
        return False
    if (
        introduction.how == "defined"
        and introduction.kind is None
        and not introduction.sure
        and not any(strength(word) for word in words)
    ):
        return False
    if introduction.how == "title" and len(words) > 2 and words[0].lower() in _GENERIC_FIRST:
        return False
    return not is_amount(name)


def headed(name: str) -> str:
    """The name with capitals where it has none: `sense finetuning` is `Sense Finetuning`."""
    if any(char.isupper() for char in name):
        return name
    return re.sub(
        r"[^\W_]+",
        lambda match: match[0] if match[0] in _SMALL and match.start() else match[0][:1].upper() + match[0][1:],
        name,
    )
