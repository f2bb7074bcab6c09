r"""Text as the stages share it: what characters it may hold, and its sentences by offset.

Offsets count Unicode code points into `title + "\n" + abstract` and are half open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

__all__ = ["UNWRITABLE", "Span", "clean", "sentences"]

UNWRITABLE: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
"""For a character class: what XML 1.0 forbids or discourages (https://www.w3.org/TR/xml/#charsets), and lone
surrogates, which have no UTF-8. Neither RDF/XML nor GraphML nor a page can hold them."""

_UNWRITABLE = re.compile(f"[{UNWRITABLE}]")

_END = re.compile(
    r"""(?P<stop>[.!?]["'”’)\]]*)\s+(?=["'“‘(\[\\$]*[A-Z0-9\u0370-\u03ff\\$])  # a full stop before a capital
      | \n+""",
    re.VERBOSE,
)
_ABBREVIATION = re.compile(
    r"""(?: \b(?:e\.g|i\.e|cf|vs|et\ al|resp|approx|w\.r\.t|Fig|Figs|Eq|Eqs|Sec|Tab|No|Nos
                |Dr|Prof|St|Mr|Ms|Mrs|Ph\.D|U\.S|ca|etc(?=\.\ [a-z]))
          | (?<![\w])[A-Z] )\.["')\]]*$""",
    re.VERBOSE,
)


def clean(text: str) -> str:
    r"""The text with U+FFFD for each character no file of ours can hold: one for one, so offsets stay right.

    >>> clean("a\x00b\ud800c\td")
    'a�b�c\td'
    """
    return text if text.isascii() and text.isprintable() else _UNWRITABLE.sub("\ufffd", text)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half open stretch of a paper's text."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Whether the other stretch lies within this one."""
        return self.start <= other.start and other.end <= self.end


def sentences(text: str) -> tuple[Span, ...]:
    r"""The sentences of a text, in order, without the white space between them; a line break always ends one.

    A full stop ends a sentence before a capital or digit unless it belongs to an abbreviation or an initial.

    >>> text = "QLoRA: a title\nWe use BERT, e.g. BERT-base. It works."
    >>> [text[span.start : span.end] for span in sentences(text)]
    ['QLoRA: a title', 'We use BERT, e.g. BERT-base.', 'It works.']
    """
    found: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        end = match.end("stop") if match["stop"] else match.start()
        if match["stop"] and match["stop"][0] == "." and _ABBREVIATION.search(text, max(start, end - 12), end):
            continue
        if text[start:end].strip():
            found.append(Span(start, end))
        start = match.end()
    if text[start:].strip():
        found.append(Span(start, len(text.rstrip())))
    return tuple(_trimmed(text, span) for span in found)


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
