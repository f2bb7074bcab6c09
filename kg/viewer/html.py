"""The interactive page: one HTML file that needs no network.

pyvis makes it, through our own subclass and template. As shipped, pyvis links style sheets on other hosts, puts names
into markup in three places and looks through all edges at each `add_edge`; here its lists are filled at once, its
template is ours, and names travel in a JSON block that the page's script reads as text. The page's
Content-Security-Policy allows the scripts and the style written here, by hash, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from jinja2 import Environment, PackageLoader, StrictUndefined
from pyvis.network import Network

from kg.files import whole_text
from kg.text import clean
from kg.viewer.content import content

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["page", "write_page"]

_VIS: Final = "templates/lib/vis-9.1.2/vis-network.min.js"  # the version the page's drawing was written for
_SCRIPTS: Final = ("model.js", "style.js", "canvas.js", "panel.js", "page.js", "share.js", "search.js", "start.js")
_OPTIONS: Final[dict[str, Any]] = {
    "autoResize": True,
    "physics": {
        "enabled": False,
        "solver": "forceAtlas2Based",
        "forceAtlas2Based": {"gravitationalConstant": -90, "springLength": 70, "avoidOverlap": 0.4},
        "stabilization": False,
    },
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "selectConnectedEdges": False, "multiselect": False, "tooltipDelay": 10_000_000},
    "nodes": {"borderWidth": 1.5, "chosen": False, "shapeProperties": {"interpolation": False}},
    "edges": {"smooth": False, "chosen": False, "selectionWidth": 0, "hoverWidth": 0},
}


def page(graph: nx.MultiDiGraph, *, title: str, about: str = "") -> str:
    """The selection as one HTML document; equal graphs give equal text, whatever order they were made in.

    The nodes are drawn where `kg.layout` puts them. `title` and `about` are plain text.
    """
    return _Page(graph, title, about).generate_html()


def write_page(graph: nx.MultiDiGraph, file: TextIO | Path | str, *, title: str, about: str = "") -> None:
    """Writes `page(...)` to an open text file, or to a path, which holds the whole page or what it held before.

    Raises:
        OutputError: the path cannot be written.
    """
    text = page(graph, title=title, about=about)
    if isinstance(file, str | Path):
        with whole_text(Path(file)) as target:
            target.write(text)
    else:
        file.write(text)


class _Page(Network):  # type: ignore[misc]  # pyvis ships no types
    """pyvis's network with our content, template and options."""

    def __init__(self, graph: nx.MultiDiGraph, title: str, about: str) -> None:
        super().__init__(directed=True, cdn_resources="in_line", heading=clean(title))
        self.content = content(graph)
        self.about = clean(about)
        self.nodes = self.content["nodes"]  # at once: add_edge looks through all edges each time
        self.edges = self.content["edges"]
        self.options = _OPTIONS
        self.templateEnv = Environment(
            loader=PackageLoader("kg.viewer", "assets"),
            autoescape=True,
            undefined=StrictUndefined,
            keep_trailing_newline=True,
        )
        self.path = "page.html"

    def generate_html(self, name: str = "page.html", local: bool = True, notebook: bool = False) -> str:  # noqa: ARG002
        """The page; pyvis's own arguments say nothing here."""
        nodes, edges, heading, _, _, options = self.get_network_data()
        data = self.content | {
            "title": heading,
            "about": self.about,
            "nodes": nodes,
            "edges": edges,
            "options": json.loads(options),
        }
        library, own, style = _library(), _own_script(), _asset("page.css")
        html: str = self.templateEnv.get_template(self.path).render(
            title=heading,
            count=len(nodes),
            policy="; ".join(
                (
                    "default-src 'none'",
                    f"script-src {_hash(library)} {_hash(own)}",
                    f"style-src {_hash(style)}",
                    "img-src data: blob:",
                    "base-uri 'none'",
                    "form-action 'none'",
                )
            ),
            style=style,
            data=_json(data),
            library=library,
            script=own,
        )
        self.html = html
        return html


def _json(value: Any) -> str:
    """JSON that no HTML parser takes for markup: `<`, `>`, `&` and JavaScript's line separators are escaped."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return re.sub("[<>&\u2028\u2029]", lambda match: f"\\u{ord(match[0]):04x}", text)


def _hash(text: str) -> str:
    """A source expression of Content-Security-Policy for an inline script or style of this text."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


@cache
def _asset(name: str) -> str:
    return (files("kg.viewer") / "assets" / name).read_text(encoding="utf-8")


@cache
def _own_script() -> str:
    parts = "\n".join(_asset(name) for name in _SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}\n}})();\n'


@cache
def _library() -> str:
    """vis-network as pyvis ships it, its licence at the top, without the line that asks for a source map."""
    source = (files("pyvis") / _VIS).read_text(encoding="utf-8")
    return re.sub(r"\n?//# sourceMappingURL=\S*\s*$", "\n", source)
