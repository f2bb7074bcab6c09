"""Counts anew how often each rule of the relations is right, and says how far the counts hold for other papers.

    python -m tests.relations.measure PAPERS.jsonl GOLD.jsonl [PAPERS.jsonl GOLD.jsonl ...] [--equivalents FILE.tsv]

The annotated papers are extracted and judged as `kg evaluate` does; the counts go to `kg/relations/precision.tsv`,
which `kg.relations.confidence` reads. What is printed is cross-validated: the papers are dealt into five folds, and
what a fold's relations say of themselves comes from the counts of the other four.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.evaluation import evaluate, read_equivalents, read_gold
from kg.ontology import load_ontology
from kg.papers import iter_records
from kg.pipeline import extract
from kg.relations.confidence import TABLE, Key, Precisions, group_of, is_repeated, precisions, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.relations.relation import Relation

FOLDS: Final = 5
SURE: Final = 0.8
_SCALE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Judged:
    """A relation that the annotation has or has not: its key, its paper's fold, and what else weighs on it."""

    key: Key
    fold: int
    weight: float
    right: bool


def judged(papers: Path, gold: Path, equivalents: Sequence[Sequence[str]]) -> list[Judged]:
    """The relations of annotated papers that are right or wrong; what is optional there is neither."""
    texts = [record for record in iter_records([papers]) if not isinstance(record, Exception)]
    numbered: list[tuple[Key, int, float]] = []
    facts = []
    for found in extract(texts, load_ontology(None), workers=1):
        kinds = {mention.node: mention.kind for mention in found.mentions}
        fold = int(hashlib.sha256(str(found.paper.id).encode()).hexdigest(), 16) % FOLDS
        relations: list[Relation] = []
        for relation in found.relations:
            repeated = is_repeated(relation.evidence, found.paper.text)
            group = group_of(relation.type, kinds[relation.node], repeated=repeated)
            key = relation.type, group, relation.how.split(":")[0]
            numbered.append((key, fold, relation.score / precisions().of(*key)))
            relations.append(replace(relation, score=(len(numbered) - 1) / _SCALE))  # its number: judgements keep it
        facts.append(replace(found, relations=tuple(relations)))
    evaluation = evaluate(texts, read_gold(gold), facts, equivalents)
    return [
        Judged(*numbered[round(judgement.confidence * _SCALE)], judgement.right) for judgement in evaluation.judgements
    ]


def counts_of(cases: Iterable[Judged]) -> dict[Key, tuple[int, int]]:
    """How many relations of each key are right and wrong."""
    number = Counter((case.key, case.right) for case in cases)
    return {key: (number[key, True], number[key, False]) for key in sorted({key for key, _ in number})}


def cross_validated(cases: Sequence[Judged]) -> list[tuple[float, bool]]:
    """What every relation would say of itself, were its fold not counted, and whether it is right."""
    out = []
    for fold in range(FOLDS):
        others = Precisions(counts_of(case for case in cases if case.fold != fold))
        out += [(others.of(*case.key) * case.weight, case.right) for case in cases if case.fold == fold]
    return out


def reliability(said: Sequence[tuple[float, bool]]) -> str:
    """The table of what is said and what is right, in tenths."""
    lines = []
    for tenth in range(10):
        inside = [(score, right) for score, right in said if min(9, int(score * 10)) == tenth]
        if inside:
            mean = sum(score for score, _ in inside) / len(inside)
            share = sum(right for _, right in inside) / len(inside)
            lines.append(
                f"  {tenth / 10:.1f} to {tenth / 10 + 0.1:.1f}  said {mean:.3f}  right {share:.3f}  of {len(inside)}"
            )
    sure = [right for score, right in said if score >= SURE]
    lines.append(f"  {SURE} and more: {sum(sure) / max(1, len(sure)):.3f} right of {len(sure)}")
    return "\n".join(lines)


def main() -> None:
    """Count, write the table, print the reliability."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", type=Path, metavar="PAPERS GOLD")
    parser.add_argument("--equivalents", type=Path)
    options = parser.parse_args()
    if len(options.pairs) % 2:
        parser.error("every file of papers needs its annotation behind it")
    equivalents = read_equivalents(options.equivalents) if options.equivalents else ()
    cases = [
        case
        for papers, gold in zip(options.pairs[::2], options.pairs[1::2], strict=True)
        for case in judged(papers, gold, equivalents)
    ]
    TABLE.write_text(table_of(counts_of(cases)), encoding="utf-8")
    print(f"{TABLE.name}: {len(cases)} relations counted; cross-validated in {FOLDS} folds:")
    print(reliability(cross_validated(cases)))


if __name__ == "__main__":
    main()
