"""BibTeX: read back by our own reader, and fit for LaTeX."""

import io
import re

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exporters import PaperRow, Selected
from kg.exporters.documents import bibtex
from kg.exporters.documents.markup import one_line
from kg.papers import read_papers
from kg.papers.references import paper_id
from kg.vocabulary import BASE
from tests.contract.content import HOSTILE

IRI = f"{BASE}paper/arxiv-2106.09685"


def written(*papers, graph=None):
    file = io.BytesIO()
    bibtex.write(Selected(graph or nx.MultiDiGraph()), papers, file)
    return file.getvalue().decode()


def read_again(text, folder):
    folder.mkdir(exist_ok=True)
    file = folder / "refs.bib"
    file.write_text(text, encoding="utf-8")
    reading = read_papers([file])
    assert not reading.problems
    return reading.papers


def row(title, **known):
    return PaperRow(**{"iri": IRI, "id": "arxiv:2106.09685", "title": title, "abstract": "", **known})


def test_bibtex_entry_has_what_is_known():
    graph = nx.MultiDiGraph()
    graph.add_node(IRI, label="LoRA: Low", kind="Paper")
    for number, (label, predicate) in enumerate([("B, b", "uses"), ("MMLU", "evaluatesOn"), ("LoRA", "introduces")]):
        graph.add_node(f"{BASE}method/{number}", label=label, kind="Method")
        graph.add_edge(IRI, f"{BASE}method/{number}", key=predicate, predicate=predicate)
    paper = row(
        "LoRA: 50% Low-Rank",
        date="2021-06-17",
        authors=("Ada Byron", "Reed, Rush and Sons"),
        arxiv="2106.09685",
        doi="10.1000/a_b",
    )
    assert written(paper, graph=graph) == (
        "@misc{arxiv-2106.09685,\n"
        "  title = {{LoRA}: 50\\% Low-Rank},\n"
        "  author = {Ada Byron and {Reed, Rush and Sons}},\n"
        "  year = {2021},\n"
        "  month = jun,\n"
        "  eprint = {2106.09685},\n"
        "  archivePrefix = {arXiv},\n"
        "  doi = {10.1000/a_b},\n"
        "  url = {https://arxiv.org/abs/2106.09685},\n"
        "  keywords = {LoRA, B b, MMLU},\n"
        "}\n\n"
    )


@pytest.mark.parametrize(
    "known",
    [
        {"arxiv": "2106.09685", "id": "arxiv:2106.09685"},
        {"doi": "10.1000/a_b", "id": "doi:10.1000/a_b"},
        {"id": "pond2024:A_7{x}~y%"},
        {"id": "title:0123", "url": "https://example.org/~reed?a=1&b=%20_#x"},
    ],
    ids=["arxiv", "doi", "own", "url"],
)
def test_bibtex_is_read_back_as_the_same_paper(known, tmp_path):
    paper = row("Reeds and BiDAF++", abstract="We use $x^2$ & more.", authors=("A. Reed", "Reed, Inc."), **known)
    (found,) = read_again(written(paper), tmp_path)
    assert (found.id, found.title, found.abstract) == (known["id"], paper.title, paper.abstract)
    assert found.authors == paper.authors
    assert (found.arxiv, found.doi) == (paper.arxiv, paper.doi)


NO_PRIVATE = st.characters(exclude_categories=["Cs", "Co"])  # our reader uses some of them itself


@given(title=st.text(NO_PRIVATE, min_size=1), author=st.text(NO_PRIVATE), id_=st.text(NO_PRIVATE))
def test_bibtex_any_text_is_read_back(title, author, id_, tmp_path_factory):
    title, author, id_ = (one_line(text) for text in (title, author, id_))
    if not title:
        return
    id_ = id_ or paper_id(title, "", given=None, arxiv=None, doi=None)
    (found,) = read_again(written(row(title, authors=(author,), id=id_)), tmp_path_factory.mktemp("any"))
    assert (found.title, found.id) == (title, id_)
    assert found.authors == ((author,) if author else ())


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_bibtex_braces_are_even_and_nothing_is_a_command(text):
    entry = written(row(text, abstract=text, authors=(text,), url=f"https://e.org/{text}"))
    depth = 0
    for sign in entry:  # BibTeX counts every brace, escaped or not
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0
    commands = set(re.findall(r"\\([a-zA-Z]+)", entry))
    assert all(command.startswith("text") for command in commands)


@pytest.mark.parametrize(
    ("iri", "found"),
    [
        (f"{BASE}paper/acl2022-2022.acl-long.19", "acl2022-2022.acl-long.19"),
        ("https://example.org/a b,{c}", r"https-example.org-a-b-c-[0-9a-f]{10}"),
        (f"{BASE}paper/a~b", r"a-b-[0-9a-f]{10}"),
    ],
)
def test_bibtex_keys_are_safe_and_stable(iri, found):
    assert re.fullmatch(found, bibtex.key(iri))


def test_bibtex_keys_differ_where_papers_do():
    assert len({bibtex.key(f"{BASE}paper/{end}") for end in ("a~b", "a-b", "a,b", "a b")}) == 4
