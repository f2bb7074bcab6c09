"""From the name of a benchmark to its node, known or composed."""

import pytest

from kg.ontology.benchmarks import DATA, resolve_benchmark


def resolved(ontology, name):
    benchmark = ontology.benchmark_grammar.parse(name)
    assert benchmark is not None, name
    return resolve_benchmark(benchmark, ontology)


# Those in one row are one benchmark, and no two rows are.
SPELLINGS = [
    ("MMLU", "mmlu", "MMLU test"),
    ("MMLU-Pro", "MMLU Pro", "mmlu-pro"),
    ("GSM8K", "gsm-8k", "GSM8K dev"),
    ("HumanEval+", "HumanEval Plus", "humaneval+"),
    ("LongBench v2", "LongBench-v2", "LongBench V2", "LongBench 2.0", "LongBenchv2"),
    ("FLORES-200", "flores 200", "FLORES200"),
    ("ImageNet-21k", "ImageNet 21K", "ImageNet21k"),
    ("MATH-500", "MATH500", "MATH 500"),
    ("AIME 2024", "AIME'24", "AIME24", "AIME-2024", "AIME 24", "AIME’24"),
    ("AIME 2025", "AIME'25", "AIME25", "AIME-25", "aime 2025"),
    ("AIME 2037", "AIME'37", "AIME37", "AIME-37", "AIME-2037"),
    ("SWE-bench Verified", "SWE-Bench-Verified", "swe bench verified"),
    ("SWE-bench Lite", "SWE-bench-lite"),
    ("WMT'14 En-De", "WMT 2014 English-German", "WMT14 EN-DE", "WMT'14 English to German"),
    ("CIFAR-10-C", "CIFAR10-C", "cifar 10 c"),
    ("SQuAD 2.0", "SQuAD v2", "SQuADv2", "SQuAD2.0", "SQuAD-v2.0"),
    ("VQAv2", "VQA v2", "VQA-v2", "VQA 2.0"),
    ("ScreenSpot-Pro", "ScreenSpot Pro"),
    ("HumanEval-Kotlin", "HumanEval (Kotlin)", "humaneval kotlin"),
    ("LiveBench v3", "LiveBench V3", "LiveBench-v3", "LiveBench 3.0"),
    ("MMLU-CN", "MMLU-ZH", "MMLU (Chinese)", "MMLU Chinese"),
    ("SemEval-2037 Task 4", "SemEval 2037 task 4", "SemEval'37 Task 4"),
]


@pytest.mark.parametrize("spellings", SPELLINGS, ids=[row[0] for row in SPELLINGS])
def test_resolve_benchmark_gives_one_node_for_all_spellings(ontology, spellings):
    found = {spelling: resolved(ontology, spelling).iri for spelling in spellings}
    assert found == dict.fromkeys(spellings, found[spellings[0]])


def test_resolve_benchmark_gives_different_benchmarks_different_nodes(ontology):
    nodes = [resolved(ontology, spellings[0]).iri for spellings in SPELLINGS]
    assert len(set(nodes)) == len(nodes)


def test_resolve_benchmark_makes_a_node_of_the_kind_of_its_base(ontology):
    for name, base in (("HumanEval-Kotlin", "HumanEval"), ("ImageNet-Redux", "ImageNet")):
        row = ontology.find(base)[0]
        found = resolved(ontology, name)
        assert found.iri.split("/")[-2] == row.kind.folder
        assert [node.parent for node in found.new] == [row.iri]


@pytest.mark.parametrize("name", ["GSM8K-Hardest", "Quxifarb-Pro", "MMLU accuracy", "LLaMA-Pro 7B of us"])
def test_ontology_benchmark_grammar_reads_no_unknown_word(ontology, name):
    assert ontology.benchmark_grammar.parse(name) is None


def test_resolve_benchmark_takes_every_row_for_itself(ontology):
    grammar = ontology.benchmark_grammar
    for entity in ontology.of_kind(*DATA):
        name = grammar.parse(entity.label)
        assert name is None or resolve_benchmark(name, ontology).entity is not None, entity.label


def test_ontology_finds_the_row_of_a_composed_name(ontology):
    assert [entity.label for entity in ontology.find("SQuAD-v2.0")] == ["SQuAD 2.0"]
    assert [entity.label for entity in ontology.find("AIME ’25")] == ["AIME 2025"]
    assert ontology.find("AIME 2037") == ()
