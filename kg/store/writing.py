"""Writing a store: facts in, a published build out."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections import Counter
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from kg._version import __version__
from kg.curated import Import, disagreements, merged
from kg.curated import to_json as import_to_json
from kg.errors import FactsError, StoreMissingError, StoreVersionError, UnknownNameError
from kg.resolve import Resolved, Resolver
from kg.store.description import Tally, description_lines
from kg.store.folder import FORMAT, Build, current_build, new_build, publish, write_lock
from kg.store.lines import FactLines, facts_of, line_of
from kg.store.rdf import (
    edge_lines,
    node_lines,
    organisation_lines,
    paper_lines,
    redirect_lines,
)
from kg.store.reading import read_imports
from kg.store.together import Added, Together
from kg.vocabulary import Predicate

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from kg.facts import PaperFacts
    from kg.identifiers import PaperId
    from kg.ontology import Ontology
    from kg.papers.paper import Paper

__all__ = ["BuildSummary", "Incoming", "import_to_store", "update_store", "write_store"]

_PIECE: Final = 16_000_000
"""Bytes of N-Quads loaded at a time."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that is imported under a name: the papers it holds, and what it says beyond them.

    `say` is given the nodes and edges that the ontology and all papers make without any import, the facts of all
    papers, and what was imported under other names; it may name other imports too, which an export brought along.
    """

    name: str
    facts: Iterable[PaperFacts]
    say: Callable[[Resolved, Mapping[PaperId, PaperFacts], Sequence[Import]], Iterable[Import]]


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build holds; counts are sorted by name, `changed` is False where the store was the same before.

    `relations` counts paper -> entity edges, `edges` entity -> entity edges, `lifted` those of them that papers say;
    `imports` are the names of what was imported.
    """

    folder: str
    build: str
    changed: bool
    papers: int
    mentions: int
    nodes: tuple[tuple[str, int], ...]
    relations: tuple[tuple[str, int], ...]
    edges: tuple[tuple[str, int], ...]
    lifted: int
    results: int
    triples: int
    newest: str | None
    ontology_digest: str
    imports: tuple[str, ...] = ()


def write_store(folder: Path | str, facts: Iterable[PaperFacts], ontology: Ontology) -> BuildSummary:
    """A store of exactly these papers is published in the folder; the one before it is the store until the very end.

    The order of the facts does not matter. Facts given twice count once.

    Raises:
        StoreBusyError: another process writes the store.
        FactsError: a node's IRI is none of ours, or two different papers bear one id.
    """
    folder = Path(folder)
    with write_lock(folder):
        return _write(folder, facts, ontology, lambda *_: ())


def update_store(
    folder: Path | str,
    ontology: Ontology,
    *,
    add: Iterable[PaperFacts] = (),
    remove: Iterable[str] = (),
    forget: Iterable[str] = (),
    refresh: Callable[[Paper], PaperFacts] | None = None,
) -> BuildSummary:
    """The store holds its papers less the removed ones plus the added ones, byte for byte as one clean build of these.

    Papers that are one (`kg.papers.duplicates`) become one, as they would in one build; but one that only imports
    brought gives way to the same paper added. `remove` takes paper ids, IRIs or arXiv ids; `forget` names of imports,
    which go with the papers that they alone brought. Facts that another version of this package or another ontology
    extracted are extracted again by `refresh`.

    Raises:
        StoreMissingError: there is no store to add to.
        UnknownNameError: a paper to remove or an import to forget is not in the store; nothing is changed.
        StoreVersionError: the stored facts are damaged, or another version's or another ontology's and no `refresh` is
            given.
    """
    folder = Path(folder)
    current_build(folder)  # a folder without a store is refused before the lock makes it
    with write_lock(folder), Added(add) as added:
        build = current_build(folder)
        imports = read_imports(build)
        gone = set(forget)
        for name in sorted(gone.difference(one.name for one in imports)):
            raise UnknownNameError("import", name, [one.name for one in imports], "kg import --list shows them")
        kept = [one for one in imports if one.name not in gone]
        alone = {paper for one in imports if one.name in gone for paper in one.papers}
        alone -= {paper for one in kept for paper in one.papers}
        together = Together(
            build,
            added,
            [*remove, *sorted(alone)],
            refresh=_when_stale(folder, build, ontology, refresh),
            give_way={paper for one in imports for paper in one.papers},
        )
        own = {paper.id for paper in added.papers} | together.absorbed()
        return _write(folder, together, ontology, lambda _, papers: _left(kept, papers, own))


