"""One foreign record to one paper: names of fields, types of values, identifiers, dates.

Plain records keep title and abstract exactly as they are, because offsets are counted into them; where the format
wraps lines (arXiv's snapshot, the Daily Papers API) white space is collapsed. Either way a character that XML cannot
hold (NUL, other controls, lone surrogates) is replaced by one that it can, one for one, so that offsets stay and no
later stage has to care.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kg.papers.dates import iso_date
from kg.papers.paper import Paper, Sighting
from kg.papers.references import arxiv_id, bare_arxiv_id, doi, paper_id
from kg.text import clean as writable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["RecordError", "clean", "from_mapping", "has_broken_bytes", "is_record", "person_names"]

_TITLE = ("title", "paper_title")
_ABSTRACT = ("abstract", "summary", "paper_abstract")
_DATE = ("date", "publishedAt", "published", "publicationDate", "publication_date", "created", "year", "update_date")
_ARXIV = ("arxiv", "arxiv_id", "arxivId", "eprint")
_URL = ("url", "link", "pdf_url", "paper_url")
_ADDRESS = re.compile(r"https?://\S+")
_CONTROL_SPACE = re.compile("[\x0b\x0c\x1c-\x1f]")


_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")


class RecordError(ValueError):
    """Why a record is no paper. Never leaves this package: the reader adds file and line."""


def clean(text: str) -> str:
    r"""The text without what no file of ours can hold, as long as before: white space becomes a space, the rest U+FFFD.

    >>> clean("fi\x0cne \x00 \ud800")
    'fi ne � �'
    """
    return writable(_CONTROL_SPACE.sub(" ", text))


def has_broken_bytes(text: str) -> bool:
    """Whether a text that was decoded with `surrogateescape` holds bytes that are not UTF-8."""
    return not text.isascii() and _ESCAPED_BYTE.search(text) is not None


def is_record(value: object) -> bool:
    """Whether a JSON value looks like a paper in any of the shapes that `from_mapping` takes."""
    if not isinstance(value, dict):
        return False
    return any(key in value for key in _TITLE) or isinstance(value.get("paper"), dict)


def from_mapping(data: Mapping[str, Any], source: str, line: int, *, from_arxiv: bool = False) -> Paper:
    """The paper of a JSON object or a table's row.

    `from_arxiv` says that the format is arXiv's own, so that a bare number is an arXiv identifier; arXiv's snapshot
    and the Daily Papers API are known by their fields and need no telling. A title is required and a missing abstract
    is empty; a field beside them whose type nobody can read as that field (a number for `doi`) counts as absent.

    Raises:
        RecordError: no title, or a title, abstract or id of a type that cannot be one.
    """
    page: Mapping[str, Any] = {}
    inner = data.get("paper")
    if isinstance(inner, dict) and "title" in inner:
        page, data, from_arxiv = data, inner, True
    elif _is_snapshot(data) or ("summary" in data and "publishedAt" in data):
        from_arxiv = True
    title, abstract = _text(data, _TITLE), _text(data, _ABSTRACT)
    if from_arxiv:
        title, abstract = " ".join(title.split()), " ".join(abstract.split())
    if not title or title.isspace():
        raise RecordError("the record has no title")
    given = _given_id(data)
    url = next((value for value in _texts(data, _URL) if _ADDRESS.match(value)), None)
    arxiv, published = _identifiers(data, given, url, from_arxiv=from_arxiv)
    if from_arxiv and arxiv:
        given = f"arxiv:{arxiv}"
    date_text = _date_text(data)
    parsed = data.get("authors_parsed")
    names = person_names(parsed if isinstance(parsed, list) and parsed else data.get("authors") or data.get("author"))
    recorded = _sightings(data.get("sightings"))
    return Paper(
        id=paper_id(title, abstract, given=given, arxiv=arxiv, doi=published),
        title=title,
        abstract=abstract,
        date=_iso(data),
        date_text=date_text,
        arxiv=arxiv,
        doi=published,
        url=clean(url) if url else None,
        authors=names,
        author_count=_count(data.get("author_count"), data.get("authors"), len(names) or None),
        comment_count=_count(data.get("comment_count"), page.get("numComments"), data.get("comments")),
        upvotes=_count(data.get("upvotes"), page.get("upvotes")),
        organisation=_organisation(data, page),
        sightings=recorded or (Sighting(source, line),),
    )


def person_names(value: object) -> tuple[str, ...]:
    """Names of people in any form that records have: a list of names or of objects, one text, arXiv's parsed triples.

    >>> person_names([["Balázs", "C.", ""]]), person_names("Ada Byron and Alan Turing")
    (('C. Balázs',), ('Ada Byron', 'Alan Turing'))
    """
    if isinstance(value, str):
        for between in (" and ", ";", ","):
            if between in value:
                return person_names(value.split(between))
        value = [value]
    if not isinstance(value, list):
        return ()
    names: list[str] = []
    for person in value:
        written: object = person
        if isinstance(person, dict):
            first_last = [part for part in (person.get("first"), person.get("last")) if isinstance(part, str)]
            written = person.get("name") or person.get("fullname") or " ".join(first_last)
        elif isinstance(person, list):  # last name, first names, suffix
            parts = [part for part in person[:3] if isinstance(part, str)]
            written = " ".join([*parts[1:2], *parts[:1], *parts[2:]])
        if isinstance(written, str) and (name := " ".join(clean(written).split())):
            names.append(name)
    return tuple(names)


def _is_snapshot(data: Mapping[str, Any]) -> bool:
    return "authors_parsed" in data or ("update_date" in data and "categories" in data)


def _texts(data: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[str]:
    """The values of those keys that are texts."""
    for key in keys:
        if isinstance(value := data.get(key), str):
            yield value


def _identifiers(
    data: Mapping[str, Any], given: str | None, url: str | None, *, from_arxiv: bool
) -> tuple[str | None, str | None]:
    """The arXiv identifier and the DOI of a record, each from the field that is surest of it."""
    ids = data.get("externalIds")  # Semantic Scholar
    other = ids if isinstance(ids, dict) else {}
    written_doi = next((value for place in (data, other) for value in _texts(place, ("doi", "DOI"))), "")
    found = [
        *map(bare_arxiv_id, _texts(data, _ARXIV)),
        *map(bare_arxiv_id, _texts(other, ("ArXiv",))),
        (bare_arxiv_id if from_arxiv else arxiv_id)(given or ""),
        arxiv_id(url or ""),
        arxiv_id(written_doi),
    ]
    # 10.48550/arXiv.2106.09685 is arXiv's own name for 2106.09685 and no second publication
    return next(filter(None, found), None), None if arxiv_id(written_doi) else doi(clean(written_doi))


def _text(data: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    for key in keys:
        value = data.get(key)
        if value is None:
            continue
        if isinstance(value, str):
            return clean(value)
        raise RecordError(f"the {key} is {_type_name(value)}, not text")
    return ""


def _given_id(data: Mapping[str, Any]) -> str | None:
    value = next((found for key in ("id", "paperId", "paper_id") if (found := data.get(key)) is not None), None)
    if value is None or isinstance(value, str):
        return clean(value) if value and not value.isspace() else None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise RecordError(f"the id is {_type_name(value)}, not text or a whole number")


def _type_name(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return names.get(type(value), type(value).__name__)


def _dates(data: Mapping[str, Any]) -> Iterator[str]:
    """What a record says of its date, best first."""
    versions = data.get("versions")
    if isinstance(versions, list) and versions and isinstance(versions[0], dict):
        created = versions[0].get("created")
        if isinstance(created, str):
            yield clean(created)
    for key in _DATE:
        value = data.get(key)
        if isinstance(value, str) and value.strip():
            yield clean(value)
        elif isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 9999:
            yield str(value)


def _date_text(data: Mapping[str, Any]) -> str | None:
    if "date_text" in data:  # our own facts
        return clean(written) if isinstance(written := data["date_text"], str) else None
    return next(_dates(data), None)


def _iso(data: Mapping[str, Any]) -> str | None:
    return next((found for text in _dates(data) if (found := iso_date(text))), None)


def _count(*values: object) -> int | None:
    for value in values:
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
            return int(value)
    return None


def _organisation(*places: Mapping[str, Any]) -> str | None:
    for place in places:
        for key in ("organisation", "organization"):
            value = place.get(key)
            if isinstance(value, dict):
                value = value.get("fullname") or value.get("name")
            if isinstance(value, str) and value.strip():
                return clean(value.strip())
    return None


def _sightings(value: object) -> tuple[Sighting, ...]:
    """What our own facts say of where a paper was seen: that is where it was seen, and not the facts file."""
    if not isinstance(value, list):
        return ()
    found = []
    for seen in value:
        if isinstance(seen, dict) and isinstance(name := seen.get("source"), str):
            line, listed = _count(seen.get("line")) or 0, seen.get("listed")
            found.append(Sighting(clean(name), line, clean(listed) if isinstance(listed, str) else None))
    return tuple(found)
