"""From the name of a model to its node, known or composed."""

from dataclasses import replace

import pytest

from kg.ontology.models import resolve
from kg.vocabulary import Kind


def resolved(ontology, name):
    model = ontology.grammar.parse(name)
    assert model is not None, name
    return resolve(model, ontology)


# Spellings of papers, makers' interfaces and model hubs; those in one row are one model, and no two rows are.
SPELLINGS = [
    ("LLaMA-7B", "llama 7b", "LLaMA (7B)", "7B LLaMA", "huggyllama/llama-7b", "LLaMA 1 7B"),
    (
        "LLaMA-2 (7B)",
        "Llama2-7b",
        "Llama 2 7B",
        "Llama-2-7b-hf",
        "meta-llama/Llama-2-7b-hf",
        "TheBloke/Llama-2-7B-GPTQ",
    ),
    ("Llama-2-7b-chat", "llama2 chat 7b", "Llama-2-7b-chat-hf", "TheBloke/Llama-2-7B-Chat-AWQ", "Llama 2 Chat (7B)"),
    ("Llama2-70b-chat-hf", "Llama-2-70B-chat", "Llama 2 70B Chat"),
    ("llama 3.1 405B", "Llama-3.1-405B", "LLaMA3.1-405B", "Llama 3.1 (405B)"),
    (
        "meta-llama/Llama-3.1-8B-Instruct",
        "Llama 3.1 8B Instruct",
        "llama-3.1-8b-instruct",
        "Llama-3.1-8B-Instruct-GGUF",
    ),
    ("Llama-3.2-11B-Vision-Instruct", "Llama 3.2 Vision 11B Instruct", "meta-llama/Llama-3.2-11B-Vision-Instruct"),
    ("Qwen2.5-Coder-32B-Instruct", "Qwen2.5 Coder 32B Instruct", "Qwen/Qwen2.5-Coder-32B-Instruct-AWQ"),
    ("Qwen2.5-7B-Instruct", "Qwen 2.5 7B Instruct", "qwen2.5-7b-instruct", "Qwen/Qwen2.5-7B-Instruct-GPTQ-Int4"),
    ("Qwen2.5-Math-7B", "Qwen2.5 Math (7B)", "Qwen-2.5-Math-7B"),
    ("Qwen2.5-VL-72B", "Qwen2.5 VL 72B", "qwen2.5-vl-72b"),
    ("Qwen3-235B-A22B", "Qwen3 235B-A22B", "qwen/qwen3-235b-a22b", "Qwen3-235B-A22B-FP8"),
    ("Qwen3-235B-A22B-Instruct-2507", "Qwen/Qwen3-235B-A22B-Instruct-2507-FP8", "Qwen3 235B A22B Instruct 2507"),
    ("Qwen3-30B-A3B-Base", "Qwen3 30B A3B Base"),
    ("Mixtral-8x7B", "Mixtral 8×7B", "mixtral 8x7b", "8x7B Mixtral"),
    ("Mistral-7B-Instruct-v0.2", "Mistral 7B Instruct v0.2", "mistralai/Mistral-7B-Instruct-v0.2"),
    ("GPT-2 (small)", "GPT-2-small", "GPT2 small"),
    ("GPT-3 (175B)", "GPT-3 175B", "GPT3-175B", "175B GPT-3"),
    ("GPT-3.5-turbo", "gpt-3.5-turbo", "GPT 3.5 Turbo", "GPT-3.5 (turbo)", "GPT3.5-Turbo"),
    ("GPT-3.5-turbo-0613", "gpt-3.5-turbo-0613", "GPT-3.5 Turbo 0613", "GPT-3.5-Turbo (0613)"),
    ("GPT-4-32K", "GPT4-32k", "gpt-4-32k"),
    ("GPT-4o", "gpt-4o", "GPT4o", "openai/gpt-4o"),
    ("gpt-4o-2024-05-13", "GPT-4o 2024-05-13", "GPT-4o-20240513", "GPT-4o (2024-05-13)"),
    ("GPT-4o mini", "gpt-4o-mini", "GPT-4o-Mini"),
    ("Claude 3.5 Sonnet", "claude-3-5-sonnet", "Claude-3.5-Sonnet", "claude-3.5-sonnet-latest"),
    ("claude-3-5-sonnet-20241022", "Claude 3.5 Sonnet 2024-10-22", "Claude-3.5-Sonnet-20241022"),
    ("Gemini 1.5 Pro", "gemini-1.5-pro", "Gemini-1.5-Pro", "Gemini Pro 1.5", "Gemini1.5 Pro"),
    ("gemini-2.5-flash-lite", "Gemini 2.5 Flash Lite", "Gemini-2.5-Flash-Lite"),
    ("DeepSeek-R1", "deepseek-ai/DeepSeek-R1", "DeepSeek R1", "deepseek-r1"),
    ("DeepSeek-V3-0324", "deepseek-v3-0324", "DeepSeek V3 (0324)"),
    ("DeepSeek-R1-Distill-Qwen-7B", "DeepSeek R1 Distill Qwen 7B", "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B"),
    ("DeepSeek-R1-Distill-Llama-8B", "DeepSeek-R1 Distill Llama 8B"),
    ("deepseek-coder-6.7b-instruct", "DeepSeek-Coder-6.7B-Instruct", "DeepSeek Coder 6.7B Instruct"),
    ("gemma-2-9b-it", "google/gemma-2-9b-it", "Gemma 2 9B IT", "Gemma-2-9B-it"),
    ("InternVL2.5-8B", "InternVL2_5-8B", "OpenGVLab/InternVL2_5-8B"),
    ("BLOOM-7.1B", "bloom-7b1", "bigscience/bloom-7b1"),
    ("Vicuna-13B", "vicuna 13b", "Vicuna (13B)"),
    ("Yi-34B-200K", "01-ai/Yi-34B-200K", "Yi 34B 200K"),
    ("RoBERTa-large", "roberta-large", "RoBERTa large", "FacebookAI/roberta-large", "RoBERTa (large)"),
    ("T5-XXL", "t5 xxl", "T5 (XXL)"),
    ("ViT-B/16", "vit-base-patch16-224", "google/vit-base-patch16-224"),
    ("Phi-3-mini-128k-instruct", "microsoft/Phi-3-mini-128k-instruct", "Phi-3 Mini 128K Instruct"),
    ("Qwen9-400B", "qwen 9 400b", "Qwen-9 (400B)", "someone/Qwen9-400B-AWQ"),
    ("Llama-9-Scout-70B-64E-Instruct", "Llama 9 Scout 70B 64E Instruct"),
    ("DeepSeek-R1-Distill-Qwen2.5-9B", "DeepSeek R1 Distill Qwen 2.5 9B", "deepseek-r1-distill-qwen2.5-9b"),
    ("Mistral-9B-Instruct-1M", "Mistral 9B Instruct 1M"),
]


