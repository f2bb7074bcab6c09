import pytest

from kg.resolve.lift import lifted
from kg.vocabulary import Predicate
from tests.graphs import BENCHMARK, DATASET, METHOD, MODEL, Draft, iri


def claims(draft, *introduced):
    return [(c.subject, c.predicate, c.object) for c in lifted(draft.facts(), set(introduced))]


def draft_of(kind, other_kind, relation, path):
    draft = Draft("a", "Tower", "We propose Tower. Tower goes beyond Ground.")
    node = draft.new("Tower", kind)
    draft.relate(relation, draft.mention("Ground", other_kind, path), "beyond Ground")
    return draft, node


@pytest.mark.parametrize(
    ("kind", "relation", "other", "predicate"),
    [
        (METHOD, "extends", METHOD, Predicate.EXTENDS),
        (MODEL, "extends", METHOD, Predicate.EXTENDS),
        (BENCHMARK, "extends", BENCHMARK, None),
        (MODEL, "evaluates_on", BENCHMARK, Predicate.EVALUATED_ON),
        (METHOD, "evaluates_on", BENCHMARK, None),
        (METHOD, "compares_with", MODEL, Predicate.COMPARES_WITH),
        (BENCHMARK, "compares_with", DATASET, Predicate.COMPARES_WITH),
        (BENCHMARK, "compares_with", MODEL, None),
        (METHOD, "uses", METHOD, None),
    ],
)
def test_lifted_between_kinds_that_fit(kind, relation, other, predicate):
    path = f"{other.folder}/ground"
    draft, node = draft_of(kind, other, relation, path)
    assert claims(draft, node) == ([(node, predicate, iri(path))] if predicate else [])


def test_lifted_starts_at_the_thing_the_sentence_names():
    draft = Draft("a", "Tower and Bridge", "We propose Tower and Bridge. Bridge extends Ground.")
    tower = draft.new("Tower", METHOD)
    bridge = draft.mention("Bridge", METHOD)
    draft.links.append(draft.links[-1].__class__(*_again(draft, "Bridge extends", bridge)))
    draft.relate("extends", draft.mention("Ground", METHOD, "method/ground"), "extends Ground")
    assert claims(draft, tower, bridge) == [(bridge, Predicate.EXTENDS, iri("method/ground"))]


def test_lifted_else_starts_at_the_thing_in_the_title():
    draft = Draft("a", "Tower", "Bridge is a part of it. It extends Ground.")
    tower, bridge = draft.new("Tower", METHOD), draft.new("Bridge", METHOD)
    draft.relate("extends", draft.mention("Ground", METHOD, "method/ground"), "extends Ground")
    assert claims(draft, tower, bridge) == [(tower, Predicate.EXTENDS, iri("method/ground"))]


def test_lifted_says_nothing_of_papers_that_introduce_nothing():
    draft = Draft("a", "A study", "We extend Ground.")
    draft.relate("extends", draft.mention("Ground", METHOD, "method/ground"), "We extend")
    assert claims(draft) == []


def _again(draft, words, node):
    where = draft.span(words)
    name = words.split(" ", 1)[0]
    return where.start, where.start + len(name), name, METHOD, node, name, 0.9, "alias"
