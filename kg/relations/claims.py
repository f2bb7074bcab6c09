"""What one mention says of its node, before the mentions of a paper are settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kg.text import Span
    from kg.vocabulary import RelationType

__all__ = ["Claim"]


class Claim(NamedTuple):
    """A relation as one mention says it: by which rule, in which words, where."""

    type: RelationType
    rule: str
    words: str
    sentence: Span
    core: Span
    weak: bool
    """Said by place alone: dropped where words say another relation of the same node."""
    link: float
    """How sure it is that the mention names the node, in [0, 1]."""
