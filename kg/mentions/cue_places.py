"""Where in a text the words stand at which an introduction may be read, found in one pass.

The patterns of `introduction_cues` are exact and slow; most sentences hold none of them. One automaton over their first
words says where each is worth trying.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from ahocorasick_rs import AhoCorasick, MatchKind

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["HERE", "MAKING", "NAMING", "OWNING", "RELATING", "RESULTING", "WITHIN", "cue_places"]

HERE: Final = 0
"""The paper speaks of itself."""
MAKING: Final = 1
NAMING: Final = 2
OWNING: Final = 3
RESULTING: Final = 4
RELATING: Final = 5
WITHIN: Final = 6

_STEMS: Final[dict[int, Sequence[str]]] = {
    HERE: (
        *(
            "we ",
            "we,",
            "our ",
            "ours",
            "us ",
            "i ",
            "authors ",
            "authors,",
            "here ",
            "here,",
            "in this ",
            "to this end",
        ),
        *("to these ends", "the paper", "the author", "the article", "the study", "the work", "the report"),
        *("this paper", "this work", "this study", "this article", "this report", "this survey", "this thesis"),
        *(
            "this research",
            "this manuscript",
            "this technical",
            "this letter",
            "this project",
            "this review",
            "this demo",
            "this tutorial",
        ),
    ),
    MAKING: (
        *("propos", "introduc", "present", "releas", "unveil", "open-sourc", "open sourc"),
        *("opensourc", "contribut", "develop", "construct", "build", "built", "creat", "design"),
        *("devis", "formulat", "collect", "curat", "disseminat", "describ", "offer", "provid", "implement"),
        *("establish", "synthesi", "annotat", "obtain", "publish", "put forward", "suggest"),
        *("result", "yield", "deriv", "produc", "distil", "train", "pretrain", "pre-train"),
        *("finetun", "fine-tun"),
    ),
    NAMING: (
        *("called", "named", "dubbed", "termed", "coined", "titled", "entitled", "nicknamed", "christened"),
        *("abbreviated as", "referred to as", "denoted ", "known as", "namely", "i.e.,"),
        *("main contribution", "primary contribution", "key contribution", "central contribution", "core contribution"),
        *("we call", "we name", "we dub", "we term", "we coin", "we refer to", "we denote", "we christen"),
    ),
    OWNING: ("our ", "the proposed "),
    RESULTING: (
        *(
            "a new ",
            "a novel ",
            "resulting in",
            "leading to",
            "which results in",
            "which yields",
            "which we ",
            "the result",
            "the outcome",
        ),
        *("public as", "released as", "creation of", "construction of", "development of", "release of", "yielding"),
        *("to obtain", "fine-tuned ", "finetuned ", "instruction-tuned ", "adapted ", "distilled ", "to a "),
        *("variant", "version", "extension", "modification"),
    ),
    RELATING: ("we ",),
    WITHIN: (
        *("implement", "instantiat", "realiz", "realis", "packag", "integrat", "incorporat", "releas", "embod"),
        *("address", "tackl", "solv", "bridg", "fill", "mitigat", "overcom"),
    ),
}


@cache
def _automaton() -> tuple[AhoCorasick, tuple[tuple[int, ...], ...]]:
    """The automaton over all stems, and of each pattern the kinds of cue that begin so."""
    kinds: dict[str, list[int]] = {}
    for kind, stems in _STEMS.items():
        for stem in stems:
            kinds.setdefault(stem, []).append(kind)
    return (
        AhoCorasick(list(kinds), matchkind=MatchKind.Standard, store_patterns=False),
        tuple(map(tuple, kinds.values())),
    )


def cue_places(low: str, limit: int) -> tuple[tuple[int, int], ...]:
    """(place, kind) of every cue that may begin in the first `limit` characters of a text in small letters, sorted."""
    automaton, kinds = _automaton()
    plain = low[:limit].encode("ascii", "replace").decode("ascii")  # of the same length; half a character is no cue
    found = {
        (start, kind)
        for index, start, _ in automaton.find_matches_as_indexes(plain, overlapping=True)
        if not start or not (low[start - 1].isalnum() or low[start - 1] == "_")
        for kind in kinds[index]
    }
    return tuple(sorted(found))
