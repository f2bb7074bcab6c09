r"""Text as Markdown and as LaTeX: whatever it says, it is shown and never obeyed.

Both put it on one line. In Markdown what means something to CommonMark
(https://spec.commonmark.org/0.31.2/#backslash-escapes), to GitHub's tables or to Obsidian (links, tags, comments,
formulas, fields of Dataview, commands of Templater) gets a backslash. In LaTeX a harmless formula between dollars
(`kg.exporters.documents.formulas`) stays one.
"""

from __future__ import annotations

import re
from typing import Final

from kg.exporters.clean import clean
from kg.exporters.documents.formulas import formulas

__all__ = ["latex_text", "markdown_text", "one_line"]

_MARKDOWN: Final = re.compile(r"[\\`*_\[\]<>#|~^$]|::+|==+|%%+|\{\{+|\}\}+|(?<=<)%|&(?=[#A-Za-z])")
_LIST: Final = re.compile(r"([0-9]*)([-+]|(?<=[0-9])[.)])(?=[\s-]|$)")

_LATEX: Final = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "$&%#_"},
        # braces have to be even in BibTeX, which counts escaped ones too
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "\\": r"{\textbackslash}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        "<": r"{\textless}",
        ">": r"{\textgreater}",
        "|": r"{\textbar}",
    }
)
_WORD: Final = re.compile(r"[^\W_]+")


def one_line(text: str) -> str:
    r"""The cleaned text on one line, without white space at its ends.

    >>> one_line(" a\n\tb ")
    'a b'
    """
    return " ".join(clean(text).split())


def markdown_text(text: str) -> str:
    r"""The text as Markdown on one line, where it may also begin the line.

    >>> markdown_text("[[x]] <b>1 | 2</b>"), markdown_text("1. #tag"), markdown_text("50% of GPT-4 (2023)")
    ('\\[\\[x\\]\\] \\<b\\>1 \\| 2\\</b\\>', '1\\. \\#tag', '50% of GPT-4 (2023)')
    """
    text = _MARKDOWN.sub(lambda match: "".join(f"\\{sign}" for sign in match[0]), one_line(text))
    return _LIST.sub(r"\1\\\2", text, count=1) if _LIST.match(text) else text


def latex_text(text: str, *, names: bool = False) -> str:
    r"""The text as LaTeX on one line; `names` braces words like LoRA, of which BibTeX would make lora.

    >>> latex_text("50% of $x^2$ & $5"), latex_text("LoRA, or Low-Rank", names=True)
    ('50\\% of $x^2$ \\& \\$5', '{LoRA}, or Low-Rank')
    """
    text = one_line(text)
    parts, done = [], 0
    for start, end in (*formulas(text), (len(text), len(text))):
        plain = text[done:start].translate(_LATEX)
        parts += [_WORD.sub(_braced, plain) if names else plain, text[start:end]]
        done = end
    return "".join(parts)


def _braced(word: re.Match[str]) -> str:
    return f"{{{word[0]}}}" if any(map(str.isupper, word[0][1:])) else word[0]
