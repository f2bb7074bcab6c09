import pytest

from kg.mentions.shapes import is_named, name_at, strength

NAMED = ["LongLoRA", "CLEX", "Llama-2", "GPT-4o", "L-Eval", "RDS+", "nuScenes", "D2-MoE", "mT5"]
UNNAMED = ["LLMs", "GPU", "few-shot", "Scissorhands", "2020", "LLM-based", "MLLM", "English", "The"]


@pytest.mark.parametrize("token", NAMED)
def test_is_named_takes_names(token):
    assert is_named(token)


@pytest.mark.parametrize("token", UNNAMED)
def test_is_named_leaves_words_and_classes(token):
    assert not is_named(token)


def test_strength_of_one_leading_capital_is_one():
    assert strength("Falcon") == 1


RUNS = [
    ("Rainbow Padding, a remedy", "Rainbow Padding"),
    ("Tree of Thoughts, a search", "Tree of Thoughts"),
    (r"\textbf{LongLoRA}, an approach", "LongLoRA"),
    ("**BitStack**, which", "BitStack"),
    ("LoRA and BERT are", "LoRA"),
    ("Code Llama 7B is", "Code Llama 7B"),
]


@pytest.mark.parametrize(("text", "name"), RUNS, ids=[name for _, name in RUNS])
def test_name_at_takes_the_whole_name(text, name):
    span = name_at(text, 0, len(text))
    assert span is not None
    assert text[span.start : span.end] == name
