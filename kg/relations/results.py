"""Results: the numbers a paper reports, each with what was measured, on what, by whom."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from kg.relations.quantities import may_hold, quantities
from kg.relations.relation import Result
from kg.relations.roles import Role
from kg.relations.wording import WINDOW, gains, is_absolute, is_bare, rule, shares_rule
from kg.text import Span
from kg.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from kg.identifiers import Iri
    from kg.linking.link import Link
    from kg.relations.clauses import Quotes, Sentence
    from kg.relations.quantities import Quantity

__all__ = ["results"]

_DATA: Final = frozenset({Kind.BENCHMARK, Kind.DATASET})
_TECHNIQUES: Final = frozenset({Kind.METHOD, Kind.MODEL})
_OURS: Final = frozenset({"we", "our", "ours"})
_TO_NUMBER: Final = re.compile(r"\s?[(:=]\s?|\s(?:[a-z-]+\s){0,2}(?:of|is|to|from|at|reaches|with)\s")
_FROM_NUMBER: Final = re.compile(r"\s|\s(?:on|in|for)\s(?:the\s)?")
_BREAK: Final = re.compile(
    r"[,;:]\s|\sand\s(?:on|in|for|from)\s|\s(?:but|meanwhile|whereas|while)\s"
    r"|\sand\s(?:\w+ly\s)?(?:achiev|attain|increas|keep|maintain|obtain|outperform|reach|reduc)\w*\s"
)
"""What ends the words that belong to a number: "81.2, and on GLUE"."""
_ELSEWHERE: Final = re.compile(r"\s(?:[\w-]+\s)?on\s(?:the\s)?[A-Z]")
_OBJECT: Final = re.compile(
    r"\b(?:against|based on|compared (?:to|with)|for|from|in|into|like|on|over|than|to|unlike|using|via|with|without)"
    r"\s(?:an?\s|the\s)?$",
    re.IGNORECASE,
)
"""The words that make the name after them no subject."""
_OF_SUBJECT: Final = re.compile(r"\s(?:for|by|from)\s(?:the\s)?")
_PEOPLE: Final = re.compile(r"\b(?:annotators|experts?|humans?|people)\b(?:\s[a-z]+){0,3}\s\(?$")
_UNSHARED: Final = frozenset({"Bits per Character", "Elo Rating", "FID", "Mean Opinion Score", "Perplexity"})
"""Metrics that are never percentages."""
_MEASURED: Final = frozenset({"GB", "MB", "ms", "s"})
"""Units that make a result of a number beside its metric: `a latency of 10.3 ms`."""
_IN_BRACKETS: Final = re.compile(r"\s?\([^()\d]*")
_LISTED: Final = re.compile(r"\s?\([^()]*\d[^()]*\)(?:,\sand|,|\sand)\s(?:[A-Z][\w.+-]*\s){1,3}\([^()\d]*")
"""From a technique with its number to the next of the list, which is no link: "LoRA (42.3%), Full Tuning (49.0%)"."""
_CLAUSE: Final = re.compile(r"(?:[,;:]|\b(?:and|but|whereas|while))\s(?:the\s)?$", re.IGNORECASE)
_PREDICATE: Final = re.compile(
    r"(?:\s\([^()]*\))?(?:,\s[^,;()]{1,40},)?\s(?:\w+ly\s)?"
    r"(?:achiev|answer|attain|get|ha[ds]|obtain|reach|resolv|scor|solv)\w*\s[^,;()]*"
)
"""From the subject of a conjunct to its number: ", and Quokka Large, with 14B, reaches 78%"."""
_ON_IT: Final = re.compile(r"\b(?:across|for|in|of|on|over)\s(?:it|them)\b", re.IGNORECASE)
_THIS_DATA: Final = re.compile(
    r"\b(?:our|these|this|the\ssame|(?<=in\s)the|(?<=of\s)the|(?<=on\s)the)\s(?:new\s)?"
    r"(?:benchmark|challenge|dataset|leaderboard|suite|test\sset)s?\b",
    re.IGNORECASE,
)
_SCORED: Final = re.compile(
    r"\b(?:accompl|accura|achiev|answer|attain|best|chance|correct|exceed|fail|gets?\b|guess|human|improv|manage|outperform"
    r"|pass(?:es|ed|ing)|people|perform|rang(?:e|es|ing)\b|reach|resolv|right\b|scor|solv|struggl|succe|surpass|win\b|wins\b)",
    re.IGNORECASE,
)
"""The words of a sentence that tells how well somebody did."""
_ASIDE: Final = re.compile(
    r"\b(?:agree\w*|correlat\w*|costs?|coverage|memory|var(?:y|ies|iance|iations?))\b", re.IGNORECASE
)
"""The words of a sentence that tells of a benchmark, not of scores on it."""
_ELSE: Final = re.compile(
    r"\b(?:benchmark|corpor|dataset|flops|latency|leaderboard|memory|size|speed|task|throughput)", re.IGNORECASE
)
"""The words of a sentence that speaks of other data, or of no quality."""
_ERROR: Final = re.compile(r"\berrors?(?:\srates?)?\s(?:[a-z]+\s){0,3}$", re.IGNORECASE)
_OF_ERROR: Final = re.compile(r"\s(?:[\w-]+\s){0,2}errors?\b", re.IGNORECASE)


def results(
    text: str,
    sentences: Sequence[Sentence],
    parts: Sequence[Role],
    links: Sequence[Link],
    own: frozenset[int],
    *,
    tested: AbstractSet[Iri],
    quotes: Quotes,
) -> tuple[Result, ...]:
    """The results a paper reports, in text order; what the title and the motivation count is no result.

    `parts` are the roles of the sentences; `own` holds the indices of links to what the paper introduces, `tested` the
    nodes it evaluates on. A number whose sentence names no benchmark has one only by an anaphor: `it` is the paper's
    own, `this benchmark` the last one of the sentence before, else the paper's own. Where a paper introduces a
    benchmark, or is a study on a single one, what it tells of performance is on that; and a metric in the sentence
    right after the one that names the only node tested is on that node.
    """
    ours = [links[index] for index in sorted(own)]
    subject = next((link for link in ours if link.kind in _TECHNIQUES), None)
    benchmark = next((link for link in ours if link.kind is Kind.BENCHMARK or link.node in tested), None)
    studied = benchmark
    if studied is None and subject is None and len({link.node for link in links if link.kind in _DATA}) == 1:
        studied = next(link for link in links if link.kind in _DATA)
    found: list[Result] = []
    just_named: Link | None = None
    for sentence, part in zip(sentences, parts, strict=True):
        span = sentence.span
        before = just_named
        just_named = next((links[index] for index in reversed(sentence.mentions) if links[index].kind in _DATA), None)
        if (
            part in (Role.TITLE, Role.MOTIVATION)
            or not may_hold(text, span.start, span.end)
            or text[span.end - 1] == "?"
        ):
            continue
        numbers = sorted(quantities(text, span.start, span.end), key=_place)
        if not numbers:
            continue
        named = _Named(text, sentence, links, own)
        reported = list(_reported(text, span, numbers, named))
        unsaid = _anaphor(text, span, benchmark, before)
        follows = before if before and tested == {before.node} else None
        in_turn = len(reported) if "respectively" in sentence.words else 0
        for turn, (quantity, why) in enumerate(reported):
            absolute = is_absolute(why)
            of = named.subject(quantity, subject, absolute=absolute)
            told = unsaid or named.told(span, studied, follows, any_number=absolute or subject is None)
            on = named.data.in_turn(turn, in_turn) or named.benchmark(quantity, told)
            metric = named.metrics.in_turn(turn, in_turn) or named.metric(quantity, absolute=absolute)
            found.append(
                Result(
                    value=quantity.value,
                    delta=not absolute,
                    evidence=(quotes.quote(span, Span(quantity.start, quantity.end)),),
                    number=quantity.number,
                    unit=quantity.unit,
                    subject=of.node if of else None,
                    subject_label=of.label if of else None,
                    benchmark=on.node if on else None,
                    benchmark_label=on.label if on else None,
                    metric=metric.node if metric else None,
                    metric_label=metric.label if metric else None,
                    how=why,
                )
            )
    return tuple(dict.fromkeys(found))  # "3 times faster and 3 times smaller" is one number twice


class _Row:
    """Links in text order, found by place in logarithmic time."""

    def __init__(self, links: Sequence[Link]) -> None:
        self._links = links
        self._starts = [link.start for link in links]

    def before(self, at: int) -> Link | None:
        """The last link that begins before an offset."""
        index = bisect_left(self._starts, at)
        return self._links[index - 1] if index else None

    def after(self, at: int) -> Link | None:
        """The first link that begins at an offset or after it."""
        index = bisect_left(self._starts, at)
        return self._links[index] if index < len(self._links) else None

    def in_turn(self, turn: int, of: int) -> Link | None:
        """The link of a number's turn, where there are as many as numbers: "by 3% and 5% on A and B, respectively"."""
        return self._links[turn] if of > 1 and len(self._links) == of else None

    def all_before(self, at: int) -> Sequence[Link]:
        """The links that begin before an offset, the last first."""
        return self._links[: bisect_left(self._starts, at)][::-1]


