"""The closed vocabulary of the grammar: words that names of models are made of, besides families and numbers.

From model cards and papers of 2018 to 2026. A word that is missing here ends a name, so that `GPT-4-based` stays
GPT-4.
"""

from __future__ import annotations

from typing import Final

__all__ = ["COUNTED", "DISPLAY", "FREE", "LINES", "SIZES", "STAGES"]

STAGES: Final = frozenset(
    (  # noqa: SIM905
        "aligned alpha base beta cased chat cot cpo deduped dpo exp experimental grpo instruct instruction ipo it "
        "kto mpo orpo ppo pretrain pretrained preview pt reasoner reasoning reward rl rlhf rlvr rm sft simpo "
        "speciale think thinking uncased uncensored zero"
    ).split()
)
"""Stages of training and release; written after the size."""

LINES: Final = frozenset(
    (  # noqa: SIM905
        "air audio behemoth chinese code codec coder codex core deep distill distillation distilled edge embed "
        "embedding embeddings express fast flash fusion guard haiku heavy high highspeed image instant "
        "japanese jp light lite live long low math maverick max med medical micro mini mobile moe multilingual nano "
        "nemo next omni onevision opus oss plus premier prime pro prover python realtime rerank reranker safety scout "
        "search sonnet speech super swallow translate tts turbo ultra v video vision visual vl voice world"
    ).split()
)
"""Lines of a family; written before the size."""

SIZES: Final = {
    "tiny": "tiny",
    "small": "small",
    "base": "base",
    "medium": "medium",
    "large": "large",
    "huge": "huge",
    "giant": "giant",
    "gigantic": "gigantic",
    "xsmall": "xsmall",
    "xlarge": "xlarge",
    "xs": "XS",
    "xl": "XL",
    "xxl": "XXL",
}
"""Sizes that are words, with their normal spelling. `base` is one only where no other size stands."""

FREE: Final = frozenset(
    (  # noqa: SIM905
        "chat coder flash haiku instruct lite mini nano onevision opus preview pro sonnet thinking turbo ultra vl"
    ).split()
)
"""Words that belong to the name also after a mere space when capitalised: `Gemini 1.5 Pro`, `Llama 2 Chat`.

The others do so only where the ontology knows the result: `GPT-4 Vision`, but not `GPT-4 Image Captions`.
"""

DISPLAY: Final = {
    "cot": "CoT",
    "cpo": "CPO",
    "dpo": "DPO",
    "grpo": "GRPO",
    "ipo": "IPO",
    "it": "IT",
    "jp": "JP",
    "kto": "KTO",
    "moe": "MoE",
    "mpo": "MPO",
    "onevision": "OneVision",
    "orpo": "ORPO",
    "oss": "OSS",
    "ppo": "PPO",
    "pt": "PT",
    "rl": "RL",
    "rlhf": "RLHF",
    "rlvr": "RLVR",
    "rm": "RM",
    "sft": "SFT",
    "simpo": "SimPO",
    "tts": "TTS",
    "vl": "VL",
    "v": "V",
}
"""How variants are written in labels where not with one capital."""

COUNTED: Final = frozenset(
    (  # noqa: SIM905
        "accuracy additional agents attention billion bits blocks classes datasets days different epochs "
        "examples experts fewer gpus heads hours iterations languages layers million models months more other "
        "out pairs parameters percent percentage points rounds runs samples seconds seeds shots stages steps "
        "tasks times tokens trillion variants weeks years"
    ).split()
)
"""After these a number counts something: `improves Claude 3 times` is not about Claude 3."""
