"""What of a file is new: rows and edges that ontology and papers do not make anyway."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.curated import SINGLE, Assertion, Import, Row
from kg.identifiers import paper_iri, prefixed
from kg.importers.rules import class_of
from kg.importers.said import UPWARDS
from kg.ontology.checks import cycles
from kg.resolve import Node
from kg.vocabulary import Class, Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from kg.facts import PaperFacts
    from kg.identifiers import Iri, PaperId
    from kg.importers.problems import Problems
    from kg.importers.said import Said, Triple
    from kg.ontology import Ontology
    from kg.resolve import Resolved

__all__ = ["Known", "difference"]


@dataclass(frozen=True, slots=True)
class Known:
    """What a file is held against: the ontology, what it and all papers make without imports, and other imports."""

    ontology: Ontology
    resolved: Resolved
    papers: Mapping[PaperId, PaperFacts]
    imports: Sequence[Import]


def difference(said: Said, name: str, known: Known, problems: Problems) -> list[Import]:
    """What the file says and is not known, as imports: under `name` but where an export names another.

    What does not fit is in `problems`.
    """
    things = {row.node for one in known.imports for row in one.rows if row.label}
    things |= {iri for iri, row in said.rows.items() if row.label}
    things |= known.resolved.nodes.keys() | known.ontology.entities.keys() | known.ontology.organisations.keys()
    rows = _new_rows(said, known, things, problems)
    edges = _new_edges(said, known, things, problems)
    by_name: dict[str, tuple[list[Row], list[Assertion]]] = {}
    for row in rows:
        for one in said.row_names.get(row.node, (name,)):
            by_name.setdefault(one, ([], []))[0].append(row)
    for key in edges:
        for one in said.edge_names.get(key, (name,)):
            by_name.setdefault(one, ([], []))[1].append(Assertion(*key, said.edges[key]))
    return [Import(one, rows=tuple(held), edges=tuple(sure)) for one, (held, sure) in by_name.items()]


def _new_rows(said: Said, known: Known, things: Collection[Iri], problems: Problems) -> Iterator[Row]:
    for iri, row in sorted(said.rows.items()):
        if iri not in things:
            problems.add(
                iri, "nothing of this IRI is in the ontology or the graph; to make it one, give skos:prefLabel"
            )
            continue
        held, there = _held(iri, known)
        left = _less(row, held, there=there)
        if left is not None and _left_to(known.ontology, said, iri) and iri not in said.row_names:
            said.outdated += left != Row(iri)
            left = None if there else Row(iri)
        if left is not None:
            yield left


def _new_edges(said: Said, known: Known, things: Collection[Iri], problems: Problems) -> list[Triple]:
    made = {(edge.subject, edge.predicate, edge.object) for edge in known.resolved.edges}
    papers = {paper_iri(paper): paper for paper in known.papers}
    new: list[Triple] = []
    told = _told_here(said, known, papers)
    for key in sorted(said.edges):
        subject, predicate, object_ = key
        named = key in said.edge_names
        if key in told or (not named and (key in made or _in_tables(key, known.ontology))):
            continue
        if not named and _left_to(known.ontology, said, subject) and _left_to(known.ontology, said, object_):
            said.outdated += 1
            continue
        missing = next((end for end in (subject, object_) if end not in things and end not in papers), None)
        if missing is not None:
            remedy = (
                "read it first: kg add" if class_of(missing) == Class.PAPER else "give it a type and skos:prefLabel"
            )
            problems.add(missing, f"an edge ({predicate}) ends there, and nothing of this IRI is known; {remedy}")
            continue
        new.append(key)
    made |= {(edge.subject, edge.predicate, edge.object) for one in known.imports for edge in one.edges}
    closing = _closing(new, made)
    for key in sorted(closing):
        problems.add(
            key[0], f"{key[1]} {prefixed(key[2])} leads back to itself: no thing is a kind or a part of itself"
        )
    return [key for key in new if key not in closing]


def _told_here(said: Said, known: Known, papers: Mapping[Iri, PaperId]) -> set[Triple]:
    """Those edges of which the file says that papers say them, and papers here do."""
    found: set[Triple] = set()
    for iri in sorted({subject for subject, _, _ in said.told} & papers.keys()):
        facts = known.papers[papers[iri]]
        for one in facts.relations:
            found.add((iri, one.type.predicate, known.resolved.node_of(facts.paper.id, one.node)))
    return found & said.told


def _closing(new: Collection[Triple], made: Collection[Triple]) -> set[Triple]:
    """Those of the new edges that close a circle of kinds and parts, with each other or with edges that are there."""
    closing: set[Triple] = set()
    while True:
        up: dict[Iri, list[Iri]] = {}
        for subject, predicate, object_ in sorted({*new, *made} - closing):
            if predicate in UPWARDS:
                up.setdefault(subject, []).append(object_)
        steps = {step for ring in cycles(up) for step in pairwise([*ring, ring[0]])}
        more = {key for key in new if key[1] in UPWARDS and (key[0], key[2]) in steps} - closing
        if not more:
            return closing
        closing |= more


def _left_to(ontology: Ontology, said: Said, iri: Iri) -> bool:
    return said.other_ontology and (iri in ontology.entities or iri in ontology.organisations)


def _rounds(edges: Collection[Triple], made: Collection[Triple]) -> list[Triple]:
    """Those of the edges that close a circle of kinds and parts, with each other or with edges that are there."""
    closing: set[Triple] = set()
    while True:
        up: dict[Iri, list[Iri]] = {}
        for subject, predicate, object_ in sorted({*edges, *made} - closing):
            if predicate in UPWARDS:
                up.setdefault(subject, []).append(object_)
        steps = {step for ring in cycles(up) for step in zip(ring, [*ring[1:], ring[0]], strict=True)}
        more = {key for key in edges if key[1] in UPWARDS and (key[0], key[2]) in steps} - closing
        if not more:
            return sorted(closing)
        closing |= more


def _in_tables(key: Triple, ontology: Ontology) -> bool:
    entity = ontology.entities.get(key[0])
    return entity is not None and key[1:] in entity.parents


def _held(iri: Iri, known: Known) -> tuple[Row | None, bool]:
    """The thing as it is without imports, and whether it is in the graph without them."""
    resolved, ontology = known.resolved, known.ontology
    node = resolved.nodes.get(iri)
    entity = ontology.entities.get(iri)
    if node is not None or entity is not None:
        return _row_of(node or Node.of(ontology.entities[iri], 0)), node is not None
    organisation = ontology.organisations.get(iri)
    if organisation is None:
        return None, False
    return Row(iri, organisation.label, organisation.aliases), iri in resolved.organisations


def _row_of(node: Node) -> Row:
    return Row(
        node.iri,
        *(node.label, node.aliases, node.status, node.year, node.arxiv, node.level),
        *(node.categories, node.unit, node.higher_is_better, node.source),
    )


def _less(row: Row, held: Row | None, *, there: bool) -> Row | None:
    """What the row says beyond what holds anyway; None where that is nothing and the thing is in the graph."""
    if held is None:
        return replace(row, status=None if row.status is Status.CURATED else row.status)
    single = {name: None if getattr(row, name) == getattr(held, name) else getattr(row, name) for name in SINGLE}
    aliases = {*row.aliases} - {*held.aliases, held.label, row.label}
    categories = {*row.categories} - {*held.categories}
    left = Row(row.node, aliases=tuple(sorted(aliases)), categories=tuple(sorted(categories)), **single)
    return None if there and left == Row(row.node) else left
