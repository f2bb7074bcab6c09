"""The query library: one question a file, its description in `#+` comments, so that each file is plain SPARQL.

    #+ summary: Papers that evaluate on a benchmark
    #+ description: A sentence or two; further lines
    #+   are indented.
    #+ tags: papers, benchmarks
    #+ param: benchmark node Benchmark|Dataset -- by any of its names
    #+ param: since year = any -- the first year
    #+ example: benchmark=GSM8K since=2023
    #+ limit: 50

A parameter is written `$name` in the query and its type is one of `TYPES`. What follows `=` is its value where none is
given; `any` leaves the variable open, and the file as it stands answers for all values.
"""

from __future__ import annotations

import re
import shlex
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.errors import QueryError, UnknownNameError, near
from kg.queries.guard import check, parameters
from kg.resources import queries_folder
from kg.vocabulary import PREFIXES, Kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    _Fault = Callable[[int, str], None]

__all__ = ["TYPES", "Parameter", "Query", "get_query", "load_queries"]

TYPES: Final[dict[str, str]] = {
    "node": "an entity by any of its names",
    "paper": "a paper by id, arXiv id or title",
    "kind": f"one of {', '.join(Kind)}",
    "year": "a year, e.g. 2024",
    "date": "a date, e.g. 2024-05-20",
    "int": "a whole number",
    "text": "any text",
}
"""What a parameter may be, in words."""

_KEYS: Final = ("summary", "description", "tags", "param", "example", "limit")
_PARAM: Final = re.compile(
    r"(?P<name>[a-z][a-z0-9_]*) (?P<type>[a-z]+)(?: (?P<kinds>[A-Z][A-Za-z|]*))?"
    r"(?: = (?P<default>.+?))?(?: -- (?P<text>.+))?"
)
_RESERVED: Final = frozenset({"limit", "folder", "store", "name"})
_SAYS_NOTHING: Final = frozenset(
    "a all an and are as at be by can did do doe each for from give ha how i in it its list me of on or show tell that "  # noqa: SIM905
    "the their them there thi to wa were what when where which who why with".split()
)
"""Words, as `_words` leaves them, that any question may have."""
ANY: Final = "any"


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query asks for. `default` is None where a value must be given, `any` where none is needed."""

    name: str
    type: str
    kinds: tuple[Kind, ...] = ()
    default: str | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A question of the library; `limit` rows are shown, 0 for all; `examples` have answers among the demo papers."""

    name: str
    summary: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    examples: tuple[tuple[tuple[str, str], ...], ...]
    limit: int
    text: str


def load_queries(folder: Path | None = None) -> tuple[Query, ...]:
    """The queries of a folder, sorted by name; by default those that ship with the package.

    Raises:
        QueryError: with every problem of every file as `file:line: why`.
    """
    problems: list[str] = []
    found = [_read(path, problems) for path in sorted((folder or queries_folder()).glob("*.rq"))]
    if problems:
        raise QueryError(
            "\n".join([f"the query library has {len(problems)} problem{'s' * (len(problems) != 1)}:", *problems])
        )
    return tuple(query for query in found if query is not None)


def get_query(name: str, folder: Path | None = None) -> Query:
    """The query of that name.

    Raises:
        UnknownNameError: there is none; the message says what is near: in spelling, else in what the words ask.
    """
    queries = {query.name: query for query in load_queries(folder)}
    if name in queries:
        return queries[name]
    close = [] if near(name, queries) else _asking(name, tuple(queries.values()))
    listed = "".join(f"\n  {query.name}: {query.summary}" for query in close)
    remedy = f"kg query lists them{'; the nearest questions:' if close else ''}{listed}"
    raise UnknownNameError("query", name, queries, remedy)


def _asking(question: str, queries: tuple[Query, ...], *, most: int = 3) -> list[Query]:
    """The queries whose name and summary share words with a question; those with its rarest words first.

    A word weighs one over the number of queries that have it, and one that more than half of them have weighs nothing.
    """
    words = {query.name: _words(f"{query.name} {query.summary}") for query in queries}
    spread = Counter(word for held in words.values() for word in held)
    asked = {word for word in _words(question) if 2 * spread[word] <= len(queries)}
    weight = {query: sum(1 / spread[word] for word in asked & words[query.name]) for query in queries}
    found = sorted((query for query in queries if weight[query]), key=lambda query: (-weight[query], query.name))
    return found[:most]


def _words(text: str) -> set[str]:
    """The words that tell what is asked, in lower case and without the s of a plural or a verb."""
    found = re.findall(r"[a-z]+", text.lower())
    return {word.removesuffix("s") for word in found} - _SAYS_NOTHING


