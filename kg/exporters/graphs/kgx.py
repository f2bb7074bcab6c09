"""KGX, for the tools of the Biolink Model: kgx, koza, and what NCATS Translator and Monarch build on them.

Format: https://github.com/biolink/kgx/blob/master/docs/kgx_format.md, as `kg_nodes.tsv` and `kg_edges.tsv`. Ids are
CURIEs such as `mlkg.method:lora`, the IRI stands beside them. Biolink has few words for machine learning: what a paper
does with a thing is `biolink:mentions`, what things do with each other mostly `biolink:related_to`; our predicate is
the `original_predicate`, our kind the column `kind`. Edges say how they are known (`knowledge_level`, `agent_type`) and
hold the sentences and the papers behind them.

There is no quoting in these files. Lost: tabs and line breaks become spaces, `|`, which separates values, becomes `¦`;
characters that XML cannot hold become U+FFFD; places of quotes in sentences, and which paper has which sentence.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple

from kg.errors import ExportError
from kg.exporters.clean import clean
from kg.exporters.format import Format, Takes
from kg.exporters.rows import Counts
from kg.files import put_text
from kg.graph import PAPER_FOLDER, is_node
from kg.vocabulary import BASE, Class, Predicate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from kg.exporters.rows import EdgeRow, GraphRows, NodeRow

__all__ = ["FORMAT", "curie", "write_folder"]

_CATEGORIES: Final[dict[str, str]] = {
    Class.PAPER: "biolink:Publication",
    Class.METHOD: "biolink:Procedure",
    Class.BENCHMARK: "biolink:Dataset",
    Class.DATASET: "biolink:Dataset",
    Class.TASK: "biolink:Activity",
    Class.METRIC: "biolink:StudyVariable",
    Class.ORGANISATION: "biolink:Agent",
}
"""By the definitions in https://biolink.github.io/biolink-model/; models have no better one than a named thing."""
_PREDICATES: Final[dict[str, str]] = {
    Predicate.BROADER: "biolink:subclass_of",
    Predicate.VARIANT_OF: "biolink:subclass_of",
    Predicate.PART_OF: "biolink:part_of",
    Predicate.DEVELOPED_BY: "biolink:produced_by",
    "usedWith": "biolink:occurs_together_in_literature_with",
    "evaluatedWith": "biolink:occurs_together_in_literature_with",
}


class _Known(NamedTuple):
    """How an edge is known: values of Biolink's KnowledgeLevelEnum and AgentTypeEnum."""

    level: str
    agent: str


_KNOWN: Final[dict[str | None, _Known]] = {
    "paper": _Known("knowledge_assertion", "text_mining_agent"),
    "lifted": _Known("logical_entailment", "automated_agent"),
    "ontology": _Known("knowledge_assertion", "manual_agent"),
    "projected": _Known("statistical_association", "data_analysis_pipeline"),
}
"""By the edge's origin; the first three as in the RDF."""
_UNKNOWN: Final = _Known("not_provided", "not_provided")
_SOURCE: Final = "infores:mlkg"


def _predicate_of(edge: EdgeRow) -> str:
    if edge.source.startswith(PAPER_FOLDER):
        return "biolink:mentions"
    return _PREDICATES.get(edge.predicate, "biolink:related_to")


_NODE: Final[Mapping[str, Callable[[NodeRow], Any]]] = {
    "id": lambda node: curie(node.iri),
    "category": lambda node: (_CATEGORIES.get(node.kind, "biolink:NamedThing"),),
    "name": lambda node: node.label,
    "synonym": lambda node: node.aliases,
    "xref": lambda node: (f"arXiv:{node.arxiv}",) if node.arxiv else (),
    "provided_by": lambda _: (_SOURCE,),
    "iri": lambda node: node.iri,
    "url": lambda node: node.url,
    "publication_type": lambda node: ("fabio:ResearchPaper",) if node.kind == Class.PAPER else (),
    "kind": lambda node: f"mlkg:{node.kind}",
    "year": lambda node: node.year,
}
_EDGE: Final[Mapping[str, Callable[[EdgeRow], Any]]] = {
    "id": lambda edge: edge.id,
    "subject": lambda edge: curie(edge.source),
    "predicate": _predicate_of,
    "object": lambda edge: curie(edge.target),
    "category": lambda _: ("biolink:Association",),
    "original_predicate": lambda edge: f"mlkg:{edge.predicate}",
    "knowledge_level": lambda edge: _KNOWN.get(edge.origin, _UNKNOWN).level,
    "agent_type": lambda edge: _KNOWN.get(edge.origin, _UNKNOWN).agent,
    "primary_knowledge_source": lambda _: _SOURCE,
    "publications": lambda edge: tuple(map(curie, edge.papers)),
    "supporting_text": lambda edge: tuple(dict.fromkeys(one.sentence for one in edge.evidence if one.sentence)),
    "has_confidence_score": lambda edge: edge.confidence,
    "evidence_count": lambda edge: edge.support,
}
_SEPARATOR: Final = re.compile(r"[\t\r\n\x85\u2028\u2029]")


def write_folder(graph: GraphRows, folder: Path) -> dict[str, Counts]:
    """The two files lie in the folder; memory does not grow with the graph.

    Raises:
        ExportError: a node whose IRI is not in our namespace, and which therefore has no CURIE.
    """
    with (folder / "kg_nodes.tsv").open("wb") as file:
        nodes = _write(_NODE, graph.nodes(), file)
    with (folder / "kg_edges.tsv").open("wb") as file:
        edges = _write(_EDGE, graph.edges(), file)
    return {"kg_nodes.tsv": Counts(nodes=nodes, rows=nodes), "kg_edges.tsv": Counts(edges=edges, rows=edges)}


def curie(iri: str) -> str:
    """The node's IRI as a CURIE that KGX takes: its prefix is `mlkg.` and the folder.

    >>> curie("https://w3id.org/mlkg/method/lora")
    'mlkg.method:lora'

    Raises:
        ExportError: it is no node of ours.
    """
    if not is_node(iri):
        raise ExportError(f"node {iri} is not in {BASE}: KGX names nodes by CURIEs")
    return "mlkg." + iri.removeprefix(BASE).replace("/", ":", 1)


def _write(columns: Mapping[str, Callable[[Any], Any]], rows: Iterable[object], file: BinaryIO) -> int:
    gets = tuple(columns.values())
    lines = ("\t".join([_cell(get(row)) for get in gets]) + "\n" for row in rows)
    count = 0

    def counted() -> Iterable[str]:
        nonlocal count
        for line in lines:
            count += 1
            yield line

    put_text(file, chain(["\t".join(columns) + "\n"], counted()))
    return count


def _cell(value: Any) -> str:
    if isinstance(value, tuple):
        return "|".join(map(_cell, value))
    if isinstance(value, str):
        return _SEPARATOR.sub(" ", clean(value)).replace("|", "¦")
    return "" if value is None else str(value)


FORMAT: Final = Format(
    "kgx",
    "text/tab-separated-values",
    "",
    "https://github.com/biolink/kgx/blob/master/docs/kgx_format.md",
    "a folder of two tables in the Biolink Model: kgx, koza, Translator",
    (Takes.GRAPH,),
    write_folder=write_folder,
)
