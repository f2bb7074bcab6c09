"""What an IRI stands for never changes: the ids ever published, and where those lead that were given up.

`published.tsv` is the lock file: every id ever published, with the label it had last. `lock` alone writes it. An id of
it keeps its row, or `redirects.tsv` says which id stands for the thing now, or that none does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.errors import OntologyError
from kg.files import taking_turns
from kg.identifiers import Iri, kind_of
from kg.ontology.tables import PUBLISHED, read_table, write_table
from kg.vocabulary import BASE, Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from kg.ontology.ontology import Ontology

__all__ = ["Locked", "Redirect", "lock", "publication_problems", "redirect_problems"]

_NODE: Final = re.compile(rf"(?:{'|'.join(kind.folder for kind in Kind)}|organisation)/[0-9a-z]+(?:-[0-9a-z]+)*")


@dataclass(frozen=True, slots=True)
class Redirect:
    """A line of redirects.tsv: `new` stands for what `old` stood for, or nothing does and `new` is None."""

    line: int
    old: Iri
    new: Iri | None


@dataclass(frozen=True, slots=True)
class Locked:
    """What `lock` did: how many ids the lock file holds now, how many are new in it, how many got another label."""

    ids: int
    new: int
    relabelled: int


def redirect_problems(redirects: Sequence[Redirect], known: Collection[Iri]) -> Iterator[str]:
    """Redirects from what has a row, to what has none, to one another; `known` are the IRIs of all rows."""
    lines = {redirect.old: redirect.line for redirect in redirects}
    for redirect in redirects:
        place, old, new = f"redirects.tsv:{redirect.line}", _node(redirect.old), redirect.new
        if not _NODE.fullmatch(old):
            yield f"{place}: old {old!r} is no kind/id"
        if redirect.old in known:
            yield f"{place}: {old!r} has a row: remove that or the redirect"
        if new in lines:
            yield f"{place}: new {_node(new)!r} is redirected itself, on line {lines[new]}: name a row"
        elif new is not None and new not in known:
            yield f"{place}: new {_node(new)!r} is no kind/id of any table"


def publication_problems(
    folder: Path, ontology: Ontology, rows: Mapping[Iri, tuple[str, str]], redirects: Sequence[Redirect]
) -> Iterator[str]:
    """Where the tables and their lock file disagree; `rows` holds place and label of every row by its IRI.

    An ontology without a lock file was never published and has nothing to keep.
    """
    faults: list[str] = []
    lines = {Iri(BASE + node): (line, label) for line, (node, label) in read_table(folder, PUBLISHED, faults)}
    yield from faults
    if faults or not (folder / PUBLISHED.file).exists():
        return
    olds = {redirect.old for redirect in redirects}
    for iri, (line, label) in lines.items():
        if iri not in rows and iri not in olds:
            heir = _heir(iri, label, ontology)
            yield (
                f"{PUBLISHED.file}:{line}: {_node(iri)!r} ({label}) was published and has no row any more; bring it "
                f"back, or say in redirects.tsv what stands for it now{f': {_node(heir)!r}?' if heir else ''}"
            )
    for iri, (place, label) in rows.items():
        if iri not in lines:
            yield f"{place}: {_node(iri)!r} is not in {PUBLISHED.file}; say: kg ontology lock"
        elif lines[iri][1] != label:
            yield (
                f"{place}: {_node(iri)!r} was published as {lines[iri][1]!r}; if {label!r} is the same thing, say: "
                "kg ontology lock"
            )
    for redirect in redirects:
        if redirect.old not in lines:
            yield f"redirects.tsv:{redirect.line}: {_node(redirect.old)!r} was never published; remove the line"


def lock(folder: Path, ontology: Ontology) -> Locked:
    """The folder's lock file holds every id it held before and every id of the ontology, with its label.

    Raises:
        OntologyError: the lock file that is there cannot be read; it is left as it is.
        OutputError: it cannot be written.
    """
    now = {_node(iri): entity.label for iri, entity in ontology.entities.items()}
    now |= {_node(iri): organisation.label for iri, organisation in ontology.organisations.items()}
    with taking_turns(folder):
        problems: list[str] = []
        before = dict(row for _, row in read_table(folder, PUBLISHED, problems))
        if problems:
            raise OntologyError(problems)
        write_table(folder, PUBLISHED, (before | now).items())
    return Locked(
        ids=len(before.keys() | now.keys()),
        new=len(now.keys() - before.keys()),
        relabelled=sum(before.get(node, label) != label for node, label in now.items()),
    )


def _heir(iri: Iri, label: str, ontology: Ontology) -> Iri | None:
    """The one thing that bears the name of a row that is gone."""
    if kind_of(iri) is None:
        organisation = ontology.organisation(label)
        return organisation.iri if organisation is not None else None
    found = ontology.find(label)
    return found[0].iri if len(found) == 1 else None


def _node(iri: Iri) -> str:
    """Kind and id, as the tables name a node."""
    return iri.removeprefix(BASE)
