"""`kg import` as a person uses it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli

PAPERS = Path(__file__).parents[1] / "data" / "cli" / "papers.jsonl"
LORA = "https://w3id.org/mlkg/method/lora"


def kg(*words, **options):
    return CliRunner().invoke(cli, [str(word) for word in words], **options)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("import")
    assert kg("build", PAPERS, "--store", folder / "store").exit_code == 0
    assert kg("export", "ntriples", "-o", folder / "a.nt", "--store", folder / "store").exit_code == 0
    return folder


def curated(folder, text):
    path = folder / "mine.ttl"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_export_comes_back_into_a_new_store(built, tmp_path):
    done = kg("import", built / "a.nt", "--store", tmp_path / "store")
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    assert "(ntriples): 6 papers, 0 refused" in done.stderr
    assert kg("export", "ntriples", "-o", tmp_path / "b.nt", "--store", tmp_path / "store").exit_code == 0
    same = (tmp_path / "b.nt").read_bytes() == (built / "a.nt").read_bytes()
    assert same


def test_imports_are_listed_and_taken_back_by_name(built, tmp_path):
    store = tmp_path / "store"
    kg("import", built / "a.nt", "--store", store, "--as", "papers")
    text = f'<{LORA}> <http://www.w3.org/2004/02/skos/core#altLabel> "my own name of LoRA" .'
    assert kg("import", curated(tmp_path, text), "--store", store, "--as", "mine").exit_code == 0
    listed = kg("import", "--list", "--store", store, "--format", "csv").stdout
    assert listed.splitlines() == ["import,papers,things,edges", "mine,0,1,0", "papers,6,0,0"]
    shown = kg("show", "LoRA", "--store", store).output
    assert "my own name of LoRA" in shown
    assert "  import mine\n" in shown
    assert kg("import", "--remove", "mine", "--store", store).exit_code == 0
    assert "my own name of LoRA" not in kg("show", "LoRA", "--store", store).output
    done = kg("import", "--remove", "mien", "--store", store)
    assert done.exit_code == 1
    assert "no import 'mien'" in done.stderr


def test_what_is_refused_is_named_and_strict_imports_nothing(built, tmp_path):
    text = f'\n<{LORA}> <http://xmlns.com/foaf/0.1/name> "x" .'
    path = curated(tmp_path, text)
    done = kg("import", path, "--store", tmp_path / "store")
    assert done.exit_code == 0
    assert f"refused  {path}:2: http://xmlns.com/foaf/0.1/name: a property that is not of our vocabulary" in done.stderr
    before = kg("stats", "--store", built / "store").stdout
    done = kg("import", path, "--store", built / "store", "--strict")
    assert done.exit_code == 1
    assert "1 refused under --strict; the graph is as it was" in done.stderr
    assert kg("stats", "--store", built / "store").stdout == before


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((), "Give files to import"),
        (("a.ttl", "--list"), "Give files to import"),
        (("a.ttl", "b.ttl", "--as", "x"), "--as names the import of one FILE"),
    ],
)
def test_wrong_usage_is_explained(words, why):
    done = kg("import", *words)
    assert done.exit_code == 2
    assert why in done.stderr


def test_an_edge_that_was_imported_is_known_as_such(built, tmp_path):
    text = f"<{LORA}> <https://w3id.org/mlkg/comparesWith> <https://w3id.org/mlkg/method/bitfit> ."
    path = curated(tmp_path, text + " <https://w3id.org/mlkg/method/bitfit> a <https://w3id.org/mlkg/Method> .")
    assert kg("import", built / "a.nt", path, "--store", tmp_path / "store").exit_code == 0
    why = kg("why", "LoRA", "BitFit", "--store", tmp_path / "store").output
    assert "LoRA comparesWith BitFit  (imported, confidence 1.00)" in why
    shown = kg("show", "BitFit", "--store", tmp_path / "store").output
    assert "imported, confidence 1.00" in shown
