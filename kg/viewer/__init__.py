"""The interactive page of a selection of the graph.

The functions load pyvis, which loads IPython, when they are first called and not when this package is imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from pathlib import Path

    import networkx as nx

    from kg.store import Store

__all__ = ["page", "write_overview", "write_page"]


def page(graph: nx.MultiDiGraph, *, title: str, about: str = "") -> str:
    """The selection as one self-contained HTML document; see `kg.viewer.html.page`."""
    from kg.viewer import html  # noqa: PLC0415

    return html.page(graph, title=title, about=about)


def write_page(graph: nx.MultiDiGraph, file: TextIO | Path | str, *, title: str, about: str = "") -> None:
    """Writes the page to an open text file or a path; see `kg.viewer.html.write_page`."""
    from kg.viewer import html  # noqa: PLC0415

    html.write_page(graph, file, title=title, about=about)


def write_overview(store: Store, file: Path | str, *, title: str, max_nodes: int = 300) -> None:
    """Writes the page of a store's most important nodes, see `kg.selection.important`.

    Raises:
        OutputError: the path cannot be written.
    """
    from kg.selection import important  # noqa: PLC0415

    graph = important(store, max_nodes)
    write_page(graph, file, title=title, about=f"The {len(graph):,} nodes of highest rank")
