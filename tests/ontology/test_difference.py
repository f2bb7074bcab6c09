"""What is said of two sets of tables."""

from kg.ontology import load_ontology
from kg.ontology.difference import Change, Event, differences
from tests.ontology.small_tables import GOOD, added, changed, write


def compared(tmp_path, tables):
    return differences(load_ontology(write(tmp_path / "old")), load_ontology(write(tmp_path / "new", tables)))


def test_difference_of_the_same_tables_is_nothing(tmp_path):
    assert compared(tmp_path, GOOD) == ()


def test_difference_names_what_came(tmp_path):
    new = added("metrics", id="recall", label="Recall", higher_is_better="yes", source="x")
    assert compared(tmp_path, new) == (Change("metric/recall", Event.ADDED, after="Recall"),)


def test_difference_names_what_went(tmp_path):
    new = {**GOOD, "models": GOOD["models"][:2]}
    assert compared(tmp_path, new) == (Change("model/llama-2-7b", Event.REMOVED, before="Llama 2 7B"),)


def test_difference_follows_what_moved(tmp_path):
    new = {
        **GOOD,
        "models": GOOD["models"][:2],
        "redirects": [*GOOD["redirects"], ("model/llama-2-7b", "model/llama-2", "one row for both", "x")],
    }
    assert compared(tmp_path, new) == (
        Change("model/llama-2-7b", Event.MOVED, before="Llama 2 7B", after="model/llama-2"),
    )


def test_difference_compares_fields_aliases_and_edges_one_by_one(tmp_path):
    new = changed("methods", 2, aliases="Quantised LoRA", year="2024", broader="peft")
    assert compared(tmp_path, new) == (
        Change("method/qlora", Event.CHANGED, "alias", after="Quantised LoRA"),
        Change("method/qlora", Event.CHANGED, "broader", after="method/peft"),
        Change("method/qlora", Event.CHANGED, "broader", before="method/lora"),
        Change("method/qlora", Event.CHANGED, "year", "2023", "2024"),
    )


def test_difference_says_when_a_sense_or_a_stopped_name_changed(tmp_path):
    new = changed("ambiguous", 0, cues="gsm8k") | {"stopped": []}
    assert compared(tmp_path, new) == (
        Change(
            "benchmark/math",
            Event.CHANGED,
            "sense of 'MATH'",
            "exact spelling, near gsm8k | olympiad",
            "exact spelling, near gsm8k",
        ),
        Change("stopped/llm", Event.REMOVED),
    )


def test_difference_names_organisations_too(tmp_path):
    new = added("organisations", id="some-lab", label="Some Lab", aliases="SL", source="x")
    assert compared(tmp_path, new) == (Change("organisation/some-lab", Event.ADDED, after="Some Lab | SL"),)
