"""Sorting and keeping rows on disk."""

import gc

from hypothesis import given
from hypothesis import strategies as st

from kg.exporters.sorting import Spool, in_pieces, sorted_on_disk

RECORDS = st.lists(st.tuples(st.text(), st.integers(-9, 9), st.booleans(), st.tuples(st.text())))


@given(RECORDS, st.integers(1, 6))
def test_sorted_on_disk_is_sorted_whatever_the_size_of_pieces(records, piece):
    assert list(sorted_on_disk(iter(records), piece)) == sorted(records)


def test_sorted_on_disk_keeps_every_character():
    records = [("b\ud800", None), ("a\x00\u2028", 0.1), ("", 10**30)]
    assert list(sorted_on_disk(records, 1)) == sorted(records, key=lambda record: record[0])


def test_sorted_on_disk_leaves_no_file_open_when_it_is_given_up():
    # an open file would be a ResourceWarning, and that an error
    records = sorted_on_disk(((number,) for number in range(5_000, 0, -1)), 100)
    assert next(records) == (1,)
    del records
    gc.collect()


@given(RECORDS)
def test_spool_gives_back_what_it_was_given_each_time(records):
    spool = Spool(records)
    assert list(spool) == list(spool) == records


def test_spool_is_read_by_several_at_once_and_closes_itself():
    spool = Spool([(number,) for number in range(2_000)])
    assert [first for first, second in zip(spool, spool, strict=True) if first != second] == []
    del spool
    gc.collect()


def test_in_pieces_gives_all_in_order():
    assert list(in_pieces(range(7), 3)) == [[0, 1, 2], [3, 4, 5], [6]]
    assert list(in_pieces((), 3)) == []
