"""What imports are, how they are merged, and how a line holds them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.curated import Assertion, Import, Row, disagreements, from_json, joined, merged, to_json
from kg.errors import FactsError
from kg.vocabulary import Predicate, Status
from tests.graphs import iri

NODES = st.sampled_from([iri("method/lora"), iri("model/bert"), iri("organisation/meta")])
NAMES = st.sets(st.text(max_size=5), max_size=3).map(lambda names: tuple(sorted(names)))
ROWS = st.builds(
    Row,
    NODES,
    label=st.none() | st.text(max_size=5),
    aliases=NAMES,
    status=st.none() | st.sampled_from(Status),
    year=st.none() | st.integers(0, 9999),
    categories=NAMES,
    higher_is_better=st.none() | st.booleans(),
)
EDGES = st.builds(Assertion, NODES, st.sampled_from(Predicate), NODES, st.integers(0, 10).map(lambda n: n / 10))
IMPORTS = st.builds(
    Import,
    st.sampled_from("ab"),
    papers=NAMES,
    rows=st.lists(ROWS, max_size=3).map(tuple),
    edges=st.lists(EDGES).map(tuple),
)


@given(st.lists(IMPORTS, max_size=4))
def test_merged_imports_have_one_of_each_and_merge_to_themselves(imports):
    once = merged(imports)
    assert [one.name for one in once] == sorted({one.name for one in imports if one})
    assert merged(once) == once
    for one in once:
        assert len({row.node for row in one.rows}) == len(one.rows)
        assert len({(edge.subject, edge.predicate, edge.object) for edge in one.edges}) == len(one.edges)
        assert {alias for row in one.rows for alias in row.aliases} == {
            alias for each in imports if each.name == one.name for row in each.rows for alias in row.aliases
        }


@given(st.lists(IMPORTS, max_size=4))
def test_a_line_holds_an_import(imports):
    for one in merged(imports):
        assert from_json(to_json(one)) == one


def test_joined_rows_add_names_and_keep_the_first_single_values():
    one = Row(iri("method/lora"), aliases=("a",), year=2020)
    other = Row(iri("method/lora"), label="L", aliases=("b",), year=2021)
    assert joined(one, other) == Row(iri("method/lora"), label="L", aliases=("a", "b"), year=2020)


def test_disagreements_are_named_with_both_imports():
    one = Import("one", rows=(Row(iri("method/lora"), year=2020, aliases=("a",)),))
    other = Import("two", rows=(Row(iri("method/lora"), year=2021, aliases=("b",)),))
    assert disagreements([one, other]) == [f"{iri('method/lora')}: year is 2020 in the import 'one' and 2021 in 'two'"]
    assert disagreements([one, one]) == []


@pytest.mark.parametrize(
    "line", ["", "[]", "{}", '{"name": "x"}', '{"name":"x","papers":[],"rows":[{"a":1}],"edges":[]}']
)
def test_a_line_that_is_no_import_is_refused(line):
    with pytest.raises(FactsError, match="not a line of imports"):
        from_json(line)
