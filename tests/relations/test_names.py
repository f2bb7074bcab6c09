import pytest

from kg.relations.names import contains_name, descends_by_name


@pytest.mark.parametrize(
    ("name", "other", "holds"),
    [
        ("QLoRA", "LoRA", True),
        ("LoRAM", "LoRA", True),
        ("LoRA-XS", "LoRA", True),
        ("MMLU-Pro", "MMLU", True),
        ("Graph RAG", "RAG", True),
        ("Sparse Prompt Tuning", "prompt tuning", True),
        ("DRAGON", "RAG", False),
        ("GELU", "ELU", False),
        ("Gated-ELU", "ELU", True),
        ("LoRA", "LoRA", False),
        ("LoRA", "QLoRA", False),
        ("Half Fine-Tuning", "fine-tuning", False),
        ("GPT4Tools", "GPT", True),
    ],
)
def test_names_hold_other_names_at_their_seams(name, other, holds):
    assert contains_name(name, other) is holds


@pytest.mark.parametrize(
    ("name", "other", "descends"),
    [
        ("LoRA-XS", "LoRA", True),
        ("LoRA 7B Chat", "LoRA", False),
        ("GPT-2-large", "GPT-2", False),
        ("LoRA" + "-" * 60 + "q", "LoRA", True),  # a pattern that backtracks would not come to an end here
    ],
)
def test_names_descend_by_more_than_a_size(name, other, descends):
    assert descends_by_name(name, other) is descends
