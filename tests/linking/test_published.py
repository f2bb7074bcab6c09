import pytest

from kg.linking import Linker, Published
from kg.vocabulary import Kind


@pytest.fixture(scope="module")
def linker(ontology):
    return Linker(ontology)


def _introduced(linker, sentence, published, title="A title"):
    return {(link.kind, link.label) for link in linker.link(f"{title}\n{sentence}", published).links if link.introduced}


FIRST = [
    ("its arXiv id", "We introduce BERT, an encoder for reading.", Published("1810.04805"), "BERT"),
    ("its arXiv id, in small letters", "We introduce phi-1, a decoder for code.", Published("2306.11644"), "Phi-1"),
    ("the years agree", "We introduce BERT, an encoder for reading.", Published(year=2018), "BERT"),
    ("a conference a year later", "We introduce BERT, an encoder for reading.", Published(year=2019), "BERT"),
    ("no date, and no acronym", "We introduce T5, an approach to reading.", Published(), "T5"),
]


@pytest.mark.parametrize(("sentence", "published", "label"), [r[1:] for r in FIRST], ids=[r[0] for r in FIRST])
def test_published_first_paper_of_a_row_introduces_the_row(linker, sentence, published, label):
    assert _introduced(linker, sentence, published) == {(Kind.MODEL, label)}


LATER = [
    ("years later", "We introduce BERT, a method for routing buses.", Published(year=2025), Kind.METHOD),
    ("another arXiv id", "We introduce BERT, a method for routing buses.", Published("1812.99999", 2018), Kind.METHOD),
    ("a far kind", "We introduce Falcon, a dataset of bird calls.", Published(year=2027), Kind.DATASET),
    ("a far kind, undated", "We introduce Falcon, a dataset of bird calls.", Published(), Kind.DATASET),
]


@pytest.mark.parametrize(("sentence", "published", "kind"), [r[1:] for r in LATER], ids=[r[0] for r in LATER])
def test_published_new_thing_of_an_old_name_stays_another(linker, ontology, sentence, published, kind):
    links = [link for link in linker.link(f"A title\n{sentence}", published).links if link.introduced]
    assert [link.kind for link in links] == [kind]
    assert links[0].node not in ontology.entities


def test_published_first_paper_needs_no_more_than_a_title(linker):
    found = _introduced(linker, "It reads many tongues.", Published("2010.11934", 2020), "mT5: A corpus of tongues")
    assert found == {(Kind.MODEL, "mT5")}