def import_to_store(
    folder: Path | str,
    ontology: Ontology,
    files: Sequence[Incoming],
    *,
    refresh: Callable[[Paper], PaperFacts] | None = None,
    before_publishing: Callable[[], None] = lambda: None,
) -> BuildSummary:
    """The store, made where there is none, holds what the files hold too.

    A paper that the store has stays as the store has it, one that several files have is as the first has it. What a
    file says takes the place of what was imported under its name before; papers that an earlier file of that name
    brought stay. `before_publishing` is called when all has been read, and may raise: then nothing is changed.

    Raises:
        StoreBusyError: another process writes the store.
        StoreVersionError: as `update_store`.
        FactsError: two imports say differently what can be true but once; nothing is changed.
    """
    folder = Path(folder)
    with write_lock(folder), Added() as added:
        try:
            build = current_build(folder)
        except StoreMissingError:
            build = None
        bringing: list[str] = []
        for file in files:
            for one in file.facts:
                added.put(one)
                bringing.append(file.name)
        late = None if build is None else _when_stale(folder, build, ontology, refresh)
        together = Together(build, added, refresh=late, stored_first=True)
        imports = () if build is None else read_imports(build)
        named = {file.name for file in files}
        held = [replace(one, rows=(), edges=()) if one.name in named else one for one in imports]
        imported = {paper for one in imports for paper in one.papers}
        own = {paper.id for paper in together.stored if paper.id not in imported}
        brought = [Import(name, (paper,)) for name, paper in zip(bringing, together.counted(), strict=True)]

        def settle(resolver: Resolver, papers: Mapping[PaperId, PaperFacts]) -> tuple[Import, ...]:
            resolved = resolver.finish()
            said = [one for file in files for one in file.say(resolved, papers, held)]
            before_publishing()
            settled = _left([*held, *brought, *said], papers, own)
            if problems := disagreements(settled):
                raise FactsError("\n".join([*problems, "change one, or take one back: kg import --remove NAME"]))
            return settled

        return _write(folder, together, ontology, settle)


def _when_stale(
    folder: Path, build: Build, ontology: Ontology, refresh: Callable[[Paper], PaperFacts] | None
) -> Callable[[Paper], PaperFacts] | None:
    """What stored facts have to pass through: nothing where this version and this ontology extracted them."""
    if build.meta["version"] == __version__ and build.meta["ontology_digest"] == ontology.digest:
        return None
    if refresh is None:
        raise StoreVersionError(
            f"the papers in {folder} were read by kg {build.meta['version']}, with another ontology or another "
            f"version; build it again with: kg build PAPERS --store {folder}"
        )
    return refresh


def _left(imports: Iterable[Import], papers: Collection[PaperId], own: Collection[PaperId]) -> tuple[Import, ...]:
    """The imports, merged, with those of their papers that are still there and that nothing but imports brought."""
    return merged(
        replace(one, papers=tuple(paper for paper in one.papers if paper in papers and paper not in own))
        for one in imports
    )


def _write(
    folder: Path,
    facts: Iterable[PaperFacts],
    ontology: Ontology,
    settle: Callable[[Resolver, Mapping[PaperId, PaperFacts]], tuple[Import, ...]],
) -> BuildSummary:
    """A build of the facts is published, with the imports that `settle` makes of all papers together."""
    with new_build(folder) as part, tempfile.TemporaryFile(dir=part) as spool:
        resolver = Resolver(ontology)
        papers: FactLines[PaperId] = FactLines(spool)
        for one in facts:
            line = line_of(one)
            if one.paper.id not in papers:
                papers.put(one.paper.id, line)
                resolver.add(one)
            elif papers.line(one.paper.id) != line:
                raise FactsError(f"{one.paper.id}: two different papers bear this id")
        imports = settle(resolver, papers)
        resolved = resolver.finish(imports)
        counts = _Counts()
        facts_digest = hashlib.sha256()
        with _Database(part / "rdf") as rdf, (part / "facts.jsonl").open("wb") as kept:
            for paper in sorted(papers):
                line = papers.line(paper)
                kept.write(line)
                facts_digest.update(line)
                one = facts_of(line)
                counts.paper(one, resolved)
                rdf.put(paper_lines(one, resolved))
            for node in resolved.nodes.values():
                rdf.put(node_lines(node, resolved.sources.get(node.iri, ())))
            for organisation in resolved.organisations.values():
                rdf.put(organisation_lines(organisation, resolved.sources.get(organisation.iri, ())))
            for old, new in sorted(ontology.redirects.items()):
                if new in resolved.nodes or new in resolved.organisations:
                    rdf.put(redirect_lines(old, new))
            for edge in resolved.edges:
                rdf.put(edge_lines(edge))
            rdf.put(
                description_lines(
                    __version__,
                    ontology.digest,
                    rdf.digest.hex(),
                    len(papers),
                    counts.newest,
                    rest=rdf.tally,
                    example=max(resolved.nodes, key=lambda node: (resolved.nodes[node].papers, node), default=None),
                )
            )
        counts.triples = rdf.tally.triples
        said = "".join(f"{import_to_json(one)}\n" for one in imports).encode("utf-8", "surrogatepass")
        name = hashlib.sha256(rdf.digest + facts_digest.digest() + said).hexdigest()[:16]
        if said:
            (part / "imports.jsonl").write_bytes(said)
        summary = counts.summary(folder, name, resolved, len(papers), ontology.digest)
        summary = replace(summary, imports=tuple(one.name for one in imports))
        (part / "meta.json").write_text(_meta(summary, facts_digest.hexdigest()), encoding="utf-8")
        changed = publish(folder, part, name)
        return summary if changed else _unchanged(summary)


