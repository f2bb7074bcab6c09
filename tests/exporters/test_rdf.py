"""RDF: order, union of graphs, what each syntax cannot hold, and rapper as a reader from elsewhere."""

import io
import random
import shutil
import subprocess

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import ExportError
from kg.exporters import rdf
from kg.vocabulary import BASE

WRITERS = {
    "turtle": rdf.write_turtle,
    "ntriples": rdf.write_ntriples,
    "nquads": rdf.write_nquads,
    "trig": rdf.write_trig,
    "rdfxml": rdf.write_rdfxml,
    "jsonld": rdf.write_jsonld,
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
    monkeypatch.setattr("kg.exporters.rdf._PIECE", 64)
    monkeypatch.setattr("kg.exporters.rdf._BATCH", 16)
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
    with rdf.sorted_triples(reversed(papers(20))) as ordered:
        for name in WRITERS:
            assert written(name, ordered) == written(name, papers(20))


@pytest.mark.skipif(not shutil.which("rapper"), reason="rapper is not installed")
@pytest.mark.parametrize("name", ["turtle", "ntriples", "nquads", "trig", "rdfxml"])
def test_rapper_reads_the_same_triples(name, tmp_path):
    hostile = '</b> & "quotes" \\ ]]> \n\r\t \u202e \U0001f600' + ("" if name == "rdfxml" else "\x01")
    statements = [*papers(20), Triple(LORA, USES, Literal(hostile)), Triple(LORA, USES, Literal("x", language="en"))]
    path = tmp_path / "file"
    path.write_bytes(written(name, statements)[0])
    done = subprocess.run(["rapper", "-q", "-i", name, "-o", "ntriples", str(path)], capture_output=True, check=True)
    assert {quad.triple for quad in parse(done.stdout, format=RdfFormat.N_TRIPLES)} == set(statements)
