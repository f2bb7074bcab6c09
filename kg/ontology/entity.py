"""What the ontology knows: things with their names, the senses of names that mean several things, organisations."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

from kg.identifiers import Iri  # noqa: TC001
from kg.vocabulary import Kind, Predicate  # noqa: TC001

__all__ = ["Entity", "Organisation", "Sense", "entity_of"]


@dataclass(frozen=True, slots=True)
class Entity:
    """A row of a table: one thing of one kind.

    `label` is the name the field uses in full and is not repeated in `aliases`. `level` is `family`, `version` or
    `checkpoint` for models and empty for all else. `parents` are edges to other nodes of the ontology, organisations
    included, in a fixed order. `categories` are words for browsing (a method's topic, a benchmark's domain and
    modality, a task's area). `higher_is_better` and `unit` are known for metrics alone. `pattern` says how versions
    of a family are written, `#` standing for the version (`Qwen#`); empty: the label, a space, the version. `line` is
    the row's line in its table, from 1.
    """

    iri: Iri
    kind: Kind
    id: str
    label: str
    aliases: tuple[str, ...] = ()
    year: int | None = None
    arxiv: str | None = None
    level: str = ""
    parents: tuple[tuple[Predicate, Iri], ...] = ()
    organisation: str | None = None
    categories: tuple[str, ...] = ()
    source: str = ""
    higher_is_better: bool | None = None
    unit: str = ""
    pattern: str = ""
    line: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The label, then the aliases."""
        return (self.label, *self.aliases)


_PUT: Final = tuple(vars(Entity)[field.name].__set__ for field in fields(Entity))


def entity_of(*values: object) -> Entity:
    """`Entity(*values)`, every field given, in well under half the time.

    The `__init__` of a frozen dataclass goes through `object.__setattr__` for each field; with twenty thousand rows
    that was a third of the time it takes to load the ontology. The setters of the slots look nothing up.
    """
    entity = object.__new__(Entity)
    for put, value in zip(_PUT, values, strict=True):
        put(entity, value)
    return entity


@dataclass(frozen=True, slots=True)
class Sense:
    """What it takes for `alias` to mean the node `iri`.

    `exact_case`: the text must spell the alias exactly so, letter case and signs included. `cues`: lower-case words
    or phrases of which at least one must stand elsewhere in the text, unless `default` is true: then the sense is
    taken also when no cue of any sense of the alias speaks. No cue and no default: the alias alone never means this
    node in running text.
    """

    alias: str
    iri: Iri
    exact_case: bool
    cues: tuple[str, ...]
    default: bool

    @property
    def needs(self) -> str:
        """What it takes in words, for people."""
        if not (self.cues or self.default):
            return "never alone"
        near = f"near {' | '.join(self.cues)}" if self.cues else ""
        said = ("exact spelling" if self.exact_case else "", near, "by default" if self.default else "")
        return ", ".join(filter(None, said))


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who makes models and data; a node, but nothing that is looked for in texts."""

    iri: Iri
    id: str
    label: str
    aliases: tuple[str, ...] = ()
