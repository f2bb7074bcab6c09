"""`make bench`: what the project must reach, each figure beside its limit or its rival, as a ratio; leaves with 1 if
one is missed.

Ratios below 1 are good for time and memory, above 1 for quality. Needs the real papers in ../shared; says so where they
are absent.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import kg
from tests.bench.known_names import known_names
from tests.bench.measure import run, run_in_turn

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
KG = (sys.executable, "-m", "kg")
PLAIN = (sys.executable, "-m", "tests.bench.plain_dictionary")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: `ours` against `other`, and what the ratio must be at most (or at least, for quality)."""

    what: str
    ours: float
    other: float
    other_name: str
    unit: str
    at_most: float | None = None
    at_least: float | None = None

    @property
    def ratio(self) -> float:
        """Ours over the other."""
        return self.ours / self.other if self.other else float("inf")

    @property
    def reached(self) -> bool:
        """Whether the ratio keeps its bound."""
        return (self.at_most is None or self.ratio <= self.at_most) and (
            self.at_least is None or self.ratio >= self.at_least
        )

    def __str__(self) -> str:
        sign = "ok    " if self.reached else "MISSED"
        figures = f"{self.ours:9.3f} {self.unit:3}  {self.ratio:7.2f} x {self.other:9.3f} {self.unit:3}"
        return f"{sign}  {self.what:44}  {figures} ({self.other_name})"


def start_up() -> list[Row]:
    """The command line's own start, beside that of the library it stands on."""
    ours, click = run_in_turn((*KG, "--help"), (sys.executable, "-c", "import click"), ROOT, rounds=7)
    return [
        Row("kg --help, processor", ours.cpu, click.cpu, "python -c 'import click'", "s", at_most=2.0),
        Row("kg --help, processor", ours.cpu, 0.150, "limit", "s", at_most=1.0),
    ]


def loading() -> list[Row]:
    """Loading the ontology as it was compiled last, and from its tables; Python's start and the imports not counted."""
    python = (sys.executable, "-c")
    started = "import os; from kg.ontology import load_ontology"
    load = (*python, f"{started}; load_ontology()")
    run(load, ROOT)  # compiles it
    kept, start = run_in_turn(load, (*python, started), ROOT, rounds=7)
    uncached = (*python, f"{started}; os.environ['MLKG_CACHE'] = 'off'; load_ontology()")
    tables, _ = run_in_turn(uncached, (*python, started), ROOT, rounds=3)
    ours = kept.cpu - start.cpu
    return [
        Row("loading the ontology, processor", ours, 0.100, "limit", "s", at_most=1.0),
        Row("loading the ontology, processor", ours, tables.cpu - start.cpu, "from its tables", "s", at_most=0.5),
    ]


def listing_pages(folder: Path) -> list[Row]:
    """Building the 287 papers of the listing pages, start included, beside spaCy merely finding the names in them."""
    pages = sorted((SHARED / "corpus" / "listings").glob("*.txt"))
    build = (*KG, "build", *pages, "--store", folder / "store")
    ours, spacy = run_in_turn(build, (*PLAIN, "spacy", SHARED / "gold" / "dev.papers.jsonl"), ROOT)
    return [
        Row("kg build, 287 listing papers, wall", ours.wall, 5.0, "limit", "s", at_most=1.0),
        Row("kg build, 287 listing papers, memory", ours.memory, 400, "limit", "MB", at_most=1.0),
        Row(
            "kg build, 287 listing papers, wall",
            ours.wall,
            spacy.wall,
            "spaCy PhraseMatcher, names of 190 only",
            "s",
            at_most=1.0,
        ),
    ]


def abstracts() -> list[Row]:
    """Extraction from a thousand abstracts beside spaCy's PhraseMatcher over the same names."""
    papers = SHARED / "corpus" / "abstracts" / "acl2022.jsonl"
    ours, spacy = run_in_turn((*KG, "extract", papers, "--workers", "1"), (*PLAIN, "spacy", papers), ROOT)
    return [
        Row(
            "kg extract, 1,031 abstracts, processor",
            ours.cpu,
            spacy.cpu,
            "spaCy PhraseMatcher, names only",
            "s",
            at_most=1.0,
        )
    ]


