"""What a store gives to be exported: the only module here that asks it anything."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from kg.exporters.format import Content
from kg.exporters.formats import find_format, write
from kg.exporters.rows import ResultRow, Selected

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

    from kg.exporters.rows import Counts
    from kg.store import Store

__all__ = ["content_of", "export", "result_rows"]

_RESULTS = """
SELECT ?result ?paper ?title ?value ?delta ?number ?unit
       ?subject ?subjectText ?subjectLabel ?benchmark ?benchmarkText ?benchmarkLabel ?metric ?metricText ?metricLabel
       ?start ?sentence WHERE {
  ?result a mlkg:Result ; mlkg:fromPaper ?paper ; mlkg:valueText ?value ; mlkg:delta ?delta .
  ?paper dcterms:title ?title .
  OPTIONAL { ?result mlkg:value ?number } OPTIONAL { ?result mlkg:unit ?unit }
  OPTIONAL { ?result mlkg:subjectText ?subjectText }
  OPTIONAL { ?result mlkg:subject ?subject . ?subject rdfs:label ?subjectLabel }
  OPTIONAL { ?result mlkg:benchmarkText ?benchmarkText }
  OPTIONAL { ?result mlkg:onBenchmark ?benchmark . ?benchmark rdfs:label ?benchmarkLabel }
  OPTIONAL { ?result mlkg:metricText ?metricText }
  OPTIONAL { ?result mlkg:metricUsed ?metric . ?metric rdfs:label ?metricLabel }
  OPTIONAL { ?result mlkg:hasEvidence ?e . ?e mlkg:sentence ?sentence ; mlkg:start ?start }
}"""


def content_of(store: Store, graph: nx.MultiDiGraph | None = None) -> Content:
    """What a store holds: its triples; the selection `graph`, or everything; the results of the papers in that."""
    if graph is None:
        from kg.selection import everything  # noqa: PLC0415  (it brings networkx)

        graph = everything(store)
    results = tuple(row for row in result_rows(store) if row.paper in graph)
    return Content(graph=Selected(graph), triples=store.engine, results=results)


def export(
    store: Store, target: Path | str, file_format: str | None = None, *, graph: nx.MultiDiGraph | None = None
) -> dict[str, Counts]:
    """The store, or the selection `graph` of it, is written to a file; what each file holds comes back, by its name.

    `file_format` is a name of `FORMATS`; without it the target's ending says it (`kg.ttl`, `kg.graphml`).

    Raises:
        UnknownNameError: no such format.
        OutputError: the target cannot be written.
    """
    return write(content_of(store, graph), find_format(file_format or Path(target).name), Path(target))


def result_rows(store: Store) -> Iterator[ResultRow]:
    """The scores in a store, sorted; labels are those of the nodes, or the paper's words where there is no node.

    Of a score with several sentences behind it, the first in the text is given.
    """
    first: dict[str, tuple[int, ResultRow]] = {}
    for row in store.strings(_RESULTS):
        result, paper, title, value, delta, number, unit, *things, start, sentence = row
        (
            (subject, subject_text, subject_label),
            (benchmark, benchmark_text, benchmark_label),
            (metric, metric_text, metric_label),
        ) = (things[at : at + 3] for at in (0, 3, 6))
        place = int(start or 0)
        key = str(result)
        if key in first and first[key][0] <= place:
            continue
        first[key] = (
            place,
            ResultRow(
                paper=str(paper),
                paper_title=str(title),
                value=str(value),
                delta=delta == "true",
                number=None if number is None else Decimal(number),
                unit=unit,
                subject=subject,
                subject_label=subject_label or subject_text,
                benchmark=benchmark,
                benchmark_label=benchmark_label or benchmark_text,
                metric=metric,
                metric_label=metric_label or metric_text,
                sentence=sentence,
            ),
        )
    yield from sorted((row for _, row in first.values()), key=lambda row: row.order)
