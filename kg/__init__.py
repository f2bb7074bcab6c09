"""Papers in, a knowledge graph of methods, models and benchmarks out.

    import kg

    kg.build(kg.read_papers("listing.html").papers, ".kg")
    store = kg.open_store(".kg")
    for row in kg.run_query(store, "papers-evaluating-on", benchmark="gsm-8k"):
        print(row["title"])
    graph = kg.around(store, kg.find_thing(store, "LoRA"), depth=2)   # a networkx graph
    kg.write_page(graph, "lora.html", title="Around LoRA")
    kg.export(store, "everything.ttl")

Names are loaded when they are first used: `import kg` itself costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kg._version import __version__

if TYPE_CHECKING:
    from kg.errors import KgError
    from kg.exporters import export
    from kg.ontology import Ontology, load_ontology
    from kg.papers import Paper, read_papers
    from kg.pipeline import Extractor, add, build, extract, import_graph, remove
    from kg.queries import find_thing, sparql
    from kg.queries import run as run_query
    from kg.selection import around, everything, important
    from kg.store import Store, open_store
    from kg.viewer import write_page

__all__ = [
    "Extractor",
    "KgError",
    "Ontology",
    "Paper",
    "Store",
    "__version__",
    "add",
    "around",
    "build",
    "everything",
    "export",
    "extract",
    "find_thing",
    "import_graph",
    "important",
    "load_ontology",
    "open_store",
    "read_papers",
    "remove",
    "run_query",
    "sparql",
    "write_page",
]

_HOMES = {
    "KgError": "errors",
    "export": "exporters",
    "Ontology": "ontology",
    "load_ontology": "ontology",
    "Paper": "papers",
    "read_papers": "papers",
    "Extractor": "pipeline",
    "add": "pipeline",
    "build": "pipeline",
    "extract": "pipeline",
    "import_graph": "pipeline",
    "remove": "pipeline",
    "find_thing": "queries",
    "run_query": "queries:run",
    "sparql": "queries",
    "around": "selection",
    "everything": "selection",
    "important": "selection",
    "Store": "store",
    "open_store": "store",
    "write_page": "viewer",
}
"""The module of each name, below `kg`, and after a colon its name there where that is another."""


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    module, _, there = _HOMES[name].partition(":")
    return getattr(import_module(f"kg.{module}"), there or name)


def __dir__() -> list[str]:
    return __all__
