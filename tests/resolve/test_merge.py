import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import FactsError
from kg.identifiers import Iri
from kg.resolve import Proof, resolve
from kg.vocabulary import Kind, Predicate, Status
from tests.graphs import BENCHMARK, METHOD, MODEL, TASK, Draft, iri, sample, write_ontology


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    return write_ontology(tmp_path_factory.mktemp("tables"))


def introducing(paper_id, name, *expansions, kind=METHOD, date=None, path=None):
    draft = Draft(paper_id, f"{name}: a thing", f"We propose {name} here.", date=date)
    node = draft.new(name, kind, *expansions, path=path)
    return draft.relate("introduces", node, f"We propose {name}").facts(), node


def naming(paper_id, name, kind=None):
    return Draft(paper_id, f"A study {paper_id}", f"We rely on {name} throughout.").leave(name, kind).facts()


def test_resolve_takes_ancestors_along_with_no_papers_of_their_own(tables):
    nodes = resolve(sample(), tables).nodes
    assert nodes[iri("model/llama")].papers == 0
    assert nodes[iri("method/peft")].papers == 0
    assert iri("method/zero") not in nodes


def test_resolve_takes_facts_older_than_a_redirect_for_facts_of_the_thing_now(tables):
    def facts(path):
        draft = Draft("a", "Low-rank updates", "We propose low ranks.")
        return [draft.relate("introduces", draft.mention("low ranks", METHOD, path), "We propose").facts()]

    old, new = resolve(facts("method/low-rank-adaptation"), tables), resolve(facts("method/lora"), tables)
    assert (old.nodes, old.edges) == (new.nodes, new.edges)
    assert old.node_of("a", iri("method/low-rank-adaptation")) == iri("method/lora")
    assert old.nodes[iri("method/lora")].status is Status.CURATED


def test_resolve_gives_a_redirected_id_to_no_new_thing(tables):
    facts, _ = introducing("a", "Low ranks", path="method/low-rank-adaptation")
    assert set(resolve([facts], tables).nodes) == {iri("method/lora"), iri("method/peft")}


def test_resolve_lifts_facts_older_than_a_redirect(tables):
    draft = Draft("a", "Wider: a thing", "We propose Wider. It extends low ranks.")
    node = draft.new("Wider", METHOD, parents=((Predicate.BROADER, iri("method/low-rank-adaptation")),))
    draft.relate("introduces", node, "We propose")
    draft.relate("extends", draft.mention("low ranks", METHOD, "method/low-rank-adaptation"), "It extends")
    edges = {(edge.predicate, edge.object) for edge in resolve([draft.facts()], tables).edges if edge.subject == node}
    assert edges == {(Predicate.BROADER, iri("method/lora")), (Predicate.EXTENDS, iri("method/lora"))}


def test_resolve_counts_different_papers(tables):
    nodes = resolve([*sample(), *sample()], tables).nodes
    assert nodes[iri("method/lora")].papers == 4


def test_resolve_joins_a_bare_name_to_the_node_another_paper_introduces(tables):
    facts = sample()
    resolved = resolve(facts, tables)
    assert resolved.joined(facts[4].unlinked[0]) == iri("method/ladder")
    assert resolved.nodes[iri("method/ladder")].papers == 2


def test_resolve_joins_by_an_expansion_too(tables):
    first, node = introducing("a", "SPARKLE", "Sparse Kernel Learning")
    other = naming("b", "sparse kernel Learning")
    assert resolve([first, other], tables).joined(other.unlinked[0]) == node


@pytest.mark.parametrize(
    ("name", "kind", "joined"),
    [
        ("Tower", None, True),
        ("Tower", Kind.METHOD, True),
        ("T-ower", None, True),
        ("TOWER", Kind.METHOD, False),
        ("tower", None, False),
        ("Tower", Kind.MODEL, True),
        ("Tower", Kind.BENCHMARK, False),
        ("Towers", None, False),
    ],
    ids=["any-kind", "same-kind", "dash", "capitals", "small-letters", "model-for-method", "benchmark", "another-name"],
)
def test_resolve_joins_names_of_fitting_kind_and_case(tables, name, kind, joined):
    first, _ = introducing("a", "Tower")
    other = naming("b", name, kind)
    assert (resolve([first, other], tables).joined(other.unlinked[0]) is not None) == joined


@pytest.mark.parametrize(("name", "joined"), [("Towerbridge", True), ("TOWERBRIDGE", True), ("towerbridge", False)])
def test_resolve_joins_long_names_in_any_case_but_small(tables, name, joined):
    first, _ = introducing("a", "TowerBridge")
    other = naming("b", name)
    assert (resolve([first, other], tables).joined(other.unlinked[0]) is not None) == joined


