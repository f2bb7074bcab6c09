from __future__ import annotations

import io
import json

import pytest

from kg.facts import PaperFacts, to_json
from kg.papers import Paper, Sighting, iter_records, read_papers
from kg.papers.sources import LINE_LIMIT


def read(data, tmp_path):
    file = tmp_path / "f"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_papers([file])


def record(title, **more):
    return json.dumps({"title": title, **more})


GOOD = record("Reeds", id="a")
BAD_LINES = [
    (b'{"title": "x"', "not JSON: Expecting ',' delimiter at column 14"),
    (b"title: x", "not JSON: Expecting value at column 1"),
    (b'{"title": "\xff"}', "not UTF-8: byte 0xff at column 12"),
    (b'{"title": "x", "n": NaN}', "not JSON: NaN is not JSON"),
    (b'{"title": "x", "n": -Infinity}', "not JSON: -Infinity is not JSON"),
    (b"[" * 100_000, "JSON nested too deeply"),
    (b'"a text"', "a JSON value that is no object, so no paper"),
    (b'["a", "list"]', "a JSON value that is no object, so no paper"),
    (b'{"name": "x"}', "the record has no title"),
    (b'{"title": 7}', "the title is a number, not text"),
    (b'{"title": "x", "n": ' + b"9" * 5000 + b"}", "not JSON: Exceeds the limit"),
]


@pytest.mark.parametrize(("line", "why"), BAD_LINES, ids=[why for _, why in BAD_LINES])
def test_json_lines_bad_one_is_named_and_costs_itself_alone(line, why, tmp_path):
    reading = read(GOOD.encode() + b"\n\n" + line + b"\n" + record("Rushes", id="b").encode(), tmp_path)
    assert [paper.id for paper in reading.papers] == ["a", "b"]
    (problem,) = reading.problems
    assert (problem.source, problem.line) == (str(tmp_path / "f"), 3)
    assert problem.reason.startswith(why)


def test_json_lines_first_may_be_the_bad_one(tmp_path):
    reading = read('{"title": "cut\n' + GOOD + "\n", tmp_path)
    assert [paper.id for paper in reading.papers] == ["a"]
    assert [problem.line for problem in reading.problems] == [1]


