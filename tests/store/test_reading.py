import shutil
from concurrent.futures import ThreadPoolExecutor

import pyoxigraph
import pytest
import rdflib

from kg.errors import QueryError, StoreVersionError
from kg.store import open_store, write_store
from tests.graphs import sample, sample_store


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    return sample_store(tmp_path_factory.mktemp("store"))


def test_query_answers_by_form(opened):
    store, _ = opened
    assert isinstance(store.query("SELECT ?p WHERE { ?p a mlkg:Paper }"), pyoxigraph.QuerySolutions)
    assert bool(store.query("ASK { ?p mlkg:extends ?x }"))
    assert len(list(store.query("CONSTRUCT WHERE { ?p mlkg:extends ?x }"))) == 6


def test_query_that_does_not_parse_is_a_query_error(opened):
    with pytest.raises(QueryError, match="not SPARQL"):
        opened[0].query("SELECT")


def test_strings_gives_rows_in_the_order_of_the_columns(opened):
    rows = list(opened[0].strings("SELECT ?t ?y ?none WHERE { ?p dcterms:title ?t ; mlkg:year ?y } ORDER BY ?y ?t"))
    assert rows[0] == ("LoRA: small updates for large models", "2021", None)


def test_strings_needs_a_select(opened):
    with pytest.raises(QueryError, match="SELECT"):
        list(opened[0].strings("ASK { ?s ?p ?o }"))


def test_facts_come_back_sorted_and_whole(opened):
    assert list(opened[0].facts()) == sorted(sample(), key=lambda facts: facts.paper.id)


def test_meta_is_a_copy(opened):
    opened[0].meta["papers"] = 0
    assert opened[0].meta["papers"] == 6


def test_store_cannot_be_changed_through_a_reader(opened):
    quad = pyoxigraph.Quad(pyoxigraph.NamedNode("x:s"), pyoxigraph.NamedNode("x:p"), pyoxigraph.NamedNode("x:o"))
    with pytest.raises(RuntimeError):
        opened[0].engine.add(quad)


def test_dump_is_n_triples_without_blank_nodes(opened):
    graph = rdflib.Graph().parse(data="\n".join(opened[0].dump()) + "\n", format="nt")
    assert len(graph) == opened[0].meta["triples"]
    assert not [node for node in graph.all_nodes() if isinstance(node, rdflib.BNode)]


def test_readers_share_a_store(opened):
    store, _ = opened
    others = [open_store(store.folder) for _ in range(3)]
    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda one: len(list(one.query("SELECT ?s WHERE { ?s ?p ?o }"))), [store, *others]))
    assert len(set(counts)) == 1


def test_reader_keeps_its_build_while_others_are_published(tmp_path):
    store, tables = sample_store(tmp_path)
    before = list(store.dump())
    for papers in (1, 2, 3, 4):
        write_store(store.folder, sample()[:papers], tables)
    assert list(store.dump()) == before
    assert store.meta["papers"] == 6
    assert open_store(store.folder).meta["papers"] == 4


def test_store_is_a_graph_for_rdflib(opened):
    store, _ = opened
    graph = store.graph()
    assert len(graph) == store.meta["triples"]
    rows = graph.query("SELECT ?paper WHERE { ?paper a mlkg:Paper }")
    assert len(list(rows)) == store.meta["papers"]


def test_graph_for_rdflib_cannot_be_written(opened):
    store, _ = opened
    name = rdflib.URIRef("https://example.org/x")
    with pytest.raises(RuntimeError):
        store.graph().add((name, name, name))


def test_damage_found_while_reading_is_said(tmp_path):
    store, _ = sample_store(tmp_path)
    for file in store.folder.glob("builds/*/rdf/*.sst"):
        data = bytearray(file.read_bytes())
        data[: len(data) // 2] = bytes(len(data) // 2)
        file.write_bytes(data)
    with pytest.raises(StoreVersionError, match="damaged"):
        list(open_store(store.folder).strings("SELECT ?s ?o WHERE { ?s dcterms:title ?o }"))


def test_reader_of_a_store_that_was_removed_says_so(tmp_path):
    store, _ = sample_store(tmp_path)
    shutil.rmtree(store.folder)
    with pytest.raises(StoreVersionError, match="No such file"):
        list(store.facts())
