"""What a paper says it does with a node, and the scores it reports."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal  # noqa: TC003

from kg.identifiers import Iri  # noqa: TC001
from kg.text import Span  # noqa: TC001
from kg.vocabulary import RelationType  # noqa: TC001

__all__ = ["Relation", "Result"]


@dataclass(frozen=True, slots=True)
class Relation:
    """A paper's relation to a node, with at least one stretch of the text that says it.

    `score` is in [0, 1]; `how` is the name of the rule that made it; `hedged` marks future and tentative claims.
    """

    type: RelationType
    node: Iri
    label: str
    score: float
    evidence: tuple[Span, ...]
    how: str
    hedged: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """A number tied to something measured.

    `value` is the number as the paper writes it (`50.3%`), `number` the same as a decimal where it is one, `unit` what
    follows it (`%`, `x`, `points`). `delta` says a gain or reduction, not an absolute score. Subject, benchmark and
    metric are nodes with their labels, None where the text names none.
    """

    value: str
    delta: bool
    evidence: tuple[Span, ...]
    number: Decimal | None = None
    unit: str | None = None
    subject: Iri | None = None
    subject_label: str | None = None
    benchmark: Iri | None = None
    benchmark_label: str | None = None
    metric: Iri | None = None
    metric_label: str | None = None
    how: str = ""
