"""The words by which a paper says what it does with a thing: a table of phrases, and the search for them.

A cue speaks of the names on its right (`we use X`) or on its left (`X is used`). What it says is a `Sense`; which
relation that makes depends on the kind of the thing and is decided elsewhere. The longest phrase at a word wins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FIRST_WORDS", "Cue", "Sense", "Side", "cue_at", "inflect"]


class Sense(StrEnum):
    """What a cue says about the names it governs."""

    USES = "uses"
    STUDIES = "studies"
    """Put under study, alone or against each other."""
    TRAINS = "trains"
    """Data that a model is trained on, or the model that is trained."""
    SOURCE = "source"
    """What data was made from, or by."""
    EVALUATES = "evaluates"
    EXTENDS = "extends"
    INHERITS = "inherits"
    """`follows X`, `keeps the design of X`: taken over from a thing, which extends it where the paper's own does so."""
    RESHAPES = "reshapes"
    """`improves X`, `adapts X`: a technique is extended, a model is used."""
    BASED = "based"
    """`based on`, `built on`: a technique is extended, a model is used as the base."""
    COMPARES = "compares"
    AGAINST = "against"
    """`unlike X`: set apart, which is a comparison and never use."""
    EXCLUDES = "excludes"
    """`without X`, `instead of X`, `replaces X`: not used."""
    EXAMPLES = "examples"
    """`such as`: what follows belongs to the noun before."""
    PRIOR = "prior"
    """`existing methods`: others' work."""
    INTRODUCES = "introduces"
    GAIN = "gain"
    """`improvement`, `faster`: makes a comparison of an `over` that follows."""
    LIKENESS = "likeness"
    """`comparable`: makes a comparison of a `to` or `with` that follows."""


