from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identifiers import entity_iri, slug
from kg.linking.link import Link
from kg.relations import extract
from kg.text import Span
from kg.vocabulary import Kind, RelationType
from tests.relations.marked import marked, paper

USES, ON, EXTENDS = RelationType.USES, RelationType.EVALUATES_ON, RelationType.EXTENDS
COMPARES, ADDRESSES, INTRODUCES = RelationType.COMPARES_WITH, RelationType.ADDRESSES, RelationType.INTRODUCES
OPENING = "We introduce [*Method:Quokka], a way to prune."


def said(*sentences, title="A title", opening=OPENING):
    text, links = paper(opening, *sentences, title=title)
    return {(str(relation.type), relation.label) for relation in extract(text, links)[0]} - {("introduces", "Quokka")}


USE = [
    ("We fine-tune [Model:Llama 2 7B] with [Method:LoRA].", {("uses", "Llama 2 7B"), ("uses", "LoRA")}),
    ("[Method:Quokka] is built with [Method:DeepSpeed].", {("uses", "DeepSpeed")}),
    ("Answers are graded with [Model:GPT-4] as the judge.", {("uses", "GPT-4")}),
    (
        "We evaluate [Model:GPT-4], [Model:Claude 3] and [Model:Gemini].",
        {("uses", n) for n in ("GPT-4", "Claude 3", "Gemini")},
    ),
    ("[Method:Adam] is used to train it.", {("uses", "Adam")}),
    ("A [Method:MoE]-based router picks the expert.", {("uses", "MoE")}),
    (
        "Three backbones, namely [Model:T5], [Model:BART] and [Model:mT5], are trained.",
        {("uses", n) for n in ("T5", "BART", "mT5")},
    ),
    ("[Method:Quokka], based on [Model:Llama 3], answers fast.", {("uses", "Llama 3")}),
    ("We run it with and without [Method:FlashAttention].", {("uses", "FlashAttention")}),
]
COMPARE = [
    (
        "[Method:Quokka] outperforms [Method:LoRA] and [Method:DoRA].",
        {("compares_with", "LoRA"), ("compares_with", "DoRA")},
    ),
    ("[Method:Quokka] outperforms prior methods such as [Method:LoRA].", {("compares_with", "LoRA")}),
    ("It reaches performance comparable to other tuning methods like [Method:LoRA].", {("compares_with", "LoRA")}),
    ("Compared with [Method:LoRA], our method needs half the memory.", {("compares_with", "LoRA")}),
    ("We report an improvement of 3 points over [Model:BERT].", {("compares_with", "BERT")}),
    ("It improves by 4.2% over the [Method:LoRA] baseline.", {("compares_with", "LoRA")}),
    ("Our model matches the accuracy of [Model:GPT-4].", {("compares_with", "GPT-4")}),
    ("It is on par with [Model:GPT-4] at a tenth of the cost.", {("compares_with", "GPT-4")}),
    ("Our model keeps 95% of [Model:GPT-4]'s quality.", {("compares_with", "GPT-4")}),
    ("Unlike [Method:LoRA], our method needs no rank.", {("compares_with", "LoRA")}),
    ("It outperforms [Method:LoRA] while using [Method:Adam].", {("compares_with", "LoRA"), ("uses", "Adam")}),
    (
        "It outperforms [Method:LoRA] on [Benchmark:GLUE] and [Benchmark:MMLU].",
        {("compares_with", "LoRA"), ("evaluates_on", "GLUE"), ("evaluates_on", "MMLU")},
    ),
    ("It beats baselines that use [Method:beam search].", {("compares_with", "beam search")}),
    ("It outperforms variants of [Method:LoRA].", {("compares_with", "LoRA")}),
    ("It improves on [Model:BERT] and [Model:T5] in speed.", {("compares_with", "BERT"), ("compares_with", "T5")}),
    ("It is as accurate as [Model:BERT].", {("compares_with", "BERT")}),
    ("It does as well as [Model:BERT].", {("compares_with", "BERT")}),
    ("It scores far above [Model:BERT].", {("compares_with", "BERT")}),
    ("Raters prefer it to [Model:BERT].", {("compares_with", "BERT")}),
    ("It differs from [Method:LoRA] in one line.", {("compares_with", "LoRA")}),
    ("Here [Model:BERT] is outperformed as well.", {("compares_with", "BERT")}),
    ("It prunes, as well as [Method:LoRA] does.", {("uses", "LoRA")}),
    ("It compares well with [Model:Wombat].", {("compares_with", "Wombat")}),
    ("On [Benchmark:ARC] it is ahead of [Model:T5].", {("compares_with", "T5"), ("evaluates_on", "ARC")}),
    (
        "With 30% of the layers removed, and still fast, it needs a block of [Model:Wombat].",
        {("uses", "Wombat")},
    ),
    ("It outperforms prior methods for models such as [Model:BERT].", {("uses", "BERT")}),
    ("In a window that exceeds 20K, [Model:BERT] fails.", {("uses", "BERT")}),
    ("It solves 71.8% of the many tasks we posed, using [Model:BERT].", {("uses", "BERT")}),
]
EXTEND = [
    ("Our method extends [Method:LoRA] to the input layer.", {("extends", "LoRA")}),
    ("[Method:Quokka] is a variant of [Method:DPO].", {("extends", "DPO")}),
    ("We generalize [Method:SGD] to graphs.", {("extends", "SGD")}),
    ("It is inspired by [Method:dropout].", {("extends", "dropout")}),
    ("[Method:Quokka] extends [Model:Mamba] with gates.", {("extends", "Mamba")}),
    ("[Method:Quokka] keeps the architecture of [Model:Mamba] but drops a layer.", {("extends", "Mamba")}),
    ("[Method:Quokka], which follows [Model:Mamba] and adds a gate, is small.", {("extends", "Mamba")}),
    ("Its layers resemble [Model:Mamba], with gates added.", {("extends", "Mamba")}),
    ("[Method:Quokka] borrows from [Method:DQN] its buffer.", {("extends", "DQN")}),
    ("It inherits [Method:MLA] from [Model:Wombat], with changes.", {("uses", "MLA"), ("extends", "Wombat")}),
    ("[Method:Quokka] scores blocks, as in [Method:SparseGPT].", {("extends", "SparseGPT")}),
    ("[Method:Quokka] replaces the softmax of [Model:Mamba] by a sum.", {("extends", "Mamba")}),
    ("We improve [Method:beam search] by pruning it.", {("extends", "beam search")}),
    ("We adapt [Method:SGD] to graphs.", {("extends", "SGD")}),
    ("We adapt [Model:CLIP] to graphs.", {("uses", "CLIP")}),
    ("We improve [Model:BERT] fine-tuning.", {("uses", "BERT")}),
    ("[Method:Quokka] is a lighter version of [Model:Mamba].", {("extends", "Mamba")}),
    ("[Method:Quokka] is a successor of [Model:Mamba].", {("extends", "Mamba")}),
    ("It can be seen as [Method:SGD] with restarts.", {("extends", "SGD")}),
    ("It has [Method:SGD] and [Method:Adam] as special cases.", {("extends", "SGD"), ("extends", "Adam")}),
    ("[Method:Quokka] builds on [Model:Mamba].", {("extends", "Mamba"), ("uses", "Mamba")}),
    ("[Method:Quokka] is built on [Model:Mamba].", {("uses", "Mamba")}),
    ("[Method:Quokka] is a [Method:Transformer] with gates.", {("extends", "Transformer")}),
    ("[Method:Quokka], a sparse [Model:Mamba] variant, is small.", {("extends", "Mamba")}),
    ("[Method:Quokka], a fine-tuned [Model:Mamba] model, is small.", {("uses", "Mamba")}),
    ("We also propose a federated [Method:SGD] algorithm.", {("extends", "SGD")}),
    ("We also propose a warm-up [Method:SFT] strategy.", {("uses", "SFT")}),
    ("We use a fine-tuned version of [Model:Mamba].", {("uses", "Mamba")}),
    ("[Method:Quokka] extends easily to [Model:Mamba].", {("uses", "Mamba")}),
    ("It first runs pruning, followed by [Method:RLHF].", {("uses", "RLHF")}),
    ("We adapt the traditional [Method:Adagrad] framework to boats.", {("extends", "Adagrad")}),
    ("We report a novel variation of [Method:SGD].", {("extends", "SGD")}),
    ("Building on [Method:SGD], we propose a second loop.", {("extends", "SGD"), ("uses", "SGD")}),
    ("We extend this idea to the use of [Method:SGD].", {("uses", "SGD")}),
    ("It overcomes the limitations of [Method:SGD].", {("extends", "SGD")}),
    ("We discuss the limitations of [Method:SGD].", {("uses", "SGD")}),
]
DATA = [
    ("It is pretrained on [Dataset:C4].", {("uses", "C4")}),
    (
        "We train our model on [Dataset:LAION] and test it on [Dataset:COCO].",
        {("uses", "LAION"), ("evaluates_on", "COCO")},
    ),
    ("Experiments on [Benchmark:GLUE] show gains.", {("evaluates_on", "GLUE")}),
    ("Its questions are sampled from [Benchmark:MMLU].", {("uses", "MMLU")}),
    (
        "Our method reaches 80.1 on [Benchmark:GSM8K], [Benchmark:MATH] and [Benchmark:SVAMP].",
        {("evaluates_on", n) for n in ("GSM8K", "MATH", "SVAMP")},
    ),
    ("We evaluate it using the [Dataset:COCO] dataset.", {("evaluates_on", "COCO")}),
    ("It has the best performance for [Dataset:COCO].", {("evaluates_on", "COCO")}),
    ("It improves on [Benchmark:GLUE].", {("evaluates_on", "GLUE")}),
    (
        "All of them are trained on data such as [Dataset:C4] and [Dataset:LAION].",
        {("uses", "C4"), ("uses", "LAION")},
    ),
    ("[Model:Wombat] is trained on [Dataset:C4].", {("uses", "Wombat"), ("uses", "C4")}),
    ("It holds many versions of pages from [Dataset:Wikipedia].", {("uses", "Wikipedia")}),
    ("Many benchmarks are contaminated, up to 9% of [Benchmark:MMLU].", set()),
]
NOTHING = [
    ("It trains without [Method:dropout].", set()),
    ("We sample instead of using [Method:beam search].", None),
    ("[Method:Quokka] replaces [Method:attention] by sums.", set()),
    ("Existing methods rely on [Method:RLHF].", set()),
    ("No rank is chosen and no [Method:RLHF] is run.", set()),
    ("It does not use [Method:RLHF].", set()),
    ("It needs neither [Method:RLHF] nor [Method:dropout].", set()),
    ("The [Metric:BLEU] score rises.", set()),
]


