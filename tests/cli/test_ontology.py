"""`kg ontology` and `kg candidates` as a person uses them."""

import json

import pytest
from click.testing import CliRunner

from kg.cli import cli
from tests.ontology.small_tables import GOOD, added, write


def kg(*words, **options):
    return CliRunner().invoke(cli, [str(word) for word in words], **options)


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path / "ontology", {**GOOD, "redirects": []})


def test_ontology_copy_makes_tables_of_ones_own(tmp_path):
    done = kg("ontology", "copy", tmp_path / "mine")
    assert done.exit_code == 0, done.output
    assert kg("ontology", "check", "--ontology", tmp_path / "mine").exit_code == 0
    assert (tmp_path / "mine" / "schema.ttl").is_file()


def test_ontology_copy_touches_no_folder_with_files(folder):
    done = kg("ontology", "copy", folder)
    assert done.exit_code == 1
    assert "is there already" in done.output


def test_ontology_add_writes_a_row_that_is_found_at_once(folder):
    words = ("ontology", "add", "method", "Zebra Attention", "--broader", "peft", "--year", "2026")
    done = kg(*words, "--ontology", folder)
    assert done.exit_code == 0, done.output
    assert "https://w3id.org/mlkg/method/zebra-attention" in done.output
    assert "2026" in kg("ontology", "show", "zebra-attention", "--ontology", folder).output


def test_ontology_add_reads_the_level_and_parent_of_a_model_from_its_name(folder):
    assert kg("ontology", "add", "model", "Llama 2 33B", "--ontology", folder).exit_code == 0
    assert kg("ontology", "add", "model", "Zephyrus", "--ontology", folder).exit_code == 0
    lines = (folder / "models.tsv").read_text(encoding="utf-8").splitlines()
    assert [line.split("\t")[2:5] for line in lines if line.startswith("llama-2-33b\t")] == [
        ["checkpoint", "", "llama-2"]
    ]
    assert [line.split("\t")[2:5] for line in lines if line.startswith("zephyrus\t")] == [["family", "", ""]]


def test_ontology_show_reads_names_that_no_row_has(folder):
    shown = kg("ontology", "show", "someone/Llama-9-12B", "--ontology", folder).stdout.splitlines()
    assert shown == [
        "Llama 9 12B  Model, read by the grammar of names: no row has it",
        "  node       https://w3id.org/mlkg/model/llama-9-12b",
        "  variantOf  Llama 9",
        "  variantOf  LLaMA",
    ]


def test_ontology_show_says_what_a_name_needs(folder):
    shown = kg("ontology", "show", "math", "--ontology", folder).stdout.splitlines()
    assert shown[-1] == "  'MATH' means https://w3id.org/mlkg/benchmark/math: exact spelling, near gsm8k | olympiad"


def test_ontology_add_of_what_is_there_names_it(folder):
    done = kg("ontology", "add", "method", "Low-rank Adaptation", "--ontology", folder)
    assert done.exit_code == 1
    assert "is there already: LoRA, method/lora" in done.output


def test_ontology_lock_says_how_many_ids_are_new(folder):
    assert "13 ids" in kg("ontology", "lock", "--ontology", folder).output
    done = kg("ontology", "lock", "--ontology", folder)
    assert "0 new" in done.output
    assert kg("ontology", "check", "--ontology", folder).exit_code == 0


def test_ontology_diff_prints_a_line_a_change(folder, tmp_path):
    new = write(tmp_path / "new", {**added("metrics", id="recall", label="Recall", source="x"), "redirects": []})
    done = kg("ontology", "diff", folder, new, "--format", "csv")
    assert done.exit_code == 0, done.output
    assert "metric/recall,added,,,Recall" in done.stdout.splitlines()


def test_ontology_diff_of_the_same_prints_nothing(folder):
    done = kg("ontology", "diff", folder, folder)
    assert done.stdout == ""
    assert "no change" in done.stderr


def test_ontology_stats_are_tables_or_json(folder):
    text = kg("ontology", "stats", "--ontology", folder, "--format", "markdown").stdout
    assert "## Things and names" in text
    sections = json.loads(kg("ontology", "stats", "--ontology", folder, "--format", "json").stdout)
    assert sections[0]["rows"][0] == ["Method", 3, 5]


@pytest.mark.parametrize("format_", ["turtle", "skos", "terms"])
def test_ontology_export_goes_to_a_file_or_a_pipe(folder, tmp_path, format_):
    done = kg("ontology", "export", format_, "--ontology", folder, "-o", tmp_path / "out")
    assert done.exit_code == 0, done.output
    piped = kg("ontology", "export", format_, "--ontology", folder)
    assert piped.stdout_bytes == (tmp_path / "out").read_bytes()


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A store of three papers that measure on something the ontology has never heard of."""
    folder = tmp_path_factory.mktemp("candidates")
    texts = [
        ("A", "We introduce StripeBench, a benchmark for counting stripes. StripeBench has 500 questions."),
        ("B", "We present Hoof, a model. Hoof is evaluated on StripeBench, a benchmark for stripes."),
        ("C", "We propose Mane, a method. Mane is evaluated on the StripeBench benchmark."),
    ]
    lines = [json.dumps({"id": f"p{title}", "title": f"Paper {title}", "abstract": text}) for title, text in texts]
    (folder / "papers.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert kg("build", folder / "papers.jsonl", "--store", folder / "store").exit_code == 0
    return folder / "store"


def test_candidates_lists_names_with_a_sentence(store):
    rows = json.loads(kg("candidates", "--store", store, "--min-papers", "2", "--format", "json").stdout)
    first = {name: cell["value"] for name, cell in rows["results"]["bindings"][0].items()}
    assert (first["name"], first["kind"], first["introduced by"]) == ("StripeBench", "Benchmark", "pA")
    assert "StripeBench" in first["sentence"]


def test_candidates_shows_one_with_its_sentences(store):
    done = kg("candidates", "--store", store, "--name", "stripe-bench")
    assert done.exit_code == 0, done.output
    assert "Paper A [pA]" in done.stdout


def test_candidates_accepts_one_into_the_tables(store, tmp_path):
    mine = tmp_path / "mine"
    assert kg("ontology", "copy", mine).exit_code == 0
    words = ("--accept", "StripeBench", "--task", "question answering", "--ontology", mine)
    done = kg("candidates", "--store", store, *words)
    assert done.exit_code == 0, done.output
    assert kg("ontology", "check", "--ontology", mine).exit_code == 0
    left = kg("candidates", "--store", store, "--ontology", mine, "--min-papers", "1", "--format", "csv").stdout
    assert not any(line.startswith("StripeBench,") for line in left.splitlines())


def test_candidates_that_are_none_say_what_is_near(store):
    done = kg("candidates", "--store", store, "--name", "StripeBank")
    assert done.exit_code == 1
    assert "did you mean 'StripeBench'" in done.output
