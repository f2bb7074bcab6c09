"""RDF: order, union of graphs, what each syntax cannot hold."""

import io
import random

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import ExportError
from kg.exporters.rdf import syntaxes as rdf
from kg.exporters.rdf.jsonld import write_jsonld
from kg.exporters.rdf.statement_lines import sorted_triples
from kg.vocabulary import BASE

WRITERS = {
    "turtle": rdf.write_turtle,
    "ntriples": rdf.write_ntriples,
    "nquads": rdf.write_nquads,
    "trig": rdf.write_trig,
    "rdfxml": rdf.write_rdfxml,
    "jsonld": write_jsonld,
}
TRIPLES = ["turtle", "ntriples", "rdfxml", "jsonld"]
LORA = NamedNode(f"{BASE}method/lora")
USES = NamedNode(f"{BASE}uses")


def written(name, statements):
    file = io.BytesIO()
    counts = WRITERS[name](statements, file)
    return file.getvalue(), counts


def papers(count):
    return [Triple(NamedNode(f"{BASE}paper/{number}"), USES, LORA) for number in range(count)]


@pytest.mark.parametrize("name", WRITERS)
def test_rdf_sorting_in_pieces_gives_the_same_bytes(name, monkeypatch):
    whole, counts = written(name, papers(500))
    shuffled = papers(500) + papers(200)
    random.Random(1).shuffle(shuffled)
    monkeypatch.setattr("kg.exporters.rdf.statement_lines._PIECE", 1_000)
    assert written(name, shuffled) == (whole, counts)
    assert counts.triples == 500


def test_ntriples_lines_are_sorted_and_none_comes_twice():
    lines = written("ntriples", papers(30) * 2)[0].splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) == 30


@pytest.mark.parametrize("name", WRITERS)
def test_rdf_only_quad_formats_keep_graph_names(name):
    statements = [
        Quad(LORA, USES, LORA, NamedNode("urn:g1")),
        Quad(LORA, USES, LORA, NamedNode("urn:g2")),
        Quad(LORA, USES, LORA),
    ]
    data, counts = written(name, statements)
    assert (b"urn:g1" in data) is (name not in TRIPLES)
    assert counts.triples == (1 if name in TRIPLES else 3)


@pytest.mark.parametrize("name", WRITERS)
def test_rdf_literals_keep_language_and_datatype(name):
    statements = [
        Triple(LORA, USES, Literal("a\x01b", language="en")),
        Triple(LORA, USES, Literal("1.50", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))),
        Triple(LORA, USES, Literal("plain")),
    ]
    data, _ = written(name, statements)
    formats = {
        "turtle": RdfFormat.TURTLE,
        "ntriples": RdfFormat.N_TRIPLES,
        "nquads": RdfFormat.N_QUADS,
        "trig": RdfFormat.TRIG,
    }
    formats |= {"rdfxml": RdfFormat.RDF_XML, "jsonld": RdfFormat.JSON_LD}
    read = {quad.object for quad in parse(data, format=formats[name])}
    first = Literal("a\ufffdb", language="en") if name == "rdfxml" else statements[0].object
    assert read == {first, statements[1].object, statements[2].object}


def test_turtle_names_nodes_by_their_kind():
    data = written("turtle", [Triple(NamedNode(f"{BASE}paper/arxiv-2305.14314"), NamedNode(f"{BASE}extends"), LORA)])[0]
    assert data.splitlines()[-1] == b"paper:arxiv-2305.14314 mlkg:extends method:lora ."


@pytest.mark.parametrize("predicate", ["http://example.org/1", "http://example.org/", "urn:x:a/"])
def test_rdfxml_refuses_a_predicate_that_is_no_xml_name(predicate):
    with pytest.raises(ExportError, match="does not end in an XML name"):
        written("rdfxml", [Triple(LORA, NamedNode(predicate), LORA)])


def test_sorted_triples_are_used_as_they_are():
    with sorted_triples(reversed(papers(20))) as ordered:
        for name in WRITERS:
            assert written(name, ordered) == written(name, papers(20))


@pytest.mark.parametrize("iri", ["method:x", "mlkg:uses", "void:x"])
@pytest.mark.parametrize("place", range(3))
def test_jsonld_refuses_an_iri_that_its_readers_would_take_for_a_short_name(iri, place):
    terms = [LORA, USES, LORA]
    terms[place] = NamedNode(iri)
    with pytest.raises(ExportError, match="is a prefix of its context"):
        written("jsonld", [Triple(*terms)])


def test_jsonld_refuses_a_triple_within_a_triple():
    inner = Triple(LORA, USES, LORA)
    with pytest.raises(ExportError, match="object of another"):
        written("jsonld", [Triple(LORA, USES, inner)])


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Literal(12), '"year":12}'),
        (Literal("012", datatype=Literal(1).datatype), '"year":"012"}'),
        (Literal(10**20), f'"year":"{10**20}"}}'),
        (Literal("x"), '"year":{"@value":"x"}}'),
        (Literal("x", language="en"), '"year":{"@value":"x","@language":"en"}}'),
        (Literal(value=True), '"year":{"@value":"true","@type":"xsd:boolean"}}'),
        (LORA, '"year":{"@id":"method:lora"}}'),
    ],
)
def test_jsonld_says_the_type_where_it_is_not_the_usual_one(value, said):
    triple = Triple(LORA, NamedNode(f"{BASE}year"), value)
    data, _ = written("jsonld", [triple])
    assert data.decode().splitlines()[1].endswith(said)
    assert [quad.triple for quad in parse(data, format=RdfFormat.JSON_LD)] == [triple]
