from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identifiers import normal_form
from kg.papers.references import arxiv_id, bare_arxiv_id, doi, folded, paper_id, title_id

MARKED = [
    ("arXiv:2106.09685", "2106.09685"),
    ("arXiv: 2106.09685v2", "2106.09685"),
    ("arxiv:0704.0001", "0704.0001"),
    ("http://arxiv.org/abs/2106.09685v1", "2106.09685"),
    ("https://www.arxiv.org/pdf/2106.09685.pdf", "2106.09685"),
    ("https://export.arxiv.org/abs/math.GT/0309136v1", "math/0309136"),
    ("https://arxiv.org/abs/hep-th/9901001", "hep-th/9901001"),
    ("oai:arXiv.org:cs/0305001", "cs/0305001"),
    ("https://huggingface.co/papers/2401.01234", "2401.01234"),
    ("https://doi.org/10.48550/arXiv.2106.09685", "2106.09685"),
    ("arXiv preprint arXiv:2106.09685 (2021)", "2106.09685"),
    ("2106.09685", None),
    ("arXiv:2106.096851", None),
    ("https://example.org/abs/2106.09685", None),
    ("arXiv: forthcoming", None),
]


@pytest.mark.parametrize(("text", "found"), MARKED)
def test_references_arxiv_needs_a_mark(text, found):
    assert arxiv_id(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2106.09685", "2106.09685"),
        ("2106.09685v12", "2106.09685"),
        ("cs.CL/0305001", "cs/0305001"),
        ("12", None),
        ("p. 2106.09685", None),
    ],
)
def test_references_arxiv_bare_where_the_format_says_so(text, found):
    assert bare_arxiv_id(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10.18653/v1/2022.acl-long.1", "10.18653/v1/2022.acl-long.1"),
        ("https://doi.org/10.18653/V1/2022.ACL-long.1", "10.18653/v1/2022.acl-long.1"),
        ("doi: 10.1234/a.b.", "10.1234/a.b"),
        ("none", None),
        ("10.1/x", None),
    ],
)
def test_references_doi_in_its_forms(text, found):
    assert doi(text) == found


@pytest.mark.parametrize(
    ("given", "arxiv", "doi", "expected"),
    [
        ("s000", "2106.09685", "10.1/x", "s000"),
        (None, "2106.09685", "10.1/x", "arxiv:2106.09685"),
        (None, None, "10.1/x", "doi:10.1/x"),
        (None, None, None, title_id("T", "A")),
    ],
)
def test_references_id_is_the_surest(given, arxiv, doi, expected):
    assert paper_id("T", "A", given=given, arxiv=arxiv, doi=doi) == expected


def test_references_title_id_ignores_case_and_punctuation_alone():
    assert title_id("LoRA: a title", "Text.") == title_id("Lora - A Title", "text")
    assert title_id("LoRA", "Text.") != title_id("LoRA+", "Text.")
    assert title_id("???", "") != title_id("!!!", "")


@given(st.text(st.characters(max_codepoint=127)) | st.text("aZ9 é—+-'Ωж漢.,\n"))
def test_references_folded_is_the_normal_form(text):
    assert folded(text) == normal_form(text)


@given(st.text(), st.text(" \n\t.,;:!?()[]{}'\"-"))
def test_references_folded_is_idempotent_and_blind_to_ascii_punctuation(text, signs):
    assert folded(folded(text)) == folded(text)
    assert folded(text + signs) == folded(text)
