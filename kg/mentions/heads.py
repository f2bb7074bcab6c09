"""The kind of a new thing from the noun that says what it is: `a novel benchmark for ...`, `a family of models`."""

from __future__ import annotations

import re
from typing import Final

from kg.mentions.shapes import is_named
from kg.vocabulary import Kind

__all__ = ["HEAD", "kind_of_name", "kind_of_phrase", "leading_kind"]

_NOUNS: Final[dict[Kind, str]] = {
    Kind.METHOD: "framework method methodology approach algorithm system tool toolkit toolbox library architecture "
    "technique strategy pipeline paradigm scheme mechanism module optimizer optimiser attack defense "
    "defence procedure recipe engine platform plugin plug-in agent loss objective layer adapter "
    "prompting tuning training fine-tuning finetuning sampler decoder encoder tokenizer solution "
    "protocol regularizer estimator interface package simulator router variant quantization process "
    "workflow remedy extension formulation network block operator kernel compiler infrastructure "
    "software policy planner theory law prompt generator detector classifier learner searcher "
    "retriever reranker ranker scorer cache heuristic transformation representation schema ontology "
    "estimation decoding distillation pruning learning optimization search attention alignment "
    "augmentation editing adaptation routing inference merging compression sampling parallelism "
    "environment design implementation codebase space application service assistant multi-agent stack "
    "abstraction concept perspective component head backbone unit model-merging meta-learner ensemble "
    "wrapper controller verifier",
    Kind.MODEL: "model llm mllm vlm lvlm slm lm lrm lmm vla chatbot checkpoint moe",
    Kind.BENCHMARK: "benchmark testbed test-bed leaderboard challenge test-suite testset exam examination "
    "questionnaire",
    Kind.DATASET: "dataset corpus corpora data collection treebank database repository datasets subset",
    Kind.METRIC: "metric measure score index",
    Kind.TASK: "task setting problem",
}
HEAD: Final[dict[str, Kind]] = {noun: kind for kind, nouns in _NOUNS.items() for noun in nouns.split()}
HEAD.update({noun + "s": kind for noun, kind in tuple(HEAD.items()) if not noun.endswith(("s", "a", "y"))})
HEAD.update(
    {
        "libraries": Kind.METHOD,
        "strategies": Kind.METHOD,
        "methodologies": Kind.METHOD,
        "losses": Kind.METHOD,
        "policies": Kind.METHOD,
    }
)

_TRANSPARENT: Final = frozenset(
    "series family families suite set sets class group collection range version variant pair type kind line "  # noqa: SIM905
    "collection toolkit instance".split()
)
"""Before `of` the next noun counts: a series of models, a suite of benchmarks."""

_MODEL_CLASS: Final = re.compile(r"[\w-]*(?:L[LVM]?Ms?|LMs|VLAs?|GPTs?)")
_WORD: Final = re.compile(r"[^\W_]+(?:[-‐‑'’][^\W_]+)*|[,;:.()–—]")
_BOUNDARY: Final = frozenset(
    [
        "that",
        "which",
        "who",
        "whose",
        "where",
        "when",
        "while",
        "for",
        "to",
        "of",
        "with",
        "by",
        "in",
        "on",
        "from",
        "as",
        "using",
        "via",
        "based",
        "designed",
        "consisting",
        "comprising",
        "containing",
        "featuring",
        "aimed",
        "trained",
        "built",
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "can",
        "could",
        "may",
        "tailored",
        "capable",
        "enabling",
        "named",
        "called",
        "dubbed",
        "termed",
        "leveraging",
        "through",
        "including",
        "spanning",
        "covering",
        "it",
        "we",
        "and",
        "inspired",
        "under",
        "across",
        "over",
        "between",
        "towards",
        "toward",
        "at",
        "into",
        "specifically",
        "derived",
        "developed",
    ],
)
_BENCH_NAME: Final = re.compile(
    r"(?:[Bb]ench(?:mark)?|BENCH|Evals?|EVAL|Arena|Leaderboard|QA|Gym)(?:[-_ ]?(?:v?\d[\d.]*|[A-Z][\w]*|\+))?$"
)
_DATA_NAME: Final = re.compile(
    r"(?:Instruct(?:ions)?-?\d+[KkMm]|Corpus|[Dd]ata(?:set)?|[-_ ]\d+[KkM]|(?<=[a-z])(?:Bank|Text|Mix"
    r"|Pile|Stories|Web))$"
)
_MODEL_NAME: Final = re.compile(
    r"(?:[-_ ]?\d+(?:\.\d+)?[BbMm](?:[-_ ][^\W_]+)*|LLMs?|LM|GPT|BERT|Llama|LLaMA|LLaVA|VLA|VLM)$"
)
_MATERIAL: Final = frozenset("data database repository collection index subset".split())  # noqa: SIM905
"""Nouns that are no head before another: `a database administrator`."""
_OUTCOME: Final = frozenset("accuracy evaluation evaluations experiments numbers performance results scores".split())  # noqa: SIM905
_TEST_OF: Final = frozenset(("test", "evaluation", "benchmark", "benchmarking"))


