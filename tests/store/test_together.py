"""Stored and added facts, brought together."""

from dataclasses import replace

import pytest

from kg.errors import UnknownNameError
from kg.store import write_store
from kg.store.folder import current_build
from kg.store.together import Added, Together
from tests.graphs import sample, write_ontology


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    folder = tmp_path_factory.mktemp("store")
    write_store(folder, sample()[:4], write_ontology(tmp_path_factory.mktemp("tables")))
    return current_build(folder)


def test_added_facts_are_found_by_their_text():
    with Added(sample()) as added:
        assert [paper.id for paper in added.papers] == [facts.paper.id for facts in sample()]
        assert [one.paper.id for one in Together(None, added)] == sorted(facts.paper.id for facts in sample())


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_readings_of_a_text_the_fuller_counts(turned):
    full = sample()[1]
    bare = replace(full, relations=(), results=())
    with Added([bare, full] if turned else [full, bare]) as added:
        assert list(Together(None, added)) == [full]


@pytest.mark.parametrize("stored_first", [False, True])
def test_what_is_stored_and_added_comes_from_the_one_that_is_first(build, stored_first):
    other = replace(sample()[1], relations=())
    with Added([other]) as added:
        found = {one.paper.id: one for one in Together(build, added, stored_first=stored_first)}
    assert len(found) == 4
    assert bool(found[other.paper.id].relations) is stored_first


def test_what_is_stored_first_stays_as_it_is(build):
    paper = sample()[1].paper
    longer = replace(paper, id="another", abstract=paper.abstract + " And more.", upvotes=3)
    with Added([replace(sample()[1], paper=longer, mentions=(), relations=(), results=())]) as added:
        together = Together(build, added, stored_first=True)
        assert list(together) == sorted(sample()[:4], key=lambda one: one.paper.id)
        assert together.counted() == [paper.id]


def test_what_gives_way_is_gone_where_it_is_added(build):
    paper = sample()[1].paper
    shorter = replace(
        sample()[1], paper=replace(paper, abstract="No.", authors=()), mentions=(), relations=(), results=()
    )
    with Added([shorter]) as added:
        found = list(Together(build, added, give_way={paper.id, sample()[0].paper.id}))
    assert len(found) == 4
    assert shorter in found


def test_papers_that_are_stored_under_another_id_are_known_as_absorbed(build):
    paper = sample()[2].paper
    with Added([replace(sample()[2], paper=replace(paper, id="arxiv:2403.00001", arxiv="2403.00001"))]) as added:
        together = Together(build, added)
        assert together.absorbed() == {"arxiv:2403.00001"}
        assert "p3" not in {one.paper.id for one in together}


def test_papers_are_removed_by_any_of_their_names(build):
    with Added() as added:
        left = Together(build, added, ["2106.09685", "https://w3id.org/mlkg/paper/p4"])
        assert [paper.id for paper in left.papers] == ["arxiv:2305.14314", "p3"]
        with pytest.raises(UnknownNameError, match="no paper 'nn'"):
            Together(build, added, ["nn"])
