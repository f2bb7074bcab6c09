import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.identifiers import entity_iri
from kg.linking.linker import Linker
from kg.vocabulary import Kind, Predicate, Status


@pytest.fixture(scope="module")
def linker(ontology):
    return Linker(ontology)


def _texts(links, label):
    return [link.text for link in links.links if link.label == label]


def _of(links, text):
    return next(link for link in links.links if link.text == text)


KNOWN = [
    ("We compare with LoRA.", "LoRA", Kind.METHOD, "LoRA"),
    ("We compare with low-rank adaptation here.", "low-rank adaptation", Kind.METHOD, "LoRA"),
    ("LoRA-based tuning is cheap.", "LoRA", Kind.METHOD, "LoRA"),
    ("Results on the GSM-8K benchmark improve.", "GSM-8K", Kind.BENCHMARK, "GSM8K"),
    ("Results on GSM8K improve.", "GSM8K", Kind.BENCHMARK, "GSM8K"),
    ("We fine-tune Llama2-7b on it.", "Llama2-7b", Kind.MODEL, "Llama 2 7B"),
    ("We test question-answering systems.", "question-answering", Kind.TASK, "Question Answering"),
    (r"We use \textbf{LoRA} only.", "LoRA", Kind.METHOD, "LoRA"),
]


@pytest.mark.parametrize(("sentence", "text", "kind", "label"), KNOWN, ids=[text for _, text, _, _ in KNOWN])
def test_linker_links_known_names(linker, sentence, text, kind, label):
    link = _of(linker.link("A title\n" + sentence), text)
    assert (link.kind, link.label, link.introduced) == (kind, label, None)


LEFT = [
    ("a longer name is another thing", "We compare with LoRA-XQZ1 and more.", "LoRA"),
    ("a plus makes another thing", "We compare with LoRA+ only.", "LoRA"),
    ("a version is part of the name", "We ask GPT-4o to judge.", "GPT-4"),
    ("inside a word", "The storage paragraph drags on.", "RAG"),
    ("an ordinary word", "It has received much attention lately.", "attention"),
    ("a hyphen before a phrase", "We study un-supervised-learning here.", "supervised-learning"),
]


@pytest.mark.parametrize(("sentence", "text"), [row[1:] for row in LEFT], ids=[row[0] for row in LEFT])
def test_linker_leaves(linker, sentence, text):
    assert text not in [link.text for link in linker.link("A title\n" + sentence).links]


def test_linker_definition_rules_its_short_form(linker):
    links = linker.link("A title\nWe apply zonal ocean tracing (ZOT) twice. Then DPO, and again ZOT.")
    assert not [link for link in links.links if link.text == "ZOT" and link.how == "default"]


def test_linker_links_a_defined_short_form_to_the_long_form(linker, ontology):
    links = linker.link("A title\nWe use supervised fine-tuning (SFT). SFT is simple.")
    assert {link.node for link in links.links if link.text in ("SFT", "supervised fine-tuning")} == {
        ontology.find("supervised fine-tuning")[0].iri
    }


def test_linker_makes_a_node_of_what_the_paper_introduces(linker):
    text = "ZibNet: Zigzag Belief Networks\nWe propose ZibNet, a novel framework for graphs. ZibNet is fast."
    links = linker.link(text)
    assert len(_texts(links, "ZibNet")) == 3
    node = links.nodes[0]
    assert (node.iri, node.kind, node.status) == (entity_iri(Kind.METHOD, "zibnet"), Kind.METHOD, Status.DISCOVERED)
    stretch = _of(links, "ZibNet").introduced
    assert "propose ZibNet" in text[stretch.start : stretch.end]


def test_linker_sets_introduced_on_known_names_in_their_own_paper(linker, ontology):
    links = linker.link(
        "LoRA: Low-Rank Adaptation\nWe propose Low-Rank Adaptation, or LoRA, a method. LoRA freezes weights."
    )
    link = _of(links, "LoRA")
    assert link.node == ontology.find("LoRA")[0].iri
    assert link.introduced is not None
    assert links.nodes == ()


