"""What every format promises, run on each: names and direction survive, bytes repeat, hostile text is harmless."""

import io
import string
from dataclasses import replace
from datetime import date
from pathlib import Path

import igraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ExportError
from kg.exporters import FORMATS, Content, Selected, Takes, write
from kg.vocabulary import BASE
from tests.contract.content import (
    HOSTILE,
    LORA,
    MMLU,
    PAPER,
    QLORA,
    empty_content,
    make_content,
    make_graph,
)
from tests.contract.readers import READERS

every_format = pytest.mark.parametrize("name", FORMATS)
SINGLE = [name for name in FORMATS if FORMATS[name].write]
GRAPHS = [name for name in READERS if READERS[name].graph]


def files_of(target):
    """The bytes of each file that was written, by its path in the folder."""
    path = Path(target)
    files = [path] if path.is_file() else sorted(each for each in path.rglob("*") if each.is_file())
    return {each.relative_to(path.parent).as_posix(): each.read_bytes() for each in files}


def export(name, folder, content):
    format_ = FORMATS[name]
    if format_.requires:
        pytest.importorskip(format_.requires)
    folder.mkdir(exist_ok=True)
    target = folder / f"kg{format_.extension}"
    counts = write(content, format_, target)
    return target, counts


def test_every_format_has_its_reader():
    assert set(READERS) == set(FORMATS)
    assert len(READERS) >= 9


@pytest.mark.parametrize("name", GRAPHS)
def test_exporters_names_and_direction_survive(name, tmp_path):
    target, _ = export(name, tmp_path / "a", make_content())
    seen = READERS[name].read(target)
    assert seen.names == {LORA: "LoRA", QLORA: "QLoRA", MMLU: "MMLU", PAPER: "Quantised adapters"}
    assert seen.edges == {
        (PAPER, "uses", LORA),
        (PAPER, "extends", LORA),
        (PAPER, "evaluatesOn", MMLU),
        (QLORA, "broader", LORA),
        (LORA, "comparesWith", QLORA),
        (LORA, "extends", LORA),
    }


@every_format
def test_exporters_write_the_same_bytes_whatever_the_order(name, tmp_path):
    first, _ = export(name, tmp_path / "first", make_content())
    again, _ = export(name, tmp_path / "again", make_content())
    other, _ = export(name, tmp_path / "other", make_content(order=7))
    assert files_of(first)
    assert files_of(first) == files_of(again) == files_of(other)


@every_format
def test_exporters_write_the_same_content_twice(name, tmp_path):
    content = make_content()
    first, _ = export(name, tmp_path / "first", content)
    again, _ = export(name, tmp_path / "again", content)
    assert files_of(first) == files_of(again)


def survives(name, text, folder):
    """The text is read back as the format documents; or it is refused, by name."""
    try:
        target, _ = export(name, folder, make_content(label=text))
    except ExportError as error:
        return len(str(error)) < 1_000 and not files_of(folder)
    reader = READERS[name]
    seen = reader.read(target)
    if reader.graph:
        return seen.names[LORA] == reader.becomes(text) and len(seen.names) == 4 and len(seen.edges) == 6
    return reader.becomes(text) in seen.texts


@every_format
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_exporters_hostile_names_survive(name, text, tmp_path):
    survived = survives(name, text, tmp_path / "a")
    assert survived


@every_format
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_exporters_any_name_survives(name, text, tmp_path_factory):
    survived = survives(name, text, tmp_path_factory.mktemp("any"))
    assert survived


@pytest.mark.parametrize("name", [name for name in GRAPHS if Takes.GRAPH in FORMATS[name].takes])
def test_exporters_none_dates_numbers_as_text_and_lists_survive(name, tmp_path):
    graph = make_graph()
    odd = {"date": date(2021, 6, 17), "year": "2021", "aliases": ["b", "a"], "url": None, "arxiv": "", "level": 7}
    graph.nodes[LORA].update(odd)
    plain = make_graph()
    plain.nodes[LORA].update(date="2021-06-17", year=2021, aliases=("a", "b"), level="7")
    files = []
    for folder, each in (("odd", graph), ("plain", plain)):
        target, _ = export(name, tmp_path / folder, replace(make_content(), graph=Selected(each)))
        files.append(files_of(target))
    assert files[0] == files[1]


@every_format
def test_exporters_write_no_name_into_a_path(name, tmp_path):
    export(name, tmp_path / "a", make_content(label="../../" + string.punctuation))
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert [path.name for path in (tmp_path / "a").iterdir()] == [f"kg{FORMATS[name].extension}"]


