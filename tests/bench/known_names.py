"""How many of the models, benchmarks and data sets that papers name the ontology knows, its grammars included.

python -m tests.bench.known_names GOLD       the share, and a line for each that is missing
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import kg
from kg.ontology.benchmarks import DATA
from kg.vocabulary import Kind

if TYPE_CHECKING:
    from kg.ontology import Ontology

__all__ = ["Missing", "known_names"]


@dataclass(frozen=True, slots=True)
class Missing:
    """A surface whose entity nothing knows."""

    paper: str
    surface: str
    name: str
    kind: Kind

    def __str__(self) -> str:
        return f"{self.paper}\t{self.kind}\t{self.name}\t{self.surface}"


def known_names(gold: Path, ontology: Ontology) -> tuple[float, tuple[Missing, ...]]:
    """The share of the annotated surfaces of models, benchmarks and data sets whose entity is known, and the others.

    Those that their paper introduces do not count. An entity is known where a row of its sort has one of its names, or
    where a grammar reads one; benchmarks and data sets are one sort.
    """
    count = 0
    missing: list[Missing] = []
    with gold.open(encoding="utf-8") as lines:
        for paper in map(json.loads, lines):
            for entity in paper["entities"]:
                kind = Kind(entity["type"])
                if kind not in {Kind.MODEL, *DATA} or entity.get("new"):
                    continue
                count += len(entity["surfaces"])
                names = (entity["name"], *entity.get("also", ()))
                if not any(_is_known(name, kind, ontology) for name in names):
                    for surface in entity["surfaces"]:
                        text = surface["text"] if isinstance(surface, dict) else surface
                        missing.append(Missing(paper["id"], text, entity["name"], kind))
    return 1 - len(missing) / count if count else 1.0, tuple(missing)


def _is_known(name: str, kind: Kind, ontology: Ontology) -> bool:
    sort = {kind} if kind is Kind.MODEL else DATA
    grammar = ontology.grammar if kind is Kind.MODEL else ontology.benchmark_grammar
    return any(entity.kind in sort for entity in ontology.find(name)) or grammar.parse(name) is not None


if __name__ == "__main__":
    share, left = known_names(Path(sys.argv[1]), kg.load_ontology())
    print(f"{share:.4f}", *left, sep="\n")
