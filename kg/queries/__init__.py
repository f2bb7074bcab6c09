"""The query library, and SPARQL of one's own."""

from kg.queries.asking import Answer, Graph, prepare, run, sparql
from kg.queries.guard import check
from kg.queries.library import TYPES, Parameter, Query, get_query, load_queries
from kg.queries.names import find_node, find_paper, find_paper_loosely, find_thing

__all__ = [
    "TYPES",
    "Answer",
    "Graph",
    "Parameter",
    "Query",
    "check",
    "find_node",
    "find_paper",
    "find_paper_loosely",
    "find_thing",
    "get_query",
    "load_queries",
    "prepare",
    "run",
    "sparql",
]
