"""RDF that is wrong: refused by name with its line, and all else kept."""

import shutil

import pytest

from kg.errors import StrictImportError
from kg.pipeline import import_graph
from kg.store import open_store, write_store
from tests.graphs import iri, sample, write_ontology


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    return write_ontology(tmp_path_factory.mktemp("tables"))


@pytest.fixture
def store(tmp_path, tables):
    write_store(tmp_path / "store", sample(), tables)
    return tmp_path / "store"


def curated(folder, text):
    path = folder / "curated.ttl"
    path.write_text(text, encoding="utf-8")
    return path


def ntriples(store):
    return sorted(open_store(store).dump())


P = "<https://w3id.org/mlkg/paper/p3>"
S = "<https://w3id.org/mlkg/statement/s>"
MENTION = "<https://w3id.org/mlkg/mention/m>"
REFUSED = {
    "foreign property": (f"<{iri('method/lora')}> <http://xmlns.com/foaf/0.1/name> 'x' .", "foaf/0.1/name: a property"),
    "foreign class": (f"<{iri('method/lora')}> a <http://x.org/Y> .", "http://x.org/Y: a class that is not"),
    "foreign node": (f"<http://x.org/y> m:extends <{iri('method/lora')}> .", "http://x.org/y: no node of ours"),
    "blank node": (f"[] m:extends <{iri('method/lora')}> .", "a blank node or quoted triple"),
    "blank end": (f"<{iri('method/lora')}> m:extends [] .", "leads to a blank node"),
    "no such thing": (f"<{iri('method/nn')}> <{{skos}}altLabel> 'x' .", "method/nn: nothing of this IRI"),
    "end unknown": (f"<{iri('method/lora')}> m:extends <{iri('method/nn')}> .", "method/nn: an edge (extends) ends"),
    "paper unknown": (f"<{iri('paper/nn')}> m:uses <{iri('method/lora')}> .", "read it first: kg add"),
    "domain": (f"<{iri('method/lora')}> m:uses <{iri('method/peft')}> .", "uses cannot begin at"),
    "range": (f"<{iri('method/lora')}> m:hasTask <{iri('method/peft')}> .", "hasTask cannot end at"),
    "itself": (f"<{iri('method/lora')}> m:extends <{iri('method/lora')}> .", "to itself"),
    "round": (f"<{iri('method/peft')}> m:broader <{iri('method/lora')}> .", "leads back to itself"),
    "misspelt": (f"<{iri('method/qlora')}> m:extend <{iri('method/peft')}> .", "did you mean mlkg:extends?"),
    "dots": (f"<{iri('method/..')}> <{{skos}}prefLabel> 'X' .", "no node of ours"),
    "two kinds": (f"<{iri('method/x')}> a m:Model ; <{{skos}}prefLabel> 'X' .", "its type is Model, but its IRI is"),
    "two labels": (f"<{iri('method/x')}> <{{skos}}prefLabel> 'X', 'Y' .", "there 2 times, not once"),
    "year": (f"<{iri('method/lora')}> m:year 'soon' .", "is 'soon', not a whole number"),
    "huge number": (f"<{iri('method/lora')}> m:year {'9' * 5000} .", "year is '9999"),
    "status": (f"<{iri('method/lora')}> m:status 'good' .", "status 'good': it is one of"),
    "level": (f"<{iri('model/bert')}> m:level 'tribe' .", "level 'tribe'"),
    "empty name": (f"<{iri('method/lora')}> <{{skos}}altLabel> ' ' .", "empty or longer"),
    "text for node": (f"<{iri('method/lora')}> m:extends 'QLoRA' .", "is a text: it leads to an IRI"),
    "confidence": (
        (f"{S} r:subject <{iri('method/qlora')}> ; r:predicate m:extends ; r:object <{iri('method/peft')}> ; "
         "m:confidence 1.5 ."),
        "statement/s: mlkg:confidence is 1.5, not in [0, 1]",
    ),
    "predicate": (
        f"{S} r:subject <{iri('method/qlora')}> ; r:predicate m:year .",
        "statement/s: year is no predicate",
    ),
    "identifier": (f"{P} <{{dc}}title> 'T' ; <{{dc}}identifier> 'q' .", "has another IRI"),
    "quote": (
        (f"{P} <{{dc}}title> 'A title' . {MENTION} a m:Mention ; m:fromPaper {P} ; m:start 0 ; m:end 3 ; "
         f"m:quote 'LoR' ; m:refersTo <{iri('method/lora')}> ."),
        "mention/m: the quote is 'LoR', but the text from 0 to 3 is 'A t'",
    ),
    "offsets": (
        f"{P} <{{dc}}title> 'A title' . {MENTION} a m:Mention ; m:fromPaper {P} ; m:start 3 ; m:end 99 ; m:quote 'x' .",
        "are no stretch of a text of 8 characters",
    ),
    "evidence": (
        (f"{P} <{{dc}}title> 'A title' . {S} r:subject {P} ; r:predicate m:uses ; "
         f"r:object <{iri('method/lora')}> ; m:hasEvidence <https://w3id.org/mlkg/evidence/e> ."),
        "evidence/e is not in the file",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_is_refused_by_name_and_the_rest_kept(tmp_path, store, tables, text, reason):
    prefixes = "@prefix m: <https://w3id.org/mlkg/> .\n@prefix r: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
    text = text.replace("{skos}", "http://www.w3.org/2004/02/skos/core#").replace("{dc}", "http://purl.org/dc/terms/")
    good = f"<{iri('method/zero')}> <http://www.w3.org/2004/02/skos/core#altLabel> 'Zéro' .\n"
    path = curated(tmp_path, prefixes + good + text)
    target = tmp_path / "empty"
    shutil.copytree(store, target)
    done = import_graph(path, target, tables)
    assert [problem.reason for problem in done.problems if reason in problem.reason], done.problems
    assert iri("method/zero") in {row.node for one in open_store(target).imports() for row in one.rows}
    before = ntriples(store)
    with pytest.raises(StrictImportError, match="1 refused under --strict"):
        import_graph(path, store, tables, strict=True)
    assert ntriples(store) == before


def test_the_line_of_a_culprit_is_named(tmp_path, store, tables):
    text = f"\n\n<{iri('method/lora')}>\n  <http://xmlns.com/foaf/0.1/name> 'x' ."
    done = import_graph(curated(tmp_path, text), store, tables)
    assert [problem.line for problem in done.problems] == [4]


def test_all_edges_of_a_round_are_refused_and_other_edges_kept(tmp_path, store, tables):
    things = "".join(f"m:{one} <http://www.w3.org/2004/02/skos/core#prefLabel> '{one}' . " for one in "xyz")
    edges = "m:x p:partOf m:y . m:y p:partOf m:z . m:z p:partOf m:x . m:x p:extends m:y . m:y p:extends m:x ."
    text = f"@prefix m: <{iri('method/')}> . @prefix p: <https://w3id.org/mlkg/> . {things}{edges}"
    done = import_graph(curated(tmp_path, text), store, tables)
    assert len(done.problems) == 3
    (held,) = open_store(store).imports()
    assert {edge.predicate for edge in held.edges} == {"extends"}
