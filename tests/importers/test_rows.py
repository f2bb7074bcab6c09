"""Tables and GraphML and back: as far as the formats carry, and what of hand-made ones is refused."""

import csv
import re
import shutil
from dataclasses import replace

import pytest
from hypothesis import given, settings

from kg.curated import Assertion, Import, Row
from kg.errors import InputError, StrictImportError
from kg.exporters import export
from kg.identifiers import paper_iri
from kg.pipeline import import_graph
from kg.selection import around
from kg.store import open_store, update_store, write_store
from kg.vocabulary import Predicate
from tests.graphs import iri, sample, write_ontology
from tests.importers.papers import corpora

TABLES = ("nodes.csv", "edges.csv", "evidence.csv", "results.csv", "papers.csv", "mentions.csv")


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    return write_ontology(tmp_path_factory.mktemp("tables"))


@pytest.fixture
def store(tmp_path, tables):
    write_store(tmp_path / "store", sample(), tables)
    return open_store(tmp_path / "store")


def without_counts(text):
    """A GraphML file but for how many papers speak of each node, which no edge tells, and what is drawn from that."""
    return re.sub(r'\n *<data key="(papers|size|x|y)">.*', "", text)


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return [{name: cell for name, cell in row.items() if name != "papers"} for row in csv.DictReader(file)]


def both(folder, opened, ontology, target, file_format, **options):
    """An export, and the same export of a store that imported it."""
    export(opened, folder / target, file_format, **options)
    done = import_graph(folder / target, folder / "again", ontology, strict=True)
    again = f"again-{target}"
    graph = None
    if "graph" in options:
        from kg.selection import everything

        graph = everything(open_store(folder / "again"))
    export(open_store(folder / "again"), folder / again, file_format, graph=graph)
    return folder / target, folder / again, done


def test_graphml_comes_back_the_same_but_for_counts_of_papers(tmp_path, store, tables):
    one, other, _ = both(tmp_path, store, tables, "a.graphml", "graphml")
    before, after = (without_counts(path.read_text(encoding="utf-8")) for path in (one, other))
    same = before == after
    assert same


def test_csv_comes_back_the_same(tmp_path, store, tables):
    one, other, _ = both(tmp_path, store, tables, "a", "csv")
    for name in TABLES:
        assert (one / name).read_bytes() == (other / name).read_bytes()


def test_csv_without_papers_comes_back_the_same_but_for_counts_of_papers(tmp_path, store, tables):
    export(store, tmp_path / "a", "csv")
    (tmp_path / "a" / "papers.csv").unlink()
    done = import_graph(tmp_path / "a", tmp_path / "again", tables, strict=True)
    export(open_store(tmp_path / "again"), tmp_path / "b", "csv")
    for name in TABLES[1:4]:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    assert rows(tmp_path / "a" / "nodes.csv") == rows(tmp_path / "b" / "nodes.csv")
    mentions = len(rows(tmp_path / "a" / "mentions.csv"))
    assert done.files[0].left_out == (("mentions in papers without a text", mentions),)


@pytest.mark.parametrize("file_format", ["graphml", "csv"])
def test_importing_its_own_export_changes_nothing(tmp_path, store, tables, file_format):
    export(store, tmp_path / "a", file_format)
    assert not import_graph(tmp_path / "a", store.folder, tables, strict=True).store.changed


def test_a_paper_that_is_there_stays_as_it_is_though_its_iri_does_not_tell_its_id(tmp_path, tables):
    (first, *others) = sample()
    renamed = replace(first, paper=replace(first.paper, id="demo:lora", arxiv=None))
    write_store(tmp_path / "store", [renamed, *others], tables)
    export(open_store(tmp_path / "store"), tmp_path / "a.graphml")
    import_graph(tmp_path / "a.graphml", tmp_path / "store", tables, strict=True)
    assert list(open_store(tmp_path / "store").facts()) == sorted([renamed, *others], key=lambda one: one.paper.id)


def test_a_paper_that_is_added_takes_the_place_of_what_an_import_knew_of_it(tmp_path, store, tables):
    export(store, tmp_path / "a.graphml")
    import_graph(tmp_path / "a.graphml", tmp_path / "again", tables)
    update_store(tmp_path / "again", tables, add=sample())
    assert list(open_store(tmp_path / "again").facts()) == list(store.facts())
    assert open_store(tmp_path / "again").imports() == ()


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_files_with_a_paper_the_one_with_its_text_counts(tmp_path, store, tables, turned):
    export(store, tmp_path / "a.graphml")
    export(store, tmp_path / "a.nt")
    files = [tmp_path / "a.graphml", tmp_path / "a.nt"]
    done = import_graph(files[::-1] if turned else files, tmp_path / "again", tables, strict=True)
    assert list(open_store(tmp_path / "again").dump()) == list(store.dump())
    assert [file.papers for file in done.files] == [6, 6]