@pytest.mark.parametrize(("sentence", "expected"), USE + COMPARE + EXTEND + DATA, ids=lambda case: str(case)[:60])
def test_extraction_reads_what_a_sentence_says(sentence, expected):
    assert said(sentence) == expected


@pytest.mark.parametrize("sentence", [sentence for sentence, _ in NOTHING])
def test_extraction_of_things_set_aside_makes_no_use(sentence):
    assert not {kind for kind, _ in said(sentence)} & {"uses", "extends", "evaluates_on"}


def test_extraction_makes_no_relation_of_the_motivation():
    motivation = "Language models such as [Model:GPT-4] and [Model:LLaMA] have achieved success on [Benchmark:MMLU]."
    text, links = marked(f"A title\n{motivation} We propose [*Method:Quokka] to go further.")
    assert {(str(r.type), r.label) for r in extract(text, links)[0]} == {("introduces", "Quokka")}


def test_extraction_forgets_the_motivation_where_the_experiments_say_more():
    motivation = "Methods like [Method:LoRA] are popular."
    text, links = marked(f"A title\n{motivation} We propose [*Method:Quokka]. It outperforms [Method:LoRA].")
    assert ("compares_with", "LoRA") in {(str(r.type), r.label) for r in extract(text, links)[0]}


def test_extraction_introduces_with_the_stretch_that_linking_gives():
    text, links = paper("We introduce [*Model:Wombat 7B], an open model.")
    relation = extract(text, links)[0][0]
    assert (relation.type, relation.label, relation.evidence) == (INTRODUCES, "Wombat 7B", (links[0].introduced,))