OWN = [
    ("a title that is a known name", "LoRA\nWeights stay frozen.", "LoRA"),
    ("a title with a known name first", "LoRA: Low-Rank Tuning\nWe propose FooNet, a method. LoRA freezes.", "LoRA"),
    ("a weak verb of making", "A title\nWe construct GSM8K, a dataset of word problems.", "GSM8K"),
    ("our model, NAME", "A title\nOur final model, Mamba, keeps its state.", "Mamba"),
    ("a relative clause", "A title\nIn LoRA, which we propose, weights stay frozen.", "LoRA"),
    ("a result", "A title\nWe tune it for long, resulting in LoRA.", "LoRA"),
]


@pytest.mark.parametrize(("text", "name"), [row[1:] for row in OWN], ids=[row[0] for row in OWN])
def test_linker_sees_that_a_known_name_is_the_papers_own(linker, text, name):
    assert any(link.introduced for link in linker.link(text).links if link.text == name)


NOT_OWN = [
    ("a study", "LoRA: A Survey\nWe look at tuning."),
    ("a use", "A title\nWe train LoRA on it."),
    ("a comparison", "A title\nWe propose FooNet, a method, and compare it with LoRA."),
    ("a part", "A title\nWe propose a LoRA-based method."),
    ("a possession", "A title\nOur LoRA weights are small."),
    ("put into something", "A title\nWe speed up tuning by introducing LoRA into the framework."),
    ("apposed", "A title\nWe read what is formed by LoRA and CLIP, a zero-shot image classifier, and LoRA, a way."),
    ("part of a long form", "A title\nWe propose LoRA with Fewer Ranks (LoFR), a method. LoRA is older than LoFR."),
    ("the best of others", "A title\nWe run the largest open-source models, LoRA and more."),
]


@pytest.mark.parametrize("text", [row[1] for row in NOT_OWN], ids=[row[0] for row in NOT_OWN])
def test_linker_leaves_known_names_of_others(linker, text):
    assert not [link.text for link in linker.link(text).links if link.introduced and link.text == "LoRA"]


def test_linker_takes_a_method_for_question_answering_for_no_benchmark(linker):
    links = linker.link("ZirQA: Quick Answers\nWe propose ZirQA, which reads twice. ZirQA outperforms all.")
    assert _of(links, "ZirQA").kind is Kind.METHOD


def test_linker_leaves_a_word_of_a_task_before_another_noun(linker):
    assert [link.text for link in linker.link("A title\nIt makes reasoning errors.").links] == []


def test_linker_joins_long_and_short_form_of_a_new_name(linker):
    links = linker.link(
        "A title\nWe introduce Zigzag Orbit Tuning (ZOTU), a new method. Then zigzag orbit tuning wins, and ZOTU too."
    )
    assert len({link.node for link in links.links if "z" in link.text.lower()}) == 1
    assert _texts(links, "ZOTU") == ["Zigzag Orbit Tuning", "ZOTU", "zigzag orbit tuning", "ZOTU"]


def test_linker_composes_checkpoints_below_their_family(linker, ontology):
    links = linker.link("A title\nWe run Qwen-9-400B on it.")
    link = _of(links, "Qwen-9-400B")
    by_iri = {node.iri: node for node in links.nodes}
    assert by_iri[link.node].status is Status.COMPOSED
    (predicate, version) = by_iri[link.node].parents[0]
    assert predicate is Predicate.VARIANT_OF
    assert by_iri[version].parents[0][1] in ontology.entities


def test_linker_fills_in_sizes_of_a_list(linker):
    links = linker.link("A title\nWe train Llama 2 7B and 13B on it.")
    assert [(link.text, link.label) for link in links.links] == [("Llama 2 7B", "Llama 2 7B"), ("13B", "Llama 2 13B")]


