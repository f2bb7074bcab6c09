import pytest

from kg.relations.names import contains_name


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
