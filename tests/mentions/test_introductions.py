import pytest

from kg.mentions.abbreviations import definitions
from kg.mentions.introductions import introductions
from kg.text import sentences
from kg.vocabulary import Kind


def _found(text, listed=None):
    title_end = max(0, text.find("\n"))
    found = introductions(text, title_end, sentences(text), definitions(text), listed or {})
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
    ("We construct QuuxQA, a benchmark of riddles.", "QuuxQA", Kind.BENCHMARK),
    ("We propose a novel Draw-and-Tell approach for plans.", "Draw-and-Tell", Kind.METHOD),
    ("We propose a novel graph reasoning approach FooLLM injecting rules.", "FooLLM", Kind.METHOD),
    ("We study a method for explaining trees called Tree-CX.", "Tree-CX", Kind.METHOD),
    ("The tuning is done by us, resulting in FooLM.", "FooLM", Kind.MODEL),
    ("The law guides us to distil a small student (termed MiniFoo).", "MiniFoo", None),
    ("Fine-tuned T5-large (FooT5) wins by far.", "FooT5", None),
    ("We find that a variant of careful data selection (CDX+) wins.", "CDX+", None),
    ("We implement our approach in a tool called Stevie-X.", "Stevie-X", Kind.METHOD),
    ("We address this gap with CooVer, which splits values.", "CooVer", Kind.METHOD),
    ("In FooNet, the architecture we introduce, layers are signs.", "FooNet", Kind.METHOD),
    ("Images invert under FooClip, which we propose.", "FooClip", None),
    ("FooNet, a network for graphs, is proposed.", "FooNet", Kind.METHOD),
    ("We present a novel concept of text structurization.", "text structurization", None),
    ("We propose sense finetuning, which selects senses.", "sense finetuning", None),
    ("We propose a method for cold users (CU-FR). CU-FR is fast.", "CU-FR", None),
    ("We propose three moves: (1) Leader Centric Insertion (LCI) and more.", "Leader Centric Insertion", None),
    ("We propose Wasserstein gradient walk for sampling.", "Wasserstein gradient walk", None),
    ("Our new benchmark (FooBench) has many rows.", "FooBench", Kind.BENCHMARK),
    ("We train a new agent, FooDev, to play.", "FooDev", Kind.METHOD),
    ("We build on data and release a new dataset FooData.", "FooData", Kind.DATASET),
    ("This ends in the creation of a synthetic dataset, MedFoo.", "MedFoo", Kind.DATASET),
    ("We propose a novel method to Ensemble Models via Alignment (EMA).", "Ensemble Models via Alignment", None),
    ("We create a new social reasoning benchmark (BigToF) for all.", "BigToF", Kind.BENCHMARK),
    ("We use a technique we call postings clipping to improve it.", "postings clipping", Kind.METHOD),
    ("We present token growth, an in-place recipe.", "token growth", None),
    ("We propose FooShip the first network model for sails.", "FooShip", Kind.MODEL),
    ("We introduce a Sail-Aware Rigging Learning scheme for boats.", "Sail-Aware Rigging Learning", Kind.METHOD),
    ("We introduce a FooMast scheme and a Broad Keel Attention to steer.", "FooMast", Kind.METHOD),
    ("We introduce a Tall Mast Plan scheme and a Broad Keel Attention to steer.", "Broad Keel Attention", None),
    ("We introduce an Uneven Keel Attention to steer.", "Uneven Keel Attention", None),
    ("We curate good data, which we curate and introduce as FooBlocks.", "FooBlocks", None),
    ("We solve it by Quick Re-weighting BERT (QR-BERT), a novel method.", "QR-BERT", Kind.METHOD),
    (
        "We cast it as a long and hard sort of planning, so long that few would sail, and propose FooSail.",
        "FooSail",
        None,
    ),
    ("We present RedShip (Redsh), a light tool. Redsh is small, and Redsh runs.", "Redsh", Kind.METHOD),
    ("We propose a fast and effective Boat Plan via Sail Trim (BPST).Then.", "Boat Plan via Sail Trim", Kind.METHOD),
    ("We call our loss function Single-mast Rowing Objective (SRO).", "Single-mast Rowing Objective", None),
    ("The proposed Two-stage Mixed Rowing (TMR) scheme is fast.", "Two-stage Mixed Rowing", Kind.METHOD),
    ("We develop a novel algorithm Row Chunking by Oar (RCO) for boats.", "Row Chunking by Oar", Kind.METHOD),
    ("We introduce the main contribution of this work – Sail-2 – to steer.", "Sail-2", None),
    ("We begin by creating and disseminating Sail-Data, a corpus.", "Sail-Data", Kind.DATASET),
    ("We introduce a light model based on an old design: Sail-LM-3.", "Sail-LM-3", Kind.MODEL),
    ("We train SailLM, a language model with 7 billion parameters.", "SailLM", Kind.MODEL),
    ("It is tuned on the Open Sail Corpus (OSC), a new corpus we curate with care.", "Open Sail Corpus", Kind.DATASET),
    ("We introduce a light rowing scheme - arbitrary rowing (AR) - for boats.", "arbitrary rowing", Kind.METHOD),
    ("We propose SailNet. It consists of a Mast Block Module (MBM).", "Mast Block Module", Kind.METHOD),
    ("We build a framework named Dynamic Tree-Powered Agent Network here.", "Dynamic Tree-Powered Agent Network", None),
]


