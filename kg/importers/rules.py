"""Which predicate may join which kinds: the domains and ranges of ontology/schema.ttl, narrowed as its shapes do.

A test holds this table against the schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.identifiers import prefixed
from kg.importers.problems import RefusalError
from kg.vocabulary import BASE, Class, Kind, Predicate

if TYPE_CHECKING:
    from kg.identifiers import Iri

__all__ = ["ENDS", "class_of", "ends_fit"]

_PAPER: Final = frozenset({Class.PAPER.value})
_THINGS: Final = frozenset(kind.value for kind in Kind)
_DATA: Final = frozenset({Kind.BENCHMARK.value, Kind.DATASET.value})
_ARTEFACTS: Final = frozenset({Kind.METHOD.value, Kind.MODEL.value})
_GENERAL: Final = frozenset({Kind.METHOD.value, Kind.TASK.value})
_MODEL: Final = frozenset({Kind.MODEL.value})

ENDS: Final[dict[Predicate, tuple[frozenset[str], frozenset[str]]]] = {
    Predicate.INTRODUCES: (_PAPER, _THINGS),
    Predicate.USES: (_PAPER, _THINGS),
    Predicate.EVALUATES_ON: (_PAPER, _DATA),
    Predicate.EXTENDS: (_PAPER | _ARTEFACTS, _THINGS),
    Predicate.COMPARES_WITH: (_PAPER | _THINGS, _THINGS),
    Predicate.ADDRESSES: (_PAPER, frozenset({Kind.TASK.value})),
    Predicate.VARIANT_OF: (_ARTEFACTS | _DATA, _ARTEFACTS | _DATA),
    Predicate.PART_OF: (_THINGS, _THINGS),
    Predicate.BROADER: (_GENERAL, _GENERAL),
    Predicate.EVALUATED_ON: (_MODEL, _DATA),
    Predicate.TRAINED_ON: (_MODEL, _DATA),
    Predicate.HAS_TASK: (_THINGS, frozenset({Kind.TASK.value})),
    Predicate.HAS_METRIC: (_DATA, frozenset({Kind.METRIC.value})),
    Predicate.DEVELOPED_BY: (_THINGS, frozenset({Class.ORGANISATION.value})),
}
"""What each predicate may begin and end at. A mention is no edge that anybody asserts: it is a place in a text."""

_FOLDERS: Final = {
    **{kind.folder: kind.value for kind in Kind},
    "paper": Class.PAPER.value,
    "organisation": Class.ORGANISATION.value,
}


def class_of(iri: str) -> str | None:
    """What an IRI says its node is: `Paper`, `Organisation` or a kind; None for all other IRIs."""
    folder, _, rest = iri.removeprefix(BASE).partition("/")
    return _FOLDERS.get(folder) if rest and iri.startswith(BASE) else None


def ends_fit(subject: Iri, predicate: Predicate, object_: Iri) -> None:
    """Returns where the predicate may join the two.

    Raises:
        RefusalError: it may not; the message says what it may.
    """
    if predicate not in ENDS:
        raise RefusalError(
            "mentions follows from what a paper does with a thing: say introduces, uses, evaluatesOn, ..."
        )
    for end, allowed, where in zip((subject, object_), ENDS[predicate], ("begin", "end"), strict=True):
        found = class_of(end)
        if found not in allowed:
            names = ", ".join(sorted(allowed))
            raise RefusalError(
                f"{predicate} cannot {where} at {prefixed(end)}, a {found or 'thing we do not know'}, only at: {names}"
            )
    if subject == object_:
        raise RefusalError(f"{predicate} from {subject} to itself says nothing: remove it")
    if predicate is Predicate.EXTENDS and class_of(subject) in _ARTEFACTS and class_of(object_) not in _ARTEFACTS:
        raise RefusalError(f"a {class_of(subject)} extends a Method or Model, not {object_}")
