"""Reading and writing names of benchmarks that are made from known ones."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identifiers import normal_form
from kg.names import BenchmarkGrammar, BenchmarkName
from kg.names.benchmark_words import LANGUAGES, LETTERS, PROGRAMMING, QUALIFIERS

BASES = (
    *("MMLU", "GSM8K", "HumanEval", "LongBench", "LiveBench", "FLORES", "ImageNet", "MATH", "SWE-bench", "ARC-AGI"),
    *("CIFAR-10", "SQuAD", "VQA", "LiveCodeBench", "ScreenSpot", "SemEval", "τ-bench", "BIG-Bench"),
    *("AIME", "AIME 2024", "AIME 2025", "WMT", "WMT 2014", "MMLU-Pro", "SWE-bench Verified"),
)
KNOWN = {normal_form(name): name for name in BASES}


def lookup(name):
    return KNOWN.get(normal_form(name))


@pytest.fixture
def grammar():
    return BenchmarkGrammar(lookup)


READ = [
    ("MMLU", BenchmarkName("MMLU"), "MMLU"),
    ("mmlu pro", BenchmarkName("MMLU-Pro"), "MMLU-Pro"),
    ("MMLU-Redux", BenchmarkName("MMLU", ("redux",)), "MMLU-Redux"),
    ("MMLU-Pro-Hard", BenchmarkName("MMLU-Pro", ("hard",)), "MMLU-Pro-Hard"),
    ("MMLU-Hard-Mini", BenchmarkName("MMLU", ("hard", "mini")), "MMLU-Hard-Mini"),
    ("MMLU-Mini-Hard", BenchmarkName("MMLU", ("hard", "mini")), "MMLU-Hard-Mini"),
    ("GSM8K-Hard", BenchmarkName("GSM8K", ("hard",)), "GSM8K-Hard"),
    ("HumanEval+", BenchmarkName("HumanEval", ("plus",)), "HumanEval+"),
    ("HumanEval Plus", BenchmarkName("HumanEval", ("plus",)), "HumanEval+"),
    ("HumanEval-Rust", BenchmarkName("HumanEval", language="Rust"), "HumanEval-Rust"),
    ("HumanEval-JS", BenchmarkName("HumanEval", language="JavaScript"), "HumanEval-JavaScript"),
    ("HumanEval C++", BenchmarkName("HumanEval", language="C++"), "HumanEval-C++"),
    ("LongBench v2", BenchmarkName("LongBench", version="2"), "LongBench v2"),
    ("LongBench-V2", BenchmarkName("LongBench", version="2"), "LongBench v2"),
    ("LongBenchv2", BenchmarkName("LongBench", version="2"), "LongBench v2"),
    ("LongBench 2.0", BenchmarkName("LongBench", version="2"), "LongBench v2"),
    ("LiveBench v3", BenchmarkName("LiveBench", version="3"), "LiveBench v3"),
    ("SQuAD 1.1", BenchmarkName("SQuAD", version="1.1"), "SQuAD v1.1"),
    ("SQuAD-2.0", BenchmarkName("SQuAD", version="2"), "SQuAD v2"),
    ("VQAv2", BenchmarkName("VQA", version="2"), "VQA v2"),
    ("LiveCodeBench v6", BenchmarkName("LiveCodeBench", version="6"), "LiveCodeBench v6"),
    ("ARC-AGI-2", BenchmarkName("ARC-AGI", version="2"), "ARC-AGI v2"),
    ("FLORES-200", BenchmarkName("FLORES", number="200"), "FLORES-200"),
    ("ImageNet-21k", BenchmarkName("ImageNet", number="21K"), "ImageNet-21K"),
    ("MATH-500", BenchmarkName("MATH", number="500"), "MATH-500"),
    ("AIME 2025", BenchmarkName("AIME 2025"), "AIME 2025"),
    ("AIME25", BenchmarkName("AIME 2025"), "AIME 2025"),
    ("AIME'25", BenchmarkName("AIME 2025"), "AIME 2025"),
    ("AIME’24", BenchmarkName("AIME 2024"), "AIME 2024"),
    ("AIME-2027", BenchmarkName("AIME", edition="2027"), "AIME 2027"),
    ("AIME27", BenchmarkName("AIME", edition="2027"), "AIME 2027"),
    ("AIME 27", BenchmarkName("AIME", edition="2027"), "AIME 2027"),
    ("WMT'14 En-De", BenchmarkName("WMT 2014", language="English-German"), "WMT 2014 English-German"),
    ("WMT14 EN→DE", BenchmarkName("WMT 2014", language="English-German"), "WMT 2014 English-German"),
    ("WMT 2014 English to German", BenchmarkName("WMT 2014", language="English-German"), "WMT 2014 English-German"),
    ("WMT'98", BenchmarkName("WMT", edition="1998"), "WMT 1998"),
    ("SemEval-2016 Task 4", BenchmarkName("SemEval", edition="2016", task="Task 4"), "SemEval 2016 Task 4"),
    ("SemEval 2016 Subtask 4b", BenchmarkName("SemEval", edition="2016", task="Subtask 4B"), "SemEval 2016 Subtask 4B"),
    ("MMLU-CN", BenchmarkName("MMLU", language="Chinese"), "MMLU-Chinese"),
    ("MMLU (Chinese)", BenchmarkName("MMLU", language="Chinese"), "MMLU-Chinese"),
    ("CIFAR-10-C", BenchmarkName("CIFAR-10", ("C",)), "CIFAR-10-C"),
    ("ImageNet-LT", BenchmarkName("ImageNet", ("LT",)), "ImageNet-LT"),
    ("ScreenSpot-Pro", BenchmarkName("ScreenSpot", ("pro",)), "ScreenSpot-Pro"),
    ("SWE-bench Lite", BenchmarkName("SWE-bench", ("lite",)), "SWE-bench-Lite"),
    ("SWE-bench Verified Mini", BenchmarkName("SWE-bench Verified", ("mini",)), "SWE-bench Verified-Mini"),
    ("τ-bench v2", BenchmarkName("τ-bench", version="2"), "τ-bench v2"),
    ("GSM8K test", BenchmarkName("GSM8K", split="test"), "GSM8K test"),
    ("MMLU-Redux 2.0 dev", BenchmarkName("MMLU", ("redux",), version="2", split="dev"), "MMLU-Redux v2 dev"),
]


@pytest.mark.parametrize(("text", "name", "label"), READ, ids=[text for text, _, _ in READ])
def test_benchmark_grammar_parses_a_name(grammar, text, name, label):
    assert grammar.parse(text) == name
    assert grammar.format(name) == label


@pytest.mark.parametrize(
    "text",
    [
        *("", "Hard", "v2", "2025", "Unheard-Hard", "GSM8K-Accuracy", "GSM8K-Hardest", "MMLU score"),
        *("HumanEval++", "MMLU 5.2%", "LongBench v2 v3", "AIME 2025 2026", "WMT'14 De-De", "MMLU-Pro-Pro"),
        "MMLU" + " test" * 40,
    ],
)
def test_benchmark_grammar_parses_nothing_that_holds_more_than_a_name(grammar, text):
    assert grammar.parse(text) is None


IN_TEXT = [
    ("LiveBench v3 shows", "LiveBench", "LiveBench v3"),
    ("HumanEval-Rust and", "HumanEval", "HumanEval-Rust"),
    ("HumanEval+ is", "HumanEval", "HumanEval+"),
    ("AIME27, a", "AIME", "AIME27"),
    ("AIME 2027 and", "AIME", "AIME 2027"),
    ("SWE-bench Lite, and", "SWE-bench", "SWE-bench Lite"),
    ("WMT 2031 En-De is", "WMT", "WMT 2031 En-De"),
    ("SemEval-2031 Task 4: A", "SemEval", "SemEval-2031 Task 4"),
]
NOT_IN_TEXT = [
    ("MMLU 2025 was", "MMLU"),
    ("MMLU 5.2 points", "MMLU"),
    ("AIME 27 problems", "AIME"),
    ("WMT-10 language pairs", "WMT"),
    ("GSM8K-8-shot prompts", "GSM8K"),
    ("GSM8K test set", "GSM8K"),
    ("GSM8K Hard Problems", "GSM8K"),
    ("GSM8K-style problems", "GSM8K"),
    ("MMLU-hard questions", "MMLU"),
    ("MMLU (Chinese)", "MMLU"),
    ("CIFAR-10-2.5 points", "CIFAR-10"),
    ("MMLU and", "MMLU"),
    ("MMLU", "MMLU"),
]


@pytest.mark.parametrize(("text", "base", "name"), IN_TEXT, ids=[text for text, _, _ in IN_TEXT])
def test_benchmark_grammar_match_stops_where_the_name_stops(grammar, text, base, name):
    found = grammar.match_after(text, len(base), base)
    assert found is not None
    assert text[: found[0]] == name


@pytest.mark.parametrize(("text", "base"), NOT_IN_TEXT, ids=[text for text, _ in NOT_IN_TEXT])
def test_benchmark_grammar_match_leaves_the_words_of_the_sentence(grammar, text, base):
    assert grammar.match_after(text, len(base), base) is None


@st.composite
def names(draw):
    """Benchmark names as the grammar makes them, of bases that no other base is made from."""
    qualifiers = draw(st.lists(st.sampled_from(sorted(QUALIFIERS | LETTERS)), max_size=3, unique=True))
    spoken = st.tuples(st.sampled_from(sorted(LANGUAGES)), st.sampled_from(sorted(LANGUAGES)))
    pair = spoken.filter(lambda two: two[0] != two[1]).map("-".join)
    version = st.integers(1, 40).map(str) | st.tuples(st.integers(0, 9), st.integers(1, 9)).map(
        lambda v: f"{v[0]}.{v[1]}"
    )
    return BenchmarkName(
        draw(st.sampled_from(["GSM8K", "HumanEval", "ImageNet", "CIFAR-10", "τ-bench", "LongBench"])),
        tuple(sorted(qualifiers)),
        draw(st.none() | version),
        draw(st.none() | st.integers(1990, 2039).map(str)),
        draw(st.none() | st.integers(1, 99).map(lambda n: f"Task {n}")),
        draw(st.none() | st.sampled_from(sorted({*LANGUAGES, *PROGRAMMING})) | pair),
        draw(st.none() | st.sampled_from(["100", "500", "21K", "10M"])),
        draw(st.none() | st.sampled_from(["test", "testmini"])),
    )


@given(name=names())
def test_benchmark_grammar_parse_of_format_gives_the_name_back(name):
    grammar = BenchmarkGrammar(lookup)
    assert grammar.parse(grammar.format(name)) == name


@given(base=st.sampled_from(BASES), tail=st.text(string.ascii_letters + string.digits + " -'+().", max_size=24))
def test_benchmark_grammar_normal_form_is_idempotent(base, tail):
    grammar = BenchmarkGrammar(lookup)
    name = grammar.parse(base + tail)
    if name is not None:
        assert grammar.parse(grammar.format(name)) == name


@given(base=st.sampled_from(BASES), tail=st.text(max_size=40))
def test_benchmark_grammar_match_ends_inside_the_text(base, tail):
    found = BenchmarkGrammar(lookup).match_after(base + tail, len(base), base)
    if found is not None:
        assert len(base) < found[0] <= len(base + tail)


def test_benchmark_name_above_is_the_version_or_edition():
    name = BenchmarkName("WMT", edition="2027", language="English-German", split="test")
    assert name.above() == (BenchmarkName("WMT", edition="2027"),)
    assert BenchmarkName("WMT", edition="2027", split="test").above() == ()
    assert BenchmarkName("MMLU", ("hard",)).above() == ()


def test_benchmark_name_of_a_split_is_the_benchmark():
    assert BenchmarkName("GSM8K", split="test").is_bare
    assert not BenchmarkName("GSM8K", ("hard",)).is_bare
