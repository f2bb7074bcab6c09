"""The command line as a person uses it: what it prints where, and how it leaves."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import COMMANDS, cli

PAPERS = Path(__file__).parents[1] / "data" / "cli" / "papers.jsonl"


def kg(*words, **options):
    """The result of `kg words...` in this process."""
    return CliRunner().invoke(cli, [str(word) for word in words], **options)


def holds(page, words):
    """Whether a page has the words; pytest would compare a megabyte letter by letter to explain a failed `in`."""
    return words in page.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A store of six invented papers."""
    folder = tmp_path_factory.mktemp("cli") / "store"
    done = kg("build", PAPERS, "--store", folder)
    assert done.exit_code == 0, done.output
    return folder


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_explains_itself(name):
    done = kg(name, "--help")
    assert done.exit_code == 0
    assert "Examples:" in done.output


def test_an_unknown_command_says_what_is_near():
    done = kg("biuld")
    assert done.exit_code == 2
    assert "Did you mean 'build'?" in done.stderr


def test_build_says_what_it_did_on_standard_error(store):
    done = kg("build", PAPERS, "--store", store)
    assert done.exit_code == 0
    assert done.stdout == ""
    assert "6 entries of 1 source: 6 different papers" in done.stderr
    for word in ("papers    6", "Method", "Model", "introduces", "triples"):
        assert word in done.stderr


def test_build_names_each_refused_record_and_keeps_the_rest(tmp_path):
    papers = tmp_path / "some.jsonl"
    papers.write_text(PAPERS.read_text() + '{"title": \n{"abstract": "No title."}\n')
    done = kg("build", papers, "--store", tmp_path / "store")
    assert done.exit_code == 0
    assert "some.jsonl:7: " in done.stderr
    assert "some.jsonl:8: " in done.stderr
    assert "2 refused" in done.stderr


def test_build_under_strict_refuses_all_and_leaves_the_old_graph(tmp_path):
    folder = tmp_path / "store"
    assert kg("build", PAPERS, "--store", folder).exit_code == 0
    before = (folder / "CURRENT").read_text()
    papers = tmp_path / "some.jsonl"
    papers.write_text('{"title": "A fine one", "abstract": "We use BERT."}\n{"title": \n')
    done = kg("build", papers, "--store", folder, "--strict")
    assert done.exit_code == 1
    assert (folder / "CURRENT").read_text() == before


def test_build_of_nothing_fails_and_leaves_the_old_graph(tmp_path, store):
    empty = tmp_path / "empty.jsonl"
    empty.write_text("")
    before = (store / "CURRENT").read_text()
    done = kg("build", empty, tmp_path / "missing.txt", "--store", store)
    assert done.exit_code == 1
    assert "empty.jsonl" in done.stderr
    assert "missing.txt" in done.stderr
    assert (store / "CURRENT").read_text() == before


def test_build_gives_the_same_bytes_whatever_the_order_and_the_workers(tmp_path):
    lines = PAPERS.read_text().splitlines(keepends=True)
    turned = tmp_path / "papers.jsonl"
    names = []
    for number, (content, workers) in enumerate([(lines, 1), (lines[::-1], 1), (lines, 2)]):
        turned.write_text("".join(content))
        folder = tmp_path / f"store{number}"
        assert kg("build", turned, "--store", folder, "--workers", workers).exit_code == 0
        out = tmp_path / f"{number}.nt"
        assert kg("export", "ntriples", "-o", out, "--store", folder).exit_code == 0
        # The file's lines are where the papers were seen: these alone may differ.
        names.append(
            [line for line in out.read_text().splitlines() if "/seenIn>" not in line and "/factsDigest>" not in line]
        )
    assert names[0] == names[1] == names[2]


def test_add_then_remove_gives_the_store_of_a_clean_build(tmp_path, store):
    lines = PAPERS.read_text().splitlines(keepends=True)
    some = tmp_path / "some.jsonl"
    some.write_text("".join(lines[:4]))
    rest = tmp_path / "rest.jsonl"
    rest.write_text("".join(lines[4:]))
    extra = tmp_path / "extra.jsonl"
    extra.write_text('{"id": "gone", "title": "One too many", "abstract": "We fine-tune GPT-2 with LoRA."}\n')
    folder, clean = tmp_path / "grown", tmp_path / "clean"
    for words in (("build", some), ("add", rest, extra)):
        assert kg(*words, "--store", folder).exit_code == 0
    assert kg("remove", "gone", "--store", folder).exit_code == 0
    assert kg("build", some, rest, "--store", clean).exit_code == 0
    assert (folder / "CURRENT").read_text() == (clean / "CURRENT").read_text()


def test_add_keeps_both_sightings_of_a_paper(tmp_path):
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    one.write_text(PAPERS.read_text())
    two.write_text(PAPERS.read_text().splitlines(keepends=True)[0])
    folder, clean = tmp_path / "grown", tmp_path / "clean"
    assert kg("build", one, "--store", folder).exit_code == 0
    assert kg("add", two, "--store", folder).exit_code == 0
    assert kg("build", one, two, "--store", clean).exit_code == 0
    assert (folder / "CURRENT").read_text() == (clean / "CURRENT").read_text()


