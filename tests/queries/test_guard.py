import subprocess
import sys
from contextlib import suppress

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.queries.guard import LONGEST, check, parameters, replaced, without_comments
from kg.vocabulary import PREFIXES

GOOD = {
    "select": "SELECT ?s WHERE { ?s ?p ?o }",
    "service-in-string": 'SELECT ?s WHERE { ?s rdfs:label "SERVICE <http://x> { }" }',
    "service-in-long-string": 'SELECT ?s WHERE { ?s rdfs:label """a "SERVICE" \n it\'s""" }',
    "service-in-iri": "SELECT ?s WHERE { ?s ?p <http://example.org/service> }",
    "service-in-comment": "SELECT ?s WHERE { ?s ?p ?o } # SERVICE <http://x> { }",
    "service-as-variable": "SELECT ?service WHERE { ?service ?p ?o }",
    "service-as-local-name": "SELECT ?s WHERE { ?s mlkg:service ?o }",
    "hash-in-iri": "SELECT ?s WHERE { ?s a <http://www.w3.org/2002/07/owl#Class> }",
    "comparison": "SELECT ?s WHERE { ?s ?p ?o FILTER(?o < 3 && 2 > ?o) }",
    "tight-comparison": "SELECT ?s WHERE { ?s ?p ?o FILTER(?o<3&&2>?o) }",
    "dollar": "SELECT $s WHERE { $s ?p ?o }",
    "brackets-in-string": f'SELECT ?s WHERE {{ ?s ?p "{"{" * 500}" }}',
    "escapes-in-names": r"SELECT ?s WHERE { ?s mlkg:a\.b\~c%41 mlkg:x.y-z. ?s a mlkg:. }",
    "escapes-in-iri": r"SELECT ?s WHERE { ?s a <http://example.org/a#\u0041> }",
    "many-values": "SELECT ?s WHERE { VALUES (?s ?o) {" + "(1 'b')" * 2000 + "} }",
    "long-list": "SELECT ?s WHERE { ?s ?p ?o FILTER(?o IN (" + "1," * 2000 + "2)) }",
    "insert-as-name": "SELECT ?insert WHERE { ?insert mlkg:load 'DELETE' }",
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_check_lets_reading_through(text):
    check(text)
    pyoxigraph.Store().query(text, prefixes=PREFIXES)


INNER = "SERVICE <http://127.0.0.1:1/> { ?a ?b ?c }"
REFUSED = {
    "service": f"SELECT ?s WHERE {{ {INNER} }}",
    "silent": "SELECT ?s WHERE { SERVICE SILENT <http://127.0.0.1:1/> { ?a ?b ?c } }",
    "small-letters": "SELECT ?s WHERE { service<http://127.0.0.1:1/>{ ?a ?b ?c } }",
    "variable": "SELECT ?s WHERE { BIND(<http://127.0.0.1:1/> AS ?x) SERVICE ?x { ?a ?b ?c } }",
    "glued-prefix": "PREFIX : <http://127.0.0.1:1/> SELECT ?s WHERE { SERVICE:x { ?a ?b ?c } }",
    "glued-true": "SELECT ?s WHERE { ?s ?p trueSERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }",
    "after-comparison": f"SELECT ?s WHERE {{ ?s ?p ?d FILTER(?a<?b&&?c!='>') {INNER} FILTER(?d!='') }}",
    "after-comment": f"SELECT ?s WHERE {{ ?s ?p ?d FILTER(?a<?b#>'''\n) {INNER} #'''\n }}",
    "swallowed-by-name": f"SELECT ?s WHERE {{ ?s ?p ?o FILTER(?o!=mlkg:x){INNER} }}",
    "swallowed-by-list": f"SELECT ?s WHERE {{ ?s ?p mlkg:x,mlkg:y;{INNER} }}",
    "swallowed-by-label": f"SELECT ?s WHERE {{ ?s ?p (_:x){INNER} }}",
    "stray-backslash": f"SELECT ?s WHERE {{ ?s ?p \\'x {INNER} \\' }}",
    "after-long-string": f'SELECT ?s WHERE {{ ?s ?p """ \\""" """ . {INNER} }}',
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_check_refuses_every_way_to_another_server(text):
    with pytest.raises(QueryError):
        check(text)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <x:a> <x:b> <x:c> }",
        "PREFIX a: <x:> DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://x>",
        "clear all",
        "DROP ALL",
    ],
)
def test_check_says_that_updates_are_not_questions(text):
    with pytest.raises(QueryError, match=r"1:\d+: .* is refused: the store answers questions"):
        check(text)


