"""Reading a store: the published build, opened read-only, as many times at once as one likes."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.curated import from_json as import_from_json
from kg.errors import QueryError, StoreVersionError
from kg.facts import from_json
from kg.store.folder import current_build, default_folder
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph
    import rdflib

    from kg.curated import Import
    from kg.facts import PaperFacts
    from kg.store.folder import Build

__all__ = ["Store", "open_store", "read_imports"]


class Store:
    """A published build. What it answers never changes, even while another build is published in the same folder."""

    def __init__(self, folder: Path, build: Build, engine: pyoxigraph.Store) -> None:
        self._folder = folder
        self._build = build
        self._engine = engine

    def __repr__(self) -> str:
        return f"<Store {self._build.folder}>"

    @property
    def folder(self) -> Path:
        """The folder it was opened from."""
        return self._folder

    @property
    def meta(self) -> dict[str, Any]:
        """Versions, digests and counts of the build, as in its meta.json; a copy."""
        return dict(self._build.meta)

    @property
    def engine(self) -> pyoxigraph.Store:
        """The Oxigraph store itself, read-only."""
        return self._engine

    def graph(self) -> rdflib.Graph:
        """The store as a graph of rdflib, read-only; its queries are answered by Oxigraph.

        rdflib quietly answers by itself, and much slower, what Oxigraph does not take: prepared queries and `base=`.
        """
        import rdflib  # noqa: PLC0415
        from oxrdflib.store import OxigraphStore  # noqa: PLC0415

        graph = rdflib.Graph(store=OxigraphStore(store=self._engine), identifier=rdflib.graph.DATASET_DEFAULT_GRAPH_ID)
        for prefix, namespace in PREFIXES.items():
            graph.bind(prefix, namespace)
        return graph

    def query(self, sparql: str) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples:
        """The engine's answer to a query of our own; the prefixes of `kg.vocabulary.PREFIXES` are declared.

        Text from outside goes through `kg.queries.sparql`, which checks it first.

        Raises:
            QueryError: it does not parse.
            StoreVersionError: the files are damaged.
        """
        try:
            with _damage(self._folder):
                return self._engine.query(sparql, prefixes=PREFIXES)
        except SyntaxError as error:
            raise QueryError(f"not SPARQL: {error}") from error

    def strings(self, sparql: str) -> Iterator[tuple[str | None, ...]]:
        """The rows of a SELECT as text, in the query's columns: IRIs bare, literals untyped, None where unbound."""
        import pyoxigraph  # noqa: PLC0415

        answer = self.query(sparql)
        if not isinstance(answer, pyoxigraph.QuerySolutions):
            raise QueryError("a SELECT query is needed here")
        with _damage(self._folder):
            for row in answer:
                yield tuple([None if term is None else term.value for term in row])

    def facts(self) -> Iterator[PaperFacts]:
        """The facts of every paper, sorted by paper id."""
        with _damage(self._folder), self._build.facts.open(encoding="utf-8", errors="surrogatepass") as file:
            for line in file:
                yield from_json(line)

    def imports(self) -> tuple[Import, ...]:
        """What was imported, sorted by name."""
        with _damage(self._folder):
            return read_imports(self._build)

    def dump(self) -> Iterator[str]:
        """All triples as N-Triples lines without line ends, in the same order for the same content."""
        with _damage(self._folder):
            for quad in self._engine:
                yield f"{quad.triple} ."


def read_imports(build: Build) -> tuple[Import, ...]:
    """The imports of a build, sorted by name.

    Raises:
        FactsError: the file is damaged.
    """
    if not build.imports.exists():
        return ()
    with build.imports.open(encoding="utf-8", errors="surrogatepass") as file:
        return tuple(map(import_from_json, file))


@contextmanager
def _damage(folder: Path) -> Iterator[None]:
    """The engine opens a store without a look at its blocks; what it says when it comes to a bad one is our error."""
    try:
        yield
    except (RuntimeError, OSError) as error:
        raise StoreVersionError(
            f"the store in {folder} is damaged: {error}; build it again with: kg build PAPERS --store {folder}"
        ) from error


def open_store(folder: Path | str | None = None) -> Store:
    """The store of a folder, by default `MLKG_STORE` or `.kg`.

    Raises:
        StoreMissingError: there is none; the message says how to make one.
        StoreVersionError: another version wrote it, or its files are damaged.
    """
    import pyoxigraph  # noqa: PLC0415

    place = Path(folder) if folder is not None else default_folder()
    for attempt in range(3):
        build = current_build(place)
        try:
            return Store(place, build, pyoxigraph.Store.read_only(str(build.rdf)))
        except (OSError, ValueError, RuntimeError) as error:
            # Published and removed again between the two lines above: two builds were published meanwhile, read anew.
            if attempt == 2 or build.folder == current_build(place).folder:
                raise StoreVersionError(
                    f"the store in {place} is damaged: {error}; build it again with: kg build PAPERS --store {place}"
                ) from error
    raise AssertionError
