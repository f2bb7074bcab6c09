import pytest

from kg.mentions.heads import kind_of_name, kind_of_phrase
from kg.vocabulary import Kind

PHRASES = [
    ("a novel benchmark for long contexts", Kind.BENCHMARK),
    ("a simple, training-free method", Kind.METHOD),
    ("a series of open and reproducible decoder-only MoE LLMs", Kind.MODEL),
    ("a model-agnostic framework", Kind.METHOD),
    ("a synthetic dataset of short stories", Kind.DATASET),
    ("a theoretical model", Kind.METHOD),
    ("a new test suite", Kind.BENCHMARK),
    ("a scalable task space", Kind.METHOD),
    ("an open corpus", Kind.DATASET),
    ("a walk in the park", None),
]


@pytest.mark.parametrize(("phrase", "kind"), PHRASES, ids=[phrase for phrase, _ in PHRASES])
def test_kind_of_phrase_follows_the_head_noun(phrase, kind):
    assert kind_of_phrase(phrase) is kind


NAMES = [
    ("RareBench", Kind.BENCHMARK),
    ("L-Eval", Kind.BENCHMARK),
    ("ProLong-8B", Kind.MODEL),
    ("MathGPT", Kind.MODEL),
    ("CLEX", None),
]


@pytest.mark.parametrize(("name", "kind"), NAMES, ids=[name for name, _ in NAMES])
def test_kind_of_name_reads_its_ending(name, kind):
    assert kind_of_name(name) is kind
