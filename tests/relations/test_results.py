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
    ("It reaches 55.2% accuracy on [Benchmark:ARC] and outperforms [Model:BERT].", [("55.2%", False)]),
    ("It outperforms [Model:BERT] by 2.1 points.", [("2.1 points", True)]),
    ("It scores 50 points on [Benchmark:ARC].", [("50 points", False)]),
    ("It drops from 86% to 66%.", [("86%", False), ("66%", False)]),
    ("Its error falls to 4.6%.", [("4.6%", False)]),
    ("People exceed 72.4% here.", [("72.4%", False)]),
    ("It finds more than 90% of them.", [("90%", False)]),
    ("It gives 1-2% higher accuracy.", [("1%", True), ("2%", True)]),
    (
        "It gains 8.9% on [Benchmark:A], 5.7% on [Benchmark:B] and 1.5% on [Benchmark:C].",
        [("8.9%", True), ("5.7%", True), ("1.5%", True)],
    ),
    ("It reaches 37.5% and 17.0%, far better than others.", [("37.5%", False), ("17.0%", False)]),
    ("It reaches 7.2%/14.6% on its two parts.", [("7.2%", False), ("14.6%", False)]),
    ("It sees 0.4% of their training tokens.", [("0.4%", True)]),
    ("It has a relative score of 85.1% here.", [("85.1%", False)]),
    ("An increase of 9.89 in [Metric:ROUGE-L] is seen.", [("9.89", True)]),
    ("It gains +6.91 BLEU.", [("+6.91", True)]),
    ("It leads by 6 COMET points.", [("6 COMET points", True)]),
    ("Errors fall by up to 19% (clean) and 13% (noisy).", [("19%", True), ("13%", True)]),
    (
        "It leads on [Benchmark:ARC] by up to 7.5 here, and [Benchmark:MMLU] by up to 6.5.",
        [("7.5", True), ("6.5", True)],
    ),
    ("It helps by 32 to 56 accuracy points.", [("32 accuracy points", True), ("56 accuracy points", True)]),
    ("It has an added [Metric:latency] of 10.34 ms.", [("10.34 ms", False)]),
    ("It reaches an [Metric:AUROC] range of 0.944--0.996.", [("0.944", False)]),
    ("We see a [Metric:Kappa] inter-rater value of 0.79.", [("0.79", False)]),
    ("It extends the context window from 4k to 100k.", [("4k", False), ("100k", False)]),
]
NO_RESULTS = [
    "It has 7B parameters and saw 300 billion tokens.",
    "We collect 12,000 questions of 14 kinds.",
    "It runs on 8x A100 GPUs.",
    "We fine-tune [Model:Llama 3.1 8B] in 2024.",
    "Intervals are at 95% confidence.",
    "Can it be 10x faster?",
    "It is among the top 10% of all.",
    "It equals a [Model:BERT] twice as large.",
    "It was trained with 3.8 x 10^25 operations.",
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


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "On [Benchmark:ARC] it reaches 85.8, and on [Benchmark:MMLU] it reaches 92.2 [Metric:F1].",
            [("85.8", "ARC"), ("92.2", "MMLU")],
        ),
        ("[Benchmark:ARC] is at 92.0% and [Benchmark:MMLU] at 67.0%.", [("92.0%", "ARC"), ("67.0%", "MMLU")]),
        ("It has 91.7% on [Benchmark:ARC] and 98.8% on Flowers.", [("91.7%", "ARC"), ("98.8%", None)]),
    ],
)
def test_results_are_on_the_benchmark_of_their_clause(sentence, expected):
    text, links = paper(OPENING, sentence)
    assert [(r.value, r.benchmark_label) for r in extract(text, links)[1] if (r.value, r.benchmark_label)] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("[Model:BERT] answers 56% and people 90%.", [("56%", "BERT"), ("90%", None)]),
        ("With [Model:BERT] as reader, [Model:T5] reaches 41%.", [("41%", "T5")]),
        ("[Model:T5] has 61% against 57% for [Model:BERT].", [("61%", "T5"), ("57%", "BERT")]),
        ("Tuned with [Method:LoRA], it scores 81%.", [("81%", "Quokka")]),
        (
            "[Method:Quokka] reaches 75%, and [Model:Wombat], with 9 layers, reaches 78%.",
            [("75%", "Quokka"), ("78%", "Wombat")],
        ),
        (
            "[Method:Quokka] has 56.0%, surpassing [Method:LoRA] (42.3%), Full Run (49.1%), and [Model:T5] (53.2%).",
            [("56.0%", "Quokka"), ("42.3%", "LoRA"), ("49.1%", None), ("53.2%", "T5")],
        ),
    ],
)
def test_results_know_whose_they_are(sentence, expected):
    text, links = paper(OPENING, sentence)
    assert [(r.value, r.subject_label) for r in extract(text, links)[1]] == expected


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (("It scores 81% on [Benchmark:MMLU].", "Its training is 40% cheaper."), ["MMLU", None]),
        (("It scores 81% on [Benchmark:MMLU].", "We extend the context length to 128K."), ["MMLU", None]),
        (("We lose 4% (and 2% on [Benchmark:MMLU]), against 35% in others.",), ["MMLU", "MMLU", None]),
        (("We test it on [Benchmark:ARC].", "On this benchmark it reaches 72%."), ["ARC"]),
        (("We test it on [Benchmark:ARC].", "It reaches an [Metric:F1] of 72.1."), ["ARC"]),
        (("We test it on [Benchmark:ARC].", "It is fast.", "It reaches an [Metric:F1] of 72.1."), [None]),
    ],
)
def test_results_take_no_benchmark_of_another_sentence_but_by_anaphor(sentences, expected):
    text, links = paper(OPENING, *sentences)
    assert [r.benchmark_label for r in extract(text, links)[1]] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("People reach 94%.", ["WombatBench"]),
        ("Over ten prompts they vary by 2%, down from 5%.", [None, None]),
        ("Coverage rises from 18% to 96%.", [None, None]),
    ],
)
def test_results_of_a_benchmark_paper_are_on_its_benchmark_where_they_tell_of_performance(sentence, expected):
    text, links = marked(f"A title\nWe present [*Benchmark:WombatBench], a quiz. {sentence}")
    assert [r.benchmark_label for r in extract(text, links)[1]] == expected


def test_results_that_are_errors_have_no_other_metric():
    text, links = paper(OPENING, "[Metric:Accuracy] rises, and the top-5 validation error falls to 4.9%.")
    assert [r.metric_label for r in extract(text, links)[1]] == [None]


def test_results_have_no_metric_of_another_clause_or_unit():
    text, links = paper(
        OPENING,
        "It has a [Metric:Perplexity] of 10.8 and 66.5% of the words.",
        "It is 42% cheaper, and [Metric:Throughput] rises.",
    )
    assert [(r.value, r.metric_label) for r in extract(text, links)[1]] == [
        ("10.8", "Perplexity"),
        ("66.5%", None),
        ("42%", None),
    ]
