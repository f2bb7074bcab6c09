"""The names a user imports."""

import pytest

import kg


def test_public_names_are_sorted_and_few():
    assert kg.__all__ == sorted(kg.__all__)
    assert dir(kg) == kg.__all__
    assert len(kg.__all__) <= 22  # twenty-one and the version


@pytest.mark.parametrize("name", kg.__all__)
def test_every_public_name_is_there(name):
    assert getattr(kg, name) is not None


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        kg.nothing  # noqa: B018
