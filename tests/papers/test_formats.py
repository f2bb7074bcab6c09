from __future__ import annotations

import gzip
from pathlib import Path

import pytest
import zstandard

from kg.papers import read_papers
from kg.papers.formats import FORMATS, recognise, why_not

DATA = Path(__file__).parents[1] / "data" / "papers"
TITLE = "Plover: Patching Language Models Without Gradients"
ABSTRACT = (
    "We present Plover, which edits facts in a frozen language model by patching two layers. "
    "On the TinyFacts benchmark Plover reaches 61.3% with 7B parameters."
)
AUTHORS = ("Ada Plume", "Björn Fjäder", "Chen Yu")
# every file tells of the same paper; what it says of id, date and authors differs
FILES = {
    "atom.xml": ("arxiv:2401.01234", "2024-01-02", AUTHORS),
    "daily_api.json": ("arxiv:2401.01234", "2024-01-02", AUTHORS),
    "feed.rss": ("arxiv:2401.01234", "2024-01-02", AUTHORS),
    "listing.txt": ("title:fb0315114376", "2024-01-02", ()),
    "listing_articles.html": ("arxiv:2401.01234", "2024-01-02", ()),
    "listing_plain.html": ("title:fb0315114376", "2024-01-02", ()),
    "listing_props.html": ("arxiv:2401.01234", "2024-01-02", AUTHORS),
    "oai_arxiv.xml": ("arxiv:2401.01234", "2024-01-02", AUTHORS),
    "oai_dc.xml": ("arxiv:2401.01234", "2024-01-02", AUTHORS),
    "oai_raw.xml": ("arxiv:2401.01234", "2024-01-02", AUTHORS),
    "records.json": ("arxiv:2401.01234", "2024", ()),
    "records.jsonl": ("plover", "2024-01-02", ()),
    "refs.bib": ("arxiv:2401.01234", "2024-01", AUTHORS),
    "snapshot.jsonl": ("arxiv:2401.01234", "2024-01-02", AUTHORS),
    "table.csv": ("p1", "2024", AUTHORS),
    "table.tsv": ("p1", "2024-01-02", ()),
}


def test_formats_every_sample_file_is_tested():
    assert sorted(path.name for path in DATA.iterdir()) == sorted(FILES)


@pytest.mark.parametrize("name", FILES)
def test_formats_each_gives_the_same_title_and_abstract(name):
    reading = read_papers([DATA / name])
    assert reading.problems == ()
    paper = next(paper for paper in reading.papers if paper.title == TITLE)
    assert paper.abstract == ABSTRACT
    assert (paper.id, paper.date, paper.authors) == FILES[name]
    assert all(sighting.line > 0 for sighting in paper.sightings)


def test_formats_are_all_covered_by_the_samples():
    used = {recognise((DATA / name).read_bytes()).name for name in FILES}
    assert used == {known.name for known in FORMATS}


def test_formats_all_files_together_are_one_paper():
    reading = read_papers([DATA])
    (paper,) = (paper for paper in reading.papers if paper.title == TITLE)
    assert len(paper.sightings) == len(FILES)
    assert (paper.id, paper.doi, paper.date, paper.authors) == (
        "arxiv:2401.01234",
        "10.1234/plover.1",
        "2024-01-02",
        AUTHORS,
    )
    assert (paper.comment_count, paper.upvotes, paper.organisation) == (4, 31, "Heron Lab")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "pack", [gzip.compress, zstandard.compress, lambda data: gzip.compress(zstandard.compress(data))]
)
def test_formats_packed_is_read_alike(name, pack, tmp_path):
    (tmp_path / "plain").write_bytes((DATA / name).read_bytes())
    plain = read_papers([tmp_path / "plain"])
    (tmp_path / "plain").write_bytes(pack((DATA / name).read_bytes()))
    assert read_papers([tmp_path / "plain"]) == plain


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_formats_other_encodings_are_read_alike(name, encoding, tmp_path):
    text = (DATA / name).read_text(encoding="utf-8")
    if encoding != "utf-8-sig":
        text = text.replace('encoding="UTF-8"', 'encoding="UTF-16"')
    file = tmp_path / "file"
    file.write_bytes((DATA / name).read_bytes())
    plain = read_papers([file])
    file.write_bytes(text.encode(encoding))
    assert read_papers([file]) == plain


@pytest.mark.parametrize("name", FILES)
def test_formats_windows_line_breaks_are_read_alike(name, tmp_path):
    file = tmp_path / "file"
    file.write_bytes((DATA / name).read_bytes())
    plain = read_papers([file])
    file.write_bytes((DATA / name).read_bytes().replace(b"\n", b"\r\n"))
    windows = read_papers([file])
    strip = [(paper.id, paper.title, paper.abstract.replace("\r\n", "\n"), paper.sightings) for paper in windows.papers]
    if (
        name != "table.csv"
    ):  # there a cell holds a line break, which is text and kept: another text, another fingerprint
        assert windows == plain
    assert [row[1:] for row in strip] == [(paper.title, paper.abstract, paper.sightings) for paper in plain.papers]


@pytest.mark.parametrize(
    ("head", "why"),
    [
        (b"", "the file is empty"),
        (b" \n\n", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\x00", "no papers in here: a PNG picture"),
        (b"%PDF-1.7\n", "no papers in here: a PDF; papers are read from their title and abstract"),
        (b"SQLite format 3\x00", "no papers in here: an SQLite database"),
        (b"PK\x03\x04\x00", "no papers in here: a ZIP archive; unpack it"),
        ("Titel".encode("utf-16-le"), "a binary file, or UTF-16 without its mark: save it as UTF-8"),
        (b"Dear reader,\n\nthis is a letter.\n", "not recognised as any of: JSON or JSON lines, "),
    ],
)
def test_formats_what_is_none_of_them_is_said(head, why, tmp_path):
    (tmp_path / "f").write_bytes(head)
    (problem,) = read_papers([tmp_path / "f"]).problems
    assert recognise(head) is None
    assert why_not(head).startswith(why)
    assert str(problem).startswith(f"{tmp_path / 'f'}: {why}")