@pytest.mark.parametrize("name", ["graphml", "gexf", "csv"])
def test_exporters_lone_surrogates_become_replacement_characters(name, tmp_path):
    content = replace(empty_content(), graph=Selected(make_graph("a\ud800b")))
    target, _ = export(name, tmp_path / "a", content)
    assert READERS[name].read(target).names[LORA] == "a\ufffdb"


def content_that_breaks():
    """Nothing is wrong until the last row of every part."""
    whole = make_content()
    graph = make_graph()
    graph.add_node(f"{BASE}zzz", kind="Method")

    def breaking(rows):
        yield from rows
        raise ExportError("the disk is gone")

    parts = (breaking(rows) for rows in (whole.triples, whole.results, whole.papers, whole.mentions))
    return Content(Selected(graph), *parts)


@every_format
def test_exporters_leave_nothing_half_written(name, tmp_path):
    with pytest.raises(ExportError):
        export(name, tmp_path / "a", content_that_breaks())
    left = [path for path in (tmp_path / "a").rglob("*") if path.is_file()]
    assert left == []


@every_format
def test_exporters_keep_the_old_file_when_the_new_one_fails(name, tmp_path):
    target, _ = export(name, tmp_path / "a", make_content())
    before = files_of(target)
    with pytest.raises(ExportError):
        export(name, tmp_path / "a", content_that_breaks())
    assert files_of(target) == before


@pytest.mark.parametrize("name", SINGLE)
def test_exporters_standard_output_gets_the_same_bytes(name, tmp_path, capfdbinary):
    target, _ = export(name, tmp_path / "a", make_content())
    write(make_content(), FORMATS[name], Path("-"))
    assert capfdbinary.readouterr().out == target.read_bytes()


@every_format
def test_exporters_an_empty_graph_reads_back_empty(name, tmp_path):
    target, _ = export(name, tmp_path / "a", empty_content())
    if name in ("turtle", "ntriples", "nquads", "trig"):
        assert target.read_bytes() == b""
    seen = READERS[name].read(target)
    assert (seen.names, seen.edges) == ({}, frozenset())


@pytest.mark.parametrize("name", GRAPHS)
def test_exporters_counts_are_what_is_read_back(name, tmp_path):
    target, counts = export(name, tmp_path / "a", make_content())
    seen = READERS[name].read(target)
    total = {what: sum(getattr(file, what) or 0 for file in counts.values()) for what in ("nodes", "edges", "triples")}
    if FORMATS[name].takes == (Takes.TRIPLES,):
        assert total == {"nodes": 0, "edges": 0, "triples": len(seen.names) + len(seen.edges)}
    else:
        assert (total["nodes"], total["edges"]) == (len(seen.names), len(seen.edges))


@every_format
def test_exporters_ask_for_what_they_need(name, tmp_path):
    with pytest.raises(ExportError, match="none was given"):
        export(name, tmp_path / "a", Content())


@every_format
def test_exporters_are_documented(name):
    format_ = FORMATS[name]
    assert format_.name == name
    assert format_.about
    assert format_.spec_url.startswith("http")
    assert "/" in format_.media_type
    assert format_.takes
    assert bool(format_.write) != bool(format_.write_folder)
    assert bool(format_.write) == bool(format_.extension)


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning:rdflib")  # rdflib 7.6 warns of itself
@pytest.mark.parametrize("name", [name for name in FORMATS if FORMATS[name].takes == (Takes.TRIPLES,)])
def test_rdf_formats_read_the_same_in_rdflib(name, tmp_path):
    target, _ = export(name, tmp_path / "a", make_content(label=HOSTILE["markup"] + HOSTILE["carriage-returns"]))
    formats = {
        "turtle": "turtle",
        "ntriples": "nt",
        "nquads": "nquads",
        "trig": "trig",
        "rdfxml": "xml",
        "jsonld": "json-ld",
    }
    read = rdflib.Dataset(default_union=True)
    read.parse(data=target.read_text(encoding="utf-8"), format=formats[name])
    lines = io.BytesIO()
    FORMATS["ntriples"].write(make_content(label=HOSTILE["markup"] + HOSTILE["carriage-returns"]).triples, lines)
    wanted = rdflib.Graph().parse(data=lines.getvalue(), format="nt")
    assert {(s, p, o) for s, p, o, *_ in read.quads((None, None, None, None))} == set(wanted)


def test_graphml_reads_the_same_in_igraph(tmp_path):
    target, _ = export("graphml", tmp_path / "a", make_content(label=HOSTILE["markup"]))
    graph = igraph.Graph.Read_GraphML(str(target))
    names = {v["iri"]: v["label"] for v in graph.vs}
    assert names[LORA] == HOSTILE["markup"]
    edges = {(graph.vs[e.source]["iri"], e["predicate"], graph.vs[e.target]["iri"]) for e in graph.es}
    assert edges == READERS["graphml"].read(target).edges
    assert graph.is_directed()
