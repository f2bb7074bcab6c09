"""From the name of a model to its node, known or composed."""

import pytest

from kg.ontology.models import resolve


def resolved(ontology, name):
    model = ontology.grammar.parse(name)
    assert model is not None, name
    return resolve(model, ontology)


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


def test_resolve_hangs_a_quantised_model_below_the_model(ontology):
    found = resolved(ontology, "Llama-2-7B-GPTQ")
    assert found.new[0].parent == ontology.find("Llama 2 7B")[0].iri


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
