"""Asking: a query of the library with its parameters, or any SPARQL text."""

from __future__ import annotations

import datetime as dt
import re
import sys
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from kg.errors import QueryError, UnknownNameError, near
from kg.queries.guard import check, replaced, without_comments
from kg.queries.library import ANY, Parameter, Query, get_query
from kg.queries.names import find_node, find_paper_loosely
from kg.tables import Table, Term
from kg.vocabulary import BASE, PREFIXES, Kind

if TYPE_CHECKING:
    from pathlib import Path

    import pyoxigraph

    from kg.store import Store

__all__ = ["Answer", "Graph", "prepare", "run", "sparql"]


@dataclass(frozen=True, slots=True)
class Graph:
    """The triples of a CONSTRUCT or DESCRIBE, as N-Triples lines, sorted, each once."""

    lines: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.lines)

    def ntriples(self) -> str:
        """N-Triples, sorted."""
        return "".join(f"{line}\n" for line in self.lines)

    def turtle(self) -> str:
        """Turtle with our prefixes."""
        import pyoxigraph  # noqa: PLC0415

        triples = pyoxigraph.parse(self.ntriples(), pyoxigraph.RdfFormat.N_TRIPLES)
        data = pyoxigraph.serialize(
            (quad.triple for quad in triples), format=pyoxigraph.RdfFormat.TURTLE, prefixes=PREFIXES
        )
        return data.decode() if data is not None else ""


Answer = Table | bool | Graph
"""What a SELECT, an ASK, and a CONSTRUCT or DESCRIBE give."""


def run(
    store: Store, name: str, /, *, limit: int | None = None, folder: Path | None = None, **values: object
) -> Answer:
    """The answer of a query of the library; values are written as people write them (`benchmark="gsm-8k"`).

    `limit` rows at most, 0 for all, None for what the query says.

    Raises:
        UnknownNameError: no such query, no such parameter, or no node of a given name.
        AmbiguousNameError: a given name is that of several nodes.
        QueryError: a value is missing or of the wrong type.
    """
    query = get_query(name, folder)
    text = prepare(store, query, {key: str(value) for key, value in values.items() if value is not None})
    return _answer(store.query(text), query.limit if limit is None else limit)


def prepare(store: Store, query: Query, values: dict[str, str]) -> str:
    """The query's SPARQL with its parameters in place.

    Raises:
        As `run`.
    """
    declared = {one.name: one for one in query.parameters}
    for name in values:
        if name not in declared:
            raise UnknownNameError(
                f"parameter of {query.name}", name, declared, f"it takes {', '.join(declared) or 'none'}"
            )
    terms: dict[str, str] = {}
    for one in query.parameters:
        value = values.get(one.name, one.default)
        if value is None:
            kinds = f" ({', '.join(kind.lower() for kind in one.kinds)})" if one.kinds else ""
            raise QueryError(f"{query.name} needs {one.name}{kinds}, e.g. {_example(query, one)}")
        if value != ANY or one.default != ANY:
            terms[one.name] = _term(store, one, value)
    return replaced(query.text, terms)


def sparql(store: Store, text: str, *, limit: int = 0) -> Answer:
    """The answer to any read-only SPARQL 1.1 query; the prefixes of `kg.vocabulary.PREFIXES` need not be declared.

    Raises:
        QueryError: it does not parse (with line and column), changes the store, asks another server, or would kill the
        parser.
    """
    check(text)
    try:
        answer = store.engine.query(without_comments(text), prefixes=PREFIXES)
    except SyntaxError as error:
        raise QueryError(_friendly(text, str(error))) from None
    except ValueError as error:
        raise QueryError(f"not a query: {error}") from None
    return _answer(answer, limit)


def _answer(
    answer: pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples, limit: int
) -> Answer:
    try:
        return _read(answer, limit)
    except (RuntimeError, OSError) as error:
        raise QueryError(f"the query failed: {error}") from error


