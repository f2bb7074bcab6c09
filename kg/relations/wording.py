"""Whether the words around a number make it a result, and of which sort."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.relations.quantities import Quantity

__all__ = ["WINDOW", "gains", "is_absolute", "is_bare", "rule", "shares_rule"]

WINDOW: Final = 60
"""How many characters before and after a number can say what it is."""

_CHANGE = r"""(?:accelerat(?:e[sd]?|ing|ions?)|advantages?|beat(?:s|ing)?|better|boost(?:s|ed|ing)?|cheaper
    |clos(?:e[sd]?|ing)|compress(?:e[sd]|ion|ing)?|cut(?:s|ting)?|decreas(?:e[sd]?|ing)|degrad(?:e[sd]?|ing|ations?)|differences?
    |drop(?:s|ped)?|enhanc(?:e[sd]?|ing|ements?)|exceed(?:s|ed|ing)?|faster|fewer|gains?|gaps?|greater|higher|improv(?:e[sd]?|ing|ements?)
    |increas(?:e[sd]?|ing)|lag(?:s|ged|ging)?\s\w+|larger|less|longer|los(?:s|es|ing)|lower(?:s|ed|ing)?|margins?|more
    |narrow(?:s|ed|ing)?|outperform(?:s|ed|ing)?|rais(?:e[sd]?|ing)|reduc(?:e[sd]?|ing|tions?)|sav(?:e[sd]?|ings?)
    |shrink(?:s|ing)?|slower|smaller|speed-?\s?ups?|speeds?\sup|surpass(?:es|ed|ing)?|uplift|worse)"""
_COMPARED = r"(?:better|fewer|greater|higher|larger|less|longer|lower|more|smaller|worse)"
_HOW_MUCH = r"""(?:\s*(?:a|about|additional|almost|an|approx\.?|approximately|around|as|at|average
    |averag(?:ed|ing)|absolute|by|factor|from|further|impressive|just|least|margin|mean|merely|more|most|much|nearly|notable|of|only|over|relative
    |remarkable|roughly|significant|significantly|sim|substantial|than|the|to|total|up|[($~≈∼<>≥+↑↓]|\\sim|\\approx
    |uparrow|downarrow))*\s*$"""
_SCORE = r"""(?:accurac(?:y|ies)|f1|bleu|rouge(?:-\w)?|map|auc|auroc|perplexity|ppl|recall(?:@\d+)?|precision|em|mse
    |rmse|mae|wer|fid|r(?=@)|hits(?=@)|kappa|pass@\d+|ndcg(?:@\d+)?|mrr|psnr|ssim|cider|meteor|elo|m?iou|dice
    |chrf(?:\+\+)?|comet|bleurt)"""
_VERBOSE = re.VERBOSE | re.IGNORECASE

_BY: Final = re.compile(rf"\b(?:by|within){_HOW_MUCH}", _VERBOSE)
# not "exceeds 72%", "more than 90% of it", "rises from 50% to 71%"
_CHANGED_BY: Final = re.compile(
    rf"""\b(?!(?:beat|exceed|outperform|surpass)|{_COMPARED}\sthan\b){_CHANGE}
       (?:\s(?:in|of|on)\s[\w-]+(?:\s[\w-]+)?)?{_HOW_MUCH}""",
    _VERBOSE,
)
_REACHES: Final = re.compile(
    r"(?<!up)(?<!\d)(?<![%x])\sto\s(?:(?:about|around|just|nearly|only|over)\s)?$", re.IGNORECASE
)
_FROM: Final = re.compile(r"\bfrom\s(?:(?:about|around|just|nearly|only)\s)?$", re.IGNORECASE)
_ONWARD: Final = re.compile(r"[^.;]{0,40}?\sto\s(?:[a-z]+\s)?\d")
_CHANGES: Final = re.compile(rf"\b{_CHANGE}\b", _VERBOSE)
_GAIN_OF: Final = re.compile(
    r"\b(?:boost|decrease|drop|gain|improvement|increase|reduction|rise)s?\sof\s(?:about\s|only\s|over\s|up\sto\s)?$",
    re.IGNORECASE,
)
_GAP: Final = re.compile(r"\b(?:differences?|gaps?|gains?|improvements?|increases?)\b")
_ARROW: Final = re.compile(r"(?:uparrow|downarrow|↑|↓|\+)\s?$")
# "23% (relative) improvement", "4x as many", "80% of the data", "15 and 24 points higher"
_OF_CHANGE: Final = re.compile(
    rf"""(?:\s|\)|\$|[-–—~])*(?:(?:(?:and|or|to|vs\.?)\s)?[\d.]+[^\s,;.]*\s)?
         (?:(?!(?:and|are|as|at|but|compared|is|on|than|that|was|when|whereas|which|while|with)\b)[\w@^()/-]+\s){{0,4}}?
         (?!(?:beat|exceed|outperform|surpass)){_CHANGE}\b
       | \s?(?:as\s(?:many|much|few|fast|large|long)|away|over|absolute|relative(?!\sscore)|original|points?)\b
       | \s?of\s(?:the\s)?(?:original|full|total|entire|available|gap)\b
       | \s?of\s(?:[\w'’-]+\s){{0,4}}?(?:parameters|data|examples|labels|samples|training|costs?|memory|gpu
           |compute|computation|tokens)\b
       | \s?(?:trainable|additional|extra)\sparameters\b
       | \s?of\sthe\s\w+['’]s\b
       | \s?(?:(?:the|its|their|training|inference)\s){{0,2}}(?:size|speed|number|throughput|cost|length|data|times?)
         \b(?!-)""",
    _VERBOSE,
)
_KEEPS: Final = re.compile(
    rf"""\b(?:accounts?\sfor|achiev(?:e[sd]?|ing)|attain(?:s|ed|ing)?|maintain(?:s|ed|ing)?|obtain(?:s|ed|ing)?
       |preserv(?:e[sd]?|ing)|provid(?:e[sd]?|ing)|reach(?:es|ed|ing)?|recover(?:s|ed|ing)?|retain(?:s|ed|ing)?
       |scor(?:e[sd]?|ing)|yield(?:s|ed|ing)?){_HOW_MUCH}""",
    _VERBOSE,
)
_SCORE_OF: Final = re.compile(
    rf"""\b(?:{_SCORE}|scores?|rates?|correlations?|spearman|pearson|throughputs?)
       (?:@\d+)?(?:\s(?:scores?|rate|value|points))?\s*(?:\(\w+\)\s*)?
       (?:(?:of|is|was|at|to|from|reaches|reaching|=|:|by|ranging|between|and|up|only|about|just)\s*)+
       (?:\d+\.\d+%?\s(?:to|and|vs\.?)\s)?$""",
    _VERBOSE,
)
_OF_SCORE: Final = re.compile(rf"\s?(?:{_SCORE}|(?:average\s)?score|bits\sper)\b", _VERBOSE)
# "extends the context window from 4k to 100k", "reduces latency to 35 ms"
_AMOUNT_OF: Final = re.compile(
    r"""\b(?:(?:context|sequence|input)\s(?:window|length|size)s?\s|(?:reduc|extend|expand|cut|shorten|compress)\w*\s)
       (?:[\w-]+\s){0,6}(?:up\s)?(?:to|from)\s$""",
    _VERBOSE,
)
_BIGGER: Final = re.compile(r"\s?(?:as\s(?:big|large)\b|(?:its|their)\s(?:own\s)?size\b|\$?10(?:\^|\d))")
_NO_SHARE: Final = re.compile(r"\s?(?:confidence|significance|CI\b|of\sthe\stime\b)", re.IGNORECASE)
_NO_SCORE: Final = re.compile(
    r"""(?:\s|\$|-)*(?:nvidia|[avh]\d00|h?800|rtx|gpus?|tpus?|cpus?|[bmkgt]b?\b|million|billion|trillion|parameters?
       |tokens?|layers?|years?|days?|months?|epochs?|steps?|-?shots?\b|bits?\b|d\b|nm\b|g?hz\b|e-?\d)""",
    _VERBOSE,
)
_ABSOLUTE: Final = frozenset({"share", "score", "amount"})
_RANK: Final = re.compile(r"\b(?:bottom|top)\s$", re.IGNORECASE)
_ABOVE: Final = re.compile(r"\s(?:[\w.-]+\s){0,2}?(?:above|ahead|below|beyond|over|than)\b")
_AND: Final = re.compile(
    r"(?:\s?\([^()\d]*\))?(?:(?:\s[\w@+-]+){0,2}?\s(?:on|over|for|in)\s[\w.+-]+(?:\s[\w.+-]+){0,5}?(?=,|\s(?:and|or)\b))?(?:\s|[-–—~]|[,;()]|\b(?:and|or|to|up\sto|vs|versus|respectively)\b\.?)*"
)


def is_absolute(why: str) -> bool:
    """Whether a rule says a score and not a change."""
    return why in _ABSOLUTE


def gains(before: str) -> bool:
    """Whether what stands before a number says that it is a gain: "and by up to 7.5"."""
    return _BY.search(before) is not None


def is_bare(quantity: Quantity, after: str) -> bool:
    """Whether a number without a unit can still be a score: it has decimals and counts nothing."""
    return not quantity.unit and "." in quantity.value and not _NO_SCORE.match(after)


def shares_rule(quantity: Quantity, last: Quantity, gap: str) -> bool:
    """Whether a number continues an enumeration of like ones: "by 15.4% and 23.9%"."""
    like = quantity.unit == last.unit and (quantity.unit is not None or "." in quantity.value)
    return like and quantity.signed >= last.signed and len(gap) <= WINDOW and _AND.fullmatch(gap) is not None


def rule(quantity: Quantity, before: str, after: str) -> str | None:
    """Why the `WINDOW` characters around a quantity make it a result, None where they do not.

    `change` and `factor` are gains and reductions; `share` is a percentage, `score` a bare number, `amount` a length,
    time or size that was reached.
    """
    more = bool(_OF_CHANGE.match(after))
    by = quantity.signed or bool(_BY.search(before) or _ARROW.search(before))
    if quantity.unit == "%":
        if _NO_SHARE.match(after):
            return None
        if _RANK.search(before):
            return None
        if more or by or _ABOVE.match(after):
            return "change"
        reached = _REACHES.search(before) or (_FROM.search(before) and _ONWARD.match(after)) or _KEEPS.search(before)
        return "change" if _CHANGED_BY.search(before) and (not reached or _GAP.search(before)) else "share"
    if _NO_SCORE.match(after):
        return None
    if quantity.unit == "points":
        return "score" if _KEEPS.search(before) and not more and not _ABOVE.match(after) else "change"
    if quantity.unit == "x":
        if _BIGGER.match(after):
            return None
        # "4x" is a factor wherever it stands, "threefold" and "twice" only of a change
        return "factor" if not quantity.value[0].isalpha() or more or by or _CHANGED_BY.search(before) else None
    if quantity.unit:
        return "amount" if _AMOUNT_OF.search(before) else None
    scored = _OF_SCORE.match(after)
    if "." not in quantity.value:
        return "change" if scored and (by or _ABOVE.match(after)) else None
    if "+" in quantity.value or _GAIN_OF.search(before):
        return "change"
    if by and scored and _CHANGES.search(before):
        return "change"
    if _SCORE_OF.search(before) or scored:
        return "score"
    return "change" if by and _CHANGES.search(before) else None