class _Named:
    """What a sentence names, by what it can be to a number."""

    def __init__(self, text: str, sentence: Sentence, links: Sequence[Link], own: frozenset[int]) -> None:
        mentions = sentence.mentions
        self._text = text
        self._all = _Row([links[index] for index in mentions])
        self.data = _Row([links[index] for index in mentions if links[index].kind in _DATA])
        techniques = [index for index in mentions if links[index].kind in _TECHNIQUES]
        self._techniques = _Row([links[index] for index in techniques])
        self._mine = _Row([links[index] for index in techniques if index in own])
        self.metrics = _Row([links[index] for index in mentions if links[index].kind is Kind.METRIC])
        self._ours = not _OURS.isdisjoint(sentence.words)
        self._it = "it" in sentence.words

    def holds(self, quantity: Quantity) -> bool:
        """Whether a name holds the number: the 4 of GPT-4."""
        link = self._all.before(quantity.end)
        return link is not None and link.end > quantity.start

    def touches(self, quantity: Quantity) -> bool:
        """Whether a benchmark or metric stands right beside a number: `GSM8K (81.2)`, `81.2 on GSM8K`, `28.4 BLEU`."""
        for row in (self.data, self.metrics):
            before, after = row.before(quantity.start), row.after(quantity.end)
            if before and _TO_NUMBER.fullmatch(self._text, before.end, min(quantity.start, before.end + WINDOW)):
                return quantity.start - before.end <= WINDOW
            if after and _FROM_NUMBER.fullmatch(self._text, quantity.end, min(after.start, quantity.end + WINDOW)):
                return after.start - quantity.end <= WINDOW
        return False

    def benchmark(self, quantity: Quantity, default: Link | None) -> Link | None:
        """The benchmark of a number: `GSM8K (81.2%)` before all, then the next in its clause, then the last before."""
        before, after = self.data.before(quantity.start), self.data.after(quantity.end)
        text = self._text
        if before and self._in_closed(before, quantity):
            before = None
        if (
            before
            and quantity.start - before.end <= WINDOW
            and _IN_BRACKETS.fullmatch(text, before.end, quantity.start)
        ):
            return before
        if before and _TO_NUMBER.fullmatch(text, before.end, min(quantity.start, before.end + WINDOW)):
            return before
        if after and not (before and _BREAK.search(text, quantity.end, after.start)):
            return after
        if _ELSEWHERE.match(text, quantity.end):
            return None  # "91.7% on CIFAR-100 and 98.8% on Flowers", where Flowers is no link
        return before or default

    def told(self, span: Span, studied: Link | None, follows: Link | None, *, any_number: bool) -> Link | None:
        """What a sentence that names no benchmark tells of: what the paper studies, or what the sentence before names.

        `any_number` is false for a change that the paper's own technique makes: it needs a metric.
        """
        text, measures = self._text, self.metrics.after(0) is not None
        if _ASIDE.search(text, span.start, span.end):
            return None
        if studied and (measures or (any_number and _SCORED.search(text, span.start, span.end))):
            return studied
        return follows if measures and not _ELSE.search(text, span.start, span.end) else None

    def _in_closed(self, link: Link, quantity: Quantity) -> bool:
        """Whether a link belongs to a bracket that ends before a number: "(4% on MMLU) against 35% elsewhere"."""
        text = self._text
        close = text.find(")", link.end, quantity.start)
        opened = text.rfind("(", max(0, link.start - WINDOW), link.start)
        alone = opened + 1 == link.start and close == link.end  # "General Quiz (GQ)"
        return (
            close >= 0 <= opened
            and not alone
            and text.find(")", opened, link.start) < 0
            and text.find("(", link.end, close) < 0
        )

    def metric(self, quantity: Quantity, *, absolute: bool) -> Link | None:
        """The metric nearest to a number, unless it belongs to the next clause or cannot have its unit."""
        before, after = self.metrics.before(quantity.start), self.metrics.after(quantity.end)
        if after and _BREAK.search(self._text, quantity.end, after.start):
            after = None
        nearest = before or after
        if before and after and after.start - quantity.end < quantity.start - before.end:
            nearest = after
        text = self._text
        if nearest and "error" not in f"{nearest.text} {nearest.label}".lower():
            start = max(0, quantity.start - WINDOW)
            if _ERROR.search(text, start, quantity.start) or _OF_ERROR.match(text, quantity.end):
                return None  # an error next to a named accuracy is not that accuracy
        if nearest and absolute and quantity.unit == "%" and nearest.label in _UNSHARED:
            return None
        return nearest

    def subject(self, quantity: Quantity, default: Link | None, *, absolute: bool) -> Link | None:
        """Whose number it is: `74.5% for LoRA`, else the paper's own, else the technique that can be its subject."""
        text = self._text
        after = self._techniques.after(quantity.end)
        if absolute and after and _OF_SUBJECT.fullmatch(text, quantity.end, min(after.start, quantity.end + WINDOW)):
            return after
        if _PEOPLE.search(text, max(0, quantity.start - WINDOW), quantity.start):
            return None
        last = self._techniques.before(quantity.start)
        if absolute and last:
            if _IN_BRACKETS.fullmatch(text, last.end, min(quantity.start, last.end + WINDOW)):
                return last
            if _LISTED.fullmatch(text, last.end, quantity.start):
                return None
            if _CLAUSE.search(text, max(0, last.start - 20), last.start) and _PREDICATE.fullmatch(
                text, last.end, quantity.start
            ):
                return last
        mine = self._subject(self._mine, quantity) or self._mine.after(0)
        if mine or self._ours or (self._it and default):
            return mine or default
        if last and _IN_BRACKETS.fullmatch(text, last.end, min(quantity.start, last.end + WINDOW)):
            return last
        return self._subject(self._techniques, quantity) or default

    def _subject(self, row: _Row, quantity: Quantity) -> Link | None:
        for link in row.all_before(quantity.start):
            if not _OBJECT.search(self._text, max(0, link.start - 20), link.start):
                return link
        return None