def _read(answer: pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples, limit: int) -> Answer:
    import pyoxigraph  # noqa: PLC0415

    if isinstance(answer, pyoxigraph.QueryBoolean):
        return bool(answer)
    stop = min(limit, sys.maxsize) or None
    if isinstance(answer, pyoxigraph.QueryTriples):
        return Graph(tuple(sorted({f"{triple} ." for triple in islice(answer, stop)})))
    columns = tuple(variable.value for variable in answer.variables)
    return Table(columns, tuple(tuple([_cell(term) for term in row]) for row in islice(answer, stop)))


def _cell(term: object) -> Term | None:
    import pyoxigraph as ox  # noqa: PLC0415

    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return Term(term.value, "uri")
    if isinstance(term, ox.Literal):
        if term.language:
            return Term(term.value, "literal", None, term.language)
        datatype = term.datatype.value
        return Term(term.value, "literal", None if datatype == _STRING else datatype)
    if isinstance(term, ox.BlankNode):
        return Term(term.value, "bnode")
    return Term(str(term))


_STRING: Final = f"{PREFIXES['xsd']}string"


def _term(store: Store, one: Parameter, value: str) -> str:
    """The serialised RDF term of a parameter's value."""
    import pyoxigraph as ox  # noqa: PLC0415

    value = value.strip()
    if one.type == "node":
        return str(ox.NamedNode(find_node(store, value, one.kinds)))
    if one.type == "paper":
        return str(ox.NamedNode(find_paper_loosely(store, value)))
    if one.type == "kind":
        kinds = {kind.lower(): kind for kind in Kind}
        kind = kinds.get(value.lower()) or kinds.get(value.lower().removesuffix("s"))
        if kind is None:
            raise UnknownNameError("kind", value, [*Kind], f"choose one of {', '.join(Kind)}")
        return str(ox.NamedNode(BASE + kind))
    if one.type in ("int", "year"):
        if not re.fullmatch(r"-?[0-9]{1,18}" if one.type == "int" else r"[0-9]{4}", value):
            raise QueryError(
                f"{one.name}={value!r}: {'a whole number' if one.type == 'int' else 'a year such as 2024'} is needed"
            )
        return str(ox.Literal(str(int(value)), datatype=ox.NamedNode(f"{PREFIXES['xsd']}integer")))
    if one.type == "date":
        try:
            day = dt.date.fromisoformat(value)
        except ValueError:
            raise QueryError(f"{one.name}={value!r}: a date such as 2024-05-20 is needed") from None
        return str(ox.Literal(day.isoformat(), datatype=ox.NamedNode(f"{PREFIXES['xsd']}date")))
    return str(ox.Literal(value.encode("utf-8", "replace").decode()))


def _example(query: Query, one: Parameter) -> str:
    values = {key: value for example in query.examples for key, value in example}
    return f"{one.name}={values.get(one.name, '...')!r}"


_UNKNOWN_PREFIX: Final = re.compile(r"(?<![<\w:/#])([A-Za-z][\w-]*):[A-Za-z_]")


def _friendly(text: str, error: str) -> str:
    """The engine's message in two lines: where, what stands there, and for an undeclared prefix which are known."""
    place = re.match(r"error at (\d+):(\d+): (.*)", error, re.DOTALL)
    if place is None:
        return f"not SPARQL: {error}"
    line, column = int(place[1]), int(place[2])
    lines = text.split("\n")
    shown = lines[line - 1] if line <= len(lines) else ""
    declared = {name.lower() for name in re.findall(r"(?i)prefix\s+([\w-]*)\s*:", text)} | PREFIXES.keys()
    unknown = [name for name in _UNKNOWN_PREFIX.findall(shown) if name.lower() not in declared]
    why = place[3]
    if "Prefix not found" in why or (unknown and len(why) > 120):
        close = near(unknown[0], PREFIXES) if unknown else []
        why = f"the prefix {unknown[0] if unknown else ''}: is not declared"
        why += f"; did you mean {close[0]}:?" if close else f"; known without declaring: {', '.join(PREFIXES)}"
    elif len(why) > 120:
        why = f"{why[:117]}..."
    start = max(0, column - 61)
    return f"not SPARQL: {line}:{column}: {why}\n  {shown[start : start + 100]}\n  {' ' * (column - 1 - start)}^"
