r"""LaTeX in titles and abstracts to plain text: accents, letters, emphasis, braces; formulas between dollars stay."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["plain"]

_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
}
_LETTERS = {
    "ss": "ß",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "i": "ı",
    "j": "ȷ",
    "ldots": "…",
    "dots": "…",
    "textendash": "–",
    "textemdash": "—",
    "textasciicircum": "^",
    "textasciitilde": "\ue002",
    "textbackslash": "\\",
    "textbar": "|",
    "textbraceleft": "\ue000",
    "textbraceright": "\ue001",
    "textgreater": ">",
    "textless": "<",
    "textquotedbl": '"',
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "par": " ",
}
_FORMULA = re.compile(r"((?<!\\)\$[^$]*(?<!\\)\$)")
_ACCENT = re.compile(
    r"""\\ (?: (?P<sign>[`'^~=."]) \s* | (?P<word>[uvHcdkr]) (?: \s+ | (?=\{) ) )
        (?: \{ \s* (?P<inner> \\[ij] | [^\W\d_] ) \s* \} | (?P<letter> \\[ij](?![a-zA-Z]) | [^\W\d_] ) )""",
    re.VERBOSE,
)
_ESCAPED = re.compile(r"\\([&%$#_{} ])")
_COMMAND = re.compile(r"\\([a-zA-Z]+)\*?(\s*)")
_KEPT = {"{": "\ue000", "}": "\ue001"}
_SHOWN = str.maketrans({"\ue000": "{", "\ue001": "}", "\ue002": "~"})


def plain(text: str) -> str:
    r"""The text without LaTeX's markup, white space collapsed; what is between dollars is kept to the letter.

    >>> plain(r"{LoRA} f{\"u}r {\L}ukasz \& \emph{50\%} of $\frac{1}{2}$")
    'LoRA für Łukasz & 50% of $\\frac{1}{2}$'
    """
    if "\\" in text or "{" in text or "~" in text:
        parts = _FORMULA.split(text)
        parts[::2] = [_words(part) for part in parts[::2]]
        text = "".join(parts)
    return " ".join(text.split())


def _words(text: str) -> str:
    text = _ACCENT.sub(_accented, text)
    text = _ESCAPED.sub(lambda match: _KEPT.get(match[1], match[1]), text)
    text = _COMMAND.sub(_command, text)
    text = text.replace("~", " ").replace("\\\\", " ").replace("{", "").replace("}", "")
    return text.translate(_SHOWN)


def _accented(match: re.Match[str]) -> str:
    letter = (match["inner"] or match["letter"]).replace("\\", "")
    return unicodedata.normalize("NFC", letter + _ACCENTS[match["sign"] or match["word"]])


def _command(match: re.Match[str]) -> str:
    # \emph{x}, \textbf{x}, \url{x}: the braces go afterwards and x stays; \ss, \o: a letter, the space after it is no
    # space
    letter = _LETTERS.get(match[1])
    if letter is not None:
        return letter
    return "" if match.string[match.end() : match.end() + 1] == "{" else match[2]
