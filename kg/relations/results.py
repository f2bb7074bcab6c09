"""Results: the numbers a paper reports, each with what was measured, on what, by whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.relations.quantities import quantities
from kg.relations.relation import Result
from kg.relations.roles import Role
from kg.text import Span
from kg.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.linking.link import Link
    from kg.relations.clauses import Quotes, Sentence
    from kg.relations.quantities import Quantity

__all__ = ["results"]

_WINDOW: Final = 60
"""How many characters before and after a number can say what it is."""
_CHANGE: Final = (
    r"(?:improv(?:e[sd]?|ing|ements?)|gains?|increas(?:e[sd]?|ing)|reduc(?:e[sd]?|ing|tions?)|decreas(?:e[sd]?|ing)|boost(?:s|ed|ing)?|drop(?:s|ped)?"
    r"|sav(?:e[sd]?|ings?)|speed-?\s?ups?|speeds?\sup|accelerat(?:e[sd]?|ing|ions?)|cut(?:s|ting)?|lower(?:s|ed|ing)?|rais(?:e[sd]?|ing)|outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?"
    r"|exceed(?:s|ed|ing)?|beat(?:s|ing)?|clos(?:e[sd]?|ing)|narrow(?:s|ed|ing)?|margins?|advantages?|gaps?|differences?|degrad(?:e[sd]?|ing|ations?)|los(?:s|es|ing)|enhanc(?:e[sd]?|ing|ements?)"
    r"|lag(?:s|ged|ging)?\s\w+|shrink(?:s|ing)?|compress(?:e[sd]|ion|ing)?|faster|slower|fewer|less|more|better|higher|smaller|larger|greater|cheaper|longer|worse|uplift)"
)
_HOW_MUCH: Final = (
    r"(?:\s*(?:up|to|by|of|an?|the|average|averag(?:ed|ing)|absolute|relative|over|more|than|about|around|approximately|approx\.?|sim|nearly|almost|roughly|as|much|at|least|most|only|merely"
    r"|just|factor|margin|from|mean|total|significant|significantly|substantial|remarkable|notable|an?\sadditional|additional|further|impressive|\(|\$|~|≈|∼|\\sim|\\approx|<|>|≥|\+|uparrow|downarrow|↑|↓))*\s*$"
)
_BY: Final = re.compile(rf"\b(?:by|within){_HOW_MUCH}")
_CHANGED: Final = re.compile(rf"\b{_CHANGE}(?:\s(?:in|of|on)\s[\w-]+(?:\s[\w-]+)?)?{_HOW_MUCH}", re.IGNORECASE)
_ARROW: Final = re.compile(r"(?:uparrow|downarrow|↑|↓|\+)\s?$")
_MORE: Final = re.compile(
    rf"^(?:\s|\)|\$|-)*(?:(?:and|or)\s[\d.,]+\S*\s)?(?:[\w@^()/-]+\s){{0,4}}?{_CHANGE}\b|^\s?(?:as\s(?:many|much|few|fast|large|long)|of\sthe\s(?:original|full|total|entire|available|parameters|data|training|cost|memory|gap|gpu|compute|tokens)"
    r"|of\s(?:available|the\s\w+['’]s)|(?:the\s)?(?:size|speed|number|throughput|cost|length)\b|away\b|points?\b|(?:training|inference|the)\s(?:speed|data|length|cost)|original\b)",
    re.IGNORECASE,
)
_KEEPS: Final = re.compile(
    rf"\b(?:retain(?:s|ed|ing)?|preserv(?:e[sd]?|ing)|maintain(?:s|ed|ing)?|achiev(?:e[sd]?|ing)|attain(?:s|ed|ing)?|reach(?:es|ed|ing)?|obtain(?:s|ed|ing)?|yield(?:s|ed|ing)?|provid(?:e[sd]?|ing)"
    rf"|scor(?:e[sd]?|ing)|recover(?:s|ed|ing)?|accounts?\sfor){_HOW_MUCH}",
    re.IGNORECASE,
)
_SCORE_BEFORE: Final = re.compile(
    r"\b(?:accuracy|accuracies|scores?|f1|bleu|rouge(?:-\w)?|map|auc|auroc|perplexity|recall(?:@\d+)?|precision|rates?|em|mse|rmse|mae|wer|fid|correlations?|kappa|pass@\d+|ndcg(?:@\d+)?|mrr|psnr|ssim|cider|meteor|elo"
    r"|iou|miou|spearman|pearson|throughputs?)(?:\s(?:score|scores|rate|value|points))?\s*(?:\(\w+\)\s*)?(?:(?:of|is|was|at|to|from|reaches|reaching|=|:|by|ranging|between|and|up)\s*)+(?:\d+\.\d+%?\s(?:to|and|vs\.?)\s)?$",
    re.IGNORECASE,
)
_SCORE_AFTER: Final = re.compile(
    r"^\s?(?:f1|bleu|rouge(?:-\w)?|map\b|auc|auroc|accuracy|perplexity|ppl|recall|precision|em\b|mse|rmse|mae|wer|fid|ndcg|mrr|psnr|ssim|cider|meteor|elo|iou|miou|pass@|dice|r@|average\sscore|score|bits\sper)",
    re.IGNORECASE,
)
_FROM_TO: Final = re.compile(r"\bfrom\s[\d.]+%?\s?to\s$|\bfrom\s$")
_NOT_RESULT: Final = re.compile(
    r"^(?:\s|\$)*(?:confidence|significance|of\s(?:the\s)?(?:time\b|words|prompts?\sis)|(?:nvidia|a100|h100|v100|h800|a800|rtx|gpus?|tpus?|b\b|m\b|k\b|gb|tb|mb|million|billion|trillion|parameters?|tokens?|layers?"
    r"|years?|days|months|epochs?|steps|shots?\b|-?shot|bits?\b|-bit|d\b|nm|hz|ghz|e\d)\b)",
    re.IGNORECASE,
)


def results(
    text: str, sentences: Sequence[Sentence], parts: Sequence[Role], links: Sequence[Link], own: frozenset[int], quotes: Quotes
) -> tuple[Result, ...]:
    """The results a paper reports, in text order; what the motivation and the title count is no result."""
    found: list[Result] = []
    main = next((links[i] for i in sorted(own) if links[i].kind in (Kind.METHOD, Kind.MODEL)), None)
    bench = next((links[i] for i in sorted(own) if links[i].kind in (Kind.BENCHMARK, Kind.DATASET)), None) or _only_benchmark(sentences, parts, links)
    for sentence, part in zip(sentences, parts, strict=True):
        if part in (Role.TITLE, Role.MOTIVATION) or text.endswith("?", sentence.span.start, sentence.span.end):
            continue
        named = [links[index] for index in sentence.mentions]
        reported = list(_reported(text, sentence.span, named))
        for quantity, delta, rule in reported:
            benchmark = _benchmark(quantity, named, text) or bench
            metric = _nearest(quantity, [link for link in named if link.kind is Kind.METRIC])
            subject = _subject(quantity, sentence, links, own) or main
            span = quotes.quote(sentence.span, Span(quantity.start, quantity.end))
            found.append(
                Result(
                    quantity.value,
                    delta,
                    (span,),
                    quantity.number,
                    quantity.unit,
                    subject.node if subject else None,
                    subject.label if subject else None,
                    benchmark.node if benchmark else None,
                    benchmark.label if benchmark else None,
                    metric.node if metric else None,
                    metric.label if metric else None,
                    rule,
                )
            )
    return tuple(found)


def _only_benchmark(sentences: Sequence[Sentence], parts: Sequence[Role], links: Sequence[Link]) -> Link | None:
    """The one benchmark the paper names past its motivation; None where there are none or several."""
    data = {
        links[index].node: links[index]
        for sentence, part in zip(sentences, parts, strict=True)
        if part is not Role.MOTIVATION
        for index in sentence.mentions
        if links[index].kind in (Kind.BENCHMARK, Kind.DATASET)
    }
    return next(iter(data.values())) if len(data) == 1 else None


def _reported(text: str, span: Span, named: Sequence[Link]) -> Iterator[tuple[Quantity, bool, str]]:
    """The quantities of a sentence that are results, whether each is a change, and the rule that says so."""
    at = 0
    for quantity in sorted(quantities(text, span.start, span.end), key=lambda q: (q.start, q.end)):
        while at < len(named) and named[at].end <= quantity.start:
            at += 1
        if at < len(named) and named[at].start < quantity.end:
            continue  # the 4 of GPT-4
        before = text[max(span.start, quantity.start - _WINDOW) : quantity.start]
        after = text[quantity.end : min(span.end, quantity.end + _WINDOW)]
        if _NOT_RESULT.search(after):
            continue
        changed = bool(quantity.signed or _BY.search(before) or _CHANGED.search(before) or _MORE.search(after) or _ARROW.search(before))
        kept = bool(_KEEPS.search(before))
        if quantity.value.isalpha() or quantity.value[0].isalpha():
            if _MORE.search(after) or _BY.search(before) or changed:
                yield quantity, True, "x"
        elif quantity.unit in ("x", "points"):
            yield quantity, True, quantity.unit
        elif quantity.unit == "%":
            delta = bool(quantity.signed or _MORE.search(after) or (changed and not kept))
            yield quantity, delta, "change in %" if delta else "share"
        elif "." in quantity.value:
            if _SCORE_BEFORE.search(before) or _SCORE_AFTER.search(after) or _FROM_TO.search(before) or (named and _touches(quantity, named, text)):
                yield quantity, False, "score"
            elif changed and _BY.search(before):
                yield quantity, True, "change"


def _touches(quantity: Quantity, named: Sequence[Link], text: str) -> bool:
    """Whether a benchmark or metric stands right before or after a bare number: `GSM8K (81.2)`, `81.2 on GSM8K`, `28.4 BLEU`."""
    for link in named:
        if link.kind in (Kind.BENCHMARK, Kind.METRIC, Kind.DATASET):
            if link.end <= quantity.start and re.fullmatch(r"\s?[(:=]\s?|\s(?:score\s)?(?:of|is|to|from|at|reaches)\s", text[link.end : quantity.start][:_WINDOW]):
                return True
            if quantity.end <= link.start and re.fullmatch(r"\s|\s(?:on|in|for)\s(?:the\s)?", text[quantity.end : link.start][:_WINDOW]):
                return True
    return False


def _benchmark(quantity: Quantity, named: Sequence[Link], text: str) -> Link | None:
    """The benchmark of a number: `GSM8K (81.2%)` before all, then the next `on X` after it, then the one before it."""
    data = [link for link in named if link.kind in (Kind.BENCHMARK, Kind.DATASET)]
    for link in data:
        if link.end <= quantity.start and re.fullmatch(r"\s?\((?:[^\s()\d]{0,12}|\s){0,3}", text[link.end : quantity.start][:_WINDOW]):
            return link
    after = next((link for link in data if link.start >= quantity.end), None)
    before = next((link for link in reversed(data) if link.end <= quantity.start), None)
    if after and before:
        return before if ";" in text[quantity.end : after.start] else after
    return after or before


def _nearest(quantity: Quantity, named: Sequence[Link]) -> Link | None:
    return min(named, key=lambda link: (min(abs(link.start - quantity.end), abs(quantity.start - link.end)), link.start), default=None)


def _subject(quantity: Quantity, sentence: Sentence, links: Sequence[Link], own: frozenset[int]) -> Link | None:
    """Whose number it is: a thing of the paper's own named in the sentence, else its first model or method before the number."""
    technique = [i for i in sentence.mentions if links[i].kind in (Kind.METHOD, Kind.MODEL)]
    mine = next((links[i] for i in technique if i in own), None)
    if mine:
        return mine
    if any(word in ("we", "our", "it", "ours") for word in sentence.words):
        return None
    return next((links[i] for i in technique if links[i].end <= quantity.start), None)
