"""The schema, the enumerations, what is derived from it and a built store say the same."""

import csv
import json
import re
import warnings

import pyoxigraph
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, XSD

from kg import __version__
from kg.resources import ontology_folder
from kg.vocabulary import BASE, INVERSES, PREFIXES, Class, Kind, Predicate, Property, RelationType
from tests.graphs import sample_store
from tests.schema_files import MAPS, SCHEMA, context_text, declared, mappings, short

FOLDER = ontology_folder()
MLKG = rdflib.Namespace(BASE)
PROPERTY_TYPES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property)
USED = {MLKG[predicate] for predicate in Predicate}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    store, _ = sample_store(tmp_path_factory.mktemp("store"))
    return rdflib.Graph().parse(data="\n".join(store.dump()) + "\n", format="nt")


def test_classes_of_the_schema_are_those_of_the_enumerations():
    assert declared(OWL.Class) == {term.iri for term in Class}
    assert {kind.value for kind in Kind} <= {term.value for term in Class}


def test_properties_of_the_schema_are_those_of_the_enumerations_and_the_inverses():
    enumerated = {term.iri for term in (*Predicate, *Property)}
    assert declared(*PROPERTY_TYPES) == enumerated | {BASE + name for name in INVERSES.values()}
    assert not {*Predicate} & {*Property}


def test_every_predicate_between_nodes_has_an_inverse():
    assert {(str(p), str(q)) for p, q in SCHEMA.subject_objects(OWL.inverseOf)} == {
        (BASE + name, predicate.iri) for predicate, name in INVERSES.items()
    }
    assert set(INVERSES) == set(Predicate)


def test_no_inverse_is_in_the_data(data):
    assert not {str(p) for p in data.predicates(unique=True)} & {BASE + name for name in INVERSES.values()}


def test_every_term_has_a_label_and_a_comment():
    for term in declared(OWL.Class, *PROPERTY_TYPES):
        node = rdflib.URIRef(term)
        assert len(list(SCHEMA.objects(node, RDFS.label))) == 1, term
        assert len(str(SCHEMA.value(node, RDFS.comment))) > 8, term


def test_labels_are_the_names_in_words():
    for term in declared(*PROPERTY_TYPES):
        label = str(SCHEMA.value(rdflib.URIRef(term), RDFS.label))
        name = term.removeprefix(BASE)
        words = re.sub("[A-Z]", lambda letter: f" {letter[0].lower()}", name).replace(" text", " as written")
        assert label.lower() in (words, words.replace("arxiv id", "arXiv id").lower()), term


def test_every_property_has_a_domain_and_a_range():
    for term in declared(*PROPERTY_TYPES) - {BASE + name for name in INVERSES.values()}:
        assert len(list(SCHEMA.objects(rdflib.URIRef(term), RDFS.domain))) == 1, term
        assert len(list(SCHEMA.objects(rdflib.URIRef(term), RDFS.range))) == 1, term


def test_relations_of_papers_are_below_mentions():
    below = set(SCHEMA.subjects(RDFS.subPropertyOf, MLKG.mentions))
    assert below == {rdflib.URIRef(relation.predicate.iri) for relation in RelationType}


def test_lines_of_descent_are_transitive():
    assert set(SCHEMA.subjects(RDF.type, OWL.TransitiveProperty)) == {MLKG.variantOf, MLKG.partOf, MLKG.broader}


def test_disjoint_classes_are_the_kinds_and_the_sorts_of_nodes():
    groups = {
        frozenset(rdflib.collection.Collection(SCHEMA, SCHEMA.value(axiom, OWL.members)))
        for axiom in SCHEMA.subjects(RDF.type, OWL.AllDisjointClasses)
    }
    kinds = {MLKG[kind] for kind in Kind}
    below = kinds | {MLKG.Family, MLKG.Checkpoint}
    assert groups == {frozenset(kinds), frozenset({MLKG[name] for name in Class} - below)}
    assert (MLKG.Family, OWL.disjointWith, MLKG.Checkpoint) in SCHEMA


def test_header_says_version_licence_and_prefix():
    vann = rdflib.Namespace("http://purl.org/vocab/vann/")
    header = rdflib.URIRef(BASE)
    assert (header, RDF.type, OWL.Ontology) in SCHEMA
    assert str(SCHEMA.value(header, OWL.versionInfo)) == __version__
    assert SCHEMA.value(header, OWL.versionIRI) == rdflib.URIRef(f"{BASE}{__version__}")
    assert str(SCHEMA.value(header, vann.preferredNamespaceUri)) == BASE
    assert PREFIXES[str(SCHEMA.value(header, vann.preferredNamespacePrefix))] == BASE
    assert SCHEMA.value(header, rdflib.DCTERMS.license) is not None


