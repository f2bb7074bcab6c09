from decimal import Decimal

import pytest

from kg.relations import extract
from tests.relations.marked import marked, paper

OPENING = "We introduce [*Method:Quokka], a way to prune."


def found(*sentences, opening=OPENING):
    text, links = paper(opening, *sentences)
    return [(r.value, r.delta) for r in extract(text, links)[1]]


CASES = [
    ("It reaches 50.3% on [Benchmark:EgoSchema], 18.1% above the previous best.", [("50.3%", False), ("18.1%", True)]),
    ("It improves accuracy by up to 23%.", [("23%", True)]),
    ("It gives a 4x speed-up.", [("4x", True)]),
    ("It runs 2.5 times faster.", [("2.5 times", True)]),
    ("It needs an approximately 30% reduction in training time.", [("30%", True)]),
    ("Memory falls by a factor of 2-4x.", [("2x", True), ("4x", True)]),
    ("Gains of 1%-7% are seen.", [("1%-7%", True)]),
    ("It uses only 5% of the original data.", [("5%", True)]),
    ("It retains 97% of the quality.", [("97%", False)]),
    ("It outperforms them by 15.4\\% and 23.9\\%.", [("15.4%", True), ("23.9%", True)]),
    ("It adds 1.0, 1.3 and 2.5 points respectively.", [("1.0", True), ("1.3", True), ("2.5 points", True)]),
    ("[Metric:BLEU] rises from 29.1 to 32.0.", [("29.1", False), ("32.0", False)]),
    ("It scores 28.4 [Metric:BLEU].", [("28.4", False)]),
    ("It runs twice as fast.", [("twice", True)]),
    ("It extends the context window from 4k to 100k.", [("4k", False), ("100k", False)]),
]
NO_RESULTS = [
    "It has 7B parameters and saw 300 billion tokens.",
    "We collect 12,000 questions of 14 kinds.",
    "It runs on 8x A100 GPUs.",
    "We fine-tune [Model:Llama 3.1 8B] in 2024.",
    "Intervals are at 95% confidence.",
    "Can it be 10x faster?",
]


@pytest.mark.parametrize(("sentence", "expected"), CASES, ids=lambda case: str(case)[:50])
def test_results_are_numbers_tied_to_something_measured(sentence, expected):
    assert found(sentence) == expected


@pytest.mark.parametrize("sentence", NO_RESULTS)
def test_results_are_no_sizes_counts_and_hardware(sentence):
    assert found(sentence) == []


def test_results_of_the_motivation_are_none():
    assert found(opening="Models fail in 40% of cases. We introduce [*Method:Quokka].") == []


def test_results_know_number_unit_subject_benchmark_and_metric():
    text, links = paper(OPENING, "[Method:Quokka] lifts [Metric:accuracy] by 12.5% on [Benchmark:GSM8K].")
    (result,) = extract(text, links)[1]
    assert (result.number, result.unit, result.how) == (Decimal("12.5"), "%", "change")
    assert (result.subject_label, result.benchmark_label, result.metric_label) == ("Quokka", "GSM8K", "accuracy")


def test_results_in_brackets_belong_to_the_benchmark_before_them():
    text, links = paper(
        OPENING, "It improves [Benchmark:GLUE] (+2.3%), [Benchmark:MMLU] (+1.1%) and [Benchmark:ARC] (+0.4%)."
    )
    assert [(r.benchmark_label, r.value) for r in extract(text, links)[1]] == [
        ("GLUE", "+2.3%"),
        ("MMLU", "+1.1%"),
        ("ARC", "+0.4%"),
    ]


def test_results_of_a_benchmark_paper_are_on_its_benchmark():
    text, links = marked(
        "A title\nWe present [*Benchmark:WombatBench]. The best model, [Model:GPT-4], solves only 39.7% of it."
    )
    (result,) = extract(text, links)[1]
    assert (result.subject_label, result.benchmark_label) == ("GPT-4", "WombatBench")
