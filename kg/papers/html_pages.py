"""Saved HTML of a listing page.

Three ways in, the surest first: the data the page brings along for its own scripts (`data-props`, the same objects as
the Daily Papers API's), the
`<article>` of each paper (its heading is the title and links to the paper, its paragraph the abstract, a `<time>` the
date), and at last the plain text of the page, read like a page that was saved as text.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.papers.dates import read_day
from kg.papers.json_records import read_value
from kg.papers.listing import Entry, is_listing, listing_papers, page_papers
from kg.papers.paper import Sighting
from kg.papers.records import clean, has_broken_bytes
from kg.papers.references import arxiv_id, bare_arxiv_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.papers.paper import Paper
    from kg.papers.sources import Source

__all__ = ["is_html", "read_html"]

# atomic: a thousand comments before the first tag are gone through once
_START = re.compile(
    r"(?>\s+|<\?xml[^>]*\?>|<!--.*?-->)*+<(?:!doctype\s+html|html|head|body|main|div|article|section)\b",
    re.IGNORECASE | re.DOTALL,
)
_PAPER = re.compile(r"(?:huggingface\.co)?/papers/([^/?#]+)")
_VOTES = re.compile(r"(?:huggingface\.co)?/login\?next=")
_AUTHORS = re.compile(r"(\d{1,4}) authors?\b")
# What a browser sets apart by an empty line when it saves a page as text; a break of line between others is enough.
_PARAGRAPHS = frozenset(
    {
        "article",
        "blockquote",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "main",
        "nav",
        "p",
        "pre",
        "section",
    }
)
_SILENT = frozenset({"noscript", "script", "style", "svg", "template"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_DEEPEST = 6


def is_html(head: str) -> bool:
    """Whether a file starting so is an HTML page."""
    return _START.match(head) is not None


def read_html(source: Source) -> Iterator[Paper | InputError]:
    """The papers of a saved listing page, in the order of the page, and what could not be read."""
    text = source.read_all().decode("utf-8", "surrogateescape")
    page = _Page()
    try:
        page.feed(text)
    except AssertionError as error:  # how html.parser says that a declaration is none
        yield source.problem(f"not HTML: {error}", page.getpos()[0])
    # `close` is not called: it would make text of a tag that is cut short, in quadratic time for many of them
    if "<" in page.rawdata:
        yield source.problem("the page ends within a tag or comment: is it cut short?", page.getpos()[0])
    found = False
    for line, props in page.props:
        for item in _records(props, 0):
            found = True
            if has_broken_bytes(json.dumps(item, ensure_ascii=False)):
                yield source.problem("not UTF-8", line)
                continue
            for paper in read_value(item, source, line):
                if not isinstance(paper, InputError):
                    paper = replace(paper, sightings=(Sighting(source.name, line, page.listed),))  # noqa: PLW2901
                yield paper
    if found:
        return
    entries = [entry for entry in page.entries if entry.title]
    if entries:
        yield from page_papers(entries, page.listed, source)
    elif is_listing(plain := "\n".join(page.text)):
        yield from listing_papers(plain, source, page.numbers)
    else:
        yield source.problem("an HTML page, but no listing of papers that can be read")


def _records(value: Any, depth: int) -> Iterator[Any]:
    """The records in a page's data: the items of any list whose objects hold a paper with its title."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        for inner in value.values():
            yield from _records(inner, depth + 1)
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, dict) and _has_paper(item):
                yield item
            else:
                yield from _records(item, depth + 1)


def _has_paper(item: dict[str, Any]) -> bool:
    paper = item.get("paper", item)
    return (
        isinstance(paper, dict) and isinstance(paper.get("title"), str) and ("summary" in paper or "abstract" in paper)
    )


class _Page(HTMLParser):
    """Collects the page's own data, the articles, and the text by blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.props: list[tuple[int, Any]] = []
        self.entries: list[Entry] = []
        self.text: list[str] = []
        self.numbers: list[int] = []
        self.listed: str | None = None
        self._silent = 0
        self._about: list[str] = []
        self._parts: dict[str, list[str]] = {}
        self._article: Entry | None = None
        self._role = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        line = self.getpos()[0]
        if data := values.get("data-props"):
            # other parts of the page have such data too, and the articles are still there
            with suppress(ValueError, RecursionError):
                self.props.append((line, json.loads(data)))
        if tag in _SILENT:
            self._silent += 1
        if tag in _PARAGRAPHS:
            self._add("")
        if tag == "article":
            self._article = Entry(line, "", "")
            self._parts = {"title": [], "abstract": []}
            self._about = []
            self._role = ""
        elif tag == "time" and (when := values.get("datetime")):
            self._set_date(when)
        if self._article is None:
            return
        if tag in _HEADINGS:
            self._role = "title"
        elif tag == "p":
            self._role = "abstract"
        elif tag == "a":
            self._link(values.get("href", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and self._silent:
            self._silent -= 1
        if tag in _PARAGRAPHS:
            self._add("")
        if self._article is None:
            return
        if tag in _HEADINGS or tag == "p" or (tag == "a" and self._role in ("votes", "comments")):
            self._role = ""
        elif tag == "article":
            self._finish()

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        words = " ".join(data.split())
        if not words:
            return
        self._add(words)
        article = self._article
        if article is None:
            if not self.entries and len(words) < 30 and not words.isdigit() and (day := read_day(words)) and day.month:
                self.listed = clean(words)
        elif self._role in self._parts:
            self._parts[self._role].append(data)
        elif self._role in ("votes", "comments") and words.isascii() and words.isdigit() and len(words) < 10:
            number = int(words)
            votes = self._role == "votes"
            self._article = replace(article, upvotes=number) if votes else replace(article, comment_count=number)
        else:
            self._about.append(words)

    def _add(self, words: str) -> None:
        self.text.append(words)
        self.numbers.append(self.getpos()[0])

    def _link(self, href: str) -> None:
        article = self._article
        if article is None:
            return
        if _VOTES.search(href):
            self._role = "votes"
        elif match := _PAPER.search(href):
            if href.endswith("#community"):
                self._role = "comments"
            elif article.arxiv is None and (found := bare_arxiv_id(match[1])):
                self._article = replace(article, arxiv=found)
        elif article.arxiv is None and (found := arxiv_id(href)):
            self._article = replace(article, arxiv=found)

    def _set_date(self, when: str) -> None:
        day = read_day(when)
        if self._article is not None and day:
            self._article = replace(self._article, date=day, date_text=when)

    def _finish(self) -> None:
        article = self._article
        assert article is not None
        self._article = None
        self._role = ""
        about = " ".join(self._about)
        title, abstract = (" ".join("".join(self._parts[part]).split()) for part in ("title", "abstract"))
        count = _AUTHORS.search(about)
        article = replace(article, title=title, abstract=abstract, author_count=int(count[1]) if count else None)
        for words in self._about:
            if (
                article.date is None
                and len(words) < 30
                and not words.isdigit()
                and (day := read_day(words))
                and day.month
            ):
                article = replace(article, date=day, date_text=words)
        self.entries.append(article)