def test_remove_of_an_unknown_paper_says_what_is_near(store):
    done = kg("remove", "arxiv:2401.0001", "--store", store)
    assert done.exit_code == 1
    assert "arxiv:2401.00001" in done.stderr


def test_extract_writes_a_line_of_facts_for_each_paper():
    done = kg("extract", PAPERS)
    assert done.exit_code == 0
    facts = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(facts) == 6
    first = next(paper for paper in facts if paper["id"] == "arxiv:2401.00001")
    assert {"LoRA", "GSM8K", "Llama 2 7B", "TinyLoRA"} <= {mention["label"] for mention in first["mentions"]}
    said = {(relation["type"], relation["label"]) for relation in first["relations"]}
    assert {
        ("introduces", "TinyLoRA"),
        ("extends", "LoRA"),
        ("compares_with", "QLoRA"),
        ("evaluates_on", "GSM8K"),
    } <= said


def test_extract_cuts_every_evidence_out_of_its_paper():
    for line in kg("extract", PAPERS).stdout.splitlines():
        facts = json.loads(line)
        text = f"{facts['title']}\n{facts['abstract']}"
        for relation in facts["relations"]:
            assert relation["evidence"]
            for span in relation["evidence"]:
                assert 0 <= span["start"] < span["end"] <= len(text)


def test_extract_reads_standard_input():
    done = kg("extract", "-", input='{"title": "Q", "abstract": "We fine-tune Llama 2 7B with LoRA."}')
    assert done.exit_code == 0
    assert {"LoRA", "Llama 2 7B"} <= {mention["label"] for mention in json.loads(done.stdout)["mentions"]}


def test_query_without_a_name_lists_the_library():
    done = kg("query")
    assert done.exit_code == 0
    assert "papers-evaluating-on" in done.stdout


def test_query_asks_questions_of_ones_own(store, tmp_path):
    lines = ["#+ summary: Titles", "#+ description: All of them.", "#+ tags: test", "#+ example:"]
    (tmp_path / "titles.rq").write_text("\n".join([*lines, "SELECT ?title WHERE { ?p dcterms:title ?title }"]))
    done = kg("query", "titles", "--queries", tmp_path, "--store", store, "--format", "csv")
    assert done.exit_code == 0, done.output
    assert "On Nothing in Particular" in done.stdout


@pytest.mark.parametrize("spelling", ["GSM8K", "gsm-8k", "gsm 8K"])
def test_query_links_the_names_people_write(store, spelling):
    done = kg("query", "papers-evaluating-on", f"benchmark={spelling}", "--store", store, "--format", "csv")
    assert done.exit_code == 0, done.output
    assert "TinyLoRA: Low-Rank Adapters for Small Machines" in done.stdout


def test_query_takes_a_lone_value_for_its_first_parameter(store):
    done = kg("query", "papers-evaluating-on", "gsm8k", "--store", store)
    assert done.exit_code == 0, done.output
    assert "TinyLoRA" in done.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["papers-evaluating", "benchmark=MMLU"], "did you mean 'papers-evaluating-on'"),
        (["papers-evaluating-on", "benchmark=GSM9K"], "'GSM8K'"),
        (["papers-evaluating-on", "bench=MMLU"], "benchmark"),
        (["papers-evaluating-on"], "needs benchmark"),
    ],
    ids=["query", "node", "parameter", "missing"],
)
def test_query_says_what_is_near_or_needed(store, words, says):
    done = kg("query", *words, "--store", store)
    assert done.exit_code == 1
    assert says in done.stderr


def test_sparql_answers_in_the_formats_of_the_w3c(store):
    text = "SELECT ?title WHERE { ?p mlkg:uses <https://w3id.org/mlkg/method/qlora> ; dcterms:title ?title }"
    done = kg("sparql", text, "--store", store, "--format", "json")
    assert done.exit_code == 0, done.output
    rows = json.loads(done.stdout)["results"]["bindings"]
    assert [row["title"]["value"] for row in rows] == ["A Plain Study of Quantized Adapters"]


def test_sparql_constructs_turtle(store):
    done = kg("sparql", "CONSTRUCT { ?a mlkg:extends ?b } WHERE { ?a mlkg:extends ?b }", "--store", store)
    assert done.exit_code == 0, done.output
    assert "@prefix mlkg:" in done.stdout


