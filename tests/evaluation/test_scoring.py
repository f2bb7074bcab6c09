"""What counts as right: on an invented annotation by hand, and against the reference script on the real one."""

import dataclasses
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import FactsError
from kg.evaluation import EVIDENCE, Counts, evaluate, read_equivalents, read_gold
from kg.evaluation.gold import find_spans
from kg.facts import PaperFacts, to_json
from kg.identifiers import entity_iri, slug
from kg.linking.link import Link
from kg.papers.paper import Paper
from kg.relations.relation import Relation, Result
from kg.text import Span
from kg.vocabulary import Kind, RelationType

DATA = Path(__file__).parents[1] / "data" / "evaluation"
GOLD = read_gold(DATA / "gold.jsonl")
EQUIVALENTS = read_equivalents(DATA / "equivalents.tsv")


def read_papers(path):
    return [
        Paper(each["id"], each["title"], each["abstract"])
        for each in map(json.loads, path.read_text("utf-8").splitlines())
    ]


PAPERS = read_papers(DATA / "papers.jsonl")


def make_facts(paper, mentions=(), relations=(), results=()):
    """Facts from short rows: (words, kind, label), (type, label, words, score), (value, benchmark)."""

    def at(words):
        start = paper.text.index(words)
        return Span(start, start + len(words))

    def link(words, kind, label):
        return Link(at(words).start, at(words).end, words, kind, entity_iri(kind, slug(label)), label, 1.0, "test")

    return PaperFacts(
        paper,
        tuple(link(*row) for row in mentions),
        tuple(
            Relation(type_, entity_iri(Kind.METHOD, slug(label)), label, score, (at(words),), "test")
            for type_, label, words, score in relations
        ),
        tuple(Result(value, delta=False, evidence=(), benchmark_label=benchmark) for value, benchmark in results),
    )


def perfect():
    """Facts that say just what the annotation requires."""
    out = []
    for paper, gold in zip(PAPERS, GOLD, strict=True):
        mentions = [
            (paper.text[span.start : span.end], gold.entities[at].kind, gold.entities[at].names[0])
            for span, at in find_spans(paper.text, gold.entities)
            if not gold.entities[at].optional
        ]
        made = make_facts(
            paper,
            (),
            [(r.type, gold.entities[r.entity].names[0], r.evidence, 1.0) for r in gold.relations if not r.optional],
            [(r.value, None if r.benchmark is None else gold.entities[r.benchmark].names[0]) for r in gold.results],
        )
        spans = [span for span, at in find_spans(paper.text, gold.entities) if not gold.entities[at].optional]
        links = tuple(
            Link(span.start, span.end, words, kind, entity_iri(kind, slug(label)), label, 1.0, "test")
            for span, (words, kind, label) in zip(spans, mentions, strict=True)
        )
        out.append(dataclasses.replace(made, mentions=links))
    return out


def score(facts, key, equivalents=()):
    return evaluate(PAPERS, GOLD, facts, equivalents).counts(key)


def test_evaluate_a_perfect_answer_has_no_mistakes():
    evaluation = evaluate(PAPERS, GOLD, perfect())
    assert evaluation.mistakes == ()
    assert {evaluation.counts(key).f1 for key in evaluation.keys} == {1.0}
    assert evaluation.counts(EVIDENCE) == Counts(right=9)


def test_evaluate_no_answer_misses_everything():
    evaluation = evaluate(PAPERS, GOLD, [])
    assert evaluation.counts("entity") == Counts(missed=9)
    assert evaluation.counts("relation") == Counts(missed=8)
    assert evaluation.counts("relation-other") == Counts(missed=1)
    assert evaluation.counts("result") == Counts(missed=3)
    assert evaluation.counts("mention").right == 0
    assert {mistake.what.split()[0] for mistake in evaluation.mistakes} == {"missed"}


