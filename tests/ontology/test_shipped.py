"""The tables as they ship: no faults, well-known names found in all spellings, names that look alike kept apart."""

import pytest

from kg.identifiers import normal_form, slug
from kg.ontology import check
from kg.vocabulary import Kind, Predicate


def test_shipped_tables_have_no_problem():
    assert check() == []


def test_shipped_tables_are_of_the_size_they_claim(ontology):
    least = {Kind.MODEL: 2500, Kind.METHOD: 1500, Kind.TASK: 850, Kind.METRIC: 300}
    for kind, count in least.items():
        assert len(ontology.of_kind(kind)) >= count, kind
    assert len(ontology.of_kind(Kind.BENCHMARK, Kind.DATASET)) >= 3000


def test_shipped_names_stand_once_or_are_declared(ontology):
    declared = {(normal_form(sense.alias), sense.iri) for sense in ontology.senses}
    for form, held in ontology.forms.items():
        owners = {iri for _, iri in held}
        assert len(owners) == 1 or all((form, iri) in declared for iri in owners), held
        assert len(set(held)) == len(held), held


def test_shipped_ids_are_slugs(ontology):
    assert [entity.id for entity in ontology.entities.values() if slug(entity.id) != entity.id] == []


SPELLINGS = [
    ("LoRA", Kind.METHOD, ["LoRA", "lora", "Low-Rank Adaptation", "low rank adaptation"]),
    ("QLoRA", Kind.METHOD, ["QLoRA", "qlora", "Q-LoRA"]),
    ("Supervised Fine-Tuning", Kind.METHOD, ["SFT", "supervised finetuning", "Supervised Fine-Tuning"]),
    ("Chain-of-Thought Prompting", Kind.METHOD, ["CoT", "chain of thought", "chain-of-thought prompting"]),
    ("Mixture of Experts", Kind.METHOD, ["MoE", "mixture-of-experts"]),
    ("Retrieval-Augmented Generation", Kind.METHOD, ["RAG", "retrieval augmented generation"]),
    ("Direct Preference Optimization", Kind.METHOD, ["DPO", "direct preference optimization"]),
    ("LLaMA", Kind.MODEL, ["LLaMA", "Llama", "llama"]),
    ("Llama 2", Kind.MODEL, ["Llama 2", "LLaMA-2", "Llama2", "llama-2"]),
    ("Llama 2 7B", Kind.MODEL, ["Llama 2 7B", "Llama-2-7b-hf", "LLaMA2 (7B)", "meta-llama/Llama-2-7b-hf"]),
    ("Llama 2 70B Chat", Kind.MODEL, ["Llama2-70b-chat-hf", "Llama-2-Chat-70B", "llama 2 70b chat"]),
    ("GPT-4", Kind.MODEL, ["GPT-4", "gpt4", "GPT 4"]),
    ("GPT-4o", Kind.MODEL, ["GPT-4o", "gpt4o"]),
    ("GPT-3.5 Turbo", Kind.MODEL, ["GPT-3.5-turbo", "gpt3.5 turbo"]),
    ("Claude 3.5 Sonnet", Kind.MODEL, ["Claude 3.5 Sonnet", "claude-3-5-sonnet", "Claude-3.5-Sonnet"]),
    ("Gemini 1.5 Pro", Kind.MODEL, ["Gemini 1.5 Pro", "gemini-1.5-pro"]),
    ("Mixtral 8x7B", Kind.MODEL, ["Mixtral-8x7B", "mixtral 8×7b"]),
    ("PaLM 540B", Kind.MODEL, ["PaLM-540B", "540B PaLM"]),
    ("MMLU", Kind.BENCHMARK, ["MMLU", "mmlu", "Massive Multitask Language Understanding"]),
    ("GSM8K", Kind.BENCHMARK, ["GSM8K", "GSM-8K", "gsm 8k"]),
    ("HumanEval", Kind.BENCHMARK, ["HumanEval", "human-eval"]),
    ("Natural Questions", Kind.BENCHMARK, ["Natural Questions", "NaturalQuestions", "NQ"]),
    ("Kinetics-400", Kind.DATASET, ["Kinetics", "Kinetics-400", "kinetics400"]),
    ("Path-X", Kind.BENCHMARK, ["Path-X", "PathX"]),
    ("CodeSearchNet", Kind.BENCHMARK, ["CodeSearchNet", "CSN"]),
    ("Cross-Entropy Method", Kind.METHOD, ["CEM", "cross-entropy method"]),
    ("Double Q-learning", Kind.METHOD, ["Double Q-Learning", "double q-learning"]),
    ("Local Attention", Kind.METHOD, ["local attention"]),
    ("Lottery Ticket Hypothesis", Kind.METHOD, ["winning ticket", "winning tickets", "lottery ticket hypothesis"]),
    ("Fusion-in-Decoder", Kind.METHOD, ["FiD", "fusion-in-decoder"]),
    ("AlphaCode", Kind.MODEL, ["AlphaCode"]),
    ("Minitron", Kind.MODEL, ["Minitron", "minitron"]),
    ("Question Answering", Kind.TASK, ["QA", "question answering", "question-answering"]),
    ("Machine Translation", Kind.TASK, ["MT", "machine translation"]),
    ("F1 Score", Kind.METRIC, ["F1", "F1-score"]),
]


