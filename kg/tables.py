"""Rows and columns, and the formats they are written in.

A cell is a `Term` or None (unbound). The formats csv, tsv, json and xml are those of the W3C for SPARQL 1.1 results
(https://www.w3.org/TR/sparql11-results-csv-tsv/, .../sparql11-results-json/, https://www.w3.org/TR/rdf-sparql-XMLres/).
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple, TextIO
from xml.sax.saxutils import escape, quoteattr

from kg.errors import UnknownNameError
from kg.identifiers import prefixed
from kg.text import clean
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["FORMATS", "Table", "Term", "resource", "table_of", "visible", "write"]

_XSD: Final = PREFIXES["xsd"]
_STRING: Final = f"{_XSD}string"
_BARE: Final = frozenset({f"{_XSD}integer", f"{_XSD}decimal", f"{_XSD}double", f"{_XSD}boolean"})
_UNSAFE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Control characters, and those that reorder or hide text: a title must not paint a terminal or pose as another."""
_NARROWEST: Final = 8
"""Columns below which no column of `table` is cut to fit a terminal."""
_WIDEST: Final = 80
"""Columns of a terminal that one cell of `table` may take."""


class Term(NamedTuple):
    """A cell: the text of an IRI, literal or blank node; `datatype` is an IRI, None for strings and non-literals."""

    value: str
    type: str = "literal"
    datatype: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """Named columns, and rows as long as there are columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, object]]:
        """Each row by column: numbers and booleans as Python's, all else as text, None where unbound."""
        for row in self.rows:
            yield {name: None if cell is None else _python(cell) for name, cell in zip(self.columns, row, strict=True)}

    def __repr__(self) -> str:
        return f"<Table of {len(self.rows)} rows: {', '.join(self.columns)}>"

    def values(self) -> list[tuple[str | None, ...]]:
        """The rows as bare text, None where unbound."""
        return [tuple(None if cell is None else cell.value for cell in row) for row in self.rows]


def _python(cell: Term) -> object:
    """The value of a cell as Python has it.

    >>> _python(Term("7", datatype="http://www.w3.org/2001/XMLSchema#integer"))
    7
    """
    kind = (cell.datatype or "").removeprefix(_XSD)
    if kind == "boolean":
        return cell.value in ("true", "1")
    reader = {"integer": int, "decimal": Decimal, "double": float}.get(kind, str)
    return reader(cell.value)


def resource(iri: str) -> Term:
    """A cell that holds an IRI."""
    return Term(iri, "uri")


def table_of(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Table:
    """A table of Python values: numbers and booleans are typed, everything else is text; Terms and None stay."""
    return Table(tuple(columns), tuple(tuple(_term(value) for value in row) for row in rows))


def write(table: Table | bool, format: str, file: TextIO, *, width: int | None = None) -> None:  # noqa: A002  (the option's name)
    """The table, or the answer of an ASK, is written to the file.

    `width` is for the format `table`: the columns of the terminal that all its columns have to share.

    Raises:
        UnknownNameError: no such format.
    """
    if format not in FORMATS:
        raise UnknownNameError("format", format, FORMATS, f"choose one of {', '.join(FORMATS)}")
    file.write(_table(table, width) if format == "table" else FORMATS[format](table))


def _term(value: object) -> Term | None:
    if value is None or isinstance(value, Term):
        return value
    if isinstance(value, bool):
        return Term("true" if value else "false", datatype=f"{_XSD}boolean")
    if isinstance(value, int):
        return Term(str(value), datatype=f"{_XSD}integer")
    if isinstance(value, (float, Decimal)):
        return Term(f"{value:f}".rstrip("0").rstrip(".") or "0", datatype=f"{_XSD}decimal")
    return Term(str(value))


def _boolean(value: bool) -> Table:
    """An ASK's answer for the formats that have no form of their own for it."""
    return table_of(("answer",), [(value,)])


def _csv(table: Table | bool) -> str:
    table = _boolean(table) if isinstance(table, bool) else table
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow(
            ["" if cell is None else f"_:{cell.value}" if cell.type == "bnode" else cell.value for cell in row]
        )
    return out.getvalue()


def _tsv(table: Table | bool) -> str:
    table = _boolean(table) if isinstance(table, bool) else table
    lines = ["\t".join(f"?{name}" for name in table.columns)]
    lines += ["\t".join(_turtle(cell) for cell in row) for row in table.rows]
    return "\n".join(lines) + "\n"


def _turtle(cell: Term | None) -> str:
    if cell is None:
        return ""
    if cell.type == "uri":
        return f"<{cell.value}>"
    if cell.type == "bnode":
        return f"_:{cell.value}"
    if cell.datatype in _BARE and re.fullmatch(r"[+-]?\d+(\.\d+)?|true|false", cell.value):
        return cell.value
    text = (
        cell.value.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace('"', '\\"')
    )
    if cell.language:
        return f'"{text}"@{cell.language}'
    return f'"{text}"' if cell.datatype in (None, _STRING) else f'"{text}"^^<{cell.datatype}>'


def _json(table: Table | bool) -> str:
    if isinstance(table, bool):
        return json.dumps({"head": {}, "boolean": table}) + "\n"
    bindings = [
        {name: _json_cell(cell) for name, cell in zip(table.columns, row, strict=True) if cell is not None}
        for row in table.rows
    ]
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in bindings)
    head = json.dumps({"vars": list(table.columns)}, ensure_ascii=False)
    return f'{{"head":{head},"results":{{"bindings":[\n{lines}\n]}}}}\n'