def leading_kind(text: str, start: int, end: int) -> tuple[Kind | None, int]:
    """The kind that the noun phrase at `start` speaks of and where its head noun ends; (None, start) without one.

    The last noun that names a kind before the phrase's first boundary is its head; a comma ends the phrase only once a
    head is there ("a simple, training-free method").

    >>> leading_kind("a series of open models, which", 0, 30)
    (<Kind.MODEL: 'Model'>, 23)
    """
    found: Kind | None = None
    at = start
    tokens = list(_WORD.finditer(text, start, min(end, start + 200)))[:26]
    index = 0
    while index < len(tokens):
        token = tokens[index]
        word = token[0].lower()
        after = tokens[index + 1][0].lower() if index + 1 < len(tokens) else ""
        if word in _TRANSPARENT and after == "of":
            # "a set of three metrics"; "test suite of 500 questions" stays a test suite
            if found is Kind.BENCHMARK or (index and tokens[index - 1][0].lower() in _TEST_OF):
                return Kind.BENCHMARK, token.end()
            index += 2
            continue
        if word in _BOUNDARY and not (word == "and" and found is None):
            break
        if word in ".;:()–—" or (word == "," and found is not None):
            break
        if found is not None and is_named(token[0]) and after not in HEAD:
            break  # "a novel reasoning approach LoLLM": the name behind the head
        kind = HEAD.get(word) or HEAD.get(re.split("[-‐‑]", word)[-1])
        if kind is None and _MODEL_CLASS.fullmatch(token[0]) and after != "-":
            kind = Kind.MODEL
        if after in _OUTCOME and kind is not Kind.TASK:
            kind = None  # "the benchmark results"
        if (
            (kind in (Kind.TASK, Kind.METRIC) or word in _MATERIAL)
            and after
            and after not in _BOUNDARY
            and after[0].isalpha()
        ):
            kind = None  # "a scalable task space"
        if kind is not None:
            found, at = _refined(kind, tokens, index), token.end()
        elif word in ("suite", "set", "suites", "sets") and index and tokens[index - 1][0].lower() in _TEST_OF:
            found, at = Kind.BENCHMARK, token.end()
        index += 1
    return found, at


def kind_of_phrase(phrase: str) -> Kind | None:
    """The kind a noun phrase speaks of, None where its nouns say none."""
    return leading_kind(phrase, 0, len(phrase))[0]


def kind_of_name(name: str) -> Kind | None:
    """The kind a name's own ending says: `RareBench`, `AgentInstruct-10k`, `ProLong-8B`.

    >>> [kind_of_name(name) for name in ("RareBench", "ProLong-8B", "CLEX")]
    [<Kind.BENCHMARK: 'Benchmark'>, <Kind.MODEL: 'Model'>, None]
    """
    if _MODEL_NAME.search(name):
        return Kind.MODEL
    if _BENCH_NAME.search(name):
        return Kind.BENCHMARK
    if _DATA_NAME.search(name):
        return Kind.DATASET
    last = name.rsplit(" ", 1)[-1].lower()
    return HEAD.get(last) or HEAD.get(re.split("[-‐‑]", last)[-1])


def _refined(kind: Kind, tokens: list[re.Match[str]], index: int) -> Kind:
    """The kind with the word before the head: an evaluation framework is a benchmark, a theoretical model a method."""
    before = tokens[index - 1][0].lower() if index else ""
    word = tokens[index][0].lower()
    if kind is Kind.MODEL and before in (
        "theoretical",
        "mathematical",
        "probabilistic",
        "statistical",
        "reward",
        "cost",
        "programming",
        "agent",
        "threat",
    ):
        return Kind.METHOD
    if word.startswith("collection") and before in ("", "a", "the"):
        return Kind.DATASET
    return kind
