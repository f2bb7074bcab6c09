"""What the page holds: a selection of the graph as plain JSON values, its nodes placed and ranked.

Everything here is data to the page: names are never markup, and the page makes links from validated identifiers alone.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.identifiers import ARXIV_ID
from kg.layout import arrange
from kg.text import clean
from kg.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import networkx as nx

__all__ = ["arxiv_id", "content", "utf16_offset"]

_ARXIV: Final = re.compile(rf"{ARXIV_ID}(?:v[0-9]{{1,2}})?")
_PAPER: Final = "Paper"
# Where an edge says what a thing is, it holds it closer to its place than one paper's remark does.
_PULL: Final = {"variantOf": 2.0, "broader": 2.0, "partOf": 2.0, "introduces": 1.5}


def content(graph: nx.MultiDiGraph) -> dict[str, Any]:
    """The graph as JSON values: `nodes`, `edges`, and the `texts`, `papers`, `rules` that evidence points into.

    Nodes are sorted by IRI, edges by their ends, predicate and key, so that equal graphs give equal values. An edge's
    evidence is a list of `[text, start, end, paper, rule]`: the first and the last two are positions in those lists,
    the offsets count UTF-16 units as JavaScript does.
    """
    keys = sorted(graph.nodes, key=str)
    number: dict[Hashable, int] = {key: index for index, key in enumerate(keys)}
    links: list[tuple[int, int, str, str, Mapping[str, Any]]] = []
    for source, target, key, attributes in graph.edges(keys=True, data=True):
        predicate = clean(str(attributes.get("predicate", key)))
        links.append((number[source], number[target], predicate, str(key), attributes))
    links.sort(key=lambda link: link[:4])

    degree = [0] * len(keys)
    for source, target, *_ in links:
        degree[source] += 1
        degree[target] += 1
    data = [graph.nodes[key] for key in keys]
    weight = [_weight(attributes, degree[index]) for index, attributes in enumerate(data)]
    radii = [_radius(attributes, weight[index]) for index, attributes in enumerate(data)]
    places = arrange(len(keys), [(a, b, _PULL.get(predicate, 1.0)) for a, b, predicate, _, _ in links], radii)
    by_rank = sorted(range(len(keys)), key=lambda index: (-weight[index], index))
    rank = {index: position for position, index in enumerate(by_rank)}

    tables = _Tables(_Table(), _Table(), _Table())
    return {
        "base": BASE,
        "nodes": [
            _node(index, key, data[index])
            | {"x": places[index].x, "y": places[index].y, "c": places[index].community}
            | {"size": radii[index], "rank": rank[index]}
            for index, key in enumerate(keys)
        ],
        "edges": [
            {"id": f"e{index}", "from": source, "to": target, "p": predicate} | _edge(attributes, tables)
            for index, (source, target, predicate, _, attributes) in enumerate(links)
        ],
        "texts": tables.texts.rows,
        "papers": tables.papers.rows,
        "rules": tables.rules.rows,
    }


def arxiv_id(value: object) -> str | None:
    """The value if it is an arXiv identifier as arXiv writes them, with or without `arXiv:`, else None.

    >>> arxiv_id("arXiv:2106.09685v2"), arxiv_id("cs/0501001"), arxiv_id("2106.09685/../x"), arxiv_id(None)
    ('2106.09685v2', 'cs/0501001', None, None)
    """
    text = re.sub(r"(?i)^arxiv:", "", value.strip()) if isinstance(value, str) else ""
    return text if _ARXIV.fullmatch(text) else None


def utf16_offset(text: str, offset: int) -> int:
    """The offset in code points as JavaScript counts it; beyond the text's ends, the end.

    >>> utf16_offset("a😀b", 2)
    3
    """
    head = text[: max(offset, 0)]
    return len(head) + sum(char > "\uffff" for char in head)


class _Table:
    """Rows kept once each; `row(x)` is the position of x in `rows`."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self._at: dict[Hashable, int] = {}

    def row(self, key: Hashable, value: Any) -> int:
        if key not in self._at:
            self._at[key] = len(self.rows)
            self.rows.append(value)
        return self._at[key]


class _Tables(NamedTuple):
    texts: _Table
    papers: _Table
    rules: _Table


def _short(iri: object) -> str:
    return clean(str(iri)).removeprefix(BASE)


def _weight(attributes: Mapping[str, Any], degree: int) -> float:
    """How early a node's name is shown: by the papers and edges it has; a paper's title, being long, comes later."""
    return degree * 0.3 if attributes.get("kind") == _PAPER else float(max(degree, int(attributes.get("papers") or 0)))


def _radius(attributes: Mapping[str, Any], weight: float) -> float:
    """The drawn radius in pixels, 9 to 48: area grows with weight."""
    if attributes.get("kind") == _PAPER:
        return 9.0
    return round(min(48.0, 8.0 + 4.2 * math.sqrt(max(weight, 0.0))), 1)


def _node(index: int, key: Hashable, attributes: Mapping[str, Any]) -> dict[str, Any]:
    label = clean(str(attributes.get("label") or key))
    kind = clean(str(attributes.get("kind") or "Thing"))
    node: dict[str, Any] = {"id": index, "iri": _short(key), "name": label, "kind": kind}
    if (year := attributes.get("year")) is not None:
        node["year"] = int(year)
    if status := attributes.get("status"):
        node["status"] = clean(str(status))
    if aliases := [name for name in map(clean, attributes.get("aliases") or ()) if name != label]:
        node["aliases"] = list(dict.fromkeys(aliases))
    if papers := attributes.get("papers"):
        node["papers"] = int(papers)
    if arxiv := arxiv_id(attributes.get("arxiv")):
        node["arxiv"] = arxiv
    for name in ("date", "level", "url"):
        if value := attributes.get(name):
            node[name] = clean(str(value))
    return node


def _edge(attributes: Mapping[str, Any], tables: _Tables) -> dict[str, Any]:
    edge: dict[str, Any] = {}
    confidence = attributes.get("confidence")
    if confidence is not None and math.isfinite(confidence):
        edge["conf"] = round(min(max(float(confidence), 0.0), 1.0), 3)
    if (support := attributes.get("support")) is not None:
        edge["n"] = int(support)
    if attributes.get("hedged"):
        edge["hedged"] = True
    if origin := attributes.get("source"):
        edge["source"] = clean(str(origin))
    rows = []
    for evidence in attributes.get("evidence") or ():
        sentence = clean(evidence.sentence)  # one character for one: offsets stay
        start, end = (utf16_offset(sentence, offset) for offset in (evidence.start, evidence.end))
        text = tables.texts.row(sentence, sentence)
        paper = tables.papers.row(evidence.paper, [_short(evidence.paper), clean(evidence.paper_title)])
        rows.append([text, start, max(start, end), paper, tables.rules.row(evidence.rule, clean(evidence.rule))])
    if rows:
        edge["why"] = rows
    return edge