@pytest.mark.parametrize(
    ("label", "kind", "spelling"),
    [(label, kind, spelling) for label, kind, spellings in SPELLINGS for spelling in spellings],
)
def test_shipped_names_are_found_in_every_spelling(ontology, label, kind, spelling):
    assert (label, kind) in [(entity.label, entity.kind) for entity in ontology.find(spelling)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BiDAF", "BiDAF++"),
        ("MMLU", "MMLU-Pro"),
        ("HumanEval", "HumanEval+"),
        ("GPT-4", "GPT-4o"),
        ("GPT-4", "GPT-4V"),
        ("LoRA", "LoRA+"),
        ("QuIP", "QuIP#"),
        ("FlashAttention", "FlashAttention-2"),
        ("LongBench", "LongBench v2"),
        ("SQuAD", "SQuAD 2.0"),
        ("Llama 3", "Llama 3.1"),
        ("pass@k", "pass^k"),
        ("Pathfinder", "Path-X"),
        ("Path-X", "Path-256"),
        ("Double DQN", "Double Q-learning"),
        ("Cross-Entropy Method", "Cross-Entropy Loss"),
        ("LoRAM", "QLoRAM"),
        ("MiniMA", "MiniChat"),
    ],
)
def test_shipped_names_that_look_alike_stay_two(ontology, one, other):
    assert len(ontology.find(one)) == len(ontology.find(other)) == 1
    assert ontology.find(one) != ontology.find(other)


def test_shipped_checkpoints_climb_to_their_family(ontology):
    chat = ontology.find("Llama 2 7B Chat")[0]
    assert [ontology.get(iri).label for iri in ontology.ancestors(chat.iri)] == ["Llama 2 7B", "Llama 2", "LLaMA"]


def test_shipped_methods_form_a_taxonomy(ontology):
    qlora = ontology.find("QLoRA")[0]
    labels = [ontology.get(iri).label for iri in ontology.ancestors(qlora.iri)]
    assert labels[:3] == ["LoRA", "Parameter-Efficient Fine-Tuning", "Fine-Tuning"]


def test_shipped_models_hang_below_models_only(ontology):
    for model in ontology.of_kind(Kind.MODEL):
        for parent in ontology.parents(model.iri, Predicate.VARIANT_OF):
            assert ontology.get(parent).kind is Kind.MODEL


@pytest.mark.parametrize("name", ["LLM", "LLMs", "large language model", "GPU", "OpenAI", "deep learning", "NLP"])
def test_shipped_stop_list_holds_what_is_no_entity(ontology, name):
    assert ontology.is_stopped(name)
    assert ontology.find(name) == ()


@pytest.mark.parametrize(
    "alias", ["MATH", "RACE", "DROP", "SAM", "GQA", "RAFT", "DART", "ImageNet-A", "GPT-4 Score", "Natural Questions"]
)
def test_shipped_words_need_their_exact_spelling(ontology, alias):
    senses = ontology.senses_of(alias)
    assert senses
    assert all(sense.exact_case for sense in senses)
