"""Numbers in running text that can be a score or a gain: percentages, factors, points, and bare decimals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Quantity", "may_hold", "quantities"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written from `start` to `end` and what it means; `number` is None for a range such as `1%-7%`.

    `unit` is `%`, `x`, `points`, a unit of memory, time or count (`GB`, `ms`, `K`), or None; `signed` says that a sign
    stands before it.
    """

    start: int
    end: int
    value: str
    number: Decimal | None
    unit: str | None
    signed: bool


_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,9})?|[0-9]{1,12}(?:\.[0-9]{1,9})?"
_PERCENT = r"\s?\\?%(?:p\b)?|\s?percent\b|\spp\b"
_FACTOR = r"\s?(?:\$?\\times\$?|×)|\s?times\b|\s?[xX](?![A-Za-z0-9])|-?\s?fold\b"
_MEASURES = r"(?:percentage|absolute|accuracy|average|BLEU|BLEURT|chrF|COMET|ROUGE(?:-\w)?|F1|mAP|PPL|Elo|ELO|EM|AUC)"
_POINTS = rf"\+?[\s-](?:{_MEASURES}\s){{0,2}}points?\b"
_AMOUNT = r"\s?(?:GB|MB|G|[kKM]|ms|milliseconds?|seconds?|minutes?|hours?)\b"
# "5.17times", "uparrow2.31%", "sim3x": what is left of LaTeX may touch the number
_QUANTITY: Final = re.compile(
    rf"""(?: (?<![\w.,$£€^_/-]) | (?<=arrow) | (?<=sim) | (?<=approx) | (?<=pm) | (?<=times) | (?<=%/)
           | (?<![\w)\]–-])(?=[+−-][0-9]) )
         (?P<sign>[+−-]\s?)?(?P<low>{_NUMBER})
         (?:\s?(?:pm|±|\\pm)\s?(?P<error>{_NUMBER}))?
         (?: (?P<lowunit>{_PERCENT}|{_FACTOR})?\s?(?P<dash>-|–|—|--|~|\bto\b)\s?(?P<high>{_NUMBER})
             (?=\s?(?:\\?%|percent|\$?\\times|×|times|[xX]\b|-?fold) | {_POINTS}) )?
         (?P<unit>{_PERCENT}|{_FACTOR}|{_POINTS}|{_AMOUNT})?
         (?![\w]|[.,][0-9])""",
    re.VERBOSE,
)
_AMOUNTS: Final = {
    "GB": "GB",
    "G": "GB",
    "MB": "MB",
    "k": "K",
    "K": "K",
    "M": "M",
    "m": "ms",
    "millisecond": "ms",
    "second": "s",
    "minute": "min",
    "hour": "h",
}
_WORDS: Final = {"twice": 2, "double": 2, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
_IN_WORDS: Final = re.compile(
    r"\b(?P<twice>twice)\b|\b(?P<count>two|three|four|five|ten)(?:-|\s)?(?:fold|times)\b", re.IGNORECASE
)
_WORDY: Final = re.compile(r"twice|Twice|TWICE|fold|Fold|FOLD|times|Times|TIMES")
_START: Final = re.compile(r"[-+−0-9]")
_DIGIT: Final = re.compile(r"[0-9]")
_LIST_BEFORE: Final = re.compile(rf"(?<![\w.,])(?:(?:{_NUMBER}),\s?){{0,5}}(?:{_NUMBER}),?\s(?:and|or)\s$")
_ONE: Final = re.compile(_NUMBER)
_LOOKBACK: Final = 60
"""How far before a quantity with a unit the list may begin that shares it: `1.0, 1.3 and 2.5 points`."""


def may_hold(text: str, start: int, end: int) -> bool:
    """Whether there is anything like a number from `start` to `end`: cheap, and never wrongly false."""
    return bool(_DIGIT.search(text, start, end) or _WORDY.search(text, start, end))


def quantities(text: str, start: int, end: int) -> Iterator[Quantity]:
    """The quantities from `start` to `end` of a text; a range `2-4x` gives its two ends.

    >>> [(q.value, q.unit, str(q.number)) for q in quantities("up to 23% and 4x, from 29.1 to 32.0 points", 0, 42)]
    [('23%', '%', '23'), ('4x', 'x', '4'), ('29.1 points', 'points', '29.1'), ('32.0 points', 'points', '32.0')]
    """
    done = start
    for place in _START.finditer(text, start, end):
        at = place.start()
        if at < done or (at > start and text[at - 1].isdigit()):
            continue
        found = _QUANTITY.match(text, at, end)
        if not found:
            continue
        done = found.end()
        unit = _unit(found["unit"])
        sign = (found["sign"] or "").strip()
        if found["high"]:
            if found["lowunit"] and unit == "%" and found["dash"] != "to":
                yield Quantity(found.start(), found.end(), _clean(found[0]), None, unit, bool(sign))
                continue
            middle = found.end("lowunit") if found["lowunit"] else found.end("low")
            low = found["low"] + (found["lowunit"] or found["unit"] or "")
            yield Quantity(found.start(), middle, _clean(low), _decimal(found["low"]), unit, bool(sign))
            start_high = found.start("high")
            high = _clean(text[start_high : found.end()])
            yield Quantity(start_high, found.end(), high, _decimal(found["high"]), unit, signed=False)
            continue
        if unit:
            yield from _sharing(text, max(start, found.start() - _LOOKBACK), found.start(), unit)
        number = _decimal(found["low"])
        value = found[0] if found["error"] or sign else text[found.start("low") : found.end()]
        yield Quantity(
            found.start(), found.end(), _clean(value), -number if sign in ("-", "−") else number, unit, bool(sign)
        )
    for found in _IN_WORDS.finditer(text, start, end) if _WORDY.search(text, start, end) else ():
        times = _WORDS[(found["twice"] or found["count"]).lower()]
        yield Quantity(found.start(), found.end(), found[0], Decimal(times), "x", False)


def _sharing(text: str, start: int, end: int, unit: str) -> Iterator[Quantity]:
    before = _LIST_BEFORE.search(text, start, end)
    if before and "." in before[0]:
        for one in _ONE.finditer(text, before.start(), before.end()):
            yield Quantity(one.start(), one.end(), one[0], _decimal(one[0]), unit, False)


def _unit(written: str | None) -> str | None:
    if not written:
        return None
    if "%" in written or "pp" in written or ("percent" in written and "point" not in written):
        return "%"
    if "point" in written:
        return "points"
    return _AMOUNTS.get(written.strip().rstrip("s"), "x")


def _decimal(number: str) -> Decimal:
    return Decimal(number.replace(",", ""))


def _clean(value: str) -> str:
    return re.sub(r"\s+%", "%", value.replace("\\%", "%").replace("$", "").replace("\\times", "×")).strip()
