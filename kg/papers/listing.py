"""Saved listing pages: the text of the Daily Papers page of Hugging Face as a browser saves or copies it.

Such a page is a heading (`Daily Papers`, `by AK and the research community`, often the day: `Nov 3`) and then one
entry after another, all separated by empty lines:

    A title on one line

    The abstract as one paragraph

      • 5 authors
    ·
    May 22, 2023 2

The last three lines are there on some pages only: the number of authors or the organisation (its handle, then its
name), the date, the number of comments.

A date without a year is of the year the page was saved in, because the page leaves out the year for the current one
alone. Nothing on the page says which year that is, but its other dates do: see `page_year`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.identifiers import PaperId
from kg.papers.dates import DayText, read_day
from kg.papers.paper import Paper, Sighting
from kg.papers.records import clean, has_broken_bytes
from kg.papers.references import title_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Final

    from kg.errors import InputError
    from kg.papers.sources import Source

__all__ = ["Entry", "is_listing", "page_papers", "page_year", "read_listing"]

ENOUGH_DATES: Final = 10
"""Entries of the newest year in print that a page must show before the years of its other entries are told from it."""

_COMMUNITY = re.compile(r"by\s?AK and the research community", re.IGNORECASE)
_FURNITURE = re.compile(
    r"new|get trending papers in your email inbox!?|subscribe|daily papers|hugging face|models|datasets|spaces|docs"
    r"|pricing|enterprise|log in"
    r"|sign up|search|community|trending papers|by\s?ak and the research community",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"""(?: •\s* )? (?: (?P<count>\d{1,4})\ authors? | (?P<who>[^·•]{1,120}?) )? \s*
        · \s* (?P<date>[A-Z][a-z]{2,8}\ \d{1,2} (?:,\ \d{4})?) (?: \s (?P<comments>\d{1,6}) )?""",
    re.VERBOSE,
)
_AUTHORS_ONLY = re.compile(r"(?:•\s*)?(?P<count>\d{1,4}) authors?(?P<who>)(?P<date>)(?P<comments>)")
_ENDED = re.compile(r"""[.!?…:;)\]}"'”’*]\s*$|https?://\S+$""")
_LONGEST_ABOUT = 300


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper of a page, as the page writes it."""

    line: int
    title: str
    abstract: str
    date: DayText | None = None
    date_text: str | None = None
    author_count: int | None = None
    comment_count: int | None = None
    organisation: str | None = None
    upvotes: int | None = None
    arxiv: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Block:
    line: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return self.lines[0].strip() if len(self.lines) == 1 else " ".join(" ".join(self.lines).split())


def is_listing(head: str) -> bool:
    """Whether a text starting so is a listing page: it has the page's heading, or two lines about authors and date."""
    lines = [line.strip() for line in head.split("\n")]
    if any(_COMMUNITY.fullmatch(line) for line in lines[:200]):
        return True
    return sum(_about(block) is not None for block in _blocks(head)) >= 2


def read_listing(source: Source) -> Iterator[Paper | InputError]:
    """The papers of a listing page saved as text, in the order of the page, and what could not be read."""
    text = source.read_all().decode("utf-8", "surrogateescape")
    yield from listing_papers(text.replace("\r\n", "\n").replace("\r", "\n"), source)


def listing_papers(text: str, source: Source, numbers: Sequence[int] = ()) -> Iterator[Paper | InputError]:
    """The papers in the text of a listing page.

    `numbers` are the lines of the file that the text's lines came from, where these are not the same.
    """
    blocks = _blocks(text)
    if numbers:
        blocks = [replace(block, line=numbers[block.line - 1]) for block in blocks]
    listed, first = _heading(blocks)
    entries: list[Entry] = []
    problems: list[InputError] = []
    group: list[_Block] = []
    for block in blocks[first:]:
        about = _about(block)
        if about is None:
            group.append(block)
        elif not group:
            problems.append(source.problem("authors and date without a title above them", block.line))
        else:
            found = _entries(group, ended=True)
            found[-1] = _with_about(found[-1], about)
            entries += found
            group = []
    if group:
        described = sum(entry.date_text is not None for entry in entries)
        tail = _entries(group, ended=False)
        last = tail[-1]
        if not last.abstract:
            problems.append(source.problem("a title without an abstract: the page is cut short", last.line))
            tail.pop()
        elif described > len(entries) / 2 and not _ENDED.search(last.abstract):
            problems.append(
                source.problem("the last abstract stops in the middle: the page is cut short; kept as it is", last.line)
            )
        entries += tail
    if not entries and not problems:
        problems.append(source.problem("a listing page without papers"))
    yield from page_papers(entries, listed, source)
    yield from problems


