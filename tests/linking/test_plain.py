import pytest

from kg.linking import Linker, Published


@pytest.fixture(scope="module")
def linker(ontology):
    return Linker(ontology)


def _introduced(linker, sentence, published):
    return {link.label for link in linker.link(f"A title\n{sentence}", published).links if link.introduced}


PLAIN = [
    ("We introduce the Qwen series, trained on kelp.", {"Qwen"}),
    ("We present the Qwen family, trained on kelp.", {"Qwen"}),
    ("We present Llemma 7B and Llemma 34B, trained on kelp.", {"Llemma 7B", "Llemma 34B"}),
]


@pytest.mark.parametrize(("sentence", "labels"), PLAIN, ids=[sentence for sentence, _ in PLAIN])
def test_plain_names_the_models_themselves(linker, sentence, labels):
    assert _introduced(linker, sentence, Published(year=2023)) == labels


def test_plain_leaves_the_noun_that_no_model_stands_before(linker):
    links = linker.link("A title\nWe introduce Kelp Series, a benchmark for divers.", Published(year=2023)).links
    assert [link.label for link in links if link.introduced] == ["Kelp Series"]
