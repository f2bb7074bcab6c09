import pytest

from kg.relations.clauses import read
from kg.relations.roles import Role, roles


def parts(text):
    return [str(role) for role in roles(text, read(text, ()), frozenset())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "T\nModels are large. We prune them. Experiments show gains.",
            ["title", "motivation", "contribution", "experiments"],
        ),
        ("T\nWe prune models.", ["title", "contribution"]),
        ("T\nModels are large. This survey reviews them.", ["title", "motivation", "contribution"]),
        ("T\nPruning helps. A rule is given.", ["title", "motivation", "contribution"]),
        ("T\nModels are large. A new pruning rule is proposed.", ["title", "motivation", "contribution"]),
        ("T\n", ["title"]),
        ("", []),
    ],
)
def test_roles_run_from_motivation_to_experiments(text, expected):
    assert parts(text) == expected


def test_roles_are_those_of_the_enumeration():
    assert {str(role) for role in Role} == {"title", "motivation", "contribution", "experiments"}
