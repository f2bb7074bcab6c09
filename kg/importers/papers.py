"""A paper's record and the stretches of its text: as RDF has them, and what of them has to hold in any format."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.identifiers import PaperId, paper_iri
from kg.importers.problems import RefusalError
from kg.papers.dates import iso_date
from kg.papers.paper import Paper, Sighting
from kg.papers.references import bare_arxiv_id, doi
from kg.text import Span, clean
from kg.vocabulary import BASE, PREFIXES, Property

if TYPE_CHECKING:
    from kg.identifiers import Iri
    from kg.importers.subject import Subject

__all__ = ["TITLE", "check", "identifier", "paper_id_of", "record", "stretch"]

TITLE: Final = f"{PREFIXES['dcterms']}title"
_ABSTRACT, _DATE, _CREATOR, _IDENTIFIER = (
    PREFIXES["dcterms"] + name for name in ("abstract", "date", "creator", "identifier")
)
_URL: Final = PREFIXES["schema"] + "url"
_ARXIV: Final = PREFIXES["fabio"] + "hasArXivId"
_ADDRESS: Final = re.compile(r"https?://\S+")
_SCHEMES: Final = ("arxiv", "doi", "title")
_SEEN: Final = re.compile(r"(?P<source>.*?)(?::(?P<line>[0-9]+))?(?: \((?P<listed>.*)\))?", re.DOTALL)


def record(held: Subject) -> Paper:
    """The paper that a subject is.

    Raises:
        RefusalError: it is none, or its identifier is another paper's.
    """
    paper = Paper(
        id=identifier(held.iri, held.text(_IDENTIFIER)),
        title=held.text(TITLE) or "",
        abstract=held.text(_ABSTRACT) or "",
        date=held.text(_DATE),
        date_text=held.text(Property.DATE_TEXT.iri),
        arxiv=held.text(_ARXIV),
        doi=held.text(Property.DOI.iri),
        url=held.text(_URL),
        authors=tuple(held.texts(_CREATOR)),
        author_count=held.whole(Property.AUTHOR_COUNT.iri),
        comment_count=held.whole(Property.COMMENT_COUNT.iri),
        upvotes=held.whole(Property.UPVOTES.iri),
        organisation=held.text(Property.AFFILIATION.iri),
        sightings=tuple(
            sorted(map(_sighting, held.texts(Property.SEEN_IN.iri)), key=lambda s: (s.source, s.line, s.listed or ""))
        ),
    )
    check(paper)
    return paper


def identifier(iri: str, given: str | None = None) -> PaperId:
    """The id of the paper with that IRI: the one that is given, else what the IRI says.

    Raises:
        RefusalError: the one that is given makes another IRI, or none is and the IRI does not say it.
    """
    if given:
        if paper_iri(PaperId(given)) != iri:
            raise RefusalError(f"the paper of the identifier {given!r} has another IRI: {paper_iri(PaperId(given))}")
        return PaperId(given)
    told = paper_id_of(iri)
    if told is None:
        raise RefusalError(
            "the id of the paper cannot be told from its IRI: give it as dcterms:identifier, or in papers.csv"
        )
    return told


def paper_id_of(iri: Iri | str) -> PaperId | None:
    """An id whose IRI this is, best the one it was made from; None where the id cannot be told any more.

    >>> paper_id_of("https://w3id.org/mlkg/paper/arxiv-2106.09685")
    'arxiv:2106.09685'
    """
    path = iri.removeprefix(f"{BASE}paper/")
    scheme, _, rest = path.partition("-")
    candidates = [PaperId(f"{scheme}:{rest}")] if scheme in _SCHEMES else []
    return next((one for one in (*candidates, PaperId(path)) if paper_iri(one) == iri), None)


def check(paper: Paper) -> None:
    """Returns where the paper is such as `kg build` reads.

    Raises:
        RefusalError: it has no title, or a date, an address or an identifier that is none.
    """
    if not paper.title.strip():
        raise RefusalError("the paper has no title")
    if paper.date is not None and iso_date(paper.date) != paper.date:
        raise RefusalError(f"{paper.date!r} is no date: 2024, 2024-05 or 2024-05-20")
    for name, value, reads in (("arXiv id", paper.arxiv, bare_arxiv_id), ("DOI", paper.doi, doi)):
        if value is not None and reads(value) != value:
            raise RefusalError(f"{value!r} is no {name}{f', write {reads(value)}' if reads(value) else ''}")
    if paper.url is not None and not _ADDRESS.fullmatch(paper.url):
        raise RefusalError(f"{paper.url!r} is no address: https://...")


def _sighting(text: str) -> Sighting:
    """`page.txt:3 (May 4)` as it was; a text that would read differently again is the name of a source."""
    match = _SEEN.fullmatch(text)
    assert match is not None
    line = match["line"] or "0"
    if line != str(int(line[:12])) or (match["line"] and line == "0") or match["listed"] == "":
        return Sighting(text)
    return Sighting(match["source"], int(line), match["listed"])


def stretch(start: int | None, end: int | None, quote: str | None, text: str) -> Span:
    """The stretch of a text.

    Raises:
        RefusalError: the offsets do not cut the quote, where there is one, out of the text.
    """
    if start is None or end is None or not 0 <= start <= end <= len(text):
        raise RefusalError(f"start {start} and end {end} are no stretch of a text of {len(text)} characters")
    if quote is not None and clean(text[start:end]) != quote:
        raise RefusalError(f"the quote is {quote!r}, but the text from {start} to {end} is {text[start:end]!r}")
    return Span(start, end)
