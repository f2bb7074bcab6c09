"""BibTeX, as reference managers, ACL Anthology and DBLP export it.

Entries are cut out by their `@type{` at the start of a line and given to the parser one by one, because it passes
over what it cannot read: so each bad entry is named and costs itself alone. A citation key means nothing outside its
file and is no id.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kg.papers.latex import plain
from kg.papers.records import RecordError, from_mapping, has_broken_bytes
from kg.papers.references import arxiv_id, bare_arxiv_id
from kg.papers.sources import MIB

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

    from kg.errors import InputError
    from kg.papers.paper import Paper
    from kg.papers.sources import Source

__all__ = ["is_bibtex", "read_bibtex"]

_ENTRY = re.compile(r"^[ \t]*@[ \t]*([a-zA-Z]+)[ \t]*[{(]", re.MULTILINE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NOT_PAPERS: Final = frozenset({"comment", "preamble"})
_LARGEST: Final = MIB


def is_bibtex(head: str) -> bool:
    """Whether a file starting so is BibTeX: some line opens an entry, and nothing before it is more than a remark."""
    return _ENTRY.search(head) is not None


def read_bibtex(source: Source) -> Iterator[Paper | InputError]:
    """The papers of a BibTeX file in its order, and what could not be read."""
    import logging  # noqa: PLC0415

    from bibtexparser.bparser import BibTexParser  # noqa: PLC0415  (only for BibTeX input)

    # its warnings would go to standard error; what they say is in our problems
    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
    text = source.read_all().decode("utf-8", "surrogateescape").replace("\r\n", "\n").replace("\r", "\n")
    parser = BibTexParser(ignore_nonstandard_types=False)
    parser.expect_multiple_parse = True
    starts = list(_ENTRY.finditer(text))
    line, counted = 1, 0
    for number, match in enumerate(starts):
        start, end = match.start(), starts[number + 1].start() if number + 1 < len(starts) else len(text)
        line += text.count("\n", counted, start)
        counted = start
        kind = match[1].lower()
        if kind not in _NOT_PAPERS:
            yield from _paper(parser, kind, text[start:end], source, line)


def _paper(parser: Any, kind: str, text: str, source: Source, line: int) -> Iterator[Paper | InputError]:
    if has_broken_bytes(text):
        yield source.problem("not UTF-8", line)
        return
    if len(text) > _LARGEST:
        yield source.problem(f"an entry of over {_LARGEST // MIB} MiB; not read", line)
        return
    database = parser.bib_database
    database.entries.clear()
    try:
        # the parser takes cubic time over a long run of white space, which means nothing in BibTeX
        parser.parse(" ".join(text.split()), partial=True)
    except Exception as error:  # noqa: BLE001  (pyparsing's, KeyError for an unknown @string, RecursionError)
        yield source.problem(f"not a BibTeX entry: {_why(error)}", line)
        return
    if kind == "string":
        return
    if not database.entries:
        missing = text.count("{") - text.count("}")
        why = (
            "a brace is opened and never closed"
            if missing > 0
            else "it does not parse; is a comma or an equals sign missing?"
        )
        yield source.problem(f"not a BibTeX entry: {why}", line)
        return
    for entry in database.entries:
        try:
            yield from_mapping(_record(entry), source.name, line)
        except RecordError as error:
            yield source.problem(f"entry {entry.get('ID', '')!r}: {error}", line)


def _why(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "braces nested too deeply"
    return f"{type(error).__name__}: {str(error)!r}"[:200]


def _record(entry: dict[str, str]) -> dict[str, Any]:
    fields = {name: value for name, value in entry.items() if isinstance(value, str)}
    eprint, archive = fields.get("eprint", ""), fields.get("archiveprefix", fields.get("eprinttype", "")).lower()
    found = bare_arxiv_id(eprint) if archive == "arxiv" or (not archive and eprint) else None
    for name in ("journal", "url", "note", "howpublished", "volume", "booktitle", "number"):
        found = found or arxiv_id(fields.get(name, ""))
    url = plain(fields.get("url", ""))
    return {
        "id": plain(fields.get("mlkgid", "")),  # our own export says it where neither arXiv nor a DOI does
        "title": plain(fields.get("title", "")),
        "abstract": plain(fields.get("abstract", "")),
        "authors": list(map(_person, _apart(fields.get("author", ""), " and "))),
        "date": fields.get("date") or _date(fields),
        "doi": fields.get("doi"),
        "arxiv": found,
        "url": url or None,
    }


def _person(name: str) -> str:
    parts = _apart(name, ",")
    return plain(" ".join(parts[-1:] + parts[:-1]))


def _apart(text: str, between: str) -> list[str]:
    """The parts of a text between which that stands outside braces, without those that are empty."""
    parts = [""]
    for piece in " ".join(text.split()).split(between):
        if parts[-1].count("{") > parts[-1].count("}"):
            parts[-1] += between + piece
        else:
            parts.append(piece)
    return [part.strip() for part in parts if part.strip()]


def _date(fields: dict[str, str]) -> str | None:
    year, month = fields.get("year", "").strip(), fields.get("month", "").strip().lower()
    if not (year.isdigit() and len(year) == 4):
        return year or None
    if month.isdigit() and 1 <= int(month) <= 12:
        return f"{year}-{int(month):02}"
    if month[:3] in _MONTHS:
        return f"{year}-{_MONTHS.index(month[:3]) + 1:02}"
    return year
