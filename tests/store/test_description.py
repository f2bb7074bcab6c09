"""What a graph says of itself is true: every count is counted again in SPARQL."""

import pytest

from kg.store.description import GRAPH_IRI, Tally, description_lines
from kg.vocabulary import BASE, PREFIXES
from tests.graphs import iri, sample_store

VOID = PREFIXES["void"]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return sample_store(tmp_path_factory.mktemp("store"))[0]


def one(store, sparql):
    ((value,),) = store.strings(sparql)
    return value


@pytest.mark.parametrize(
    ("count", "again"),
    [
        ("triples", "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"),
        (
            "entities",
            "SELECT (COUNT(DISTINCT ?s) AS ?n) { VALUES ?c { mlkg:Paper mlkg:Entity mlkg:Organisation } ?s a ?c }",
        ),
        ("classes", "SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE { ?s a ?c }"),
        ("properties", "SELECT (COUNT(DISTINCT ?p) AS ?n) WHERE { ?s ?p ?o }"),
    ],
)
def test_description_counts_are_exact(store, count, again):
    assert one(store, f"SELECT ?n WHERE {{ mlkg:graph void:{count} ?n }}") == one(store, again)


def test_description_counts_of_the_manifest_are_the_same(store):
    assert int(one(store, "SELECT ?n WHERE { mlkg:graph void:triples ?n }")) == store.meta["triples"]


@pytest.mark.parametrize(
    ("parts", "again"),
    [
        (
            "SELECT ?c ?n WHERE { mlkg:graph void:classPartition ?part . ?part void:class ?c ; void:entities ?n }",
            "SELECT ?c (COUNT(*) AS ?n) WHERE { ?s a ?c } GROUP BY ?c",
        ),
        (
            "SELECT ?p ?n WHERE { mlkg:graph void:propertyPartition ?part . ?part void:property ?p ; void:triples ?n }",
            "SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p",
        ),
    ],
    ids=["classes", "properties"],
)
def test_description_parts_are_counted_exactly(store, parts, again):
    counted = sorted(store.strings(parts))
    assert counted == sorted(store.strings(again))
    assert len(counted) >= 15


def test_description_vocabularies_are_those_in_use(store):
    said = {value for (value,) in store.strings("SELECT ?v WHERE { mlkg:graph void:vocabulary ?v }")}
    terms = [t for (t,) in store.strings("SELECT DISTINCT ?t WHERE { { ?s ?t ?o } UNION { ?s a ?t } }")]
    assert all(any(term.startswith(namespace) for namespace in said) for term in terms)
    assert all(any(term.startswith(namespace) for term in terms) for namespace in said)


def test_description_example_is_what_most_papers_mention(store):
    assert one(store, "SELECT ?x WHERE { mlkg:graph void:exampleResource ?x }") == iri("method/lora")


def test_description_has_no_clock():
    first, again = (
        description_lines("1", "ab", "cd", 3, "2024-05", rest=Tally(), example=iri("method/lora")) for _ in range(2)
    )
    assert first == again
    assert [line for line in first if "modified" in line and line.startswith(f"<{GRAPH_IRI}> ")]
    nothing = description_lines("1", "ab", "cd", 0, None, rest=Tally())
    assert not [line for line in nothing if line.startswith(f"<{GRAPH_IRI}> <{PREFIXES['dcterms']}modified>")]


def test_tally_counts_lines():
    tally = Tally()
    tally.add([f"<{BASE}a> <{PREFIXES['rdf']}type> <{BASE}Paper> .\n", f'<{BASE}a> <{BASE}rule> "x y > <z> ." .\n'])
    assert tally.classes == {f"{BASE}Paper": 1}
    assert tally.properties == {f"{PREFIXES['rdf']}type": 1, f"{BASE}rule": 1}
    assert tally.triples == 2
