from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.layout import arrange


def test_layout_of_nothing_is_nothing():
    assert arrange(0, [], []) == ()


def test_layout_centres_a_lone_node():
    (place,) = arrange(1, [], [10.0])
    assert (place.x, place.y, place.community) == (0, 0, 0)


@st.composite
def graphs(draw):
    count = draw(st.integers(1, 40))
    node = st.integers(0, count - 1)
    links = draw(st.lists(st.tuples(node, node, st.floats(0.1, 3)), max_size=80))
    radii = draw(st.lists(st.floats(6, 48), min_size=count, max_size=count))
    return count, links, radii


@settings(max_examples=40)
@given(graphs())
def test_layout_lets_no_two_discs_overlap(sample):
    count, links, radii = sample
    places = arrange(count, links, radii)
    for (i, a), (j, b) in combinations(enumerate(places), 2):
        distance = ((a.x - b.x) ** 2 + (a.y - b.y) ** 2) ** 0.5
        assert distance >= radii[i] + radii[j] - 2, (i, j)  # 2: rounding to whole pixels


@settings(max_examples=40)
@given(graphs())
def test_layout_does_not_depend_on_the_order_or_direction_of_links(sample):
    count, links, radii = sample
    exact = [(a, b, 1.0) for a, b, _ in links]
    turned = [(b, a, w) for a, b, w in reversed(exact)]
    assert arrange(count, exact, radii) == arrange(count, turned, radii)


def ring(first, size):
    return [(first + i, first + j, 1.0) for i, j in combinations(range(size), 2)]


def test_layout_keeps_communities_together():
    links = [*ring(0, 12), *ring(12, 12), *ring(24, 12), (0, 12, 1.0), (13, 24, 1.0), (25, 1, 1.0)]
    places = arrange(36, links, [10.0] * 36)
    assert len({place.community for place in places}) == 3
    for number in range(3):
        mine = [p for p in places if p.community == number]
        cx, cy = sum(p.x for p in mine) / 12, sum(p.y for p in mine) / 12
        reach = max((p.x - cx) ** 2 + (p.y - cy) ** 2 for p in mine)
        others = [(p.x - cx) ** 2 + (p.y - cy) ** 2 for p in places if p.community != number]
        assert min(others) > reach


def test_layout_packs_components_around_the_largest():
    links = [*ring(0, 20), *[(20 + 2 * i, 21 + 2 * i, 1.0) for i in range(15)]]
    places = arrange(50, links, [10.0] * 50)
    width = max(p.x for p in places) - min(p.x for p in places)
    height = max(p.y for p in places) - min(p.y for p in places)
    assert width < 1500
    assert height < 1200


@pytest.mark.parametrize("count", [1600, 2400])  # above 1,500 nodes far ones push by grid cell
def test_layout_spreads_large_graphs(count):
    links = [(i, (i * 7 + 3) % count, 1.0) for i in range(count)] + [(i, (i + 1) % count, 1.0) for i in range(count)]
    places = arrange(count, links, [9.0] * count)
    assert len({(p.x, p.y) for p in places}) == count