def test_extraction_takes_the_name_before_a_colon_of_the_title_for_the_papers_own():
    text, links = marked("[Method:Quokka]: pruning by sums\nWe show that [Method:Quokka] outperforms [Method:LoRA].")
    assert {(str(r.type), r.label) for r in extract(text, links)[0]} == {
        ("introduces", "Quokka"),
        ("compares_with", "LoRA"),
    }


@pytest.mark.parametrize(
    ("own", "known", "extends"),
    [
        ("QuokkaLoRA", "LoRA", True),
        ("Sparse Prompt Tuning", "prompt tuning", True),
        ("DRAGON", "RAG", False),
        ("Fast Pruning", "pruning", False),
    ],
)
def test_extraction_extends_what_its_own_name_is_made_from(own, known, extends):
    text, links = paper(f"We propose [*Method:{own}].", f"It outperforms [Method:{known}].")
    assert any(r.type is EXTENDS and r.label == known for r in extract(text, links)[0]) is extends


@pytest.mark.parametrize(
    ("title", "extends"),
    [
        ("[*Method:Quokka]: Sparse [Model:Mamba] for Graphs", True),
        ("[*Method:Quokka]: The Long-Document [Model:Mamba]", True),
        ("[*Method:Quokka]: Pruning of [Model:Mamba]", False),
        ("[*Method:Quokka]: Making [Model:Mamba] Small", False),
        ("[*Method:Quokka]: Pruning Meets [Model:Mamba]", False),
        ("[*Method:Quokka]: A Fine-Tuned [Model:Mamba]", False),
    ],
)
def test_extraction_extends_what_the_title_calls_its_own(title, extends):
    text, links = paper("We prune it.", title=title)
    assert any(r.type is EXTENDS for r in extract(text, links)[0]) is extends


