"""How sure a relation is: how often its rule was right about like things in annotated papers.

`precision.tsv` beside this module holds the counts; `python -m tests.relations.measure` counts them anew and says how
far they hold for papers that were not counted. A rule has few examples, so its share is drawn towards that of its
group, and no rule says more than its group does.
"""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.vocabulary import Kind, RelationType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.text import Span

__all__ = [
    "TABLE",
    "Group",
    "Key",
    "Precisions",
    "confidence",
    "group_of",
    "is_repeated",
    "precisions",
    "read_counts",
    "table_of",
]

TABLE: Final = Path(__file__).with_name("precision.tsv")
_HEADER: Final = "relation\tgroup\trule\tright\twrong"
_THINGS: Final = frozenset({Kind.BENCHMARK, Kind.DATASET, Kind.MODEL})
_ANYHOW: Final = frozenset({RelationType.EXTENDS, RelationType.INTRODUCES})
_GROUP_PULL: Final = 5
"""How many examples the share of all relations of a type weighs beside those of a group."""
_RULE_PULL: Final = 20
"""How many examples the share of a group weighs beside those of a rule; of 10, 20 and 40, cross-validated."""
_SURE_LINK: Final = 0.8
"""Below this confidence of the link, the relation is less sure too."""
_HEDGED: Final = 0.8
"""What is left where the paper says `may`."""


class Group(StrEnum):
    """What a relation is said of, as far as it tells how often such relations are right."""

    THING = "thing"
    """A model or data: nobody names one in passing."""
    IDEA = "idea"
    """A technique or a task, which may be a mere word (`by careful prompting`)."""
    TOPIC = "topic"
    """A task of the title, or said twice."""
    ANY = "any"


Key = tuple[RelationType, Group, str]
"""A relation, a group and a rule."""


def group_of(relation: RelationType, kind: Kind, *, repeated: bool) -> Group:
    """The group of a relation to a node; `repeated` says that the paper says so twice, or in its title."""
    if relation in _ANYHOW:
        return Group.ANY
    if relation is RelationType.ADDRESSES:
        return Group.TOPIC if repeated else Group.IDEA
    return Group.THING if kind in _THINGS else Group.IDEA


def is_repeated(evidence: Sequence[Span], text: str) -> bool:
    """Whether a paper says a thing at two places or in its title, which is the first line of its text."""
    return len(evidence) > 1 or min(span.start for span in evidence) <= text.find("\n")


class Precisions:
    """The share of right relations, by rule and group; `counts` holds how many were right and wrong."""

    def __init__(self, counts: Mapping[Key, tuple[int, int]]) -> None:
        sums: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0])
        for (relation, group, rule), (right, wrong) in counts.items():
            for key in ((), (relation,), (relation, group), (relation, group, rule)):
                sums[key][0] += right
                sums[key][1] += right + wrong
        self._sums = {key: (right, made) for key, (right, made) in sums.items()}

        self._known: dict[Key, float] = {}

    def of(self, relation: RelationType, group: Group, rule: str) -> float:
        """The share in (0, 1), that of the group or of all relations of the type where there is nothing to count."""
        key = relation, group, rule
        share = self._known.get(key)
        if share is None:
            share = self._known[key] = self._share(relation, group, rule)
        return share

    def _share(self, relation: RelationType, group: Group, rule: str) -> float:
        whole = self._pulled((), 0.5, 2)
        alike = self._pulled((relation,), whole, _GROUP_PULL)
        near = self._pulled((relation, group), alike, _GROUP_PULL)
        return min(near, self._pulled((relation, group, rule), near, _RULE_PULL))

    def _pulled(self, key: tuple[str, ...], prior: float, pull: int) -> float:
        right, made = self._sums.get(key, (0, 0))
        return (right + pull * prior) / (made + pull)


def read_counts(table: str) -> dict[Key, tuple[int, int]]:
    """The counts in a table's text."""
    rows = (row.split("\t") for row in table.splitlines()[1:])
    return {
        (RelationType(relation), Group(group), rule): (int(right), int(wrong))
        for relation, group, rule, right, wrong in rows
    }


def table_of(counts: Mapping[Key, tuple[int, int]]) -> str:
    """The text of a table, sorted."""
    rows = ("\t".join((*key, str(right), str(wrong))) for key, (right, wrong) in sorted(counts.items()))
    return "\n".join((_HEADER, *rows)) + "\n"


@cache
def precisions() -> Precisions:
    """The shares counted last."""
    return Precisions(read_counts(TABLE.read_text(encoding="utf-8")))


def confidence(relation: RelationType, group: Group, rule: str, link: float = 1.0, *, hedged: bool = False) -> float:
    """How sure a relation is, in (0, 1); `link` is how sure its node is."""
    return precisions().of(relation, group, rule) * min(1.0, link / _SURE_LINK) * (_HEDGED if hedged else 1.0)
