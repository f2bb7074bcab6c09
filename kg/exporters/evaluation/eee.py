"""Every Eval Ever: the scores that papers report, as records of the shared data store of evaluations.

Format: https://github.com/evaleval/every_eval_ever, `eval.schema.json` 0.3.0. A folder as the store has it: one file
for all that a paper reports of one subject, `data/mlkg/<developer>/<model>/<uuid>.json`, and a README.md that says how
many scores there are, how many were left out, and why. Left out are gains ("+3 points"), what is no number, and that
of which the paper does not say what was scored, on which benchmark, or, with a unit, what was measured.

What a paper does not say stays unknown where the schema allows it. So:

- `retrieved_timestamp` is the day of the paper, 0 where that is unknown: there is no clock in an export.
- `evaluator_relationship` is `first_party` where the paper introduces what it scores, `third_party` where it does not,
  `other` where the graph does not hold the paper.
- `lower_is_better` is what the ontology says of the metric; where it says nothing it is assumed to be false, and
  `metric_config.additional_details` says that it is assumed.
- Scores stay on the paper's scale. Bounds, and with them a `score_type`, are given for per cent alone.
- `model_info` is whatever was scored, a model or a method; `id` is `unknown/<slug>` without a known developer.

Lost: metrics of a benchmark, lineage, every other edge.
"""

from __future__ import annotations

import json
import uuid
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from kg.exporters.clean import clean
from kg.exporters.file_names import portable_name
from kg.exporters.format import Format, Takes
from kg.exporters.rows import Counts
from kg.exporters.scores import why_no_score
from kg.identifiers import digest
from kg.vocabulary import Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kg.exporters.rows import GraphRows, NodeRow, ResultRow

__all__ = ["FORMAT", "SCHEMA_VERSION", "why_left_out", "write_folder"]

SCHEMA_VERSION: Final = "0.3.0"
_COLLECTION: Final = "mlkg"
_ASSUMED: Final = "assumed: nothing is known of the metric's direction"


def why_left_out(row: ResultRow) -> str | None:
    """Why a result is no record of an evaluation; None where it is one."""
    return why_no_score(row) or ("nothing known that was scored" if row.subject is None else None)


def write_folder(graph: GraphRows, results: Iterable[ResultRow], folder: Path) -> dict[str, Counts]:
    """The records lie in `data`; memory grows with the papers that report scores and what they score."""
    reasons = Counter(map(why_left_out, results))
    known = _known(graph, (row for row in results if not why_left_out(row)))
    for _, of_paper in groupby(results, attrgetter("paper")):
        scored = defaultdict(list)
        for row in of_paper:
            if not why_left_out(row):
                scored[str(row.subject)].append(row)
        for rows in scored.values():
            record, path = _record(rows, known)
            target = folder / "data" / _COLLECTION / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    written = reasons.pop(None, 0)
    (folder / "README.md").write_text(_readme(written, reasons), encoding="utf-8", newline="\n")
    return {"data": Counts(rows=written)}


@dataclass(slots=True)
class _Known:
    """What the graph says of the papers and of what they score."""

    nodes: dict[str, NodeRow] = field(default_factory=dict)
    introduced: set[tuple[str, str]] = field(default_factory=set)
    developers: dict[str, list[str]] = field(default_factory=dict)


def _known(graph: GraphRows, rows: Iterable[ResultRow]) -> _Known:
    papers, subjects = set(), set()
    for row in rows:
        papers.add(row.paper)
        subjects.add(row.subject)
    known = _Known()
    for edge in graph.edges():
        if edge.predicate == Predicate.INTRODUCES and edge.source in papers and edge.target in subjects:
            known.introduced.add((edge.source, edge.target))
        elif edge.predicate == Predicate.DEVELOPED_BY and edge.source in subjects:
            known.developers.setdefault(edge.source, []).append(edge.target)
    wanted = papers | subjects | {developer for all_ in known.developers.values() for developer in all_}
    known.nodes.update((node.iri, node) for node in graph.nodes() if node.iri in wanted)
    return known


