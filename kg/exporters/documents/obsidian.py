"""An Obsidian vault: a note for each paper and thing, linked as the graph is, with the sentences behind the links.

Format: https://help.obsidian.md/obsidian-flavored-markdown. A folder a kind; a note begins with its properties
(`aliases`, `kind`, `tags`, `year`, `arxiv`, `iri`, ...; https://help.obsidian.md/properties), then comes its name, of a
paper the authors and the abstract, and a section for each predicate with links to other notes, quoted sentences below
each. Links are written once, where the edge begins: the other end is in Obsidian's Backlinks. A note `<kind> index`
lists a kind, what most papers speak of first; `Index` lists those. No name of a note is used twice, whatever the case
of its letters, so a vault can be moved into another as a folder, and Markdown in titles and sentences is shown, not
obeyed.

Lost: scores and mentions; weights and confidence of edges; signs in names of files, which keep to what every system
takes; white space that is more than one space, controls (U+FFFD); `[[` and `<%` in properties get a space between.
"""

from __future__ import annotations

import json
import re
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.exporters.documents.markup import markdown_text, one_line
from kg.exporters.file_names import portable_name
from kg.exporters.format import Format, Takes
from kg.exporters.joining import joined
from kg.exporters.rows import Counts
from kg.exporters.sorting import sorted_on_disk
from kg.files import put_text
from kg.identifiers import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kg.exporters.rows import EdgeRow, GraphRows, NodeRow, PaperRow

__all__ = ["FORMAT", "write_folder"]

_INDEX: Final = "Index"
_UPPER: Final = re.compile("[A-Z]")
_EXTENSION: Final = re.compile(r"\.md$", re.IGNORECASE)
_COMMAND: Final = re.compile(r"(?<=\[)(?=\[)|(?<=<)(?=%)")
"""Links and commands of Templater work in properties too, and nothing can be escaped there."""
_NOT_SHOWN: Final = re.compile(r"[\[\]|\\`*<>#~^=${}%]")
"""What could be markup in the text of a link, where nothing can be escaped."""
_SHOWN: Final = 200
"""Characters of a label that a link shows."""
_ABSTRACTS: Final = 5_000
"""Abstracts that are sorted in memory at a time, some 10 MB."""


def write_folder(graph: GraphRows, papers: Iterable[PaperRow], folder: Path) -> dict[str, Counts]:
    """The vault lies in the folder; memory grows with the names of nodes alone."""
    notes = _notes(graph)
    known = (paper for paper in papers if paper.iri in notes)
    texts = sorted_on_disk(((paper.iri, paper.authors, paper.abstract) for paper in known), _ABSTRACTS)
    with_edges = joined(graph.nodes(), graph.edges(), attrgetter("iri"), attrgetter("source"))
    edges = 0
    for (node, its), text in joined(with_edges, texts, lambda each: each[0].iri, itemgetter(0)):
        edges += len(its)
        _write(folder / portable_name(node.kind) / f"{notes[node.iri].name}.md", _lines(node, its, text, notes))
    _write_indices(graph, notes, folder)
    return {f"{_INDEX}.md": Counts(nodes=len(notes), edges=edges)}


class _Note(NamedTuple):
    """A note: the name of its file without `.md`, and a link to it."""

    name: str
    link: str


def _notes(graph: GraphRows) -> dict[str, _Note]:
    """The note of each node: called as its label, as far as files can be, then with its kind, then with a hash."""
    taken = {name.casefold() for name in (_INDEX, *(_index(node.kind) for node in graph.nodes()))}
    notes = {}
    for node in graph.nodes():
        plain = _EXTENSION.sub(" md", portable_name(node.label))
        for more in ("", f" ({portable_name(node.kind)})", f" ({digest(node.iri)[:12]})"):
            name = plain + more
            if name.casefold() not in taken:
                break
        taken.add(name.casefold())
        shown = one_line(_NOT_SHOWN.sub(" ", node.label))[:_SHOWN]
        notes[node.iri] = _Note(name, f"[[{name}]]" if shown in ("", name) else f"[[{name}|{shown}]]")
    return notes