@pytest.mark.parametrize(
    ("own", "known", "extends"),
    [
        ("RoBERTa", "BERT", True),
        ("Wombat 3", "Wombat 2", True),
        ("Wombat 2", "Wombat", True),
        ("Wombat 2", "Wombat 3", False),
        ("Wombat 7B", "Wombat", False),
        ("Wombat Chat", "Wombat", False),
        ("MiniGPT-4", "GPT-4", False),
    ],
)
def test_extraction_extends_the_model_its_own_is_named_after(own, known, extends):
    text, links = paper(f"We train [*Model:{own}].", f"[Model:{known}] came first.")
    assert any(r.type is EXTENDS for r in extract(text, links)[0]) is extends


def test_extraction_extends_a_technique_named_in_full_and_in_short():
    sentence = "We propose a robust [Method:Model Predictive Control] ([Method:MPC=Model Predictive Control]) scheme."
    assert ("extends", "Model Predictive Control") in said(sentence)


def test_extraction_extends_what_ideas_come_from():
    assert ("extends", "Architecture Search") in said("Our approach augments ideas from [Method:Architecture Search].")


def test_extraction_addresses_the_task_in_its_own_name():
    opening = "[Task:Entity Linking] is hard. We introduce [*Method:Quokka Masking for Entity Linking=Quokka], a way."
    assert ("addresses", "Entity Linking") in said(opening=opening)


def test_extraction_uses_the_baselines_that_it_adapts():
    assert said("We adapt the baseline architectures [Model:RAT] and [Model:CAT].") == {
        ("uses", "RAT"),
        ("uses", "CAT"),
    }


