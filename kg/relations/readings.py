"""What the words around a mention say about it: one reading a mention, from one walk over its sentence.

The walk carries a frame: the cue that holds for the names to come. A cue holds over a whole enumeration and over an
apposition; a new cue, a new clause or the paper speaking of itself ends it. So "outperforms A, B and C on D" compares
with three and evaluates on one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kg.relations.cues import FIRST_WORDS, Cue, Sense, Side, cue_at, inflect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.relations.clauses import Sentence

__all__ = ["PART_OF", "Reading", "readings"]

_OURS: Final = frozenset({"we", "our", "us", "ours"})
_OPENINGS: Final = (("it",), ("its",), ("this",))
"""Sentences that go on about what the one before was about: in an abstract the paper's own."""
_SUBORDINATE: Final = frozenset(
    {"although", "because", "but", "however", "it", "they", "these", "this", "though", "thereby", "where", "whereas"}
    | {"which", "while", "yet"}
)
_CONJUNCTIONS: Final = frozenset({"although", "because", "whereas", "while"})
_COMMAS: Final = frozenset({",", ":", "-", "–", "—"})
_REPORTS: Final = frozenset(
    form
    for verb in ("confirm", "demonstrate", "discover", "indicate", "observe", "prove", "reveal", "suggest", "verify")
    for form in inflect(verb)
) | {"find", "finds", "found", "see", "show", "showed", "showing", "shown", "shows"}
_PREPOSITIONS: Final = frozenset(
    {
        "across",
        "after",
        "as",
        "at",
        "by",
        "during",
        "for",
        "in",
        "on",
        "through",
        "under",
        "using",
        "via",
        "when",
        "with",
    }
)
_GAINING: Final = frozenset({"~improve", "~boost", "~enhance", "~reduce"})
"""Cues that make a comparison of an `over` that follows: "improves by 3 points over X"."""
_QUALITIES: Final = frozenset({"quality", "performance", "accuracy", "level", "-level"})
_REACHING: Final = frozenset({"~achieve", "~attain", "~reach", "~obtain", "~yield"})
"""Cues that compare where a quality follows the name: "reaches Transformer quality"."""
_TAKING: Final = frozenset({"~inherit", "~borrow"})
PART_OF: Final = "part of"
"""The phrase of a reading where a part of the name is changed."""
_PARTS: Final = frozenset({"from", "in", "of"})
_PARTING: Final = frozenset({"~replace", "~drop", "~remove", "~eliminate", "~discard"})
"""Cues that modify what they take a part of: "replaces the softmax of X", "drops the decoder from X"."""
_HEADS: Final = frozenset({"baseline", "baselines"})
"""Cues that speak of the name right before them where there is one: "the LoRA baseline", "baselines such as LoRA"."""
_LIKE: Final = frozenset({"to", "with", "against", "as"})
_NEGATIONS: Final = frozenset({"neither", "never", "no", "nor", "not"})
_NEGATED: Final = frozenset({Sense.BASED, Sense.TRAINS, Sense.USES})
"""Senses that a negation right before the cue turns into their opposite: "does not use X"."""
_NOUNS: Final = frozenset(
    {"algorithms", "alternatives", "approach", "approaches", "baseline", "baselines", "competitors", "counterparts"}
    | {"frameworks", "method", "methods", "model", "models", "strategies", "systems", "techniques"}
)
_GROUP: Final = frozenset({",", "and", "or", "(", ")", "/", "&", "both", "as", "well", "the"})
"""The words between the names of an enumeration."""
_TELLING: Final = (
    FIRST_WORDS
    | _OURS
    | _SUBORDINATE
    | _CONJUNCTIONS
    | _PREPOSITIONS
    | _LIKE
    | _NOUNS
    | _QUALITIES
    | {";", ":", "from", "that", "over", "of"}
)
"""The words at which something can change."""
_LINEAGE: Final = frozenset({Sense.EXTENDS, Sense.INHERITS, Sense.RESHAPES, Sense.BASED})
"""Senses that hold for one name or one enumeration, not for the rest of the clause."""
_SHARE: Final = "% of"
_SHARE_OF: Final = 5
"""How many words after `95% of` the name may stand whose quality is kept."""
_LIMITS: Final = frozenset({"~exceed", "~surpass", "approaching", "than", "versus", "vs"})
"""Cues that compare with no name where a number follows: "a window that exceeds 20K"."""
_AFTER: Final = 6
"""Within how many words after the last name something can still be said of it."""
_ENUMERATION: Final = 50
"""How many names a cue on their right may govern."""


