from __future__ import annotations

import pytest

from kg.papers import read_papers


def read(data, tmp_path):
    file = tmp_path / "f"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_papers([file])


ENTRY = "<entry><id>http://arxiv.org/abs/2401.01234v1</id><title>Reeds</title><summary>We count.</summary></entry>\n"


def atom(*entries):
    return '<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n' + "".join(entries) + "</feed>"


BOMB = '<!DOCTYPE f [\n<!ENTITY a "ha">\n<!ENTITY b "&a;&a;&a;&a;">\n]>\n<feed><entry><title>&b;</title></entry></feed>'
OUTSIDE = '<?xml version="1.0"?>\n<!DOCTYPE f [<!ENTITY x SYSTEM "file:///etc/hostname">]>\n<feed><entry><title>&x;</title></entry></feed>'


@pytest.mark.parametrize(("text", "line"), [('<?xml version="1.0"?>\n' + BOMB, 3), (OUTSIDE, 2)])
def test_xml_entities_are_refused_where_they_are_declared(text, line, tmp_path):
    reading = read(text, tmp_path)
    assert reading.papers == ()
    assert [str(problem) for problem in reading.problems] == [
        f"{tmp_path / 'f'}:{line}: the XML declares entities, which is never read"
    ]


def test_xml_doctype_elsewhere_is_refused_and_not_fetched(tmp_path):
    text = atom(ENTRY).replace("<feed", '<!DOCTYPE feed SYSTEM "http://192.0.2.1/feed.dtd"><feed')
    assert [str(problem) for problem in read(text, tmp_path).problems] == [
        f"{tmp_path / 'f'}:2: the XML declares a reference outside the file, which is never read"
    ]


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        (atom(ENTRY, "<entry><title>Cut"), 4, "not XML: mismatched tag"),
        (atom(ENTRY).removesuffix("</feed>"), 4, "not XML: no element found"),
        (atom(ENTRY, "<entry><title>a & b</title></entry>"), 4, "not XML: not well-formed (invalid token)"),
        (atom(ENTRY, "<entry><title>&undefined;</title></entry>"), 4, "not XML: undefined entity"),
        (atom(ENTRY, "<entry>" + "<b>" * 200), 4, "elements nested over 100 deep"),
    ],
)
def test_xml_that_breaks_keeps_what_came_before(text, line, why, tmp_path):
    reading = read(text, tmp_path)
    assert [paper.id for paper in reading.papers] == ["arxiv:2401.01234"]
    assert [problem.line for problem in reading.problems] == [line]
    assert reading.problems[0].reason.startswith(why)


def test_xml_record_without_title_is_named(tmp_path):
    reading = read(atom(ENTRY, "<entry><id>x</id><summary>A</summary></entry>"), tmp_path)
    assert [str(problem) for problem in reading.problems] == [f"{tmp_path / 'f'}:4: the record has no title"]


def test_xml_bytes_that_are_no_utf8_are_named(tmp_path):
    reading = read(atom(ENTRY, "<entry><title>X</title></entry>").encode().replace(b"X", b"\xff"), tmp_path)
    assert [problem.line for problem in reading.problems] == [4]


def test_xml_declared_encoding_holds(tmp_path):
    text = '<?xml version="1.0" encoding="ISO-8859-1"?><feed><entry><title>Zoë</title></entry></feed>'
    assert [paper.title for paper in read(text.encode("latin-1"), tmp_path).papers] == ["Zoë"]


@pytest.mark.parametrize("encoding", ["UTF-9", "shift_jis", "idna", "hex"])
def test_xml_encoding_that_cannot_be_read_is_said(encoding, tmp_path):
    (problem,) = read(f'<?xml version="1.0" encoding="{encoding}"?><feed>{ENTRY}</feed>', tmp_path).problems
    assert problem.reason.startswith("not XML: ")


def test_xml_of_something_else_is_said(tmp_path):
    (problem,) = read('<?xml version="1.0"?><svg><g/></svg>', tmp_path).problems
    assert problem.reason.startswith("XML without papers")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            '<OAI-PMH>\n<error code="noRecordsMatch">nothing on that day</error></OAI-PMH>',
            "the server answered with an error: noRecordsMatch: nothing on that day",
        ),
        (
            atom("<entry><id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>bad id</summary></entry>"),
            "arXiv answered with an error: bad id",
        ),
    ],
)
def test_xml_errors_of_servers_are_no_papers(text, why, tmp_path):
    reading = read(text, tmp_path)
    assert reading.papers == ()
    assert reading.problems[0].reason.startswith(why)


def test_xml_other_feeds_lose_their_tags(tmp_path):
    text = atom(
        "<entry><id>tag:x</id>"
        '<title type="html">On &lt;i&gt;Reeds&lt;/i&gt;</title>'
        "<summary>x &lt; y &lt;p&gt;and&lt;/p&gt;</summary></entry>"
    )
    (paper,) = read(text, tmp_path).papers
    assert (paper.title, paper.abstract) == ("On Reeds", "x < y and")
    assert paper.id.startswith("title:")


def test_xml_title_cut_by_comments_and_sections_is_whole(tmp_path):
    (paper,) = read(atom("<entry><title>Re<!-- x -->eds <![CDATA[<&>]]></title></entry>"), tmp_path).papers
    assert paper.title == "Reeds <&>"
