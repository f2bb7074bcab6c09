"""Papers: their ids from their IRIs, and what of a record is refused."""

import pytest

from kg.identifiers import PaperId, paper_iri
from kg.importers.papers import check, paper_id_of, stretch
from kg.importers.problems import RefusalError
from kg.papers import Paper
from kg.text import Span


@pytest.mark.parametrize("identifier", ["arxiv:2106.09685", "title:0123456789ab", "p3", "some-id_4"])
def test_ids_come_back_from_their_iris(identifier):
    assert paper_id_of(paper_iri(PaperId(identifier))) == identifier


@pytest.mark.parametrize("identifier", ["doi:10.1/x", "a b", "Ä"])
def test_ids_that_iris_cannot_hold_come_back_as_others_of_the_same_iri(identifier):
    iri = paper_iri(PaperId(identifier))
    found = paper_id_of(iri)
    assert found != identifier
    assert paper_iri(found) == iri


def test_an_id_too_long_for_an_iri_cannot_be_told():
    assert paper_id_of(paper_iri(PaperId("x" * 200))) is None


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("title", " ", "no title"),
        ("date", "2024-13-45", "'2024-13-45' is no date"),
        ("date", "2024-02-30", "no date"),
        ("date", "May 2024", "no date"),
        ("arxiv", "../../x", "no arXiv id"),
        ("arxiv", "2106.09685v2", "write 2106.09685"),
        ("doi", "10.1", "no DOI"),
        ("url", "javascript:alert(1)", "no address"),
    ],
)
def test_records_that_no_reader_would_have_given_are_refused(name, value, reason):
    said = {"title": "A title", "abstract": ""} | {name: value}
    with pytest.raises(RefusalError, match=reason):
        check(Paper(PaperId("p1"), **said))


def test_records_as_readers_give_them_pass():
    check(
        Paper(PaperId("p1"), "A title", "", date="2024-05", arxiv="2106.09685", doi="10.1000/x", url="https://x.org/y")
    )


@pytest.mark.parametrize(("start", "end"), [(None, 3), (0, None), (-1, 3), (4, 3), (0, 99)])
def test_stretches_lie_within_the_text(start, end):
    with pytest.raises(RefusalError, match="no stretch of a text of 7"):
        stretch(start, end, None, "A title")


def test_stretches_cut_out_their_quote():
    assert stretch(2, 7, "title", "A title") == Span(2, 7)
    with pytest.raises(RefusalError, match="the quote is 'LoRA', but"):
        stretch(2, 7, "LoRA", "A title")