def _read(path: Path, problems: list[str]) -> Query | None:
    before = len(problems)

    def fault(line: int, why: str) -> None:
        problems.append(f"{path.name}:{line}: {why}")

    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        fault(path.read_bytes()[: error.start].count(b"\n") + 1, "not UTF-8")
        return None
    if not re.fullmatch(r"[a-z][a-z0-9-]*", path.stem):
        fault(1, f"the file name {path.name!r} is not small letters, digits and dashes")
    entries: list[tuple[int, str, str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.startswith("#+"):
            continue
        if line.startswith("#+   ") and entries:
            at, key, value = entries.pop()
            entries.append((at, key, f"{value} {line[2:].strip()}"))
            continue
        key, colon, value = line[2:].strip().partition(":")
        if not colon or key not in _KEYS:
            fault(number, f"unknown key {key!r}; the keys are {', '.join(_KEYS)}")
        elif key not in ("param", "example") and any(other == key for _, other, _ in entries):
            fault(number, f"{key} is given twice")
        else:
            entries.append((number, key, value.strip()))
    single = {key: (number, value) for number, key, value in entries if key not in ("param", "example")}
    for key in ("summary", "tags"):
        if not single.get(key, (0, ""))[1]:
            fault(1, f"#+ {key}: is missing")
    limit = single.get("limit", (0, "0"))
    if not (limit[1].isascii() and limit[1].isdigit()):
        fault(limit[0], f"limit {limit[1]!r} is not a whole number")
    parameters_ = [_parameter(number, value, fault) for number, key, value in entries if key == "param"]
    declared = {one.name: one for one in parameters_ if one is not None}
    if len(declared) < sum(one is not None for one in parameters_):
        fault(1, "a parameter is declared twice")
    used = parameters(text)
    for name in sorted(used - declared.keys()):
        fault(_line_of(text, f"${name}"), f"${name} is not declared; add #+ param: {name} TYPE")
    for name in sorted(declared.keys() - used):
        fault(1, f"parameter {name} is not used as ${name}")
    examples = [_example(number, value, declared, fault) for number, key, value in entries if key == "example"]
    if any(one.default is None for one in declared.values()) and not examples:
        fault(1, "a query with parameters needs an #+ example:")
    if re.search(r"(?i)\bselect\s+(distinct\s+)?\*", text):
        fault(_line_of(text, "*"), "SELECT *: name the columns, their order would be the engine's")
    _parse(text, fault)
    if len(problems) > before:
        return None
    return Query(
        name=path.stem,
        summary=single["summary"][1],
        description=single.get("description", (0, ""))[1],
        tags=tuple(tag.strip() for tag in single["tags"][1].split(",")),
        parameters=tuple(declared.values()),
        examples=tuple(examples),
        limit=int(limit[1]),
        text=text,
    )


def _parameter(number: int, value: str, fault: _Fault) -> Parameter | None:
    match = _PARAM.fullmatch(value)
    if match is None:
        fault(number, f"param {value!r} is not NAME TYPE [Kind|Kind] [= DEFAULT] [-- TEXT]")
        return None
    name, kind = match["name"], match["type"]
    if name in _RESERVED:
        fault(number, f"a parameter cannot be called {name}")
    if kind not in TYPES:
        fault(number, f"type {kind!r} is not one of {', '.join(TYPES)}")
    kinds = tuple(match["kinds"].split("|")) if match["kinds"] else ()
    for one in kinds:
        if one not in tuple(Kind) or kind != "node":
            fault(number, f"{one!r} is not one of {', '.join(Kind)} of a node")
            return None
    return Parameter(name, kind, tuple(Kind(one) for one in kinds), match["default"], match["text"] or "")


def _example(number: int, value: str, declared: dict[str, Parameter], fault: _Fault) -> tuple[tuple[str, str], ...]:
    try:
        pairs = tuple((key, text) for key, _, text in (word.partition("=") for word in shlex.split(value)))
    except ValueError as error:
        fault(number, f"example {value!r}: {error}")
        return ()
    given = [key for key, _ in pairs]
    for key in given:
        if key not in declared:
            fault(number, f"the example gives {key!r}, which is no parameter")
    for one in declared.values():
        if one.default is None and one.name not in given:
            fault(number, f"the example lacks {one.name}")
    return pairs


def _parse(text: str, fault: _Fault) -> None:
    import pyoxigraph  # noqa: PLC0415

    try:
        check(text)
        pyoxigraph.Store().query(text, prefixes=PREFIXES)
    except QueryError as error:
        line, _, why = str(error).partition(":")
        fault(int(line) if line.isdigit() else 1, why if line.isdigit() else str(error))
    except SyntaxError as error:
        place = re.match(r"error at (\d+):(\d+): (.*)", str(error), re.DOTALL)
        fault(int(place[1]) if place else 1, f"not SPARQL: {(place[3] if place else str(error))[:200]}")


def _line_of(text: str, part: str) -> int:
    return text.count("\n", 0, max(0, text.find(part))) + 1
