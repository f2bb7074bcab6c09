"""Normal forms and slugs of many names at once.

One pass over all names joined by line breaks is ten times faster than a call for each; the answers are those of
`kg.identifiers.normal_form` and `kg.identifiers.slug`, which a test holds them to.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from kg.identifiers import NormalForm, slug

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["normal_forms", "slugs"]

_DROPPED = re.compile(r"[^\n0-9a-z\u0370-\uffff]+")
_SIGNS = str.maketrans(
    {
        **{"+": " plus ", "#": " sharp ", "%": " percent ", "*": " star ", "@": " at ", "&": " and ", "^": " caret "},
        "'": None,
    }
)
_NOT_SLUG = re.compile(r"[^\n0-9a-z]+")


def normal_forms(names: Sequence[str]) -> list[NormalForm]:
    """The normal form of each name, in order; names hold no line break."""
    if not names:
        return []
    text = unicodedata.normalize("NFKC", "\n".join(names)).casefold().replace("+", "plus")
    text = unicodedata.normalize("NFKC", text).casefold()
    return [NormalForm(form) for form in _DROPPED.sub("", text).split("\n")]


def slugs(names: Sequence[str]) -> list[str]:
    """The slug of each name, in order; names hold no line break."""
    quick = _NOT_SLUG.sub("-", "\n".join(names).translate(_SIGNS).lower()).split("\n")
    return [
        form.strip("-") if name.isascii() and len(name) <= 70 and form.strip("-") else slug(name)
        for name, form in zip(names, quick, strict=True)
    ]
