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

__all__ = ["LONGEST", "check", "parameters", "replaced", "without_comments"]

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
    | (?P<iri><(?:[^\x00-\x20<>"{}|^`\\]|\\[uU][0-9A-Fa-f]+)*>)
    | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
        | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:(?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\[_~.!$&'()*+,;=/?\#@%-])
        (?:\.*(?:[\w:-]|%[0-9A-Fa-f]{2}|\\[_~.!$&'()*+,;=/?\#@%-]))*)?)
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
    """Nothing, where the query may be run, once it is `without_comments`.

    Raises:
        QueryError: it is too long or too deep, asks another server, changes the store, or can be read in two ways.
    """
    if len(text) > LONGEST:
        raise QueryError(f"the query has {len(text)} characters, {LONGEST} are allowed")
    if "\x00" in text:
        raise QueryError("the query holds a NUL character")
    size = _Size()
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
        elif word == "\\":
            raise _at(text, at, "a \\ stands outside of strings, IRIs and names")
        size.add(kind, word, low)
        if size.depth > _DEEPEST:
            raise _at(text, at, f"more than {_DEEPEST} brackets within brackets")
        if size.parts > _MOST_PARTS or size.steps > _MOST_STEPS or size.signs > _MOST_SIGNS:
            raise _at(
                text, at, f"more than {_MOST_PARTS} clauses, {_MOST_STEPS} joined patterns or {_MOST_SIGNS} operators"
            )


class _Size:
    """How deep a query has become and how much of what is slow to plan is in it."""

    def __init__(self) -> None:
        self.parts = self.steps = self.signs = 0
        self._open: list[str] = []
        self._before = ""
        self._values = False

    @property
    def depth(self) -> int:
        """Brackets that are open."""
        return len(self._open)

    def add(self, kind: str, word: str, low: str) -> None:
        """The next token."""
        if kind in ("space", "comment"):
            return
        if kind == "sign":
            self._sign(word)
        elif kind == "word":
            self.parts += low in _PARTS
            self.steps += low == "filter"  # as good as a full stop: `?a ?b ?c FILTER(true) ?d ?e ?f`
            self._values = low == "values"
        elif kind == "iri" and "://" not in word:
            for sign in word:  # `1<((2>1))` is no IRI, nor is `<!!!>`
                self._sign(sign)
        elif kind != "language" and self._open[-1:] == ["("] and self._before == "term":
            self.steps += 1  # a collection: each item is two patterns
        self._before = low if kind in ("sign", "word") else "term"

    def _sign(self, word: str) -> None:
        within = self._open[-1] if self._open else ""
        if word in "{([":
            self.steps += word == "["
            # groups side by side are joined; rows of VALUES are not
            self.steps += word == "{" and (self._before in ("}", ".", "term") and not self._values)
            self._open.append("values" if word == "{" and self._values else "row" if within == "values" else word)
            self._values = self._values and word == "("
        elif word in "})]" and self._open:
            self._values = self._open.pop() == "(" and self._values
        self.steps += word in "./;" or (word == "," and within in ("{", "["))
        self.signs += word in "!+-*/|^&=<>"


def without_comments(text: str) -> str:
    """The query with spaces in place of its comments: the engine cannot find code where `check` saw a comment."""
    return "".join(" " * len(word) if kind == "comment" else word for kind, word, _ in _tokens(text))


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
