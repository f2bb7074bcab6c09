import csv
import io
import json
import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UnknownNameError
from kg.tables import FORMATS, Table, Term, resource, table_of, write

XSD = "http://www.w3.org/2001/XMLSchema#"
FIT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"))
TERMS = st.one_of(
    st.none(),
    FIT.map(Term),
    st.sampled_from(["https://w3id.org/mlkg/method/lora", "http://x.org/y"]).map(resource),
    FIT.map(lambda text: Term(text, language="en")),
    st.integers().map(lambda number: Term(str(number), datatype=f"{XSD}integer")),
    FIT.map(lambda text: Term(text, datatype="http://x.org/type")),
)


@st.composite
def tables(draw):
    columns = tuple(draw(st.lists(st.sampled_from("abcde"), min_size=1, unique=True)))
    width = st.lists(TERMS, min_size=len(columns), max_size=len(columns)).map(tuple)
    return Table(columns, tuple(draw(st.lists(width, max_size=5))))


def text_of(table, name):
    out = io.StringIO(newline="")
    write(table, name, out)
    return out.getvalue()


def read_back(text, name):
    """The rows as an independent reader of the W3C formats sees them."""
    if name == "xml":
        return read_xml(text)  # Oxigraph's reader trims literals
    kind = {"json": pyoxigraph.QueryResultsFormat.JSON, "tsv": pyoxigraph.QueryResultsFormat.TSV}
    answer = pyoxigraph.parse_query_results(text, format=kind[name])
    rows = []
    for row in answer:
        cells = []
        for term in row:
            if term is None:
                cells.append(None)
            elif isinstance(term, pyoxigraph.NamedNode):
                cells.append(Term(term.value, "uri"))
            else:
                plain = term.language or term.datatype.value == f"{XSD}string"
                cells.append(Term(term.value, "literal", None if plain else term.datatype.value, term.language))
        rows.append(tuple(cells))
    return Table(tuple(variable.value for variable in answer.variables), tuple(rows))


def read_xml(text):
    space = "{http://www.w3.org/2005/sparql-results#}"
    root = ET.fromstring(text)
    columns = tuple(one.attrib["name"] for one in root.iter(f"{space}variable"))
    rows = []
    for result in root.iter(f"{space}result"):
        found = {}
        for binding in result:
            (cell,) = binding
            lang = cell.attrib.get("{http://www.w3.org/XML/1998/namespace}lang")
            found[binding.attrib["name"]] = Term(
                cell.text or "", cell.tag.removeprefix(space), cell.attrib.get("datatype"), lang
            )
        rows.append(tuple(found.get(name) for name in columns))
    return Table(columns, tuple(rows))


@given(tables(), st.sampled_from(["json", "xml", "tsv"]))
def test_w3c_formats_read_back_as_written(table, name):
    assert read_back(text_of(table, name), name) == table


@given(tables())
def test_csv_has_the_values_and_crlf(table):
    text = text_of(table, "csv")
    assert text.endswith("\r\n")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[0] == list(table.columns)
    assert [row or [""] for row in rows[1:]] == [
        ["" if cell is None else cell.value for cell in row] for row in table.rows
    ]


@given(tables())
def test_table_has_one_line_a_row_and_nothing_that_steers_a_terminal(table):
    text = text_of(table, "table")
    assert text.count("\n") == len(table) + 2
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("\x1b[31mred\x1b]0;title\x07", r"\x1b[31mred\x1b]0;title\x07"),
        ("two\n  lines\ttab", "two lines tab"),
        ("a\u202eb", r"a\u202eb"),
        ("zero\u200bwidth", r"zero\u200bwidth"),
        ("naïve 中文", "naïve 中文"),
    ],
)
def test_table_shows_control_characters(cell, shown):
    assert text_of(table_of(["a"], [(cell,)]), "table").split("\n")[2] == shown


def test_table_is_aligned_with_numbers_to_the_right():
    table = table_of(["name", "papers"], [("LoRA", 3), ("中文", 12), (None, None)])
    assert text_of(table, "table") == "name  papers\n────  ──────\nLoRA       3\n中文      12\n\n"


def test_table_shortens_iris_and_long_cells():
    table = table_of(["node", "text"], [(resource("https://w3id.org/mlkg/method/lora"), "x" * 200)])
    line = text_of(table, "table").split("\n")[2]
    assert line == f"mlkg:method/lora  {'x' * 79}…"


def test_markdown_text_makes_no_markup():
    table = table_of(["a|b"], [("<script>*x*_y_[z](http://x)|`c`\n",)])
    assert text_of(table, "markdown") == (
        "| a\\|b |\n| --- |\n| \\<script\\>\\*x\\*\\_y\\_\\[z\\](http://x)\\|\\`c\\`  |\n"
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("table", "yes\n"),
        ("csv", "answer\r\ntrue\r\n"),
        ("tsv", "?answer\ntrue\n"),
        ("json", '{"head": {}, "boolean": true}\n'),
        ("markdown", "| answer |\n| --- |\n| true |\n"),
    ],
)
def test_truth_is_written_in_every_format(name, text):
    assert text_of(True, name) == text


def test_truth_in_xml_is_that_of_the_w3c():
    root = ET.fromstring(text_of(False, "xml"))
    assert root.findtext("{http://www.w3.org/2005/sparql-results#}boolean") == "false"


@pytest.mark.parametrize("name", FORMATS)
def test_a_table_without_rows_is_written(name):
    assert text_of(Table(("a",), ()), name)


def test_xml_replaces_what_xml_cannot_hold():
    ET.fromstring(text_of(table_of(["a"], [("x\x00\x1b\ufffe<&>\r",)]), "xml"))


def test_json_has_types_and_no_unbound_cells():
    table = table_of(["a", "b", "c"], [(1.5, None, Decimal("2.50"))])
    (row,) = json.loads(text_of(table, "json"))["results"]["bindings"]
    assert row == {
        "a": {"type": "literal", "value": "1.5", "datatype": f"{XSD}decimal"},
        "c": {"type": "literal", "value": "2.5", "datatype": f"{XSD}decimal"},
    }


def test_table_of_types_python_values():
    (row,) = table_of("abcd", [(True, 3, "x", None)]).rows
    assert row == (Term("true", datatype=f"{XSD}boolean"), Term("3", datatype=f"{XSD}integer"), Term("x"), None)


def test_unknown_format_says_which_there_are():
    with pytest.raises(UnknownNameError, match="no format 'jsn'; did you mean 'json'"):
        write(table_of(["a"], []), "jsn", io.StringIO())


def test_rows_are_python_values_by_column():
    table = table_of(("name", "papers", "known"), [("LoRA", 7, True), (None, 0, False)])
    assert list(table) == [
        {"name": "LoRA", "papers": 7, "known": True},
        {"name": None, "papers": 0, "known": False},
    ]


@pytest.mark.parametrize("width", [40, 80, 120])
def test_table_shares_the_width_of_a_terminal(width):
    out = io.StringIO()
    write(table_of(("a", "sentence"), [("short", "long " * 60)]), "table", out, width=width)
    assert max(map(len, out.getvalue().splitlines())) <= width
