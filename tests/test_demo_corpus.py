"""The demo corpus: well formed, in order, and in our own words."""

from __future__ import annotations

import json
import pathlib
import re
from typing import Any

import pytest

ROOT = pathlib.Path(__file__).parents[1]
CORPUS = ROOT / "kg/demo/papers.jsonl"
OTHER_ABSTRACTS = ROOT / "../shared/corpus/abstracts"

REQUIRED_KEYS = {"abstract", "date", "id", "title"}
OPTIONAL_KEYS = {"arxiv", "authors"}

#: New-style arXiv identifier: YYMM, a dot, four digits until 2014 and five since.
ARXIV_ID = re.compile(r"(?P<yy>\d\d)(?P<mm>0[1-9]|1[0-2])\.\d{4,5}")
#: A month, or a day where it is known: "2021-06", "2021-06-17".
DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?")
#: Papers that arXiv does not have: "demo:alexnet-2012".
DEMO_ID = re.compile(r"demo:[a-z0-9-]+-(?P<year>\d{4})")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
WORD = re.compile(r"\w+")

#: Sentences shorter than this are not anybody's ("We evaluate it on GLUE.").
LONG_SENTENCE = 8

Paper = dict[str, Any]


def read_lines() -> list[str]:
    """Lines of the corpus, without their ends."""
    return CORPUS.read_bytes().decode("utf-8").splitlines()


def read_papers() -> list[Paper]:
    """Papers of the corpus, in the order of the file."""
    return [json.loads(line) for line in read_lines()]


def sentences(text: str) -> list[str]:
    """Sentences of an abstract: no abbreviation in the corpus ends in a period."""
    return SENTENCE_END.split(text)


def words(text: str) -> tuple[str, ...]:
    """Words of a text, lower case and without punctuation."""
    return tuple(WORD.findall(text.lower()))


def test_demo_corpus_has_enough_papers() -> None:
    """Holds at least 150 papers."""
    assert len(read_papers()) >= 150


def test_demo_corpus_ends_with_newline() -> None:
    """Every line is ended, none is empty."""
    text = CORPUS.read_bytes().decode("utf-8")

    assert text.endswith("}\n")
    assert "\n\n" not in text


def test_demo_corpus_lines_are_canonical() -> None:
    """Every line is JSON with sorted keys and unescaped UTF-8."""
    odd = [
        number
        for number, line in enumerate(read_lines(), start=1)
        if line != json.dumps(json.loads(line), ensure_ascii=False, sort_keys=True)
    ]

    assert odd == []


def test_demo_corpus_keys_are_closed() -> None:
    """No paper lacks a required key or has an unknown one."""
    odd = [paper["id"] for paper in read_papers() if not REQUIRED_KEYS <= paper.keys() <= REQUIRED_KEYS | OPTIONAL_KEYS]

    assert odd == []


def test_demo_corpus_values_have_their_types() -> None:
    """Everything is a non-empty, trimmed string, and the number of authors positive."""
    odd = [
        (paper["id"], key)
        for paper in read_papers()
        for key, value in paper.items()
        if not (
            type(value) is int and value > 0
            if key == "authors"
            else isinstance(value, str) and value and value == " ".join(value.split())
        )
    ]

    assert odd == []


def test_demo_corpus_ids_are_sorted_and_unique() -> None:
    """Papers stand in the order of their ids, each once."""
    ids = [paper["id"] for paper in read_papers()]

    assert ids == sorted(set(ids))


def test_demo_corpus_ids_agree_with_arxiv() -> None:
    """The id is made of the arXiv id, or of a name and a year where there is none."""
    odd = [
        paper["id"]
        for paper in read_papers()
        if not (
            ARXIV_ID.fullmatch(paper["arxiv"]) and paper["id"] == f"arxiv:{paper['arxiv']}"
            if "arxiv" in paper
            else DEMO_ID.fullmatch(paper["id"])
        )
    ]

    assert odd == []


