from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.papers.dates import DayText, iso_date, read_day

DATES = [
    ("2024", "2024"),
    ("2024-05", "2024-05"),
    ("2024-5-7", "2024-05-07"),
    ("2024/05/20", "2024-05-20"),
    ("2024-05-20T17:59:59Z", "2024-05-20"),
    ("2024-05-20 17:59:59+00:00", "2024-05-20"),
    ("Sep 7, 2024", "2024-09-07"),
    ("  Sep   7,  2024 ", "2024-09-07"),
    ("Sept. 7, 2024", "2024-09-07"),
    ("September 7th, 2024", "2024-09-07"),
    ("7 September 2024", "2024-09-07"),
    ("September 2024", "2024-09"),
    ("May 2024", "2024-05"),
    ("Mon, 2 Apr 2007 19:18:42 GMT", "2007-04-02"),
    ("Tue, 02 Jan 2024 00:00:00 -0500", "2024-01-02"),
    ("May 21", None),
    ("21 May", None),
    ("Feb 30, 2024", None),
    ("2024-13", None),
    ("2024-00-10", None),
    ("03/04/2024", None),
    ("to appear", None),
    ("", None),
    ("2024-", None),
    ("0024", None),
    ("May 21, 2024" + " " * 1000 + "x", None),
]


@pytest.mark.parametrize(("text", "iso"), DATES)
def test_dates_are_as_precise_as_their_text(text, iso):
    assert iso_date(text) == iso


@pytest.mark.parametrize(
    ("text", "year", "iso"), [("May 21", 2025, "2025-05-21"), ("Feb 29", 2025, None), ("Feb 29", 2024, "2024-02-29")]
)
def test_dates_without_a_year_take_the_one_given(text, year, iso):
    assert read_day(text).iso(year) == iso


def test_dates_with_a_year_keep_it():
    assert DayText(2023, 5, 21).iso(2025) == "2023-05-21"


@given(st.dates(min_value=__import__("datetime").date(1000, 1, 1)))
def test_dates_iso_is_a_fixed_point(day):
    assert iso_date(day.isoformat()) == day.isoformat()
    assert iso_date(f"{day:%b} {day.day}, {day.year}") == day.isoformat()


@given(st.text())
def test_dates_any_text_is_a_date_or_none(text):
    found = iso_date(text)
    assert found is None or iso_date(found) == found
