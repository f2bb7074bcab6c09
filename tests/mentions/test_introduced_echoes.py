import pytest

from kg.mentions.introduced_echoes import proposed_again
from kg.mentions.introductions import introductions
from kg.text import Span, sentences
from kg.vocabulary import Kind


def _found(title, sentence, listed=None):
    text = f"{title}\n{sentence}"
    found = proposed_again(text, len(title), Span(len(title) + 1, len(text)), listed or {})
    return {text[i.name.start : i.name.end]: i for i in found}


ECHOES = [
    ("Rowing via Dual Oar Trimming", "We propose a simple dual oar trimming scheme.", "dual oar trimming"),
    ("Rowing by Dual Oars Trimming", "We propose a dual oar trimming approach that works.", "dual oar trimming"),
    ("Wind-aware Sail Filters for Boats", "We introduce a wind-aware sail filter.", "wind-aware sail filter"),
    ("Sail Wing Models for Gulls", "Here we develop the sail wing model for birds.", "sail wing"),
    (
        "Rowing with Pareto Sail Self-Supervision",
        "We introduce a Pareto sail self-supervision framework.",
        "Pareto sail self-supervision",
    ),
]


@pytest.mark.parametrize(("title", "sentence", "name"), ECHOES, ids=[title for title, *_ in ECHOES])
def test_proposed_again_finds_the_means_of_the_title(title, sentence, name):
    assert name in _found(title, sentence)


PLAIN = [
    ("Rowing via Dual Oar Trimming", "We propose a light steering scheme."),
    ("Dual Oar Trimming via Wind", "We propose a dual oar trimming scheme."),
    ("Rowing via Multi-Task Oars", "We propose a multi-task framework."),
    ("Towards Adaptive Rowing with Wind-Driven Oars", "We propose a wind-driven approach."),
    ("A Study of Boats with Oar Analysis", "We present an oar analysis."),
]


@pytest.mark.parametrize(("title", "sentence"), PLAIN, ids=[sentence for _, sentence in PLAIN])
def test_proposed_again_leaves_tasks_and_mere_adjectives(title, sentence):
    assert not _found(title, sentence)


def test_proposed_again_leaves_what_others_have_listed():
    title, sentence = "Rowing via Dual Oar Trimming", "We propose dual oar trimming."
    at = len(title) + 1 + sentence.index("dual")
    assert not _found(title, sentence, {at: at + 17})


def test_introductions_reads_echoes_only_where_nothing_else_is_introduced():
    title, first = "Rowing via Dual Oar Trimming", "We propose a dual oar trimming scheme."
    alone, beside = f"{title}\n{first}", f"{title}\n{first} We release OarNet, a system."
    names = [
        {text[i.name.start : i.name.end]: i.kind for i in introductions(text, len(title), sentences(text), ())}
        for text in (alone, beside)
    ]
    assert names == [{"dual oar trimming": Kind.METHOD}, {"OarNet": Kind.METHOD}]
