"""Reading the annotation, finding its stretches in the text, and saying which line is wrong."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.evaluation import parse_gold, read_equivalents, read_gold
from kg.evaluation.gold import GoldEntity, Surface, find_spans
from kg.vocabulary import Kind, RelationType

DATA = Path(__file__).parents[1] / "data" / "evaluation"


def gold_line(**changes):
    entity = {"name": "LoRA", "also": [], "type": "Method", "surfaces": ["LoRA"]}
    return json.dumps({"id": "x", "entities": [entity], "relations": [], "results": []} | changes)


def test_read_gold_keeps_what_the_lines_say():
    first, second, third = read_gold(DATA / "gold.jsonl")
    assert [entity.names[0] for entity in second.entities] == [
        "QuizBank",
        "QuizBank++",
        "Question Answering",
        "Accuracy",
    ]
    assert first.entities[-1] == GoldEntity(
        ("Fine-Tuning",), Kind.METHOD, (Surface("fine-tune", "We fine-tune Falcon"),), optional=True
    )
    assert [(r.type, r.entity) for r in second.relations][:2] == [
        (RelationType.USES, 0),
        (RelationType.EVALUATES_ON, 1),
    ]
    assert [(r.value, r.benchmark, r.optional) for r in second.results] == [("12%", None, False), ("1,200", None, True)]
    assert third.entities == ()


def test_read_equivalents_keeps_the_groups():
    assert read_equivalents(DATA / "equivalents.tsv") == (
        ("Full Fine-Tuning", "Full Tuning"),
        ("Falcon 7B", "Falcon-7B base"),
    )


RELATION = {"type": "uses", "name": "LoRA", "evidence": "LoRA"}
ENTITY = {"name": "LoRA", "type": "Method", "surfaces": ["LoRA"]}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "not a line of gold annotation"),
        ("[]", "not a line of gold annotation"),
        ("null", "not a line of gold annotation"),
        ('{"id": "x"}', "key 'entities' is missing"),
        (gold_line(id=7), "id is 7, not a text"),
        (gold_line(entities=[{**ENTITY, "type": "Animal"}]), "'Animal' is not a valid Kind"),
        (gold_line(entities=[{**ENTITY, "surfaces": [""]}]), "surface is '', not a text"),
        (
            gold_line(entities=[{**ENTITY, "surfaces": [{"text": "a", "context": "b"}]}]),
            "'a' of 'LoRA' is not in its context 'b'",
        ),
        (gold_line(relations=[{**RELATION, "type": "likes"}]), "'likes' is not a valid RelationType"),
        (gold_line(relations=[{**RELATION, "name": "QLoRA"}]), "names 'QLoRA', which is none of the entities"),
        (gold_line(results=[{"value": None}]), "value is None, not a text"),
    ],
    ids=lambda value: None if value.startswith(("{", "[", "null")) else value[:30],
)
def test_parse_gold_names_file_and_line(line, why):
    with pytest.raises(InputError, match=f"^my.gold:3: .*{re.escape(why)}"):
        parse_gold([gold_line(), "\n", line], "my.gold")


def test_parse_gold_refuses_a_paper_twice():
    with pytest.raises(InputError, match=r"my\.gold:2: paper 'x' is annotated in line 1 already"):
        parse_gold([gold_line(), gold_line()], "my.gold")


@pytest.mark.parametrize("read", [read_gold, read_equivalents])
def test_read_names_a_file_that_cannot_be_read(read, tmp_path):
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    for name in ("binary", "missing"):
        with pytest.raises(InputError, match=f"{name}: cannot be read"):
            read(tmp_path / name)


def entity(*surfaces):
    return GoldEntity(("name",), Kind.METHOD, tuple(s if isinstance(s, Surface) else Surface(s) for s in surfaces))


@pytest.mark.parametrize(
    ("text", "entities", "found"),
    [
        ("LoRA and LoRA.", [entity("LoRA")], [(0, 4, 0), (9, 13, 0)]),
        ("QLoRA, LoRAs, x_LoRA", [entity("LoRA")], [(16, 20, 0)]),
        ("LongLoRA-LoRA", [entity("LoRA"), entity("LongLoRA")], [(0, 8, 1), (9, 13, 0)]),
        ("chain of thought", [entity("thought"), entity("chain of thought")], [(0, 16, 1)]),
        ("fine tuning, fine tuning", [entity(Surface("fine", ", fine"))], [(13, 17, 0)]),
        ("ab ab", [entity(Surface("ab", "not there"))], []),
        ("a b a b a", [entity("a b a")], [(0, 5, 0)]),
    ],
    ids=["each", "whole-words", "longer-word", "longest-first", "pinned", "pin-missing", "no-overlap"],
)
def test_find_spans(text, entities, found):
    assert [(span.start, span.end, at) for span, at in find_spans(text, tuple(entities))] == found


@given(st.text(alphabet="ab _-é"), st.lists(st.text(alphabet="ab -", min_size=1, max_size=4), max_size=4))
def test_find_spans_are_whole_words_that_never_overlap(text, surfaces):
    spans = [span for span, _ in find_spans(text, tuple(entity(s) for s in surfaces))]
    for left, right in pairwise(spans):
        assert left.end <= right.start
    for span in spans:
        assert text[span.start : span.end] in surfaces
        assert not text[: span.start][-1:].isalnum()
        assert not text[span.end :][:1].isalnum()


@given(st.text(alphabet="ab _-é", max_size=30), st.text(alphabet="ab -", min_size=1, max_size=4))
def test_find_spans_agree_with_a_regular_expression(text, word):
    wanted = [match.span() for match in re.finditer(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", text)]
    assert [(span.start, span.end) for span, _ in find_spans(text, (entity(word),))] == wanted