def test_resolve_joins_nothing_to_a_name_no_paper_introduces(tables):
    draft = Draft("a", "Tower in use", "We apply Tower.")
    draft.relate("uses", draft.new("Tower", METHOD), "apply Tower")
    other = naming("b", "Tower")
    assert resolve([draft.facts(), other], tables).joined(other.unlinked[0]) is None


def test_resolve_joins_nothing_to_a_name_of_several_nodes(tables):
    first, _ = introducing("a", "Tower", kind=METHOD)
    second, _ = introducing("b", "Tower", kind=BENCHMARK)
    other = naming("c", "Tower")
    assert resolve([first, second, other], tables).joined(other.unlinked[0]) is None


def test_resolve_merges_spellings_of_one_new_name(tables):
    first, node = introducing("a", "Tower-X")
    second = Draft("b", "On TowerX", "We use it.")
    second.new("TowerX", METHOD)
    third = Draft("c", "More on TowerX", "We use it.")
    third.new("TowerX", METHOD)
    resolved = resolve([first, second.facts(), third.facts()], tables)
    (merged,) = [n for n in resolved.nodes.values() if n.status is Status.DISCOVERED]
    assert (merged.label, merged.aliases, merged.papers) == ("TowerX", ("Tower-X",), 3)
    assert resolved.node_of(first.paper.id, node) == merged.iri


def test_resolve_keeps_two_things_of_one_name_apart_by_their_expansions(tables):
    first, node = introducing("a", "LADDER", "Learning As Difficulty Rises", date="2023")
    second, _ = introducing("b", "LADDER", "Latent Adaptive Decoder", date="2024")
    bare = Draft("c", "LADDER again", "No expansion here.")
    bare.new("LADDER", METHOD)
    resolved = resolve([first, second, bare.facts()], tables)
    one, other = (resolved.node_of(paper, node) for paper in ("a", "b"))
    assert one == node
    assert other != node
    assert other.startswith(f"{node}-")
    assert resolved.node_of(bare.paper.id, node) == node, "a paper that does not say means the earliest"
    assert resolved.nodes[one].papers == 2


def test_resolve_takes_near_expansions_for_one_thing(tables):
    first, node = introducing("a", "SPARK", "Sparse Kernel Attention")
    second, _ = introducing("b", "SPARK", "Sparse-Kernel Attention for LLMs")
    resolved = resolve([first, second], tables)
    assert resolved.node_of("b", node) == node
    assert resolved.nodes[node].papers == 2


def test_resolve_gives_two_names_of_one_slug_two_nodes(tables):
    first, node = introducing("a", "Café", path="method/cafe")
    second, same = introducing("b", "Cafe", path="method/cafe")
    assert node == same
    resolved = resolve([first, second], tables)
    labels = {resolved.nodes[resolved.node_of(paper, node)].label for paper in ("a", "b")}
    assert labels == {"Café", "Cafe"}
    assert resolved.nodes[node].label == "Cafe", "the one that reads as the slug keeps it"


def test_resolve_takes_a_new_name_that_is_an_alias_for_the_curated_thing(tables):
    facts, node = introducing("a", "Grade-School Math", kind=BENCHMARK)
    resolved = resolve([facts], tables)
    assert resolved.node_of("a", node) == iri("benchmark/gsm8k")
    assert not [n for n in resolved.nodes.values() if n.status is not Status.CURATED]


def test_resolve_keeps_a_new_thing_of_another_kind_apart_from_the_curated_one(tables):
    facts, node = introducing("a", "LoRA", kind=BENCHMARK)
    assert resolve([facts], tables).nodes[node].kind is BENCHMARK


def test_resolve_heeds_exact_spelling_of_ambiguous_names(tables):
    facts, node = introducing("a", "Zero")
    resolved = resolve([facts], tables)
    other = resolved.node_of("a", node)
    assert other != iri("method/zero")
    assert resolved.nodes[other].label == "Zero"


def test_resolve_names_year_and_arxiv_of_the_earliest_introducing_paper(tables):
    early = Draft("a", "Tower", "We propose Tower.", date="2022-05", arxiv="2205.00001")
    early.relate("introduces", early.new("Tower", METHOD), "We propose")
    late, node = introducing("b", "Tower", date="2024")
    resolved = resolve([late, early.facts()], tables)
    assert (resolved.nodes[node].year, resolved.nodes[node].arxiv) == (2022, "2205.00001")