def test_linker_discovers_names_in_comparisons(linker):
    links = linker.link("A title\nIt outperforms methods such as ZorkTuner and LoRA.")
    link = _of(links, "ZorkTuner")
    assert (link.kind, link.how, link.introduced) == (Kind.METHOD, "discovered", None)


def test_linker_types_a_discovery_by_its_neighbours(linker):
    links = linker.link("A title\nWe evaluate on MMLU, ZorkSuite, and GSM8K.")
    assert _of(links, "ZorkSuite").kind is Kind.BENCHMARK


def test_linker_takes_an_article_for_no_version_of_a_name(linker):
    links = linker.link("A title\nOn ImageNet a small network wins.")
    assert [(link.text, link.label) for link in links.links] == [("ImageNet", "ImageNet")]


def test_linker_introduces_the_release_and_none_before_it(linker):
    links = linker.link("A title\nWe present GPT-3, a model, which follows GPT-2 in its design.")
    assert [(link.text, link.introduced is not None) for link in links.links] == [("GPT-3", True), ("GPT-2", False)]


def test_linker_knows_a_release_in_small_letters(linker, ontology):
    link = _of(linker.link("A title\nWe present phi-4, a small language model."), "phi-4")
    assert link.node in ontology.entities
    assert link.introduced


@pytest.mark.parametrize(
    "sentence",
    [
        "We construct several models (e.g., GSM8K, ZorkNet), where people help.",
        "We train models, and our GSM8K model is small.",
        "It beats models such as GSM8K and ZorkNet.",
    ],
)
def test_linker_keeps_a_known_name_of_another_kind(linker, sentence):
    assert _of(linker.link("A title\n" + sentence), "GSM8K").kind is Kind.BENCHMARK


def test_linker_reads_in_the_abstract_what_a_title_names(linker):
    links = linker.link("ZIRUQ: Text-to-SQL in Kelp\nWe build the first public dataset for kelp. People read it.")
    assert _of(links, "ZIRUQ").kind is Kind.DATASET


def test_linker_knows_a_new_method_from_a_model_of_its_letters(linker, ontology):
    names = (row.label for row in ontology.entities.values() if row.kind is Kind.MODEL and 4 < len(row.label) < 7)
    name = next(n for n in names if n.isupper() and n.isalpha() and len(ontology.find(n)) == 1)
    assert _of(linker.link(f"A title\nWe present {name}, a framework for tools."), name).kind is Kind.METHOD


def test_linker_takes_the_singular_of_a_defined_plural_for_the_same(linker):
    links = linker.link("A title\nMultimodal Language Models (MLMs) see. An MLM is large, and MLM tuning is slow.")
    assert "MLM" not in [link.text for link in links.links]


def test_linker_keeps_a_known_model_that_is_called_something_else(linker):
    link = _of(linker.link("A title\nWe read what is formed by GPT-2 and CLIP, a zero-shot image classifier."), "CLIP")
    assert (link.kind, link.introduced) == (Kind.MODEL, None)


def test_linker_takes_a_task_for_what_the_text_calls_one(linker):
    links = linker.link("Zonal Orbit Adaptation\nThe zonal orbit adaptation (ZOA) task is new. ZOA is hard.")
    assert {link.kind for link in links.links if link.text in ("ZOA", "Zonal Orbit Adaptation")} == {Kind.TASK}


def test_linker_links_a_task_that_only_the_title_names(linker):
    links = linker.link("Kelp Yield Prediction\nFor kelp yield prediction we need light.")
    assert [(link.text, link.kind) for link in links.links][:2] == [
        ("Kelp Yield Prediction", Kind.TASK),
        ("kelp yield prediction", Kind.TASK),
    ]


def test_linker_keeps_unsure_names_unlinked(linker):
    links = linker.link("A title\nZorkTuna rests.")
    assert [name.text for name in links.unlinked] == ["ZorkTuna"]
    assert links.links == ()


