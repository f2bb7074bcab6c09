"""XML on its way to a handler."""

from xml.sax.handler import ContentHandler

import pytest

from kg.errors import InputError
from kg.papers.sources import open_source
from kg.papers.xml_stream import XmlStream


class Names(ContentHandler):
    def __init__(self):
        super().__init__()
        self.names = []

    def startElement(self, name, attrs):  # noqa: N802, ARG002  (the interface's name)
        self.names.append(name)


def names_in(path):
    source = open_source(str(path))
    with source.stream:
        stream, handler = XmlStream(source), Names()
        stream.hand_to(handler)
        pieces = []
        while piece := stream.advance():
            pieces.append(piece)
        assert stream.advance() == b""
        return handler.names, b"".join(pieces)


def test_a_handler_is_given_the_whole_file(tmp_path):
    text = "<a>" + "<b/>" * 50_000 + "</a>"
    (tmp_path / "f").write_text(text, encoding="utf-8")
    names, pieces = names_in(tmp_path / "f")
    assert len(names) == 50_001
    assert pieces == text.encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_declaration_that_speaks_of_bytes_no_longer_there_is_dropped(tmp_path, encoding):
    text = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>\n<ä/>'
    (tmp_path / "f").write_text(text, encoding=encoding)
    assert names_in(tmp_path / "f")[0] == ["ä"]


BROKEN = {
    "entities": ('<!DOCTYPE a [\n<!ENTITY b "c">]><a/>', ":2: the XML declares entities"),
    "outside": ('<!DOCTYPE a SYSTEM "http://x.org/a.dtd"><a/>', ":1: the XML declares a reference outside"),
    "no xml": ("<a>\n<b", ":2: not XML: unclosed token"),
    "encoding": ('<?xml version="1.0" encoding="utf-7"?><a/>', ":1: not XML: .*encoding"),
}


@pytest.mark.parametrize(("text", "reason"), BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_is_named_with_its_line(tmp_path, text, reason):
    (tmp_path / "f").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=reason):
        names_in(tmp_path / "f")
