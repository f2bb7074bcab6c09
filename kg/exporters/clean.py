"""Text that every reader can take: the one place where exports are made safe.

What an XML 1.0 file cannot hold, and what no UTF-8 file can hold, becomes U+FFFD: one character for one character, so
offsets of evidence stay right. Cells that a spreadsheet would run as a formula are written as text.
"""

from __future__ import annotations

import re

__all__ = ["clean", "csv_cell", "csv_text", "xml_attribute", "xml_text"]

_BAD = "\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff"
# https://www.w3.org/TR/xml/#charsets, and lone surrogates, which have no UTF-8
_UNWRITABLE = re.compile(f"[{_BAD}]")
_NOT_PLAIN = re.compile(f'[{_BAD}&<>"\r\n\t]')

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
# https://owasp.org/www-community/attacks/CSV_Injection, with the full-width signs that spreadsheets fold
_QUOTED = re.compile(r'[",\r\n]')


def clean(text: str) -> str:
    r"""The text with U+FFFD for each control character, noncharacter and lone surrogate; tab and line breaks stay.

    >>> clean("a\x00b\ud800c\td")
    'a�b�c\td'
    """
    return _UNWRITABLE.sub("\ufffd", text)


def xml_text(text: str) -> str:
    """The text as content of an XML element; a parser gives `clean(text)` back."""
    return clean(text).translate(_TEXT) if _NOT_PLAIN.search(text) else text


def xml_attribute(text: str) -> str:
    """The text between double quotes of an XML attribute; a parser gives `clean(text)` back, line breaks too."""
    return clean(text).translate(_ATTRIBUTE) if _NOT_PLAIN.search(text) else text


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
