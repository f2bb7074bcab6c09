"""Writing a store: facts in, a published build out."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from kg._version import __version__
from kg.errors import FactsError, StoreVersionError, UnknownNameError
from kg.facts import from_json, to_json
from kg.identifiers import PaperId, paper_iri
from kg.papers.duplicates import merge
from kg.resolve import Resolved, Resolver
from kg.store.folder import FORMAT, Build, current_build, new_build, publish, write_lock
from kg.store.rdf import edge_lines, meta_lines, node_lines, organisation_lines, paper_lines
from kg.vocabulary import Predicate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.facts import PaperFacts
    from kg.ontology import Ontology
    from kg.papers.paper import Paper

__all__ = ["BuildSummary", "update_store", "write_store"]

_PIECE: Final = 16_000_000
"""Bytes of N-Quads loaded at a time."""


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build holds; counts are sorted by name, `changed` is False where the store was the same before.

    `relations` counts paper -> entity edges, `edges` entity -> entity edges, `lifted` those of them that papers say.
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


def write_store(folder: Path | str, facts: Iterable[PaperFacts], ontology: Ontology) -> BuildSummary:
    """A store of exactly these papers is published in the folder; the one before it is the store until the very end.

    The order of the facts does not matter. Facts given twice count once.

    Raises:
        StoreBusyError: another process writes the store.
        FactsError: a node's IRI is none of ours, or two different papers bear one id.
    """
    folder = Path(folder)
    with write_lock(folder):
        return _write(folder, facts, ontology)


def update_store(
    folder: Path | str,
    ontology: Ontology,
    *,
    add: Iterable[PaperFacts] = (),
    remove: Iterable[str] = (),
    refresh: Callable[[Paper], PaperFacts] | None = None,
) -> BuildSummary:
    """The store holds its papers less the removed ones plus the added ones, byte for byte as one clean build of these.

    Papers that are one (`kg.papers.duplicates`) become one, as they would in one build. `remove` takes paper ids, IRIs
    or arXiv ids. Facts that another version of this package or another ontology extracted are extracted again by
    `refresh`.

    Raises:
        StoreMissingError: there is no store to add to.
        UnknownNameError: a paper to remove is not in the store; nothing is changed.
        StoreVersionError: the stored facts are damaged, or another version's or another ontology's and no `refresh` is
            given.
    """
    folder = Path(folder)
    current_build(folder)  # a folder without a store is refused before the lock makes it
    with write_lock(folder):
        build = current_build(folder)
        stale = build.meta["version"] != __version__ or build.meta["ontology_digest"] != ontology.digest
        if stale and refresh is None:
            raise StoreVersionError(
                f"the papers in {folder} were read by kg {build.meta['version']}, with another ontology or another "
                f"version; build it again with: kg build PAPERS --store {folder}"
            )
        return _write(folder, _together(build, tuple(add), tuple(remove), refresh if stale else None), ontology)


def _together(
    build: Build, add: tuple[PaperFacts, ...], remove: tuple[str, ...], refresh: Callable[[Paper], PaperFacts] | None
) -> Iterator[PaperFacts]:
    """The facts of a build, less some papers, plus others, merged where two are one paper.

    Facts but for the paper's record depend on its text alone, so those of a merged paper are those of the record its
    text is from: nothing is extracted twice. Only records are held in memory, the facts stay on disk.
    """
    papers: list[Paper] = []
    stored: dict[bytes, int] = {}
    names: dict[str, PaperId] = {}
    with build.facts.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != build.meta["facts_digest"]:
            raise StoreVersionError(f"the store is damaged: {build.facts} is not as it was written; build it again")
        at = file.seek(0)
        for line in file:
            paper = from_json(line.decode("utf-8", "surrogatepass")).paper
            names |= {name: paper.id for name in (paper.arxiv, paper_iri(paper.id), paper.id) if name}
            stored[_text_key(paper)] = at
            papers.append(paper)
            at += len(line)
        for name in remove:
            if name not in names:
                raise UnknownNameError("paper", name, names, "kg query papers lists them")
        gone = {names[name] for name in remove}
        added = {_text_key(one.paper): one for one in add}
        kept = [paper for paper in papers if paper.id not in gone]
        for paper in merge([*kept, *(one.paper for one in add)])[0] if add else kept:
            one = added.get(_text_key(paper))
            if one is None:
                file.seek(stored[_text_key(paper)])
                one = from_json(file.readline().decode("utf-8", "surrogatepass"))
                if refresh is not None:
                    one = refresh(one.paper)
            yield replace(one, paper=paper)


def _text_key(paper: Paper) -> bytes:
    return hashlib.sha256(paper.text.encode("utf-8", "surrogatepass")).digest()


def _write(folder: Path, facts: Iterable[PaperFacts], ontology: Ontology) -> BuildSummary:
    with new_build(folder) as part:
        resolver = Resolver(ontology)
        spool = part / "spool"
        index: dict[PaperId, tuple[bytes, int, int]] = {}
        with spool.open("wb") as out:
            for one in facts:
                line = to_json(one).encode("utf-8", "surrogatepass") + b"\n"
                held = index.get(one.paper.id)
                if held is not None and held[0] != hashlib.sha256(line).digest():
                    raise FactsError(f"{one.paper.id}: two different papers bear this id")
                if held is None:
                    index[one.paper.id] = (hashlib.sha256(line).digest(), out.tell(), len(line))
                    out.write(line)
                    resolver.add(one)
        resolved = resolver.finish()
        counts = _Counts()
        facts_digest = hashlib.sha256()
        with _Database(part / "rdf") as rdf, spool.open("rb") as source, (part / "facts.jsonl").open("wb") as kept:
            for paper in sorted(index):
                _, at, size = index[paper]
                source.seek(at)
                line = source.read(size)
                kept.write(line)
                facts_digest.update(line)
                one = from_json(line.decode("utf-8", "surrogatepass"))
                counts.paper(one, resolved)
                rdf.put(paper_lines(one, resolved))
            for node in resolved.nodes.values():
                rdf.put(node_lines(node))
            for organisation in resolved.organisations.values():
                rdf.put(organisation_lines(organisation))
            for edge in resolved.edges:
                rdf.put(edge_lines(edge))
            rdf.put(meta_lines(__version__, ontology.digest, facts_digest.hexdigest(), len(index), counts.newest))
        counts.triples = rdf.triples
        name = hashlib.sha256(rdf.digest + facts_digest.digest()).hexdigest()[:16]
        spool.unlink()
        summary = counts.summary(folder, name, resolved, len(index), ontology.digest)
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
        self.triples = 0

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
        self.triples += len(lines)
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
