import pytest

from kg.mentions.discoveries import discoveries
from kg.vocabulary import Kind

NAMES = [
    ("Results on the ZITTI and nuZenes datasets.", "ZITTI", Kind.DATASET),
    ("Results on the ZITTI and nuZenes datasets.", "nuZenes", Kind.DATASET),
    ("We use MovieZens, YelpX2 and AmaZor datasets.", "YelpX2", Kind.DATASET),
    ("It beats baselines such as ZorkNet, FooNet and BarNet.", "BarNet", None),
    ("We test RangeZiT and SalsaZext models.", "RangeZiT", Kind.MODEL),
    ("It is run on two art datasets ZorkArt 2.0 and ZirArt and wins.", "ZorkArt 2.0", Kind.DATASET),
    ("It is run on two art datasets ZorkArt 2.0 and ZirArt and wins.", "ZirArt", Kind.DATASET),
    ("There we use a kelp generator, ZorkNet, to draw.", "ZorkNet", Kind.METHOD),
    ("It is run on the ECG-Kelp dataset.", "ECG-Kelp", Kind.DATASET),
    ("We evaluate on ZorkBench-v2.", "ZorkBench-v2", Kind.BENCHMARK),
]


def _found(text):
    return {text[d.start : d.end]: d.kind for d in discoveries(text, (), {}, frozenset(), len(text))}


@pytest.mark.parametrize(("text", "name", "kind"), NAMES, ids=[f"{row[1]} in {row[0][:20]}" for row in NAMES])
def test_discoveries_finds_name_and_kind(text, name, kind):
    found = _found(text)
    assert name in found
    assert kind is None or found[name] is kind


NOISE = [
    ("a language", "We write it in JavaScript."),
    ("a device", "We need WiFi at home."),
    ("hardware", "We train on 8xH100 cards."),
    ("a symbol", "The budget B_K is small."),
    ("a person", "It was refused (MacFoonald, 2015)."),
    ("a venue", "We beat it (FP'23) clearly."),
    ("a class of models", "Pre-trained FooLLMs are many."),
    ("half an acronym", "A tree GENeration framework."),
    ("a shouted word", "We take the FIRST one, the first of all."),
    ("a hyphened letter", "We prune K-plex graphs."),
    ("a special token", "We read the [ZMASK] token."),
    ("a plain word", "Results. The Paris case."),
]


@pytest.mark.parametrize("text", [text for _, text in NOISE], ids=[what for what, _ in NOISE])
def test_discoveries_leaves_noise(text):
    assert _found(text) == {}
