"""What imports change in the graph of some papers."""

import pytest

from kg.curated import Assertion, Import, Row
from kg.identifiers import paper_iri
from kg.resolve import Resolver
from kg.vocabulary import Predicate, Status
from tests.graphs import iri, sample, write_ontology

LORA, LADDER, NEW, LAB = iri("method/lora"), iri("method/ladder"), iri("method/new"), iri("organisation/lab")


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    return write_ontology(tmp_path_factory.mktemp("tables"))


def resolved(tables, *imports, papers=None):
    resolver = Resolver(tables)
    for facts in sample() if papers is None else papers:
        resolver.add(facts)
    return resolver.finish(imports)


def test_a_row_adds_names_and_replaces_what_can_be_said_once(tables):
    node = resolved(tables, Import("a", rows=(Row(LORA, label="LoRA!", aliases=("low",), year=2020),))).nodes[LORA]
    assert (node.label, node.year, node.status) == ("LoRA!", 2020, Status.CURATED)
    assert node.aliases == ("LoRA", "Low-Rank Adaptation", "low")


def test_a_row_with_a_label_makes_a_node_and_one_without_makes_none(tables):
    held = resolved(tables, Import("a", rows=(Row(NEW, label="New"), Row(iri("method/other"), aliases=("o",)))))
    assert held.nodes[NEW].papers == 0
    assert iri("method/other") not in held.nodes
    assert held.sources == {NEW: ("a",)}


def test_a_row_of_an_entity_of_the_ontology_brings_it_with_what_is_above_it(tables):
    held = resolved(tables, Import("a", rows=(Row(LORA),)), papers=[])
    assert set(held.nodes) == {LORA, iri("method/peft")}


def test_edges_hold_while_both_ends_are_there(tables):
    edge = Assertion(NEW, Predicate.EXTENDS, LADDER, 0.7)
    asserted = Import("a", rows=(Row(NEW, label="New"),), edges=(edge,))
    (found,) = [one for one in resolved(tables, asserted).edges if one.subject == NEW]
    assert (found.confidence, found.sources, found.support, found.asserted) == (0.7, ("a",), 0, False)
    without = [facts for facts in sample() if facts.paper.id != "p3"]
    assert not [one for one in resolved(tables, asserted, papers=without).edges if one.subject == NEW]


def test_edges_that_papers_say_keep_their_confidence(tables):
    edge = Assertion(LADDER, Predicate.EXTENDS, iri("method/qlora"), 0.1)
    (found,) = [
        one
        for one in resolved(tables, Import("a", edges=(edge,)), Import("b", edges=(edge,))).edges
        if (one.subject, one.predicate, one.object) == (LADDER, Predicate.EXTENDS, iri("method/qlora"))
    ]
    assert (found.confidence, found.support, found.sources) == (0.9, 1, ("a", "b"))


def test_edges_of_papers_count_as_papers_that_speak_of_the_thing(tables):
    edge = Assertion(paper_iri("p6"), Predicate.USES, NEW)
    held = resolved(tables, Import("a", rows=(Row(NEW, label="New"),), edges=(edge,)))
    assert held.nodes[NEW].papers == 1
    assert [(one.object, one.sources) for one in held.said_of("p6")] == [(NEW, ("a",))]
    assert held.said_of("p5") == ()


def test_organisations_can_be_made_and_named(tables):
    rows = (Row(LAB, label="Lab"), Row(iri("organisation/meta"), aliases=("Facebook",)))
    held = resolved(tables, Import("a", rows=rows, edges=(Assertion(LORA, Predicate.DEVELOPED_BY, LAB),)))
    assert held.organisations[LAB].label == "Lab"
    assert held.organisations[iri("organisation/meta")].aliases == ("Facebook", "Meta AI")
    assert (LORA, LAB) in {(edge.subject, edge.object) for edge in held.edges}


def test_the_order_of_imports_makes_no_difference(tables):
    one = Import("a", rows=(Row(LORA, year=2020, aliases=("x",)),))
    other = Import("b", rows=(Row(LORA, year=2021, aliases=("y",)),))
    first, second = resolved(tables, one, other), resolved(tables, other, one)
    assert first.nodes[LORA] == second.nodes[LORA]
    assert (first.nodes[LORA].year, first.sources[LORA]) == (2020, ("a", "b"))
