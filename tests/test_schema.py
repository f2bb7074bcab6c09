"""The schema, the enumerations, the shapes and a built store say the same."""

import re
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS

from kg.vocabulary import BASE, PREFIXES, Class, Kind, Predicate, Property, RelationType
from tests.graphs import sample_store

FOLDER = Path(__file__).parents[1] / "ontology"
SCHEMA = rdflib.Graph().parse(FOLDER / "schema.ttl")
SHAPES = rdflib.Graph().parse(FOLDER / "shapes.ttl")
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
MLKG = rdflib.Namespace(BASE)
CLASS_TYPES = {OWL.Class}
PROPERTY_TYPES = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    store, _ = sample_store(tmp_path_factory.mktemp("store"))
    return rdflib.Graph().parse(data="\n".join(store.dump()) + "\n", format="nt")


def declared(types, base=BASE):
    return {str(term) for kind in types for term in SCHEMA.subjects(RDF.type, kind) if str(term).startswith(base)}


def test_classes_of_the_schema_are_those_of_the_enumerations():
    assert declared(CLASS_TYPES) == {term.iri for term in Class}
    assert {kind.value for kind in Kind} <= {term.value for term in Class}


def test_properties_of_the_schema_are_those_of_the_enumerations():
    assert declared(PROPERTY_TYPES) == {term.iri for term in (*Predicate, *Property)}
    assert not {*Predicate} & {*Property}


def test_every_term_has_a_label_and_a_comment():
    for term in declared(CLASS_TYPES | PROPERTY_TYPES):
        node = rdflib.URIRef(term)
        assert len(list(SCHEMA.objects(node, RDFS.label))) == 1, term
        assert len(str(SCHEMA.value(node, RDFS.comment))) > 8, term


def test_every_property_has_a_domain_and_a_range():
    for term in declared(PROPERTY_TYPES):
        assert SCHEMA.value(rdflib.URIRef(term), RDFS.domain) is not None, term
        assert SCHEMA.value(rdflib.URIRef(term), RDFS.range) is not None, term


def test_relations_of_papers_are_below_mentions():
    below = set(SCHEMA.subjects(RDFS.subPropertyOf, MLKG.mentions))
    assert below == {rdflib.URIRef(relation.predicate.iri) for relation in RelationType}


def test_kinds_are_disjoint_each_from_each():
    kinds = [MLKG[kind] for kind in Kind]
    for one in kinds:
        for other in kinds:
            pair = (one, OWL.disjointWith, other) in SCHEMA or (other, OWL.disjointWith, one) in SCHEMA
            assert pair == (one != other)


def test_every_term_in_the_data_is_declared(data):
    properties = {str(term) for kind in PROPERTY_TYPES for term in SCHEMA.subjects(RDF.type, kind)}
    assert {str(p) for p in data.predicates(unique=True)} - properties <= {str(RDF.type)}
    supers = {str(term) for term in (*SCHEMA.objects(None, RDFS.subClassOf), *SCHEMA.objects(None, SKOS.closeMatch))}
    assert {str(c) for c in data.objects(None, RDF.type, unique=True)} <= declared(CLASS_TYPES) | supers


def members(node):
    """The classes of a domain or range: itself, or those of its union."""
    union = SCHEMA.value(node, OWL.unionOf)
    return set(rdflib.collection.Collection(SCHEMA, union)) if union is not None else {node}


def test_the_data_keeps_to_domains_and_ranges(data):
    types = {node: set(data.objects(node, RDF.type)) for node in data.subjects(unique=True)}
    checked = 0
    for term in declared(PROPERTY_TYPES):
        prop = rdflib.URIRef(term)
        domain, range_ = (members(SCHEMA.value(prop, which)) for which in (RDFS.domain, RDFS.range))
        for subject, value in data.subject_objects(prop):
            checked += 1
            assert types[subject] & domain, (subject, prop)
            if isinstance(value, rdflib.URIRef):
                assert types[value] & range_, (prop, value)
            else:
                assert range_ == {value.datatype or rdflib.XSD.string}, (prop, value)
    assert checked > 500


def test_no_node_of_the_data_is_blank(data):
    assert not [node for node in data.all_nodes() if isinstance(node, rdflib.BNode)]


def test_prefixes_of_the_schema_are_those_of_the_package():
    for text in ((FOLDER / name).read_text(encoding="utf-8") for name in ("schema.ttl", "shapes.ttl")):
        for prefix, iri in re.findall(r"^@prefix (\w+): <([^>]+)> \.$", text, flags=re.MULTILINE):
            assert PREFIXES.get(prefix, iri) == iri


def report(graph):
    conforms, results, _ = pyshacl.validate(graph, shacl_graph=SHAPES)
    return conforms, results


def test_a_built_store_conforms_to_the_shapes(data):
    conforms, results = report(data)
    assert conforms, "\n".join(map(str, results.objects(None, SH.resultMessage)))