def _record(rows: Sequence[ResultRow], known: _Known) -> tuple[dict[str, Any], str]:
    """The record of what a paper reports of one subject, and its path below the collection."""
    paper, subject = rows[0].paper, str(rows[0].subject)
    developers = known.developers.get(subject, [])
    developer, model = _part(developers[0]) if developers else "unknown", _part(subject)
    node = known.nodes.get(paper)
    timestamp = _timestamp(node.date if node else None)
    id_ = f"{_part(paper)}/{developer}/{model}/{timestamp}"
    record = {
        "schema_version": SCHEMA_VERSION,
        "evaluation_id": id_,
        **({"evaluation_timestamp": node.date} if node and node.date else {}),
        "retrieved_timestamp": timestamp,
        "source_metadata": _source(rows[0], node, (paper, subject) in known.introduced),
        "eval_library": {"name": "unknown", "version": "unknown"},
        "model_info": {
            "name": clean(rows[0].subject_label or model),
            "id": f"{developer}/{model}",
            **({"developer": ", ".join(clean(known.nodes[each].label) for each in developers)} if developers else {}),
            "additional_details": {
                "deployment_type": "unknown",
                "model_availability": "unknown",
                "kind": known.nodes[subject].kind if subject in known.nodes else "",
                "iri": subject,
            },
        },
        "evaluation_results": [_result(row, f"{id_}#{number}") for number, row in enumerate(rows)],
    }
    return record, f"{developer}/{model}/{uuid.UUID(hex=digest(paper, subject)[:32], version=4)}.json"


def _source(row: ResultRow, paper: NodeRow | None, introduced: bool) -> dict[str, Any]:
    arxiv = paper.arxiv if paper else None
    url = f"https://arxiv.org/abs/{arxiv}" if arxiv else paper.url if paper else None
    return {
        "source_name": clean(row.paper_title),
        "source_type": "documentation",
        "source_organization_name": "arXiv" if arxiv else "unknown",
        "evaluator_relationship": "first_party" if introduced else "third_party" if paper else "other",
        "additional_details": {
            "paper": row.paper,
            **({"url": clean(url)} if url else {}),
            "reading": "by machine, from the title and the abstract",
        },
    }


def _result(row: ResultRow, id_: str) -> dict[str, Any]:
    score = float(row.number or 0)
    percent = row.unit == "%"
    unit = "percent" if percent else row.unit
    known = row.lower_is_better is not None
    return {
        "evaluation_result_id": id_,
        "evaluation_name": clean(row.benchmark_label or _part(str(row.benchmark))),
        "source_data": {
            "dataset_name": clean(row.benchmark_label or _part(str(row.benchmark))),
            "source_type": "other",
            "additional_details": {"iri": str(row.benchmark)},
        },
        "metric_config": {
            **({"metric_id": _part(row.metric)} if row.metric else {}),
            **({"metric_name": clean(row.metric_label)} if row.metric_label else {}),
            **({"metric_unit": clean(unit)} if unit else {}),
            "lower_is_better": row.lower_is_better is True,
            **({"score_type": "continuous", "min_score": 0, "max_score": 100} if percent and 0 <= score <= 100 else {}),
            **({} if known else {"additional_details": {"lower_is_better": _ASSUMED}}),
        },
        "score_details": {
            "score": score,
            "details": {"value": clean(row.value), **({"sentence": clean(row.sentence)} if row.sentence else {})},
        },
    }


def _part(iri: str) -> str:
    """The end of an IRI as a part of a path and of an id; the store keeps `data` for itself."""
    name = portable_name(iri.rpartition("/")[2]).replace(" ", "-")
    return "data_" if name == "data" else name


def _timestamp(date: str | None) -> str:
    """Seconds since 1970 of the first moment of a year, month or day, in UTC; 0 of what is none, as 30 February."""
    for rest in ("", "-01", "-01-01"):
        with suppress(ValueError):
            return str(int(datetime.fromisoformat(f"{date}{rest}").replace(tzinfo=UTC).timestamp()))
    return "0"


def _readme(written: int, left_out: Counter[str | None]) -> str:
    total = written + left_out.total()
    lines = [f"| {reason} | {count:,} |" for reason, count in sorted(left_out.items(), key=lambda each: str(each[0]))]
    return "\n".join(
        (
            "# Scores that papers report, for Every Eval Ever",
            "",
            f"{written:,} of {total:,} scores are here, one file for all that a paper reports of one subject.",
            f"They were read by machine from titles and abstracts. Schema: eval.schema.json {SCHEMA_VERSION} of",
            "<https://github.com/evaleval/every_eval_ever>; to check them, in a checkout of it:",
            "",
            "    uv run python scripts/local_validate.py THIS_FOLDER/data",
            "",
            *(("Left out:", "", "| why | scores |", "|---|---:|", *lines, "") if lines else ()),
        )
    )


FORMAT: Final = Format(
    "eee",
    "application/json",
    "",
    "https://github.com/evaleval/every_eval_ever",
    "a folder of reported scores: Every Eval Ever",
    (Takes.GRAPH, Takes.RESULTS),
    write_folder=write_folder,
    names_vary=True,
)
