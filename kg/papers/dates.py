"""Dates as sources write them, to ISO 8601 as precise as they are.

Five forms are read: ISO 8601 (`2024`, `2024-05`, `2024-05-20`, with a time after it), `Sep 7, 2024`, `7 September
2024`,
`September 2024` and RFC 2822 (`Mon, 2 Apr 2007 19:18:42 GMT`, what arXiv's snapshot has). `03/04/2024` is not: nobody
can say whether that is in March or in April.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

__all__ = ["DayText", "iso_date", "read_day"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_ISO = re.compile(r"(?P<year>\d{4})(?:[-/](?P<month>\d{1,2})(?:[-/](?P<day>\d{1,2})(?:[T ].*)?)?)?(?<!-)", re.DOTALL)
_WRITTEN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_NAME} {_DAY}(?:,? {_YEAR})?",
        rf"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*, )?{_DAY} {_NAME},?(?: {_YEAR}(?: [\d:]+.*)?)?",
        rf"{_NAME},? {_YEAR}",
    )
)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class DayText:
    """A date as far as its text says: any of year, month and day may be open."""

    year: int | None
    month: int | None = None
    day: int | None = None

    def iso(self, year: int | None = None) -> str | None:
        """ISO 8601 as precise as is known, `year` where the text has none; None without a year or for no real date."""
        known = self.year if self.year is not None else year
        if known is None or not 1000 <= known <= 9999:
            return None
        if self.month is None:
            return f"{known:04}"
        try:
            date(known, self.month, self.day or 1)
        except ValueError:
            return None
        return f"{known:04}-{self.month:02}" + (f"-{self.day:02}" if self.day else "")


def read_day(text: str) -> DayText | None:
    """What a text says of a date, None if it is none.

    >>> read_day("Sep 7, 2024"), read_day("May 21")
    (DayText(year=2024, month=9, day=7), DayText(year=None, month=5, day=21))
    """
    if len(text) > _LONGEST:
        return None
    text = " ".join(text.split())
    if match := _ISO.fullmatch(text):
        month, day = match["month"], match["day"]
        return DayText(int(match["year"]), int(month) if month else None, int(day) if day else None)
    for pattern in _WRITTEN:
        if match := pattern.fullmatch(text):
            parts = match.groupdict()
            return DayText(
                int(parts["year"]) if parts.get("year") else None,
                _MONTHS.index(parts["month"][:3].lower()) + 1,
                int(parts["day"]) if parts.get("day") else None,
            )
    return None


def iso_date(text: str) -> str | None:
    """The date of a text in ISO 8601, None where it has no year or is no date.

    >>> iso_date("Mon, 2 Apr 2007 19:18:42 GMT"), iso_date("2023-10"), iso_date("May 21")
    ('2007-04-02', '2023-10', None)
    """
    read = read_day(text)
    return read.iso() if read else None
