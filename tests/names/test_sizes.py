"""Sizes and amounts."""

import pytest

from kg.names.sizes import SIZE_BEFORE, SIZED_NAME, has_size, is_amount, size_at, size_follows


@pytest.mark.parametrize(
    ("text", "size"),
    [
        *(("7B", "7B"), ("6.7b", "6.7B"), ("410M", "410M"), ("1T", "1T"), ("8x7B", "8x7B"), ("8×22b", "8x22B")),
        *(
            ("175 B", "175B"),
            ("7b1", "7.1B"),
            ("E4B", "E4B"),
            ("7Bit", None),
            ("B7", None),
            ("7", None),
            ("1_8B", None),
        ),
    ],
)
def test_size_at_reads_every_spelling_into_one(text, size):
    found = size_at(text, 0, versioned=False)
    assert (found[0] if found else None) == size


def test_size_at_reads_a_low_line_for_a_point_behind_a_version_alone():
    assert size_at("1_8B", 0, versioned=True) == ("1.8B", 4)


@pytest.mark.parametrize("token", ["100B+", "1M~60M", "7B-parameter", "2020", "12%", "5%-7%", "1,000", "4.5x"])
def test_is_amount_knows_amounts(token):
    assert is_amount(token)


@pytest.mark.parametrize("token", ["GPT-4", "3D", "Llama", "7B-Chat", "", "1%%" * 40 + "z"])
def test_is_amount_takes_no_name_for_one(token):
    assert not is_amount(token)


def test_sizes_are_seen_behind_before_and_inside_names():
    assert size_follows("Foo 7B is", 3)
    assert not size_follows("Foo 7Bits", 3)
    assert has_size("Foo-7B")
    assert not has_size("Foo-7")
    assert SIZE_BEFORE.search("the 540B ")
    assert SIZED_NAME.fullmatch("Foo-7B-Chat")[1] == "Foo"
