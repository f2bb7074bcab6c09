import re
from pathlib import Path

import pytest

from kg.errors import QueryError, UnknownNameError
from kg.queries import get_query, load_queries
from kg.vocabulary import Class, Kind, Predicate, Property

ROOT = Path(__file__).parents[2]
SHIPPED = load_queries()

GOOD = """\
#+ summary: Papers of a year
#+ description: All of them,
#+   sorted.
#+ tags: papers, years
#+ param: thing node Method|Model -- by any name
#+ param: since year = any -- the first
#+ param: count int = 3
#+ example: thing="Low-Rank Adaptation" since=2021
#+ limit: 7
SELECT ?title WHERE { ?p mlkg:uses $thing ; dcterms:title ?title ; mlkg:year ?y FILTER(?y >= $since && ?y > $count) }
"""


def write(folder, text, name="papers-of-year.rq"):
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_load_queries_reads_what_the_comments_say(tmp_path):
    (query,) = load_queries(write(tmp_path, GOOD))
    assert (query.name, query.summary, query.description) == (
        "papers-of-year",
        "Papers of a year",
        "All of them, sorted.",
    )
    assert (query.tags, query.limit) == (("papers", "years"), 7)
    assert query.parameters[0].kinds == (Kind.METHOD, Kind.MODEL)
    assert [(p.name, p.type, p.default) for p in query.parameters] == [
        ("thing", "node", None),
        ("since", "year", "any"),
        ("count", "int", "3"),
    ]
    assert query.examples == ((("thing", "Low-Rank Adaptation"), ("since", "2021")),)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("#+ summary: Papers of a year\n", "", r"papers-of-year.rq:1: #\+ summary: is missing"),
        ("#+ tags: papers, years\n", "", r"rq:1: #\+ tags: is missing"),
        ("#+ tags:", "#+ tag:", r"rq:4: unknown key 'tag'; the keys are"),
        ("node Method|Model", "node Method|Mouse", r"rq:5: 'Mouse' is not one of Method"),
        ("node Method|Model", "nod", r"rq:5: type 'nod' is not one of node"),
        ("#+ param: count int = 3\n", "", r"rq:9: \$count is not declared"),
        ("&& ?y > $count", "", r"rq:1: parameter count is not used as \$count"),
        ("#+ limit: 7", "#+ limit: many", r"rq:9: limit 'many' is not a whole number"),
        ("example: thing=", "example: thin=", r"rq:8: the example gives 'thin', which is no parameter"),
        (" since=2021", ' since="2021', r"rq:8: example .*No closing quotation"),
        ("SELECT ?title", "SELECT *", r"rq:10: SELECT \*: name the columns"),
        ("dcterms:title ?title ;", "dcterms:title ;", r"rq:10: not SPARQL"),
        ("#+ limit: 7", "#+ limit: 7\n#+ limit: 8", r"rq:10: limit is given twice"),
        ("param: count", "param: limit", r"rq:7: a parameter cannot be called limit"),
        ("param: count int = 3", "param: Count", r"rq:7: param 'Count' is not NAME TYPE"),
        (
            "SELECT ?title WHERE {",
            "SELECT ?title WHERE { SERVICE <http://x> { ?a ?b ?c }",
            r"rq:10:.*SERVICE is refused",
        ),
    ],
)
def test_load_queries_names_the_line_of_every_problem(tmp_path, old, new, problem):
    assert old in GOOD
    with pytest.raises(QueryError, match=problem):
        load_queries(write(tmp_path, GOOD.replace(old, new)))


def test_load_queries_reports_all_files_at_once(tmp_path):
    write(tmp_path, "SELECT ?s {}", "one.rq")
    write(tmp_path, "SELECT ?s {}", "Two.rq")
    (tmp_path / "three.rq").write_bytes(b"#+ summary: \xff\n")
    with pytest.raises(QueryError) as caught:
        load_queries(tmp_path)
    text = str(caught.value)
    assert text.startswith("the query library has 6 problems:")
    assert "Two.rq:1: the file name" in text
    assert "three.rq:1: not UTF-8" in text


def test_get_query_says_what_is_near():
    with pytest.raises(UnknownNameError, match="no query 'leaderbord'; did you mean 'leaderboard'"):
        get_query("leaderbord")


@pytest.mark.parametrize(
    ("question", "nearest"),
    [
        ("what builds on LoRA", ["extends", "lineage"]),
        ("scores on MMLU", ["leaderboard"]),
        ("first papers of it", ["first-use"]),
    ],
)
def test_get_query_of_a_question_in_words_gives_the_nearest_by_their_summaries(question, nearest):
    with pytest.raises(UnknownNameError) as caught:
        get_query(question)
    lines = str(caught.value).splitlines()
    assert lines[0] == f"no query {question!r}; kg query lists them; the nearest questions:"
    assert [line.split(":")[0].strip() for line in lines[1:]][: len(nearest)] == nearest
    assert len(lines) <= 4


@pytest.mark.parametrize("name", ["zzz", "", "what is the", "\ud800"])
def test_get_query_of_words_that_no_question_has_gives_none(name):
    with pytest.raises(UnknownNameError, match=r"kg query lists them$"):
        get_query(name)


def test_papers_using_says_that_variants_count():
    assert get_query("papers-using").summary.endswith("or a variant of it")


def test_the_library_has_at_least_a_dozen_questions():
    assert len(SHIPPED) >= 12


@pytest.mark.parametrize("query", SHIPPED, ids=lambda query: query.name)
def test_shipped_queries_use_only_terms_that_exist(query):
    known = {str(term) for group in (Class, Predicate, Property) for term in group}
    assert set(re.findall(r"mlkg:(\w+)", query.text)) <= known


def test_the_readme_of_the_queries_says_what_the_files_say():
    page = (ROOT / "queries" / "README.md").read_text(encoding="utf-8")
    for query in SHIPPED:
        takes = ", ".join(f"`{p.name}`" if p.default is None else f"`{p.name}` ({p.default})" for p in query.parameters)
        assert f"| `{query.name}` | {query.summary} | {takes} |" in page
