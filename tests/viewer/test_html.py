import base64
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import pytest

from kg.errors import OutputError
from kg.viewer import page, write_page
from tests.viewer.sample import HOSTILE, graph, hostile_graph

# None is ever fetched: the names of XML and of our terms, and arXiv, where a link in the panel leads.
NAMES = ("http://www.w3.org/2000/svg", "https://w3id.org/mlkg/", "https://arxiv.org/abs/")


class Document(HTMLParser):
    """Start tags with their attributes, and what scripts and styles hold."""

    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.inline = []
        self._open = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._open = (tag, dict(attrs)) if tag in {"script", "style", "title", "h1"} else None
        if self._open:
            self.inline.append([*self._open, ""])

    def handle_endtag(self, tag):  # noqa: ARG002
        self._open = None

    def handle_data(self, data):
        if self._open:
            self.inline[-1][2] += data

    def data(self):
        return json.loads(next(text for tag, attrs, text in self.inline if attrs.get("id") == "data"))


@pytest.fixture(scope="module")
def document():
    return Document(page(graph(), title="Teapots", about="All of them."))


def test_html_holds_no_element_that_loads_anything(document):
    assert not {tag for tag, _ in document.tags} & {
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "base",
        "video",
        "audio",
    }
    assert not [attrs for _, attrs in document.tags if {"src", "href", "srcset", "action"} & set(attrs)]


def test_html_names_no_address_beside_names_and_the_licence():
    text = page(graph(), title="Teapots")
    licence_ends = text.index("vis.js may be distributed under either license.")
    assert "http://opensource.org/licenses/MIT" in text[:licence_ends]
    after = text[: text.index("vis-network\n")] + text[licence_ends:]
    comments_of_library = ("https://github.com/zloirock/core-js", "https://github.com/uuidjs/uuid#getrandomvalues")
    found = set(re.findall(r"https?://[^\s\"'`)$\\]*", after))
    assert {url for url in found if not url.startswith((*NAMES, *comments_of_library))} == set()


def test_html_asks_for_no_source_map():
    assert "sourceMappingURL" not in page(graph(), title="Teapots")


def test_html_policy_allows_exactly_the_scripts_and_the_style_inside(document):
    policy = next(
        attrs["content"] for tag, attrs in document.tags if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    for tag, directive in (("script", "script-src"), ("style", "style-src")):
        inside = [text for name, attrs, text in document.inline if name == tag and "id" not in attrs]
        hashes = [
            "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'" for text in inside
        ]
        assert rules[directive].split() == hashes


def test_html_has_no_handler_or_style_in_its_markup(document):
    assert not [name for _, attrs in document.tags for name in attrs if name.startswith("on") or name == "style"]


def test_html_names_every_control(document):
    for tag, attrs in document.tags:
        if tag == "input" and attrs.get("type") == "range":
            assert attrs["aria-label"]
    ids = [attrs["id"] for _, attrs in document.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    for _, attrs in document.tags:
        for name in ("aria-controls", "aria-labelledby", "aria-describedby"):
            assert attrs.get(name) is None or attrs[name] in ids


def test_html_data_holds_all_nodes_and_edges(document):
    data = document.data()
    assert (len(data["nodes"]), len(data["edges"])) == (7, 7)
    assert (data["title"], data["about"]) == ("Teapots", "All of them.")


def test_html_starts_without_physics(document):
    assert document.data()["options"]["physics"]["enabled"] is False


def test_html_carries_the_drawing_library_with_its_licence(document):
    library = document.inline[-2][2]
    assert "@version 9.1.2" in library[:600]
    assert "Apache 2.0" in library[:900]


@pytest.mark.parametrize("name", HOSTILE)
def test_html_markup_is_the_same_whatever_the_title(name):
    plain, hostile = Document(page(graph(), title="x")), Document(page(graph(), title=name, about=name))
    assert [tag for tag, _ in hostile.tags] == [tag for tag, _ in plain.tags]
    heading = next(text for tag, _, text in hostile.inline if tag == "h1")
    assert heading == re.sub("[\x00\ud800]", "\ufffd", name)


def test_html_hostile_names_stay_in_the_data():
    plain, hostile = Document(page(graph(), title="x")), Document(page(hostile_graph(), title="x"))
    assert [tag for tag, _ in hostile.tags] == [tag for tag, _ in plain.tags]
    names = {node["name"] for node in hostile.data()["nodes"]}
    assert "</script><img src=x onerror=window.pwned=1>" in names


def test_html_data_block_holds_no_markup():
    text = page(hostile_graph(), title="x")
    block = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)[1]
    assert not re.search("[<>&\u2028\u2029]", block)


def test_html_is_the_same_for_every_hash_seed():
    code = (
        "import hashlib, warnings; from tests.viewer.sample import graph; from kg.viewer import page;"
        "print(hashlib.sha256(page(graph(), title='t').encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_html_of_an_empty_graph_is_a_page():
    assert Document(page(nx.MultiDiGraph(), title="Nothing")).data()["nodes"] == []


def test_html_is_smaller_than_its_budget():
    made = nx.MultiDiGraph()
    for i in range(300):
        made.add_edge(f"urn:{i}", f"urn:{(i * 7) % 300}", key="uses", predicate="uses", confidence=0.5)
    assert len(page(made, title="t").encode()) < 1_500_000 + 300 * 1_000


def test_html_goes_to_an_open_file():
    out = io.StringIO()
    write_page(graph(), out, title="Teapots")
    assert out.getvalue() == page(graph(), title="Teapots")


@pytest.mark.parametrize("kind", [str, Path])
def test_html_goes_to_a_path_and_leaves_nothing_beside_it(tmp_path, kind):
    write_page(graph(), kind(tmp_path / "page.html"), title="Tëapots")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == page(graph(), title="Tëapots")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_html_to_a_folder_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(OutputError, match=r"page\.html: cannot be written"):
        write_page(graph(), tmp_path / "none" / "page.html", title="t")


def test_html_importing_the_viewer_loads_no_pyvis():
    code = "import sys, kg.viewer; sys.exit(any(name in sys.modules for name in ('pyvis', 'IPython', 'numpy')))"
    subprocess.run([sys.executable, "-c", code], check=True)
