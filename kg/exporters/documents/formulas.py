r"""Formulas between dollars that LaTeX may keep: letters, digits, signs, scripts and the commands listed here.

No other command is kept, so `\input` and its kin are never obeyed; nor is what TeX would stop at, as a double
superscript. What dollars are money is pandoc's rule
(https://pandoc.org/MANUAL.html#extension-tex_math_dollars).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["formulas"]

_SIGN_NAMES: Final = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau phi "
    "varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega ell infty partial nabla circ "
    "star prime times cdot pm leq le geq ge neq ne approx sim ll gg to rightarrow in subset cup cap "
    "forall exists ldots cdots dots log exp min max sup inf"
)
_FONT_NAMES: Final = "mathbb mathcal mathbf mathrm mathsf mathit tilde widetilde hat widehat bar vec sqrt"
_SIGNS: Final = frozenset(_SIGN_NAMES.split())
_FONTS: Final = frozenset(_FONT_NAMES.split())
_COMMAND: Final = re.compile(r"\\([A-Za-z]+)")
_WORDS: Final = re.compile(r"\\(?:text|textit|textbf|texttt|textsf)\{[A-Za-z0-9 .,:-]+\}")
_ATOM: Final = re.compile(r"[A-Za-z0-9]", re.ASCII)
_SEPARATORS: Final = frozenset(".,:;!?()[]+-=*/<>|@ ")
_DEEPEST: Final = 3
"""Braces within braces that are followed."""


def formulas(text: str) -> Iterator[tuple[int, int]]:
    r"""Where the formulas of a text begin and end, dollars included, in order.

    >>> [text[start:end] for text in [r"cost $5, $x_i^2$ and $\input{x}$"] for start, end in formulas(text)]
    ['$x_i^2$']
    """
    at = text.find("$")
    while at >= 0:
        end = _formula(text, at + 1)
        if end is not None:
            yield at, end
        at = text.find("$", end or at + 1)


def _formula(text: str, at: int) -> int | None:
    """Where the formula ends whose first dollar is before `at`, None where none begins there."""
    if text[at : at + 1] in ("", " ", "$"):
        return None
    end = _maths(text, at, 0)
    closed = text[end : end + 1] == "$" and text[end - 1] != " " and not text[end + 1 : end + 2].isdigit()
    return end + 1 if closed else None


def _maths(text: str, at: int, depth: int) -> int:
    """Where what is harmless from `at` on ends."""
    at = _scripts(text, at, depth)
    while at < len(text):
        end = at + 1 if text[at] in _SEPARATORS else _atom(text, at, depth)
        if end is None:
            break
        at = _scripts(text, end, depth)
    return at


def _scripts(text: str, at: int, depth: int) -> int:
    """Behind a subscript and a superscript, at most one of each."""
    seen = ""
    while at < len(text) and text[at] in "_^" and text[at] not in seen:
        end = _group(text, at + 1, depth) or _atom(text, at + 1, depth)
        if end is None:
            break
        seen += text[at]
        at = end
    return at


def _atom(text: str, at: int, depth: int) -> int | None:
    """Behind one letter, digit or command with its argument."""
    if _ATOM.match(text, at):
        return at + 1
    words = _WORDS.match(text, at)
    if words:
        return words.end()
    command = _COMMAND.match(text, at)
    if command is None:
        return None
    if command[1] in _SIGNS:
        return command.end()
    return _group(text, command.end(), depth) if command[1] in _FONTS else None


def _group(text: str, at: int, depth: int) -> int | None:
    """Behind a group in braces."""
    if depth >= _DEEPEST or text[at : at + 1] != "{":
        return None
    end = _maths(text, at + 1, depth + 1)
    return end + 1 if text[end : end + 1] == "}" else None
