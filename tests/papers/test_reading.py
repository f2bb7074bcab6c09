from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.facts import PaperFacts, to_json
from kg.papers import Paper, Progress, iter_records, read_papers

DATA = Path(__file__).parents[1] / "data" / "papers"
FILES = sorted(DATA.iterdir())
SHARED = Path(__file__).parents[3] / "shared"
SETTINGS = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@settings(SETTINGS, max_examples=15)
@given(st.permutations(FILES))
def test_reading_order_of_inputs_makes_no_difference(files):
    assert read_papers(files) == read_papers(FILES)


def test_reading_a_folder_is_reading_its_files():
    assert read_papers([DATA]) == read_papers(FILES)


def test_reading_papers_written_as_facts_come_back(tmp_path):
    papers = read_papers([DATA]).papers
    (tmp_path / "facts.jsonl").write_text(
        "".join(to_json(PaperFacts(paper)) + "\n" for paper in papers), encoding="utf-8"
    )
    assert read_papers([tmp_path / "facts.jsonl"]).papers == papers


STARTS = [path.read_bytes() for path in FILES]


@st.composite
def damaged(draw):
    data = bytearray(draw(st.sampled_from(STARTS)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 200))
        data[at : at + length] = draw(
            st.binary(max_size=12) | st.sampled_from([b"{", b"}", b'"', b"<", b"\n\n", b"\xff", b"\x00", b"&", b"@a{"])
        )
    return bytes(data)


@SETTINGS
@given(
    st.binary(max_size=300) | damaged() | damaged().map(gzip.compress) | damaged().map(zstandard.compress),
    st.integers(0, 400),
)
def test_reading_any_bytes_raise_nothing_and_are_papers_or_problems(tmp_path, data, cut):
    file = tmp_path / "f"
    for content in (data, data[: len(data) - cut] if cut else data):
        file.write_bytes(content)
        reading = read_papers([file])
        assert reading.papers or reading.problems
        assert all(problem.source == str(file) for problem in reading.problems)
        for paper in reading.papers:
            (paper.text + paper.id).encode()
            assert paper.title.strip()


def test_reading_counts_what_was_seen(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"title": "Reeds"}\n{"title": "reeds"}\nbroken\n')
    reading = read_papers([tmp_path / "a.jsonl", tmp_path / "none"])
    assert (len(reading.papers), reading.entries, reading.sources, len(reading.problems)) == (1, 2, 2, 2)


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "[ ]\n",
        '{"papers": []}',
        "@comment{none}",
        '@string{a = "b"}',
        '<OAI-PMH><record><header status="deleted"/></record></OAI-PMH>',
    ],
)
def test_reading_a_file_without_papers_is_said(text, tmp_path):
    (tmp_path / "f").write_text(text)
    reading = read_papers([tmp_path / "f"])
    assert [problem.reason[:28] for problem in reading.problems] == ["no papers in here, though it"]


def test_reading_of_nothing_is_empty():
    assert read_papers([]).papers == ()


def test_reading_progress_is_told(tmp_path):
    (tmp_path / "a").write_text("".join(f'{{"title": "Reed {n}"}}\n' for n in range(2500)))
    (tmp_path / "b").write_text('{"title": "Rush"}\n')
    told: list[Progress] = []
    read_papers([tmp_path], progress=told.append)
    assert [(step.sources_done, step.sources, step.entries) for step in told] == [
        (0, 2, 0),
        (0, 2, 1000),
        (0, 2, 2000),
        (1, 2, 2500),
    ]


def test_reading_records_keep_the_order_of_the_inputs(tmp_path):
    (tmp_path / "a").write_text('{"title": "Reeds"}\nbroken\n{"title": "Reeds"}\n')
    found = list(iter_records([tmp_path / "none", tmp_path / "a"]))
    assert [type(item) for item in found] == [InputError, Paper, InputError, Paper]


def test_reading_an_id_of_two_papers_is_said_and_both_are_kept(tmp_path):
    (tmp_path / "a").write_text('{"id": 1, "title": "Reeds"}\n{"id": 1, "title": "Rushes"}\n')
    reading = read_papers([tmp_path / "a"])
    assert sorted(paper.title for paper in reading.papers) == ["Reeds", "Rushes"]
    (problem,) = reading.problems
    assert str(problem).startswith(f"{tmp_path / 'a'}:2: id '1' is that of another paper, 'Reeds' ({tmp_path / 'a'}:1)")


@pytest.mark.skipif(not (SHARED / "corpus" / "listings").is_dir(), reason="no ../shared beside this checkout")
def test_reading_saved_pages_gives_their_papers_to_the_character():
    reading = read_papers([SHARED / "corpus" / "listings"])
    assert (reading.entries, len(reading.papers), reading.problems) == (322, 287, ())
    found = {(paper.title, paper.abstract): paper for paper in reading.papers}
    lines = (SHARED / "gold" / "dev.papers.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) >= 100
    for gold in map(json.loads, lines):
        paper = found[gold["title"], gold["abstract"]]
        assert (paper.date_text, paper.author_count, paper.comment_count) == (
            gold.get("date"),
            gold.get("authors"),
            gold.get("comments"),
        )


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="no ../shared beside this checkout")
def test_reading_annotated_papers_keeps_their_ids_and_texts():
    file = SHARED / "gold" / "dev.papers.jsonl"
    expected = [
        (gold["id"], gold["title"], gold["abstract"])
        for gold in map(json.loads, file.read_text(encoding="utf-8").splitlines())
    ]
    assert [(paper.id, paper.title, paper.abstract) for paper in read_papers([file]).papers] == expected


def test_reading_keeps_the_records_around_a_stray_nul(tmp_path):
    lines = [json.dumps({"id": f"n{number}", "title": f"Paper {number}"}).encode() for number in (1, 2, 3)]
    lines[1] = lines[1].replace(b"Paper", b"Pa\x00er")
    (tmp_path / "nul.jsonl").write_bytes(b"\n".join(lines))
    titles = [paper.title for paper in read_papers([tmp_path / "nul.jsonl"]).papers]
    assert titles == ["Paper 1", "Pa\ufffder 2", "Paper 3"]


def test_reading_utf16_without_its_mark_is_refused(tmp_path):
    (tmp_path / "a.json").write_bytes('{"title": "x"}\n{"title": "y"}'.encode("utf-16-le"))
    assert "UTF-16 without its mark" in read_papers([tmp_path / "a.json"]).problems[0].reason
