import pytest

from kg.resolve.names import expansions


@pytest.mark.parametrize(
    ("label", "aliases", "found"),
    [
        ("LoRA", ("Low-Rank Adaptation",), [{"low", "rank", "adaptation"}]),
        ("LoRA", ("LoRAs", "LORA"), []),
        ("LoRA", ("the LoRA method",), []),
        ("MoE", ("Mixture of Experts", "Mixture-of-Experts"), [{"mixture", "experts"}]),
        ("Chain of Thought", ("CoT",), []),
    ],
    ids=["expansion", "spellings", "holds-the-name", "twice", "shorter"],
)
def test_expansions_are_the_names_that_spell_it_out(label, aliases, found):
    assert [set(words) for words in expansions(label, aliases)] == found
