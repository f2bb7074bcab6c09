"""An Obsidian vault: files that every system takes, links that resolve, properties that are YAML."""

import json
import re
import unicodedata
from itertools import pairwise

import networkx as nx
import pytest

from kg.exporters import PaperRow, Selected
from kg.exporters.documents import obsidian
from kg.exporters.documents.markup import one_line
from kg.selection import Evidence
from kg.vocabulary import BASE
from tests.contract.content import HOSTILE, make_content

LINK = re.compile(r"(?<!\\)\[\[([^\]|]*)(?:\|([^\]]*))?\]\]")
RESERVED = {"con", "prn", "aux", "nul", *(f"{device}{n}" for device in ("com", "lpt") for n in range(10))}


def vault(graph, folder, papers=()):
    """The text of each note by its path without `.md`."""
    folder.mkdir(exist_ok=True)
    obsidian.write_folder(Selected(graph), papers, folder)
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix().removesuffix(".md"): path.read_text("utf-8") for path in paths}


def things(*labels, kind="Method"):
    graph = nx.MultiDiGraph()
    for number, label in enumerate(labels):
        graph.add_node(f"{BASE}method/{number:03}", label=label, kind=kind, papers=number)
    return graph


def test_obsidian_note_of_a_paper(tmp_path):
    graph = nx.MultiDiGraph()
    paper = f"{BASE}paper/arxiv-1"
    graph.add_node(paper, label="Reeds: a study", kind="Paper", year=2024, arxiv="1", url="javascript:alert(1)")
    graph.add_node(f"{BASE}method/lora", label="LoRA", kind="Method", papers=3, aliases=("low rank",))
    evidence = (Evidence(paper, "Reeds", "We use [[LoRA]].", 0, 1, "W", "rule"),)
    graph.add_edge(paper, f"{BASE}method/lora", key="1", predicate="uses", evidence=evidence)
    graph.add_edge(paper, f"{BASE}method/lora", key="2", predicate="comparesWith")
    notes = vault(graph, tmp_path, [PaperRow(paper, "1", "Reeds: a study", "We use # it.", authors=("A. Reed",))])
    assert set(notes) == {"Index", "Paper index", "Method index", "Paper/Reeds a study", "Method/LoRA"}
    assert notes["Paper/Reeds a study"] == (
        '---\naliases: ["Reeds: a study"]\nkind: "Paper"\ntags: ["mlkg/paper"]\nyear: 2024\npapers: 0\narxiv: "1"\n'
        f'authors: ["A. Reed"]\niri: "{paper}"\n---\n\n# Reeds: a study\n\nA. Reed\n\nWe use \\# it.\n\n'
        "## Compares with\n\n- [[LoRA]]\n\n## Uses\n\n- [[LoRA]]\n  > We use \\[\\[LoRA\\]\\].\n"
    )
    assert notes["Index"] == "- [[Method index]]\n- [[Paper index]]\n"
    assert notes["Method index"] == "- [[LoRA]]: 3 papers\n"


def test_obsidian_evidence_from_elsewhere_names_its_paper(tmp_path):
    graph = things("LoRA", "QLoRA")
    evidence = (Evidence(f"{BASE}paper/x", "On [reeds]", "It extends it.", 0, 1, "I", "rule"),)
    graph.add_edge(f"{BASE}method/000", f"{BASE}method/001", key="1", predicate="extends", evidence=evidence)
    assert "  > It extends it. (On \\[reeds\\])\n" in vault(graph, tmp_path)["Method/LoRA"]


HARD_NAMES = (
    *("LoRA", "lora", "LORA", "LoRA (Method)", "Index", "index", "Method index", "con", "AUX.x", "com1", "..", "."),
    *("a/b", "a\\b", "a:b", "a b", "A|B", "x" * 300, "x" * 301, "é" * 200, "e\u0301" * 3, "é" * 3, "README.md"),
    *(
        "trailing.",
        "trailing ",
        " leading",
        "-dash",
        "\u202eabc",
        "\U0001f600",
        "[[x]]",
        "x#y^z",
        "%%",
        "",
        "\x00",
        "~$a",
    ),
    *HOSTILE.values(),
)


