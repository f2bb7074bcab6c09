"""Linking: the names of a text joined to nodes."""

from kg.linking.first_papers import FirstPapers
from kg.linking.link import Link, Links, NewNode, Unlinked
from kg.linking.linker import Linker

__all__ = ["FirstPapers", "Link", "Linker", "Links", "NewNode", "Unlinked"]
