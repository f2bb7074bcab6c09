"""Names of models that the grammar reads: rows, checkpoints below them, and the paper's own in all sizes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.identifiers import Iri, entity_iri, slug
from kg.linking.composed import Composition, composition
from kg.linking.link import NewNode
from kg.mentions.dictionary import ends_name, starts_name
from kg.mentions.folding import fold
from kg.names import Family, Grammar, ModelName
from kg.names.sizes import SIZE_BEFORE
from kg.ontology.models import resolve
from kg.vocabulary import Kind, Predicate, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ontology import Ontology

__all__ = ["ModelNames", "own_checkpoints"]


_GOES_ON: Final = re.compile(r"[-‐‑–_/\d]|[ \u00a0~][A-Z\dv(]|[({\[]\d|[vV]\d")
"""What may follow a family's name where more of the model's name does."""


class ModelNames:
    """Finds the names below the families of an ontology. Made once, never changed."""

    __slots__ = ("_automaton", "_ontology")

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        spellings = {
            " ".join(fold(s).split()) for family in ontology.grammar.families for s in (family.name, *family.spellings)
        }
        patterns = sorted(f" {spelling}" for spelling in spellings if len(spelling) > 1)
        self._automaton = AhoCorasick(patterns or [" \x00"], matchkind=MatchKind.Standard, store_patterns=False)

    def find(self, text: str, folded: str) -> Iterator[Composition]:
        """Every model name that says more than its family; what a list leaves out (`7B and 13B`) is filled in."""
        grammar = self._ontology.grammar
        padded = " " + folded.replace("\n", " ")
        # a family's name followed by a letter is another word; by a digit, a hyphen or a space it may go on
        starts = {
            start: None
            for _, start, stop in self._automaton.find_matches_as_indexes(padded, overlapping=True)
            if not padded[stop : stop + 1].isalpha()
            and (_GOES_ON.match(text, stop - 1) or SIZE_BEFORE.search(text, max(0, start - 10), start))
        }
        for start in sorted(starts):
            if not starts_name(text, start, text[start : start + 4]):
                continue
            names = _sized_before(text, grammar.expand(text, start))
            # the chat of `Llama-2-7B/13B-Chat` is said of both
            shared = len(names) > 1 and grammar.match_at(text, start) != names[0][1:]
            for at, end, name in names:
                if name.is_bare or grammar.is_cut_short(text, end) or not ends_name(text, end, text[at:end]):
                    continue
                node = resolve(name, self._ontology)
                first = at <= start
                written = "" if shared or not first else text[at:end]
                yield composition(at, end, Kind.MODEL, node, written=written, shared=shared and first)


def _sized_before(text: str, found: tuple[tuple[int, int, ModelName], ...]) -> tuple[tuple[int, int, ModelName], ...]:
    """The names with a size that stands before the first of them: `540B PaLM`."""
    if len(found) != 1 or found[0][2].size is not None:
        return found
    start, end, name = found[0]
    size = SIZE_BEFORE.search(text, max(0, start - 10), start)
    return ((size.start(1), end, replace(name, size=size[1])),) if size else found


def own_checkpoints(
    text: str, folded: str, name: str, parent: Iri | None, taken: Ontology, *, like: str
) -> Iterator[Composition]:
    """The sizes and variants of a model the paper itself introduces: `NAME-7B`, `NAME 7B, 13B and 70B`.

    `like` is the name it is introduced by; where that has a version, `NAME-3`, those of other versions are not new.
    """
    base = Grammar([Family(name)])
    parsed = base.parse(name)
    if parsed is None or not parsed.is_bare:
        return
    whole = base.parse(like)
    version = whole.version if whole is not None else None
    wanted = fold(name)
    at = folded.find(wanted)
    while at >= 0:
        if (at == 0 or not folded[at - 1].isalnum()) and text[at : at + len(name)] == name:
            for start, end, model in base.expand(text, at):
                same = version is None or model.version in (version, None)
                if same and not model.is_bare and not base.is_cut_short(text, end):
                    yield _own(base, (start, end, model), parent, taken)
        at = folded.find(wanted, at + 1)


def _own(grammar: Grammar, at: tuple[int, int, ModelName], parent: Iri | None, taken: Ontology) -> Composition:
    start, end, model = at
    label = grammar.format(model)
    iri = entity_iri(Kind.MODEL, slug(label))
    if iri in taken.entities:
        return Composition(start, end, Kind.MODEL, iri, taken.entities[iri].label)
    parents = ((Predicate.VARIANT_OF, parent),) if parent is not None else ()
    return Composition(
        start, end, Kind.MODEL, iri, label, (NewNode(iri, Kind.MODEL, label, Status.DISCOVERED, (), parents),)
    )
