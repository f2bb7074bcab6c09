"""The error tree."""

import inspect

import pytest

from kg import errors
from kg.errors import InputError, KgError, OntologyError, UnknownNameError, near

CLASSES = [item for _, item in inspect.getmembers(errors, inspect.isclass) if item.__module__ == errors.__name__]


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_error_is_a_kg_error_drawn_in_the_tree(cls):
    assert issubclass(cls, KgError)
    assert cls.__name__ in errors.__doc__
    assert cls.__name__ in errors.__all__


def test_most_errors_are_also_a_built_in():
    assert issubclass(InputError, ValueError)
    assert issubclass(UnknownNameError, LookupError)
    assert issubclass(errors.StoreError, OSError)


def test_input_error_names_file_line_and_reason():
    assert str(InputError("papers.jsonl", 7, "no title")) == "papers.jsonl:7: no title"
    assert str(InputError("page.png", None, "a picture, not text")) == "page.png: a picture, not text"


def test_ontology_error_lists_every_problem():
    error = OntologyError(["models.tsv:3: no label", "models.tsv:9: bad year"])
    assert str(error).splitlines() == [
        "the ontology has 2 problems:",
        "models.tsv:3: no label",
        "models.tsv:9: bad year",
    ]


def test_unknown_name_says_what_is_near():
    message = str(UnknownNameError("benchmark", "mmul", ["MMLU", "GSM8K"], "kg ontology list benchmarks"))
    assert message == "no benchmark 'mmul'; did you mean 'MMLU'? kg ontology list benchmarks"


def test_unknown_name_without_neighbours_gives_the_remedy():
    assert str(UnknownNameError("benchmark", "zzz", ["MMLU"], "see the list")) == "no benchmark 'zzz'; see the list"


def test_near_compares_without_case():
    assert near("lora", ["LoRA", "QLoRA", "BERT"]) == ["LoRA", "QLoRA"]