class _Database:
    """An Oxigraph database being filled; complete, and closed, at the end of its `with` block.

    Lines are loaded a piece at a time: one load of 3.8 million triples takes 1.7 GB of memory and 25 s, loads of 16 MB
    together 0.3 GB and 15 s (measured with pyoxigraph 0.5.13).
    """

    def __init__(self, folder: Path) -> None:
        from pyoxigraph import RdfFormat, Store  # noqa: PLC0415  (only writers and readers of stores need the engine)

        self._store = Store(str(folder))
        self._format = RdfFormat.N_QUADS
        self._waiting: list[bytes] = []
        self._size = 0
        self._digest = hashlib.sha256()
        self.tally = Tally()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._load()
            self._store.optimize()
            self._store.flush()
        del self._store  # closes it

    @property
    def digest(self) -> bytes:
        """SHA-256 of all lines in the order they came."""
        return self._digest.digest()

    def put(self, lines: set[str]) -> None:
        """Adds the lines of one subject, sorted: no line of one call is a line of another, so each is counted once."""
        data = "".join(sorted(lines)).encode()
        self._digest.update(data)
        self._waiting.append(data)
        self._size += len(data)
        self.tally.add(lines)
        if self._size >= _PIECE:
            self._load()

    def _load(self) -> None:
        # lenient: every term was checked when it was written
        self._store.bulk_load(b"".join(self._waiting), self._format, lenient=True)
        self._waiting, self._size = [], 0


class _Counts:
    """Counts kept while the papers go by."""

    def __init__(self) -> None:
        self.triples = 0
        self.mentions = 0
        self.results = 0
        self.newest: str | None = None
        self.relations: Counter[str] = Counter()

    def paper(self, facts: PaperFacts, resolved: Resolved) -> None:
        paper = facts.paper
        if paper.date and (self.newest is None or paper.date > self.newest):
            self.newest = paper.date
        self.mentions += len(facts.mentions) + sum(resolved.joined(name) is not None for name in facts.unlinked)
        self.results += len(facts.results)
        edges = {(relation.type.predicate, resolved.node_of(paper.id, relation.node)) for relation in facts.relations}
        edges |= {(edge.predicate, edge.object) for edge in resolved.said_of(paper.id)}
        self.relations.update(predicate.value for predicate, _ in edges)

    def summary(self, folder: Path, name: str, resolved: Resolved, papers: int, ontology_digest: str) -> BuildSummary:
        nodes = Counter(node.kind.value for node in resolved.nodes.values())
        nodes["Organisation"] = len(resolved.organisations)
        edges = Counter(Predicate(edge.predicate).value for edge in resolved.edges)
        return BuildSummary(
            folder=str(folder),
            build=name,
            changed=True,
            papers=papers,
            mentions=self.mentions,
            nodes=tuple(sorted(nodes.items())),
            relations=tuple(sorted(self.relations.items())),
            edges=tuple(sorted(edges.items())),
            lifted=sum(bool(edge.proofs) for edge in resolved.edges),
            results=self.results,
            triples=self.triples,
            newest=self.newest,
            ontology_digest=ontology_digest,
        )


def _unchanged(summary: BuildSummary) -> BuildSummary:
    return replace(summary, changed=False)


def _meta(summary: BuildSummary, facts_digest: str) -> str:
    """What meta.json holds: all but where the store lies and whether it is new, so that it is the same everywhere."""
    held: dict[str, Any] = asdict(summary)
    del held["folder"], held["changed"]
    for key in ("nodes", "relations", "edges"):
        held[key] = dict(held[key])
    held |= {"format": FORMAT, "version": __version__, "facts_digest": facts_digest}
    return json.dumps(held, indent=1, sort_keys=True) + "\n"