def _json_cell(cell: Term) -> dict[str, str]:
    out = {"type": cell.type, "value": cell.value}
    if cell.language:
        out["xml:lang"] = cell.language
    elif cell.datatype not in (None, _STRING):
        out["datatype"] = str(cell.datatype)
    return out


def _xml(table: Table | bool) -> str:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<sparql xmlns="http://www.w3.org/2005/sparql-results#">']
    if isinstance(table, bool):
        lines += [" <head/>", f" <boolean>{str(table).lower()}</boolean>"]
    else:
        lines.append(f" <head>{''.join(f'<variable name={quoteattr(name)}/>' for name in table.columns)}</head>")
        lines.append(" <results>")
        for row in table.rows:
            cells = zip(table.columns, row, strict=True)
            held = "".join(
                f"<binding name={quoteattr(name)}>{_xml_cell(cell)}</binding>"
                for name, cell in cells
                if cell is not None
            )
            lines.append(f"  <result>{held}</result>")
        lines.append(" </results>")
    lines.append("</sparql>\n")
    return "\n".join(lines)


def _xml_cell(cell: Term) -> str:
    text = escape(clean(cell.value), {"\r": "&#13;"})
    if cell.type in ("uri", "bnode"):
        return f"<{cell.type}>{text}</{cell.type}>"
    if cell.language:
        return f"<literal xml:lang={quoteattr(cell.language)}>{text}</literal>"
    kind = "" if cell.datatype in (None, _STRING) else f" datatype={quoteattr(str(cell.datatype))}"
    return f"<literal{kind}>{text}</literal>"


def _markdown(table: Table | bool) -> str:
    table = _boolean(table) if isinstance(table, bool) else table

    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(cells) + " |\n"

    out = [line(_markdown_text(name) for name in table.columns), line("---" for _ in table.columns)]
    out += [line("" if cell is None else _markdown_text(_short(cell)) for cell in row) for row in table.rows]
    return "".join(out)


def _markdown_text(text: str) -> str:
    """Text that Markdown shows as it is: no table bar, link, emphasis or HTML comes of it."""
    return re.sub(r"([\\`*_{}\[\]<>|#~&!])", r"\\\1", visible(text))


def _table(table: Table | bool, width: int | None = None) -> str:
    """Columns aligned for a terminal, numbers to the right; cells that are too long end in an ellipsis."""
    if isinstance(table, bool):
        return "yes\n" if table else "no\n"
    cells = [["" if cell is None else visible(_short(cell)) for cell in row] for row in table.rows]
    heads = [visible(name) for name in table.columns]
    widths = [max([_width(head), *(_width(row[at]) for row in cells)]) for at, head in enumerate(heads)]
    widths = _shared(widths, width) if width else [min(one, _WIDEST) for one in widths]
    cells = [[_clip(text, one) for text, one in zip(row, widths, strict=True)] for row in cells]
    heads = [_clip(text, one) for text, one in zip(heads, widths, strict=True)]
    right = [
        any(row[at] for row in table.rows)
        and all(cell is None or cell.datatype in _BARE for cell in (row[at] for row in table.rows))
        for at in range(len(heads))
    ]

    def line(row: list[str]) -> str:
        parts = []
        for text, columns, to_right in zip(row, widths, right, strict=True):
            gap = " " * (columns - _width(text))
            parts.append(gap + text if to_right else text + gap)
        return "  ".join(parts).rstrip() + "\n"

    return line(heads) + line(["─" * columns for columns in widths]) + "".join(line(row) for row in cells)


def _short(cell: Term) -> str:
    """An IRI with its prefix; everything else as it is."""
    return prefixed(cell.value) if cell.type == "uri" else cell.value


def visible(text: str) -> str:
    r"""The text on one line; control characters are shown as escapes.

    >>> visible("a\nb\x1b[31m")
    'a b\\x1b[31m'
    """
    joined = re.sub(r"[ \t]*[\r\n]+[ \t]*|\t", " ", text)
    return _UNSAFE.sub(lambda match: ascii(match[0])[1:-1], joined)


def _width(text: str) -> int:
    """Terminal columns: East Asian wide characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _shared(widths: list[int], total: int) -> list[int]:
    """The widths, the largest cut until all fit into the total with two spaces between; none below `_NARROWEST`.

    >>> _shared([5, 90, 60], 80)
    [5, 35, 36]
    """
    room = max(total - 2 * (len(widths) - 1), 0)
    out = list(widths)
    while sum(out) > room and max(out) > _NARROWEST:
        out[out.index(max(out))] -= 1
    return out


def _clip(text: str, most: int) -> str:
    if _width(text) <= most:
        return text
    out, taken = [], 0
    for char in text:
        taken += _width(char)
        if taken > most - 1:
            break
        out.append(char)
    return "".join(out) + "…"


FORMATS: Final[dict[str, Callable[[Table | bool], str]]] = {
    "table": _table,
    "csv": _csv,
    "tsv": _tsv,
    "json": _json,
    "xml": _xml,
    "markdown": _markdown,
}
"""Every format by its name."""