def test_edges_that_papers_here_say_are_nobodys_own_word(tmp_path, store, tables):
    export(store, tmp_path / "a", "csv")
    (tmp_path / "a" / "evidence.csv").unlink()
    assert not import_graph(tmp_path / "a", store.folder, tables, strict=True).store.changed


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_tables_may_be_saved_by_any_spreadsheet(tmp_path, store, tables, delimiter, encoding):
    (tmp_path / "t").mkdir()
    header, row = ["year", "extra, cells", "kind", "label"], ["2024.0", "x", "Method", "Stairs; up, down"]
    with (tmp_path / "t" / "nodes.csv").open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([header, row])
    import_graph(tmp_path / "t", store.folder, tables, name="sheet", strict=True)
    assert open_store(store.folder).imports() == (
        Import("sheet", rows=(Row(iri("method/stairs-up-down"), "Stairs; up, down", year=2024),)),
    )


@settings(max_examples=15)
@given(corpora())
def test_csv_loses_no_edge_of_any_graph(tmp_path_factory, tables, papers):
    folder = tmp_path_factory.mktemp("law")
    write_store(folder / "store", papers, tables)
    one, other, _ = both(folder, open_store(folder / "store"), tables, "a", "csv")
    ends = [
        [
            (r["source"], r["predicate"], r["target"], r["confidence"], r["hedged"], r["weight"])
            for r in rows(path / "edges.csv")
        ]
        for path in (one, other)
    ]
    assert ends[0] == ends[1]
    quotes = [
        sorted((r["edge"], r["paper"], r["quote"], r["rule"]) for r in rows(path / "evidence.csv"))
        for path in (one, other)
    ]
    assert quotes[0] == quotes[1]
    shutil.rmtree(folder)


@pytest.mark.parametrize("file_format", ["graphml", "csv"])
def test_a_selection_comes_back_without_what_lies_outside(tmp_path, store, tables, file_format):
    target = "a.graphml" if file_format == "graphml" else "a"
    part = around(store, iri("method/qlora"), 1)
    _, _, done = both(tmp_path, store, tables, target, file_format, graph=part)
    assert done.problems == ()
    again = open_store(tmp_path / "again")
    held = {str(node) for (node,) in again.strings("SELECT ?n { ?n a mlkg:Entity }")}
    assert {node for node, kind in part.nodes(data="kind") if kind not in ("Paper", "Organisation")} <= held
    edges = {(s, d["predicate"], o) for s, o, d in part.edges(data=True)}
    from kg.selection import everything

    assert edges <= {(s, d["predicate"], o) for s, o, d in everything(again).edges(data=True)}


def test_a_paper_comes_back_with_the_sentences_that_are_quoted(tmp_path, store, tables):
    both(tmp_path, store, tables, "a.graphml", "graphml")
    (facts,) = [one for one in open_store(tmp_path / "again").facts() if one.paper.id == "p5"]
    assert facts.paper.title == "Question answering with steps"
    assert facts.paper.abstract == "We use LADDER and LoRA for question answering, trained on Alpaca."
    assert facts.paper.date == "2024-11-02"
    (seen,) = facts.paper.sightings
    assert seen.source == str(tmp_path / "a.graphml")


def test_tables_made_by_hand_need_few_columns(tmp_path, store, tables):
    folder = tmp_path / "hand"
    folder.mkdir()
    (folder / "nodes.csv").write_text("label,kind,year\nStairs,Method,2024\n", encoding="utf-8")
    (folder / "edges.csv").write_text(
        f"source,predicate,target,confidence\nmethod/stairs,extends,method/lora,0.8\n{paper_iri('p5')},uses,method/stairs,\n",
        encoding="utf-8",
    )
    done = import_graph(folder, store.folder, tables, name="hand", strict=True)
    assert done.store.imports == ("hand",)
    assert open_store(store.folder).imports() == (
        Import(
            "hand",
            rows=(Row(iri("method/stairs"), "Stairs", year=2024),),
            edges=(
                Assertion(iri("method/stairs"), Predicate.EXTENDS, iri("method/lora"), 0.8),
                Assertion(paper_iri("p5"), Predicate.USES, iri("method/stairs")),
            ),
        ),
    )


