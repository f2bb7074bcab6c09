import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.mentions.abbreviations import definitions


def _pairs(text):
    return [(text[d.short.start : d.short.end], text[d.long.start : d.long.end]) for d in definitions(text)]


CASES = [
    ("We use low-rank adaptation (LoRA) here.", [("LoRA", "low-rank adaptation")]),
    ("We study mixture of experts (MoE) layers.", [("MoE", "mixture of experts")]),
    ("All graph neural networks (GNNs) were trained.", [("GNNs", "graph neural networks")]),
    ("We build EREX (Edit Rules by Reading Examples) today.", [("EREX", "Edit Rules by Reading Examples")]),
    ("It needs information, so in-context learning (ICL) helps.", [("ICL", "in-context learning")]),
    ("They can reason with chains of thought (CoT) now.", [("CoT", "chains of thought")]),
    ("SPAN: Sparse Pretraining with Adaptive Noise\nText.", [("SPAN", "Sparse Pretraining with Adaptive Noise")]),
    ("We propose RIWEB, REcycling the WEB,\nand more.", []),
    ("SFT, short for supervised fine-tuning, is used.", [("SFT", "supervised fine-tuning")]),
    ("A Content Carrying Clear Loop (C3L) is used.", [("C3L", "Content Carrying Clear Loop")]),
    ("The Loop Runner ($\\textbf{LR}$) is used.", [("LR", "Loop Runner")]),
    ("It runs on models – LAMA-3, LAMA-3.1, and Gamma.", []),
    ("A Chain of Questions-based (CoQ) prompt.", [("CoQ", "Chain of Questions")]),
    ("It is Quick Re-weighting BERT (QR-BERT).", [("QR-BERT", "Quick Re-weighting BERT")]),
    ("We call it direct optimisation (abbreviated as DO).", [("DO", "direct optimisation")]),
]


@pytest.mark.parametrize(("text", "pairs"), CASES, ids=[text[:24] for text, _ in CASES])
def test_definitions_finds_the_pair(text, pairs):
    assert _pairs(text) == pairs


FAULTS = [
    ("scispacy 441: not from inside a word", "The receptor (RMR) was blocked."),
    ("scispacy 188: not across a sentence", "We saw a large model. Language is hard (LLM)."),
    ("scispacy 158: no citation", "This was shown before (Smith et al., 2020) often."),
    ("scispacy 161: no list item", "We add items (i) and items (ii) to it."),
    ("scispacy 161: no formula", "The function f(x) grows with n(k)."),
    ("a size is no short form", "We trained a big model (7B) and compared."),
    ("an ordinary word is no short form", "This is shown below (Figure) again."),
]


@pytest.mark.parametrize("text", [text for _, text in FAULTS], ids=[name for name, _ in FAULTS])
def test_definitions_finds_nothing(text):
    assert _pairs(text) == []


def test_definitions_takes_the_whole_long_form():
    # scispaCy 410 and the algorithm of 2003 take the shorter one
    assert _pairs("We use generative pre-trained transformers (GPT) a lot.") == [
        ("GPT", "generative pre-trained transformers")
    ]


def test_definitions_reads_short_before_long():
    # scispaCy 192
    assert _pairs("The PAM (Partial Answer Masking) loss helps.") == [("PAM", "Partial Answer Masking")]


def test_definitions_counts_inner_capitals():
    text = "We propose LOw-rank and Sparse pre-Training (LOST) for it."
    assert _pairs(text) == [("LOST", "LOw-rank and Sparse pre-Training")]


@given(st.text(alphabet="aAbB ()[]-,.:\n\u202e\U0001f600\\", max_size=300))
def test_definitions_cut_the_text(text):
    for definition in definitions(text):
        assert 0 <= definition.long.start < definition.long.end <= len(text)
        assert 0 <= definition.short.start < definition.short.end <= len(text)
