"""Whether a task's name of one word is the task here, or says of what kind another thing is: `reasoning errors`."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["is_worked_on"]

_OF_ANOTHER: Final = re.compile(
    r" (?:strateg|error|data\b|dataset|model|compress|process|engine|step|path|chain|trace|token|pipeline|polic"
    r"|approach|method|style|tuned|specific|set\b|sets\b|loss|layer|head|module|signal|component|instruction|prompt|template|rule"
    r"|program|phase|stage|procedure|technique|mechanism|framework|scheme|agent|bias|behavio|pattern|llm)\w*"
)
"""Nouns of which a task in front is the purpose or the kind."""


def is_worked_on(folded: str, end: int) -> bool:
    """Whether the word in small letters that ends at `end` of the folded text names the task itself."""
    return _OF_ANOTHER.match(folded, end) is None
