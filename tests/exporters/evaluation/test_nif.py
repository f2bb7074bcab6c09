"""NIF, as rdflib reads it and as GERBIL's page on data sets wants it."""

import io

import pytest
import rdflib
from rdflib.namespace import RDF, XSD

from kg.errors import ExportError
from kg.exporters import MentionRow, PaperRow
from kg.exporters.evaluation import nif
from kg.vocabulary import BASE
from tests.contract.content import HOSTILE

NIF = rdflib.Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
ITSRDF = rdflib.Namespace("http://www.w3.org/2005/11/its/rdf#")
PAPER, REED, RUSH = f"{BASE}paper/arxiv-1", f"{BASE}method/reed", f"{BASE}model/rush"


def written(papers, mentions):
    file = io.BytesIO()
    nif.write(papers, mentions, file)
    return rdflib.Graph().parse(data=file.getvalue(), format="turtle")


def paper(title, abstract, iri=PAPER):
    return PaperRow(iri, iri.rpartition("/")[2], title, abstract)


def mention(of, text, node=REED, kind="Method", score=0.9):
    start = of.text.index(text)
    return MentionRow(of.iri, start, start + len(text), text, node, kind, text, score)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_nif_every_phrase_is_what_stands_there(text):
    # astral characters before a name: offsets count code points, not UTF-16 units or bytes
    one = paper(f"\U0001f33e {text} Reed", f"A reed.\n{text} é Rush grows.")
    graph = written([one], [mention(one, "Reed"), mention(one, "Rush", RUSH, "Model")])
    phrases = list(graph.subjects(RDF.type, NIF.Phrase))
    assert len(phrases) == 2
    for phrase in phrases:
        context = graph.value(phrase, NIF.referenceContext)
        start, end = graph.value(phrase, NIF.beginIndex), graph.value(phrase, NIF.endIndex)
        assert start.datatype == end.datatype == XSD.nonNegativeInteger
        string = str(graph.value(context, NIF.isString))
        assert string[int(start) : int(end)] == str(graph.value(phrase, NIF.anchorOf))
        assert str(phrase) == f"{PAPER}#char={start},{end}"
        assert str(context) == f"{PAPER}#char=0,{len(string)}"
        assert int(graph.value(context, NIF.endIndex)) == len(string)


def test_nif_phrase_says_what_it_names():
    one = paper("Reed", "")
    graph = written([one], [mention(one, "Reed", score=1e-05)])
    (phrase,) = graph.subjects(RDF.type, NIF.Phrase)
    assert graph.value(phrase, ITSRDF.taIdentRef) == rdflib.URIRef(REED)
    assert graph.value(phrase, ITSRDF.taClassRef) == rdflib.URIRef(f"{BASE}Method")
    assert graph.value(phrase, ITSRDF.taConfidence).toPython() == 1e-05
    assert {NIF.String, NIF.RFC5147String} <= set(graph.objects(phrase, RDF.type))


def test_nif_papers_without_a_name_are_texts_too():
    papers = [paper(title, "", f"{BASE}paper/{title}") for title in "abc"]
    graph = written(papers, [mention(papers[1], "b")])
    assert {str(text) for text in graph.objects(None, NIF.isString)} == {"a\n", "b\n", "c\n"}
    assert len(list(graph.subjects(RDF.type, NIF.Phrase))) == 1


def test_nif_has_no_blank_nodes():
    one = paper("Reed", "")
    graph = written([one], [mention(one, "Reed")])
    assert not [term for triple in graph for term in triple if isinstance(term, rdflib.BNode)]


def test_nif_refuses_offsets_that_are_wrong():
    one = paper("A reed", "")
    with pytest.raises(ExportError, match=r"arxiv-1: 'reed' does not stand at 0"):
        written([one], [MentionRow(PAPER, 0, 4, "reed", REED, "Method", "Reed", 0.9)])


def test_nif_refuses_mentions_of_papers_that_are_not_there():
    with pytest.raises(ExportError, match=r"paper/arxiv-1: something belongs to it"):
        written([], [mention(paper("Reed", ""), "Reed")])