def test_obsidian_names_are_safe_and_differ_whatever_their_case(tmp_path):
    notes = vault(things(*HARD_NAMES), tmp_path)
    names = [path.rpartition("/")[2] for path in notes]
    assert len(names) == len(HARD_NAMES) + 2
    # macOS and Windows take two names for one where they differ in case or in how accents are written
    assert len({unicodedata.normalize("NFD", name).casefold() for name in names}) == len(names)
    for name in names:
        assert not re.search(r'[\\/:*?"<>|#^\[\]%\x00-\x1f]', name)
        assert name == name.strip(" .")
        assert name.partition(".")[0].casefold() not in RESERVED
        assert 0 < len(f"{name}.md".encode()) <= 200


def test_obsidian_every_link_leads_to_a_note(tmp_path):
    graph = things(*HARD_NAMES)
    nodes = sorted(graph)
    for source, target in pairwise(nodes):
        graph.add_edge(source, target, key="extends", predicate="extends")
    notes = vault(graph, tmp_path)
    names = {path.rpartition("/")[2] for path in notes}
    links = [link[1] for text in notes.values() for link in LINK.finditer(text)]
    assert len(links) == len(nodes) - 1 + len(nodes) + 1
    assert set(links) <= names
    assert names - set(links) == {"Index"}


@pytest.mark.parametrize("text", ["[[x]]", "![[x]]", "a]] [[b", "x|y]]", *HOSTILE.values()])
def test_obsidian_text_makes_no_links_and_no_markup(text, tmp_path):
    content = make_content(label=text)
    folder = tmp_path / "vault"
    folder.mkdir()
    obsidian.write_folder(content.graph, content.papers, folder)
    for path in folder.glob("*/*.md"):
        lines = path.read_text("utf-8").split("\n---\n\n", 1)[1].splitlines()
        assert all(LINK.fullmatch(line[2:]) for line in lines if line.startswith("- "))
        for line in lines:
            shown = re.sub(r"\\.", "", line) if not line.startswith("- ") else LINK.sub(r"\1 \2", line)
            assert not re.search(r"\[\[|%%|<|`|\{\{|\$|\*|::|\]", shown.removeprefix("# ").removeprefix("## "))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_obsidian_properties_are_yaml(text, tmp_path):
    yaml = pytest.importorskip("yaml")
    (note,) = (note for path, note in vault(things(text), tmp_path).items() if "/" in path)
    properties = yaml.safe_load(note.split("---\n")[1])
    assert properties["aliases"] == [one_line(text)]
    assert properties["tags"] == ["mlkg/method"]


@pytest.mark.parametrize(("text", "held"), [("[[[x]]]", "[ [ [x]]]"), ("<% x %>", "< % x %>")])
def test_obsidian_properties_hold_no_links_and_commands(text, held, tmp_path):
    (note,) = (note for path, note in vault(things(text), tmp_path).items() if "/" in path)
    assert json.loads(note.split("\n")[1].removeprefix("aliases: ")) == [held]


def test_obsidian_properties_are_one_line_of_json_each(tmp_path):
    (note,) = (note for path, note in vault(things('a: "b"\n---\nc'), tmp_path).items() if "/" in path)
    lines = dict(line.split(": ", 1) for line in note.split("---\n")[1].splitlines())
    assert json.loads(lines["aliases"]) == ['a: "b" --- c']


def test_obsidian_a_note_keeps_its_name_when_others_come(tmp_path):
    few = vault(things("Reed", "Rush"), tmp_path / "few")
    more = vault(things("Reed", "Rush", "reed"), tmp_path / "more")
    assert set(few) < set(more)