@pytest.mark.parametrize(
    ("mention", "counts"),
    [
        (("LoRA", Kind.METHOD, "LoRA"), {"mention": (1, 0), "link": (1, 0), "entity": (1, 0), "overlap": (1, 0)}),
        (
            ("LoRA", Kind.METHOD, "low rank adaptation"),
            {"mention": (1, 0), "link": (1, 0), "entity": (1, 0), "overlap": (1, 0)},
        ),
        (("LoRA", Kind.METHOD, "QLoRA"), {"mention": (1, 0), "link": (0, 1), "entity": (0, 1), "overlap": (1, 0)}),
        (("LoRA", Kind.MODEL, "LoRA"), {"mention": (0, 1), "link": (0, 1), "entity": (0, 1), "overlap": (0, 1)}),
        (("of LoRA", Kind.METHOD, "LoRA"), {"mention": (0, 1), "link": (0, 1), "entity": (1, 0), "overlap": (1, 0)}),
        (("points", Kind.METRIC, "points"), {"mention": (0, 1), "link": (0, 1), "entity": (0, 1), "overlap": (0, 1)}),
        (
            ("QuizBank", Kind.DATASET, "QuizBank"),
            {"mention": (1, 0), "link": (1, 0), "entity": (1, 0), "overlap": (1, 0)},
        ),
        (
            ("fine-tune", Kind.METHOD, "Fine-Tuning"),
            {"mention": (0, 0), "link": (0, 0), "entity": (0, 0), "overlap": (0, 0)},
        ),
        (
            ("fine-tune Falcon", Kind.METHOD, "Tuning"),
            {"mention": (0, 0), "link": (0, 0), "entity": (0, 0), "overlap": (0, 0)},
        ),
    ],
    ids=[
        "right",
        "other-name",
        "wrong-link",
        "wrong-kind",
        "wrong-stretch",
        "spurious",
        "one-class",
        "optional",
        "touches-optional",
    ],
)
def test_evaluate_one_mention(mention, counts):
    facts = [make_facts(PAPERS[0], [mention])]
    for key, (right, spurious) in counts.items():
        found = score(facts, key)
        assert (key, found.right, found.spurious) == (key, right, spurious)


@pytest.mark.parametrize(
    ("relation", "right", "spurious", "evidence"),
    [
        (("extends", "LoRA", "variant", 0.5), 1, 0, (1, 0)),
        (("extends", "LoRA", "Falcon", 0.5), 1, 0, (0, 1)),
        (("uses", "LoRA", "LoRA", 0.5), 0, 0, (0, 0)),
        (("uses", "Fine-Tuning", "fine-tune", 0.5), 0, 0, (0, 0)),
        (("uses", "Sparrow", "Sparrow", 0.5), 0, 1, (0, 0)),
        (("uses", "Hawk", "Sparrow", 0.5), 0, 1, (0, 0)),
    ],
    ids=["right", "other-evidence", "optional", "optional-entity", "wrong-type", "unknown"],
)
def test_evaluate_one_relation(relation, right, spurious, evidence):
    type_, label, words, confidence = relation
    facts = [make_facts(PAPERS[0], (), [(RelationType(type_), label, words, confidence)])]
    evaluation = evaluate(PAPERS, GOLD, facts)
    assert evaluation.counts("relation") == Counts(right, spurious, 8 - right)
    assert (evaluation.counts(EVIDENCE).right, evaluation.counts(EVIDENCE).spurious) == evidence
    assert [(j.confidence, j.right) for j in evaluation.judgements] == [(0.5, bool(right))] * (right + spurious)


@pytest.mark.parametrize(
    ("paper", "result", "right", "spurious"),
    [
        (0, ("61.5%", "QuizBank"), 1, 0),
        (0, ("61.5 %", "quiz bank"), 1, 0),
        (0, ("61.5%", None), 0, 1),
        (0, ("61.5", "QuizBank"), 0, 1),
        (1, ("12%", "QuizBank"), 1, 0),
        (1, ("1200", None), 0, 0),
    ],
    ids=["right", "spelling", "no-benchmark", "other-unit", "any-benchmark", "optional"],
)
def test_evaluate_one_result(paper, result, right, spurious):
    facts = [make_facts(PAPERS[paper], (), (), [result])]
    assert score(facts, "result") == Counts(right, spurious, 3 - right)


def test_evaluate_a_result_is_right_once():
    facts = [make_facts(PAPERS[1], (), (), [("12%", None), ("12%", None)])]
    assert score(facts, "result") == Counts(1, 1, 2)


def test_evaluate_an_entity_counts_once_however_it_is_called():
    facts = [make_facts(PAPERS[0], [("Sparrow", Kind.METHOD, "LoRA"), ("LoRA", Kind.METHOD, "Low-Rank Adaptation")])]
    assert score(facts, "entity") == Counts(1, 0, 8)


def test_evaluate_equal_names_count_as_the_same():
    facts = [make_facts(PAPERS[0], [("full fine-tuning", Kind.METHOD, "full tuning")])]
    assert score(facts, "link").right == 0
    assert score(facts, "link", EQUIVALENTS).right == 1


def test_evaluate_does_not_depend_on_the_order_of_facts():
    facts = perfect()
    assert evaluate(PAPERS, GOLD, facts) == evaluate(PAPERS[::-1], GOLD, facts[::-1])


def test_evaluate_refuses_a_paper_twice_in_the_facts():
    with pytest.raises(FactsError, match="'inv:1' comes twice in the facts"):
        evaluate(PAPERS, GOLD, perfect() + perfect())


def test_evaluate_refuses_two_texts_of_one_paper():
    with pytest.raises(FactsError, match="'inv:1' comes twice, with different texts"):
        evaluate([*PAPERS, dataclasses.replace(PAPERS[0], title="Another")], GOLD, [])


def test_evaluate_refuses_an_annotation_without_its_paper():
    with pytest.raises(FactsError, match="'inv:1' is annotated, but it is not among the 2 papers"):
        evaluate(PAPERS[1:], GOLD, [])