def test_linker_never_gives_a_new_thing_a_known_iri(linker, ontology):
    links = linker.link("A title\nWe propose Quaint Lattice Orbit Repair Anew (QLORA), a novel framework. QLORA works.")
    assert {node.iri for node in links.nodes}.isdisjoint(ontology.entities)


def test_linker_keeps_costs_that_are_no_scores_out(linker):
    assert [link.text for link in linker.link("A title\nThe latency of it is high.").links] == []


def test_linker_links_a_measure_beside_its_figure(linker):
    assert _of(linker.link("A title\nIt improves accuracy by 3.5% on it."), "accuracy").kind is Kind.METRIC


PIECES = st.sampled_from(
    [
        *(
            "LoRA",
            "low-rank adaptation",
            "(LoRA)",
            "We propose",
            "FooNet",
            ", a novel framework",
            "GPT-4",
            "-7B",
            "and 13B",
            "on MMLU",
        ),
        *(
            " ",
            "\n",
            ". ",
            "(",
            ")",
            "((((",
            "\\textbf{",
            "}",
            "$",
            "^",
            "\u202e",
            "\u200b",
            "\U0001f600",
            "é",
            "İ",
            "ß",
            "ﬁ",
            "https://a.b/c",
        ),
        *(
            "called",
            "such as",
            "SAM",
            "the",
            "accuracy",
            "5.2%",
            "s",
            "'",
            "—",
            "Llama 2",
            "models",
            "X",
            "\x00",
            "\ud800",
        ),
    ]
)


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200))
def test_linker_keeps_its_promises_on_any_text(ontology, text):
    links = _linker(ontology).link(text)
    spans = [(link.start, link.end) for link in links.links]
    assert spans == sorted(spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    for link in (*links.links, *links.unlinked):
        assert text[link.start : link.end] == link.text != ""
    assert all(0 <= link.score <= 1 for link in links.links)
    known = {node.iri for node in links.nodes}
    assert all(link.node in known or link.node in ontology.entities for link in links.links)
    assert known.isdisjoint(ontology.entities)
    assert links == _linker(ontology).link(text)


_LINKERS = {}


def _linker(ontology):
    if ontology.digest not in _LINKERS:
        _LINKERS[ontology.digest] = Linker(ontology)
    return _LINKERS[ontology.digest]


HOSTILE = {
    "parentheses": "(" * 50_000 + ")" * 50_000,
    "acronyms": "A title\n" + "Ab (AB) " * 20_000,
    "hyphens": "a-" * 100_000,
    "dots": "a." * 100_000,
    "proposals": "A title\n" + "we propose FooNet1, a novel framework, " * 4_000,
    "one long word": "A" * 300_000,
    "names": "A title\n" + "LoRA " * 40_000,
    "ambiguous names": "A title\n" + "SAM accuracy Falcon " * 15_000,
    "spaces": " " * 300_000,
    "latex": "\\textbf{" * 30_000,
    "addresses": "https://a.b/LoRA " * 10_000,
    "families": "A title\n" + "Llama-" * 40_000,
    "brackets": "A title\n" + "(FooNet) " * 20_000,
    "dollars": "A title\n" + "$" * 100_000,
    "backslashes": "A title\n" + "\\" * 100_000,
    "short sentences": "A title\n" + "We go. " * 20_000,
    "a megabyte": "A title\n" + "We propose FooNet, a novel framework for graphs, and test it on MMLU. " * 15_000,
    "definitions": "A title\nWe propose " + ", ".join(f"Alpha Beta Gamma{n} (ABG{n})" for n in range(5_000)),
    "appositions": "A title\n" + "ABC, " * 20_000,
    "cues": "A title\n" + "our new model, which we propose, resulting in " * 5_000,
    "links": "A title\n" + "Llama 2 7B, " * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_linker_survives_hostile_text(linker, name):
    text = HOSTILE[name]
    for link in linker.link(text).links:
        assert text[link.start : link.end] == link.text
