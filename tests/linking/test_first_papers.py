import pytest

from kg.linking import FirstPapers, Linker


@pytest.fixture(scope="module")
def linker(ontology):
    return Linker(ontology)


@pytest.fixture(scope="module")
def first_papers(ontology):
    return FirstPapers(ontology)


TITLE = "Tuning at ease with LoRA"
TEXT = TITLE + "\nWeights stay frozen in LoRA."


def test_first_papers_credit_a_row_named_in_the_title_of_its_paper(linker, first_papers, ontology):
    arxiv = ontology.find("LoRA")[0].arxiv
    links = first_papers.credit(linker.link(TEXT), arxiv, len(TITLE)).links
    assert [(link.text, TEXT[: len(TITLE)]) for link in links if link.introduced] == [("LoRA", TITLE)] * 2
    assert {link.introduced.end for link in links if link.introduced} == {len(TITLE)}


@pytest.mark.parametrize("arxiv", [None, "", "0000.00000"])
def test_first_papers_leave_other_papers_as_they_are(linker, first_papers, arxiv):
    found = linker.link(TEXT)
    assert first_papers.credit(found, arxiv, len(TITLE)) is found


def test_first_papers_leave_a_row_that_the_title_does_not_name(linker, first_papers, ontology):
    found = linker.link("A title\nWeights stay frozen in LoRA.")
    assert first_papers.credit(found, ontology.find("LoRA")[0].arxiv, len("A title")) is found


def test_first_papers_leave_what_the_text_says_itself(linker, first_papers, ontology):
    found = linker.link("LoRA: Tuning\nWe propose LoRA, a method.")
    assert first_papers.credit(found, ontology.find("LoRA")[0].arxiv, len("LoRA: Tuning")) is found
