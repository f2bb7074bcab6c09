from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.papers import Paper, Sighting
from kg.papers.duplicates import counterparts, merge
from kg.papers.references import paper_id, title_id

WORDS = "we count reeds along the river by sonar and show that a small model finds more of them than people do in a day"


def paper(title="Reeds", abstract=WORDS, *, id=None, source="f", line=1, **more):  # noqa: A002
    identifier = paper_id(title, abstract, given=id, arxiv=more.get("arxiv"), doi=more.get("doi"))
    return Paper(identifier, title, abstract, sightings=(Sighting(source, line),), **more)


ONE = [
    ("same text", paper(), paper(source="g")),
    ("spelling of the title", paper(), paper("REEDS!", source="g")),
    ("arXiv identifier", paper(arxiv="2401.01234"), paper("Rushes", "Other text", arxiv="2401.01234", source="g")),
    ("DOI", paper(doi="10.1/x"), paper("Rushes", "Other text", doi="10.1/x", source="g")),
    ("given id and title", paper(id="a"), paper(id="a", abstract="Edited", source="g")),
    ("abstract cut short", paper(), paper(abstract=WORDS[:80] + "…", source="g")),
    ("abstract revised", paper(arxiv="2401.01234"), paper(abstract=WORDS.replace("small", "tiny"), source="g")),
    ("one without abstract", paper(), paper(abstract="", source="g")),
    ("neither with abstract", paper(abstract=""), paper(abstract=" ", source="g")),
    ("different given ids, same text", paper(id="a"), paper(id="b", source="g")),
]
TWO = [
    ("title", paper(), paper("Rushes", source="g")),
    ("one title, other abstracts", paper(), paper(abstract="Nothing in common with it: " + "x y z " * 9, source="g")),
    (
        "one title, near abstracts, other arXiv identifiers",
        paper(arxiv="1"),
        paper(abstract=WORDS.replace("small", "tiny"), arxiv="2", source="g"),
    ),
    ("no abstracts, other arXiv identifiers", paper(abstract="", arxiv="1"), paper(abstract="", arxiv="2", source="g")),
    ("a plus sign", paper("BiDAF"), paper("BiDAF+", source="g")),
    ("given id, other titles", paper(id="17"), paper("Rushes", "Other text", id="17", source="g")),
    ("no letters in the titles", paper("???", ""), paper("!!!", "", source="g")),
]


@pytest.mark.parametrize(("one", "other"), [case[1:] for case in ONE], ids=[case[0] for case in ONE])
def test_duplicates_are_one_paper_with_both_sightings(one, other):
    (merged,), clashes = merge([one, other])
    assert merged.sightings == (Sighting("f", 1), Sighting("g", 1))
    assert clashes == ()
    assert merge([other, one]) == ((merged,), ())


@pytest.mark.parametrize(("one", "other"), [case[1:] for case in TWO], ids=[case[0] for case in TWO])
def test_duplicates_different_papers_stay_two(one, other):
    papers, _ = merge([one, other])
    assert len(papers) == 2
    assert merge([other, one])[0] == papers


def test_duplicates_without_abstract_joins_none_of_two():
    other = "Nothing in common with it: " + "x y z " * 9
    assert len(merge([paper(), paper(abstract=other, source="g"), paper(abstract="", source="h")])[0]) == 3


@pytest.mark.parametrize(
    ("ids", "kept"),
    [
        (("x", "arxiv:1", "doi:10.1/x", "title:0"), "arxiv:1"),
        (("x", "doi:10.1/x", "title:0"), "doi:10.1/x"),
        (("title:0", "x", "b"), "b"),
    ],
)
def test_duplicates_surest_id_is_kept(ids, kept):
    (merged,), _ = merge([replace(paper(source=str(n)), id=identifier) for n, identifier in enumerate(ids)])
    assert merged.id == kept


