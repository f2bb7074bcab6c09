"""What a file says of things: rows, and edges that no words of a paper say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.identifiers import kind_of
from kg.importers.problems import RefusalError
from kg.importers.rules import class_of, ends_fit
from kg.linking.link import NewNode
from kg.vocabulary import BASE, Class, Predicate, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.curated import Row
    from kg.identifiers import Iri
    from kg.ontology import Ontology

__all__ = ["UNNAMED", "UPWARDS", "Said", "Triple"]

Triple = tuple["Iri", Predicate, "Iri"]

UNNAMED: Final = "imported"
"""The rule of what a file says without naming one."""
_NODE: Final = re.compile(rf"{re.escape(BASE)}[a-z]+/[0-9A-Za-z][0-9A-Za-z._~-]{{0,199}}")
UPWARDS: Final = (Predicate.VARIANT_OF, Predicate.PART_OF, Predicate.BROADER)
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
            if predicate in UPWARDS and key not in self.edge_names:
                self._parents.setdefault(subject, []).append((predicate, object_))
