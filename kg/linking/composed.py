"""A stretch of a text that the grammars of names read: the node it means, and the nodes that no table has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.identifiers import normal_form
from kg.linking.link import NewNode
from kg.vocabulary import Kind, Predicate, Status

if TYPE_CHECKING:
    from kg.identifiers import Iri
    from kg.ontology.composed import Resolved

__all__ = ["Composition", "composition"]


@dataclass(frozen=True, slots=True)
class Composition:
    """A stretch that names a thing by more words than those of a row; `new` are the nodes that no table has.

    `shared` says that some of these words stand further on, so that a row by the name of the stretch is not meant: the
    first of `Llama-2-7B/13B-Chat` is a chat model.
    """

    start: int
    end: int
    kind: Kind
    node: Iri
    label: str
    new: tuple[NewNode, ...] = ()
    shared: bool = False


def composition(
    start: int, end: int, kind: Kind, found: Resolved, *, written: str = "", shared: bool = False
) -> Composition:
    """The composition of a resolved name, its new nodes each a variant of the one above it.

    `written` is the whole name where the stretch is that: another name of the new node if its form is another.
    """
    new = tuple(
        NewNode(node.iri, kind, node.label, Status.COMPOSED, (), ((Predicate.VARIANT_OF, node.parent),))
        for node in found.new
    )
    if new and written and normal_form(written) != normal_form(found.label):
        new = (replace(new[0], aliases=(written,)), *new[1:])
    return Composition(start, end, kind, found.iri, found.label, new, shared)