BOMBS = {
    "braces": "SELECT * {" + "{" * 3000 + "}" * 3000 + "}",
    "parentheses": "SELECT * { FILTER(" + "(" * 20000 + "1" + ")" * 20000 + ") }",
    "path": "SELECT * { ?s " + "/".join(["<x:p>"] * 2500) + " ?o }",
    "union": "SELECT * {" + " UNION ".join(["{?s ?p ?o}"] * 5000) + "}",
    "optional": "SELECT * { ?s ?p ?o " + "OPTIONAL{?s ?p ?o}" * 3000 + "}",
    "minus": "SELECT * { ?s ?p ?o " + "MINUS{?s ?p ?o}" * 3000 + "}",
    "bind": "SELECT * { " + " ".join(f"BIND(1 AS ?x{n})" for n in range(3000)) + "}",
    "projection": "SELECT " + " ".join(f"(1 AS ?x{n})" for n in range(3000)) + " {}",
    "exists": "ASK { " + "FILTER NOT EXISTS {" * 2000 + "}" * 2000 + " }",
    "not": "SELECT * { FILTER(" + "!" * 20_000 + "true) }",
    "joins": "SELECT * { " + "?s ?p ?o. " * 3000 + "}",
    "objects": "SELECT * { ?s ?p ?o" + "".join(f",?o{n}" for n in range(3000)) + " }",
    "collection": "SELECT * { ?s ?p (" + "1 " * 3000 + ") }",
    "strings": "SELECT * { ?s ?p (" + "'a'@en " * 3000 + ") }",
    "groups": "SELECT * { " + "{?s ?p ?o}" * 3000 + " }",
    "selects": "SELECT * { " + "{SELECT * {?s ?p ?o}}" * 200 + " }",
    "filters": "SELECT * { " + "?s ?p ?o FILTER(true)" * 1000 + " }",
    "nodes": "SELECT * { " + "[?p ?o]" * 1000 + " }",
    "path-of-names": "SELECT * { ?s mlkg:a" + "/mlkg:a" * 3000 + " ?o }",
    "calls": "SELECT * { FILTER(" + "mlkg:f(" * 3000 + "1" + ")" * 3000 + ") }",
    "comparison-like-iri": "SELECT * { FILTER(1<" + "(" * 3000 + "1>1" + ")" * 3000 + ") }",
    "long": "SELECT * { } #" + "x" * LONGEST,
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_check_refuses_what_kills_the_engine(text):
    with pytest.raises(QueryError):
        check(text)


def test_the_deepest_query_let_through_leaves_the_engine_alive():
    code = (
        "import sys, pyoxigraph; from kg.queries.guard import check\n"
        "for text in sys.stdin.read().split(chr(0)): check(text); pyoxigraph.Store().query(text)"
    )
    texts = [
        "SELECT * {" + "{" * 99 + "}" * 99 + "}",
        "SELECT * { FILTER(" + "(" * 98 + "1" + ")" * 98 + ") }",
        "SELECT * { ?s ?p ?o " + "MINUS{?s ?p ?o}" * 140 + "}",
        "SELECT * {" + " UNION ".join(["{?s ?p ?o}"] * 399) + "}",
        "SELECT * { " + " ".join(f"BIND(1 AS ?x{n})" for n in range(199)) + "}",
        "SELECT * { ?s " + "/".join(["<x:p>"] * 140) + " ?o }",
        "SELECT * { FILTER(" + "!" * 999 + "true) }",
        "SELECT * { ?s ?p ?o" + "".join(f",?o{n}" for n in range(149)) + " }",
        "SELECT * { ?s ?p (" + "1 " * 150 + ") }",
        "SELECT * { " + "{?s ?p ?o}" * 140 + " }",
    ]
    done = subprocess.run(
        [sys.executable, "-c", code], input="\0".join(texts), text=True, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("iri", [r"<http://x/\u0041#>", r"<http://x#\u0041>", r"<http://x#\U00000041>"])
def test_check_sees_what_follows_an_escape_in_an_iri(iri):
    with pytest.raises(QueryError, match="SERVICE is refused"):
        check(f"SELECT * {{ BIND({iri} AS ?z) {INNER} }}")


def test_without_comments_keeps_every_place():
    text = "SELECT ?x # SERVICE\n{ ?x <http://x#y> '#' } #"
    assert without_comments(text) == "SELECT ?x          \n{ ?x <http://x#y> '#' }  "


@given(st.text())
def test_check_takes_any_text_without_falling_over(text):
    with suppress(QueryError):
        check(text)


def test_replaced_leaves_strings_comments_and_other_variables_alone():
    text = "SELECT ?x { ?x $p '$p' . ?x <x:$p> \"$p\" } # $p $pq $p2"
    assert replaced(text, {"p": "<x:y>"}) == "SELECT ?x { ?x <x:y> '$p' . ?x <x:$p> \"$p\" } # $p $pq $p2"


def test_parameters_are_what_is_written_with_a_dollar():
    assert parameters("SELECT ?x { ?x $p '$q' . $x $p ?y }") == {"p", "x"}
