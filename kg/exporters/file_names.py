"""Names of files that Windows, macOS and Linux take, and that mean nothing to Markdown."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["portable_name"]

_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)
# https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
_ASCII_NOT_KEPT: Final = re.compile(r"[^0-9A-Za-z +\-_.,()&'@\x80-\U0010ffff]")
_LONGEST: Final = 120
"""Bytes of a name, which file systems take up to 255 of; whole paths up to 260 characters on Windows."""


def portable_name(text: str) -> str:
    """The text as the name of a file or folder: no separators, markup or invisible characters, not long, never empty.

    Different texts may get the same name.

    >>> portable_name("R@1: a/b"), portable_name("AUX"), portable_name("τ-bench..."), portable_name("../..")
    ('R@1 a b', '_AUX', 'τ-bench', 'unnamed')
    """
    text = _ASCII_NOT_KEPT.sub(" ", unicodedata.normalize("NFC", text[: 4 * _LONGEST]))
    text = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in text)
    text = " ".join(text.split()).lstrip(". ")
    text = text.encode()[:_LONGEST].decode(errors="ignore").rstrip(". ")
    return f"_{text}" if _RESERVED.match(text) else text or "unnamed"
