"""What a file says of things, and what of that is new: rows and edges that ontology and papers do not make anyway."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.curated import SINGLE, Assertion, Import, Row
from kg.identifiers import kind_of, paper_iri
from kg.importers.problems import RefusalError
from kg.importers.rules import class_of, ends_fit
from kg.linking.link import NewNode
from kg.resolve import Node
from kg.vocabulary import BASE, Class, Predicate, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.facts import PaperFacts
    from kg.identifiers import Iri, PaperId
    from kg.importers.problems import Problems
    from kg.ontology import Ontology
    from kg.resolve import Resolved

__all__ = ["UNNAMED", "Said", "Triple", "difference"]

Triple = tuple["Iri", Predicate, "Iri"]

UNNAMED: Final = "imported"
"""The rule of what a file says without naming one."""
_NODE: Final = re.compile(rf"{re.escape(BASE)}[a-z]+/[0-9A-Za-z._~-]{{1,200}}")
_UP: Final = (Predicate.VARIANT_OF, Predicate.PART_OF, Predicate.BROADER)
"""The edges by which reading a paper joins a new thing to what it is a kind or a part of."""
_LONGEST: Final = 10_000
"""Characters of the longest name that is taken."""
_LEVELS: Final = ("family", "version", "checkpoint")


class Said:
    """Rows of things and edges without words of a paper behind them, as one file has them.

    `row_names` and `edge_names` hold, for those that an export marks as imported, the names of these imports.
    `told` are edges of which the file says that papers say them: where one does, the file vouches for nothing.
    `other_ontology` is true of an export that was made with another ontology: then what it says of things that this
    one has too is left to this one, and `outdated` counts it.
    """

    def __init__(self, ontology: Ontology) -> None:
        self.rows: dict[Iri, Row] = {}
        self.row_names: dict[Iri, tuple[str, ...]] = {}
        self.edges: dict[Triple, float] = {}
        self.edge_names: dict[Triple, tuple[str, ...]] = {}
        self.told: set[Triple] = set()
        self.other_ontology = False
        self.outdated = 0
        self._ontology = ontology
        self._parents: dict[Iri, list[tuple[Predicate, Iri]]] = {}

    def put_row(self, row: Row, names: Iterable[str] = ()) -> None:
        """Takes in a row.

        Raises:
            RefusalError: it cannot be one.
        """
        kind = class_of(row.node)
        if kind in (None, Class.PAPER) or not _NODE.fullmatch(row.node):
            raise RefusalError(f"no node of ours: IRIs of things are {BASE}<kind>/<name>, <kind> in lower case")
        for text in (row.label, *row.aliases, row.unit, row.source, row.arxiv, *row.categories):
            if text is not None and (not text.strip() or len(text) > _LONGEST):
                raise RefusalError(f"a name or text is empty or longer than {_LONGEST:,} characters")
        if row.level is not None and (row.level not in _LEVELS or kind != Class.MODEL):
            raise RefusalError(f"level {row.level!r}: it is one of {', '.join(_LEVELS)}, and of models")
        if row.year is not None and not 0 <= row.year <= 9999:
            raise RefusalError(f"{row.year} is no year")
        if row.higher_is_better is not None and kind != Class.METRIC:
            raise RefusalError("higherIsBetter is said of metrics alone")
        self.rows[row.node] = row
        if names := tuple(sorted(names)):
            self.row_names[row.node] = names

    def put_edge(self, key: Triple, confidence: float = 1.0, names: Iterable[str] = (), *, told: bool = False) -> None:
        """Takes in an edge.

        Raises:
            RefusalError: the predicate cannot join the two, or the confidence is none.
        """
        ends_fit(*key)
        if not 0 <= confidence <= 1:
            raise RefusalError(f"confidence {confidence} is not in [0, 1]")
        self.edges[key] = confidence
        if names := tuple(sorted(names)):
            self.edge_names[key] = names
        if told:
            self.told.add(key)

    def label(self, iri: Iri) -> str:
        """The label of a thing that the file or the ontology describes.

        Raises:
            RefusalError: neither does.
        """
        row = self.rows.get(iri)
        if row is not None and row.label:
            return row.label
        entity = self._ontology.entities.get(iri)
        if entity is None:
            raise RefusalError(f"{iri} is neither described in this file nor in the ontology: say its type and label")
        return entity.label

    def nodes_for(self, seen: Iterable[Iri]) -> tuple[NewNode, ...]:
        """Those of the things a paper names, and those above them, that the ontology lacks, sorted by IRI.

        What an import says of a thing stays with that import.
        """
        above: dict[Iri, NewNode] = {}
        waiting = list(seen)
        while waiting:
            iri = waiting.pop()
            kind = kind_of(iri)
            row = self.rows.get(iri)
            if iri in above or iri in self._ontology.entities or kind is None or row is None or row.label is None:
                continue
            parents = tuple(self._parents.get(iri, ()))
            own = iri not in self.row_names
            above[iri] = NewNode(
                iri,
                kind,
                row.label,
                row.status or Status.DISCOVERED,
                row.aliases if own else (),
                parents,
            )
            waiting.extend(parent for _, parent in parents)
        return tuple(above[iri] for iri in sorted(above))

    def seal(self) -> None:
        """All rows and edges are in."""
        for key in sorted(self.edges):
            subject, predicate, object_ = key
            if predicate in _UP and key not in self.edge_names:
                self._parents.setdefault(subject, []).append((predicate, object_))


def difference(
    said: Said,
    name: str,
    ontology: Ontology,
    problems: Problems,
    *,
    resolved: Resolved,
    papers: Mapping[PaperId, PaperFacts],
    imports: Sequence[Import],
) -> list[Import]:
    """What the file says and ontology and papers do not, as imports: under `name` but where an export names another.

    What does not fit is in `problems`.
    """
    rows: dict[str, list[Row]] = {name: []}
    edges: dict[str, list[Assertion]] = {name: []}
    known = {row.node for one in imports for row in one.rows if row.label}
    known |= {iri for iri, row in said.rows.items() if row.label}
    known |= resolved.nodes.keys() | ontology.entities.keys() | ontology.organisations.keys()
    for iri, row in sorted(said.rows.items()):
        if iri not in known:
            problems.add(
                iri, "nothing of this IRI is in the ontology or the graph; to make it one, give skos:prefLabel"
            )
            continue
        held, there = _held(iri, resolved, ontology)
        left = _less(row, held, there=there)
        if left is not None and _left_to(ontology, said, iri) and iri not in said.row_names:
            said.outdated += left != Row(iri)
            left = None if there else Row(iri)
        if left is not None:
            for one in said.row_names.get(iri, (name,)):
                rows.setdefault(one, []).append(left)
    made = {(edge.subject, edge.predicate, edge.object) for edge in resolved.edges}
    at = {paper_iri(paper): paper for paper in papers}
    of: Iri | None = None  # the edges of a paper come together
    own: set[tuple[Predicate, Iri]] = set()
    for key, confidence in sorted(said.edges.items()):
        subject, predicate, object_ = key
        names = said.edge_names.get(key)
        if names is None and (key in made or _in_tables(key, ontology)):
            continue
        if key in said.told and subject in at:
            if of != subject:
                of, own = subject, _own(papers[at[subject]], resolved)
            if key[1:] in own:
                continue
        if names is None and _left_to(ontology, said, subject) and _left_to(ontology, said, object_):
            said.outdated += 1
            continue
        missing = next((end for end in (subject, object_) if end not in known and end not in at), None)
        if missing is not None:
            remedy = (
                "read it first: kg add" if class_of(missing) == Class.PAPER else "give it a type and skos:prefLabel"
            )
            problems.add(missing, f"an edge ({predicate}) ends there, and nothing of this IRI is known; {remedy}")
            continue
        for one in names or (name,):
            edges.setdefault(one, []).append(Assertion(subject, predicate, object_, confidence))
    return [Import(one, rows=tuple(rows.get(one, ())), edges=tuple(edges.get(one, ()))) for one in {**rows, **edges}]


def _left_to(ontology: Ontology, said: Said, iri: Iri) -> bool:
    return said.other_ontology and (iri in ontology.entities or iri in ontology.organisations)


def _own(facts: PaperFacts, resolved: Resolved) -> set[tuple[Predicate, Iri]]:
    """What a paper does, and with what, in its own words."""
    return {(one.type.predicate, resolved.node_of(facts.paper.id, one.node)) for one in facts.relations}


def _in_tables(key: Triple, ontology: Ontology) -> bool:
    entity = ontology.entities.get(key[0])
    return entity is not None and key[1:] in entity.parents


def _held(iri: Iri, resolved: Resolved, ontology: Ontology) -> tuple[Row | None, bool]:
    """The thing as it is without imports, and whether it is in the graph without them."""
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
