"""Looking up things in the ontology."""

import pytest

from kg.errors import UnknownNameError
from kg.vocabulary import Kind
from tests.graphs import write_ontology


def test_ontology_get_raises_for_an_unknown_iri(ontology):
    with pytest.raises(UnknownNameError, match=r"no entity .*method/lor"):
        ontology.get("https://w3id.org/mlkg/method/lor")


def test_ontology_entities_cannot_be_changed(ontology):
    with pytest.raises(TypeError):
        ontology.entities["x"] = None


def test_ontology_find_prefers_the_exact_spelling(ontology):
    assert [(entity.kind, entity.label) for entity in ontology.find("FID")] == [(Kind.METRIC, "FID")]


def test_ontology_find_gives_nothing_for_an_unknown_name(ontology):
    assert ontology.find("Quxifarb") == ()


def test_ontology_near_suggests_what_was_meant(ontology):
    assert "MMLU" in ontology.near("MMUL")


def test_ontology_names_give_every_name_of_every_entity(ontology):
    named = {}
    for name, entity, _ in ontology.names():
        named.setdefault(entity.iri, []).append(name)
    assert named == {iri: list(entity.names) for iri, entity in ontology.entities.items()}


def test_ontology_names_carry_the_declared_senses(ontology):
    senses = {(name, entity.label): sense for name, entity, sense in ontology.names()}
    assert senses["MATH", "MATH"].exact_case
    assert senses["GSM8K", "GSM8K"] is None


def test_ontology_names_in_another_spelling_share_the_sense(ontology):
    declared = {(sense.alias, sense.iri) for sense in ontology.senses}
    for name, entity, sense in ontology.names():
        if sense is not None:
            assert sense.alias == name
        if (name, entity.iri) in declared:
            assert sense is not None


def test_ontology_organisation_is_found_in_any_case(ontology):
    organisation = ontology.organisation("openai")
    assert organisation is not None
    assert organisation.label == "OpenAI"
    assert ontology.organisation("Nobody at all") is None


def test_ontology_children_are_what_is_directly_below(ontology):
    llama = ontology.find("LLaMA")[0]
    below = [entity.label for entity in ontology.children[llama.iri]]
    assert {"Llama 2", "Llama 3", "LLaMA 7B"} <= set(below)
    assert "Llama 2 7B" not in below


def test_ontology_ancestors_of_a_family_are_none(ontology):
    assert ontology.ancestors(ontology.find("LLaMA")[0].iri) == ()


LORA = "https://w3id.org/mlkg/method/lora"
SPELLINGS_OF_LORA = [LORA, "method/lora", "mlkg:method/lora"]
SPELLINGS_OF_OLD = [LORA.replace("lora", "low-rank-adaptation"), "method/low-rank-adaptation"]


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The small ontology of the tests: `method/low-rank-adaptation` is redirected in it."""
    return write_ontology(tmp_path_factory.mktemp("tables"))


@pytest.mark.parametrize("name", [*SPELLINGS_OF_LORA, *SPELLINGS_OF_OLD])
def test_ontology_finds_by_iri_also_where_it_is_redirected(small, name):
    assert small.get(name).iri == LORA
    assert [entity.iri for entity in small.find(name)] == [LORA]


def test_ontology_finds_names_with_a_slash_by_name(small):
    assert small.find("GSM/8K")[0].label == "GSM8K"
    assert small.find("method/nothing") == ()


def test_ontology_current_leaves_what_is_not_redirected(small):
    assert small.current(LORA) == LORA
    assert small.current("https://elsewhere.org/x") == "https://elsewhere.org/x"


def test_ontology_is_the_same_in_another_process(small):
    import pickle

    copy = pickle.loads(pickle.dumps(small))
    assert (copy.entities, copy.redirects, copy.forms, copy.digest) == (
        small.entities,
        small.redirects,
        small.forms,
        small.digest,
    )


def test_ontology_near_is_of_the_kinds_that_are_wanted(ontology):
    assert ontology.near("MMUL", [Kind.METRIC]) == []


@pytest.mark.parametrize(
    ("name", "label", "above"),
    [
        ("Llama-9 (12B)", "Llama 9 12B", "LLaMA"),
        ("someone/Llama-9-12B", "Llama 9 12B", "LLaMA"),
        ("MMLU v9", "MMLU v9", "MMLU"),
    ],
)
def test_ontology_reads_names_that_no_row_has(ontology, name, label, above):
    read = ontology.read(name)
    assert (read.label, read.entity) == (label, None)
    assert ontology.entities[read.new[-1].parent].label == above
    assert ontology.find(name) == ()


def test_ontology_reads_the_row_of_a_name_in_another_order(ontology):
    assert ontology.read("Llama-2-Chat-70B").entity.label == "Llama 2 70B Chat"


def test_ontology_reads_nothing_in_other_names(ontology):
    assert ontology.read("Quxifarb") is None
