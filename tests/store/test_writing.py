import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import FactsError, StoreMissingError, StoreVersionError, UnknownNameError
from kg.papers.paper import Sighting
from kg.store import open_store, update_store, write_store, writing
from tests.graphs import Draft, sample, write_ontology


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    return write_ontology(tmp_path_factory.mktemp("tables"))


def dump(folder):
    return list(open_store(folder).dump())


def test_write_store_says_what_it_holds(tmp_path, tables):
    summary = write_store(tmp_path, sample(), tables)
    assert (summary.papers, summary.mentions, summary.results, summary.newest) == (6, 23, 2, "2024-11-02")
    assert dict(summary.relations) == {
        "addresses": 1,
        "comparesWith": 3,
        "evaluatesOn": 7,
        "extends": 3,
        "introduces": 4,
        "uses": 4,
    }
    assert dict(summary.nodes)["Method"] == 5
    assert summary.lifted == 8
    assert summary.triples == len(dump(tmp_path))
    assert summary.changed


def test_write_store_of_no_papers_is_a_store(tmp_path, tables):
    assert write_store(tmp_path, [], tables).papers == 0
    assert list(open_store(tmp_path).facts()) == []


def test_write_store_again_changes_nothing(tmp_path, tables):
    first = write_store(tmp_path, sample(), tables)
    files = {path: path.stat().st_mtime_ns for path in tmp_path.glob("builds/*/facts.jsonl")}
    again = write_store(tmp_path, reversed(sample()), tables)
    assert (again.build, again.changed) == (first.build, False)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.glob("builds/*/facts.jsonl")} == files


@settings(max_examples=6)
@given(st.randoms(use_true_random=False), st.sampled_from([400, 5_000, 10**9]))
def test_write_store_is_the_same_whatever_the_order_and_the_pieces(
    tmp_path_factory, tables, shuffled: random.Random, piece
):
    one, other = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("other")
    facts = sample()
    write_store(one, facts, tables)
    shuffled.shuffle(facts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "_PIECE", piece)
        write_store(other, facts, tables)
    assert dump(one) == dump(other)
    for name in ("facts.jsonl", "meta.json"):
        assert next(one.glob(f"builds/*/{name}")).read_bytes() == next(other.glob(f"builds/*/{name}")).read_bytes()


def test_write_store_takes_facts_given_twice_once(tmp_path, tables):
    assert write_store(tmp_path, [*sample(), *sample()], tables).papers == 6


def test_write_store_refuses_two_papers_of_one_id_and_leaves_the_old_store(tmp_path, tables):
    write_store(tmp_path, sample()[:1], tables)
    with pytest.raises(FactsError, match="p6: two different papers"):
        write_store(tmp_path, [*sample(), Draft("p6", "Another", "Text.").facts()], tables)
    assert open_store(tmp_path).meta["papers"] == 1


