"""Records of reported scores, against the schema of Every Eval Ever."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import networkx as nx
import pytest

from kg.exporters import ResultRow, Selected
from kg.exporters.evaluation import eee
from kg.vocabulary import BASE
from tests.contract.content import HOSTILE

SCHEMA = Path(__file__).parents[2] / "data" / "every_eval_ever" / "eval.schema.json"
PAPER, MODEL, OTHER, BENCHMARK = (
    f"{BASE}{end}" for end in ("paper/arxiv-2401.00001", "model/con", "model/teal-7b", "benchmark/reeds")
)
ROW = ResultRow(
    *(PAPER, "Teal", "50.3%", False, Decimal("50.3"), "%"),
    subject=OTHER,
    subject_label="Teal 7B",
    benchmark=BENCHMARK,
    benchmark_label="Reeds",
    metric=f"{BASE}metric/accuracy",
    metric_label="Accuracy",
    sentence="Teal 7B reaches an accuracy of 50.3% on Reeds.",
    lower_is_better=False,
)


@pytest.fixture
def graph():
    graph = nx.MultiDiGraph()
    graph.add_node(PAPER, label="Teal", kind="Paper", date="2024-01", arxiv="2401.00001")
    graph.add_node(MODEL, label="Con", kind="Model")
    graph.add_node(OTHER, label="Teal 7B", kind="Model")
    graph.add_node(f"{BASE}organisation/pond", label="Pond Lab", kind="Organisation")
    graph.add_edge(PAPER, OTHER, key="1", predicate="introduces")
    graph.add_edge(OTHER, f"{BASE}organisation/pond", key="2", predicate="developedBy")
    return Selected(graph)


def records(graph, rows, folder):
    """The records by their paths, and the page beside them."""
    folder.mkdir(exist_ok=True)
    eee.write_folder(graph, rows, folder)
    found = sorted(folder.glob("data/**/*.json"))
    return {path.relative_to(folder).as_posix(): json.loads(path.read_text(encoding="utf-8")) for path in found}


def record(graph, row, folder):
    (found,) = records(graph, [row], folder).values()
    return found


@pytest.mark.parametrize(
    ("date", "timestamp"),
    [
        ("2024", "1704067200"),
        ("2024-01-02", "1704153600"),
        ("2024-02-30", "0"),
        ("0000", "0"),
        ("in spring", "0"),
        (None, "0"),
    ],
)
def test_eee_timestamp_is_that_of_the_paper(date, timestamp, graph, tmp_path):
    graph.graph.nodes[PAPER]["date"] = date
    assert record(graph, ROW, tmp_path)["retrieved_timestamp"] == timestamp


def test_eee_record_says_what_is_known(graph, tmp_path):
    found = record(graph, ROW, tmp_path)
    assert found["model_info"]["id"] == "pond/teal-7b"
    assert found["model_info"]["developer"] == "Pond Lab"
    assert found["retrieved_timestamp"] == "1704067200"  # 2024-01-01T00:00:00Z
    assert found["source_metadata"]["evaluator_relationship"] == "first_party"
    (result,) = found["evaluation_results"]
    assert result["evaluation_name"] == "Reeds"
    assert result["metric_config"] == {
        "metric_id": "accuracy",
        "metric_name": "Accuracy",
        "metric_unit": "percent",
        "lower_is_better": False,
        "score_type": "continuous",
        "min_score": 0,
        "max_score": 100,
    }
    assert result["score_details"]["score"] == 50.3
    assert result["score_details"]["details"]["value"] == "50.3%"


def test_eee_one_file_for_what_a_paper_reports_of_a_subject(graph, tmp_path):
    rows = [ROW, replace(ROW, value="7", number=Decimal(7)), replace(ROW, subject=MODEL, subject_label="Con")]
    found = records(graph, rows, tmp_path)
    assert sorted(len(each["evaluation_results"]) for each in found.values()) == [1, 2]
    ids = [result["evaluation_result_id"] for each in found.values() for result in each["evaluation_results"]]
    assert len(set(ids)) == 3


def test_eee_file_names_are_those_of_the_store(graph, tmp_path):
    (path,) = records(graph, [replace(ROW, subject=MODEL)], tmp_path)
    head, name = path.rsplit("/", 1)
    assert head == "data/mlkg/unknown/_con"  # con is a device on Windows
    assert (name[14], name[19] in "89ab", name[36:]) == ("4", True, ".json")  # a UUID of version 4


@pytest.mark.parametrize(
    ("known", "relationship"),
    [(ROW, "first_party"), (replace(ROW, subject=MODEL), "third_party"), (replace(ROW, paper="urn:p"), "other")],
    ids=["introduced", "not-introduced", "no-such-paper"],
)
def test_eee_evaluator_is_the_maker_where_the_paper_introduces(known, relationship, graph, tmp_path):
    assert record(graph, known, tmp_path)["source_metadata"]["evaluator_relationship"] == relationship


def test_eee_direction_that_nobody_knows_is_marked_as_assumed(graph, tmp_path):
    config = record(graph, replace(ROW, lower_is_better=None), tmp_path)["evaluation_results"][0]["metric_config"]
    assert config["lower_is_better"] is False
    assert config["additional_details"]["lower_is_better"].startswith("assumed")


@pytest.mark.parametrize(
    ("unit", "number"), [("ms", "12"), (None, "0.84"), ("%", "120"), ("%", "-3")], ids=["ms", "none", "above", "below"]
)
def test_eee_bounds_are_not_invented(unit, number, graph, tmp_path):
    row = replace(ROW, unit=unit, number=Decimal(number))
    config = record(graph, row, tmp_path)["evaluation_results"][0]["metric_config"]
    assert not {"score_type", "min_score", "max_score"} & set(config)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"delta": True}, "a gain"),
        ({"number": None}, "no number"),
        ({"benchmark": None}, "no known benchmark"),
        ({"subject": None}, "nothing known"),
        ({"unit": "MB", "metric": None}, "an amount"),
    ],
)
def test_eee_what_is_no_score_is_left_out_and_counted(change, why, graph, tmp_path):
    found = records(graph, [ROW, replace(ROW, **change)], tmp_path)
    assert [len(each["evaluation_results"]) for each in found.values()] == [1]
    page = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "1 of 2 scores" in page
    assert f"| {why}" in page


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_eee_records_are_valid(text, graph, tmp_path):
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert schema["version"] == eee.SCHEMA_VERSION
    validator = pytest.importorskip("jsonschema").Draft7Validator(schema)
    said = {"paper_title": text, "subject_label": text, "value": text, "sentence": text, "unit": text}
    rows = [
        ROW,
        replace(ROW, **said, benchmark_label=text, metric_label=text),
        replace(ROW, metric=None, metric_label=None, unit=None, sentence=None, lower_is_better=None),
        replace(ROW, paper=f"{BASE}paper/x", subject=MODEL),
    ]
    found = records(graph, rows, tmp_path)
    assert len(found) == 2
    assert [error.message for each in found.values() for error in validator.iter_errors(each)] == []