def test_evaluate_refuses_facts_of_another_text():
    moved = [dataclasses.replace(PAPERS[0], title="A new title, longer than it was before"), *PAPERS[1:]]
    with pytest.raises(FactsError, match="inv:1: the facts are of another text"):
        evaluate(moved, GOLD, perfect())


def perturbed(facts, seed):
    """Facts with every kind of mistake in them."""
    rng = random.Random(seed)
    labels = [link.label for each in facts for link in each.mentions]
    kinds, types = list(Kind), list(RelationType)
    out = []
    for each in facts:
        if rng.random() < 0.05:
            continue
        text, mentions, relations = each.paper.text, [], []
        for link in each.mentions:
            fate = rng.random()
            if fate < 0.1:
                mentions.append(dataclasses.replace(link, label=rng.choice(labels)))
            elif fate < 0.2:
                mentions.append(dataclasses.replace(link, kind=rng.choice(kinds)))
            elif fate < 0.3 and link.end - link.start > 3:
                mentions.append(dataclasses.replace(link, end=link.end - 2, text=link.text[:-2]))
            elif fate < 0.85:
                mentions.append(link)
        start = rng.randrange(max(1, len(text) - 12))
        extra = text[start : start + 12]
        mentions.append(
            Link(start, start + len(extra), extra, rng.choice(kinds), "urn:x", rng.choice(labels), 1.0, "noise")
        )
        for relation in each.relations:
            fate = rng.random()
            changes = {"score": round(rng.random(), 3)}
            if fate < 0.1:
                changes["label"] = rng.choice(labels)
            elif fate < 0.2:
                changes["type"] = rng.choice(types)
            elif fate < 0.3:
                changes["evidence"] = (Span(0, 5),)
            if fate < 0.8:
                relations.append(dataclasses.replace(relation, **changes))
        results = [
            dataclasses.replace(result, value=result.value + rng.choice(["", "", "", "1"]))
            for result in each.results
            if rng.random() < 0.8
        ]
        out.append(
            dataclasses.replace(each, mentions=tuple(mentions), relations=tuple(relations), results=tuple(results))
        )
    return out


def facts_of_gold(papers, gold):
    """A perfect system's facts, optional items included."""
    texts = {paper.id: paper for paper in papers}
    for each in gold:
        paper = texts[each.id]
        yield PaperFacts(
            paper,
            tuple(
                Link(
                    s.start,
                    s.end,
                    paper.text[s.start : s.end],
                    e.kind,
                    entity_iri(e.kind, slug(e.names[0])),
                    e.names[0],
                    1.0,
                    "gold",
                )
                for s, at in find_spans(paper.text, each.entities)
                for e in [each.entities[at]]
            ),
            tuple(
                Relation(
                    r.type, "urn:x", each.entities[r.entity].names[0], 1.0, (Span(at, at + len(r.evidence)),), "gold"
                )
                for r in each.relations
                for at in [paper.text.find(r.evidence)]
            ),
            tuple(
                Result(
                    r.value,
                    delta=False,
                    evidence=(),
                    benchmark_label=None if r.benchmark is None else each.entities[r.benchmark].names[0],
                )
                for r in each.results
            ),
        )


@pytest.mark.parametrize("with_equivalents", [False, True], ids=["alone", "equivalents"])
@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_evaluate_agrees_with_the_reference_script(shared, tmp_path, seed, with_equivalents):
    folder = shared / "gold"
    papers, gold = read_papers(folder / "dev.papers.jsonl"), read_gold(folder / "dev.gold.jsonl")
    facts = list(facts_of_gold(papers, gold))
    facts = facts if seed is None else perturbed(facts, seed)
    (tmp_path / "facts.jsonl").write_text("".join(to_json(each) + "\n" for each in facts), encoding="utf-8")
    command = [
        sys.executable,
        "-B",
        folder / "score.py",
        folder / "dev.papers.jsonl",
        folder / "dev.gold.jsonl",
        tmp_path / "facts.jsonl",
        "--json",
    ]
    command += ["--equivalents", folder / "equivalents.tsv"] if with_equivalents else []
    wanted = json.loads(subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout)
    equivalents = read_equivalents(folder / "equivalents.tsv") if with_equivalents else ()
    evaluation = evaluate(papers, gold, facts, equivalents)
    evidence = evaluation.counts(EVIDENCE)
    figures = {key: evaluation.counts(key) for key in evaluation.keys}
    assert {
        **{
            key: {
                "p": round(each.precision, 4),
                "r": round(each.recall, 4),
                "f1": round(each.f1, 4),
                "tp": each.right,
                "fp": each.spurious,
                "fn": each.missed,
            }
            for key, each in figures.items()
        },
        "evidence": {"share": round(evidence.precision, 4), "of": evidence.right + evidence.spurious},
        "papers": len(evaluation.papers),
    } == wanted
