from __future__ import annotations

import pytest

from kg.papers import read_papers


def read(text, tmp_path):
    file = tmp_path / "f"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_papers([file])


def problems(reading):
    return [(problem.line, problem.reason) for problem in reading.problems]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_tables_delimiters_are_found(delimiter, tmp_path):
    text = delimiter.join(["id", "Title", "abstract"]) + "\n" + delimiter.join(["7", "Reeds", '"a, b; c\td|e"']) + "\n"
    assert [(paper.id, paper.title, paper.abstract) for paper in read(text, tmp_path).papers] == [
        ("7", "Reeds", "a, b; c\td|e")
    ]


BAD = [
    ("b,Rushes", "2 cells, but the header has 3"),
    ("b,Rushes,x,y", "4 cells, but the header has 3"),
    ("b,,x", "the record has no title"),
    ('b,"Rushes,x', "not a row of the table: a quote is opened and never closed"),
    ('b,"Rushes"!,x,y', "not a row of the table: ',' expected after '\"'"),
    ("b,Rush\xe9s,x".encode("latin-1"), "not UTF-8"),
]


@pytest.mark.parametrize(("row", "why"), BAD, ids=[why for _, why in BAD])
def test_tables_bad_row_is_named_and_costs_itself_alone(row, why, tmp_path):
    row = row if isinstance(row, bytes) else row.encode()
    reading = read(b"id,title,abstract\na,Reeds,x\n" + row + b"\nc,Sedges,x\n", tmp_path)
    assert [paper.title for paper in reading.papers] == ["Reeds", "Sedges"]
    assert problems(reading) == [(3, why)]


def test_tables_cells_keep_their_white_space(tmp_path):
    (paper,) = read('title,abstract\n" Reeds ","  a\n\n b "\n', tmp_path).papers
    assert (paper.title, paper.abstract) == (" Reeds ", "  a\n\n b ")


def test_tables_line_of_a_row_is_that_of_its_start(tmp_path):
    reading = read('title,abstract\nReeds,"a\nb\nc"\nRushes,x\n', tmp_path)
    assert sorted((paper.title, paper.sightings[0].line) for paper in reading.papers) == [("Reeds", 2), ("Rushes", 5)]


def test_tables_empty_cells_beyond_the_header_do_no_harm(tmp_path):
    assert [paper.title for paper in read("title,abstract\nReeds,x,,\n", tmp_path).papers] == ["Reeds"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("title,abstract\n", "a table with a header and no rows"),
        ("title,abstract,title\nx,y,z\n", "two columns are called 'title'"),
    ],
)
def test_tables_that_cannot_be_read_say_why(text, why, tmp_path):
    reading = read(text, tmp_path)
    assert reading.papers == ()
    assert [problem.reason for problem in reading.problems] == [why]


@pytest.mark.parametrize("text", ["name of things,abstract\nx,y\n", "titles\nx\n", "title\nx\n"])
def test_tables_need_a_title_and_one_more_column(text, tmp_path):
    assert read(text, tmp_path).problems[0].reason.startswith("not recognised")


def test_tables_arxiv_snapshot_as_csv_is_known(tmp_path):
    (paper,) = read("id,title,categories,update_date\n2401.01234,Reeds,cs.CL,2024-03-04\n", tmp_path).papers
    assert (paper.id, paper.date) == ("arxiv:2401.01234", "2024-03-04")


def test_tables_field_over_the_limit_of_csv_is_named(tmp_path):
    reading = read("title,abstract\nReeds," + "x" * 200_000 + "\nRushes,y\n", tmp_path)
    assert [paper.title for paper in reading.papers] == ["Rushes"]
    assert problems(reading) == [(2, "not a row of the table: field larger than field limit (131072)")]


def test_tables_quotes_between_tabs_may_be_quotes(tmp_path):
    reading = read('title\tabstract\n"Why?" Asks the Reed\t"so\n"Rushes"\tx\n', tmp_path)
    assert sorted((paper.title, paper.abstract) for paper in reading.papers) == [
        ('"Why?" Asks the Reed', '"so'),
        ("Rushes", "x"),
    ]
