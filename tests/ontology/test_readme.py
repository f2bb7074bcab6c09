"""What ontology/README.md says is true."""

import re
from pathlib import Path

import pytest

from kg.ontology.tables import TABLES

README = (Path(__file__).parents[2] / "ontology" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_readme_lists_the_columns_of_each_table(table):
    row = next(line for line in README.splitlines() if line.startswith(f"| `{table.file}`"))
    assert re.findall(r"`(\w+)`", row.split("|")[2]) == list(table.columns)


@pytest.mark.parametrize(("alias", "node"), re.findall(r"^\| (\w+) \| (\w+/[\w-]+) \| exact", README, re.MULTILINE))
def test_readme_examples_of_senses_are_in_the_table(ontology, alias, node):
    assert node in [sense.iri.removeprefix("https://w3id.org/mlkg/") for sense in ontology.senses_of(alias)]
