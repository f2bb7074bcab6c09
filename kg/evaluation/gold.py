"""The gold annotation: what a paper's facts are measured against.

One JSON object a line: `id`; `entities` with `name`, `also`, `type`, `surfaces`, `optional`; `relations` with `type`,
`name`, `evidence`, `optional`; `results` with `value`, `benchmark`, `optional`. Optional items are neither rewarded
nor punished.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.identifiers import PaperId
from kg.text import Span
from kg.vocabulary import Kind, RelationType

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "GoldEntity",
    "GoldPaper",
    "GoldRelation",
    "GoldResult",
    "Surface",
    "find_spans",
    "parse_gold",
    "read_equivalents",
    "read_gold",
]


@dataclass(frozen=True, slots=True)
class Surface:
    """A string by which the text mentions an entity; with `context`, only inside the first occurrence of that."""

    text: str
    context: str | None = None


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """A named thing in a paper; every one of `names` is right as a node's label, the first is the canonical one."""

    names: tuple[str, ...]
    kind: Kind
    surfaces: tuple[Surface, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """What the paper does with the entity at index `entity`, and a stretch of the text that says so."""

    type: RelationType
    entity: int
    evidence: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldResult:
    """A number tied to something measured; `benchmark` is the index of an entity, None where any benchmark will do.

    `benchmark` is -1 where the annotation names a benchmark that is none of its entities: nothing can match it.
    """

    value: str
    benchmark: int | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldPaper:
    """All that is right about one paper."""

    id: PaperId
    entities: tuple[GoldEntity, ...]
    relations: tuple[GoldRelation, ...]
    results: tuple[GoldResult, ...]


def read_gold(path: Path | str) -> tuple[GoldPaper, ...]:
    """The papers of a gold file, in its order.

    Raises:
        InputError: the file cannot be read, or a line is not the gold format; names file and line.
    """
    try:
        with Path(path).open(encoding="utf-8") as file:
            return parse_gold(file, str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), None, f"cannot be read: {error}") from error


def parse_gold(lines: Iterable[str], source: str = "<gold>") -> tuple[GoldPaper, ...]:
    """The papers of gold lines; blank lines are passed over.

    Raises:
        InputError: a line is not the gold format, or a paper comes twice.
    """
    papers: dict[PaperId, tuple[int, GoldPaper]] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            paper = _paper(json.loads(line))
        except KeyError as error:
            raise InputError(source, number, f"key {error} is missing") from error
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            raise InputError(source, number, f"not a line of gold annotation: {error}") from error
        if paper.id in papers:
            raise InputError(source, number, f"paper {paper.id!r} is annotated in line {papers[paper.id][0]} already")
        papers[paper.id] = (number, paper)
    return tuple(paper for _, paper in papers.values())


def read_equivalents(path: Path | str) -> tuple[tuple[str, ...], ...]:
    """Groups of names that count as the same: one group a line, tabs between the names.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), None, f"cannot be read: {error}") from error
    return tuple(tuple(line.split("\t")) for line in text.split("\n") if line)


def _paper(data: Any) -> GoldPaper:
    entities = tuple(_entity(item) for item in data["entities"])
    names = [entity.names[0] for entity in entities]
    # As a dictionary would: of two entities of one name, the later one is meant.
    index = {name: at for at, name in enumerate(names)}
    return GoldPaper(
        id=PaperId(_string(data["id"], "id")),
        entities=entities,
        relations=tuple(_relation(item, index) for item in data["relations"]),
        results=tuple(
            GoldResult(
                value=_string(item["value"], "value"),
                benchmark=index.get(item["benchmark"], -1) if item.get("benchmark") else None,
                optional=bool(item.get("optional")),
            )
            for item in data["results"]
        ),
    )


def _entity(item: Any) -> GoldEntity:
    name = _string(item["name"], "name")
    surfaces = tuple(
        Surface(_string(surface["text"], "text"), _string(surface["context"], "context"))
        if isinstance(surface, dict)
        else Surface(_string(surface, "surface"))
        for surface in item["surfaces"]
    )
    for surface in surfaces:
        if surface.context is not None and surface.text not in surface.context:
            raise ValueError(f"surface {surface.text!r} of {name!r} is not in its context {surface.context!r}")
    also = tuple(_string(other, "also") for other in item.get("also", ()))
    return GoldEntity((name, *also), Kind(item["type"]), surfaces, bool(item.get("optional")))


def _relation(item: Any, index: dict[str, int]) -> GoldRelation:
    name = item["name"]
    if name not in index:
        raise ValueError(f"relation {item['type']} names {name!r}, which is none of the entities")
    return GoldRelation(
        RelationType(item["type"]), index[name], _string(item["evidence"], "evidence"), bool(item.get("optional"))
    )


def _string(value: Any, what: str) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"{what} is {value!r}, not a text")
    return value


def find_spans(text: str, entities: tuple[GoldEntity, ...]) -> tuple[tuple[Span, int], ...]:
    """Where the text mentions each entity: stretches with the index of the entity, in text order, never overlapping.

    Surfaces pinned by a context come first, then longer ones before shorter ones; a surface is a whole word.
    """
    wanted: list[tuple[int, int, int, int, int]] = []
    for at, entity in enumerate(entities):
        for surface in entity.surfaces:
            length = len(surface.text)
            if surface.context is None:
                wanted += [(1, -length, start, start + length, at) for start in _whole_words(text, surface.text)]
            elif (outer := text.find(surface.context)) >= 0:
                start = outer + surface.context.find(surface.text)
                wanted.append((0, -length, start, start + length, at))
    taken: list[tuple[int, int]] = []
    found: list[tuple[Span, int]] = []
    for _, _, start, end, at in sorted(wanted):
        if all(end <= low or start >= high for low, high in taken):
            taken.append((start, end))
            found.append((Span(start, end), at))
    return tuple(sorted(found))


def _whole_words(text: str, word: str) -> list[int]:
    """Where `word` starts with neither letter nor digit right before or after it; occurrences do not overlap."""
    starts = []
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if (start and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum()):
            start = text.find(word, start + 1)
        else:
            starts.append(start)
            start = text.find(word, end)
    return starts
