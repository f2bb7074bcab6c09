"""Descent: whether the words around a technique, or a name, say that the paper's own thing is a kind of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.names.sizes import has_size
from kg.relations.cues import Sense
from kg.relations.names import contains_name, descends_by_name, is_later
from kg.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.linking.link import Link
    from kg.relations.clauses import Sentence
    from kg.relations.readings import Reading

__all__ = ["TECHNIQUE", "is_close", "is_kind_of", "named_after"]

TECHNIQUE: Final = (
    r"(?:algorithm|approach|architecture|framework|mechanism|method|methodology|model|optimizer|paradigm|recipe|scheme"
    r"|strategy|system|technique|variant)"
)
"""The nouns by which a paper calls a technique of its own."""
_NOUNS: Final = frozenset(
    {"algorithm", "approach", "architecture", "decoder", "derivative", "encoder", "extension", "family"}
    | {"framework", "generalization", "implementation", "layer", "mechanism", "method", "methodology", "model"}
    | {"network", "objective", "optimizer", "paradigm", "procedure", "recipe", "scheme", "strategy", "successor"}
    | {"system", "technique", "training", "variant", "version"}
)
_TECHNIQUES: Final = frozenset(form for noun in _NOUNS for form in (noun, noun + "s"))
_LOOSE: Final = frozenset({"decoder", "encoder", "recipe", "strategies", "strategy", "training"})
"""Nouns that a paper calls any use of a technique by: "we propose a warm-up SFT strategy"."""
_NOT_MODIFIERS: Final = frozenset(
    {
        "and",
        "are",
        "as",
        "based",
        "by",
        "can",
        "for",
        "from",
        "in",
        "is",
        "meet",
        "meets",
        "of",
        "on",
        "or",
        "over",
        "than",
    }
    | {"that", "the", "to", "towards", "using", "via", "we", "which", "with", "without", "(", ")", ".", ";", ":"}
)
"""The words that do not stand between `a` and the noun it belongs to."""
_OPEN: Final = frozenset(
    {
        ",",
        ".",
        ";",
        ":",
        ")",
        "(",
        "and",
        "as",
        "at",
        "augmented",
        "both",
        "but",
        "by",
        "extended",
        "for",
        "from",
        "further",
    }
    | {
        "in",
        "into",
        "is",
        "it",
        "its",
        "made",
        "meant",
        "modified",
        "on",
        "or",
        "plus",
        "that",
        "through",
        "to",
        "toward",
    }
    | {"towards", "trained", "under", "using", "via", "when", "where", "which", "while", "whose", "with", "without"}
)
"""The words after a name that show it to be no mere modifier of the next noun."""
_TUNED: Final = re.compile(r"(?:.*-)?(?:(?:pre-?|re)?trained|(?:fine-?)?tuned|distilled|quantized|compressed|pruned)")
_COPULAS: Final = frozenset({"are", "be", "becomes", "is", "was"})
_LEAD: Final = frozenset({"it", "that", "which"})
_ARTICLES: Final = frozenset({"a", "an"})
_MODIFIERS: Final = 7
"""How many words may stand between `a` and its noun."""
_SLIGHT: Final = frozenset(
    {"both", "classic", "classical", "conventional", "original", "plain", "popular", "powerful", "previously"}
    | {"proposed", "recently", "same", "seminal", "standard", "successful", "the", "traditional"}
    | {"vanilla", "well-known"}
)
_DESIGN: Final = frozenset(
    {
        "approach",
        "architecture",
        "block",
        "design",
        "formulation",
        "framework",
        "idea",
        "ideas",
        "method",
        "methodology",
    }
    | {"objective", "paradigm", "philosophy", "pipeline", "principle", "principles", "procedure", "protocol", "recipe"}
    | {"scheme", "spirit", "strategy", "structure", "style"}
)
_CLOSE: Final = 3
_OWN_NAMES: Final = 20
"""How many names of its own a paper is believed to have."""
_DATA: Final = frozenset({Kind.BENCHMARK, Kind.DATASET})


def is_close(reading: Reading, sentence: Sentence) -> bool:
    """Whether a name is itself the object of its cue: "follows the original BERT", "keeps the architecture of BERT".

    "Adapts the BERT framework to" is about BERT too; "improves BERT fine-tuning" is about tuning, "follows trends in
    BERT research" about research.
    """
    words, at = sentence.words, reading.word
    if reading.at is None:
        return False
    between = words[reading.at[1] : at]
    behind = at + 1
    if behind < len(words) and words[behind] in _NOUNS and reading.sense is not Sense.INHERITS:
        behind += 1
    if behind < len(words) and words[behind] not in _OPEN:
        return False
    return (len(between) <= _CLOSE and _SLIGHT.issuperset(between)) or (
        len(between) <= 2 * _CLOSE and between[-1] in ("of", "from", "in", "as") and not _DESIGN.isdisjoint(between)
    )


def is_kind_of(reading: Reading, sentence: Sentence, own: frozenset[int], link: Link, *, title: bool) -> bool:
    """Whether the paper's own thing is said to be a kind of a technique.

    "Quokka, a sparse LoRA variant", "Quokka is a Transformer with gates", "Quokka: weight-decomposed LoRA", "we
    propose a cheap LoRA scheme". A tuned or sized model is the same model still.
    """
    words, links, at = sentence.words, sentence.links, reading.word
    follows = words[at + 1 : at + 4]
    if len(follows) > 2 and follows[0] == "(" and follows[2] == ")":
        follows = words[at + 4 : at + 7] or (".",)  # "a robust Low-Rank Adaptation (LoRA) scheme"
    called = _called(follows)
    if follows and not called and (follows[0] not in _OPEN and links[at + 1] < 0):
        return False
    if follows and (follows[0].startswith("-") or follows[0] in ("'", "’")):
        return False
    first = at
    while first and at - first < _MODIFIERS:
        word = words[first - 1]
        if word in _ARTICLES or word in _NOT_MODIFIERS:
            break
        first -= 1
    if not first or (reading.at and reading.at[0] >= first):
        return False
    copula = first == at and _anchored(words, links, at - 1, own, copula=True)
    if copula:
        return True
    if link.kind is Kind.MODEL and (
        has_size(link.text) or any(_TUNED.fullmatch(word) for word in (*words[first:at], *follows))
    ):
        return False
    before = words[first - 1]
    if before == ":":
        return title and first > 1 and links[first - 2] in own and not _gerund(words[first:at])
    if title and first > 2 and before in ("a", "an", "the") and words[first - 2] == ":":
        return links[first - 3] in own and not _gerund(words[first:at])
    if first > 1 and before in _ARTICLES:
        return _anchored(words, links, first - 2, own) or (
            called
            and follows[0] not in _LOOSE
            and first < at
            and link.kind is Kind.METHOD
            and reading.sense is Sense.INTRODUCES
            and reading.at is not None
            and reading.at[1] == first - 1
        )
    return False


def _called(follows: tuple[str, ...]) -> bool:
    """Whether a noun for techniques closes the phrase: "LoRA training scheme"."""
    for word in follows:
        if word in _TECHNIQUES:
            return True
        if word in _OPEN or word.startswith("-"):
            return False
    return False


def _gerund(words: tuple[str, ...]) -> bool:
    return any(word.endswith("ing") and "-" not in word for word in words)


def _anchored(
    words: tuple[str, ...], links: tuple[int, ...], at: int, own: frozenset[int], *, copula: bool = False
) -> bool:
    """Whether the paper's own name ends at a word or is its subject: "Quokka (Q), a ...", "Quokka is a ..."."""
    if words[at] in _COPULAS:
        return at > 0 and (links[at - 1] in own or words[at - 1] in _LEAD)
    if copula:
        return False
    if words[at] == "," and at:
        at -= 1
    if words[at] == ")" and at > 1:
        at -= 1
    return links[at] in own


def named_after(
    sentences: Sequence[Sentence], links: Sequence[Link], own: frozenset[int]
) -> Iterator[tuple[int, Sentence, int]]:
    """The links whose names the paper's own are made from, with their sentences and the link of the own name."""
    firsts: dict[tuple[bool, bool, str], int] = {}
    for index in sorted(own):
        link = links[index]
        firsts.setdefault((link.kind in _DATA, link.kind is Kind.MODEL, link.text), index)
    names = tuple(firsts.items())[:_OWN_NAMES]
    known: dict[tuple[Kind, str], int | None] = {}
    for sentence in sentences if names else ():
        for index in sentence.mentions:
            link = links[index]
            if index in own or link.kind in (Kind.TASK, Kind.METRIC):
                continue
            key = (link.kind, link.text)
            if key not in known:
                data, model = link.kind in _DATA, link.kind is Kind.MODEL
                made = (
                    first
                    for (of_data, of_model, name), first in names
                    if data == of_data
                    and model <= of_model
                    and (
                        descends_by_name(name, link.text)
                        if model
                        else contains_name(name, link.text) or is_later(name, link.text)
                    )
                )
                known[key] = next(made, None)
            of = known[key]
            if of is not None:
                yield index, sentence, of
