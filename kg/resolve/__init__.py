"""From facts of single papers to one graph: the only step that looks across papers.

What it yields depends on the set of papers alone, never on their order or on how they were split.
"""

from kg.resolve.merge import Resolver, resolve
from kg.resolve.model import Edge, Node, Proof, Resolved

__all__ = ["Edge", "Node", "Proof", "Resolved", "Resolver", "resolve"]
