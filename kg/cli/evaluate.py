"""`kg evaluate`: extraction against annotated papers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli._options import examples, load_ontology, ontology_option, processes, workers_option

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.evaluation import Evaluation
    from kg.facts import PaperFacts
    from kg.papers import Paper

__all__ = ["command"]

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    epilog=examples(
        "kg evaluate dev.papers.jsonl dev.gold.jsonl",
        "kg evaluate dev.papers.jsonl dev.gold.jsonl --errors 30",
        "kg evaluate dev.papers.jsonl dev.gold.jsonl --facts new.jsonl --compare old.jsonl",
    )
)
@click.argument("papers", type=_FILE)
@click.argument("gold", type=_FILE)
@click.option("--facts", type=_FILE, help="Facts that `kg extract` wrote. Default: extract now.")
@click.option(
    "--compare", "other", type=_FILE, help="Other facts: say what is better and worse now, and whether that is chance."
)
@click.option("--equivalents", type=_FILE, help="TSV file, a group of names that count as the same on each line.")
@click.option("--errors", type=click.IntRange(0), default=0, metavar="N", help="List the first N mistakes.")
@click.option(
    "--resamples", type=click.IntRange(10), default=1000, show_default=True, help="Draws of the confidence intervals."
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to print.",
)
@ontology_option
@workers_option
def command(
    papers: Path,
    gold: Path,
    facts: Path | None,
    other: Path | None,
    equivalents: Path | None,
    errors: int,
    resamples: int,
    format_: str,
    ontology_folder: Path | None,
    workers: int | None,
) -> None:
    """Measure extraction against annotated PAPERS: precision, recall and F1 with 95 % confidence intervals.

    GOLD holds one JSON object a paper with its entities, relations and results; what is optional there is neither
    rewarded nor punished.
    """
    from kg.errors import InputError  # noqa: PLC0415
    from kg.evaluation import calibration_error, compare, evaluate, figures, read_equivalents, read_gold, reliability  # noqa: PLC0415
    from kg.papers import iter_records  # noqa: PLC0415

    texts: list[Paper] = []
    for record in iter_records([papers]):
        if isinstance(record, InputError):
            raise record
        texts.append(record)
    annotated = read_gold(gold)
    same = read_equivalents(equivalents) if equivalents else ()

    def measured(found: Iterable[PaperFacts]) -> Evaluation:
        return evaluate(texts, annotated, found, same)

    if facts:
        evaluation = measured(_read_facts(facts))
    else:
        from kg.pipeline import extract  # noqa: PLC0415

        evaluation = measured(extract(texts, load_ontology(ontology_folder), workers=processes(workers, len(texts))))
    table = figures(evaluation, resamples=resamples)
    bins = reliability(evaluation)
    differences = compare(measured(_read_facts(other)), evaluation, resamples=resamples) if other else ()
    if format_ == "json":
        click.echo(json.dumps(_as_object(evaluation, table, bins, differences), indent=2, sort_keys=True))
        return
    click.echo(
        f"{len(evaluation.papers)} papers\n{'':24}  {'precision':19}  {'recall':19}  {'F1':19}  right spurious missed"
    )
    for figure in table:
        c = figure.counts
        shown = "  ".join(
            f"{value:.3f} [{interval.low:.3f} {interval.high:.3f}]"
            for value, interval in ((c.precision, figure.precision), (c.recall, figure.recall), (c.f1, figure.f1))
        )
        click.echo(f"{figure.key:24}  {shown}  {c.right:5} {c.spurious:8} {c.missed:6}")
    click.echo("\nConfidence of relations, and how many of them are right:")
    for one in bins:
        if one.count:
            click.echo(
                f"  {one.low:.1f} to {one.high:.1f}  said {one.confidence:.3f}  right {one.precision:.3f}  "
                f"of {one.count}"
            )
    click.echo(f"  calibration error {calibration_error(bins):.3f}")
    if differences:
        click.echo(f"\nAgainst {other}:")
        for one_ in differences:
            sure = "" if one_.clear else "  may be chance"
            click.echo(
                f"  {one_.key:24} {one_.first:.3f} -> {one_.second:.3f}  {one_.gain:+.3f} "
                f"[{one_.interval.low:+.3f} {one_.interval.high:+.3f}]{sure}"
            )
    for mistake in evaluation.mistakes[:errors]:
        click.echo(
            "\t".join(
                str(part).replace("\n", " ")
                for part in (mistake.paper, mistake.what, mistake.found, mistake.detail, mistake.context)
            )
        )


def _read_facts(path: Path) -> list[PaperFacts]:
    from kg.errors import FactsError, InputError  # noqa: PLC0415
    from kg.facts import from_json  # noqa: PLC0415

    found = []
    with path.open(encoding="utf-8", errors="surrogateescape") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                try:
                    found.append(from_json(line))
                except FactsError as error:
                    raise InputError(str(path), number, str(error)) from error
    return found


def _as_object(
    evaluation: Evaluation, table: Iterable[Any], bins: Iterable[Any], differences: Iterable[Any]
) -> dict[str, Any]:
    return {
        "papers": len(evaluation.papers),
        "figures": {
            figure.key: {
                "precision": round(figure.counts.precision, 4),
                "recall": round(figure.counts.recall, 4),
                "f1": round(figure.counts.f1, 4),
                "f1_interval": [round(figure.f1.low, 4), round(figure.f1.high, 4)],
                "right": figure.counts.right,
                "spurious": figure.counts.spurious,
                "missed": figure.counts.missed,
            }
            for figure in table
        },
        "reliability": [
            {
                "from": one.low,
                "to": one.high,
                "count": one.count,
                "confidence": round(one.confidence, 4),
                "precision": round(one.precision, 4),
            }
            for one in bins
        ],
        "compared": {
            one.key: {
                "before": round(one.first, 4),
                "now": round(one.second, 4),
                "interval": [round(one.interval.low, 4), round(one.interval.high, 4)],
            }
            for one in differences
        },
    }