def test_duplicates_fields_are_the_most_informative():
    (merged,), _ = merge(
        [
            paper(date="2024-05", date_text="May 2024", comment_count=2, author_count=3),
            paper(
                source="g",
                date="2024-05-21",
                date_text="2024-05-21",
                comment_count=5,
                authors=("A", "B", "C"),
                arxiv="2401.01234",
            ),
            paper(
                source="h",
                date="2024-05-22",
                date_text="May 22, 2024",
                upvotes=9,
                doi="10.1/x",
                organisation="Heron Lab",
            ),
        ]
    )
    assert (merged.date, merged.date_text) == ("2024-05-21", "2024-05-21")
    assert (merged.comment_count, merged.upvotes, merged.author_count, merged.authors) == (5, 9, 3, ("A", "B", "C"))
    assert (merged.arxiv, merged.doi, merged.organisation) == ("2401.01234", "10.1/x", "Heron Lab")


def test_duplicates_id_taken_by_another_paper_is_said_and_nothing_lost():
    first, second = paper(id="17"), paper("Rushes", "Other text", id="17", source="g")
    papers, (clash,) = merge([second, first])
    assert [(found.id == "17", found.title) for found in papers] == [(True, "Reeds"), (False, "Rushes")]
    assert (clash.given, clash.owner.title, clash.paper.title) == ("17", "Reeds", "Rushes")


TITLES = st.sampled_from(["Reeds", "reeds", "Rushes", "?"])
ABSTRACTS = st.sampled_from(["", WORDS, WORDS[:80], WORDS.replace("small", "tiny"), "Other text", "x y z " * 9])
PAPERS = st.builds(
    lambda title, abstract, identifier, arxiv, doi, source, line, count: paper(
        title, abstract, id=identifier, arxiv=arxiv, doi=doi, source=source, line=line, comment_count=count
    ),
    TITLES,
    ABSTRACTS,
    st.sampled_from([None, None, "a", "b"]),
    st.sampled_from([None, None, "1", "2"]),
    st.sampled_from([None, None, "10.1/x"]),
    st.sampled_from("fgh"),
    st.integers(1, 40),
    st.none() | st.integers(0, 3),
)


@given(st.lists(PAPERS, max_size=8, unique_by=lambda found: found.sightings), st.randoms(use_true_random=False))
def test_duplicates_order_makes_no_difference(papers, random):
    shuffled = list(papers)
    random.shuffle(shuffled)
    assert merge(papers) == merge(shuffled)


@given(st.lists(PAPERS, max_size=8))
def test_duplicates_no_sighting_is_lost_and_ids_are_unique(papers):
    merged, _ = merge(papers)
    assert {s for found in merged for s in found.sightings} == {s for found in papers for s in found.sightings}
    assert [found.id for found in merged] == sorted({found.id for found in merged})


def test_the_first_of_the_same_papers_is_the_counterpart_of_all():
    first, second, other = (
        paper(arxiv="2401.01234"),
        paper(abstract="Short", arxiv="2401.01234"),
        paper("Rushes", "We wade"),
    )
    assert counterparts([first, second, other]) == [first, first, other]
    assert counterparts([second, other, first]) == [second, other, second]


@pytest.mark.parametrize(
    ("known", "same"),
    [
        (paper(id="demo-reeds", abstract="One sentence."), True),  # demo:reeds and demo-reeds make one IRI
        (paper(id="demo-reeds", title="Rushes", abstract="One sentence."), False),
        (paper(id=title_id("Reeds", ""), abstract="One sentence."), True),
        (paper(id=title_id("Rushes", ""), title="Rushes", abstract="One sentence."), False),
        (paper(id="x", abstract="One sentence."), False),
    ],
    ids=["iri", "iri of another title", "title alone", "another title alone", "another id"],
)
def test_papers_known_in_part_are_recognised(known, same):
    whole = paper(id="demo:reeds")
    assert (counterparts([whole, known])[1] is whole) is same


def test_a_title_that_two_papers_have_says_nothing():
    one, other, bare = (
        paper(id="a", abstract="We wade."),
        paper(id="b"),
        paper(id=title_id("Reeds", ""), abstract="No."),
    )
    assert counterparts([one, other, bare]) == [one, other, bare]
