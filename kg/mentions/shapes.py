"""What a name looks like: capitals inside a word, letters with digits, words with capitals in a row."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kg.names.sizes import SIZE, is_amount
from kg.text import Span

__all__ = ["GENERIC", "TOKEN", "is_named", "name_at", "strength"]

_WRAP: Final = re.compile(
    r"(?:\\(?:text(?:bf|sc|it|tt|sf|rm)|emph|mathbf|textmd|underline|em|bf|sc|it|tt)\b\s*\{?|[{*_$`\"'“‘”’\\])*"
)
"""LaTeX and Markdown before a name: it is no part of it."""

TOKEN: Final = re.compile(r"[^\W_](?:[\w+/.^*@&~-]|\$\s?\\?\^?_?\{?[^\W_]{1,3}\+?\}?\s?\$|['’](?!s\b)\w|[‐‑–](?=\w))*")
"""One word that may be a name or a part of one, its signs and superscripts included."""
_MODEL_CLASS: Final = re.compile(r"[A-Zd]{1,4}L[LV]?Ms?|m?PLM|[A-Za-z]{1,12}(?:L[LV]?M|GNN|CNN|RNN|GAN|MDP)s")
"""LCLM, MLLM, SLM, dLLM: classes of language models have no end, and are none of our entities."""
_CONNECTOR: Final = re.compile(r"(?:of|for|the|and|in|with|to|on|via|by|from|as|a|an|is|at|&|vs)\b")
_VERSION: Final = re.compile(rf"v?\d+(?:\.\d+)*[a-z]?$|{SIZE}$|\d+K$")

_ADJECTIVAL: Final = re.compile(
    r"[-‐‑](?:based|driven|aware|guided|enhanced|augmented|free|style|like|powered|accelerated"
    r"|oriented|specific|level|tuned|assisted|centric|agnostic|"
    r"efficient|friendly|compatible|optimi[sz]ed|generated|trained|only|scale|inspired|enabled"
    r"|induced|related|wise|conditioned|supervised|equivariant|"
    r"invariant|bit|shot|hop|modal|to|informed|native|grounded|focused|intensive|hard|complete"
    r"|dependent|independent|regularized|constrained|type|class|compliant|shaped?|weighted|sparse|"
    r"world|quality|fidelity|resolution|performance|end|time|source|domain|task|turn|step|stage|round"
    r"|head|layer|token|dimensional|order|rank|norm|pretrained|"
    r"distilled|compressed|quantized|pruned|finetuned|fine|tuning|training|learning|prompted"
    r"|prompting|annotated|labeled|curated|style|mediated|initialized)s?\b.*$"
)
_ADJECTIVAL_IN_HEADING: Final = re.compile(
    r"[-‐‑](?:Based|Driven|Aware|Guided|Enhanced|Augmented|Powered|Assisted|Oriented|Agnostic|Centric"
    r"|Generated|Specific|Level|Style)$"
)
"""What makes an adjective of a name: `LLM-based`, `GPT-style`."""

_TWO_CAPITALS: Final = re.compile(r"(?:\s[A-Z][a-z]+){2}\b")

GENERIC: Final = frozenset(
    "ai ml dl nlp cv rl llm llms lm lms plm plms slm slms vlm vlms mllm mllms lvlm lvlms vllm-based llvm llvms lrm "  # noqa: SIM905
    "lrms gpu gpus cpu cpus tpu tpus api apis sota agi ood iid id 2d 3d 4d 1d rgb rgb-d http https url urls github "
    "huggingface html json xml csv pdf sql python java c c++ rust usa us uk eu covid covid-19 dna rna mri ct eeg ecg "
    "ehr ehrs fmri iot it hpc fpga fpgas asic asics kg kgs ir ie qa nli nlu nlg mt asr tts ocr hci sdk ui gui os pc "
    "pos ner ram vram dram hbm sram ssd i ii iii iv v vi x we our this it in the a an they here phd mit openai google "
    "deepmind microsoft meta nvidia amazon apple facebook ibm anthropic alibaba tencent baidu huawei bytedance intel "
    "amd qualcomm english chinese french german spanish arabic hindi japanese korean russian european african "
    "american western asian indian acl emnlp neurips icml iclr cvpr iccv eccv aaai ijcai naacl eacl coling kdd sigir "
    "www interspeech icassp wmt semeval clef trec wikipedia reddit twitter facebook youtube stackoverflow arxiv "
    "pubmed wikidata figure table section appendix theorem lemma part task1 q a1".split()
)
"""Words in capitals, and names, that are no entities of ours: fields, hardware, companies, venues, languages."""


@lru_cache(maxsize=1 << 14)
def strength(token: str) -> int:
    """How much one word looks like a name, from 0 to 2.

    2 for inner capitals, capitals only, or letters with digits; 1 for one leading capital; 0 for all else.

    >>> [strength(word) for word in ("LongLoRA", "CLEX", "Llama-2", "D2", "Scissorhands", "few-shot", "2020", "70B+")]
    [2, 2, 2, 2, 1, 0, 0, 0]
    """
    if len(token) > 80 or is_amount(token):
        return 0
    letters = [char for char in token if char.isalpha()]
    if not letters or ("-" in token and (_ADJECTIVAL.search(token) or _ADJECTIVAL_IN_HEADING.search(token))):
        return 0
    capitals = sum(char.isupper() for char in letters)
    if not capitals or token.startswith("non-"):
        return 0
    digits = any(char.isdigit() for char in token)
    if digits:
        return 2
    parts = [part for part in re.split(r"[-‐‑–/.&]", token) if part]
    inner = any(any(char.isupper() for char in part[1:]) for part in parts)
    if inner or (capitals == len(letters) and len(letters) >= 2):
        return 2
    if len(parts) > 1 and parts[1][0].isupper() and any(len(part) == 1 and part.isupper() for part in parts):
        return 2  # L-Eval, X-Former; "K-means" is a word
    return 1 if token[0].isupper() or any(part[0].isupper() for part in parts) else 0


def is_named(token: str) -> bool:
    """Whether one word alone is surely written as a name and is none of the generic words."""
    low = token.lower()
    return (
        strength(token) == 2
        and low not in GENERIC
        and low.rstrip("s") not in GENERIC
        and not _MODEL_CLASS.fullmatch(token)
    )


def unwrapped(text: str, start: int, end: int) -> int:
    """Where the name begins behind LaTeX and Markdown."""
    match = _WRAP.match(text, start, end)
    return match.end() if match else start


def name_at(text: str, start: int, end: int) -> Span | None:
    r"""The longest run of words that is written as one name from `start`, or None.

    >>> text = "Rainbow Padding, a simple remedy"
    >>> span = name_at(text, 0, len(text)); text[span.start:span.end]
    'Rainbow Padding'
    """
    start = unwrapped(text, start, end)
    first = TOKEN.match(text, start, end)
    if first is None or not (_starts_name(first[0]) or _heads_name(text, first, end)):
        return None
    stop = _trimmed(text, start, first.end())
    cut = stop < first.end()
    count = 1
    while not cut and count < 9:
        if text[stop : stop + 1] != " ":
            break
        token = TOKEN.match(text, stop + 1, end)
        words = 0
        while token is not None and words < 2 and (_CONNECTOR.fullmatch(token[0]) or _is_heading(token[0])):
            words += 1
            if text[token.end() : token.end() + 1] != " ":
                token = None
                break
            token = TOKEN.match(text, token.end() + 1, end)
        if token is None or not (_starts_name(token[0]) or (words == 0 and _VERSION.fullmatch(token[0].rstrip(".")))):
            break
        if words and not _joins(text[start:stop], token[0], text[stop : token.start()]):
            break
        new_stop = _trimmed(text, stop + 1, token.end())
        cut = new_stop < token.end()
        stop = new_stop
        count += 1
    return Span(start, stop) if stop - start >= 2 else None


def _is_heading(token: str) -> bool:
    """Whether a word is an adjective with capitals, as in the middle of a name: `Dynamic LLM-Powered Agent Network`."""
    return token[0].isupper() and _ADJECTIVAL_IN_HEADING.search(token) is not None


def _heads_name(text: str, first: re.Match[str], end: int) -> bool:
    """Whether an adjective with capitals begins a name of three words: `Structure-Aware Inpainting Learning`."""
    if not _is_heading(first[0]):
        return False
    rest = _TWO_CAPITALS.match(text, first.end(), end)
    return rest is not None


def _joins(left: str, right: str, between: str) -> bool:
    """Whether a small word between two parts keeps them one name: `Tree of Thoughts`, not `LoRA and BERT`."""
    if _is_heading(between.strip()):
        return strength(right) > 0
    return strength(left.rsplit(" ", maxsplit=1)[-1]) < 2 and (
        strength(right) == 1 or (strength(right) == 2 and right.lower().rstrip("s") in GENERIC)
    )


def _starts_name(token: str) -> bool:
    return strength(token) > 0


def _trimmed(text: str, start: int, stop: int) -> int:
    while stop > start and text[stop - 1] in ".-/^*~@&–‐‑'’":
        stop -= 1
    return stop
