"""XML handed to a SAX handler piece by piece, nothing expanded and nothing fetched, whatever the encoding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.sax import SAXParseException

from kg.errors import InputError

if TYPE_CHECKING:
    from xml.sax.handler import ContentHandler

    from kg.papers.sources import Source

__all__ = ["XmlStream"]

_CHUNK: Final = 1 << 16
_DECLARATION: Final = re.compile(rb"\s*<\?xml[^>]*\?>")


class XmlStream:
    """A file of XML on its way to a handler, which may raise InputError to end it."""

    def __init__(self, source: Source) -> None:
        from defusedxml.sax import make_parser  # noqa: PLC0415  (only for XML input)

        self._source = source
        self._parser = make_parser()
        self._begun = False

    def hand_to(self, handler: ContentHandler) -> None:
        """The handler is given what comes from now on."""
        self._parser.setContentHandler(handler)

    @property
    def line(self) -> int:
        """The line the parser has come to."""
        return self._parser.getLineNumber() or 0

    def advance(self) -> bytes:
        """The next piece of the file, in UTF-8, which the handler has been given; empty at the end.

        Raises:
            InputError: the file is no XML, or declares entities or anything outside of it.
        """
        from defusedxml.common import DefusedXmlException  # noqa: PLC0415

        data = self._source.stream.read(_CHUNK)
        if not self._begun and self._source.recoded:  # the declaration still says UTF-16
            data = _DECLARATION.sub(lambda match: b"\n" * match[0].count(b"\n"), data, count=1)
        self._begun = True
        try:
            if data:
                self._parser.feed(data)
            else:
                self._parser.close()
        except InputError:
            raise
        except SAXParseException as error:
            why = f"not XML: {error.getMessage()}; not read further"
            raise self._source.problem(why, error.getLineNumber()) from error
        except DefusedXmlException as error:
            kind = type(error).__name__
            what = "entities" if kind == "EntitiesForbidden" else "a reference outside the file"
            raise self._source.problem(f"the XML declares {what}, which is never read", self.line) from error
        except (LookupError, ValueError) as error:
            # what expat's Python side says of encoding="UTF-9" or of an encoding of several bytes
            if not isinstance(error, UnicodeError) and "encoding" not in str(error):
                raise
            raise self._source.problem(f"not XML: {error}", self.line) from error
        return data
