from hypothesis import given
from hypothesis import strategies as st

from kg.mentions.folding import fold


@given(st.text())
def test_fold_keeps_the_length(text):
    assert len(fold(text)) == len(text)


@given(st.text())
def test_fold_is_idempotent(text):
    assert fold(fold(text)) == fold(text)


def test_fold_makes_dashes_brackets_and_spaces_one():
    assert fold("Chain\u2011of\u2013Thought\u00a0(CoT)") == fold("chain of thought  cot ")


def test_fold_keeps_signs_that_tell_names_apart():
    assert fold("LoRA+") != fold("LoRA")
    assert fold("GPT-3.5") == "gpt 3.5"
