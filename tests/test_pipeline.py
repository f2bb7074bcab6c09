"""The stages in order: the same facts whatever the order, the number of processes and the hash seed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import StoreMissingError, UnknownNameError
from kg.facts import to_json
from kg.papers import read_papers
from kg.pipeline import Extractor, add, build, extract, remove
from kg.store import open_store

ROOT = Path(__file__).parents[1]
PAPERS = ROOT / "tests" / "data" / "cli" / "papers.jsonl"


@pytest.fixture(scope="module")
def papers():
    return read_papers([PAPERS]).papers


def test_extract_gives_the_same_lines_in_several_processes(papers, ontology):
    alone = [to_json(facts) for facts in extract(papers, ontology, workers=1)]
    assert alone == [to_json(facts) for facts in extract(papers, ontology, workers=2)]
    assert len(alone) == len(papers)


def test_extract_does_not_depend_on_what_was_read_before(papers, ontology):
    together = [to_json(facts) for facts in extract(papers, ontology, workers=1)]
    assert together == [to_json(Extractor(ontology)(paper)) for paper in papers]


@pytest.mark.parametrize("seed", ["1", "4711"])
def test_extract_does_not_depend_on_the_hash_seed(papers, ontology, seed):
    command = [sys.executable, "-m", "kg", "extract", PAPERS.relative_to(ROOT)]
    done = subprocess.run(
        command, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}, cwd=ROOT, timeout=120, check=True
    )
    here = [to_json(facts) for facts in extract(read_papers([PAPERS]).papers, ontology, workers=1)]
    there = done.stdout.decode().splitlines()
    assert [line.replace(str(PAPERS), "").replace("tests/data/cli/papers.jsonl", "") for line in there] == [
        line.replace(str(PAPERS), "").replace("tests/data/cli/papers.jsonl", "") for line in here
    ]


def test_build_counts_each_step(papers, ontology, tmp_path):
    steps = []
    summary = build(papers, tmp_path, ontology, step=steps.append)
    assert sum(steps) == len(papers) == summary.papers


def test_add_needs_a_store(papers, ontology, tmp_path):
    with pytest.raises(StoreMissingError, match="kg build"):
        add(papers, tmp_path / "none", ontology)


def test_remove_of_an_unknown_paper_changes_nothing(papers, ontology, tmp_path):
    before = build(papers, tmp_path, ontology).build
    with pytest.raises(UnknownNameError):
        remove(["arxiv:2401.00001", "nothing"], tmp_path, ontology)
    assert open_store(tmp_path).meta["build"] == before


@pytest.fixture(scope="module")
def listed(shared, ontology, tmp_path_factory):
    reading = read_papers(sorted((shared / "corpus" / "listings").glob("*.txt")))
    assert reading.problems == ()
    assert reading.entries == 322
    folder = tmp_path_factory.mktemp("listings")
    build(reading.papers, folder, ontology)
    return open_store(folder)


def test_every_listed_paper_is_kept_once(listed):
    assert listed.meta["papers"] == 287


def test_no_edge_without_a_sentence_that_is_in_the_paper(listed):
    for facts in listed.facts():
        for relation in facts.relations:
            assert relation.evidence
            assert all(facts.paper.text[span.start : span.end].strip() for span in relation.evidence)
    bare = listed.query(
        """ASK { ?s a mlkg:Statement ; rdf:subject ?paper . ?paper a mlkg:Paper .
                 OPTIONAL { ?s mlkg:hasEvidence ?e } FILTER(!BOUND(?e)) }"""
    )
    assert not bool(bare)


def test_growing_in_two_goes_equals_one_build(shared, listed, ontology, tmp_path):
    pages = sorted((shared / "corpus" / "listings").glob("*.txt"))
    build(read_papers(pages[:2]).papers, tmp_path, ontology)
    summary = add(read_papers(pages[2:]).papers, tmp_path, ontology)
    assert summary.build == listed.meta["build"]
