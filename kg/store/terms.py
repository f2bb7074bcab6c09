"""RDF terms as N-Quads text, written as strings: some five times faster than building term objects first.

The one place where text is made fit for every serialisation, and where an IRI that could break out of its brackets is
refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.errors import FactsError
from kg.text import clean
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from decimal import Decimal

__all__ = ["boolean", "date", "decimal", "integer", "iri", "literal", "number"]

_XSD: Final = PREFIXES["xsd"]

_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED: Final = re.compile(r'[\\"\n\r\t]')
_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\\x7f-\xa0\ud800-\udfff\ufffe\uffff]+")
_DAY: Final = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
_MONTH: Final = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_YEAR: Final = re.compile(r"[0-9]{4}")
_LONGEST_DECIMAL: Final = 30
"""Powers of ten beyond which a decimal is not written out: `1E+999999` would be a megabyte of zeros."""


def iri(value: str) -> str:
    """The IRI in angle brackets.

    Raises:
        FactsError: it is not an absolute IRI, or has a character that would end it early.
    """
    if not _IRI.fullmatch(value):
        raise FactsError(f"not an absolute IRI: {value!r}")
    return f"<{value}>"


def literal(text: str) -> str:
    """The cleaned text as a plain string literal."""
    return f'"{_ESCAPED.sub(_escape, clean(text))}"'


def integer(value: int) -> str:
    """An xsd:integer."""
    return f'"{value}"^^<{_XSD}integer>'


def boolean(value: bool) -> str:
    """An xsd:boolean."""
    return f'"{"true" if value else "false"}"^^<{_XSD}boolean>'


def decimal(value: float) -> str:
    """A number in [0, 1] as xsd:decimal with at most four places, in its shortest form."""
    short = f"{value:.4f}".rstrip("0").rstrip(".")
    return f'"{short or "0"}"^^<{_XSD}decimal>'


def number(value: Decimal) -> str | None:
    """Any finite decimal as xsd:decimal, in its shortest form; None for NaN, infinity and numbers of absurd length."""
    if (
        not value.is_finite()
        or (value and abs(value.adjusted()) > _LONGEST_DECIMAL)
        or len(value.as_tuple().digits) > 4 * _LONGEST_DECIMAL
    ):
        return None
    if not value:
        return f'"0"^^<{_XSD}decimal>'
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f'"{text}"^^<{_XSD}decimal>'


def date(value: str) -> str:
    """An ISO date as xsd:date, xsd:gYearMonth or xsd:gYear, as precise as it is; anything else stays a string."""
    for pattern, name in ((_DAY, "date"), (_MONTH, "gYearMonth"), (_YEAR, "gYear")):
        if pattern.fullmatch(value):
            return f'"{value}"^^<{_XSD}{name}>'
    return literal(value)


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES[match[0]]
