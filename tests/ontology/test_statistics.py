"""The counts of the tables."""

import pytest

from kg.ontology import load_ontology
from kg.ontology.statistics import statistics
from tests.ontology.small_tables import write


@pytest.fixture(scope="module")
def sections(tmp_path_factory):
    made = statistics(load_ontology(write(tmp_path_factory.mktemp("ontology") / "tables")))
    return {section.title: section for section in made}


def test_statistics_count_things_and_names(sections):
    assert {kind: (things, names) for kind, things, names in sections["Things and names"].rows} == {
        "Method": (3, 5),
        "Model": (3, 4),
        "Benchmark": (1, 1),
        "Dataset": (2, 2),
        "Task": (2, 3),
        "Metric": (1, 2),
        "Organisation": (1, 2),
        "all": (13, 19),
    }


def test_statistics_count_what_is_known(sections):
    rows = {
        row[0]: dict(zip(sections["How much is known"].columns[1:], row[1:], strict=True))
        for row in sections["How much is known"].rows
    }
    assert rows["Model"] == {
        "alias": 1,
        "year": 3,
        "arXiv id": 2,
        "parent": 2,
        "organisation": 3,
        "task": 0,
        "metric": 0,
    }
    assert rows["Benchmark"]["metric"] == 1
    assert rows["Dataset"]["task"] == 1


def test_statistics_show_taxonomies_by_their_roots(sections):
    assert sections["Taxonomy of methods"].rows == (("Parameter-Efficient Fine-Tuning", 2, 2),)
    assert sections["Model families"].rows == (("LLaMA", 2, 2),)


def test_statistics_have_as_many_cells_as_columns(sections):
    for section in sections.values():
        assert section.rows
        assert {len(row) for row in section.rows} == {len(section.columns)}


def test_statistics_of_what_ships_add_up(ontology):
    kinds = {row[0]: row[1] for row in statistics(ontology)[0].rows}
    assert kinds["all"] == len(ontology.entities) + len(ontology.organisations)