def meant(ontology, spelling):
    """The IRI of a spelling: of a row that has it as a name, else of what the grammar reads."""
    found = ontology.find(spelling)
    return found[0].iri if found else resolved(ontology, spelling).iri


@pytest.mark.parametrize("spellings", SPELLINGS, ids=[row[0] for row in SPELLINGS])
def test_resolve_gives_one_node_for_all_spellings(ontology, spellings):
    assert {spelling: meant(ontology, spelling) for spelling in spellings} == dict.fromkeys(
        spellings, meant(ontology, spellings[0])
    )


def test_resolve_gives_different_models_different_nodes(ontology):
    nodes = [meant(ontology, spellings[0]) for spellings in SPELLINGS]
    assert len(set(nodes)) == len(nodes)


@pytest.mark.parametrize(
    "spelling", ["Llama-2-7b-chat", "Llama 2 7B Chat", "llama2 chat 7b", "meta-llama/Llama-2-7b-chat-hf"]
)
def test_resolve_gives_the_row_whatever_the_order_of_parts(ontology, spelling):
    found = resolved(ontology, spelling)
    assert found.entity is not None
    assert (found.label, found.new) == ("Llama 2 7B Chat", ())


def test_resolve_composes_a_checkpoint_below_a_known_version(ontology):
    found = resolved(ontology, "Llama-2-9B")
    assert found.entity is None
    assert [(node.label, node.iri.rsplit("/", 1)[1], node.parent.rsplit("/", 1)[1]) for node in found.new] == [
        ("Llama 2 9B", "llama-2-9b", "llama-2")
    ]


def test_resolve_composes_the_version_between_checkpoint_and_family(ontology):
    found = resolved(ontology, "Qwen-9-400B")
    assert [(node.label, node.parent.rsplit("/", 1)[1]) for node in found.new] == [
        ("Qwen9 400B", "qwen9"),
        ("Qwen9", "qwen"),
    ]


