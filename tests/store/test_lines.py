"""Facts on disk by key."""

from dataclasses import replace

import pytest

from kg.errors import FactsError
from kg.store.lines import FactLines, facts_of, line_of
from tests.graphs import sample


@pytest.fixture
def lines(tmp_path):
    with (tmp_path / "lines").open("w+b") as file:
        found = FactLines(file)
        for one in sample():
            found.put(one.paper.id, line_of(one))
        yield found


def test_facts_are_had_again_in_any_order(lines):
    for one in reversed(sample()):
        assert lines[one.paper.id] == one
        assert lines.line(one.paper.id) == line_of(one)
    assert list(lines) == [one.paper.id for one in sample()]
    assert len(lines) == len(sample())
    assert "nn" not in lines


def test_the_last_line_of_a_key_counts(lines):
    one = replace(sample()[0], relations=())
    lines.put(one.paper.id, line_of(one))
    assert lines[one.paper.id] == one
    assert len(lines) == len(sample())


def test_text_that_no_utf8_file_holds_comes_back():
    one = sample()[3]
    broken = replace(one, paper=replace(one.paper, organisation="\ud800"))
    assert facts_of(line_of(broken)) == broken


def test_a_line_of_something_else_is_refused():
    with pytest.raises(FactsError):
        facts_of(b"{}")
