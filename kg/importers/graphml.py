"""GraphML that we wrote, or that a tool made of it: attributes are known by name, whatever the tool calls their keys.

Attributes of positions, colours and the like are not looked at. Entities are never expanded, nothing is fetched. What
the format lacks, and an import therefore loses: see `kg.importers.rows`; also scores, the rules that read an edge, and
which words of a sentence said it. A paper that is not among the nodes and whose sentences stand behind an edge is
known by its title alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.handler import ContentHandler

from kg.errors import InputError
from kg.graph import Evidence
from kg.identifiers import Iri, paper_iri
from kg.importers.csv_tables import edge_of, node_of
from kg.importers.problems import RefusalError
from kg.importers.rules import class_of
from kg.papers.references import title_id
from kg.papers.xml_stream import XmlStream
from kg.vocabulary import Class

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from xml.sax.xmlreader import AttributesImpl

    from kg.importers.problems import Problems
    from kg.importers.rows import RowReader
    from kg.papers.sources import Source

__all__ = ["read"]

_DEEPEST: Final = 50
_LONGEST: Final = 1 << 22
"""Characters of the longest value that is read."""


def read(source: Source, rows: RowReader, problems: Problems) -> None:
    """Takes in the nodes and edges of a file; one that cannot be read is among the problems.

    Raises:
        InputError: the file is no GraphML, or declares entities.
    """
    stream = XmlStream(source)
    handler = _Graph(source, rows, problems, lambda: stream.line)
    stream.hand_to(handler)
    while stream.advance():
        pass
    if not handler.elements:
        raise InputError(source.name, None, "no nodes or edges of GraphML in here")
    handler.finish()


class _Graph(ContentHandler):
    def __init__(self, source: Source, rows: RowReader, problems: Problems, line: Callable[[], int]) -> None:
        super().__init__()
        self._source = source
        self.elements = 0
        self._rows = rows
        self._problems = problems
        self._line = line
        self._names: dict[str, str] = {}
        self._iris: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        self._waiting: list[tuple[int, str, str, dict[str, str]]] = []
        self._depth = 0
        self._begun = 0
        self._about: Mapping[str, str] = {}
        self._values: dict[str, str] = {}
        self._key: str | None = None
        self._text: list[str] = []
        self._size = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802  (the interface's name)
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._source.problem(f"elements nested over {_DEEPEST} deep", self._line())
        local = name.rpartition(":")[2]
        if local == "key":
            self._names[attrs.get("id", "")] = attrs.get("attr.name") or attrs.get("id", "")
        elif local in ("node", "edge"):
            self._about, self._values, self._begun = dict(attrs.items()), {}, self._line()
        elif local == "data":
            self._key, self._text, self._size = self._names.get(attrs.get("key", ""), attrs.get("key", "")), [], 0

    def characters(self, content: str) -> None:
        if self._key is not None:
            self._size += len(content)
            if self._size > _LONGEST:
                raise self._source.problem(f"a value of over {_LONGEST:,} characters", self._line())
            self._text.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802
        self._depth -= 1
        local = name.rpartition(":")[2]
        if local == "data" and self._key is not None:
            self._values[self._key], self._key = "".join(self._text), None
        elif local == "node":
            self.elements += 1
            self._node(str(self._about.get("id", "")))
        elif local == "edge":
            self.elements += 1
            ends = str(self._about.get("source", "")), str(self._about.get("target", ""))
            self._waiting.append((self._begun, *ends, self._values))

    def finish(self) -> None:
        """All nodes are in: so are the edges."""
        for line, source, target, values in self._waiting:
            missing = next((end for end in (source, target) if end not in self._iris), None)
            if missing is not None:
                self._problems.add(missing, "an edge ends there, and there is no such node, or it was refused", line)
                continue
            ends = self._iris[source], values.get("predicate", ""), self._iris[target]
            try:
                row = edge_of(values, *ends, tuple(self._evidence(ends[0], values.get("evidence", ""))))
                self._rows.edge(row)
            except RefusalError as refusal:
                self._problems.add(" ".join(ends), str(refusal), line)

    def _node(self, identifier: str) -> None:
        try:
            row = node_of(self._values, "iri")
            self._rows.node(row)
        except RefusalError as refusal:
            self._problems.add(identifier, str(refusal), self._begun)
            return
        self._iris[identifier] = row.iri
        if row.kind == Class.PAPER:
            self._titles[row.iri] = row.label

    def _evidence(self, source: str, text: str) -> Iterator[Evidence]:
        """The sentences of an edge: each ends in its paper's title in brackets. Titles alone are no evidence."""
        if not text:
            return
        title = self._titles.get(source)
        if class_of(source) == Class.PAPER and title is not None:
            mark = f" [{title}]"
            said = [(sentence, title) for sentence in text.removesuffix(mark).split(f"{mark}\n") if text.endswith(mark)]
        else:
            said = list(self._said(text))
        for sentence, of in said:
            paper = Iri(source) if of is title else self._rows.titles.get(of) or paper_iri(title_id(of, ""))
            yield Evidence(paper, of, sentence, 0, len(sentence), sentence, "")

    def _said(self, text: str) -> Iterator[tuple[str, str]]:
        held: list[str] = []
        for line in text.split("\n"):
            held.append(line)
            whole = "\n".join(held)
            if not whole.endswith("]"):
                continue
            parts = whole[:-1].split(" [")
            cuts = [(" [".join(parts[:at]), " [".join(parts[at:])) for at in range(1, len(parts))]
            found = next((cut for cut in cuts if cut[1] in self._rows.titles), cuts[-1] if cuts else None)
            if found:
                yield found
                held = []
