"""The parts of a model's name."""

import pytest

from kg.names import Family, ModelName


@pytest.mark.parametrize(
    ("pattern", "version", "label"),
    [("Llama #", "2", "Llama 2"), ("GPT-#", "4o", "GPT-4o"), ("DeepSeek-V#", "3", "DeepSeek-V3"), ("", "5", "Name 5")],
)
def test_family_writes_a_version_by_its_pattern(pattern, version, label):
    assert Family("Name", pattern).versioned(version) == label


def test_family_writes_a_letter_version_without_the_v():
    assert Family("DeepSeek", "DeepSeek-V#").versioned("R1") == "DeepSeek-R1"


def test_model_name_simpler_goes_up_one_part_at_a_time():
    name = ModelName("Llama", "2", "7B", variant=("chat",), quantisation="GPTQ", organisation="someone")
    assert name.simpler() == (
        ModelName("Llama", "2", "7B", variant=("chat",)),
        ModelName("Llama", "2", "7B"),
        ModelName("Llama", "2"),
        ModelName("Llama"),
    )


def test_model_name_simpler_drops_the_stage_before_the_size_and_the_line_after():
    name = ModelName("Qwen", "2.5", "7B", variant=("coder", "instruct"))
    assert [(simpler.size, simpler.variant) for simpler in name.simpler()] == [
        ("7B", ("coder",)),
        (None, ("coder",)),
        (None, ()),
        (None, ()),
    ]


def test_model_name_key_forgets_order_and_organisation():
    one = ModelName("Qwen", "2", variant=("vl", "chat"), organisation="x")
    other = ModelName("Qwen", "2", variant=("chat", "vl"))
    assert one.key() == other.key()


def test_model_name_is_bare_when_it_says_only_the_family():
    assert ModelName("LLaMA", organisation="meta").is_bare
    assert not ModelName("LLaMA", "2").is_bare
