from dataclasses import replace

import pyoxigraph
import pytest
import rdflib

from kg.identifiers import paper_iri, statement_iri
from kg.resolve import resolve
from kg.store.rdf import edge_lines, evidence_iri, node_lines, paper_lines
from kg.vocabulary import PREFIXES, Predicate
from tests.graphs import METHOD, Draft, iri, sample, write_ontology

MLKG = rdflib.Namespace(PREFIXES["mlkg"])


@pytest.fixture(scope="module")
def resolved(tmp_path_factory):
    return resolve(sample(), write_ontology(tmp_path_factory.mktemp("tables")))


def graph_of(lines):
    return rdflib.Graph().parse(data="".join(sorted(lines)), format="nt")


@pytest.fixture(scope="module")
def qlora(resolved):
    facts = sample()[1]
    return facts, graph_of(paper_lines(facts, resolved)), rdflib.URIRef(paper_iri(facts.paper.id))


def test_paper_has_its_record(qlora):
    facts, graph, paper = qlora
    assert str(graph.value(paper, rdflib.DCTERMS.title)) == facts.paper.title
    assert graph.value(paper, rdflib.DCTERMS.date) == rdflib.Literal("2023-05-23", datatype=rdflib.XSD.date)
    assert str(graph.value(paper, MLKG.seenIn)) == "page.txt:3 (May 4)"
    assert (paper, rdflib.RDF.type, rdflib.URIRef(PREFIXES["fabio"] + "Preprint")) in graph


def test_every_edge_stands_plain_and_as_a_statement(qlora):
    _, graph, paper = qlora
    node = rdflib.URIRef(iri("method/lora"))
    statement = rdflib.URIRef(statement_iri(paper, Predicate.EXTENDS, iri("method/lora")))
    assert (paper, MLKG.extends, node) in graph
    assert (paper, MLKG.mentions, node) in graph
    assert graph.value(statement, rdflib.RDF.subject) == paper
    assert graph.value(statement, rdflib.RDF.predicate) == MLKG.extends
    assert graph.value(statement, rdflib.RDF.object) == node
    assert float(graph.value(statement, MLKG.confidence)) == 0.9


def test_evidence_cuts_the_text_it_says(qlora):
    facts, graph, _ = qlora
    found = list(graph.subjects(rdflib.RDF.type, MLKG.Evidence))
    assert len(found) >= 4
    for node in found:
        start, end = int(graph.value(node, MLKG.start)), int(graph.value(node, MLKG.end))
        begin, sentence = int(graph.value(node, MLKG.sentenceStart)), str(graph.value(node, MLKG.sentence))
        quote = str(graph.value(node, MLKG.quote))
        assert facts.paper.text[start:end] == quote == sentence[start - begin : end - begin]
        assert str(graph.value(node, MLKG.field)) == ("title" if start < len(facts.paper.title) else "abstract")


def test_mentions_cut_the_text_they_say(qlora):
    facts, graph, _ = qlora
    found = list(graph.subjects(rdflib.RDF.type, MLKG.Mention))
    assert len(found) == len(facts.mentions)
    for node in found:
        assert facts.paper.text[int(graph.value(node, MLKG.start)) : int(graph.value(node, MLKG.end))] == str(
            graph.value(node, MLKG.quote)
        )


def test_result_keeps_the_number_and_its_spelling(qlora):
    _, graph, _ = qlora
    (result,) = graph.subjects(rdflib.RDF.type, MLKG.Result)
    assert str(graph.value(result, MLKG.valueText)) == "52.3%"
    assert graph.value(result, MLKG.value) == rdflib.Literal("52.3", datatype=rdflib.XSD.decimal)
    assert graph.value(result, MLKG.onBenchmark) == rdflib.URIRef(iri("benchmark/gsm8k"))
    assert graph.value(result, MLKG.delta).toPython() is False


