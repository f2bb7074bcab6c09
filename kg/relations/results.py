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
_TO_NUMBER: Final = re.compile(r"\s?[(:=]\s?|\s(?:[a-z]+\s){0,2}(?:of|is|to|from|at|reaches)\s")
_FROM_NUMBER: Final = re.compile(r"\s|\s(?:on|in|for)\s(?:the\s)?")
_IN_BRACKETS: Final = re.compile(r"\s?\([^()\d]*")


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
    nodes it evaluates on. A number whose sentence names no benchmark is on the paper's own, else on the only one.
    """
    ours = [links[index] for index in sorted(own)]
    subject = next((link for link in ours if link.kind in _TECHNIQUES), None)
    benchmark = next((link for link in ours if link.kind is Kind.BENCHMARK or link.node in tested), None)
    if benchmark is None and len(tested) == 1:
        benchmark = next(link for link in links if link.node in tested)
    found: list[Result] = []
    for sentence, part in zip(sentences, parts, strict=True):
        span = sentence.span
        if (
            part in (Role.TITLE, Role.MOTIVATION)
            or not may_hold(text, span.start, span.end)
            or text[span.end - 1] == "?"
        ):
            continue
        named = _Named(text, sentence, links, own)
        reported = list(_reported(text, span, named))
        in_turn = len(reported) if "respectively" in sentence.words else 0
        for turn, (quantity, why) in enumerate(reported):
            of = named.subject(quantity) or subject
            on = named.data.in_turn(turn, in_turn) or named.benchmark(quantity) or benchmark
            metric = named.metrics.in_turn(turn, in_turn) or named.metrics.nearest(quantity)
            found.append(
                Result(
                    value=quantity.value,
                    delta=not is_absolute(why),
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
    return tuple(found)


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

    def nearest(self, quantity: Quantity) -> Link | None:
        """The link with the fewest characters between it and a quantity, the one before where both are as near."""
        before, after = self.before(quantity.start), self.after(quantity.end)
        if before and after:
            return after if after.start - quantity.end < quantity.start - before.end else before
        return before or after


class _Named:
    """What a sentence names, by what it can be to a number."""

    def __init__(self, text: str, sentence: Sentence, links: Sequence[Link], own: frozenset[int]) -> None:
        mentions = sentence.mentions
        self._text = text
        self._all = _Row([links[index] for index in mentions])
        self.data = _Row([links[index] for index in mentions if links[index].kind in _DATA])
        self._techniques = _Row([links[index] for index in mentions if links[index].kind in _TECHNIQUES])
        self.metrics = _Row([links[index] for index in mentions if links[index].kind is Kind.METRIC])
        self._mine = next((links[i] for i in mentions if i in own and links[i].kind in _TECHNIQUES), None)
        self._ours = not _OURS.isdisjoint(sentence.words)

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

    def benchmark(self, quantity: Quantity) -> Link | None:
        """The benchmark of a number: `GSM8K (81.2%)` before all, then the next after it, then the last before it."""
        before, after = self.data.before(quantity.start), self.data.after(quantity.end)
        if (
            before
            and quantity.start - before.end <= WINDOW
            and _IN_BRACKETS.fullmatch(self._text, before.end, quantity.start)
        ):
            return before
        if before and after and ";" in self._text[quantity.end : min(after.start, quantity.end + WINDOW)]:
            return before
        return after or before

    def subject(self, quantity: Quantity) -> Link | None:
        """Whose number it is: something of the paper's own in the sentence, else the technique before the number."""
        return self._mine or (None if self._ours else self._techniques.before(quantity.start))


def _reported(text: str, span: Span, named: _Named) -> Iterator[tuple[Quantity, str]]:
    """The quantities of a sentence that are results, each with the rule that says so."""
    last: tuple[Quantity, str] | None = None
    for quantity in sorted(quantities(text, span.start, span.end), key=lambda one: (one.start, one.end)):
        if named.holds(quantity):
            continue
        before = text[max(span.start, quantity.start - WINDOW) : quantity.start]
        after = text[quantity.end : min(span.end, quantity.end + WINDOW)]
        why = rule(quantity, before, after)
        if why is None and is_bare(quantity, after) and named.touches(quantity):
            why = "change" if gains(before) else "score"
        if why in (None, "share") and last and shares_rule(quantity, last[0], text[last[0].end : quantity.start]):
            why = "change" if quantity.signed else last[1]
        if why:
            last = (quantity, why)
            yield last