def test_write_store_that_fails_in_the_middle_leaves_nothing(tmp_path, tables):
    def facts():
        yield sample()[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_store(tmp_path, facts(), tables)
    assert not list(tmp_path.glob("builds/*"))
    assert not list(tmp_path.glob("builds/.*"))


def test_text_with_lone_surrogates_survives_in_the_facts(tmp_path, tables):
    facts = Draft("x", "half \ud83d", "An abstract.").facts()
    write_store(tmp_path, [facts], tables)
    assert list(open_store(tmp_path).facts()) == [facts]


FEW = settings(max_examples=8)  # each example writes two stores through to the disk
SPLITS = st.lists(st.booleans(), min_size=6, max_size=6)


@FEW
@given(SPLITS)
def test_update_in_two_goes_equals_one_build(tmp_path_factory, tables, split):
    one, two = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("two")
    write_store(one, sample(), tables)
    write_store(two, [facts for facts, first in zip(sample(), split, strict=True) if first], tables)
    update_store(two, tables, add=[facts for facts, first in zip(sample(), split, strict=True) if not first])
    assert dump(two) == dump(one)


@FEW
@given(SPLITS)
def test_update_removing_equals_never_adding(tmp_path_factory, tables, split):
    one, two = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("two")
    write_store(one, [facts for facts, kept in zip(sample(), split, strict=True) if kept], tables)
    write_store(two, sample(), tables)
    update_store(two, tables, remove=[facts.paper.id for facts, kept in zip(sample(), split, strict=True) if not kept])
    assert dump(two) == dump(one)


@pytest.mark.parametrize("name", ["arxiv:2305.14314", "2305.14314", "https://w3id.org/mlkg/paper/arxiv-2305.14314"])
def test_update_removes_by_id_arxiv_id_or_iri(tmp_path, tables, name):
    write_store(tmp_path, sample(), tables)
    assert update_store(tmp_path, tables, remove=[name]).papers == 5


def test_update_refuses_to_remove_what_is_not_there(tmp_path, tables):
    before = write_store(tmp_path, sample(), tables).build
    with pytest.raises(UnknownNameError, match="no paper 'p33'; did you mean 'p3'"):
        update_store(tmp_path, tables, remove=["p33"])
    assert open_store(tmp_path).meta["build"] == before


def test_update_merges_a_paper_that_is_there_and_keeps_all_sightings(tmp_path, tables):
    write_store(tmp_path, sample(), tables)
    facts = sample()[2]
    seen = (Sighting("other.html", 8, "Jun 1"),)
    update_store(tmp_path, tables, add=[replace(facts, paper=replace(facts.paper, sightings=seen))])
    (paper,) = [one.paper for one in open_store(tmp_path).facts() if one.paper.id == "p3"]
    assert paper.sightings == (*seen, *facts.paper.sightings)
    assert open_store(tmp_path).meta["papers"] == 6


def test_update_of_no_store_is_refused(tmp_path, tables):
    with pytest.raises(StoreMissingError):
        update_store(tmp_path / "none", tables, add=sample())
    assert not (tmp_path / "none").exists()


def test_update_with_another_ontology_needs_the_papers_read_again(tmp_path, tables):
    (tmp_path / "tables").mkdir()
    other = write_ontology(tmp_path / "tables")
    write_store(tmp_path / "graph", sample(), replace(other, digest="0" * 64))
    with pytest.raises(StoreVersionError, match="another ontology"):
        update_store(tmp_path / "graph", tables, remove=["p6"])
    again = {facts.paper.id: facts for facts in sample()}
    update_store(tmp_path / "graph", tables, remove=["p6"], refresh=lambda paper: again[paper.id])
    write_store(tmp_path / "clean", sample()[:5], tables)
    assert dump(tmp_path / "graph") == dump(tmp_path / "clean")


def test_update_of_facts_that_were_cut_short_loses_no_paper_silently(tmp_path, tables):
    write_store(tmp_path, sample(), tables)
    facts = next(tmp_path.glob("builds/*/facts.jsonl"))
    facts.write_bytes(b"".join(facts.read_bytes().splitlines(keepends=True)[:2]))
    with pytest.raises(StoreVersionError, match=r"damaged: .*facts.jsonl is not as it was written"):
        update_store(tmp_path, tables, add=sample()[:1])
    assert open_store(tmp_path).meta["papers"] == 6


def test_write_store_leads_from_ids_of_earlier_editions_to_the_nodes_it_has(tmp_path, tables):
    question = "SELECT ?old ?new ?gone WHERE { ?old dcterms:isReplacedBy ?new ; owl:deprecated ?gone }"
    write_store(tmp_path / "all", sample(), tables)
    found = {tuple(map(str, row)) for row in open_store(tmp_path / "all").strings(question)}
    assert found == {(old, new, "true") for old, new in tables.redirects.items()}
    write_store(tmp_path / "none", sample()[-1:], tables)
    assert list(open_store(tmp_path / "none").strings(question)) == []