@pytest.mark.parametrize(("text", "name", "kind"), CASES, ids=[name for _, name, _ in CASES])
def test_introductions_finds_name_and_kind(text, name, kind):
    found = _found("A title\n" + text)
    assert name in found
    assert kind is None or found[name].kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "Recently, Smith et al. proposed OldNet, a framework.",
        "We compare all released LLaMA models.",
        "We propose a method for large language models (LLMs).",
        "We present results on graphs.",
        "It has been introduced by OldNet before.",
        "We run it on the largest open-source models, OldNet and ElderNet.",
        "When we released this dataset in November 2020, OldNet failed.",
        "We propose a dual aggregation method based on OldNet.",
        "We fine-tune eight popular models – OldNet, ElderNet and more.",
        "We test it on OldGame, a strategy game.",
        "Our model is built upon the powerful model OldNet (2020).",
        "We construct several data sets (e.g., OldText, ElderText), where people write.",
        "We propose a theory and test it on standard benchmarks (OldText, ElderText).",
        "We propose an adapter architecture for unsupervised NMT.",
        "On OldRooms and OldGame, our system wins.",
        "When used with a trained T5, our approach wins.",
        "We establish the benchmark results for three models: OldNet, ElderNet and more.",
        "We introduce a multi-lingual Part-of-Speech (POS) tagger.",
        "Our pipeline is used to create non-English corpora.",
        "We fine-tuned three widely-used, open-sourced models, namely OldNet, ElderNet, and AncientNet.",
        "We compare it with our proposed multi-LLM system.",
        "We fine-tune OldLM, a language model with 7 billion parameters.",
        "OldNet consists of a Mast Block Module (MBM).",
    ],
)
def test_introductions_leaves_what_others_made(text):
    assert not {name for name, i in _found("A title\n" + text).items() if i.sure}


def test_introductions_reads_the_title():
    assert "ZipTune" in _found("ZipTune: tuning by zipping\nNothing more.")


def test_introductions_takes_both_of_two_names():
    found = _found("A title\nWe release ZipTune-7B and ZipTune-13B, two models.")
    assert {"ZipTune-7B", "ZipTune-13B"} <= set(found)


def test_introductions_tells_two_names_that_a_plain_and_joins():
    found = _found("A title\nWe present two models, namely Foo-Lite and Foo-Plus.")
    assert set(found) == {"Foo-Lite", "Foo-Plus"}


