"""What a real store gives to the formats: from facts to files and back."""

import csv
from decimal import Decimal

import pytest
from pyoxigraph import RdfFormat, parse

from kg.exporters import FORMATS, content_of, write
from kg.facts import PaperFacts
from kg.identifiers import entity_iri
from kg.linking.link import Link
from kg.papers.paper import Paper
from kg.relations.relation import Relation, Result
from kg.selection import of_nodes
from kg.store import open_store, write_store
from kg.text import Span
from kg.vocabulary import BASE, Kind, RelationType
from tests.contract.content import INSTALLED

TITLE = "Adapters on a small budget"
ABSTRACT = "We tune a model with LoRA. It reaches 50.3% on GSM8K, up by +1.5."


def span(words):
    start = f"{TITLE}\n{ABSTRACT}".index(words)
    return Span(start, start + len(words))


@pytest.fixture(scope="module")
def store(tmp_path_factory, ontology):
    links = []
    for name, kind in (("LoRA", Kind.METHOD), ("GSM8K", Kind.BENCHMARK)):
        at = span(name)
        links.append(Link(at.start, at.end, name, kind, entity_iri(kind, name.lower()), name, 1.0, "alias"))
    lora, gsm8k = links
    relations = (
        Relation(RelationType.USES, lora.node, "LoRA", 0.9, (span("We tune a model with LoRA"),), "rule"),
        Relation(RelationType.EVALUATES_ON, gsm8k.node, "GSM8K", 0.8, (span("It reaches 50.3% on GSM8K"),), "rule"),
    )
    results = (
        Result(
            "50.3%",
            delta=False,
            evidence=(span("50.3% on GSM8K"),),
            number=Decimal("50.3"),
            unit="%",
            benchmark=gsm8k.node,
            benchmark_label="GSM8K",
        ),
        Result("+1.5", delta=True, evidence=(span("+1.5"),), metric_label="points gained"),
    )
    paper = Paper("arxiv:2401.00001", TITLE, ABSTRACT, date="2024-01-02", arxiv="2401.00001")
    folder = tmp_path_factory.mktemp("store")
    write_store(folder, [PaperFacts(paper, tuple(links), relations, results)], ontology)
    return open_store(folder)


def test_content_of_a_store_has_its_results(store):
    results = content_of(store).results
    first, second = results
    assert list(results) == [first, second]
    assert (first.value, first.number, first.delta, first.metric, first.metric_label) == (
        "+1.5",
        None,
        True,
        None,
        "points gained",
    )
    assert (second.value, second.number, second.unit, second.delta) == ("50.3%", Decimal("50.3"), "%", False)
    assert (second.benchmark, second.benchmark_label) == (f"{BASE}benchmark/gsm8k", "GSM8K")
    assert second.paper_title == TITLE
    assert second.sentence == "It reaches 50.3% on GSM8K, up by +1.5."


def test_content_of_a_selection_has_the_results_of_its_papers(store):
    paper = f"{BASE}paper/arxiv-2401.00001"
    assert len(list(content_of(store, of_nodes(store, [paper])).results)) == 2
    assert list(content_of(store, of_nodes(store, [f"{BASE}method/lora"])).results) == []


@pytest.mark.parametrize("name", INSTALLED)
def test_content_of_a_store_can_be_written_in_every_format(store, name, tmp_path):
    files = write(content_of(store), FORMATS[name], tmp_path / f"kg{FORMATS[name].extension}")
    counts = [(each.nodes, each.edges, each.triples, each.rows) for each in files.values()]
    # its scores are of no model that has a name, which is what these two are made of
    assert any(count for file in counts for count in file) or name in {"eee", "table"}


def test_content_of_a_store_is_written_whole(store, tmp_path):
    write(content_of(store), FORMATS["ntriples"], tmp_path / "kg.nt")
    assert set(parse(path=str(tmp_path / "kg.nt"), format=RdfFormat.N_TRIPLES)) == set(store.engine)


def test_content_of_a_store_evidence_cuts_its_sentence(store, tmp_path):
    write(content_of(store), FORMATS["csv"], tmp_path)
    with (tmp_path / "evidence.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["quote"] for row in rows} >= {"We tune a model with LoRA", "It reaches 50.3% on GSM8K"}
    for row in rows:
        assert row["sentence"][int(row["start"]) : int(row["end"])] == row["quote"]
