"""Linking: the names of a text joined to nodes."""

from kg.linking.link import Link, Links, NewNode, Unlinked

__all__ = ["Link", "Links", "NewNode", "Unlinked"]