class Reading(NamedTuple):
    """What is said of link `link`, the word `word` of its sentence: `sense` is None where no cue governs it."""

    link: int
    word: int
    sense: Sense | None
    phrase: str
    at: tuple[int, int] | None
    """The cue: its first word and the word after its last."""
    ours: bool
    """The clause speaks of the paper's own work before it comes to the name."""
    foreign: bool
    """The clause has another named thing for its subject."""
    own: bool
    """The clause names something the paper introduces before it comes to the name."""


class _Frame:
    """The cue that holds for the names to come, and what its clause has shown so far."""

    __slots__ = ("at", "consumed", "foreign", "gain", "held", "likeness", "ours", "own", "phrase", "sense")

    def __init__(self) -> None:
        self.clear(ours=False)

    def clear(self, *, ours: bool, own: bool = False) -> None:
        """A new clause begins."""
        self.sense: Sense | None = None
        self.phrase = ""
        self.at: tuple[int, int] | None = None
        self.held: tuple[Sense, str, tuple[int, int] | None] | None = None
        self.consumed = self.gain = self.likeness = self.foreign = False
        self.ours, self.own = ours, own

    def take(self, sense: Sense, phrase: str, at: tuple[int, int]) -> None:
        """A cue takes over."""
        self.sense, self.phrase, self.at, self.consumed, self.held = sense, phrase, at, False, None
        self.gain = self.likeness = False

    def suspend(self, sense: Sense | None) -> None:
        """A preposition ends the objects of a comparison; `such as` brings them back."""
        if self.sense:
            self.held = (self.sense, self.phrase, self.at)
        self.sense, self.phrase, self.at = sense, "", None

    def cue(self, cue: Cue, at: tuple[int, int], *, after_comma: bool, of_noun: bool) -> None:
        """The next cue to the right; what holds decides whether it takes over."""
        sense = cue.sense
        if sense is Sense.GAIN:
            self.gain = True
        elif sense is Sense.LIKENESS:
            self.likeness = True
        elif sense is Sense.EXAMPLES:
            if self.held and (self.sense is None or not self.at) and not of_noun:
                (self.sense, self.phrase, self.at), self.held = self.held, None
        elif sense is Sense.PRIOR:
            if self.sense is None:
                self.take(sense, cue.phrase, at)
            self.consumed = True
        elif self.sense is Sense.PRIOR:
            pass  # "existing methods use X"
        elif (
            self.sense in (Sense.COMPARES, Sense.AGAINST)
            and sense in (Sense.USES, Sense.TRAINS, Sense.BASED)
            and self.phrase != _SHARE
            and not after_comma
            and not self.held
        ):
            pass  # "outperforms methods that use X"
        elif (
            sense is Sense.EXTENDS
            and self.sense is Sense.COMPARES
            and not cue.phrase.startswith("~")
            and not after_comma
        ):
            pass  # "outperforms variants of X"
        elif self.sense is Sense.EXCLUDES and self.at and self.at[1] == at[0]:
            pass  # "instead of using X"
        elif cue.phrase == "baseline" and self.sense in (Sense.RESHAPES, Sense.TRAINS) and not self.consumed:
            pass  # "we adapt the baseline architectures X and Y"
        elif self.sense is Sense.TRAINS and cue.phrase == "on":
            pass  # "train a model on X"
        else:
            self.take(sense, cue.phrase, at)
            self.gain = cue.phrase in _GAINING
            self.consumed = cue.phrase in _HEADS


