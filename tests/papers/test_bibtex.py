from __future__ import annotations

import logging

import pytest

from kg.papers import read_papers

GOOD = "@article{a,\n  title = {Reeds},\n  year = 2021\n}\n"


def read(text, tmp_path):
    file = tmp_path / "f"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_papers([file])


BAD = [
    ("@article{b,\n  title = {Rushes\n}\n", "not a BibTeX entry: a brace is opened and never closed"),
    ("@article{b, title {Rushes}}\n", "not a BibTeX entry: it does not parse"),
    ("@article{b, title = }\n", "not a BibTeX entry: it does not parse"),
    ("@article{b, title = nowhere}\n", "not a BibTeX entry: UndefinedString"),
    ("@article{b, title = {" + "{" * 3000 + "}" * 3000 + "}}\n", "not a BibTeX entry: braces nested too deeply"),
    ("@article{b, year = 2020}\n", "entry 'b': the record has no title"),
]


@pytest.mark.parametrize(("entry", "why"), BAD, ids=[why for _, why in BAD])
def test_bibtex_bad_entry_is_named_and_costs_itself_alone(entry, why, tmp_path, capfd, caplog):
    with caplog.at_level(logging.CRITICAL, logger="bibtexparser"):
        reading = read(GOOD + "\n" + entry + GOOD.replace("Reeds", "Sedges"), tmp_path)
    assert sorted(paper.title for paper in reading.papers) == ["Reeds", "Sedges"]
    assert [problem.line for problem in reading.problems] == [6]
    assert reading.problems[0].reason.startswith(why)
    assert capfd.readouterr() == ("", "")


def test_bibtex_bytes_that_are_no_utf8_cost_one_entry(tmp_path):
    reading = read(GOOD.encode() + GOOD.encode().replace(b"Reeds", b"R\xe9eds"), tmp_path)
    assert [paper.title for paper in reading.papers] == ["Reeds"]
    assert [str(problem) for problem in reading.problems] == [f"{tmp_path / 'f'}:5: not UTF-8"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("eprint = {2106.09685}, archivePrefix = {arXiv}", "arxiv:2106.09685"),
        ("eprint = {2106.09685v2}", "arxiv:2106.09685"),
        ("url = {https://arxiv.org/abs/2106.09685}", "arxiv:2106.09685"),
        (
            "volume = {abs/2106.09685}, journal = {CoRR}, eprinttype = {arXiv}, eprint = {2106.09685}",
            "arxiv:2106.09685",
        ),
        ("doi = {10.1234/ABC}", "doi:10.1234/abc"),
        ("eprint = {x12}, archivePrefix = {hal}", "title:"),
    ],
)
def test_bibtex_ids_are_those_the_world_knows(fields, expected, tmp_path):
    (paper,) = read(f"@article{{key, title = {{Reeds}}, {fields}}}", tmp_path).papers
    assert paper.id.startswith(expected)


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year = 2021, month = jun", "2021-06"),
        ("year = {2021}, month = {June}", "2021-06"),
        ("year = 2021, month = 6", "2021-06"),
        ("date = {2021-06-17}", "2021-06-17"),
        ("year = {2021}", "2021"),
        ("year = {in press}", None),
    ],
)
def test_bibtex_dates(fields, date, tmp_path):
    (paper,) = read(f"@misc{{key, title = {{Reeds}}, {fields}}}", tmp_path).papers
    assert paper.date == date


def test_bibtex_strings_hold_for_later_entries(tmp_path):
    text = '@string{lead = "Reeds"}\n@article{a, title = lead # " and Rushes"}\n'
    assert [paper.title for paper in read(text, tmp_path).papers] == ["Reeds and Rushes"]


def test_bibtex_white_space_means_nothing(tmp_path):
    (paper,) = read(
        "@article{a," + " \n\t" * 20_000 + "title = {Reeds\n\n   and" + " " * 20_000 + "Rushes}}", tmp_path
    ).papers
    assert paper.title == "Reeds and Rushes"


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Byron, Ada and Alan Turing", ("Ada Byron", "Alan Turing")),
        ("{Reed, Rush and Sons} and Byron, Ada", ("Reed, Rush and Sons", "Ada Byron")),
        ("King, Jr., Martin", ("Martin King Jr.",)),
        ("{von Neumann}, John", ("John von Neumann",)),
        (", and Byron,", ("Byron",)),
    ],
)
def test_bibtex_authors(author, names, tmp_path):
    (paper,) = read(f"@misc{{key, title = {{Reeds}}, author = {{{author}}}}}", tmp_path).papers
    assert paper.authors == names


def test_bibtex_our_own_id_is_kept(tmp_path):
    (paper,) = read("@misc{key, title = {Reeds}, mlkgid = {pond\\_2024:7}}", tmp_path).papers
    assert paper.id == "pond_2024:7"