def test_extraction_of_a_release_is_no_evaluation():
    opening = "We introduce [*Dataset:KelpSet], a corpus."
    relations = said("Finally, we run experiments at scale to produce [*Dataset:KelpSet].", opening=opening)
    assert relations == {("introduces", "KelpSet")}


def test_extraction_addresses_no_task_that_things_are_based_on():
    assert said("We compare [Task:QA]-based metrics and [Task:reasoning]-oriented models.") == set()


def test_extraction_extends_without_a_name_of_its_own():
    text, links = paper("This paper extends [Method:Skip-gram] in two directions.")
    assert {(str(r.type), r.label) for r in extract(text, links)[0]} == {("extends", "Skip-gram")}


def test_extraction_extends_what_its_own_method_is_called_a_kind_of():
    text, links = paper("We propose [*Method:Quokka], a memory-saving [Method:LoRA] training scheme.")
    assert {r.type for r in extract(text, links)[0] if r.label == "LoRA"} == {EXTENDS}


def test_extraction_of_a_study_uses_the_models_it_compares():
    text, links = marked(
        "Who codes best?\nWe study code models. [Model:GPT-4] outperforms [Model:Llama 3] on [Benchmark:HumanEval]."
    )
    found = {(str(r.type), r.label) for r in extract(text, links)[0]}
    assert {("uses", "GPT-4"), ("uses", "Llama 3"), ("evaluates_on", "HumanEval")} <= found


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("[Method:Full Tuning] is often superior to [Method:LoRA].", "LoRA"),
        ("Trees win, outperforming a strong [Model:Wombat] baseline.", "Wombat"),
    ],
)
def test_extraction_of_a_study_only_compares_with_methods_and_baselines(sentence, label):
    text, links = marked(f"Which way is best?\nWe study tuning. {sentence}")
    assert {r.type for r in extract(text, links)[0] if r.label == label} == {COMPARES}


def test_extraction_of_a_study_uses_the_method_it_trains_with_though_it_compares_it():
    text, links = marked(
        "A plain study\nWe fine-tune [Model:Wombat] with [Method:LoRA]. Compared with others, [Method:LoRA] is cheap."
    )
    assert ("uses", "LoRA") in {(str(r.type), r.label) for r in extract(text, links)[0]}


@pytest.mark.parametrize(
    ("sentences", "evidence"),
    [
        (("It outperforms [Method:LoRA].",), "a way to prune"),
        (("It outperforms [Method:LoRA].", "[Method:QuokkaLoRA] starts as [Method:LoRA] does."), "starts as LoRA does"),
    ],
)
def test_extraction_by_name_quotes_no_comparison(sentences, evidence):
    text, links = paper("We introduce [*Method:QuokkaLoRA], a way to prune.", *sentences)
    quotes = [text[e.start : e.end] for r in extract(text, links)[0] if r.type is EXTENDS for e in r.evidence]
    assert any(evidence in quote for quote in quotes)
    assert not any("outperforms" in quote for quote in quotes)


def test_extraction_evaluates_a_benchmark_paper_on_its_own_benchmark():
    text, links = paper(
        "We present [*Benchmark:WombatBench].", "[Model:GPT-4] achieves 41% on [Benchmark:WombatBench]."
    )
    assert {r.type for r in extract(text, links)[0] if r.label == "WombatBench"} == {INTRODUCES, ON}


@pytest.mark.parametrize(
    ("sentence", "addressed"),
    [
        ("We target [Task:question answering].", True),
        ("However, [Task:question answering] remains hard. We help.", True),
        ("Models have succeeded in [Task:question answering]. We help.", False),
    ],
)
def test_extraction_addresses_the_tasks_the_paper_works_on(sentence, addressed):
    text, links = paper(sentence)
    assert [r.type for r in extract(text, links)[0]] == [ADDRESSES] * addressed