@pytest.mark.parametrize(
    "text",
    [
        "SELECT WHERE {",
        "DROP ALL",
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * {" + "{" * 5000 + "}" * 5001,
    ],
    ids=["syntax", "update", "service", "deep"],
)
def test_sparql_refuses_what_is_no_harmless_query(store, text):
    done = kg("sparql", text, "--store", store)
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.output


def test_show_tells_names_edges_and_sentences(store):
    done = kg("show", "tiny lora", "--store", store)
    assert done.exit_code == 0, done.output
    for words in ("TinyLoRA", "Method", "extends", "LoRA", "Asking Farmers' Questions with TinyLoRA"):
        assert words in done.stdout


def test_show_of_a_name_that_only_the_ontology_knows_says_so(store):
    done = kg("show", "AlexNet", "--store", store)
    assert done.exit_code == 0, done.output
    assert "AlexNet" in done.stdout
    assert "no paper in this store speaks of it" in done.stderr


def test_why_prints_the_sentence_behind_an_edge(store):
    done = kg("why", "TinyLoRA", "LoRA", "--store", store)
    assert done.exit_code == 0, done.output
    assert "extends LoRA to machines with little memory" in done.stdout


def test_why_of_two_strangers_prints_a_path(store):
    done = kg("why", "StepWell", "GrainBench", "--store", store)
    assert done.exit_code == 0, done.output
    assert "StepWell" in done.stdout
    assert "GrainBench" in done.stdout


def test_stats_count_what_the_graph_holds(store):
    done = kg("stats", "--store", store, "--format", "json")
    assert done.exit_code == 0, done.output
    assert '"6"' in done.stdout or "6" in done.stdout


def test_view_writes_one_page_and_names_it(store, tmp_path):
    page = tmp_path / "page.html"
    done = kg("view", "LoRA", "--store", store, "-o", page)
    assert done.exit_code == 0, done.output
    assert done.stdout.strip() == str(page)
    assert holds(page, "TinyLoRA")


def test_view_narrows_to_kinds_and_edges(store, tmp_path):
    page = tmp_path / "page.html"
    done = kg("view", "--type", "Method", "--edges", "extends", "--store", store, "-o", page)
    assert done.exit_code == 0, done.output
    assert not holds(page, "GrainBench: A Benchmark for Questions about Grain")
    assert holds(page, "TinyLoRA")


def test_view_refuses_an_unknown_edge_by_name(store, tmp_path):
    done = kg("view", "--edges", "extend", "--store", store, "-o", tmp_path / "page.html")
    assert done.exit_code == 1
    assert "'extends'" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["show", "LoRA"],
        ["why", "LoRA", "BERT"],
        ["stats"],
        ["view"],
        ["export", "turtle"],
        ["query", "papers"],
        ["sparql", "ASK {}"],
        ["remove", "x"],
        ["add", PAPERS],
    ],
    ids=lambda words: str(words[0]),
)
def test_commands_without_a_store_say_how_to_make_one(tmp_path, words):
    done = kg(*words, "--store", tmp_path / "none")
    assert done.exit_code == 1
    assert "kg build" in done.stderr


def test_ontology_show_reads_any_spelling():
    done = kg("ontology", "show", "llama-2 7b")
    assert done.exit_code == 0, done.output
    assert "Llama 2 7B" in done.stdout


def test_ontology_list_is_a_table_for_machines():
    done = kg("ontology", "list", "metrics", "--format", "csv")
    assert done.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {"kind", "label", "aliases", "year", "arxiv", "node"} == set(rows[0])
    assert any(row["label"] == "BLEU" for row in rows)


def test_ontology_check_finds_nothing_in_what_ships():
    done = kg("ontology", "check")
    assert done.exit_code == 0, done.output


def test_output_into_a_closed_pipe_is_no_error(store):
    command = f"{sys.executable} -m kg export ntriples --store {store} | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_store_can_be_named_by_the_environment(store):
    done = kg("stats", env={**os.environ, "MLKG_STORE": str(store)})
    assert done.exit_code == 0, done.output


def kg_alone(*words, **options):
    """The finished `kg words...` in a process of its own."""
    code = "from kg.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, words)], capture_output=True, check=False, timeout=60, **options
    )


def test_a_file_name_cannot_paint_the_terminal_nor_pose_as_another_line(tmp_path):
    (tmp_path / "a\x1b[31m\nrefused b").write_text("{")
    done = kg("extract", tmp_path)
    assert "\x1b" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("form", [["stats"], ["query", "papers"], ["show", "LoRA"]], ids=" ".join)
def test_any_text_is_printed_whatever_the_locale(store, form):
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}
    done = kg_alone(*form, "--store", store, env=environment)
    assert done.returncode == 0, done.stderr


def test_closed_standard_streams_are_no_fault():
    code = "import os, sys; sys.stdin = sys.stderr = None; from kg.cli import main; main(sys.argv[1:])"
    done = subprocess.run([sys.executable, "-c", code, "extract", PAPERS], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0
    assert done.stdout.count(b"\n") == 6


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("form", [["stats"], ["show", "LoRA"], ["export", "ntriples"]], ids=" ".join)
def test_a_full_disk_under_standard_output_is_said(store, form):
    code = "from kg.cli import main; main()"
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", code, *form, "--store", str(store)],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert done.returncode == 1
    assert b"No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr


def test_interrupt_ends_a_query_the_engine_works_on(store):
    joined = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    code = "import sys; from kg.cli import main; print('go', flush=True); main(sys.argv[1:])"
    with subprocess.Popen(
        [sys.executable, "-c", code, "sparql", joined, "--store", str(store)], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout.readline() == b"go\n"
        for _ in range(100):
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.2)
                break
            process.send_signal(signal.SIGINT)
        assert process.returncode