def test_axioms_are_of_owl_rl_but_for_unions_in_domains_and_ranges():
    known = {OWL.inverseOf, OWL.disjointWith, OWL.members, OWL.unionOf, OWL.versionIRI, OWL.versionInfo}
    assert {p for p in SCHEMA.predicates(unique=True) if p in OWL} <= known
    for node in SCHEMA.subjects(OWL.unionOf, None):
        assert set(SCHEMA.predicates(None, node)) <= {RDFS.domain, RDFS.range}


def test_every_term_that_an_axiom_names_is_declared():
    names = {
        term for p in (*MAPS[:2], RDFS.domain, OWL.inverseOf) for pair in SCHEMA.subject_objects(p) for term in pair
    }
    types = (OWL.Class, *PROPERTY_TYPES)
    missing = {n for n in names if isinstance(n, rdflib.URIRef) and not {*SCHEMA.objects(n, RDF.type)} & {*types}}
    assert not missing
    ranges = {r for r in SCHEMA.objects(None, RDFS.range) if isinstance(r, rdflib.URIRef) and r not in XSD}
    assert {str(r) for r in ranges} <= declared(OWL.Class, base="")


def test_every_term_in_the_data_is_declared(data):
    properties = declared(*PROPERTY_TYPES, base="")
    assert {str(p) for p in data.predicates(unique=True)} - properties <= {str(RDF.type)}
    assert {str(c) for c in data.objects(None, RDF.type, unique=True)} <= declared(OWL.Class, base="")


def test_foreign_properties_say_what_they_mean_here_and_no_more(data):
    foreign = {str(p) for p in data.predicates(unique=True) if not str(p).startswith(BASE) and p != RDF.type}
    noted = {str(term) for term in SCHEMA.subjects(SKOS.scopeNote, None)}
    assert foreign <= noted
    assert not [term for term in noted if term.startswith(BASE)]
    assert not [
        term for term in SCHEMA.subjects(RDFS.comment, None) if not str(term).startswith(BASE) or str(term) == BASE
    ]


def members(node):
    """The classes of a domain or range: itself, or those of its union."""
    union = SCHEMA.value(node, OWL.unionOf)
    return set(rdflib.collection.Collection(SCHEMA, union)) if union is not None else {node}


def test_the_data_keeps_to_domains_and_ranges(data):
    types = {node: set(data.objects(node, RDF.type)) for node in data.subjects(unique=True)}
    checked = 0
    for term in declared(*PROPERTY_TYPES) - {BASE + name for name in INVERSES.values()}:
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


@pytest.mark.parametrize("name", ["schema.ttl", "shapes.ttl"])
def test_schema_and_shapes_are_read_without_a_warning(name, caplog):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        by_rdflib = rdflib.Graph().parse(FOLDER / name)
        by_oxigraph = list(pyoxigraph.parse(path=str(FOLDER / name)))
    assert len(by_rdflib) == len(by_oxigraph) > 500
    assert not caplog.records


def test_context_is_what_the_schema_says():
    assert (FOLDER / "context.jsonld").read_text(encoding="utf-8") == context_text()


def test_context_names_every_term_of_the_data(data):
    context = json.loads((FOLDER / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    named = {m["@id"] if isinstance(m, dict) and "@id" in m else m for m in context.values() if "@reverse" not in m}
    ours = {short(str(p)) for p in data.predicates(unique=True) if str(p).startswith(BASE)}
    assert ours <= named
    assert len(context) == len({*context})


def sssom():
    text = (FOLDER / "mappings.sssom.tsv").read_text(encoding="utf-8")
    lines = text.splitlines()
    header = [line.removeprefix("#") for line in lines if line.startswith("#")]
    rows = list(csv.DictReader([line for line in lines if not line.startswith("#")], delimiter="\t"))
    return header, rows


def test_mappings_are_those_of_the_schema():
    _, rows = sssom()
    assert {(row["subject_id"], row["predicate_id"], row["object_id"]) for row in rows} == mappings()
    assert len(rows) == len(mappings()) >= 60


def test_mappings_have_what_sssom_asks_for():
    header, rows = sssom()
    said = dict(line.split(": ", 1) for line in header if not line.startswith(" ") and ": " in line)
    assert said["mapping_set_id"].startswith("https://")
    assert said["license"].startswith("https://")
    assert said["mapping_set_version"] == f'"{__version__}"'
    curies = dict(line.strip().split(": ", 1) for line in header if line.startswith("  "))
    assert curies == dict(sorted(curies.items()))
    for row in rows:
        assert row["mapping_justification"] == "semapv:ManualMappingCuration"
        assert row["subject_label"] == str(SCHEMA.value(MLKG[row["subject_id"].partition(":")[2]], RDFS.label))
        for column in ("subject_id", "predicate_id", "object_id", "mapping_justification"):
            assert row[column].partition(":")[0] in curies
    known = {prefix: str(iri) for prefix, iri in SCHEMA.namespaces()} | {"semapv": "https://w3id.org/semapv/vocab/"}
    assert {prefix: known[prefix] for prefix in curies} == curies
    keys = [(row["subject_id"], row["predicate_id"], row["object_id"]) for row in rows]
    assert keys == sorted(set(keys))
