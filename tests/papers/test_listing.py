from __future__ import annotations

from pathlib import Path

import pytest

from kg.papers import read_papers
from kg.papers.dates import DayText
from kg.papers.listing import is_listing, page_year

SAMPLE = Path(__file__).parents[1] / "data" / "papers" / "listing.txt"
HEADING = "new\n\nSubscribe\n\nDaily Papers\n\nbyAK and the research community\n\nNov 3\n\n"
PROSE = "We count reeds by sonar and report what it costs. The method needs no training and no labels at all."


def entry(title, about="", prose=PROSE):
    return f"{title}\n\n{prose}\n\n" + (f"  • 3 authors\n·\n{about}\n\n" if about else "")


def read(text, tmp_path):
    file = tmp_path / "page"
    file.write_text(text, encoding="utf-8")
    return read_papers([file])


def titles(reading):
    return sorted(paper.title for paper in reading.papers)


def test_listing_entries_have_all_that_the_page_says():
    papers = {paper.title[:6]: paper for paper in read_papers([SAMPLE]).papers}
    first, second, third = papers["Plover"], papers["How Sm"], papers["Zoë an"]
    assert (first.author_count, first.comment_count, first.organisation, first.date_text) == (3, 4, None, "Jan 2, 2024")
    assert (second.author_count, second.comment_count, second.organisation) == (None, None, "Heron Lab")
    assert (third.author_count, third.comment_count, third.date) == (1, 1, "2022-08-30")
    assert [paper.sightings[0].line for paper in (first, second, third)] == [13, 21, 29]
    assert {paper.sightings[0].listed for paper in papers.values()} == {"Nov 3"}


@pytest.mark.parametrize(
    "heading",
    [
        "Daily Papers\n\nby AK and the research community\n\n",
        "new\n\nGet trending papers in your email inbox!\n\nbyAK and the research community\n\nMar 11\n\n",
        "Hugging Face\n\nModels\n\nDatasets\n\nDaily Papers\n\nby AK and the research community\n\nNov 3, 2024\n\n",
    ],
)
def test_listing_headings_are_no_papers(heading, tmp_path):
    assert titles(read(heading + entry("Reeds") + entry("Rushes"), tmp_path)) == ["Reeds", "Rushes"]


def test_listing_without_heading_is_known_by_its_entries(tmp_path):
    text = entry("Reeds", "Jan 2, 2024") + entry("Rushes", "Jan 3, 2024 2")
    assert is_listing(text)
    assert titles(read(text, tmp_path)) == ["Reeds", "Rushes"]


def test_listing_entry_without_its_last_lines_stands_between_those_with(tmp_path):
    reading = read(
        HEADING + entry("Reeds") + entry("Rushes", "Jan 2, 2024") + entry("Sedges", "Jan 2, 2024 12"), tmp_path
    )
    assert {paper.title: paper.date for paper in reading.papers} == {
        "Reeds": None,
        "Rushes": "2024-01-02",
        "Sedges": "2024-01-02",
    }


def test_listing_abstract_of_several_paragraphs_and_lines_is_one_text(tmp_path):
    reading = read(
        HEADING + entry("Reeds", "Jan 2, 2024", PROSE + "\n\n" + PROSE.replace(" and ", "\n  and ")), tmp_path
    )
    assert [paper.abstract for paper in reading.papers] == [f"{PROSE} {PROSE}"]


def test_listing_without_abstracts_gives_titles(tmp_path):
    text = HEADING + "".join(f"{name}\n\n• 2 authors\n·\nJan 2, 2024\n\n" for name in ("Reeds", "Rushes"))
    reading = read(text, tmp_path)
    assert titles(reading) == ["Reeds", "Rushes"]
    assert {paper.abstract for paper in reading.papers} == {""}


def test_listing_cut_after_a_title_keeps_what_is_whole(tmp_path):
    reading = read(HEADING + entry("Reeds", "Jan 2, 2024") + "Rush", tmp_path)
    assert titles(reading) == ["Reeds"]
    assert str(reading.problems[0]) == f"{tmp_path / 'page'}:19: a title without an abstract: the page is cut short"


def test_listing_cut_within_an_abstract_is_said(tmp_path):
    reading = read(HEADING + entry("Reeds", "Jan 2, 2024") + "Rushes\n\nWe count rushes by", tmp_path)
    assert titles(reading) == ["Reeds", "Rushes"]
    assert [problem.line for problem in reading.problems] == [19]


def test_listing_heading_alone_is_a_page_without_papers(tmp_path):
    assert [problem.reason for problem in read(HEADING, tmp_path).problems] == ["a listing page without papers"]


def test_listing_bytes_that_are_no_utf8_cost_one_entry(tmp_path):
    file = tmp_path / "page"
    file.write_bytes((HEADING + entry("Reeds") + entry("Rushes")).encode().replace(b"Reeds\n\nWe", b"Reeds\n\n\xe9"))
    reading = read_papers([file])
    assert titles(reading) == ["Rushes"]
    assert [str(problem) for problem in reading.problems] == [f"{file}:11: not UTF-8"]


def dated(*dates):
    return [DayText(*date) for date in dates]


PAST = [(2024, 1 + n, 5) for n in range(10)]


@pytest.mark.parametrize(
    ("dates", "heading", "year"),
    [
        ([*PAST, (None, 5, 21)], (None, 11, 3), 2025),  # ten of 2024 in print: the page leaves out 2025
        ([*PAST, (2019, 1, 1), (None, 11, 3)], (None, 11, 3), 2025),
        ([*PAST, (None, 5, 21)], None, 2025),
        ([*PAST, (None, 11, 4)], (None, 11, 3), None),  # a day after the page's own
        ([*PAST[:9], (None, 5, 21)], (None, 11, 3), None),  # too few to tell
        ([*PAST, (2025, 1, 1), (None, 5, 21)], (None, 11, 3), None),
        ([(None, 5, 21)], (None, 11, 3), None),
        ([(2023, 1, 1), (None, 5, 21)], (2024, 11, 3), 2024),  # the heading says it
        (
            [(2024, 1, 1), (None, 5, 21)],
            (2024, 11, 3),
            None,
        ),  # but 2024 is printed elsewhere, so it is not the one left out
        (PAST, (None, 11, 3), None),
        ([], None, None),
    ],
)
def test_listing_year_is_told_by_the_page_or_left_open(dates, heading, year):
    assert page_year(dated(*dates), DayText(*heading) if heading else None) == year


def test_listing_dates_without_a_year_keep_their_text(tmp_path):
    text = HEADING + entry("Reeds", "May 21 2") + entry("Rushes", "Jan 2, 2024")
    assert [
        (paper.date, paper.date_text, paper.comment_count)
        for paper in read(text, tmp_path).papers
        if paper.title == "Reeds"
    ] == [(None, "May 21", 2)]
    text += "".join(entry(f"Sedge {n}", f"Jan {n + 1}, 2024", f"{PROSE} {n}.") for n in range(10))
    assert [(paper.date, paper.date_text) for paper in read(text, tmp_path).papers if paper.title == "Reeds"] == [
        ("2025-05-21", "May 21")
    ]
