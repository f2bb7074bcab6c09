"""Normal forms and slugs of many names are those of one name at a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identifiers import normal_form, slug
from kg.ontology.forms import normal_forms, slugs

NAMES = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=50), max_size=12)
SHAPED = st.lists(st.from_regex(r"[A-Za-z0-9 '+#%*@&^()/_.-]{0,60}", fullmatch=True), max_size=12)


@given(names=NAMES | SHAPED)
def test_forms_normal_forms_agree_with_normal_form(names):
    assert normal_forms(names) == [normal_form(name) for name in names]


@given(names=NAMES | SHAPED)
def test_forms_slugs_agree_with_slug(names):
    assert slugs(names) == [slug(name) for name in names]


@pytest.mark.parametrize(
    "name", ["BiDAF++", "pass@k", "τ-bench", "E^3", "LLM.int8()", "∞Bench", "π0", "---", "a" * 200]
)
def test_forms_agree_on_names_with_signs(name):
    assert slugs([name, "LoRA"]) == [slug(name), "lora"]
    assert normal_forms([name, "LoRA"]) == [normal_form(name), "lora"]
