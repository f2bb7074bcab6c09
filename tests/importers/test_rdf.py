"""RDF and back: the laws of importing, and what is refused."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings

import kg
from kg.curated import Assertion, Import, Row
from kg.exporters import export
from kg.identifiers import paper_iri
from kg.pipeline import forget, import_graph
from kg.store import open_store, update_store, write_store
from kg.vocabulary import Predicate, Status
from tests.graphs import Draft, iri, sample, write_ontology
from tests.importers.papers import corpora

RDF = {"turtle": "ttl", "ntriples": "nt", "nquads": "nq", "trig": "trig", "rdfxml": "rdf", "jsonld": "jsonld"}

CURATED = """
@prefix mlkg: <https://w3id.org/mlkg/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/mlkg/method/lora> skos:altLabel "LoRA adapters" ; mlkg:year 2020 .
<https://w3id.org/mlkg/method/ladder> skos:prefLabel "The Ladder" .
<https://w3id.org/mlkg/method/stairs> a mlkg:Method ; skos:prefLabel "Stairs" ;
    mlkg:extends <https://w3id.org/mlkg/method/ladder> ; mlkg:comparesWith <https://w3id.org/mlkg/method/lora> .
<https://w3id.org/mlkg/organisation/lab> a mlkg:Organisation ; skos:prefLabel "The Lab" .
<https://w3id.org/mlkg/method/stairs> mlkg:developedBy <https://w3id.org/mlkg/organisation/lab> .
<https://w3id.org/mlkg/paper/p5> mlkg:extends <https://w3id.org/mlkg/method/stairs> .
<https://w3id.org/mlkg/paper/p3> mlkg:extends <https://w3id.org/mlkg/method/qlora> .
"""


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    return write_ontology(tmp_path_factory.mktemp("tables"))


@pytest.fixture
def store(tmp_path, tables):
    write_store(tmp_path / "store", sample(), tables)
    return tmp_path / "store"


def curated(folder, text=CURATED, name="curated.ttl"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def exported(store, target, name=None):
    export(open_store(store), target, name)
    return target.read_bytes()


def ntriples(store):
    return sorted(open_store(store).dump())


@pytest.mark.parametrize("name", RDF)
def test_import_of_an_export_exports_the_same_bytes(tmp_path, store, tables, name):
    import_graph(curated(tmp_path), store, tables, name="mine")
    before = exported(store, tmp_path / f"a.{RDF[name]}", name)
    done = import_graph(tmp_path / f"a.{RDF[name]}", tmp_path / "again", tables)
    same = exported(tmp_path / "again", tmp_path / f"b.{RDF[name]}", name) == before
    assert same
    assert done.problems == ()
    assert done.files[0].left_out == ()


@settings(max_examples=30)
@given(corpora())
def test_import_loses_nothing_of_any_graph(tmp_path_factory, tables, papers):
    folder = tmp_path_factory.mktemp("law")
    write_store(folder / "one", papers, tables)
    export(open_store(folder / "one"), folder / "a.nq")
    done = import_graph(folder / "a.nq", folder / "two", tables, strict=True)
    assert ntriples(folder / "two") == ntriples(folder / "one")
    assert done.files[0].papers == len(papers)
    shutil.rmtree(folder)


def test_facts_come_back_but_for_what_rdf_lacks(tmp_path, store, tables):
    exported(store, tmp_path / "a.nt")
    import_graph(tmp_path / "a.nt", tmp_path / "again", tables)
    before = {facts.paper.id: facts for facts in sample()}
    for facts in open_store(tmp_path / "again").facts():
        told = before[facts.paper.id]
        assert facts.paper == told.paper
        assert [(m.start, m.text, m.node, m.score) for m in facts.mentions] == [
            (m.start, m.text, m.node, m.score) for m in told.mentions
        ]
        assert {(r.type, r.node, r.score, r.evidence, r.how, r.hedged) for r in facts.relations} == {
            (r.type, r.node, r.score, r.evidence, r.how, r.hedged) for r in told.relations
        }
        assert {(n.text, n.start) for n in facts.unlinked} == {(n.text, n.start) for n in told.unlinked}
        assert facts.lifted is None


def test_importing_twice_changes_nothing(tmp_path, store, tables):
    exported(store, tmp_path / "a.nt")
    import_graph(tmp_path / "a.nt", tmp_path / "again", tables)
    import_graph(curated(tmp_path), tmp_path / "again", tables)
    assert not import_graph(curated(tmp_path), tmp_path / "again", tables).store.changed
    assert not import_graph(tmp_path / "a.nt", tmp_path / "again", tables).store.changed


def test_importing_its_own_export_changes_nothing(tmp_path, store, tables):
    import_graph(curated(tmp_path), store, tables)
    exported(store, tmp_path / "a.nt")
    assert not import_graph(tmp_path / "a.nt", store, tables).store.changed


@pytest.mark.parametrize("together", [True, False], ids=["at once", "one by one"])
def test_import_of_two_halves_is_the_import_of_the_whole(tmp_path, store, tables, together):
    """LADDER is introduced in one half and only joined by its name in the other."""
    whole = ntriples(store)
    halves = []
    for number, ids in enumerate((("arxiv:2106.09685", "p3", "p6"), ("arxiv:2305.14314", "p4", "p5"))):
        others = [facts.paper.id for facts in sample() if facts.paper.id not in ids]
        halves.append(half(store, tables, tmp_path / f"half{number}.nt", [paper_iri(one) for one in others]))
    for files in [halves] if together else [halves[:1], halves[1:]]:
        assert import_graph(files, tmp_path / "again", tables).problems == ()
    assert [(one.rows, one.edges) for one in open_store(tmp_path / "again").imports()] == [((), ())] * 2
    assert ntriples(tmp_path / "again") == whole


def half(store, tables, path, without):
    """The triples of a store but for those of some papers, and of the things that only these papers mention."""
    opened = open_store(store)
    about = set(without)
    for record, paper in opened.strings("SELECT ?x ?p { ?x mlkg:fromPaper|rdf:subject ?p . ?p a mlkg:Paper }"):
        about |= {record} if paper in without else set()
    spoken = {o for s, o in opened.strings("SELECT ?s ?o { ?s mlkg:mentions ?o }") if s not in without}
    waiting = list(spoken)
    while waiting:
        entity = tables.entities.get(waiting.pop())
        waiting += [end for _, end in entity.parents if end not in spoken] if entity else []
        spoken |= set(waiting)
    things = {node for (node,) in opened.strings("SELECT ?x { ?x a ?c VALUES ?c { mlkg:Entity mlkg:Organisation } }")}
    unspoken = things - spoken
    for record, end in opened.strings("SELECT ?x ?end { ?x rdf:subject|rdf:object ?end }"):
        about |= {record} if end in unspoken else set()
    lines = [line for line in opened.dump() if not any(f"<{one}>" in line for one in about | unspoken)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_paper_that_is_there_stays_as_the_store_read_it(tmp_path, store, tables):
    exported(store, tmp_path / "a.nt")
    write_store(tmp_path / "other", sample(), tables)
    before = list(open_store(tmp_path / "other").facts())
    import_graph(tmp_path / "a.nt", tmp_path / "other", tables)
    assert list(open_store(tmp_path / "other").facts()) == before
    assert open_store(tmp_path / "other").imports() == ()


def test_what_people_curate_is_in_the_graph_under_its_name(tmp_path, store, tables):
    done = import_graph(curated(tmp_path), store, tables, name="mine")
    opened = open_store(store)
    assert done.problems == ()
    assert done.store.imports == ("mine",)
    (held,) = opened.imports()
    assert {row.node for row in held.rows} == {
        iri("method/lora"),
        iri("method/ladder"),
        iri("method/stairs"),
        iri("organisation/lab"),
    }
    assert Assertion(paper_iri("p5"), Predicate.EXTENDS, iri("method/stairs")) in held.edges
    names = [str(alias) for (alias,) in opened.strings(f"SELECT ?a {{ <{iri('method/lora')}> skos:altLabel ?a }}")]
    assert sorted(names) == ["LoRA adapters", "Low-Rank Adaptation"]
    says = set(
        opened.strings("""SELECT ?s ?o ?agent ?support { ?x dcterms:source "mine" ; rdf:subject ?s ; rdf:object ?o ;
            biolink:agent_type ?agent ; mlkg:support ?support }""")
    )
    assert (iri("method/stairs"), iri("organisation/lab"), "manual_agent", "0") in says
    assert (paper_iri("p5"), iri("method/stairs"), "manual_agent", "0") in says
    assert (paper_iri("p3"), iri("method/qlora"), "text_mining_agent", "1") in says  # the paper says it too


def test_an_edge_that_a_paper_says_too_keeps_the_papers_words(tmp_path, store, tables):
    edge = f"<{iri('method/ladder')}> <https://w3id.org/mlkg/trainedOn> <{iri('dataset/alpaca')}> ."
    import_graph(curated(tmp_path, edge), store, tables)  # a method is trained on nothing: refused
    before = ntriples(store)
    statement = f"""@prefix mlkg: <https://w3id.org/mlkg/> .
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        <https://w3id.org/mlkg/statement/x> a mlkg:Statement ; rdf:subject <{paper_iri("p3")}> ;
        rdf:predicate mlkg:extends ; rdf:object <{iri("method/qlora")}> ; mlkg:confidence 0.3 ."""
    import_graph(curated(tmp_path, statement, "sure.ttl"), store, tables, name="sure")
    added = set(ntriples(store)) - set(before)
    assert [line.split(" ", 1)[1] for line in added if "description" not in line and "mlkg/graph" not in line] == [
        '<http://purl.org/dc/terms/source> "sure" .'
    ]


def test_imports_survive_adding_and_removing_papers(tmp_path, store, tables):
    import_graph(curated(tmp_path), store, tables, name="mine")
    whole = ntriples(store)
    update_store(store, tables, remove=["p5"])
    assert open_store(store).meta["relations"]["extends"] == 3
    update_store(store, tables, add=[facts for facts in sample() if facts.paper.id == "p5"])
    assert ntriples(store) == whole


def test_forget_takes_back_what_an_import_brought(tmp_path, store, tables):
    before = ntriples(store)
    import_graph(curated(tmp_path), store, tables, name="mine")
    forget(["mine"], store, tables)
    assert ntriples(store) == before
    assert open_store(store).imports() == ()


def test_forget_takes_back_papers_that_nothing_else_brought(tmp_path, store, tables):
    exported(store, tmp_path / "a.nt")
    write_store(tmp_path / "other", sample()[:2], tables)
    before = ntriples(tmp_path / "other")
    import_graph(tmp_path / "a.nt", tmp_path / "other", tables, name="rest")
    assert open_store(tmp_path / "other").imports() == (Import("rest", ("p3", "p4", "p5", "p6")),)
    update_store(tmp_path / "other", tables, add=[sample()[5]])
    assert open_store(tmp_path / "other").imports() == (Import("rest", ("p3", "p4", "p5")),)
    forget(["rest"], tmp_path / "other", tables)
    update_store(tmp_path / "other", tables, remove=["p6"])
    assert ntriples(tmp_path / "other") == before


def test_forget_says_which_imports_there_are(store, tables):
    with pytest.raises(kg.errors.UnknownNameError, match="no import 'mine'; kg import --list"):
        forget(["mine"], store, tables)


def test_importing_a_name_again_replaces_what_it_said(tmp_path, store, tables):
    import_graph(curated(tmp_path), store, tables, name="mine")
    import_graph(
        curated(
            tmp_path,
            f"@prefix s: <http://www.w3.org/2004/02/skos/core#> . <{iri('method/lora')}> s:altLabel 'lora-a' .",
        ),
        store,
        tables,
        name="mine",
    )
    assert open_store(store).imports() == (Import("mine", rows=(Row(iri("method/lora"), aliases=("lora-a",)),)),)


def test_imports_come_back_under_their_own_names(tmp_path, store, tables):
    import_graph(curated(tmp_path), store, tables, name="mine")
    held = open_store(store).imports()
    exported(store, tmp_path / "a.ttl")
    import_graph(tmp_path / "a.ttl", tmp_path / "again", tables, name="all")
    back = {one.name: one for one in open_store(tmp_path / "again").imports()}
    assert back.keys() == {"all", "mine"}
    assert back["mine"].edges == held[0].edges
    assert (back["all"].rows, back["all"].edges) == ((), ())


def test_two_imports_that_disagree_are_refused_by_name(tmp_path, store, tables):
    text = f"<{iri('method/lora')}> <https://w3id.org/mlkg/year> {{}} ."
    import_graph(curated(tmp_path, text.format(2019)), store, tables, name="one")
    with pytest.raises(kg.errors.FactsError, match=r"year is 2019 in the import 'one' and 2018 in 'two'"):
        import_graph(curated(tmp_path, text.format(2018)), store, tables, name="two")


def test_an_export_of_another_ontology_yields_to_the_one_here(tmp_path, store, tables):
    exported(store, tmp_path / "a.nt")
    text = (tmp_path / "a.nt").read_text(encoding="utf-8")
    text = text.replace(tables.digest, "0" * 64).replace('"Low-Rank Adaptation"', '"Long-Rank Adaptation"')
    (tmp_path / "a.nt").write_text(text, encoding="utf-8")
    done = import_graph(tmp_path / "a.nt", tmp_path / "again", tables)
    assert dict(done.files[0].left_out) == {"rows and edges of another ontology, where the one here holds": 1}
    assert ntriples(tmp_path / "again") == ntriples(store)


def test_what_a_person_changes_in_an_export_is_their_import(tmp_path, store, tables):
    exported(store, tmp_path / "a.nt")
    text = (tmp_path / "a.nt").read_text(encoding="utf-8").replace('"Low-Rank Adaptation"', '"Long-Rank Adaptation"')
    (tmp_path / "a.nt").write_text(text, encoding="utf-8")
    import_graph(tmp_path / "a.nt", store, tables, name="edited")
    assert open_store(store).imports() == (
        Import("edited", rows=(Row(iri("method/lora"), aliases=("Long-Rank Adaptation",)),)),
    )


def test_a_thing_that_no_paper_brings_keeps_its_status(tmp_path, tables):
    text = (
        f"@prefix m: <https://w3id.org/mlkg/> . <{iri('method/x')}> a m:Method ; m:status 'discovered' ; "
        "<http://www.w3.org/2004/02/skos/core#prefLabel> 'X' ."
    )
    import_graph(curated(tmp_path, text), tmp_path / "new", tables)
    (held,) = open_store(tmp_path / "new").imports()
    assert held.rows == (Row(iri("method/x"), "X", status=Status.DISCOVERED),)


def test_edges_that_papers_outside_the_file_say_are_left_out_and_counted(tmp_path, store, tables):
    lines = [line for line in ntriples(store) if not line.startswith(f"<{paper_iri('p3')}>")]
    path = curated(tmp_path, "\n".join(lines), "part.nt")
    done = import_graph(path, tmp_path / "again", tables)
    left = dict(done.files[0].left_out)
    assert left["edges that papers outside of the file say"] == 2
    assert left["mentions, scores and words of papers outside of the file"] > 5
    assert open_store(tmp_path / "again").meta["papers"] == 5


def test_lifted_edges_are_those_of_the_file_where_the_rule_makes_others(tmp_path, tables):
    draft = Draft("x", "Two things", "LADDER extends QLoRA. We present LADDER and Steps-2.")
    one, two = draft.new("LADDER", kg.vocabulary.Kind.METHOD), draft.new("Steps-2", kg.vocabulary.Kind.METHOD)
    draft.relate("introduces", one, "We present LADDER").relate("introduces", two, "We present LADDER")
    draft.relate("extends", iri("method/qlora"), "LADDER extends")
    write_store(tmp_path / "one", [draft.facts()], tables)
    lines = [line for line in ntriples(tmp_path / "one") if "/mention/" not in line]
    import_graph(curated(tmp_path, "\n".join(lines), "a.nt"), tmp_path / "two", tables)
    (facts,) = open_store(tmp_path / "two").facts()
    assert [(edge.subject, edge.object) for edge in facts.lifted] == [(one, iri("method/qlora"))]
    assert open_store(tmp_path / "two").meta["lifted"] == 1


def test_inverse_properties_are_turned_round(tmp_path, store, tables):
    text = f"<{iri('method/lora')}> <https://w3id.org/mlkg/usedBy> <{paper_iri('p6')}> ."
    import_graph(curated(tmp_path, text), store, tables, name="mine", strict=True)
    (held,) = open_store(store).imports()
    assert held.edges == (Assertion(paper_iri("p6"), Predicate.USES, iri("method/lora")),)


def test_a_store_with_imports_conforms_to_the_shapes(tmp_path, store, tables):
    import pyshacl
    import rdflib

    import_graph(curated(tmp_path), store, tables, name="mine")
    graph = rdflib.Graph().parse(data="\n".join(ntriples(store)) + "\n", format="nt")
    shapes = rdflib.Graph().parse(Path(__file__).parents[2] / "ontology" / "shapes.ttl")
    conforms, _, report = pyshacl.validate(graph, shacl_graph=shapes)
    assert conforms, report