def required():
    """Every (shape's class, property) that must be there."""
    for shape, target in SHAPES.subject_objects(SH.targetClass):
        for prop in SHAPES.objects(shape, SH.property):
            if SHAPES.value(prop, SH.minCount) is not None:
                yield target, SHAPES.value(prop, SH.path)


REQUIRED = sorted(required())


def test_every_class_of_the_data_has_a_shape_that_requires_something(data):
    ours = {c for c in data.objects(None, RDF.type, unique=True) if str(c).startswith(BASE)}
    below = {c for c in ours if SCHEMA.value(c, RDFS.subClassOf) in (MLKG.Entity, MLKG.Model)}
    assert ours - below <= {target for target, _ in REQUIRED}
    assert len(REQUIRED) >= 30


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """One paper's graph: shapes are broken many times, and each time all of it is checked."""
    from kg.store import open_store, write_store
    from tests.graphs import sample

    folder = tmp_path_factory.mktemp("small")
    _, tables = sample_store(folder)
    write_store(folder / "one", sample()[1:2], tables)
    return rdflib.Graph().parse(data="\n".join(open_store(folder / "one").dump()) + "\n", format="nt")


def broken(graph, remove=(), add=()):
    changed = rdflib.Graph()
    changed += graph
    for triple in remove:
        changed.remove(triple)
    for triple in add:
        changed.add(triple)
    return changed


def paths(results):
    return {results.value(result, SH.resultPath) for result in results.subjects(RDF.type, SH.ValidationResult)}


def names(term):
    return str(term).rsplit("/", 1)[-1].rsplit("#", 1)[-1]


@pytest.mark.parametrize(("target", "path"), REQUIRED, ids=[f"{names(t)}-{names(p)}" for t, p in REQUIRED])
def test_shapes_miss_what_is_left_out(small, target, path):
    node = next(s for s in sorted(small.subjects(RDF.type, target)) if small.value(s, path) is not None)
    conforms, results = report(broken(small, remove=[(node, path, None)]))
    assert not conforms
    assert path in paths(results)


def first(graph, cls):
    return min(graph.subjects(RDF.type, cls))


WRONG = [
    (MLKG.Paper, MLKG.uses, rdflib.URIRef(BASE + "paper/arxiv-2305.14314")),
    (MLKG.Paper, MLKG.evaluatesOn, rdflib.URIRef(BASE + "method/lora")),
    (MLKG.Paper, rdflib.DCTERMS.title, rdflib.Literal("second title")),
    (MLKG.Paper, rdflib.DCTERMS.date, rdflib.Literal("spring")),
    (MLKG.Paper, MLKG.upvotes, rdflib.Literal(-1)),
    (MLKG.Entity, MLKG.status, rdflib.Literal("guessed")),
    (MLKG.Entity, MLKG.hasMetric, rdflib.URIRef(BASE + "method/lora")),
    (MLKG.Entity, MLKG.developedBy, rdflib.URIRef(BASE + "method/lora")),
    (MLKG.Model, MLKG.level, rdflib.Literal("tribe")),
    (MLKG.Statement, MLKG.confidence, rdflib.Literal("1.5", datatype=rdflib.XSD.decimal)),
    (MLKG.Statement, RDF.predicate, MLKG.likes),
    (MLKG.Statement, MLKG.support, rdflib.Literal(0)),
    (MLKG.Evidence, MLKG.field, rdflib.Literal("footnote")),
    (MLKG.Evidence, MLKG.start, rdflib.Literal(99_999)),
    (MLKG.Mention, MLKG.refersTo, rdflib.URIRef(BASE + "paper/arxiv-2305.14314")),
    (MLKG.Result, MLKG.value, rdflib.Literal("fifty")),
    (MLKG.Result, MLKG.onBenchmark, rdflib.URIRef(BASE + "paper/arxiv-2305.14314")),
]


@pytest.mark.parametrize(
    ("cls", "path", "value"), WRONG, ids=[f"{names(c)}-{names(p)}-{names(v)}" for c, p, v in WRONG]
)
def test_shapes_refuse_what_is_wrong(small, cls, path, value):
    conforms, results = report(broken(small, add=[(first(small, cls), path, value)]))
    assert not conforms
    assert path in paths(results)


@pytest.mark.parametrize(
    "triples",
    [
        [(rdflib.BNode(), RDF.type, MLKG.Organisation)],
        [(rdflib.URIRef("https://elsewhere.org/x"), RDF.type, MLKG.Mention)],
        [(rdflib.URIRef(BASE + "method/lora"), RDF.type, MLKG.Model)],
    ],
    ids=["blank-node", "foreign-iri", "two-kinds"],
)
def test_shapes_refuse_nodes_of_the_wrong_sort(small, triples):
    assert not report(broken(small, add=triples))[0]