def page_papers(entries: Sequence[Entry], listed: str | None, source: Source) -> Iterator[Paper | InputError]:
    """The papers of a page's entries, with the years of their dates where the page tells them."""
    listed = clean(listed) if listed else None
    year = page_year([entry.date for entry in entries if entry.date], read_day(listed) if listed else None)
    for entry in entries:
        if has_broken_bytes(entry.title + entry.abstract):
            yield source.problem("not UTF-8", entry.line)
            continue
        title, abstract = clean(entry.title), clean(entry.abstract)
        yield Paper(
            id=PaperId(f"arxiv:{entry.arxiv}") if entry.arxiv else title_id(title, abstract),
            title=title,
            abstract=abstract,
            date=entry.date.iso(year) if entry.date else None,
            date_text=clean(entry.date_text) if entry.date_text else None,
            arxiv=entry.arxiv,
            authors=entry.authors,
            author_count=entry.author_count,
            comment_count=entry.comment_count,
            upvotes=entry.upvotes,
            organisation=clean(entry.organisation) if entry.organisation else None,
            sightings=(Sighting(source.name, entry.line, listed),),
        )


def page_year(dates: Sequence[DayText], heading: DayText | None) -> int | None:
    """The year of the dates that a page writes without one, None where the page does not tell.

    The page leaves out the year for the year it was saved in and prints every other. So that year is later than each
    in print, and were it more than one later, a whole year would be missing from the page: with `ENOUGH_DATES`
    entries of the newest year in print that does not happen, and the year is the one after. A heading that prints its
    own year and is later than all of them settles it as well. A date without a year that lies after the heading's day
    contradicts all this, and then nothing is told.
    """
    open_days = [(date.month or 0, date.day or 0) for date in dates if date.year is None]
    if not open_days:
        return None
    printed = [date.year for date in dates if date.year is not None]
    newest = max(printed, default=0)
    if heading and heading.year is not None:
        return heading.year if heading.year > newest else None
    if heading and max(open_days) > (heading.month or 12, heading.day or 31):
        return None
    return newest + 1 if printed.count(newest) >= ENOUGH_DATES else None


def _blocks(text: str) -> list[_Block]:
    blocks: list[_Block] = []
    current: list[str] = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line and not line.isspace():
            if not current:
                start = number
            current.append(line)
        elif current:
            blocks.append(_Block(start, tuple(current)))
            current = []
    if current:
        blocks.append(_Block(start, tuple(current)))
    return blocks


def _heading(blocks: Sequence[_Block]) -> tuple[str | None, int]:
    """The day a page is headed with, and the number of its first block after the heading."""
    first = next(
        (
            n + 1
            for n, block in enumerate(blocks[:100])
            if any(_COMMUNITY.fullmatch(line.strip()) for line in block.lines)
        ),
        0,
    )
    while first < len(blocks) and _FURNITURE.fullmatch(blocks[first].text):
        first += 1
    if first < len(blocks) and (day := blocks[first].text) and len(day) < 30 and read_day(day):
        return day, first + 1
    return None, first


def _about(block: _Block) -> re.Match[str] | None:
    if sum(map(len, block.lines)) > _LONGEST_ABOUT:
        return None
    return _ABOUT.fullmatch(block.text) or _AUTHORS_ONLY.fullmatch(block.text)


def _entries(group: Sequence[_Block], *, ended: bool) -> list[Entry]:
    """The entries of the blocks between two lines about authors and date: titles and abstracts in turn.

    An odd number of them is an abstract of several paragraphs or an entry without abstract; then what reads like
    prose belongs to the title before it. Alone before a line about its authors, a block is a title: pages without
    abstracts exist.
    """
    if len(group) % 2 == 0 or (ended and len(group) == 1):
        return [
            Entry(title.line, title.text, "".join(block.text for block in group[n + 1 : n + 2]))
            for n, title in list(enumerate(group))[::2]
        ]
    entries: list[Entry] = []
    for block in group:
        if entries and (_is_prose(block.text) or (not entries[-1].abstract and ended and block is group[-1])):
            entries[-1] = replace(entries[-1], abstract=f"{entries[-1].abstract} {block.text}".strip())
        else:
            entries.append(Entry(block.line, block.text, ""))
    return entries


def _is_prose(text: str) -> bool:
    return len(text) > 250 or (len(text) > 60 and text.endswith((".", ".)", "!")))


def _with_about(entry: Entry, about: re.Match[str]) -> Entry:
    who = about["who"]
    return replace(
        entry,
        date=read_day(about["date"]) if about["date"] else None,
        date_text=about["date"] or None,
        author_count=int(about["count"]) if about["count"] else None,
        # "openbmb OpenBMB": the handle, then the name
        organisation=(who.split(" ", 1)[-1] if who else None),
        comment_count=int(about["comments"]) if about["comments"] else None,
    )
