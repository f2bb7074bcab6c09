"""The query library, and SPARQL of one's own."""

from kg.queries.guard import check
from kg.queries.library import TYPES, Parameter, Query, get_query, load_queries
from kg.queries.names import find_node, find_paper, find_thing
from kg.queries.run import Answer, Graph, prepare, run, sparql

__all__ = [
    "TYPES",
    "Answer",
    "Graph",
    "Parameter",
    "Query",
    "check",
    "find_node",
    "find_paper",
    "find_thing",
    "get_query",
    "load_queries",
    "prepare",
    "run",
    "sparql",
]