class Side(StrEnum):
    """Where the names stand that a cue governs."""

    RIGHT = "right"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase of the table: its sense, its side, and how the table spells it."""

    sense: Sense
    side: Side
    phrase: str


# `~verb` stands for its forms, `(a|b)` for either, `(a|)` for one or none.
_RIGHT: Final = {
    Sense.USES: """
        ~use|~utilize|~utilise|~employ|~leverage|~adopt|~exploit|~harness|~incorporate|~integrate|~combine|~apply
        ~deploy|~implement|~execute|~perform|~undertake|~enable|~unify|~augment with|~equip with|~pair with
        ~couple with|build with|builds with|building with|implemented (in|with|by)|powered by|driven by|guided by
        supported by|with the help of|with and without|with or without|compatible with|with the aid of
        in conjunction with|together with|via|through|by means of|~rely on|~resort to|~make use of|~take advantage of
        ~draw on|~optimize (with|through|by|via)|~optimise (with|through|by|via)|~initialize (from|with)
        ~initialise (from|with)|~start from|~select|~choose|~instantiate|~prompt|~query|~quantize|~compress|~prune
        ~distill|~accelerate|~tune|~convert|~elevate|applicable to|~apply to|~generalize to|~generalise to|~transfer to
        ~extend (easily|naturally|readily|seamlessly|further|) to|followed by
        (fine-tuned|finetuned|quantized|compressed|instruction-tuned) (version|versions) of
        (learned|computed|solved|estimated|done|performed|achieved|realized|realised) (by|via|with|using|through)
    """,
    Sense.STUDIES: """
        ~investigate|~study|~analyze|~analyse|~explore|~examine|~revisit|~rethink|~probe|~consider|~inspect|~dissect|~survey
        ~review|~validate|case (study|studies) (of|on)|~experiment with|experiments with|across|impact of|effect of
        effects of|~compare|~contrast|comparison (of|between)|comparisons (of|between)
        (comparative|systematic|empirical) (study|analysis|evaluation) of|gap between|gaps between|differences between
        difference between|~identify|~characterize|trade-off between|interplay between
    """,
    Sense.TRAINS: """
        ~train (on|with)|~pretrain (on|with)|~pre-train (on|with)|~fine-tune (on|with)|~finetune (on|with)|~tune on
        ~instruction-tune on|~train|~pretrain|~pre-train|~fine-tune|~finetune|~instruction-tune
        (training|pretraining|pre-training) (data|corpus|corpora|set|sets|dataset) (of|from|including|such as|)
        trained (solely|only|exclusively|entirely|jointly) on
        (continually|further) (pre-trained|pretrained|trained) on|continued training on
    """,
    Sense.SOURCE: """
        (generated|constructed|derived|sourced|collected|built|curated) (from|by|with|using|via)
        (annotated|synthesized|sampled|drawn|distilled|extracted|created) (from|by|with|using|via)
        (labeled|labelled|written|produced|obtained|compiled) (from|by|with|using|via)
        (taken|mined|translated|scraped|crawled|harvested|gathered) (from|by|with|using|via)
    """,
    Sense.EVALUATES: """
        ~evaluate (on|across|against|with|)|~test (on|across|against|with|)|~benchmark (on|)|~assess (on|)|~measure on
        ~validate on|~verify on
        (evaluation|evaluations|experiments|experiment|results|result|performance) (on|across|in|for)
        (accuracy|score|scores|gains|gain|improvements|improvement) (on|across|in)|experiments over
        (evaluation|evaluations) of|experiments conducted on|state-of-the-art on|on|demonstrated on|~achieve|~attain
        ~score|~obtain|~yield|~reach
    """,
    Sense.EXTENDS: """
        ~extend|~generalize|~generalise|~modify|~reformulate|~expand (on|upon)|~simplify|~relax|~rework
        ~reparameterize|~re-parameterize|~reinterpret|~upgrade|~subsume|~unroll|~robustify
        (extension|extensions) (of|to)|(variant|variants|variation|variations) of|(modification|modifications) (of|to)
        (version|versions) of
        (adaptation|adaptations|generalization|generalisation|reformulation|relaxation|refinement|upgrade) of
        (analogue|analog|descendant|descendants|reinterpretation|simplification|replication) of
        (special|limiting) case of|inspired (by|from)|inspiration from|motivated by|evolved from|successor (of|to)
        (idea|ideas|principles|concepts) (from|of|behind)
        in the (spirit|style|vein|manner|fashion) of|along the lines of|~improve (on|upon|over)|~overcome
        (seen|viewed|read|regarded|understood|interpreted|thought of) as|follow-up (of|to)
        (limitation|limitations|shortcomings|drawbacks|bottleneck|bottlenecks|weaknesses) of
    """,
    Sense.INHERITS: """
        ~follow|~inherit|~inherit from|~resemble|~mirror|~mimic|~emulate|~imitate|~borrow|~borrow from|~keep|~retain
        ~preserve|~share|~reuse|trained like|works like|built like|as in|just as in
    """,
    Sense.RESHAPES: """
        ~adapt|~boost|~improve|~enhance|~strengthen|~scale up|~refine|~revise|~repair
    """,
    Sense.BASED: """
        ~base on|~build (on|upon|off)|~build on top of|on top of|~build atop|atop|~ground in|~found on|~root in
        ~develop from
    """,
    Sense.COMPARES: """
        ~outperform|~surpass|~exceed|~beat|~outpace|~outscore|~outstrip|~outdo|~overtake|~rival|~match
        ~compare (to|with|against)|comparison (with|to|against)|comparisons (with|to|against)|in comparison (to|with)
        relative to|versus|vs|than|~lag behind|~fall (short of|behind)|~trail|~underperform|on (a |)par with
        at par with|approaching|close to|closer to|~distinguish from|~close the gap (with|to)|gap (with|to)|baseline
        baselines|(superior|inferior|comparable|equivalent) to|(favorably|favourably) (to|with|against)
        (competitive|comparable) with|(advantage|advantages|superiority|edge) over|~compete with|different from
        distinct from|(alternative|alternatives) to|(substitute|replacement) for
        state-of-the-art (methods|baselines|models|approaches)|(previous|prior) (best|state-of-the-art)
        (far|well|clearly|slightly|just|close|closely|not far) behind|(far|well|slightly|just|) ahead of
        (far|well|slightly|just|%|points) above|above (that|those) of
        (do|does|perform|performs|performed|work|works) as well as|(far|well|go|goes|going|went) beyond
        on (a|the|) level with|as (good|accurate|fast|strong|effective|efficient|large|small|capable|robust) as
        equals|equalled|equaled|equalling|~defeat|~win (against|over)|~compare (favorably|well) (to|with)
        ~compare (favourably|poorly) (to|with)|like (that|those) of
    """,
    Sense.AGAINST: """
        unlike (in|with|)|~differ from|in contrast (to|with)|contrary to|as opposed to|departing from
    """,
    Sense.EXCLUDES: """
        without|rather than|instead of|in place of|in lieu of|orthogonal to|(no|the) need (for|to)|free of|~replace
        ~eliminate|~drop|~avoid|~bypass|~remove|~circumvent|~sidestep|~forgo|~discard|~reject|~skip
    """,
    Sense.EXAMPLES: """
        such as|including|e.g|eg|like|namely|i.e|for example|for instance
    """,
    Sense.PRIOR: """
        (existing|prior|previous|recent) (methods|approaches|techniques|work|works|studies|research)
        (conventional|traditional|classical|earlier) (methods|approaches|techniques|work|works|studies|research)
        (existing|prior|previous|recent) (models|efforts|systems|solutions)
        (conventional|traditional|classical|earlier) (models|efforts|systems|solutions)
        (existing|prior|previous|recent) (frameworks|strategies|algorithms|practices)
        (conventional|traditional|classical|earlier) (frameworks|strategies|algorithms|practices)
        (past|many|most|other) (methods|approaches|techniques|work|works|studies|research)
        (contemporary|mainstream|popular|current) (methods|approaches|techniques|work|works|studies|research)
        (past|many|most|other|contemporary|mainstream|popular|current) (models|efforts|systems|solutions)
        (past|many|most|other) (frameworks|strategies|algorithms|practices)
        (contemporary|mainstream|popular|current) (frameworks|strategies|algorithms|practices)
    """,
    Sense.INTRODUCES: """
        ~propose|~introduce|~present|~develop|~design|~release|~create|~construct|~contribute|~unveil|~devise|~curate
        ~formulate|~open-source|~build
    """,
    Sense.GAIN: """
        improvement|improvements|gain|gains|better|higher|faster|speedup|speedups|speed-up|speed-ups|increase|increases
        reduction|reductions|superiority|win|wins|preferred|preference|savings|progress|enhancement|enhancements
        acceleration|uplift|margin
    """,
    Sense.LIKENESS: """
        comparable|competitive|similar|equivalent|superior|inferior|equal|identical|parity|par|favorable|favourable
        favorably|favourably|comparably|competitively|equivalence|prefer|prefers|preferred over
    """,
}
_LEFT: Final = {
    Sense.USES: """
        (is|are|was|were|being|be) (used|employed|adopted|utilized|leveraged|applied|integrated)
        (is|are|was|were|being|be) (incorporated|combined|deployed|chosen|selected|trained|fine-tuned|studied)
        as (a|an|the|our|its|their|) (backbone|base|judge|teacher|foundation|evaluator|student|generator)
        as (a|an|the|our|its|their|) (testbed|optimizer|encoder|decoder)
        as (a|an|the|our|its|their|) (annotator|initialization|judges|teachers|backbones)|as (a|an|the|our|its|their)
        -based|-trained|-tuned|-powered|-driven|-enhanced|-augmented|-guided|-assisted|-style|-like|-as-a-judge
        -generated|-prompted|-optimized
    """,
    Sense.COMPARES: """
        (as|as a|as the|as our|as strong) (baseline|baselines|counterpart|counterparts)|counterpart|counterparts
        (is|are|was|were) (also|) (outperformed|surpassed|equalled|matched|beaten|exceeded)
        (serve|serves|served|serving) (as|as a|as the) (comparison|comparisons|baseline|baselines)
        (is|are|was|were) compared
    """,
    Sense.EXTENDS: """
        -inspired|(is|are|as) (a|) (special|limiting|particular) (case|cases)|as (instances|an instance)
    """,
}

_IRREGULAR: Final = {
    "base": ("based", "basing"),
    "compete": ("compete", "competes", "competed", "competing"),
    "find": ("find", "finds", "found", "finding"),
    "found": ("founded",),
    "ground": ("grounded", "grounding"),
    "root": ("rooted",),
    "generalise": ("generalise", "generalises", "generalising"),
    "generalize": ("generalize", "generalizes", "generalizing"),  # "the generalized X" is a name
    "keep": ("keep", "keeps", "kept", "keeping"),
    "mimic": ("mimic", "mimics", "mimicked", "mimicking"),
    "win": ("win", "wins", "won", "winning"),
    "drop": ("drop", "drops", "dropped", "dropping"),
    "skip": ("skip", "skips", "skipped", "skipping"),
    "take": ("take", "takes", "took", "taken", "taking"),
    "build": ("build", "builds", "built", "building"),
    "beat": ("beat", "beats", "beaten", "beating"),
    "draw": ("draw", "draws", "drew", "drawn", "drawing"),
    "fall": ("fall", "falls", "fell", "falling"),
    "make": ("make", "makes", "made", "making"),
    "overcome": ("overcome", "overcomes", "overcame", "overcoming"),
    "overtake": ("overtake", "overtakes", "overtook", "overtaking"),
    "choose": ("choose", "chooses", "chose", "chosen", "choosing"),
    "outdo": ("outdo", "outdoes", "outdid", "outdoing"),
    "rethink": ("rethink", "rethinks", "rethinking"),
    "lag": ("lag", "lags", "lagged", "lagging"),
    "equip": ("equip", "equips", "equipped", "equipping"),
    "outstrip": ("outstrip", "outstrips", "outstripped", "outstripping"),
    "undertake": ("undertake", "undertakes", "undertook", "undertaking"),
    "forgo": ("forgo", "forgoes", "forgoing"),
    "transfer": ("transfer", "transfers", "transferred", "transferring"),
}


def inflect(verb: str) -> tuple[str, ...]:
    """The written forms of an English verb.

    >>> inflect("use"), inflect("apply")
    (('use', 'uses', 'used', 'using'), ('apply', 'applies', 'applied', 'applying'))
    """
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("e"):
        return (verb, verb + "s", verb + "d", verb[:-1] + "ing")
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return (verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    return (verb, verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s"), verb + "ed", verb + "ing")


_CHOICE = re.compile(r"\(([^()]*)\)")


def _forms(phrase: str) -> Iterator[tuple[str, ...]]:
    """All the word sequences a phrase of the table stands for."""
    choice = _CHOICE.search(phrase)
    if choice:
        for option in choice[1].split("|"):
            yield from _forms(phrase[: choice.start()] + option + phrase[choice.end() :])
        return
    first, *rest = phrase.split()
    for form in inflect(first[1:]) if first.startswith("~") else (first,):
        yield (form, *rest)


def _phrases(table: str) -> Iterator[str]:
    """The phrases of a cell of the table: `|` outside brackets and line breaks separate them."""
    for line in table.split("\n"):
        depth, start = 0, 0
        for at, char in enumerate(line + "|"):
            depth += (char == "(") - (char == ")")
            if char == "|" and not depth:
                if line[start:at].strip():
                    yield line[start:at].strip()
                start = at + 1


def _index() -> dict[tuple[str, ...], Cue]:
    index: dict[tuple[str, ...], Cue] = {}
    for side, table in ((Side.RIGHT, _RIGHT), (Side.LEFT, _LEFT)):
        for sense, cell in table.items():
            for phrase in _phrases(cell):
                cue = Cue(sense, side, phrase)
                for words in _forms(phrase):
                    index.setdefault(words, cue)
    return index


class _Node(dict[str, "_Node"]):
    """The words that can follow, and the cue that ends here."""

    __slots__ = ("cue",)
    cue: Cue | None


def _trie() -> _Node:
    root = _Node()
    root.cue = None
    for words, cue in _index().items():
        node = root
        for word in words:
            if word not in node:
                node[word] = _Node()
                node[word].cue = None
            node = node[word]
        node.cue = cue
    return root


_TRIE: Final = _trie()
FIRST_WORDS: Final = frozenset(_TRIE)
"""The words with which a cue can begin."""


def cue_at(words: tuple[str, ...], at: int) -> tuple[int, Cue] | None:
    """The longest cue that begins at a word, and the word after its last; None where none does.

    >>> end, cue = cue_at(("we", "build", "on", "lora"), 1)
    >>> end, cue.sense.value
    (3, 'based')
    """
    found: tuple[int, Cue] | None = None
    node = _TRIE
    for end in range(at, len(words)):
        after = node.get(words[end])
        if after is None:
            break
        node = after
        if node.cue:
            found = end + 1, node.cue
    return found