def test_introductions_takes_what_a_later_clause_adds():
    found = _found("A title\nWe release Sail-Data, a corpus of sails and masts, and Sail-Eval, a test dataset.")
    assert found["Sail-Eval"].sure
    assert found["Sail-Eval"].kind is Kind.DATASET


def test_introductions_reads_what_the_papers_own_thing_introduces():
    found = _found("FooSail: steering by wind\nFooSail proposes Wind Variable, a unified abstraction.")
    assert found["Wind Variable"].sure
    assert "Wind Variable" not in _found("Old sails\nFooSail proposes Wind Variable, a unified abstraction.")


TITLE_PHRASES = [
    ("FooSail Language Models: a fleet", "We present FooSail, a language model.", "FooSail Language Models"),
    ("Trim the Sails: a method for boats", "We present TSail, a method.", "Trim the Sails"),
    (
        "Recycling the Sails: a method",
        "We propose REcycling the Sails with GUides (RESGU).",
        "Recycling the Sails",
    ),
]


@pytest.mark.parametrize(("title", "sentence", "phrase"), TITLE_PHRASES, ids=[phrase for *_, phrase in TITLE_PHRASES])
def test_introductions_leaves_a_titles_phrase_for_the_name_in_the_abstract(title, sentence, phrase):
    assert phrase in _found(title + "\nNothing more.")
    found = _found(f"{title}\n{sentence}")
    assert found
    assert phrase not in found


def test_introductions_stretch_holds_the_name():
    text = "A title\nGraphs are hard. We propose FooNet, a novel framework, which works."
    introduction = _found(text)["FooNet"]
    assert introduction.stretch.covers(introduction.name)
    assert "Graphs" not in text[introduction.stretch.start : introduction.stretch.end]


TITLES = [
    ("ZipTune: tuning by zipping", True),
    ("ZipTune: A Survey", False),
    ("ZipTune: Can It Reason?", False),
]


@pytest.mark.parametrize(("title", "sure"), TITLES, ids=[title for title, _ in TITLES])
def test_introductions_doubts_a_title_that_looks_into_something(title, sure):
    assert _found(title + "\nNothing more.")["ZipTune"].sure is sure


LISTED = [
    "walking backwards! And more",
    "walking backwards Technical Report",
    "walking backwards",
    "walking backwards, a method",
    "walking backwards (WB)",
]


@pytest.mark.parametrize("title", LISTED)
def test_introductions_reads_listed_names_in_titles(title):
    assert _found(title + "\nNothing more.", {0: 17})["walking backwards"].sure


def test_introductions_leaves_a_listed_name_that_only_begins_a_title():
    assert not _found("walking backwards helps models\nNothing more.", {0: 17})


def test_introductions_reads_listed_names_in_small_letters():
    text = "A title\nWe introduce walking backwards, a mechanism."
    assert _found(text, {21: 38})["walking backwards"].kind is Kind.METHOD


def test_introductions_reads_what_an_enumeration_announces():
    found = _found('A title\nWe introduce two techniques. First, "windowing" reuses; second, "row bundling" reads.')
    assert {"windowing", "row bundling"} <= set(found)


def test_introductions_takes_the_whole_of_a_defined_name():
    found = _found("A title\nWe propose Fast one-stage person Search (FOPS), a method.")
    assert "Fast" not in found
    assert {"Fast one-stage person Search", "FOPS"} <= set(found)


@pytest.mark.parametrize("title", ["FooDev", "Unlocking It: Introducing FooDev, a measure"])
def test_introductions_reads_titles_that_are_a_name_or_present_one(title):
    assert _found(title + "\nNothing more.")["FooDev"].sure


INTO = [
    "We introduce walking backwards into the pipeline.",
    "We introduce walking backwards (WB) into old ways.",
    "We introduce walking backwards to the training loop.",
]


@pytest.mark.parametrize("sentence", INTO)
def test_introductions_leaves_a_listed_name_that_is_put_into_something(sentence):
    assert not _found("A title\n" + sentence, {21: 38})