def test_json_lines_no_line_is_held_beyond_the_limit(tmp_path):
    file = tmp_path / "f"
    with file.open("wb") as out:
        out.write(GOOD.encode() + b'\n{"title": "')
        for _ in range(LINE_LIMIT // (1 << 20) + 2):
            out.write(b"x" * (1 << 20))
        out.write(b'"}\n' + record("Rushes", id="b").encode())
    reading = read_papers([file])
    assert [paper.id for paper in reading.papers] == ["a", "b"]
    assert [str(problem) for problem in reading.problems] == [f"{file}:2: a line of over 32 MiB; not read"]


def test_json_lines_without_a_last_line_break(tmp_path):
    assert len(read(GOOD + "\n" + record("Rushes"), tmp_path).papers) == 2


@pytest.mark.parametrize("break_", ["\u2028", "\x85", "\x0c", "\x0b"])
def test_json_lines_end_at_line_feeds_alone(break_, tmp_path):
    line = json.dumps({"title": f"Reeds{break_}and", "abstract": break_}, ensure_ascii=False)
    (paper,) = read(line, tmp_path).papers
    assert len(paper.title) == len("Reeds?and")


def test_json_lone_surrogates_and_nul_do_not_travel_on(tmp_path):
    (paper,) = read('{"title": "a\\u0000b\\ud83d", "abstract": "\\ud83d\\ude00"}', tmp_path).papers
    assert (paper.title, paper.abstract) == ("a\ufffdb\ufffd", "😀")


@pytest.mark.parametrize(
    "wrap",
    [
        "[{0},{1}]",
        "[\n  {0},\n  {1}\n]\n",
        '{{"papers": [{0}, {1}]}}',
        '{{"total": 2, "data": [{0}, {1}], "next": null}}',
        "{0} {1}",
        '[{{"paper": {0}}}, {{"paper": {1}, "numComments": 3}}]',
    ],
)
def test_json_documents_of_any_shape(wrap, tmp_path):
    reading = read(wrap.format(record("Reeds"), record("Rushes")), tmp_path)
    assert sorted(paper.title for paper in reading.papers) == ["Reeds", "Rushes"]
    assert reading.problems == ()


def test_json_document_may_be_one_paper_over_many_lines(tmp_path):
    (paper,) = read(json.dumps({"title": "Reeds", "abstract": "A"}, indent=2), tmp_path).papers
    assert (paper.title, paper.sightings[0].line) == ("Reeds", 1)


def test_json_array_items_know_their_lines_beyond_the_first_stretch(tmp_path):
    items = [{"id": n, "title": f"Reed {n}", "abstract": "x" * 900} for n in range(300)]
    reading = read(json.dumps(items, indent=1), tmp_path)
    assert len(reading.papers) == 300
    assert {paper.id: paper.sightings[0].line for paper in reading.papers} == {str(n): 2 + 5 * n for n in range(300)}


def test_json_array_item_may_be_longer_than_a_stretch(tmp_path):
    reading = read(json.dumps([{"title": "Reeds", "abstract": "x" * 300_000}, {"title": "Rushes"}]), tmp_path)
    assert sorted(len(paper.abstract) for paper in reading.papers) == [0, 300_000]


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ('[{"title": "Reeds"},\n{"title": "Ru', 2, "not JSON: Unterminated string"),
        ('[{"title": "Reeds"},\n', 2, "the file ends within a JSON array"),
        ('[{"title": "Reeds"},\n{"title" "Rushes"}]', 2, "not JSON: Expecting ':' delimiter"),
        ('[{"title": "Reeds"},\n\n 17]', 3, "a JSON value that is no object"),
        ('[{"title": "Reeds"},\n {}]', 2, "the record has no title"),
        ('[{"title": "Reeds"}]\nnonsense', 2, "not JSON: Expecting value"),
    ],
)
def test_json_array_that_breaks_keeps_what_came_before(text, line, why, tmp_path):
    reading = read(text, tmp_path)
    assert [paper.title for paper in reading.papers] == ["Reeds"]
    assert [problem.line for problem in reading.problems] == [line]
    assert reading.problems[0].reason.startswith(why)


def test_json_bytes_that_are_no_utf8_in_an_array_cost_one_item(tmp_path):
    reading = read(b'[{"title": "Reeds"},\n{"title": "\xe9"},\n{"title": "Rushes"}]', tmp_path)
    assert sorted(paper.title for paper in reading.papers) == ["Reeds", "Rushes"]
    assert [str(problem) for problem in reading.problems] == [f"{tmp_path / 'f'}:2: not UTF-8"]


def test_json_our_facts_come_back_as_the_paper_they_are_of(tmp_path):
    paper = Paper(
        id="s1",
        title=" A title\nof two lines",
        abstract="  An abstract.\r\n",
        date="2025-05-21",
        date_text="May 21",
        arxiv="2401.01234",
        doi="10.1234/x",
        url="https://example.org/p",
        authors=("Ada Byron", "B, and C"),
        author_count=12,
        comment_count=0,
        upvotes=3,
        organisation="Heron Lab",
        sightings=(Sighting("page.txt", 13, "Nov 3"), Sighting("x.jsonl", 1)),
    )
    assert read(to_json(PaperFacts(paper)) + "\n", tmp_path).papers == (paper,)


def test_json_records_come_one_at_a_time():
    class Endless(io.RawIOBase):
        def __init__(self):
            self.count = 0
            self.left = b""

        def readable(self):
            return True

        def readinto(self, buffer):
            if not self.left:
                self.left = (json.dumps({"title": f"Reed {self.count}", "abstract": "x" * 500}) + "\n").encode()
                self.count += 1
            part, self.left = self.left[: len(buffer)], self.left[len(buffer) :]
            buffer[: len(part)] = part
            return len(part)

    records = iter_records(["-"], stdin=io.BufferedReader(Endless()))
    assert [next(records).title for _ in range(5)] == [f"Reed {n}" for n in range(5)]
    records.close()
