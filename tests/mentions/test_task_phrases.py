import pytest

from kg.mentions.task_phrases import task_phrases


def _found(title, abstract):
    return list(task_phrases(f"{title}\n{abstract}", len(title)))


CASES = [
    ("Zap: Off-road Navigation by Maps", "For off-road navigation we need maps.", ["Off-road Navigation"]),
    ("Robust Kelp Yield Prediction with Light", "We study kelp yield prediction.", ["Kelp Yield Prediction"]),
    ("A title", "To test the text-to-kelp generation task, we dive.", ["text-to-kelp generation"]),
    ("What Hides behind Knot Detection?", "Here knot detection is hard.", ["Knot Detection"]),
]


@pytest.mark.parametrize(("title", "abstract", "phrases"), CASES, ids=[row[2][0] for row in CASES])
def test_task_phrases_are_in_title_and_abstract(title, abstract, phrases):
    assert _found(title, abstract) == phrases


NONE = [
    ("the abstract does not repeat it", "Knot Detection with Light", "We look at ropes."),
    ("a head alone", "Robust Detection", "Detection is hard, and robust detection too."),
    ("an adjective of the way", "Human-like Navigation", "We study human-like navigation."),
    ("no noun of a task", "Knot Theory with Light", "We study knot theory."),
    ("a name before it", "FooNet Detection", "We study FooNet detection."),
]


@pytest.mark.parametrize(("title", "abstract"), [row[1:] for row in NONE], ids=[row[0] for row in NONE])
def test_task_phrases_are_nothing_where(title, abstract):
    assert _found(title, abstract) == []
