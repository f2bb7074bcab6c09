from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.papers.records import RecordError, clean, from_mapping, person_names


def read(**record):
    return from_mapping(record, "f", 1)


@pytest.mark.parametrize("text", ["  two  spaces ", "line\nbreak", "tab\tand\r\nreturn", "é e\u0301 ﬁ 𝔸"])
def test_records_plain_text_is_kept_to_the_character(text):
    paper = read(title=f"T{text}", abstract=text)
    assert (paper.title, paper.abstract) == (f"T{text}", text)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [("a\x00b", "a\ufffdb"), ("a\x0cb", "a b"), ("\ud800x", "\ufffdx"), ("\ufffe", "\ufffd"), ("a\tb\n", "a\tb\n")],
)
def test_records_forbidden_characters_are_replaced_one_for_one(text, cleaned):
    assert clean(text) == cleaned
    assert read(title="T", abstract=text).abstract == cleaned


@given(st.text(st.characters()))
def test_records_clean_keeps_length_and_is_idempotent(text):
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    assert clean(cleaned) == cleaned
    cleaned.encode()


@pytest.mark.parametrize(
    ("record", "why"),
    [
        ({}, "the record has no title"),
        ({"title": None, "abstract": "A"}, "the record has no title"),
        ({"title": " \n"}, "the record has no title"),
        ({"title": 3}, "the title is a number, not text"),
        ({"title": True}, "the title is true or false, not text"),
        ({"title": ["T"]}, "the title is a list, not text"),
        ({"title": "T", "abstract": {"en": "A"}}, "the abstract is an object, not text"),
        ({"title": "T", "id": ["x"]}, "the id is a list, not text or a whole number"),
        ({"title": "T", "id": 1.5}, "the id is a number, not text or a whole number"),
    ],
)
def test_records_that_are_none_say_why(record, why):
    with pytest.raises(RecordError, match=f"^{why}$"):
        read(**record)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"id": "s000"}, "s000"),
        ({"id": 17}, "17"),
        ({"id": "2106.09685"}, "2106.09685"),  # a plain record does not say that this is arXiv's
        ({"id": "", "doi": "10.1234/X"}, "doi:10.1234/x"),
        ({"url": "https://arxiv.org/abs/2106.09685v2"}, "arxiv:2106.09685"),
        ({"arxiv_id": "2106.09685v2"}, "arxiv:2106.09685"),
        ({"doi": "10.48550/arXiv.2106.09685"}, "arxiv:2106.09685"),
        ({"paperId": "abc", "externalIds": {"ArXiv": "2106.09685"}}, "abc"),
        ({"id": "2106.09685v3", "authors_parsed": []}, "arxiv:2106.09685"),
    ],
)
def test_records_are_called_as_their_source_calls_them(record, expected):
    assert read(title="T", **record).id == expected


def test_records_arxiv_identifier_is_known_beside_a_given_id():
    assert read(title="T", id="arxiv:2106.09685").arxiv == "2106.09685"
    assert read(title="T", id="abc", externalIds={"ArXiv": "2106.09685", "DOI": "10.1/x"}).arxiv == "2106.09685"


@pytest.mark.parametrize(
    ("record", "date", "date_text"),
    [
        ({"date": "Sep 7, 2024"}, "2024-09-07", "Sep 7, 2024"),
        ({"date": "May 21"}, None, "May 21"),
        ({"year": 2021}, "2021", "2021"),
        ({"date": "in press", "year": 2021}, "2021", "in press"),
        ({"date": {"$date": 1}, "published": "2020-01"}, "2020-01", "2020-01"),
        ({"date": "2025-05-21", "date_text": "May 21"}, "2025-05-21", "May 21"),
        ({}, None, None),
    ],
)
def test_records_dates_keep_their_text(record, date, date_text):
    paper = read(title="T", **record)
    assert (paper.date, paper.date_text) == (date, date_text)


@pytest.mark.parametrize(
    ("record", "counts"),
    [
        ({"authors": 3, "comments": 4}, (3, 4, None)),
        ({"authors": ["A", "B"], "upvotes": "7"}, (2, None, 7)),
        ({"comments": "12 pages, 3 figures", "authors": -1}, (None, None, None)),
        ({"authors": True, "comments": []}, (None, None, None)),
    ],
)
def test_records_counts_are_whole_numbers_or_nothing(record, counts):
    paper = read(title="T", **record)
    assert (paper.author_count, paper.comment_count, paper.upvotes) == counts


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (["Ada Byron", " Alan  Turing "], ("Ada Byron", "Alan Turing")),
        ("Ada Byron; Alan Turing", ("Ada Byron", "Alan Turing")),
        ("Byron, Ada and Turing, Alan", ("Byron, Ada", "Turing, Alan")),
        ([{"first": "Ada", "last": "Byron"}, {"name": "Alan Turing"}], ("Ada Byron", "Alan Turing")),
        ([["Byron", "Ada", "III"]], ("Ada Byron III",)),
        ([1, None, {}, []], ()),
        ({"name": "x"}, ()),
        (3, ()),
    ],
)
def test_records_names_in_any_form(value, names):
    assert person_names(value) == names


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["title", "name", "DOI"]) | st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = [
    *("id", "title", "abstract", "summary", "date", "year", "versions", "authors", "authors_parsed", "author", "paper"),
    *("externalIds", "doi", "arxiv", "url", "comments", "upvotes", "organization", "sightings", "date_text"),
    *("update_date", "categories", "publishedAt", "numComments"),
]


@given(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=8))
def test_records_any_object_is_a_paper_or_says_why_not(record):
    try:
        paper = from_mapping(record, "f", 1)
    except RecordError:
        return
    assert paper.title.strip()
    assert paper.id
    (paper.text + paper.id + (paper.date_text or "") + (paper.url or "") + "".join(paper.authors)).encode()