def _lines(node: NodeRow, edges: Sequence[EdgeRow], text: Sequence[Any], notes: Mapping[str, _Note]) -> Iterator[str]:
    """The lines of a node's note."""
    authors, abstract = text[0][1:] if text else ((), "")
    properties: dict[str, str | int | Sequence[str] | None] = {
        "aliases": list(dict.fromkeys((node.label, *node.aliases))),
        "kind": node.kind,
        "tags": [f"mlkg/{portable_name(node.kind).lower().replace(' ', '-')}"],
        "status": node.status,
        "level": node.level,
        "year": node.year,
        "papers": node.papers,
        "date": node.date,
        "arxiv": node.arxiv,
        "authors": list(authors),
        "url": node.url if (node.url or "").startswith(("https://", "http://")) else None,
        "iri": node.iri,
    }
    yield "---\n"
    for key, value in properties.items():
        if value is not None and value != []:
            yield f"{key}: {_yaml(value)}\n"
    yield f"---\n\n# {markdown_text(node.label)}\n"
    if authors:
        yield f"\n{', '.join(map(markdown_text, authors))}\n"
    if abstract:
        yield f"\n{markdown_text(abstract)}\n"
    for predicate, its in groupby(sorted(edges, key=attrgetter("predicate")), attrgetter("predicate")):
        yield f"\n## {_UPPER.sub(_lower, predicate).capitalize()}\n\n"
        for edge in its:
            yield f"- {notes[edge.target].link}\n"
            yield "  >\n".join(f"  > {quote}\n" for quote in _quotes(edge, notes))


def _quotes(edge: EdgeRow, notes: Mapping[str, _Note]) -> Iterator[str]:
    """What papers say of an edge, with a link to the paper where it is not the note's own."""
    for one in edge.evidence:
        said = [markdown_text(one.sentence)] if one.sentence else []
        if one.paper != edge.source:
            said.append(f"({notes[one.paper].link if one.paper in notes else markdown_text(one.paper_title)})")
        if said:
            yield " ".join(said)


def _write_indices(graph: GraphRows, notes: Mapping[str, _Note], folder: Path) -> None:
    """A list of each kind, what most papers speak of first, and a list of those lists."""
    listed = sorted_on_disk((node.kind, -node.papers, one_line(node.label), node.iri) for node in graph.nodes())
    kinds = []
    for kind, group in groupby(listed, itemgetter(0)):
        kinds.append(_index(kind))
        _write(folder / f"{_index(kind)}.md", (_entry(notes[iri], -papers) for _, papers, _, iri in group))
    _write(folder / f"{_INDEX}.md", (f"- [[{kind}]]\n" for kind in kinds))


def _entry(note: _Note, papers: int) -> str:
    return f"- {note.link}: {papers:,} papers\n" if papers > 1 else f"- {note.link}\n"


def _write(path: Path, pieces: Iterable[str]) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        put_text(file, pieces)


def _yaml(value: str | int | Sequence[str]) -> str:
    """JSON on one line, which YAML 1.2 includes; nothing in it is a link or a command."""
    if isinstance(value, int):
        return str(value)
    texts = [_COMMAND.sub(" ", one_line(text)) for text in ([value] if isinstance(value, str) else value)]
    return json.dumps(texts[0] if isinstance(value, str) else texts, ensure_ascii=False)


def _lower(letter: re.Match[str]) -> str:
    return f" {letter[0].lower()}"


def _index(kind: str) -> str:
    return f"{portable_name(kind)} index"


FORMAT: Final = Format(
    "obsidian",
    "text/markdown",
    "",
    "https://help.obsidian.md/obsidian-flavored-markdown",
    "a folder of linked notes: Obsidian",
    (Takes.GRAPH, Takes.PAPERS),
    write_folder=write_folder,
    names_vary=True,
)
