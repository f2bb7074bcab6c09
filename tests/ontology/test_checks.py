"""What checking finds beyond what loading refuses: rows that nothing needs."""

import pytest

from kg.ontology import check, load_ontology
from tests.ontology.small_tables import GOOD, added, changed, write

UNTIDY = {
    "organisation without a model": (
        added("organisations", id="nobody", label="Nobody", source="x"),
        "organisations.tsv:3: no model is made by 'Nobody'",
    ),
    "stopped twice": (
        added("stopped", name="LL-M", source="x"),
        "stopped.tsv:3: 'LLM' is 'LL-M' on line 2 in another spelling",
    ),
    "stopped sign": (added("stopped", name="+-", source="x"), None),
    "stopped without letters": (
        added("stopped", name="--", source="x"),
        "stopped.tsv:2: the name '--' has neither letter nor digit",
    ),
}


@pytest.mark.parametrize(("tables", "problem"), UNTIDY.values(), ids=UNTIDY)
def test_check_finds_what_nothing_needs(tmp_path, tables, problem):
    folder = write(tmp_path / "ontology", tables)
    assert check(folder) == ([problem] if problem else [])
    assert load_ontology(folder).find("LoRA")


@pytest.mark.parametrize(
    "tables",
    [
        changed("models", 2, parent="llama"),
        changed("models", 1, level="family"),
        {**GOOD, "models": [*GOOD["models"], ("llama-3", "L", "checkpoint", "", "llama-2-7b", *[""] * 6, "x")]},
        changed("benchmarks", 0, variant_of="squad"),
        changed("methods", 2, extends="model/llama"),
    ],
    ids=["below-family", "family-below-family", "below-checkpoint", "benchmark-of-data", "method-on-model"],
)
def test_check_lets_pass_edges_that_make_sense(tmp_path, tables):
    assert check(write(tmp_path / "ontology", tables)) == []
