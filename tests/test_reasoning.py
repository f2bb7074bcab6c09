"""A reasoner finds no contradiction in the schema and a built graph, and finds those that are put there on purpose.

OWL 2 RL by owlrl, with the RDFS rules: https://www.w3.org/TR/owl2-profiles/#OWL_2_RL.
"""

import owlrl
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS

from kg.store import open_store, write_store
from kg.vocabulary import BASE, INVERSES, PREFIXES
from tests.graphs import iri, sample, sample_store
from tests.schema_files import SCHEMA

MLKG = rdflib.Namespace(BASE)
PROV = rdflib.Namespace(PREFIXES["prov"])
ERROR = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
FAILED = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")
"""What owlrl makes a node of for each contradiction."""


def node(path):
    return rdflib.URIRef(iri(path))


def closed(data, *more):
    graph = rdflib.Graph()
    graph += SCHEMA
    graph += data
    for triple in more:
        graph.add(triple)
    owlrl.DeductiveClosure(owlrl.RDFS_OWLRL_Semantics).expand(graph)
    return graph


def contradictions(graph):
    found = list(graph.subjects(RDF.type, OWL.Nothing))
    return [*found, *graph.subjects(RDF.type, FAILED)]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Two papers with all that they mention: closing a graph takes a second for a thousand triples."""
    folder = tmp_path_factory.mktemp("small")
    _, tables = sample_store(folder)
    write_store(folder / "two", sample()[1:3], tables)
    return rdflib.Graph().parse(data="\n".join(open_store(folder / "two").dump()) + "\n", format="nt")


@pytest.fixture(scope="module")
def inferred(data):
    return closed(data)


def test_reasoning_finds_no_contradiction(inferred):
    assert contradictions(inferred) == []


def test_reasoning_makes_nothing_equal(inferred):
    assert not [(a, b) for a, b in inferred.subject_objects(OWL.sameAs) if a != b and str(a).startswith(BASE)]
    classes = {MLKG[name] for name in ("Paper", "Method", "Model", "Benchmark", "Dataset", "Task", "Metric")}
    assert not [(a, b) for a in classes for b in classes if a != b and (a, OWL.equivalentClass, b) in inferred]


@pytest.mark.parametrize(
    "triple",
    [
        (node("model/llama-2-7b"), MLKG.variantOf, node("model/llama")),
        (node("method/qlora"), MLKG.broader, node("method/peft")),
        (node("method/peft"), SKOS.broaderTransitive, node("method/qlora")),
        (node("method/lora"), MLKG[INVERSES["extends"]], node("method/qlora")),
        (node("organisation/meta"), RDF.type, PROV.Agent),
        (node("model/llama-2-7b"), PROV.wasAttributedTo, node("organisation/meta")),
        (node("method/qlora"), RDF.type, PROV.Entity),
    ],
    ids=["transitive", "transitive-broader", "not-upwards", "inverse", "not-imported", "attributed", "super-class"],
)
def test_reasoning_adds_what_the_schema_says(inferred, triple, request):
    known = request.node.callspec.id not in ("not-upwards", "not-imported", "attributed")
    assert (triple in inferred) is known


def thing(name):
    return rdflib.URIRef(f"{BASE}method/{name}")


WRONG = {
    "two kinds": [(thing("a"), RDF.type, MLKG.Method), (thing("a"), RDF.type, MLKG.Model)],
    "two sorts": [(thing("b"), RDF.type, MLKG.Entity), (thing("b"), RDF.type, MLKG.Paper)],
    "two levels": [(thing("c"), RDF.type, MLKG.Family), (thing("c"), RDF.type, MLKG.Checkpoint)],
    "domain": [(thing("d"), RDF.type, MLKG.Paper), (thing("d"), MLKG.refersTo, thing("x"))],
    "range": [(thing("x"), MLKG.developedBy, thing("e")), (thing("e"), RDF.type, MLKG.Method)],
    "range of a kind": [(thing("x"), MLKG.hasTask, thing("f")), (thing("f"), RDF.type, MLKG.Benchmark)],
    "domain of the inverse": [(thing("y"), MLKG.taskOf, thing("g")), (thing("y"), RDF.type, MLKG.Metric)],
    "super-property": [(thing("h"), MLKG.uses, thing("x")), (thing("h"), RDF.type, MLKG.Organisation)],
}
"""Contradictions, one a case, each of a thing of its own."""


@pytest.fixture(scope="module")
def contradicted():
    """What is found when all of them are there at once."""
    graph = closed(rdflib.Graph(), *(triple for case in WRONG.values() for triple in case))
    return [str(graph.value(message, ERROR)) for message in contradictions(graph)]


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_reasoning_finds_a_contradiction_put_there_on_purpose(contradicted, case):
    broken = next(subject for subject, predicate, _ in case if predicate == RDF.type)
    assert [message for message in contradicted if f"{broken} " in f"{message} "]


def test_reasoning_finds_a_class_that_can_have_no_member():
    graph = closed(rdflib.Graph(), (MLKG.Family, RDFS.subClassOf, MLKG.Metric), (thing("a"), RDF.type, MLKG.Family))
    assert contradictions(graph)
