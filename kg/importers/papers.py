"""A paper's record and the stretches of its text, as RDF has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.identifiers import PaperId, paper_iri
from kg.importers.ids import paper_id_of
from kg.importers.problems import RefusalError
from kg.papers.paper import Paper, Sighting
from kg.text import Span, clean
from kg.vocabulary import PREFIXES, Property

if TYPE_CHECKING:
    from kg.importers.triples import Subject

__all__ = ["TITLE", "record", "stretch"]

TITLE: Final = f"{PREFIXES['dcterms']}title"
_ABSTRACT, _DATE, _CREATOR, _IDENTIFIER = (
    PREFIXES["dcterms"] + name for name in ("abstract", "date", "creator", "identifier")
)
_URL: Final = PREFIXES["schema"] + "url"
_ARXIV: Final = PREFIXES["fabio"] + "hasArXivId"
_SEEN: Final = re.compile(r"(?P<source>.*?)(?::(?P<line>[0-9]+))?(?: \((?P<listed>.*)\))?", re.DOTALL)


def record(held: Subject) -> Paper:
    """The paper that a subject is.

    Raises:
        RefusalError: it is none, or its identifier is another paper's.
    """
    title = held.text(TITLE) or ""
    given = held.text(_IDENTIFIER)
    identifier = PaperId(given) if given else paper_id_of(held.iri)
    if identifier is None or paper_iri(identifier) != held.iri:
        raise RefusalError(
            f"the paper of the identifier {identifier!r} has another IRI: {paper_iri(PaperId(given or '?'))}"
        )
    return Paper(
        id=identifier,
        title=title,
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


def _sighting(text: str) -> Sighting:
    """`page.txt:3 (May 4)` as it was; a text that would read differently again is the name of a source."""
    match = _SEEN.fullmatch(text)
    assert match is not None
    line = match["line"] or "0"
    if line != str(int(line[:12])) or (match["line"] and line == "0") or match["listed"] == "":
        return Sighting(text)
    return Sighting(match["source"], int(line), match["listed"])


def stretch(about: Subject, text: str) -> Span:
    """The stretch of a mention or a piece of evidence.

    Raises:
        RefusalError: its offsets do not cut its quote out of the text.
    """
    start, end = about.whole(Property.START.iri), about.whole(Property.END.iri)
    if start is None or end is None or not 0 <= start <= end <= len(text):
        raise RefusalError(f"mlkg:start {start} and mlkg:end {end} are no stretch of a text of {len(text)} characters")
    quote = about.text(Property.QUOTE.iri)
    if quote is not None and clean(text[start:end]) != quote:
        raise RefusalError(f"mlkg:quote is {quote!r}, but the text from {start} to {end} is {text[start:end]!r}")
    return Span(start, end)
