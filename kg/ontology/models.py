"""From a model's name to its node: the row that has it, or a new node below the nearest row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.identifiers import Iri, entity_iri, normal_form, slug
from kg.ontology.composed import Resolved, below
from kg.vocabulary import Kind

if TYPE_CHECKING:
    from kg.names import ModelName
    from kg.ontology.entity import Entity
    from kg.ontology.ontology import Ontology

__all__ = ["resolve"]


def resolve(name: ModelName, ontology: Ontology) -> Resolved:
    """The known node of a name the ontology's grammar read, or a composed one with its chain up to the nearest row.

    A checkpoint hangs below its version, the version below its family: Qwen 9 400B -> Qwen9 -> Qwen. Quantisation makes
    no node where no row says so: Llama-2-7B-GPTQ is Llama 2 7B.
    """
    entity = _known_model(name, ontology)
    if entity is None and name.quantisation is not None:
        name = replace(name, quantisation=None)
        entity = _known_model(name, ontology)
    if entity is not None:
        return Resolved(entity.iri, entity.label, entity)
    chain = [name]
    above: Entity | None = None
    for simpler in name.simpler():
        above = _known_model(simpler, ontology)
        if above is not None:
            break
        if simpler.version is not None and simpler.size is None and not simpler.variant:
            chain.append(simpler)
    assert above is not None  # the bare family is a row
    return below(above, [ontology.grammar.format(link) for link in chain])


def _known_model(name: ModelName, ontology: Ontology) -> Entity | None:
    """The row of a model's name in whatever order its parts are written, None if it has none."""
    label = ontology.grammar.format(name)
    held = {iri for _, iri in ontology.forms.get(normal_form(label), ()) if ontology.entities[iri].kind is Kind.MODEL}
    if len(held) == 1:  # OPT 1.3B and OPT 13B have one form: what such names say tells them apart
        return ontology.entities[held.pop()]
    iri_of = _by_key(name.family, ontology)
    found = iri_of.get(name.key())
    return ontology.entities.get(found or entity_iri(Kind.MODEL, slug(label)))


def _by_key(family: str, ontology: Ontology) -> dict[tuple[object, ...], Iri]:
    """The rows of a family's models by the key of each of their names; worked out when first asked for."""
    made = ontology.model_keys.get(family)
    if made is not None:
        return made
    keys: dict[tuple[object, ...], Iri] = {}
    grammar = ontology.grammar
    for entity in _descendants(family, ontology):
        for label in entity.names:
            parsed = grammar.parse(label)
            if parsed is not None and parsed.family == family:
                keys.setdefault(parsed.key(), entity.iri)
    ontology.model_keys[family] = keys
    return keys


def _descendants(family: str, ontology: Ontology) -> list[Entity]:
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
