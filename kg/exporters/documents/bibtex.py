"""BibTeX of the papers, for LaTeX (BibTeX or Biber), Zotero and JabRef, and for `kg build` to read again.

Format: https://www.ctan.org/pkg/bibtex, in UTF-8; `eprint` and `archivePrefix` as arXiv gives them
(https://info.arxiv.org/help/hypertex/bibstyles/index.html). The key is the end of the paper's IRI, e.g.
`arxiv-2106.09685`: it depends on no other paper, and `kg export table -o table.tex` cites it. Keywords are what the
paper introduces, extends, uses and evaluates on, in that order. Signs of LaTeX are escaped, other Unicode is kept; a
formula between dollars stays one where it is plainly harmless (`kg.exporters.documents.markup`). `mlkgid` is our id
of a paper that has neither an arXiv identifier nor a DOI.

Lost: every edge but for the keywords; the day of a date; where a paper was published, which the graph does not know, so
all are `@misc`; white space that is more than one space, controls (U+FFFD). pdfLaTeX knows Latin letters only, for
others use LuaLaTeX or XeLaTeX.
"""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from kg.exporters.documents.markup import latex_text, one_line
from kg.exporters.format import Format, Takes
from kg.exporters.joining import joined
from kg.exporters.rows import Counts
from kg.exporters.sorting import sorted_on_disk
from kg.files import put_text
from kg.identifiers import digest
from kg.vocabulary import FOLDERS, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import BinaryIO

    from kg.exporters.rows import GraphRows, PaperRow

__all__ = ["FORMAT", "key", "write"]

_KEYWORDS: Final = (Predicate.INTRODUCES, Predicate.EXTENDS, Predicate.USES, Predicate.EVALUATES_ON)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UNSAFE: Final = re.compile(r"[^0-9A-Za-z._-]+")
_DATE: Final = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2]))?")
_AND: Final = re.compile(r"\band\b", re.IGNORECASE)
_AS_IS: Final = "!#$%&'()*+,-./:;=?@_[]"
"""What stays in an address and in a DOI: neither BibTeX nor its styles read more than braces and backslashes there."""


def key(paper: str) -> str:
    """The key of the paper with that IRI.

    >>> key("https://w3id.org/mlkg/paper/arxiv-2106.09685")
    'arxiv-2106.09685'
    """
    end = paper.removeprefix(FOLDERS["paper"])
    safe = _UNSAFE.sub("-", end)
    return safe if safe == end else f"{safe[-60:].strip('-')}-{digest(paper)[:10]}"


def write(graph: GraphRows, papers: Iterable[PaperRow], file: BinaryIO) -> Counts:
    """One entry a paper, in the order of their ids; memory grows with the names of nodes alone."""
    places = {paper.iri: place for place, paper in enumerate(papers)}
    entries = joined(enumerate(papers), sorted_on_disk(_keywords(graph, places)), itemgetter(0), itemgetter(0))
    put_text(file, (_entry(paper, [label for *_, label in its]) for (_, paper), its in entries))
    return Counts(rows=len(places))


def _keywords(graph: GraphRows, places: Mapping[str, int]) -> Iterator[tuple[int, int, str]]:
    """The place of a paper, how it speaks of a thing, and the thing's label."""
    labels = {node.iri: node.label for node in graph.nodes()}
    for edge in graph.edges():
        if edge.source in places and edge.predicate in _KEYWORDS:
            yield places[edge.source], _KEYWORDS.index(Predicate(edge.predicate)), labels[edge.target]


def _entry(paper: PaperRow, keywords: Iterable[str]) -> str:
    date = _DATE.match(paper.date or "")
    fields = {
        "title": latex_text(paper.title, names=True),
        "author": " and ".join(map(_author, paper.authors)),
        "year": date[1] if date else "",
        "month": _MONTHS[int(date[2]) - 1] if date and date[2] else "",
        "eprint": _address(paper.arxiv or ""),
        "archivePrefix": "arXiv" if paper.arxiv else "",
        "doi": _address(paper.doi or ""),
        "url": _address(paper.url or (f"https://arxiv.org/abs/{paper.arxiv}" if paper.arxiv else "")),
        "keywords": ", ".join(dict.fromkeys(latex_text(label.replace(",", " ")) for label in keywords)),
        "abstract": latex_text(paper.abstract),
        "mlkgid": "" if paper.arxiv or paper.doi else latex_text(paper.id),
    }
    lines = []
    for name, value in fields.items():
        if value or name == "title":
            lines.append(f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n")  # a month is a macro
    return f"@misc{{{key(paper.iri)},\n{''.join(lines)}}}\n\n"


def _author(name: str) -> str:
    """A name as BibTeX takes it; one that it would take apart is held together by braces."""
    written = latex_text(name)
    return f"{{{written}}}" if "," in name or _AND.search(name) else written


def _address(address: str) -> str:
    return quote(one_line(address), safe=_AS_IS)


FORMAT: Final = Format(
    "bibtex",
    "application/x-bibtex",
    ".bib",
    "https://www.ctan.org/pkg/bibtex",
    "the papers: LaTeX, Zotero, JabRef",
    (Takes.GRAPH, Takes.PAPERS),
    write,
)