def _anaphor(text: str, span: Span, own: Link | None, before: Link | None) -> Link | None:
    """The benchmark that a sentence points back to."""
    if _THIS_DATA.search(text, span.start, span.end):
        return before or own
    return own if _ON_IT.search(text, span.start, span.end) else None


def _place(quantity: Quantity) -> tuple[int, int]:
    return quantity.start, quantity.end


def _reported(text: str, span: Span, numbers: Sequence[Quantity], named: _Named) -> Iterator[tuple[Quantity, str]]:
    """The quantities of a sentence that are results, each with the rule that says so."""
    last: tuple[Quantity, str] | None = None
    for quantity in numbers:
        if named.holds(quantity) or (last and quantity.start == last[0].start):
            continue
        before = text[max(span.start, quantity.start - WINDOW) : quantity.start]
        after = text[quantity.end : min(span.end, quantity.end + WINDOW)]
        why = rule(quantity, before, after)
        if why is None and (is_bare(quantity, after) or quantity.unit in _MEASURED) and named.touches(quantity):
            why = "change" if gains(before) else "score"
        if why in (None, "share") and last and shares_rule(quantity, last[0], text[last[0].end : quantity.start]):
            why = "change" if quantity.signed else last[1]
        if why:
            last = (quantity, why)
            yield last
