"""Recognising files to import, and refusing those that would do more than say something."""

import gzip

import pytest

from kg.errors import InputError
from kg.exporters import FORMATS, export
from kg.importers import open_import
from kg.importers.files import TAKEN_BACK
from kg.pipeline import import_graph
from kg.store import open_store, write_store
from tests.graphs import iri, sample, write_ontology

NAMES = ("turtle", "ntriples", "nquads", "trig", "rdfxml", "jsonld", "graphml")


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    return write_ontology(tmp_path_factory.mktemp("tables"))


@pytest.fixture(scope="module")
def store(tmp_path_factory, tables):
    folder = tmp_path_factory.mktemp("store")
    write_store(folder, sample(), tables)
    return open_store(folder)


def test_formats_that_are_taken_back_are_formats_that_are_written():
    assert set(TAKEN_BACK) == {*NAMES, "csv"}
    assert set(TAKEN_BACK) <= set(FORMATS)


@pytest.mark.parametrize("name", NAMES)
def test_files_are_known_by_their_beginning_when_their_name_says_nothing(tmp_path, store, tables, name):
    export(store, tmp_path / "saved", name)
    with open_import(tmp_path / "saved", tables) as opened:
        assert opened.format in (name, {"ntriples": "nquads", "trig": "turtle"}.get(name))
        assert len(list(opened.facts)) == 6


@pytest.mark.parametrize("name", ["turtle", "graphml"])
def test_files_may_be_packed(tmp_path, store, tables, name):
    export(store, tmp_path / "a", name)
    packed = tmp_path / f"a{FORMATS[name].extension}.gz"
    packed.write_bytes(gzip.compress((tmp_path / "a").read_bytes()))
    with open_import(packed, tables) as opened:
        assert len(list(opened.facts)) == 6


REFUSED = {
    "context": ("a.jsonld", '{"@context": "http://x.org/c", "@id": "http://x.org/y"}', "contexts are not fetched"),
    "entity": ("a.rdf", '<!DOCTYPE r [<!ENTITY a "b">]><rdf:RDF/>', "the XML declares entities"),
    "late entity": ("a.rdf", f'<!DOCTYPE r [<!--{" " * 100_000}--><!ENTITY a "b">]><r/>', "the XML declares entities"),
    "deep": ("a.rdf", "<r>" * 80, "elements nested over 50 deep"),
    "syntax": ("a.ttl", "<http://x.org/y> a", "a.ttl:1: not Turtle"),
    "not utf-8": ("a.nt", b"<http://x.org/y> <http://x.org/p> '\xff' .", "a.nt:1: not N-Triples"),
    "relative": ("a.ttl", "\n<y> a <z> .", "a.ttl:2: not Turtle"),
    "unknown": ("a.txt", "What is this?", "in no format that can be taken back"),
    "one table": ("nodes.csv", "label,kind\n", "name the folder"),
    "bomb": ("a.ttl.gz", gzip.compress(b" " * (80 << 20)), "unpack"),
}


@pytest.mark.parametrize(("name", "text", "reason"), REFUSED.values(), ids=REFUSED)
def test_files_that_cannot_be_read_are_refused_and_nothing_is_made(tmp_path, tables, name, text, reason):
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InputError, match=reason):
        import_graph(tmp_path / name, tmp_path / "new", tables)
    assert not (tmp_path / "new").exists()


def test_a_missing_file_is_named(tmp_path, tables):
    with pytest.raises(InputError, match=r"nowhere\.ttl: no such file"):
        import_graph(tmp_path / "nowhere.ttl", tmp_path / "new", tables)


@pytest.mark.parametrize("name", ["", "  ", "x" * 300])
def test_names_of_imports_are_short_and_not_empty(tmp_path, tables, name):
    (tmp_path / "a.ttl").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="give the import a name"):
        import_graph(tmp_path / "a.ttl", tmp_path / "new", tables, name=name)


def test_an_empty_file_makes_an_empty_store(tmp_path, tables):
    (tmp_path / "a.ttl").write_text("", encoding="utf-8")
    assert import_graph(tmp_path / "a.ttl", tmp_path / "new", tables).store.papers == 0


def test_redirected_things_are_those_they_lead_to(tmp_path, store, tables):
    from dataclasses import replace

    moved = replace(tables, redirects={iri("method/low-rank"): iri("method/lora")})
    text = f"<{iri('method/low-rank')}> <http://www.w3.org/2004/02/skos/core#altLabel> 'low rank' ."
    (tmp_path / "a.ttl").write_text(text, encoding="utf-8")
    import_graph(tmp_path / "a.ttl", tmp_path / "new", moved, strict=True)
    (held,) = open_store(tmp_path / "new").imports()
    assert [row.node for row in held.rows] == [iri("method/lora")]


def test_standard_input_is_refused_by_name(tmp_path, tables):
    with pytest.raises(InputError, match="not from standard input"):
        import_graph("-", tmp_path / "new", tables)