def test_edges_without_sentences_are_the_files_own_word(tmp_path, store, tables):
    export(store, tmp_path / "a", "csv")
    (tmp_path / "a" / "evidence.csv").unlink()
    import_graph(tmp_path / "a", tmp_path / "again", tables, name="bare", strict=True)
    again = open_store(tmp_path / "again")
    assert again.meta["relations"] == store.meta["relations"]
    assert again.meta["edges"] == store.meta["edges"]
    assert again.meta["lifted"] == 0
    export(again, tmp_path / "b", "csv")
    sure = [{row["id"]: row["confidence"] for row in rows(tmp_path / name / "edges.csv")} for name in "ab"]
    in_tables = {key for key in sure[0] if key not in sure[1]}  # QLoRA extends LoRA: the ontology says so anyway
    assert len(in_tables) == 1
    assert {key: sure[0][key] for key in sure[0].keys() - in_tables}.items() <= sure[1].items()


def test_graphml_of_another_tool_is_known_by_the_names_of_attributes(tmp_path, store, tables):
    export(store, tmp_path / "a.graphml")
    text = (tmp_path / "a.graphml").read_text(encoding="utf-8")
    text = re.sub(r'key id="(\w+)" for="(\w+)"', r'key id="d_\2_\1" for="\2"', text)
    node, _, edge = text.partition("<edge")
    node = node.replace('<data key="', '<data key="d_node_')
    edge = edge.replace('<data key="', '<data key="d_edge_')
    (tmp_path / "b.graphml").write_text(node + "<edge" + edge, encoding="utf-8")
    import_graph(tmp_path / "a.graphml", tmp_path / "one", tables, name="x", strict=True)
    import_graph(tmp_path / "b.graphml", tmp_path / "two", tables, name="x", strict=True)
    assert list(open_store(tmp_path / "one").dump()) == list(open_store(tmp_path / "two").dump())


TEXTS = {
    "paper": ("papers.csv", "id,title,date\np1,A title,soon\n", "no date"),
    "identifier": ("papers.csv", "iri,id,title\npaper/p2,p1,A title\n", "has another IRI"),
    "untitled": ("papers.csv", "id,title\np1,\n", "no title"),
    "offsets": ("mentions.csv", "paper,start,end,text,node\npaper/p9,1,99,LoRA,method/lora\n", "no stretch of a text"),
    "words": ("mentions.csv", "paper,start,end,text,node\npaper/p9,0,4,Rank,method/lora\n", "the quote is 'Rank', but"),
    "score": ("mentions.csv", "paper,start,end,text,node,score\npaper/p9,0,4,LoRA,method/lora,7\n", "is 7, not in"),
    "unknown": ("mentions.csv", "paper,start,end,text,node\npaper/p9,0,4,LoRA,method/nn\n", "say its type and label"),
    "sentence": (
        "evidence.csv",
        "source,predicate,target,paper,sentence\npaper/p9,uses,method/lora,paper/p9,We use it.\n",
        "is not in the text of the paper",
    ),
    "quote": (
        "evidence.csv",
        "source,predicate,target,paper,sentence,start,end,quote\npaper/p9,uses,method/lora,paper/p9,LoRA.,0,4,Rank\n",
        "the quote is 'Rank', but",
    ),
    "result": ("results.csv", "paper,value,sentence\npaper/p9,7,Nowhere.\n", "is not in the text of the paper"),
}


@pytest.mark.parametrize(("name", "text", "reason"), TEXTS.values(), ids=TEXTS)
def test_what_does_not_fit_the_text_of_a_paper_is_refused_with_its_line(tmp_path, tables, name, text, reason):
    (tmp_path / "nodes.csv").write_text("label,kind\n", encoding="utf-8")
    (tmp_path / "papers.csv").write_text("id,title,abstract\np9,LoRA,LoRA.\n", encoding="utf-8")
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(StrictImportError) as caught:
        import_graph(tmp_path, tmp_path / "new", tables, strict=True)
    (problem,) = caught.value.problems
    assert reason in problem.reason
    assert (problem.source, problem.line) == (str(tmp_path / name), 2)


