from __future__ import annotations

import html
import json
from pathlib import Path

import pytest

from kg.papers import read_papers

DATA = Path(__file__).parents[1] / "data" / "papers"


def read(text, tmp_path):
    file = tmp_path / "f"
    file.write_text(text, encoding="utf-8")
    return read_papers([file])


def test_html_articles_have_all_that_the_page_says():
    papers = {paper.arxiv: paper for paper in read_papers([DATA / "listing_articles.html"]).papers}
    first, second = papers["2401.01234"], papers["2305.04321"]
    assert (first.author_count, first.comment_count, first.upvotes, first.date) == (3, 4, 31, "2024-01-02")
    assert (second.author_count, second.comment_count, second.date, second.date_text) == (
        2,
        None,
        "2023-05-21",
        "May 21, 2023",
    )
    assert "correctly & find that 120 items < 1%" in second.abstract
    assert [paper.sightings[0].line for paper in (first, second)] == [5, 11]
    assert first.sightings[0].listed == "Nov 3"


def test_html_data_of_the_page_goes_before_its_articles():
    (paper,) = read_papers([DATA / "listing_props.html"]).papers
    assert (paper.authors[0], paper.upvotes, paper.comment_count, paper.organisation) == (
        "Ada Plume",
        31,
        4,
        "Heron Lab",
    )
    assert (paper.sightings[0].line, paper.sightings[0].listed) == (9, "Nov 3")


@pytest.mark.parametrize("data", ["{", "[[[", json.dumps({"a": [{"b": 1}]}), "[" * 100_000])
def test_html_data_that_is_of_no_use_leaves_the_articles(data, tmp_path):
    page = (
        f'<!doctype html><div data-props="{html.escape(data)}"></div><article><h3>Reeds</h3><p>We count.</p></article>'
    )
    assert [(paper.title, paper.abstract) for paper in read(page, tmp_path).papers] == [("Reeds", "We count.")]


def test_html_scripts_are_no_text(tmp_path):
    page = "<html><article><h3>Reeds<script>alert('x')</script></h3><p>We <style>p{}</style>count.</p></article></html>"
    (paper,) = read(page, tmp_path).papers
    assert (paper.title, paper.abstract) == ("Reeds", "We count.")


def test_html_markup_written_as_text_stays_text(tmp_path):
    (paper,) = read(
        "<html><article><h3>&lt;script&gt; Considered</h3><p>A &amp;lt; B</p></article></html>", tmp_path
    ).papers
    assert (paper.title, paper.abstract) == ("<script> Considered", "A &lt; B")


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><p>Nothing here</p></body></html>",
        "<!DOCTYPE html>",
        "<html><article></article></html>",
        "<div><![if x]></div>",
    ],
)
def test_html_without_papers_is_said(page, tmp_path):
    reading = read(page, tmp_path)
    assert reading.papers == ()
    assert reading.problems
    assert all(problem.source == str(tmp_path / "f") for problem in reading.problems)


def test_html_cut_short_keeps_the_articles_that_are_whole(tmp_path):
    page = "<html><article><h3>Reeds</h3><p>We count.</p></article><article><h3>Rush"
    assert [paper.title for paper in read(page, tmp_path).papers] == ["Reeds"]
