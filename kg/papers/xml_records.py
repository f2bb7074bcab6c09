"""XML: arXiv's Atom feeds and RSS, and OAI-PMH with `oai_dc`, `arXiv` or `arXivRaw` records.

https://info.arxiv.org/help/api/user-manual.html, https://info.arxiv.org/help/oa/index.html. Files of any size are
read a record at a time. Entities are never expanded and nothing outside the file is ever fetched: a file that
declares entities is refused at that line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.sax.handler import ContentHandler

from kg.errors import InputError
from kg.papers.records import RecordError, from_mapping
from kg.papers.references import arxiv_id, bare_arxiv_id, doi
from kg.papers.sources import LINE_LIMIT, MIB
from kg.papers.xml_stream import XmlStream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Final
    from xml.sax.xmlreader import AttributesImpl

    from kg.papers.paper import Paper
    from kg.papers.sources import Source

__all__ = ["is_xml", "read_xml"]

_DEEPEST: Final = 100
_RECORDS: Final = frozenset({"entry", "record", "item"})
_XML = re.compile(
    r"\s*(?:<\?xml\b|<!--|<(?:\w+:)?(?:feed|OAI-PMH|ListRecords|GetRecord|rss|RDF|entry|records?|collection|metadata)\b)"
)
_ANNOUNCED = re.compile(r"\s*arXiv:\S+ Announce Type: \S+\s+(?:Abstract:)?\s*")
_TAG = re.compile(r"<[a-zA-Z/][^<>]*>")


def is_xml(head: str) -> bool:
    """Whether a file starting so is XML; ask after HTML, which may start in the same way."""
    return _XML.match(head) is not None


def read_xml(source: Source) -> Iterator[Paper | InputError]:
    """The papers of an XML file in its order, and what could not be read."""
    stream = XmlStream(source)
    handler = _Records(source, lambda: stream.line)
    stream.hand_to(handler)
    failure: InputError | None = None
    count = 0
    more = True
    while more and failure is None:
        try:
            more = bool(stream.advance())
        except InputError as error:
            failure = error
        source.line = stream.line
        for node in handler.take():
            count += 1
            yield from _paper(node, source)
    if failure is not None:
        yield failure
        return
    if not count:
        yield source.problem("XML without papers: neither Atom, RSS nor OAI-PMH records are in it")


@dataclass(slots=True)
class _Node:
    """An element: its name without prefix, its attributes, its own text and its elements."""

    name: str
    line: int
    attrs: dict[str, str]
    parts: list[str] = field(default_factory=list)
    nodes: list[_Node] = field(default_factory=list)

    def all(self, name: str) -> list[_Node]:
        return [node for node in self.nodes if node.name == name]

    def text(self, name: str) -> str:
        """The text of the first such element, white space collapsed; empty without one."""
        return next((node.own for node in self.nodes if node.name == name), "")

    @property
    def own(self) -> str:
        return " ".join("".join(self.parts).split())


class _Records(ContentHandler):
    """Builds the elements of one record at a time and nothing of what is around them."""

    def __init__(self, source: Source, line: Callable[[], int]) -> None:
        super().__init__()
        self._source = source
        self._line = line
        self._done: list[_Node] = []
        self._open: list[_Node] = []
        self._size = 0

    def take(self) -> list[_Node]:
        done, self._done = self._done, []
        return done

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802  (SAX's name)
        local = name.rpartition(":")[2]
        if self._open or local in _RECORDS or (local == "error" and "code" in attrs):
            node = _Node(local, self._line(), {key.rpartition(":")[2]: value for key, value in attrs.items()})
            if self._open:
                self._open[-1].nodes.append(node)
            self._open.append(node)
            if len(self._open) > _DEEPEST:
                raise self._source.problem(f"elements nested over {_DEEPEST} deep; not read further", self._line())

    def characters(self, content: str) -> None:
        if self._open:
            self._size += len(content)
            if self._size > LINE_LIMIT:
                raise self._source.problem(f"a record of over {LINE_LIMIT // MIB} MiB; not read further", self._line())
            self._open[-1].parts.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802, ARG002
        if self._open:
            node = self._open.pop()
            if not self._open:
                self._size = 0
                self._done.append(node)


def _paper(node: _Node, source: Source) -> Iterator[Paper | InputError]:
    if node.name == "error":
        yield source.problem(f"the server answered with an error: {node.attrs['code']}: {node.own}", node.line)
        return
    try:
        if node.name == "record":
            data = _from_oai(node)
            if data is None:  # a deleted record is no paper and no mistake
                return
        elif node.name == "entry":
            data = _from_atom(node)
        else:
            data = _from_rss(node)
        yield from_mapping(data, source.name, node.line, from_arxiv="arxiv" in data)
    except RecordError as error:
        yield source.problem(str(error), node.line)


def _from_atom(entry: _Node) -> dict[str, Any]:
    identifier = entry.text("id")
    if "/api/errors" in identifier:
        raise RecordError(f"arXiv answered with an error: {entry.text('summary')}")
    links = {
        link.attrs.get("title", link.attrs.get("rel", "alternate")): link.attrs.get("href", "")
        for link in entry.all("link")
    }
    summary = entry.text("summary") or entry.text("content")
    data: dict[str, Any] = {
        "title": _plain(entry.text("title")),
        "abstract": _plain(summary),
        "date": entry.text("published") or entry.text("updated"),
        "authors": [person.text("name") for person in entry.all("author")],
        "doi": entry.text("doi") or doi(links.get("doi", "")),
        "url": identifier if identifier.startswith("http") else links.get("alternate"),
    }
    if found := arxiv_id(identifier) or arxiv_id(links.get("alternate", "")):
        data["arxiv"] = found
    return data


def _from_rss(item: _Node) -> dict[str, Any]:
    creators = [name for node in item.all("creator") for name in node.own.split(", ")]
    data: dict[str, Any] = {
        "title": _plain(item.text("title")),
        "abstract": _ANNOUNCED.sub("", _plain(item.text("description")), count=1),
        "date": item.text("pubDate") or item.text("date"),
        "authors": creators or [node.own for node in item.all("author")],
        "url": item.text("link"),
    }
    if found := arxiv_id(item.text("guid")) or arxiv_id(item.text("link")):
        data["arxiv"] = found
    return data


def _from_oai(record: _Node) -> dict[str, Any] | None:
    header = next(iter(record.all("header")), record)
    if header.attrs.get("status") == "deleted":
        return None
    metadata = next(iter(record.all("metadata")), record)
    inner = next((node for node in metadata.nodes if node.name in ("dc", "arXiv", "arXivRaw")), metadata)
    identifier = header.text("identifier")
    if inner.name == "dc":
        written = [node.own for node in inner.all("identifier")]
        described = [node.own for node in inner.all("description") if not node.own.startswith("Comment: ")]
        data: dict[str, Any] = {
            "title": inner.text("title"),
            "abstract": described[0] if described else "",
            "date": min((node.own for node in inner.all("date") if node.own), default=""),  # the first version's
            "authors": [_forenames_first(node.own) for node in inner.all("creator")],
            "doi": next((found for text in written if (found := doi(text))), None),
            "url": next((text for text in written if text.startswith("http")), None),
        }
        found = arxiv_id(identifier) or next((found for text in written if (found := arxiv_id(text))), None)
    else:
        people = [node for group in inner.all("authors") for node in group.all("author")]
        versions = inner.all("version")
        data = {
            "title": inner.text("title"),
            "abstract": inner.text("abstract"),
            "date": (versions[0].text("date") if versions else "") or inner.text("created"),
            "authors": [f"{person.text('forenames')} {person.text('keyname')}" for person in people]
            or inner.text("authors"),
            "doi": inner.text("doi"),
        }
        found = bare_arxiv_id(inner.text("id")) or arxiv_id(identifier)
    if found:
        data["arxiv"] = found
    return data


def _forenames_first(name: str) -> str:
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma else name


def _plain(text: str) -> str:
    """The text without the tags that feeds of other publishers put into titles and abstracts."""
    return _TAG.sub("", text) if "<" in text else text
