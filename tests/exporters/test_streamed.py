"""Rows streamed from a store are those of the selection of everything, in the same order."""

import random
from itertools import groupby

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.cli import cli
from kg.exporters import Selected, Streamed, content_of, streamed
from kg.exporters.rdf.selected_triples import selected_triples
from kg.exporters.streamed import Spooled
from kg.selection import everything
from kg.store import open_store, write_store
from kg.vocabulary import PREFIXES
from tests.graphs import METHOD, MODEL, Draft, iri, sample_store


def rows(graph):
    return list(graph.nodes()), list(graph.edges())


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return sample_store(tmp_path_factory.mktemp("store"))[0]


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    return sample_store(tmp_path_factory.mktemp("tables"))[1]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    from click.testing import CliRunner

    folder = tmp_path_factory.mktemp("demo")
    done = CliRunner().invoke(cli, ["demo", "--folder", str(folder)])
    assert done.exit_code == 0, done.output
    return open_store(folder / "store")


def test_streamed_rows_of_the_demo_are_those_of_everything(demo):
    nodes, edges = rows(Streamed(demo))
    assert len(edges) > 1_000
    same = (nodes, edges) == rows(Selected(everything(demo)))
    assert same


NAMES = ("LoRA", "QLoRA", "Transformer", "ZeRO")
TITLES = st.sampled_from(["=1+1", "a\u2028b", "x" * 300, "caf\u00e9 </b>", "'"])


@st.composite
def papers(draw):
    """A few papers that use, extend and introduce a few things, with names of their own."""
    made = []
    for number in range(draw(st.integers(0, 5))):
        named = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=4))
        sentences = [f"We take {name} here." for name in named]
        draft = Draft(f"p{number}", f"{draw(TITLES)} {number}", " ".join([*sentences, "We present Own."]))
        for name in named:
            node = draft.mention(name, METHOD, f"method/{name.lower()}")
            kind = draw(st.sampled_from(["uses", "extends", "compares_with"]))
            draft.relate(kind, node, f"take {name} ", draw(st.floats(0.1, 1)), hedged=draw(st.booleans()))
        if draw(st.booleans()):
            own = draft.new("Own", draw(st.sampled_from([METHOD, MODEL])))
            draft.relate("introduces", own, "We present Own")
        made.append(draft.facts())
    return made


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(made=papers())
def test_streamed_rows_of_any_store_are_those_of_everything(made, tables, tmp_path_factory):
    folder = tmp_path_factory.mktemp("any")
    write_store(folder / "store", made, tables)
    store = open_store(folder / "store")
    assert rows(Streamed(store)) == rows(Selected(everything(store)))
    assert rows(Spooled(Streamed(store))) == rows(Streamed(store))


def test_spooled_rows_can_be_walked_many_times_and_at_once(store):
    spooled, whole = Spooled(Streamed(store)), rows(Streamed(store))
    assert rows(spooled) == rows(spooled) == whole
    assert [pair[0] for pair in zip(spooled.edges(), spooled.edges(), strict=True)] == whole[1]
    assert next(spooled.edges()) == next(iter(spooled.edges())) == whole[1][0]


def test_papers_come_by_id_with_their_record(store):
    found = list(content_of(store).papers)
    assert [paper.id for paper in found] == sorted(paper.id for paper in found)
    lora = found[0]
    assert (lora.iri, lora.arxiv, lora.authors, lora.date) == (
        iri("paper/arxiv-2106.09685"),
        "2106.09685",
        ("A. Author", "B. Büchner"),
        "2021-06-17",
    )
    assert lora.text.startswith("LoRA: small updates for large models\nWe present LoRA")


def test_mentions_cut_their_text_out_of_their_paper_in_its_order(store):
    content = content_of(store)
    texts = {paper.iri: paper.text for paper in content.papers}
    mentions = list(content.mentions)
    assert len(mentions) > 20
    assert all(texts[each.paper][each.start : each.end] == each.text for each in mentions)
    in_order = [paper for paper, _ in groupby(each.paper for each in mentions)]
    assert in_order == [paper for paper in texts if paper in set(in_order)]
    assert all(list(of) == sorted(of, key=lambda m: (m.start, m.end, m.node)) for _, of in groups(mentions))
    assert {each.kind for each in mentions} >= {"Method", "Benchmark", "Model"}


def groups(mentions):
    return [(paper, list(of)) for paper, of in groupby(mentions, key=lambda each: each.paper)]


def test_parts_of_a_selection_are_those_of_its_papers(store):
    paper = iri("paper/arxiv-2305.14314")
    one = frozenset([paper])
    assert [each.iri for each in streamed.paper_rows(store, one)] == [paper]
    assert {each.paper for each in streamed.mention_rows(store, one)} == {paper}
    assert {each.paper for each in streamed.result_rows(store, one)} == {paper}
    assert list(streamed.mention_rows(store, frozenset())) == []


def test_results_are_sorted(store):
    found = list(streamed.result_rows(store))
    assert found == sorted(random.Random(1).sample(found, len(found)), key=lambda row: row.order)
    assert len(found) > 1


def test_plain_triples_are_those_of_everything_without_statements(store):
    flat = set(selected_triples(store, everything(store), statements=False))
    plain = set(streamed.plain_triples(store))
    assert plain <= flat
    assert {each.predicate.value for each in flat - plain} <= {f"{PREFIXES['void']}exampleResource"}
