"""JSON: one record a line, one array or object, an answer of an API, or our own facts.

Lines are read one at a time, and so are the items of an array, so a file of any size takes the memory of one record.
A line that is no JSON costs that line alone; an array that breaks in the middle costs the rest of it.
"""

from __future__ import annotations

import codecs
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from kg.papers.records import RecordError, from_mapping, has_broken_bytes, is_record
from kg.papers.sources import LINE_LIMIT, MIB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.errors import InputError
    from kg.papers.paper import Paper
    from kg.papers.sources import Source

__all__ = ["is_json", "read_json", "read_value"]

_WRAPPERS = ("papers", "dailyPapers", "data", "results", "items", "records", "entries")
_CHUNK = 1 << 16


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


# strict=False: a tab within a text is no reason to lose a paper
_DECODER = json.JSONDecoder(strict=False, parse_constant=_no_constant)


def is_json(head: str) -> bool:
    """Whether a file starting so is to be read as JSON: it starts like it, or some line is a whole JSON object."""
    start = head.lstrip()[:1]
    return start in ("{", "[") or any(_is_object(line) for line in head.split("\n")[:200])


def read_json(source: Source) -> Iterator[Paper | InputError]:
    """The papers of JSON lines or of a JSON document, and what could not be read, in the order of the file."""
    head = source.head.decode("utf-8", "replace")
    lines = [line for line in head.split("\n") if line.strip()]
    by_line = bool(lines) and not lines[0].lstrip().startswith("[") and any(_is_object(line) for line in lines[:200])
    return _read_lines(source) if by_line else _read_document(source)


def _is_object(line: str) -> bool:
    line = line.strip()
    if not (line.startswith("{") and line.endswith("}")):
        return False
    try:
        return isinstance(_DECODER.decode(line), dict)
    except (ValueError, RecursionError):
        return False


def _read_lines(source: Source) -> Iterator[Paper | InputError]:
    decode = _DECODER.decode
    for raw in source.lines():
        number = source.line
        if raw is None:
            yield source.problem(f"a line of over {LINE_LIMIT // MIB} MiB; not read", number)
            continue
        try:
            line = raw.decode().strip()
            if not line:
                continue
            value = decode(line)
        except UnicodeDecodeError as error:
            yield source.problem(f"not UTF-8: byte 0x{raw[error.start]:02x} at column {error.start + 1}", number)
        except (ValueError, RecursionError) as error:
            yield source.problem(_why(error), number)
        else:
            yield from read_value(value, source, number)


def read_value(value: Any, source: Source, line: int) -> Iterator[Paper | InputError]:
    """The paper of a JSON value; the papers of an object that wraps a list of them, as answers of APIs do."""
    if isinstance(value, dict) and not is_record(value):
        for key in _WRAPPERS:
            if isinstance(items := value.get(key), list):
                for item in items:
                    yield _paper(item, source, line)
                return
    yield _paper(value, source, line)


def _paper(value: Any, source: Source, line: int) -> Paper | InputError:
    if not isinstance(value, dict):
        return source.problem("a JSON value that is no object, so no paper", line)
    try:
        return from_mapping(value, source.name, line)
    except RecordError as error:
        return source.problem(str(error), line)


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg} at column {error.colno}"
    return "JSON nested too deeply" if isinstance(error, RecursionError) else f"not JSON: {error}"


class _Text:
    """The characters of a file, a stretch at a time, with the line each stands on."""

    def __init__(self, source: Source) -> None:
        self.text = ""
        self.at = 0
        self.ended = False
        self._source = source
        self._decode = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
        self._line = 1
        self._counted = 0

    def more(self, size: int = _CHUNK) -> bool:
        """Read on; forget what lies behind. False at the end of the file."""
        if self.ended:
            return False
        _ = self.line
        data = self._source.stream.read(size)
        self.ended = not data
        self.text = self.text[self.at :] + self._decode(data, self.ended)
        self.at = self._counted = 0
        return not self.ended

    @property
    def line(self) -> int:
        """The line of the character at `at`, counted from 1."""
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line

    def skip(self, ignored: str) -> str:
        """Move to the next character that is not one of those ignored and return it; empty at the end."""
        while True:
            while self.at < len(self.text):
                if self.text[self.at] not in ignored:
                    return self.text[self.at]
                self.at += 1
            if not self.more():
                return ""

    def next_line(self, sign: str) -> bool:
        """Move to the next line that starts with `sign`; False, and where it was, if there is none in what is read."""
        found = self.text.find("\n" + sign, self.at)
        if found >= 0:
            self.at = found + 1
        return found >= 0


@dataclass(frozen=True, slots=True)
class _Break:
    """Where and why a value is none."""

    line: int
    why: str
    too_long: bool = False


def _next_value(text: _Text) -> tuple[Any, int] | _Break:
    """The JSON value at `text.at` and where it ends, reading on as far as that takes; or why there is none."""
    size = _CHUNK
    while True:
        try:
            value, end = _DECODER.raw_decode(text.text, text.at)
        except (ValueError, RecursionError) as error:
            line = text.line + text.text.count("\n", text.at, getattr(error, "pos", text.at))
            if len(text.text) - text.at > LINE_LIMIT:
                return _Break(
                    line, f"a JSON value of over {LINE_LIMIT // MIB} MiB: save one record a line", too_long=True
                )
            if isinstance(error, RecursionError) or not text.more(size):
                return _Break(line, _why(error).partition(" at column ")[0])
            size *= 2
        else:
            # a number or a word may go on in what is not read yet; an object or a list ends with its bracket
            if end < len(text.text) or isinstance(value, (dict, list)) or not text.more():
                return value, end


def _read_document(source: Source) -> Iterator[Paper | InputError]:
    text = _Text(source)
    in_array = text.skip(" \t\r\n") == "["
    if in_array:
        text.at += 1
    while True:
        sign = text.skip(" \t\r\n,")
        if in_array and sign == "]":
            text.at += 1
            in_array = False
            continue
        source.line = line = text.line
        if not sign:
            if in_array:
                yield source.problem("the file ends within a JSON array: is it cut short?", line)
            return
        found = _next_value(text)
        if isinstance(found, _Break):
            # within an array nobody can say where the next item starts; outside one, records start on their own lines
            if in_array or found.too_long or not text.next_line("{"):
                yield source.problem(f"{found.why}; the file is not read further", found.line)
                return
            yield source.problem(found.why, found.line)
            continue
        value, end = found
        if has_broken_bytes(text.text[text.at : end]):
            yield source.problem("not UTF-8", line)
        elif in_array or isinstance(value, dict):
            yield from read_value(value, source, line)
        else:
            yield source.problem("a JSON value that is no object, so no paper", line)
        text.at = end
