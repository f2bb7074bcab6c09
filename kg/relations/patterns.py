"""Regular expressions that are searched for in every sentence, written so that the search is quick."""

from __future__ import annotations

__all__ = ["at_word"]


def at_word(*alternatives: str) -> str:
    r"""A pattern that finds any of the alternatives at the start of a word; each begins with a letter, of either case.

    It finds what `\b(?:...|...)` finds. As every branch starts with a literal, the engine skips to the letters with
    which one can begin instead of trying all of them at every word.

    >>> import re
    >>> [found[0] for found in re.finditer(at_word("we", "tests?"), "We tested: the test, the contest, we")]
    ['We', 'test', 'test', 'we']
    """
    return "|".join(
        f"{first}(?<!\\w.)(?:{pattern[1:]})" for pattern in alternatives for first in (pattern[0], pattern[0].upper())
    )
