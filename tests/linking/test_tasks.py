import pytest

from kg.linking.tasks import is_worked_on

ROWS = [
    ("reasoning", " errors are common", False),
    ("calibration", " data is scarce", False),
    ("classification", " models win", False),
    ("reasoning", " improves", True),
    ("summarization", ". it works", True),
    ("translation", " and more", True),
]


@pytest.mark.parametrize(("task", "after", "expected"), ROWS, ids=[a + b for a, b, _ in ROWS])
def test_tasks_is_worked_on_unless_it_qualifies_another_noun(task, after, expected):
    assert is_worked_on(task + after, len(task)) is expected
