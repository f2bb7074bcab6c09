"""Names of benchmarks in running text that are made from known ones."""

import pytest

from kg.linking import Linker
from kg.vocabulary import Kind, Status

DATA = (Kind.BENCHMARK, Kind.DATASET)


@pytest.fixture(scope="module")
def linker(ontology):
    return Linker(ontology)


def named(linker, text):
    return [(link.text, link.label) for link in linker.link(f"A title\n{text}").links if link.kind in DATA]


@pytest.mark.parametrize(
    ("text", "label", "above"),
    [
        ("LiveBench v3", "LiveBench v3", "livebench"),
        ("HumanEval-Kotlin", "HumanEval-Kotlin", "humaneval"),
        ("AIME 2037", "AIME 2037", "aime"),
        ("AIME'37", "AIME 2037", "aime"),
        ("AIME37", "AIME 2037", "aime"),
        ("GSM8K-Robust", "GSM8K-Robust", "gsm8k"),
        ("HellaSwag-DE", "HellaSwag-German", "hellaswag"),
        ("LongBench v9", "LongBench v9", "longbench"),
    ],
)
def test_linker_composes_a_benchmark_below_the_known_one(linker, text, label, above):
    links = linker.link(f"A title\nWe report results on {text}, where it wins.")
    assert [(link.text, link.label) for link in links.links if link.kind in DATA] == [(text, label)]
    node = next(node for node in links.nodes if node.label == label)
    assert (node.status, node.parents[0][1].rsplit("/", 1)[1]) == (Status.COMPOSED, above)
    assert node.kind in DATA


def test_linker_makes_the_edition_above_a_language_pair(linker):
    links = linker.link("A title\nWe train on WMT 2037 En-De.")
    assert [(node.label, node.parents[0][1].rsplit("/", 1)[1]) for node in links.nodes] == [
        ("WMT 2037", "wmt"),
        ("WMT 2037 English-German", "wmt-2037"),
    ]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("MMLU-Pro", "MMLU-Pro"),
        ("HumanEval+", "HumanEval+"),
        ("AIME’25", "AIME 2025"),
        ("SQuAD-v2", "SQuAD 2.0"),
        ("LongBench V2", "LongBench v2"),
        ("CIFAR-10-C", "CIFAR-10-C"),
    ],
)
def test_linker_keeps_the_row_of_a_longer_name(linker, text, label):
    assert named(linker, f"We report results on {text}, where it wins.") == [(text, label)]


@pytest.mark.parametrize("text", ["GSM8K-Hardest", "GSM8K-Accuracy", "HumanEval-Foo", "MMLU-XYZ", "HumanEval-Rust-Foo"])
def test_linker_never_takes_an_unknown_longer_name_for_the_known_one(linker, ontology, text):
    links = linker.link(f"A title\nWe report results on {text}, where it wins.")
    assert not any(link.node in ontology.entities for link in links.links if link.kind in DATA)
    assert not any(node.status is Status.COMPOSED for node in links.nodes)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("On GSM8K 2 models win.", "GSM8K"),
        ("GSM8K test problems are hard.", "GSM8K"),
        ("It gains on GSM8K 5.2 points.", "GSM8K"),
        ("The GSM8K-style problems are new.", "GSM8K"),
        ("Results on HellaSwag (English) improve.", "HellaSwag"),
    ],
)
def test_linker_takes_no_word_of_the_sentence_into_a_benchmark(linker, text, label):
    assert [found for _, found in named(linker, text)] == [label]


def test_linker_keeps_the_spelling_of_a_composed_name_as_another_name(linker):
    nodes = linker.link("A title\nWe report results on AIME37 and LiveBench-v3.").nodes
    assert {node.label: node.aliases for node in nodes} == {"AIME 2037": ("AIME37",), "LiveBench v3": ()}
