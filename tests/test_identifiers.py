"""Names to identifiers: laws and cases."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identifiers import (
    ARXIV_ID,
    as_iri,
    digest,
    entity_iri,
    kind_of,
    looks_like,
    normal_form,
    paper_iri,
    slug,
    statement_iri,
)
from kg.vocabulary import Kind, Predicate


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GSM8K", "gsm-8k"),
        ("Llama 2", "LLaMA-2"),
        ("HumanEval+", "humaneval plus"),
        ("ＢＥＲＴ", "BERT"),
        ("F₁", "F1"),
        ("GSM–8K", "GSM8K"),
        ("“Alpaca”", "Alpaca"),
        ("Café", "Cafe\u0301"),
    ],
)
def test_normal_form_joins_spellings(one, other):
    assert normal_form(one) == normal_form(other)


@pytest.mark.parametrize(
    ("one", "other"), [("BiDAF", "BiDAF++"), ("MMLU", "MMLU-Pro"), ("Llama 2", "Llama 3"), ("τ-bench", "bench")]
)
def test_normal_form_keeps_names_apart(one, other):
    assert normal_form(one) != normal_form(other)


@given(st.text())
def test_normal_form_is_idempotent(name):
    assert normal_form(normal_form(name)) == normal_form(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("LoRA", "lora"),
        ("Llama 2 7B", "llama-2-7b"),
        ("BiDAF++", "bidaf-plus-plus"),
        ("A*", "a-star"),
        ("R@1", "r-at-1"),
        ("β-VAE", "beta-vae"),
        ("Poincaré Embeddings", "poincare-embeddings"),
    ],
)
def test_slug_is_readable(name, expected):
    assert slug(name) == expected


@given(st.text(min_size=1))
def test_slug_is_a_safe_path_segment(name):
    assert re.fullmatch(r"[0-9a-z]+(-[0-9a-z]+)*", slug(name))
    assert len(slug(name)) <= 96


@pytest.mark.parametrize(
    ("one", "other"), [("BiDAF", "BiDAF++"), ("C", "C++"), ("C", "C#"), ("模型", "数据"), ("模型 1", "数据 1")]
)
def test_slug_keeps_names_apart(one, other):
    assert slug(one) != slug(other)


@pytest.mark.parametrize("kind", list(Kind))
def test_kind_of_reads_back_what_entity_iri_wrote(kind):
    assert kind_of(entity_iri(kind, "x")) is kind


@pytest.mark.parametrize("iri", ["https://w3id.org/mlkg/paper/x", "https://example.org/method/x", ""])
def test_kind_of_is_none_for_other_nodes(iri):
    assert kind_of(iri) is None


@given(st.text())
def test_paper_iri_holds_only_characters_an_iri_allows(identifier):
    assert re.fullmatch(r"https://w3id\.org/mlkg/paper/[0-9A-Za-z._~-]+", paper_iri(identifier))


@given(st.text(), st.text())
def test_paper_iri_differs_for_different_ids(one, other):
    # "a:b" and "a-b" are written alike by design of the readable form, so the second gets a hash.
    if one.replace(":", "-", 1) != other.replace(":", "-", 1):
        assert paper_iri(one) != paper_iri(other)


def test_statement_iri_is_pinned():
    # Anybody can recompute it; a change here breaks every link to a statement.
    iri = statement_iri(
        "https://w3id.org/mlkg/paper/arxiv-2106.09685", Predicate.USES, "https://w3id.org/mlkg/method/lora"
    )
    assert (
        iri
        == "https://w3id.org/mlkg/statement/"
        + digest(
            "https://w3id.org/mlkg/paper/arxiv-2106.09685",
            "https://w3id.org/mlkg/uses",
            "https://w3id.org/mlkg/method/lora",
        )[:32]
    )


def test_digest_keeps_parts_apart():
    assert digest("ab", "c") != digest("a", "bc")


@pytest.mark.parametrize("spelt", ["method/lora", "mlkg:method/lora", "https://w3id.org/mlkg/method/lora"])
def test_as_iri_reads_every_spelling_of_an_iri(spelt):
    assert as_iri(spelt) == entity_iri(Kind.METHOD, "lora")


@pytest.mark.parametrize(
    "name",
    [
        "LoRA",
        "",
        "method/",
        "/lora",
        "meta-llama/Llama-2-7b",
        "method/a b",
        "method/é",
        "method/x>",
        "https://x.org/a/b",
    ],
)
def test_as_iri_takes_no_name_for_an_iri(name):
    assert as_iri(name) is None


@pytest.mark.parametrize("identifier", ["2106.09685", "0704.0001", "hep-th/9901001", "math.GT/0309136", "cs/0112017"])
def test_arxiv_id_is_what_arxiv_writes(identifier):
    assert re.fullmatch(ARXIV_ID, identifier)


@pytest.mark.parametrize(
    "identifier", ["2106.09685v2", "2106.096851", "\u0662106.09685", "arXiv:2106.09685", "cs/011", "2106.09685/.."]
)
def test_arxiv_id_is_nothing_else(identifier):
    assert not re.fullmatch(ARXIV_ID, identifier)


@pytest.mark.parametrize(
    ("form", "other", "alike"),
    [("mmul", "mmlu", True), ("lora", "qlora", True), ("lora", "l", False), ("abc", "xyz", False)],
)
def test_looks_like_finds_what_is_misspelt(form, other, alike):
    assert looks_like(form, other) is alike