def readings(sentence: Sentence, own: frozenset[int]) -> Iterator[Reading]:
    """One reading a mention, in text order; `own` holds the indices of links to what the paper introduces."""
    words, links = sentence.words, sentence.links
    frame = _Frame()
    frame.ours = words[:1] in _OPENINGS
    out: list[Reading] = []
    inside = 0
    last = len(links) - 1
    while last >= 0 and links[last] < 0:
        last -= 1
    for k in [k for k, word in enumerate(words[: last + _AFTER]) if word in _TELLING or links[k] >= 0]:
        word, link = words[k], links[k]
        found = cue_at(words, k) if k >= inside and word in FIRST_WORDS else None
        after_comma = k == 0 or words[k - 1] in _COMMAS
        if word in _OURS or link in own:
            if after_comma or word == "we":
                frame.clear(ours=True)
            frame.ours = True
            frame.own = frame.own or link in own
        elif word == ";" or word in _CONJUNCTIONS or (after_comma and word in _SUBORDINATE):
            others = word == "which" and frame.sense in (Sense.COMPARES, Sense.AGAINST, Sense.PRIOR)
            frame.clear(ours=frame.ours and word != ";", own=frame.own and word == "which")
            if others:
                frame.sense = Sense.PRIOR  # "outperforms A, which relies on B"
        elif word == ":":
            frame.ours = frame.foreign = False
        elif word == "that" and k and words[k - 1] in _REPORTS:
            frame.clear(ours=False)
        if link >= 0:
            sense, phrase = frame.sense, frame.phrase
            far = frame.phrase == _SHARE and frame.at is not None and k - frame.at[1] > _SHARE_OF
            if k and words[k - 1] in ("neither", "no", "nor") and sense is not Sense.COMPARES:
                sense, phrase = Sense.EXCLUDES, words[k - 1]  # "no X is computed"
            elif far or (sense in _LINEAGE and frame.consumed and not _joined(words, links, k)):
                sense = None
            elif sense is Sense.EXCLUDES and frame.phrase in _PARTING and _is_part(words, frame.at, k):
                sense, phrase = Sense.EXTENDS, PART_OF
            out.append(
                Reading(link, k, sense, phrase, frame.at if sense else None, frame.ours, frame.foreign, frame.own)
            )
            frame.consumed = True
            frame.foreign = frame.foreign or (sense is None and link not in own)
        if found:
            inside, cue = found
            at = (k, inside)
            trained = cue_at(words, inside - 1) if cue.side is Side.LEFT else None
            if trained and trained[0] > inside and trained[1].sense is Sense.TRAINS:
                _look_back(out, words, cue, at)
                inside, cue = trained  # "X is trained on Y"
                at = (k, inside)
            elif cue.sense in _NEGATED and k and words[k - 1] in _NEGATIONS:
                cue = Cue(Sense.EXCLUDES, cue.side, cue.phrase)
            if cue.side is Side.LEFT or (cue.phrase in _HEADS and k and links[k - 1] >= 0):
                _look_back(out, words, cue, at)
            elif cue.sense is Sense.EXCLUDES and word.endswith("ed") and words[inside : inside + 1] == (",",):
                pass  # "with 30% of the layers removed, and"
            elif not (cue.phrase in _LIMITS and words[inside : inside + 1] and words[inside][0].isdigit()):
                frame.cue(cue, at, after_comma=after_comma, of_noun=k > 0 and words[k - 1] in _NOUNS)
        elif link < 0 and k >= inside:
            if (word == "over" and (frame.gain or frame.likeness)) or (frame.likeness and word in _LIKE):
                if frame.sense is not Sense.COMPARES:
                    frame.take(Sense.COMPARES, f"gain {word}" if word == "over" else f"like {word}", (k, k + 1))
            elif word in _QUALITIES and out and out[-1].word == k - 1 and out[-1].phrase in _REACHING:
                out[-1] = out[-1]._replace(sense=Sense.COMPARES)
            elif word == "from" and frame.phrase in _TAKING:
                frame.take(Sense.INHERITS, f"{frame.phrase} from", (k, k + 1))
            elif word == "of" and words[k - 1] == "%":
                frame.take(Sense.COMPARES, _SHARE, (k - 1, k + 1))
            elif word in _NOUNS and frame.sense in (Sense.COMPARES, Sense.PRIOR):
                frame.consumed = True
            elif word in _PREPOSITIONS and frame.sense in (Sense.COMPARES, Sense.AGAINST) and frame.consumed:
                frame.suspend(Sense.EVALUATES if word == "across" else None)
    yield from out


def _is_part(words: tuple[str, ...], at: tuple[int, int] | None, name: int) -> bool:
    """Whether a cue has a part of a name for its object: "replaces the attention of X"."""
    first = name - 1 - (words[name - 1] == "the")
    return at is not None and first > at[1] and words[first] in _PARTS and "," not in words[at[1] : first]


def _joined(words: tuple[str, ...], links: tuple[int, ...], at: int) -> bool:
    """Whether the name at a word continues an enumeration."""
    at -= 1
    while at > 0 and links[at] < 0 and words[at] in _GROUP:
        at -= 1
    return links[at] >= 0


def _look_back(out: list[Reading], words: tuple[str, ...], cue: Cue, at: tuple[int, int]) -> None:
    """Give the enumeration that ends shortly before a cue the cue's sense, where a better one does not hold already."""
    extends = cue.sense is Sense.EXTENDS
    reach = at[0] - (1 if extends or cue.phrase.startswith("-") else 4)
    for index in range(len(out) - 1, max(-1, len(out) - 1 - _ENUMERATION), -1):
        reading = out[index]
        if reading.word < reach:
            break
        if extends:
            if reading.sense in (None, Sense.INTRODUCES, Sense.BASED):
                out[index] = reading._replace(sense=cue.sense, phrase=cue.phrase, at=at)
        elif reading.sense in (None, Sense.PRIOR, Sense.EVALUATES) or cue.sense is Sense.COMPARES:
            out[index] = reading._replace(sense=cue.sense, phrase=cue.phrase, at=at)
        reach = reading.word - 1
        while reach > 0 and words[reach] in _GROUP:
            reach -= 1