def test_extraction_introduces_a_measure_only_where_it_is_all_there_is():
    alone, links = paper("We introduce [*Metric:SailScore], a measure.")
    assert [(r.type, r.label) for r in extract(alone, links)[0]] == [(INTRODUCES, "SailScore")]
    beside, links = paper(OPENING, "We introduce [*Metric:SailScore], a measure.")
    assert [r.label for r in extract(beside, links)[0] if r.type is INTRODUCES] == ["Quokka"]


def test_extraction_marks_hedged_claims():
    text, links = paper(OPENING, "Future work could use [Method:RLHF].", "We use [Method:Adam].")
    assert {r.label: r.hedged for r in extract(text, links)[0]} == {"Quokka": False, "RLHF": True, "Adam": False}


def test_extraction_quotes_the_clause_that_says_it():
    text, links = paper(
        OPENING, "While fast, it needs memory; we train it with [Method:Adam], which is common knowledge."
    )
    (evidence,) = next(r for r in extract(text, links)[0] if r.label == "Adam").evidence
    assert text[evidence.start : evidence.end] == "we train it with Adam"


def test_extraction_keeps_quotes_short_in_long_sentences():
    text, links = paper(OPENING, "We use " + "very " * 200 + "[Method:Adam] " + "and more " * 200 + ".")
    (evidence,) = next(r for r in extract(text, links)[0] if r.label == "Adam").evidence
    assert evidence.end - evidence.start < 1200
    assert "Adam" in text[evidence.start : evidence.end]


def test_extraction_scores_cues_above_place_and_links_below_certainty():
    text, links = paper(OPENING, "We use [Method:Adam].", "[Method:Dropout] stays.")
    scores = {r.label: r.score for r in extract(text, links)[0]}
    assert 0 < scores["Dropout"] < scores["Adam"] < 1
    unsure = tuple(replace(link, score=0.4) for link in links)
    assert {r.label: r.score for r in extract(text, unsure)[0]}["Adam"] == pytest.approx(scores["Adam"] / 2)


WORDS = st.one_of(
    st.sampled_from(
        ["we", "our", "it", "which", "outperforms", "compared", "with", "to", "than", "on", "using", "based"]
    ),
    st.sampled_from(
        ["such", "as", "existing", "methods", "baseline", "and", "improves", "by", "over", "of", "that", "show"]
    ),
    st.sampled_from(
        [",", ";", ":", "(", ")", ".", "3.5%", "4x", "evaluate", "train", "İstanbul", "𝔐", "\\%", "title\n"]
    ),
)
MARKS = st.builds(
    "[{}{}:{}]".format,
    st.sampled_from(["", "*"]),
    st.sampled_from([str(kind) for kind in Kind]),
    st.sampled_from(["LoRA", "QLoRA", "GPT-4", "İX", "beam search", "MMLU", "9"]),
)


@given(st.lists(st.one_of(WORDS, MARKS), max_size=60).map(" ".join))
def test_extraction_holds_its_laws_on_any_text(source):
    text, links = marked(source)
    relations, results = extract(text, links)
    assert (relations, results) == extract(text, links)
    assert len({(r.type, r.node) for r in relations}) == len(relations)
    nodes = {link.node for link in links}
    for relation in relations:
        assert relation.node in nodes
        assert relation.evidence
        assert 0 <= relation.score <= 1
    for said_of in (*relations, *results):
        assert all(0 <= span.start < span.end <= len(text) for span in said_of.evidence)


@given(st.text(max_size=300), st.lists(st.tuples(st.integers(0, 300), st.integers(1, 12)), max_size=8))
def test_extraction_never_raises(text, places):
    links, end = [], 0
    for start, length in sorted(places):
        if start >= end and start + length <= len(text):
            end = start + length
            cut = text[start:end]
            node = entity_iri(Kind.METHOD, slug(cut or "x"))
            links.append(
                Link(start, end, cut, Kind.METHOD, node, cut, 1.0, "test", Span(start, end) if start % 3 == 0 else None)
            )
    relations, _ = extract(text, tuple(links))
    assert all(relation.evidence for relation in relations)
