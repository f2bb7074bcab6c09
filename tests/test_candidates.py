"""Names that papers use and the ontology lacks."""

import pytest

from kg.candidates import candidates
from kg.vocabulary import Kind
from tests.graphs import BENCHMARK, METHOD, Draft, write_ontology


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return write_ontology(tmp_path_factory.mktemp("ontology"))


def paper(number, abstract, **record):
    return Draft(f"p{number}", f"Title {number}", abstract, **record)


def papers():
    one = paper(1, "We introduce StripeBench, a benchmark. StripeBench is hard.", date="2024-05-01", arxiv="2405.00001")
    one.relate("introduces", one.new("StripeBench", BENCHMARK), "We introduce StripeBench")
    two = paper(2, "We measure on Stripe-Bench and LoRA.").leave("Stripe-Bench", BENCHMARK)
    two.mention("LoRA", METHOD, "method/lora")
    three = paper(3, "Results on StripeBench improve with Spot.").leave("StripeBench", BENCHMARK).leave("Spot", METHOD)
    return [draft.facts() for draft in (one, two, three)]


def test_candidates_join_spellings_over_papers(small):
    (found,) = candidates(papers(), small)
    assert (found.name, found.kind, found.papers) == ("StripeBench", Kind.BENCHMARK, 3)
    assert found.spellings == ("StripeBench", "Stripe-Bench")


def test_candidates_say_who_introduced_them(small):
    (found,) = candidates(papers(), small)
    assert (found.introduced_by, found.year, found.arxiv) == (("p1",), 2024, "2405.00001")


def test_candidates_name_all_who_introduce_something_of_the_name_the_earliest_first(small):
    def introducing(number, **record):
        one = paper(number, "We introduce StripeBench, a benchmark.", **record)
        return one.relate("introduces", one.new("StripeBench", BENCHMARK), "We introduce StripeBench").facts()

    dated = {1: {}, 2: {"date": "2025-01-01", "arxiv": "2501.00002"}, 3: {"date": "2024-01-01"}}
    (found,) = candidates([introducing(number, **record) for number, record in dated.items()], small)
    assert (found.introduced_by, found.year, found.arxiv) == (("p3", "p2", "p1"), 2024, None)


def test_candidates_show_the_sentence_of_the_introducing_paper_first(small):
    (found,) = candidates(papers(), small)
    assert [example.paper for example in found.examples] == ["p1", "p2", "p3"]
    assert all(one.sentence[one.start : one.end] in found.spellings for one in found.examples)
    assert found.examples[1].sentence == "We measure on Stripe-Bench and LoRA."


def test_candidates_of_few_papers_are_left_out_or_asked_for(small):
    assert [one.name for one in candidates(papers(), small, min_papers=1)] == ["StripeBench", "Spot"]
    assert candidates(papers(), small, min_papers=4) == ()


def test_candidates_of_a_kind(small):
    assert [one.name for one in candidates(papers(), small, min_papers=1, kinds=[Kind.METHOD])] == ["Spot"]


def test_candidates_know_what_the_ontology_knows(small):
    known = [paper(n, "We use Grade School Math.").leave("Grade School Math", BENCHMARK).facts() for n in (1, 2)]
    assert candidates(known, small) == ()


def test_candidates_leave_out_stopped_names(ontology):
    stopped = [paper(n, "We use GPU boxes.").leave("GPU", METHOD).facts() for n in (1, 2)]
    assert candidates(stopped, ontology) == ()


def test_candidates_leave_out_plurals_of_what_is_known(small):
    names = ("Grade School Maths", "GSM8KS")
    texts = [paper(n, f"We use {name}.").leave(name, BENCHMARK).facts() for name in names for n in (1, 2)]
    assert [one.name for one in candidates(texts, small)] == ["GSM8KS"]
