"""The table of what predicates join is that of the schema."""

from pathlib import Path

import pytest
import rdflib
from rdflib import OWL, RDFS

from kg.importers.problems import RefusalError
from kg.importers.rules import ENDS, class_of, ends_fit
from kg.vocabulary import BASE, Kind, Predicate
from tests.graphs import iri

SCHEMA = rdflib.Graph().parse(Path(__file__).parents[2] / "ontology" / "schema.ttl")
THINGS = frozenset(kind.value for kind in Kind)


def classes(predicate, which):
    found = SCHEMA.value(rdflib.URIRef(predicate.iri), which)
    union = SCHEMA.value(found, OWL.unionOf)
    members = rdflib.collection.Collection(SCHEMA, union) if union is not None else [found]
    names = {str(member).removeprefix(BASE) for member in members}
    return (names - {"Entity"}) | (THINGS if "Entity" in names else set())


def test_every_predicate_but_mentions_has_its_ends():
    assert set(ENDS) == set(Predicate) - {Predicate.MENTIONS}


@pytest.mark.parametrize("predicate", ENDS)
def test_ends_are_those_of_the_schema(predicate):
    assert tuple(set(ends) for ends in ENDS[predicate]) == (
        classes(predicate, RDFS.domain),
        classes(predicate, RDFS.range),
    )


@pytest.mark.parametrize(
    ("path", "cls"),
    [
        ("paper/x", "Paper"),
        ("method/x", "Method"),
        ("organisation/x", "Organisation"),
        ("statement/x", None),
        ("x", None),
    ],
)
def test_class_of_reads_the_iri(path, cls):
    assert class_of(iri(path)) == cls


def test_class_of_foreign_iris_is_none():
    assert class_of("https://example.org/method/lora") is None


@pytest.mark.parametrize(
    ("subject", "predicate", "end"),
    [
        ("method/a", Predicate.EXTENDS, "task/b"),
        ("method/a", Predicate.MENTIONS, "method/b"),
        ("method/a", Predicate.EXTENDS, "method/a"),
        ("model/a", Predicate.TRAINED_ON, "statement/b"),
    ],
)
def test_ends_that_do_not_fit_are_refused(subject, predicate, end):
    with pytest.raises(RefusalError):
        ends_fit(iri(subject), predicate, iri(end))
