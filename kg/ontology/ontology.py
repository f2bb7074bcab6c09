"""The ontology in memory: things by IRI, by name, and the edges between them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.errors import UnknownNameError, near
from kg.identifiers import Iri, NormalForm, as_iri, kind_of, looks_like, normal_form
from kg.names import BenchmarkGrammar, Family, Grammar
from kg.ontology.benchmarks import data_named, resolve_benchmark
from kg.ontology.forms import normal_forms
from kg.ontology.models import resolve
from kg.vocabulary import Kind, Predicate

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from kg.ontology.composed import Resolved
    from kg.ontology.entity import Entity, Organisation, Sense

__all__ = ["Ontology"]

_UP = (Predicate.VARIANT_OF, Predicate.PART_OF, Predicate.BROADER)
"""The edges from a thing to what it is one of, a part of or a case of."""


@dataclass(frozen=True, eq=False, repr=False)
class Ontology:
    """All tables, read and checked; nothing of it changes afterwards.

    `redirects` says, for ids that were published and have no row any more, which row stands for the thing now. Two
    ontologies with the same `digest` (SHA-256 of the tables' bytes) are the same ontology.
    """

    entities: Mapping[Iri, Entity]
    organisations: Mapping[Iri, Organisation]
    senses: tuple[Sense, ...]
    stopped: frozenset[NormalForm]
    redirects: Mapping[Iri, Iri]
    digest: str

    def __repr__(self) -> str:
        return f"<Ontology of {len(self.entities)} entities, {self.digest[:12]}>"

    def __reduce__(self) -> tuple[Callable[..., Ontology], tuple[object, ...]]:
        # read-only views cannot be sent to another process, what they show can
        return Ontology, (
            dict(self.entities),
            dict(self.organisations),
            self.senses,
            self.stopped,
            dict(self.redirects),
            self.digest,
        )

    @cached_property
    def forms(self) -> Mapping[NormalForm, tuple[tuple[str, Iri], ...]]:
        """By normal form, every name as it is spelled and the entity it names."""
        pairs: list[tuple[str, Iri]] = []
        for iri, entity in self.entities.items():
            pairs.append((entity.label, iri))
            if entity.aliases:
                pairs.extend([(alias, iri) for alias in entity.aliases])
        found: dict[NormalForm, tuple[tuple[str, Iri], ...]] = {}
        for form, pair in zip(normal_forms([name for name, _ in pairs]), pairs, strict=True):
            found[form] = (*found[form], pair) if form in found else (pair,)
        return MappingProxyType(found)

    def current(self, iri: Iri) -> Iri:
        """The IRI that stands for the thing now: where a redirect leads, else the IRI itself."""
        return self.redirects.get(iri, iri)

    def get(self, iri: str) -> Entity:
        """The entity of an IRI or of `kind/id`, also of one that is redirected.

        Raises:
            UnknownNameError: no table has it.
        """
        entity = self._entity(iri)
        if entity is None:
            raise UnknownNameError("entity", iri, self.entities, "kg ontology list shows all")
        return entity

    def names(self) -> Iterator[tuple[str, Entity, Sense | None]]:
        """Every name with the entity it is a name of, in the order of the tables.

        The third is what it takes for the name to mean the entity, None where the name says enough. A name that
        `ambiguous.tsv` lists in another spelling (`R1` for `R@1`) has the sense of that spelling.
        """
        exact = {(sense.alias, sense.iri): sense for sense in self.senses}
        by_form = {(form, sense.iri): sense for form, sense in self._senses_by_form}
        declared = {form for form, _ in by_form}
        others = {
            (name, iri): replace(by_form[form, iri], alias=name)
            for form in declared
            for name, iri in self.forms.get(form, ())
            if (form, iri) in by_form
        }
        for iri, entity in self.entities.items():
            for name in entity.names:
                yield name, entity, exact.get((name, iri)) or others.get((name, iri))

    def senses_of(self, name: str) -> tuple[Sense, ...]:
        """The declared senses of a name in any spelling."""
        wanted = normal_form(name)
        return tuple(sense for form, sense in self._senses_by_form if form == wanted)

    def is_stopped(self, name: str) -> bool:
        """Whether the name or its singular is on the stop list: what papers write and is no entity, e.g. LLMs."""
        form = normal_form(name)
        return form in self.stopped or (form.endswith("s") and NormalForm(form[:-1]) in self.stopped)

    def find(self, name: str) -> tuple[Entity, ...]:
        """The entities a name may mean, as people write names: case, spaces and hyphens do not matter.

        Several only where the name is ambiguous: exact spelling wins, then the default sense comes first. Names of
        models need not be listed: the grammar reads them, and what it reads is found if a row has it under another
        spelling. An IRI or `kind/id` means its entity, also where it is redirected.
        """
        held = self.forms.get(normal_form(name), ())
        exact = [pair for pair in held if pair[0] == name]
        iris = list(dict.fromkeys(iri for _, iri in exact or held))
        if not iris:
            entity = self._entity(name)
            if entity is None:
                read = self.read(name)
                entity = read.entity if read is not None else None
            return (entity,) if entity is not None else ()
        if len(iris) > 1:
            defaults = {sense.iri for sense in self.senses_of(name) if sense.default}
            iris.sort(key=lambda iri: (iri not in defaults, iri))
        return tuple(self.entities[iri] for iri in iris)

    def read(self, name: str) -> Resolved | None:
        """What the grammars of names make of the name of a model or benchmark: its row, or a new node below one.

        None where they read nothing in it.
        """
        model, benchmark = self.grammar.parse(name), self.benchmark_grammar.parse(name)
        found = [resolve(model, self)] if model is not None else []
        found += [resolve_benchmark(benchmark, self)] if benchmark is not None else []
        return next((one for one in found if one.entity is not None), found[0] if found else None)

    def near(self, name: str, kinds: Collection[Kind] = (), *, count: int = 3) -> list[str]:
        """The labels and aliases (of things of these kinds) closest to a name that is not found, best first."""
        form = normal_form(name)
        wanted = [held for other, held in self.forms.items() if looks_like(form, other)]
        names = {alias for held in wanted for alias, iri in held if not kinds or self.entities[iri].kind in kinds}
        return near(name, names, count=count)

    def parents(self, iri: Iri, *predicates: Predicate) -> tuple[Iri, ...]:
        """Where the entity's edges lead, all of them or those of the given predicates."""
        entity = self.entities.get(iri)
        if entity is None:
            return ()
        return tuple(parent for predicate, parent in entity.parents if not predicates or predicate in predicates)

    def ancestors(self, iri: Iri) -> tuple[Iri, ...]:
        """What the entity is a variant of, part of or narrower than, directly or not; nearest first, each once."""
        found: dict[Iri, None] = {}
        level: tuple[Iri, ...] = (iri,)
        while level:
            above = [up for node in level for up in self.parents(node, *_UP) if up not in found and up != iri]
            level = tuple(dict.fromkeys(above))
            found.update(dict.fromkeys(level))
        return tuple(found)

    @cached_property
    def children(self) -> Mapping[Iri, tuple[Entity, ...]]:
        """What is directly below each entity that has something below it, in the order of the tables."""
        found: dict[Iri, list[Entity]] = {}
        for entity in self.entities.values():
            for predicate, parent in entity.parents:
                if predicate in _UP:
                    found.setdefault(parent, []).append(entity)
        return {iri: tuple(below) for iri, below in found.items()}

    def organisation(self, name: str) -> Organisation | None:
        """The organisation of a label or alias, in any case and punctuation."""
        return self._organisations_by_form.get(normal_form(name))

    def of_kind(self, *kinds: Kind) -> tuple[Entity, ...]:
        """The entities of some kinds, in the order of the tables."""
        return tuple(entity for entity in self.entities.values() if entity.kind in kinds)

    @cached_property
    def grammar(self) -> Grammar:
        """The grammar of model names over the families of the ontology; it knows every name of a model listed here."""
        families = [
            Family(entity.label, entity.pattern, entity.aliases)
            for entity in self.entities.values()
            if entity.level == "family"
        ]
        return Grammar(families, self._is_model)

    @cached_property
    def benchmark_grammar(self) -> BenchmarkGrammar:
        """The grammar of benchmark names over the benchmarks and data sets of the ontology."""

        def label(name: str) -> str | None:
            entity = data_named(name, self)
            return entity.label if entity is not None else None

        return BenchmarkGrammar(label)

    @cached_property
    def model_keys(self) -> dict[str, dict[tuple[object, ...], Iri]]:
        """For each family that was asked for, its models by what their names say; `kg.ontology.models` fills it."""
        return {}

    @cached_property
    def _senses_by_form(self) -> tuple[tuple[NormalForm, Sense], ...]:
        return tuple(zip(normal_forms([sense.alias for sense in self.senses]), self.senses, strict=True))

    @cached_property
    def _organisations_by_form(self) -> dict[NormalForm, Organisation]:
        found: dict[NormalForm, Organisation] = {}
        for organisation in self.organisations.values():
            for name in (organisation.label, *organisation.aliases):
                found.setdefault(normal_form(name), organisation)
        return found

    def _entity(self, name: str) -> Entity | None:
        """The entity of an IRI or of `kind/id`."""
        iri = as_iri(name)
        return self.entities.get(self.current(iri)) if iri is not None else None

    def _is_model(self, form: NormalForm) -> bool:
        return any(kind_of(iri) is Kind.MODEL for _, iri in self.forms.get(form, ()))