def test_demo_corpus_is_mostly_on_arxiv() -> None:
    """Only a handful of papers have no arXiv id."""
    assert sum("arxiv" not in paper for paper in read_papers()) <= 8


def test_demo_corpus_titles_are_unique() -> None:
    """No two papers share a title, whatever its case."""
    titles = [paper["title"].casefold() for paper in read_papers()]

    assert len(titles) == len(set(titles))


def test_demo_corpus_dates_are_months_or_days() -> None:
    """Dates are YYYY-MM or YYYY-MM-DD."""
    odd = [paper["id"] for paper in read_papers() if not DATE.fullmatch(paper["date"])]

    assert odd == []


def test_demo_corpus_year_agrees_with_id() -> None:
    """The year of the date is the one in the id."""
    odd = []
    for paper in read_papers():
        arxiv = ARXIV_ID.fullmatch(paper.get("arxiv", ""))
        demo = DEMO_ID.fullmatch(paper["id"])
        year = f"20{arxiv['yy']}" if arxiv else demo and demo["year"]
        if paper["date"][:4] != year:
            odd.append((paper["id"], paper["date"]))

    assert odd == []


def test_demo_corpus_month_without_day_is_that_of_arxiv_id() -> None:
    """A bare month is read off the arXiv id (a known day may be the last of the month before)."""
    odd = [
        (paper["id"], paper["date"])
        for paper in read_papers()
        if "arxiv" in paper
        and len(paper["date"]) == len("YYYY-MM")
        and paper["date"] != f"20{paper['arxiv'][:2]}-{paper['arxiv'][2:4]}"
    ]

    assert odd == []


def test_demo_corpus_abstracts_have_three_to_six_sentences() -> None:
    """Abstracts are neither a line nor a page."""
    odd = [
        (paper["id"], len(sentences(paper["abstract"])))
        for paper in read_papers()
        if not 3 <= len(sentences(paper["abstract"])) <= 6
    ]

    assert odd == []


def test_demo_corpus_sentences_begin_and_end() -> None:
    """Every sentence begins with a capital, a digit or a quote and ends with a mark."""
    odd = [
        (paper["id"], sentence)
        for paper in read_papers()
        for sentence in sentences(paper["abstract"])
        if not (sentence[0].isupper() or sentence[0].isdigit() or sentence[0] == '"') or sentence[-1] not in ".!?"
    ]

    assert odd == []


def test_demo_corpus_abstracts_are_long_enough() -> None:
    """No abstract has fewer than 200 characters."""
    odd = [paper["id"] for paper in read_papers() if len(paper["abstract"]) < 200]

    assert odd == []


def test_demo_corpus_repeats_no_sentence_of_its_own() -> None:
    """No sentence stands in two abstracts."""
    found = [sentence for paper in read_papers() for sentence in sentences(paper["abstract"])]

    assert len(found) == len(set(found))


@pytest.mark.skipif(
    not OTHER_ABSTRACTS.is_dir(),
    reason="no published abstracts beside the checkout (../shared/corpus/abstracts)",
)
def test_demo_corpus_copies_no_sentence() -> None:
    """No sentence of eight words or more occurs in a published abstract."""
    ours: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for paper in read_papers():
        for sentence in map(words, sentences(paper["abstract"])):
            if len(sentence) >= LONG_SENTENCE:
                ours.setdefault(sentence[:LONG_SENTENCE], []).append(sentence)

    read = 0
    copied = set()
    for path in sorted(OTHER_ABSTRACTS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            theirs = words(json.loads(line)["abstract"])
            read += 1
            for start in range(len(theirs) - LONG_SENTENCE + 1):
                for sentence in ours.get(theirs[start : start + LONG_SENTENCE], ()):
                    if theirs[start : start + len(sentence)] == sentence:
                        copied.add(" ".join(sentence))

    assert read >= 1000, "the published abstracts are gone: nothing was compared"
    assert sorted(copied) == []
