"""The ontology itself for other tools, read back by rdflib and as a table."""

import io

import pytest
import rdflib
from rdflib import DCTERMS, OWL, RDF, SKOS

from kg.exporters import VOCABULARY_FORMATS, write_vocabulary
from kg.ontology import load_ontology
from kg.vocabulary import BASE, Kind
from tests.ontology.small_tables import changed, write

MLKG = rdflib.Namespace(BASE)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return load_ontology(write(tmp_path_factory.mktemp("ontology") / "tables"))


def written(ontology, format_):
    file = io.BytesIO()
    counts = write_vocabulary(ontology, format_, file)
    return file.getvalue(), counts


def graph_of(ontology, format_):
    data, counts = written(ontology, format_)
    graph = rdflib.Graph().parse(data=data, format="turtle")
    assert len(graph) == counts.triples
    return graph


@pytest.mark.parametrize("format_", VOCABULARY_FORMATS)
def test_vocabulary_gives_the_same_bytes_twice(small, format_):
    assert written(small, format_) == written(small, format_)


def test_vocabulary_turtle_has_every_thing_with_its_names_and_edges(small):
    graph = graph_of(small, "turtle")
    assert set(graph.subjects(RDF.type, MLKG.Entity)) == {rdflib.URIRef(iri) for iri in small.entities}
    lora = MLKG["method/lora"]
    assert {str(name) for name in graph.objects(lora, SKOS.altLabel)} == {"Low-Rank Adaptation"}
    assert (MLKG["method/qlora"], MLKG.extends, MLKG["model/llama"]) in graph
    assert (MLKG["model/llama"], MLKG.developedBy, MLKG["organisation/meta"]) in graph


def test_vocabulary_turtle_imports_the_schema(small):
    assert (MLKG.entities, OWL.imports, rdflib.URIRef(BASE)) in graph_of(small, "turtle")


@pytest.mark.parametrize("format_", ["turtle", "skos"])
def test_vocabulary_leads_from_ids_given_up_to_what_stands_for_them(small, format_):
    graph = graph_of(small, format_)
    assert graph.value(MLKG["method/low-rank-adaptation"], DCTERMS.isReplacedBy) == MLKG["method/lora"]


def test_vocabulary_skos_is_a_scheme_a_kind(small):
    graph = graph_of(small, "skos")
    assert len(set(graph.subjects(RDF.type, SKOS.ConceptScheme))) == len(Kind)
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        assert len(list(graph.objects(concept, SKOS.prefLabel))) == 1
        assert (concept, SKOS.broader, None) in graph or (concept, SKOS.topConceptOf, None) in graph
    assert (MLKG["dataset/squad-2-0"], SKOS.broader, MLKG["dataset/squad"]) in graph


def test_vocabulary_skos_relates_only_what_is_not_above_or_below(small):
    graph = graph_of(small, "skos")
    assert set(graph.objects(MLKG["method/qlora"], SKOS.broader)) == {MLKG["method/lora"]}
    assert set(graph.objects(MLKG["method/qlora"], SKOS.related)) == {MLKG["model/llama"]}  # it extends lora as well


def test_vocabulary_terms_is_a_table_of_obo_columns(small):
    data, counts = written(small, "terms")
    header, *lines = data.decode().splitlines()
    rows = {line.split("\t")[0]: dict(zip(header.split("\t"), line.split("\t"), strict=True)) for line in lines}
    assert counts.rows == len(rows) == len(small.entities) + len(small.redirects)
    assert rows["method:qlora"] == {
        "id": "method:qlora",
        "name": "QLoRA",
        "namespace": "Method",
        "synonym": "",
        "is_a": "method:lora",
        "relationship": "extends method:lora|extends model:llama",
        "xref": "arXiv:2305.14314",
        "year": "2023",
        "source": "x",
        "is_obsolete": "",
        "replaced_by": "",
    }
    assert rows["method:low-rank-adaptation"]["replaced_by"] == "method:lora"


def test_vocabulary_terms_tells_bars_in_names_from_those_between(tmp_path):
    ontology = load_ontology(write(tmp_path / "tables", changed("methods", 2, aliases="Q|LoRA X | Quantised LoRA")))
    data, _ = written(ontology, "terms")
    row = next(line.split("\t") for line in data.decode().splitlines() if line.startswith("method:qlora\t"))
    assert row[3] == r"Q\|LoRA X|Quantised LoRA"
