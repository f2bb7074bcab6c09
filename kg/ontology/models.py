"""From a model's name to its node: the row that has it, or a new node below the nearest row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.identifiers import Iri, entity_iri, normal_form, slug
from kg.vocabulary import Kind

if TYPE_CHECKING:
    from kg.names import ModelName
    from kg.ontology.entity import Entity
    from kg.ontology.ontology import Ontology

__all__ = ["Composed", "Resolved", "resolve"]


@dataclass(frozen=True, slots=True)
class Composed:
    """A node the grammar builds: `parent` is the node it is a variant of, composed too or a row of the ontology."""

    label: str
    iri: Iri
    parent: Iri


@dataclass(frozen=True, slots=True)
class Resolved:
    """The node of a model's name.

    `entity` is its row; where there is none, `new` holds the node and the versions above it that have no row either,
    the node itself first.
    """

    iri: Iri
    label: str
    entity: Entity | None
    new: tuple[Composed, ...] = ()


def resolve(name: ModelName, ontology: Ontology) -> Resolved:
    """The known node of a name the ontology's grammar read, or a composed one with its chain up to the nearest row.

    A checkpoint hangs below its version, the version below its family: Qwen 9 400B -> Qwen9 -> Qwen.
    """
    entity = find_model(name, ontology)
    if entity is not None:
        return Resolved(entity.iri, entity.label, entity)
    chain = [name]
    above: Entity | None = None
    for simpler in name.simpler():
        above = find_model(simpler, ontology)
        if above is not None:
            break
        if simpler.version is not None and simpler.size is None and not simpler.variant:
            chain.append(simpler)
    labels = [ontology.grammar.format(link) for link in chain]
    iris = [entity_iri(Kind.MODEL, slug(label)) for label in labels]
    assert above is not None  # the bare family is a row
    parents = [*iris[1:], above.iri]
    new = tuple(Composed(label, iri, parent) for label, iri, parent in zip(labels, iris, parents, strict=True))
    return Resolved(iris[0], labels[0], None, new)


def find_model(name: ModelName, ontology: Ontology) -> Entity | None:
    """The row of a model's name in whatever order its parts are written, None if it has none."""
    held = ontology.forms.get(normal_form(ontology.grammar.format(name)), ())
    for _, iri in held:
        entity = ontology.entities[iri]
        if entity.kind is Kind.MODEL:
            return entity
    iri_of = models_of(name.family, ontology)
    found = iri_of.get(name.key())
    return ontology.entities[found] if found is not None else None


def models_of(family: str, ontology: Ontology) -> dict[tuple[object, ...], Iri]:
    """The rows of a family's models by the key of each of their names; worked out when first asked for."""
    made = ontology.model_keys.get(family)
    if made is not None:
        return made
    keys: dict[tuple[object, ...], Iri] = {}
    grammar = ontology.grammar
    for entity in descendants(family, ontology):
        for label in entity.names:
            parsed = grammar.parse(label)
            if parsed is not None and parsed.family == family:
                keys.setdefault(parsed.key(), entity.iri)
    ontology.model_keys[family] = keys
    return keys


def descendants(family: str, ontology: Ontology) -> list[Entity]:
    """The family's row and all rows that are variants of it, directly or not, in the order of the table."""
    pending = [
        entity
        for _, iri in ontology.forms.get(normal_form(family), ())
        if (entity := ontology.entities[iri]).level == "family" and entity.label == family
    ]
    found: dict[Iri, Entity] = {}
    while pending:
        entity = pending.pop()
        if entity.iri not in found:
            found[entity.iri] = entity
            pending.extend(ontology.children.get(entity.iri, ()))
    return sorted(found.values(), key=lambda entity: entity.line)
