"""Linking: the names of a text joined to nodes."""

from kg.linking.first_papers import FirstPapers
from kg.linking.link import Link, Links, NewNode, Unlinked
from kg.linking.linker import Linker
from kg.linking.published import Published

__all__ = ["FirstPapers", "Link", "Linker", "Links", "NewNode", "Published", "Unlinked"]
