"""Text that every reader can take: the one place where exports are made safe.

What an XML 1.0 file cannot hold, and what no UTF-8 file can hold, becomes U+FFFD: one character for one character, so
offsets of evidence stay right. Cells that a spreadsheet would run as a formula are written as text.
"""

from __future__ import annotations

import re
from typing import Any

from kg.text import UNWRITABLE, clean

__all__ = ["clean", "clean_value", "csv_cell", "csv_text", "xml_attribute", "xml_text"]

_NOT_PLAIN = re.compile(f'[{UNWRITABLE}&<>"\r\n\t]')

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
# https://owasp.org/www-community/attacks/CSV_Injection, with the full-width signs that spreadsheets fold
_QUOTED = re.compile(r'[",\r\n]')


def clean_value(value: Any) -> Any:
    """A row's value with its text clean: a text, a tuple of texts, or anything else, which stays as it is."""
    if isinstance(value, str):
        return clean(value)
    return tuple(map(clean, value)) if isinstance(value, tuple) else value


def xml_text(text: str) -> str:
    """The text as content of an XML element; a parser gives `clean(text)` back."""
    if not _NOT_PLAIN.search(text):
        return text
    text = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")  # a third of translate's time
    return text.replace("\r", "&#13;")


def xml_attribute(text: str) -> str:
    """The text between double quotes of an XML attribute; a parser gives `clean(text)` back, line breaks too."""
    text = xml_text(text)
    if not _NOT_PLAIN.search(text):
        return text
    return text.replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def csv_cell(text: str) -> str:
    """The text as a cell that no spreadsheet runs, quoted where it must be; `csv_text` takes the mark off again.

    >>> csv_cell("=1+1"), csv_cell("a, b"), csv_cell("+3.2%")
    ("'=1+1", '"a, b"', "'+3.2%")
    """
    text = clean(text)
    if _FORMULA.match(text):
        text = "'" + text
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def csv_text(cell: str) -> str:
    """What `csv_cell` was given, from a cell that a CSV reader has read: one leading `'` goes where it was added."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
