"""The ontology in memory: things by IRI, by name, and the edges between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.errors import UnknownNameError, near
from kg.identifiers import Iri, NormalForm, kind_of, normal_form
from kg.names import Family, Grammar
from kg.ontology.models import find_model
from kg.vocabulary import Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.ontology.entity import Entity, Organisation, Sense

__all__ = ["Ontology"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Ontology:
    """All tables, read and checked; nothing of it changes afterwards.

    Two ontologies with the same `digest` (SHA-256 of the tables' bytes) are the same ontology.
    """

    entities: Mapping[Iri, Entity]
    organisations: Mapping[Iri, Organisation]
    senses: tuple[Sense, ...]
    stopped: frozenset[NormalForm]
    forms: Mapping[NormalForm, tuple[tuple[str, Iri], ...]]
    digest: str
    made: dict[str, object] = field(default_factory=dict)
    """What was worked out from the tables when first asked for; a cache, never part of what the ontology says."""

    def __repr__(self) -> str:
        return f"<Ontology of {len(self.entities)} entities, {self.digest[:12]}>"

    def get(self, iri: str) -> Entity:
        """The entity of an IRI.

        Raises:
            UnknownNameError: no table has it.
        """
        entity = self.entities.get(Iri(iri))
        if entity is None:
            raise UnknownNameError("entity", iri, self.entities, "kg ontology list shows all")
        return entity

    def names(self) -> Iterator[tuple[str, Entity, Sense | None]]:
        """Every name with the entity it is a name of, in the order of the tables.

        The third is what it takes for the name to mean the entity, None where the name says enough.
        """
        by_name = self._senses_by_name()
        for iri, entity in self.entities.items():
            for name in entity.names:
                yield name, entity, by_name.get((name, iri))

    def senses_of(self, name: str) -> tuple[Sense, ...]:
        """The declared senses of a name in any spelling."""
        wanted = normal_form(name)
        return tuple(sense for sense in self.senses if normal_form(sense.alias) == wanted)

    def is_stopped(self, name: str) -> bool:
        """Whether the name is on the stop list: something papers write that is no entity, e.g. LLMs."""
        form = normal_form(name)
        return form in self.stopped or (form.endswith("s") and NormalForm(form[:-1]) in self.stopped)

    def find(self, name: str) -> tuple[Entity, ...]:
        """The entities a name may mean, as people write names: case, spaces and hyphens do not matter, exact spelling wins.

        Several only where the name is ambiguous, the default sense first. Names of models need not be listed: the grammar reads
        them, and what it reads is found if it is a row of the ontology under another spelling.
        """
        held = self.forms.get(normal_form(name), ())
        exact = [pair for pair in held if pair[0] == name]
        iris = list(dict.fromkeys(iri for _, iri in exact or held))
        if not iris:
            model = self.grammar.parse(name)
            entity = find_model(model, self) if model is not None else None
            return (entity,) if entity is not None else ()
        if len(iris) > 1:
            default = {sense.iri for sense in self.senses_of(name) if sense.default}
            iris.sort(key=lambda iri: (iri not in default, iri))
        return tuple(self.entities[iri] for iri in iris)

    def near(self, name: str, *, count: int = 3) -> list[str]:
        """The labels and aliases closest to a name that is not found, best first."""
        form = normal_form(name)
        letters = set(form)
        shortlist: set[str] = set()
        for other, held in self.forms.items():
            if abs(len(other) - len(form)) <= 3 and len(letters & set(other)) * 10 >= len(letters) * 7:
                shortlist.update(alias for alias, _ in held)
        return near(name, shortlist, count=count)

    def parents(self, iri: Iri, *predicates: Predicate) -> tuple[Iri, ...]:
        """Where the entity's edges lead, all of them or those of the given predicates."""
        entity = self.entities.get(iri)
        if entity is None:
            return ()
        return tuple(parent for predicate, parent in entity.parents if not predicates or predicate in predicates)

    def ancestors(self, iri: Iri) -> tuple[Iri, ...]:
        """What the entity is a variant of, part of or narrower than, directly or not; nearest first, each once."""
        up = (Predicate.VARIANT_OF, Predicate.PART_OF, Predicate.BROADER)
        found: dict[Iri, None] = {}
        level = [iri]
        while level:
            level = [
                parent for node in level for parent in self.parents(node, *up) if parent not in found and parent != iri
            ]
            found.update(dict.fromkeys(level))
        return tuple(found)

    def organisation(self, name: str) -> Organisation | None:
        """The organisation of a label or alias, in any case and punctuation."""
        index = self.made.get("organisations")
        if index is None:
            index = {normal_form(n): o for o in self.organisations.values() for n in (*o.aliases, o.label)}
            self.made["organisations"] = index
        return index.get(normal_form(name))  # type: ignore[attr-defined, no-any-return]

    @property
    def grammar(self) -> Grammar:
        """The grammar of model names over the families of the ontology; it knows every name of a model listed here."""
        made = self.made.get("grammar")
        if made is None:
            families = [
                Family(entity.label, entity.pattern, entity.aliases)
                for entity in self.entities.values()
                if entity.level == "family"
            ]
            made = Grammar(families, self._is_model)
            self.made["grammar"] = made
        return made  # type: ignore[return-value]

    def _is_model(self, form: NormalForm) -> bool:
        return any(kind_of(iri) is Kind.MODEL for _, iri in self.forms.get(form, ()))

    def of_kind(self, *kinds: Kind) -> tuple[Entity, ...]:
        """The entities of some kinds, in the order of the tables."""
        return tuple(entity for entity in self.entities.values() if entity.kind in kinds)

    def _senses_by_name(self) -> dict[tuple[str, Iri], Sense]:
        return {(sense.alias, sense.iri): sense for sense in self.senses}
