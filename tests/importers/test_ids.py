"""Ids of papers from their IRIs."""

import pytest

from kg.identifiers import PaperId, paper_iri
from kg.importers.ids import paper_id_of


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