def graphml() -> list[Row]:
    """GraphML of 100,000 made-up edges beside networkx's writer of the same, and the memory that a million take."""
    writer = (sys.executable, "-m", "tests.bench.graphml")

    def seconds(how: str, edges: int) -> float:
        done = subprocess.run((*writer, how, str(edges)), cwd=ROOT, capture_output=True, text=True, check=True)
        return float(done.stdout)

    in_turn = [(seconds("selection", 100_000), seconds("networkx", 100_000)) for _ in range(3)]
    ours, theirs = (median(side) for side in zip(*in_turn, strict=True))
    million, memory = seconds("streamed", 1_000_000), run((*writer, "streamed", "1000000"), ROOT).memory
    return [
        Row("GraphML, 100,000 edges, processor", ours, theirs, "networkx.write_graphml", "s", at_most=0.2),
        Row("GraphML, 1,000,000 edges, processor", million, theirs * 10, "ten times that", "s", at_most=0.2),
        Row("GraphML, 1,000,000 edges, memory", memory, 300, "limit", "MB", at_most=1.0),
    ]


def nquads(folder: Path) -> list[Row]:
    """Sorted N-Quads of the store of a thousand abstracts beside the engine's own dump, which is in no order."""
    store = folder / "thousand"
    run((*KG, "build", SHARED / "corpus" / "abstracts" / "acl2022.jsonl", "--store", store), ROOT)
    dump = (
        "import sys, pyoxigraph; from kg.store import open_store; "
        "open_store(sys.argv[1]).engine.dump(sys.argv[2], pyoxigraph.RdfFormat.N_QUADS)"
    )
    ours, bare = run_in_turn(
        (*KG, "export", "nquads", "--store", store, "-o", folder / "ours.nq"),
        (sys.executable, "-c", dump, store, folder / "bare.nq"),
        ROOT,
    )
    return [Row("kg export nquads, 1,031 abstracts, processor", ours.cpu, bare.cpu, "bare dump", "s", at_most=2.0)]


def quality(folder: Path) -> list[Row]:
    """F1 on the annotated papers beside a plain dictionary of the same names."""
    papers, gold, same = (SHARED / "gold" / name for name in ("dev.papers.jsonl", "dev.gold.jsonl", "equivalents.tsv"))
    f1: dict[str, dict[str, float]] = {}
    run((*PLAIN, "facts", papers, folder / "plain.jsonl"), ROOT)
    for name, more in (("ours", ()), ("plain", ("--facts", folder / "plain.jsonl"))):
        command = (*KG, "evaluate", papers, gold, "--equivalents", same, "--resamples", "10", "--format", "json", *more)
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        f1[name] = {key: figure["f1"] for key, figure in json.loads(done.stdout)["figures"].items()}
    rows = [
        Row(f"F1 {key}", f1["ours"][key], floor, "floor", "", at_least=1.0)
        for key, floor in (("entity", 0.70), ("relation", 0.52))
    ]
    rows += [
        Row(f"F1 {key}", f1["ours"][key], f1["plain"][key], "plain dictionary of the ontology", "", at_least=1.0)
        for key in ("entity", "mention", "link", "relation")
    ]
    return [*rows, Row("F1 result", f1["ours"]["result"], 1.0, "perfect", "")]


def dumping(folder: Path) -> list[Row]:
    """N-Quads, sorted, of the store of 13,378 abstracts beside the engine's own dump, which is not."""
    store = folder / "abstracts"
    run((*KG, "build", SHARED / "corpus" / "abstracts", "--store", store), ROOT)
    bare = (sys.executable, "-m", "tests.bench.bare_dump", store, folder / "bare.nq")
    ours, theirs = run_in_turn((*KG, "export", "nquads", "--store", store, "-o", folder / "kg.nq"), bare, ROOT)
    return [
        Row("kg export nquads, 13,378 abstracts, wall", ours.wall, theirs.wall, "pyoxigraph dump", "s", at_most=2.0),
        Row("kg export nquads, 13,378 abstracts, memory", ours.memory, 400, "limit", "MB", at_most=1.0),
    ]


def names_known() -> list[Row]:
    """The share of the annotated models, benchmarks and data sets that the ontology and its grammars know."""
    share, _ = known_names(SHARED / "gold" / "dev.gold.jsonl", kg.load_ontology())
    return [Row("names known, of those annotated", share, 0.97, "limit", "", at_least=1.0)]


def main() -> None:
    """Measure everything and print it."""
    rows = [*start_up(), *loading()]
    print(*rows, sep="\n", flush=True)
    if not SHARED.is_dir():
        print("skipped: no ../shared beside the checkout, so no real papers to measure on")
    else:
        with tempfile.TemporaryDirectory() as folder:
            for measure in (
                lambda: listing_pages(Path(folder)),
                abstracts,
                lambda: quality(Path(folder)),
                names_known,
                lambda: dumping(Path(folder)),
            ):
                found = measure()
                rows += found
                print(*found, sep="\n", flush=True)
    sys.exit(0 if all(row.reached for row in rows) else 1)


if __name__ == "__main__":
    main()
