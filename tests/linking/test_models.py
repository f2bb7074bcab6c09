"""Names of models in running text, composed or listed."""

import pytest

from kg.linking import Linker
from kg.vocabulary import Kind, Status


@pytest.fixture(scope="module")
def linker(ontology):
    return Linker(ontology)


def models(linker, text):
    return [(link.text, link.label) for link in linker.link(f"A title\n{text}").links if link.kind is Kind.MODEL]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("We tune Llama-2 7B and 13B.", [("Llama-2 7B", "Llama 2 7B"), ("13B", "Llama 2 13B")]),
        ("We tune Gemma-2B/7B.", [("Gemma-2B", "Gemma 2B"), ("7B", "Gemma 7B")]),
        ("We tune Llama-2/3 here.", [("Llama-2", "Llama 2"), ("3", "Llama 3")]),
        ("We query GPT-3.5/4 twice.", [("GPT-3.5", "GPT-3.5"), ("4", "GPT-4")]),
        ("We tune Qwen2.5-{7B,14B}.", [("Qwen2.5", "Qwen2.5"), ("7B", "Qwen2.5 7B"), ("14B", "Qwen2.5 14B")]),
        ("We tune Llama-2-7B/13B-Chat.", [("Llama-2-7B", "Llama 2 7B Chat"), ("13B-Chat", "Llama 2 13B Chat")]),
        ("We tune RoBERTa-base/large.", [("RoBERTa-base", "RoBERTa-base"), ("large", "RoBERTa-large")]),
        ("We query Claude 3 Opus/Sonnet.", [("Claude 3 Opus", "Claude 3 Opus"), ("Sonnet", "Claude 3 Sonnet")]),
        ("We run Llama-2-7B-GPTQ.", [("Llama-2-7B-GPTQ", "Llama 2 7B")]),
        ("LLaMA (7B to 65B) is open.", [("LLaMA", "LLaMA")]),
    ],
)
def test_linker_finds_all_models_of_a_coordinated_spelling(linker, text, named):
    assert models(linker, text) == named


@pytest.mark.parametrize(
    "text",
    [
        "As Section 4 and Appendix B show, it holds.",
        "In Phase 2 we train longer than in Phase 1.",
        "Table 3B and Figure 2B list the results.",
        "Equation 5, Theorem 3 and Algorithm 1 give the bound.",
        "Stage 2 of training has Level 3 tasks.",
        "Type 1 errors are rarer than type 2 errors.",
        "We report top-5 accuracy and top-1 error.",
        "One A100 80GB card and four H100s were used.",
        "CUDA 12, Python 3.11, PyTorch 2.1 and Ubuntu 22.04 were installed.",
        "Track 2 has 13B tokens, and Round 2 has 2T tokens.",
        "The network has 7B parameters, a 32K context and 4-bit weights.",
        "Layer 12, Group 3 and Case 2 are left out.",
        "The rocket flew 9 times, the gemini 2 mission once.",
        "It runs on 8 GPUs for 3 days at 1e-4.",
        "We use the Llama factory scripts of 7B size.",
    ],
)
def test_linker_reads_no_model_where_none_is(linker, text):
    assert [label for _, label in models(linker, text) if any(char.isdigit() for char in label)] == []


@pytest.mark.parametrize(
    ("text", "named"),
    [("GPT-style decoders", "GPT"), ("T5 transfer works", "T5"), ("BERT-based encoders", "BERT")],
)
def test_linker_takes_no_word_of_the_sentence_into_a_model(linker, text, named):
    assert models(linker, text) == [(named, named)]


def test_linker_makes_the_chain_of_a_new_checkpoint(linker):
    links = linker.link("A title\nWe tune Qwen9-Coder-32B-Instruct.")
    assert [(node.label, node.status, node.parents[0][1].rsplit("/", 1)[1]) for node in links.nodes] == [
        ("Qwen9", Status.COMPOSED, "qwen"),
        ("Qwen9 Coder 32B Instruct", Status.COMPOSED, "qwen9"),
    ]
