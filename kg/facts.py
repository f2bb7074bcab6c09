"""Facts: all we know from one paper, one JSON object a line.

The checkpoint between reading papers and building the graph, the interchange format, and the debug view. docs/facts.md
explains every key; more may be added, none dropped.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import chain
from typing import TYPE_CHECKING, Any

from kg.errors import FactsError
from kg.identifiers import Iri, NormalForm, PaperId
from kg.linking.link import Link, NewNode, Unlinked
from kg.papers.paper import Paper, Sighting
from kg.relations.relation import Relation, Result
from kg.text import Span
from kg.vocabulary import Kind, Predicate, RelationType, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Lifted", "PaperFacts", "from_json", "to_json"]


@dataclass(frozen=True, slots=True)
class Lifted:
    """An edge between two things that the words of a paper say: `how`, `score` and `hedged` as in a relation."""

    subject: Iri
    predicate: Predicate
    object: Iri
    evidence: tuple[Span, ...]
    how: str
    score: float
    hedged: bool = False


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """One paper with what was found in it.

    `lifted` is None where the edges between things follow from the relations by the rule of `kg.resolve.lift`, as they
    do in all that is extracted. A file that was imported may say them itself; then they are these and no others.
    """

    paper: Paper
    mentions: tuple[Link, ...] = ()
    relations: tuple[Relation, ...] = ()
    results: tuple[Result, ...] = ()
    unlinked: tuple[Unlinked, ...] = ()
    nodes: tuple[NewNode, ...] = ()
    lifted: tuple[Lifted, ...] | None = None


def to_json(facts: PaperFacts) -> str:
    """The facts as one line of JSON without its line break: keys sorted, nothing escaped that need not be."""
    return json.dumps(_to_object(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(line: str) -> PaperFacts:
    """The facts a line holds.

    Raises:
        FactsError: the line is no JSON object, lacks a key, or an offset does not cut the text it says.
    """
    try:
        facts = _from_object(json.loads(line))
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation, RecursionError) as error:
        why = f"key {error} is missing" if isinstance(error, KeyError) else str(error)
        raise FactsError(f"not a line of facts: {why}") from error
    wrong = _of_wrong_type(facts)
    if wrong is not None:
        raise FactsError(f"not a line of facts: {wrong[0]} {wrong[1]!r} is of the wrong type or outside of the text")
    text = facts.paper.text
    for mention in facts.mentions:
        if text[mention.start : mention.end] != mention.text:
            cut = text[mention.start : mention.end]
            raise FactsError(
                f"{facts.paper.id}: mention {mention.text!r} at {mention.start}, but the text there is {cut!r}"
            )
    return facts


def _of_wrong_type(facts: PaperFacts) -> tuple[str, object] | None:
    """What a line edited by hand holds that later stages would fall over, None where all is well."""
    paper = facts.paper
    for name, text in (("id", paper.id), ("title", paper.title), ("abstract", paper.abstract)):
        if not isinstance(text, str):
            return name, text
    size = len(paper.text)
    for link in facts.mentions:
        if not _is_stretch(link.start, link.end, size):
            return "mention at", (link.start, link.end)
        if not _are_texts(link.text, link.node, link.label, link.how) or not _is_number(link.score):
            return "mention", link.text
    for relation in facts.relations:
        if not _are_texts(relation.node, relation.label, relation.how) or not _is_number(relation.score):
            return "relation", relation.label
    for result in facts.results:
        held = (result.subject, result.subject_label, result.benchmark, result.benchmark_label, result.metric)
        if not _are_texts(result.value, *(text for text in (*held, result.metric_label) if text is not None)):
            return "result", result.value
    for lifted in facts.lifted or ():
        if not _are_texts(lifted.subject, lifted.object, lifted.how) or not _is_number(lifted.score):
            return "lifted", lifted.subject
    evidence = [*(one.evidence for one in facts.relations), *(one.evidence for one in facts.results)]
    evidence += [one.evidence for one in facts.lifted or ()]
    for span in chain.from_iterable(evidence):
        if not _is_stretch(span.start, span.end, size):
            return "evidence", (span.start, span.end)
    return None


def _are_texts(*values: object) -> bool:
    return all(isinstance(value, str) for value in values)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)


def _is_stretch(start: object, end: object, size: int) -> bool:
    return isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= size


def _spans(spans: Iterable[Span]) -> list[dict[str, int]]:
    return [{"start": span.start, "end": span.end} for span in spans]


def _to_object(facts: PaperFacts) -> dict[str, Any]:
    paper = facts.paper
    return {
        "id": paper.id,
        "title": paper.title,
        "abstract": paper.abstract,
        "date": paper.date,
        "date_text": paper.date_text,
        "arxiv": paper.arxiv,
        "doi": paper.doi,
        "url": paper.url,
        "authors": list(paper.authors),
        "author_count": paper.author_count,
        "comment_count": paper.comment_count,
        "upvotes": paper.upvotes,
        "organisation": paper.organisation,
        "sightings": [{"source": s.source, "line": s.line, "listed": s.listed} for s in paper.sightings],
        "mentions": [
            {
                "start": link.start,
                "end": link.end,
                "text": link.text,
                "type": link.kind,
                "node": link.node,
                "label": link.label,
                "score": round(link.score, 4),
                "how": link.how,
                **({"introduced": _spans([link.introduced])[0]} if link.introduced else {}),
            }
            for link in facts.mentions
        ],
        "relations": [
            {
                "type": relation.type,
                "node": relation.node,
                "label": relation.label,
                "score": round(relation.score, 4),
                "evidence": _spans(relation.evidence),
                "how": relation.how,
                "hedged": relation.hedged,
            }
            for relation in facts.relations
        ],
        "results": [
            {
                "subject": result.subject_label,
                "subject_node": result.subject,
                "benchmark": result.benchmark_label,
                "benchmark_node": result.benchmark,
                "metric": result.metric_label,
                "metric_node": result.metric,
                "value": result.value,
                "number": None if result.number is None else str(result.number),
                "unit": result.unit,
                "delta": result.delta,
                "evidence": _spans(result.evidence),
                "how": result.how,
            }
            for result in facts.results
        ],
        "unlinked": [
            {
                "start": name.start,
                "end": name.end,
                "text": name.text,
                "type": name.kind,
                "normal": name.normal,
                "reason": name.reason,
            }
            for name in facts.unlinked
        ],
        "nodes": [
            {
                "node": node.iri,
                "type": node.kind,
                "label": node.label,
                "status": node.status,
                "aliases": list(node.aliases),
                "parents": [[predicate, parent] for predicate, parent in node.parents],
            }
            for node in facts.nodes
        ],
        **({} if facts.lifted is None else {"lifted": [_lifted_to_object(one) for one in facts.lifted]}),
    }


def _lifted_to_object(lifted: Lifted) -> dict[str, Any]:
    return {
        "subject": lifted.subject,
        "predicate": lifted.predicate,
        "object": lifted.object,
        "score": round(lifted.score, 4),
        "evidence": _spans(lifted.evidence),
        "how": lifted.how,
        "hedged": lifted.hedged,
    }


def _read_spans(spans: list[dict[str, int]]) -> tuple[Span, ...]:
    return tuple(Span(span["start"], span["end"]) for span in spans)


def _from_object(data: dict[str, Any]) -> PaperFacts:
    paper = Paper(
        id=PaperId(data["id"]),
        title=data["title"],
        abstract=data["abstract"],
        date=data["date"],
        date_text=data.get("date_text"),
        arxiv=data.get("arxiv"),
        doi=data.get("doi"),
        url=data.get("url"),
        authors=tuple(data.get("authors", ())),
        author_count=data.get("author_count"),
        comment_count=data.get("comment_count"),
        upvotes=data.get("upvotes"),
        organisation=data.get("organisation"),
        sightings=tuple(Sighting(s["source"], s["line"], s["listed"]) for s in data.get("sightings", ())),
    )
    return PaperFacts(
        paper=paper,
        mentions=tuple(
            Link(
                start=m["start"],
                end=m["end"],
                text=m["text"],
                kind=Kind(m["type"]),
                node=Iri(m["node"]),
                label=m["label"],
                score=m["score"],
                how=m["how"],
                introduced=Span(**m["introduced"]) if m.get("introduced") else None,
            )
            for m in data["mentions"]
        ),
        relations=tuple(
            Relation(
                type=RelationType(r["type"]),
                node=Iri(r["node"]),
                label=r["label"],
                score=r["score"],
                evidence=_read_spans(r["evidence"]),
                how=r["how"],
                hedged=r.get("hedged", False),
            )
            for r in data["relations"]
        ),
        results=tuple(
            Result(
                value=r["value"],
                delta=r["delta"],
                evidence=_read_spans(r["evidence"]),
                number=None if r.get("number") is None else Decimal(r["number"]),
                unit=r.get("unit"),
                subject=_iri(r.get("subject_node")),
                subject_label=r["subject"],
                benchmark=_iri(r.get("benchmark_node")),
                benchmark_label=r["benchmark"],
                metric=_iri(r.get("metric_node")),
                metric_label=r["metric"],
                how=r.get("how", ""),
            )
            for r in data["results"]
        ),
        unlinked=tuple(
            Unlinked(
                start=u["start"],
                end=u["end"],
                text=u["text"],
                kind=Kind(u["type"]) if u["type"] else None,
                normal=NormalForm(u["normal"]),
                reason=u["reason"],
            )
            for u in data["unlinked"]
        ),
        nodes=tuple(
            NewNode(
                iri=Iri(n["node"]),
                kind=Kind(n["type"]),
                label=n["label"],
                status=Status(n["status"]),
                aliases=tuple(n["aliases"]),
                parents=tuple((Predicate(predicate), Iri(parent)) for predicate, parent in n["parents"]),
            )
            for n in data.get("nodes", ())
        ),
        lifted=None
        if data.get("lifted") is None
        else tuple(
            Lifted(
                subject=Iri(one["subject"]),
                predicate=Predicate(one["predicate"]),
                object=Iri(one["object"]),
                evidence=_read_spans(one["evidence"]),
                how=one["how"],
                score=one["score"],
                hedged=one.get("hedged", False),
            )
            for one in data["lifted"]
        ),
    )


def _iri(value: str | None) -> Iri | None:
    return Iri(value) if value else None