def test_results_that_differ_in_their_benchmark_alone_stay_two(resolved):
    facts = sample()[1]
    (result,) = facts.results
    two = replace(facts, results=(result, replace(result, benchmark=iri("benchmark/mmlu"))))
    graph = graph_of(paper_lines(two, resolved))
    assert len(list(graph.subjects(rdflib.RDF.type, MLKG.Result))) == 2


def test_hedged_statements_say_so(resolved):
    graph = graph_of(paper_lines(sample()[2], resolved))
    hedged = list(graph.subjects(MLKG.hedged, rdflib.Literal(True)))
    assert [graph.value(node, rdflib.RDF.object) for node in hedged] == [rdflib.URIRef(iri("benchmark/mmlu-stem"))]


def test_a_name_joined_across_papers_is_a_mention_and_no_relation(resolved):
    facts = sample()[4]
    graph = graph_of(paper_lines(facts, resolved))
    ladder = rdflib.URIRef(iri("method/ladder"))
    assert [str(graph.value(node, MLKG.rule)) for node in graph.subjects(MLKG.refersTo, ladder)] == ["joined by name"]
    assert list(graph.predicates(rdflib.URIRef(paper_iri(facts.paper.id)), ladder)) == [MLKG.mentions]


def test_node_has_names_kind_and_normal_forms(resolved):
    graph = graph_of(node_lines(resolved.nodes[iri("benchmark/gsm8k")]))
    node = rdflib.URIRef(iri("benchmark/gsm8k"))
    assert {str(x) for x in graph.objects(node, rdflib.SKOS.altLabel)} == {"GSM 8K", "Grade School Math"}
    assert {str(x) for x in graph.objects(node, MLKG.normalForm)} == {"gsm8k", "gradeschoolmath"}
    assert {x.split("/")[-1] for x in graph.objects(node, rdflib.RDF.type)} == {"Entity", "Benchmark"}


def test_levels_of_models_are_classes(resolved):
    types = {
        path: {x.split("/")[-1] for x in graph_of(node_lines(resolved.nodes[iri(path)])).objects(None, rdflib.RDF.type)}
        for path in ("model/llama", "model/llama-2", "model/llama-2-7b")
    }
    assert types == {
        "model/llama": {"Entity", "Model", "Family"},
        "model/llama-2": {"Entity", "Model"},
        "model/llama-2-7b": {"Entity", "Model", "Checkpoint"},
    }


def test_lifted_edge_shares_its_evidence_with_the_paper_that_says_it(resolved):
    (edge,) = [e for e in resolved.edges if e.subject == iri("method/ladder") and e.predicate is Predicate.EXTENDS]
    proof = edge.proofs[0]
    evidence = evidence_iri(paper_iri(proof.paper), proof.start, proof.end)
    assert any(evidence in line for line in edge_lines(edge))
    assert any(line.startswith(f"<{evidence}> ") for line in paper_lines(sample()[2], resolved))


def test_asserted_edge_without_papers_is_a_plain_triple(resolved):
    (edge,) = [e for e in resolved.edges if e.subject == iri("method/lora") and e.predicate is Predicate.BROADER]
    assert len(edge_lines(edge)) == 1


def test_texts_with_any_character_stay_one_line_each(tmp_path):
    nasty = 'Quote " back \\ tab \t nul \x00 \x1b[31m half \ud83d > <script> \u2028 line'
    draft = Draft("x", nasty, f"{nasty}\nWe present Tower. {nasty}")
    draft.relate("introduces", draft.new("Tower", METHOD), "We present")
    facts = draft.facts()
    lines = paper_lines(facts, resolve([facts], write_ontology(tmp_path)))
    assert all(line.count("\n") == 1 and line.endswith(" .\n") for line in lines)
    parsed = list(pyoxigraph.parse("".join(lines), pyoxigraph.RdfFormat.N_TRIPLES))
    assert len(parsed) == len(lines)
    assert not any(isinstance(term, pyoxigraph.BlankNode) for quad in parsed for term in (quad.subject, quad.object))
    pyoxigraph.serialize((quad.triple for quad in parsed), format=pyoxigraph.RdfFormat.RDF_XML)
