"""Names of benchmarks that are longer than the known ones they are made from: `HumanEval-Rust`, `LiveBench v3`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.linking.composed import composition
from kg.mentions.dictionary import ends_name
from kg.names.parts import DASHES
from kg.ontology.benchmarks import resolve_benchmark

if TYPE_CHECKING:
    from kg.linking.composed import Composition
    from kg.ontology import Entity, Ontology

__all__ = ["longer_benchmark"]

_GOES_ON: Final = re.compile(rf"[+'’‘\dv{DASHES}]|[ \u00a0][A-Z\d'’‘v]")
"""What stands behind a name where more of it may: nearly always nothing does."""


def longer_benchmark(text: str, start: int, end: int, base: Entity, ontology: Ontology) -> Composition | None:
    """The benchmark a text names by the known name from `start` to `end` and what stands behind it, None if no other.

    Nothing is made where the name goes on in words that the grammar does not know.
    """
    if not _GOES_ON.match(text, end):
        return None
    found = ontology.benchmark_grammar.match_after(text, end, base.label)
    if found is None:
        return None
    stop, name = found
    if text[stop : stop + 1].isalnum() or not ends_name(text, stop, text[start:stop]):
        return None
    node = resolve_benchmark(name, ontology)
    kind = node.entity.kind if node.entity is not None else base.kind
    return composition(start, stop, kind, node, written=text[start:stop])