CSV_REFUSED = {
    "kind": ("label,kind\nX,Tribe\n", "", "needs a kind"),
    "iri": ("id,label,kind\nhttp://x.org/y,X,Method\n", "", "id 'http://x.org/y' is no IRI of ours"),
    "kind of iri": ("id,label,kind\nmethod/x,X,Model\n", "", "its kind is Model, but its IRI is that of a Method"),
    "year": ("label,kind,year\nX,Method,soon\n", "", "year is 'soon', not a number"),
    "predicate": ("", "source,predicate,target\nmethod/lora,likes,method/zero\n", "'likes' is no predicate"),
    "range": ("", "source,predicate,target\nmethod/lora,hasTask,method/zero\n", "hasTask cannot end at"),
    "confidence": ("", "source,predicate,target,confidence\nmethod/qlora,extends,method/zero,2\n", "is 2, not in"),
    "unknown": ("", "source,predicate,target\nmethod/qlora,extends,method/nn\n", "nothing of this IRI is known"),
}  # fmt: skip


@pytest.mark.parametrize(("nodes", "edges", "reason"), CSV_REFUSED.values(), ids=CSV_REFUSED)
def test_rows_that_are_wrong_are_refused_with_their_line(tmp_path, store, tables, nodes, edges, reason):
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "nodes.csv").write_text(nodes or "label,kind\n", encoding="utf-8")
    (tmp_path / "t" / "edges.csv").write_text(edges or "source,predicate,target\n", encoding="utf-8")
    before = list(store.dump())
    with pytest.raises(StrictImportError) as caught:
        import_graph(tmp_path / "t", store.folder, tables, strict=True)
    (problem,) = caught.value.problems
    assert reason in problem.reason
    assert problem.line in (2, None)
    assert list(open_store(store.folder).dump()) == before


BROKEN = {
    "column": ("nodes.csv", "label\nX\n", "no column kind"),
    "cells": ("nodes.csv", "label,kind\nX\n", "1 cells, but the header has 2"),
    "quote": ("nodes.csv", 'label,kind\n"X,Method\n', "not CSV"),
    "bytes": ("nodes.csv", b"label,kind\n\xff,Method\n", "not UTF-8"),
    "nothing": ("other.csv", "x\n", "no nodes.csv and no edges.csv"),
}


@pytest.mark.parametrize(("name", "text", "reason"), BROKEN.values(), ids=BROKEN)
def test_tables_that_cannot_be_read_change_nothing(tmp_path, tables, name, text, reason):
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InputError, match=reason):
        import_graph(tmp_path / "t", tmp_path / "new", tables)
    assert not (tmp_path / "new").exists()


HEAD = (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    '<key id="iri" for="node" attr.name="iri" attr.type="string"/>'
)
GRAPHML_BROKEN = {
    "entities": ('<!DOCTYPE g [<!ENTITY a "b">]>' + HEAD + "</graphml>", "entities"),
    "fetched": ('<!DOCTYPE g SYSTEM "http://x.org/g.dtd">' + HEAD + "</graphml>", "a reference outside the file"),
    "not xml": ("<graphml", "not XML"),
    "empty": (HEAD + "</graphml>", "no nodes or edges"),
    "deep": (HEAD + "<graph>" * 80, "nested over"),
    "encoding": ('<?xml version="1.0" encoding="utf-7"?>' + HEAD, "not XML: .*encoding"),
    "long": (HEAD + '<node id="n"><data key="iri">' + "x" * (5 << 20), "a value of over"),
}


@pytest.mark.parametrize(("text", "reason"), GRAPHML_BROKEN.values(), ids=GRAPHML_BROKEN)
def test_graphml_that_cannot_be_read_changes_nothing(tmp_path, tables, text, reason):
    (tmp_path / "a.graphml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=reason):
        import_graph(tmp_path / "a.graphml", tmp_path / "new", tables)
    assert not (tmp_path / "new").exists()


def test_graphml_in_another_encoding_than_utf8_is_read(tmp_path, store, tables):
    export(store, tmp_path / "a.graphml")
    text = (tmp_path / "a.graphml").read_text(encoding="utf-8").replace("UTF-8", "UTF-16", 1)
    (tmp_path / "a.graphml").write_text(text, encoding="utf-16")
    assert import_graph(tmp_path / "a.graphml", tmp_path / "new", tables, strict=True).files[0].papers == 6


def test_graphml_edges_of_refused_nodes_are_refused(tmp_path, store, tables):
    text = HEAD + '<graph><node id="a"/><edge source="a" target="b"/></graph></graphml>'
    (tmp_path / "a.graphml").write_text(text, encoding="utf-8")
    done = import_graph(tmp_path / "a.graphml", store.folder, tables)
    assert [problem.reason.split(":")[0] for problem in done.problems] == ["a", "a"]
    assert [problem.line for problem in done.problems] == [1, 1]
