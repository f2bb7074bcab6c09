"""How what is refused is told."""

from kg.importers.problems import Problems


def test_problems_are_told_once_a_culprit_with_how_often_they_came():
    problems = Problems("a.ttl")
    for _ in range(1_200):
        problems.add("foaf:name", "not ours")
    problems.add("foaf:name", "a blank end", 3)
    assert [str(one) for one in problems.listed()] == [
        "a.ttl: foaf:name: not ours (1,200 times)",
        "a.ttl:3: foaf:name: a blank end",
    ]
    assert len(problems) == 1_201


def test_lines_are_looked_for_where_none_is_known():
    asked = []

    def lines(culprits):
        asked.append(culprits)
        return {"b": 7}

    problems = Problems("a.ttl", lines)
    problems.add("a", "why", 2)
    problems.add("b", "why")
    problems.add("c", "why")
    assert [one.line for one in problems.listed()] == [None, 2, 7]
    assert asked == [{"b", "c"}]


def test_what_is_told_is_short_and_clean():
    problems = Problems("a.ttl")
    problems.add("x" * 10_000 + "\x1b", "y\x07")
    (told,) = problems.listed()
    assert len(told.reason) < 500
    assert told.reason.endswith("...: y\ufffd")
