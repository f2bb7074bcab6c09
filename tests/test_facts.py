"""The facts format: the interchange between the stages and with everybody else."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kg.errors import FactsError
from kg.facts import Lifted, PaperFacts, from_json, to_json
from kg.identifiers import Iri, normal_form
from kg.linking.link import Link, NewNode, Unlinked
from kg.papers.paper import Paper, Sighting
from kg.relations.relation import Relation, Result
from kg.text import Span
from kg.vocabulary import Kind, Predicate, RelationType, Status

TITLE = "Tiny adapters"
ABSTRACT = "We fine-tune LoRA on GSM8K and reach 50.0%. Fooz is not known. 𝛼 stays."
TEXT = f"{TITLE}\n{ABSTRACT}"
LORA = Iri("https://w3id.org/mlkg/method/lora")
GSM = Iri("https://w3id.org/mlkg/benchmark/gsm8k")


def span(words):
    start = TEXT.index(words)
    return Span(start, start + len(words))


@pytest.fixture
def facts():
    lora, fooz = span("LoRA"), span("Fooz")
    return PaperFacts(
        paper=Paper(
            id="arxiv:1234.56789",
            title=TITLE,
            abstract=ABSTRACT,
            date="2024-05-20",
            date_text="May 20",
            arxiv="1234.56789",
            authors=("A. Author",),
            author_count=3,
            comment_count=2,
            upvotes=7,
            organisation="An Institute",
            sightings=(Sighting("page.txt", 12, "Nov 3"),),
        ),
        mentions=(
            Link(lora.start, lora.end, "LoRA", Kind.METHOD, LORA, "LoRA", 0.98, "alias", span("We fine-tune LoRA")),
        ),
        relations=(
            Relation(RelationType.USES, LORA, "LoRA", 0.9, (span("We fine-tune LoRA"),), "fine-tune", hedged=True),
        ),
        results=(Result("50.0%", False, (span("reach 50.0%"),), Decimal("50.0"), "%", LORA, "LoRA", GSM, "GSM8K"),),
        unlinked=(Unlinked(fooz.start, fooz.end, "Fooz", None, normal_form("Fooz"), "no cue"),),
        nodes=(NewNode(LORA, Kind.METHOD, "LoRA", Status.DISCOVERED, ("lora",), ((Predicate.BROADER, GSM),)),),
    )


def test_from_json_reads_back_what_to_json_wrote(facts):
    assert from_json(to_json(facts)) == facts


def test_to_json_writes_one_line_with_sorted_keys(facts):
    line = to_json(facts)
    assert "\n" not in line
    assert list(json.loads(line)) == sorted(json.loads(line))
    assert "𝛼" in line


def test_to_json_keeps_the_keys_of_the_contract(facts):
    data = json.loads(to_json(facts))
    assert {"id", "title", "date", "mentions", "relations", "results", "unlinked"} <= set(data)
    assert {"start", "end", "text", "type", "node", "label", "score", "how"} <= set(data["mentions"][0])
    assert {"type", "node", "label", "score", "evidence", "how"} <= set(data["relations"][0])
    assert {"subject", "benchmark", "metric", "value", "delta", "evidence"} <= set(data["results"][0])


def keys(value):
    """Every key in a JSON value, at any depth."""
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in keys(inner)}
    return {key for inner in value for key in keys(inner)} if isinstance(value, list) else set()


def test_every_key_is_explained_in_the_documentation(facts):
    page = (Path(__file__).parents[1] / "docs" / "facts.md").read_text(encoding="utf-8")
    found = keys(json.loads(to_json(facts)))
    assert len(found) > 30
    assert {key for key in found if f"`{key}`" not in page} == set()


def test_results_keep_the_number_as_written(facts):
    assert json.loads(to_json(facts))["results"][0]["number"] == "50.0"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "not a line of facts"),
        ("[]", "not a line of facts"),
        ('{"id": "x"}', "is missing"),
        ("{", "not a line of facts"),
        ("[" * 100_000, "not a line of facts"),
    ],
    ids=["empty", "list", "keys", "broken", "deep"],
)
def test_from_json_refuses_what_is_no_facts_line(line, words):
    with pytest.raises(FactsError, match=words):
        from_json(line)


def test_from_json_refuses_a_mention_that_is_not_the_text_at_its_offsets(facts):
    data = json.loads(to_json(facts))
    data["mentions"][0]["start"] += 1
    with pytest.raises(FactsError, match="but the text there is 'oRA'"):
        from_json(json.dumps(data))


@pytest.mark.parametrize(
    ("part", "key", "value"),
    [
        ("mentions", "start", "7"),
        ("mentions", "label", 5),
        ("mentions", "score", None),
        ("relations", "node", None),
        ("relations", "score", "high"),
        ("relations", "evidence", [{"start": -1, "end": 5}]),
        ("relations", "evidence", [{"start": 0, "end": 10**9}]),
        ("results", "value", 50),
        ("results", "benchmark", 5),
    ],
)
def test_from_json_refuses_what_was_edited_into_another_type(facts, part, key, value):
    data = json.loads(to_json(facts))
    data[part][0][key] = value
    with pytest.raises(FactsError, match=f"{part[:-1]}|evidence"):
        from_json(json.dumps(data))


@pytest.mark.parametrize("key", ["id", "title", "abstract"])
def test_from_json_refuses_a_paper_without_texts(facts, key):
    with pytest.raises(FactsError, match=key):
        from_json(json.dumps(json.loads(to_json(facts)) | {key: 5}))


def test_facts_hold_edges_between_things_where_a_file_said_them():
    facts = PaperFacts(Paper("x", TITLE, ABSTRACT))
    told = replace(
        facts, lifted=(Lifted(Iri("a"), Predicate.EXTENDS, Iri("b"), (Span(0, 4),), "rule", 0.5, hedged=True),)
    )
    assert from_json(to_json(told)) == told
    assert '"lifted"' not in to_json(facts)
    assert from_json(to_json(replace(facts, lifted=()))).lifted == ()
