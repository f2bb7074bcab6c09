"""What may reach the engine: read-only SPARQL 1.1 that stays on this machine and does not overflow its parser.

The engine has no switch for SERVICE (it would send requests for whoever asks), its parser recurses (2,500 nested braces
kill the process), and its planner is cubic in joined patterns. So text from outside is read by this tokeniser first.
SPARQL's `<` is both "less than" and the start of an IRI; where the two readings could differ in what is text and what
is code, the query is refused.
"""

from __future__ import annotations

import re
from typing import Final

from kg.errors import QueryError

__all__ = ["LONGEST", "check", "parameters", "replaced"]

LONGEST: Final = 65_536
"""Characters of a query."""
_DEEPEST: Final = 100
"""Brackets within brackets; the parser dies between 500 and 3,000 (pyoxigraph 0.5)."""
_MOST_PARTS: Final = 400
"""OPTIONAL, UNION, MINUS, BIND, AS, EXISTS, GRAPH together; 3,000 of MINUS, BIND or AS kill the process."""
_MOST_STEPS: Final = 150
"""Steps of property paths, and patterns joined by `.` and `;`: 500 take seconds to plan, 2,500 minutes."""
_MOST_SIGNS: Final = 1_000
"""Operators of expressions and paths: 10,000 of `!` kill the process."""

_TOKEN: Final = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<comment>\#[^\n\r]*)
    | (?P<iri><[^\x00-\x20<>"{}|^`\\]*>)
    | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
        | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:(?:[\w:%\\-](?:[\w.:%\\~!$&'()*+,;=/?\#@-]*[\w:%-])?)?)
    | (?P<word>[^\W\d]\w*)
    | (?P<number>[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_UNMISTAKABLE: Final = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]*://[^']*|[^'#]*)>")
"""IRIs that hold no apostrophe, and a `#` only after `://`, which no comparison can hold."""
_UPDATES: Final = frozenset(["insert", "delete", "load", "clear", "create", "drop", "copy", "move", "add", "with"])
_FORMS: Final = frozenset(["select", "ask", "construct", "describe"])
_PARTS: Final = frozenset(["optional", "union", "minus", "bind", "as", "exists", "graph"])


def _tokens(text: str) -> list[tuple[str, str, int]]:
    return [(str(match.lastgroup), match[0], match.start()) for match in _TOKEN.finditer(text)]


def check(text: str) -> None:
    """Nothing, where the query may be run.

    Raises:
        QueryError: it is too long or too deep, asks another server, changes the store, or can be read in two ways.
    """
    if len(text) > LONGEST:
        raise QueryError(f"the query has {len(text)} characters, {LONGEST} are allowed")
    if "\x00" in text:
        raise QueryError("the query holds a NUL character")
    depth = parts = steps = signs = 0
    form = False
    for kind, word, at in _tokens(text):
        low = word.lower()
        if kind == "iri" and not _UNMISTAKABLE.fullmatch(word):
            raise _at(
                text,
                at,
                f"{word} can be read as a comparison; write ' as %27 and # as %23 in it, or put spaces around <",
            )
        if (kind == "word" and "service" in low) or (kind == "name" and "service" in low.split(":", 1)[0]):
            raise _at(text, at, "SERVICE is refused: queries do not leave this machine (nor may a prefix be called so)")
        if kind == "word":
            if low in _UPDATES and not form:
                raise _at(
                    text,
                    at,
                    f"{word.upper()} is refused: the store answers questions, kg build, add and remove change it",
                )
            form = form or low in _FORMS
            parts += low in _PARTS
        elif kind == "sign":
            if word in "{([":
                depth += 1
                if depth > _DEEPEST:
                    raise _at(text, at, f"more than {_DEEPEST} brackets within brackets")
            elif word in "})]":
                depth -= 1
            steps += word in "./;"
            signs += word in "!+-*/|^&=<>"
        if parts > _MOST_PARTS or steps > _MOST_STEPS or signs > _MOST_SIGNS:
            raise _at(
                text, at, f"more than {_MOST_PARTS} clauses, {_MOST_STEPS} joined patterns or {_MOST_SIGNS} operators"
            )


def replaced(text: str, terms: dict[str, str]) -> str:
    """The query with each `$name` of `terms` replaced by its RDF term; never inside strings, IRIs, comments."""
    return "".join(
        terms[word[1:]] if kind == "variable" and word[0] == "$" and word[1:] in terms else word
        for kind, word, _ in _tokens(text)
    )


def parameters(text: str) -> set[str]:
    """The names written `$name` in a query."""
    return {word[1:] for kind, word, _ in _tokens(text) if kind == "variable" and word[0] == "$"}


def _at(text: str, offset: int, why: str) -> QueryError:
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    return QueryError(f"{line}:{column}: {why}")