@pytest.mark.parametrize("spelling", ["Qwen9-400B", "qwen 9 400b", "Qwen-9 (400B)"])
def test_resolve_gives_one_node_for_all_spellings_of_a_new_model(ontology, spelling):
    assert resolved(ontology, spelling).iri == "https://w3id.org/mlkg/model/qwen9-400b"


@pytest.mark.parametrize(("spelling", "row"), [("OPT-1.3B", "opt-1-3b"), ("OPT (13B)", "opt-13b")])
def test_resolve_tells_sizes_apart_that_differ_in_a_point_alone(ontology, spelling, row):
    assert resolved(ontology, spelling).iri == f"https://w3id.org/mlkg/model/{row}"


def test_resolve_takes_a_quantised_model_for_the_model(ontology):
    assert resolved(ontology, "Llama-2-7B-GPTQ").iri == ontology.find("Llama 2 7B")[0].iri


@pytest.mark.parametrize(
    ("name", "nodes", "row"),
    [
        ("Llama-2-9B-Chat", ["Llama 2 9B Chat"], "Llama 2"),
        ("GPT-4-1M", ["GPT-4 1M"], "GPT-4"),
        ("GPT-4o-2031-01-02", ["GPT-4o 2031-01-02"], "GPT-4o"),
        ("Llama-2-7B-64k", ["Llama 2 7B 64K"], "Llama 2 7B"),
        ("Llama-2-7B-chat-DPO", ["Llama 2 7B Chat DPO"], "Llama 2 7B Chat"),
        ("Qwen9-Coder-32B-Instruct", ["Qwen9 Coder 32B Instruct", "Qwen9"], "Qwen"),
        ("DeepSeek-R1-Distill-Qwen-9B", ["DeepSeek-R1 Distill Qwen 9B"], "DeepSeek-R1"),
    ],
)
def test_resolve_hangs_a_new_model_below_the_nearest_one(ontology, name, nodes, row):
    found = resolved(ontology, name)
    assert [node.label for node in found.new] == nodes
    assert found.new[-1].parent == ontology.find(row)[0].iri


def test_resolve_never_makes_a_node_of_a_row(ontology):
    for entity in ontology.of_kind(Kind.MODEL):
        name = ontology.grammar.parse(entity.label)
        if name is not None:
            found = resolve(name, ontology)
            assert not {node.iri for node in found.new} & ontology.entities.keys(), entity.label


def test_resolve_names_are_in_normal_form(ontology):
    grammar = ontology.grammar
    unstable = [
        name
        for entity in ontology.of_kind(Kind.MODEL)
        for name in entity.names
        if (model := grammar.parse(name)) is not None
        and grammar.parse(grammar.format(model)) != replace(model, organisation=None)
    ]
    assert unstable == []


@pytest.mark.parametrize("bare", ["LLaMA", "Llama"])
def test_resolve_takes_a_bare_family_for_its_row(ontology, bare):
    assert resolved(ontology, bare).label == "LLaMA"


def test_resolve_reads_all_models_of_a_family_with_one_row(tmp_path):
    from kg.ontology import load_ontology
    from kg.ontology.tables import TABLES, write_table

    rows = {
        "organisations": [["some-lab", "Some Lab", "", "general knowledge"]],
        "models": [
            [
                "zephyrus",
                "Zephyrus",
                "family",
                "",
                "",
                "",
                "",
                "Some Lab",
                "2026",
                "2601.01234",
                "text",
                "general knowledge",
            ]
        ],
    }
    for name, table in TABLES.items():
        write_table(tmp_path, table, rows.get(name, []))
    ontology = load_ontology(tmp_path)
    assert resolved(ontology, "Zephyrus-2 (7B)").label == "Zephyrus 2 7B"
    chat = resolved(ontology, "someone/Zephyrus-2-7B-Chat")
    assert [node.label for node in chat.new] == ["Zephyrus 2 7B Chat", "Zephyrus 2"]
    assert chat.iri == resolved(ontology, "zephyrus2-7b-chat").iri
    assert chat.new[-1].parent == ontology.find("Zephyrus")[0].iri


def test_ontology_finds_the_row_of_a_quantised_or_hosted_model(ontology):
    row = ontology.find("Llama 3.1 8B Instruct")
    assert ontology.find("someone/Llama-3.1-8B-Instruct.Q4_K_M.gguf") == row
    assert ontology.find("Llama-3.1-8B-Instruct-bnb-4bit") == row
