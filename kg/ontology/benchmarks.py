"""From a benchmark's name to its node: the row that has it, or a new node below the known one it is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.identifiers import normal_form
from kg.ontology.composed import Resolved, below
from kg.vocabulary import Kind

if TYPE_CHECKING:
    from kg.names import BenchmarkName
    from kg.ontology.entity import Entity
    from kg.ontology.ontology import Ontology

__all__ = ["DATA", "data_named", "resolve_benchmark"]

DATA: Final = frozenset({Kind.BENCHMARK, Kind.DATASET})

_SHORTEST: Final = 3
"""Letters and digits of a name that others may be made from."""


def data_named(name: str, ontology: Ontology) -> Entity | None:
    """The benchmark or data set that has a name in some spelling, the one listed first where several have it."""
    form = normal_form(name)
    if len(form) < _SHORTEST:
        return None
    found = (ontology.entities[iri] for _, iri in ontology.forms.get(form, ()))
    return next((entity for entity in found if entity.kind in DATA), None)


def resolve_benchmark(name: BenchmarkName, ontology: Ontology) -> Resolved:
    """The row of a name the ontology's grammar of benchmarks read, or a new node of the same kind as its base.

    What says more than a version or an edition hangs below that: WMT 2031 English-German -> WMT 2031 -> WMT.

    Raises:
        UnknownNameError: the base is no benchmark of this ontology.
    """
    base = data_named(name.base, ontology) or ontology.get(name.base)
    if name.is_bare:
        return Resolved(base.iri, base.label, base)
    write = ontology.benchmark_grammar.format
    return below(base, [write(link) for link in (name.whole, *name.above())])