def test_resolve_follows_parents_of_new_nodes(tables):
    draft = Draft("a", "Llama 2 13B in use", "We run Llama 2 13B.")
    up = ((Predicate.VARIANT_OF, iri("model/llama-2")),)
    node = draft.new("Llama 2 13B", MODEL, status=Status.COMPOSED, parents=up)
    resolved = resolve([draft.facts()], tables)
    assert iri("model/llama") in resolved.nodes
    assert (node, Predicate.VARIANT_OF, iri("model/llama-2")) in {
        (e.subject, e.predicate, e.object) for e in resolved.edges
    }


def test_resolve_makes_a_node_of_a_link_that_nothing_describes(tables):
    draft = Draft("a", "Old facts", "They name Ghost.")
    draft.mention("Ghost", METHOD, "method/ghost")
    assert resolve([draft.facts()], tables).nodes[iri("method/ghost")].label == "Ghost"


@pytest.mark.parametrize("bad", ["http://elsewhere.org/x", "https://w3id.org/mlkg/method/a/b", "x> <y"])
def test_resolve_refuses_nodes_that_are_not_ours(tables, bad):
    draft = Draft("a", "Bad facts", "They name Ghost.")
    draft.mention("Ghost", METHOD, "method/ghost")
    facts = draft.facts()
    facts = replace(facts, mentions=(replace(facts.mentions[0], node=Iri(bad)),))
    with pytest.raises(FactsError, match="a: "):
        resolve([facts], tables)


def test_resolve_lifts_what_papers_say_of_what_they_introduce(tables):
    edges = {(e.subject, e.predicate, e.object): e for e in resolve(sample(), tables).edges}
    edge = edges[iri("model/fox-1-3b"), Predicate.EVALUATED_ON, iri("benchmark/mmlu")]
    assert (edge.asserted, edge.support, edge.confidence) == (False, 1, 0.9)
    assert [(p.paper, p.rule) for p in edge.proofs] == [("p4", "test rule")]
    both = edges[iri("method/qlora"), Predicate.EXTENDS, iri("method/lora")]
    assert both.asserted
    assert both.support == 1


def test_resolve_counts_support_by_papers_not_by_sentences(tables):
    def paper(name):
        draft = Draft(name, "Tower", "We propose Tower. Tower extends LoRA. It extends LoRA well.")
        tower = draft.new("Tower", METHOD)
        draft.relate("introduces", tower, "We propose")
        lora = draft.mention("LoRA", METHOD, "method/lora")
        draft.relate("extends", lora, "Tower extends").relate("extends", lora, "It extends")
        return draft.facts()

    edges = resolve([paper("a"), paper("b")], tables).edges
    (edge,) = [e for e in edges if e.predicate is Predicate.EXTENDS and e.proofs]
    assert edge.support == 2
    assert len(edge.proofs) == 4
    assert edge.proofs == tuple(sorted(edge.proofs))
    assert all(isinstance(proof, Proof) for proof in edge.proofs)


NAMES = ("Tower", "TOWER", "Tower-X", "LADDER", "Café", "Cafe", "Zero", "GSM 8K", "Spark 2 7B")
EXPANSIONS = ("Learning As Difficulty Rises", "Latent Adaptive Decoder", "Sparse Kernel Attention", None)


@st.composite
def papers(draw):
    """A few papers that introduce, use or merely name things from a small stock, so that they collide."""
    found = []
    for number in range(draw(st.integers(1, 7))):
        name = draw(st.sampled_from(NAMES))
        draft = Draft(
            f"p{number}",
            f"{name} ({number})",
            f"We propose {name} over LoRA.",
            date=draw(st.sampled_from((None, "2022", "2023"))),
        )
        how = draw(st.sampled_from(("introduces", "uses", "names")))
        if how == "names":
            draft.leave(name)
        else:
            expansion = draw(st.sampled_from(EXPANSIONS))
            node = draft.new(name, draw(st.sampled_from((METHOD, MODEL, TASK))), *([expansion] if expansion else []))
            draft.relate(how, node, "We propose")
            draft.relate("extends", draft.mention("LoRA", METHOD, "method/lora"), "over LoRA")
        found.append(draft.facts())
    return found


@given(papers(), st.randoms(use_true_random=False))
def test_resolve_does_not_depend_on_the_order_of_papers(tables, facts, shuffled: random.Random):
    again = list(facts)
    shuffled.shuffle(again)
    assert resolve(again, tables) == resolve(facts, tables)


@given(papers())
def test_resolve_gives_every_link_a_node_and_every_edge_two(tables, facts):
    resolved = resolve(facts, tables)
    for one in facts:
        for link in one.mentions:
            assert resolved.node_of(one.paper.id, link.node) in resolved.nodes
    for edge in resolved.edges:
        assert edge.subject in resolved.nodes
        assert edge.subject != edge.object
        assert edge.object in resolved.nodes or edge.object in resolved.organisations
