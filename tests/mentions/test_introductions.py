import pytest

from kg.mentions.abbreviations import definitions
from kg.mentions.introductions import introductions
from kg.text import sentences
from kg.vocabulary import Kind


def _found(text):
    title_end = max(0, text.find("\n"))
    found = introductions(text, title_end, sentences(text), definitions(text))
    return {text[i.name.start : i.name.end]: i for i in found}


CASES = [
    ("We propose FooNet, a novel framework for graphs.", "FooNet", Kind.METHOD),
    ("In this work, we introduce QuuxBench, the first benchmark for tools.", "QuuxBench", Kind.BENCHMARK),
    ("This paper presents BarData, a large-scale corpus of dialogue.", "BarData", Kind.DATASET),
    ("We present a new training recipe dubbed ZipTune.", "ZipTune", Kind.METHOD),
    ("We release a family of language models called Oriole.", "Oriole", Kind.MODEL),
    ("We introduce a simple algorithm, WalkBack, that samples well.", "WalkBack", Kind.METHOD),
    ("Our model, HeronLM, is small.", "HeronLM", Kind.MODEL),
    ("We propose a novel attack framework VRXL, with two parts.", "VRXL", Kind.METHOD),
    ("We introduce sense shuffling, a decoding-time algorithm.", "sense shuffling", Kind.METHOD),
    ("We call this process overbaking.", "overbaking", Kind.METHOD),
    (r"We develop \textsc{LaTeXer}, a system for papers.", "LaTeXer", Kind.METHOD),
    ("To this end, we propose FooBar, a model-agnostic framework.", "FooBar", Kind.METHOD),
]


@pytest.mark.parametrize(("text", "name", "kind"), CASES, ids=[name for _, name, _ in CASES])
def test_introductions_finds_name_and_kind(text, name, kind):
    found = _found("A title\n" + text)
    assert found[name].kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "Recently, Smith et al. proposed OldNet, a framework.",
        "We compare all released LLaMA models.",
        "We propose a method for large language models (LLMs).",
        "We present results on graphs.",
        "It has been introduced by OldNet before.",
    ],
)
def test_introductions_leaves_what_others_made(text):
    assert not {name for name, i in _found("A title\n" + text).items() if i.sure}


def test_introductions_reads_the_title():
    assert "ZipTune" in _found("ZipTune: tuning by zipping\nNothing more.")


def test_introductions_takes_both_of_two_names():
    found = _found("A title\nWe release ZipTune-7B and ZipTune-13B, two models.")
    assert {"ZipTune-7B", "ZipTune-13B"} <= set(found)


def test_introductions_stretch_holds_the_name():
    text = "A title\nGraphs are hard. We propose FooNet, a novel framework, which works."
    introduction = _found(text)["FooNet"]
    assert introduction.stretch.covers(introduction.name)
    assert "Graphs" not in text[introduction.stretch.start : introduction.stretch.end]
