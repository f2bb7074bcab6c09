"""Linking: the names of a text joined to nodes."""

from kg.linking.link import Link, Links, NewNode, Unlinked
from kg.linking.linker import Linker

__all__ = ["Link", "Linker", "Links", "NewNode", "Unlinked"]
