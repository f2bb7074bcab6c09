"""The rows of the tables as records."""

from dataclasses import astuple, fields

import pytest

from kg.identifiers import Iri
from kg.ontology.entity import Entity, Sense, entity_of
from kg.vocabulary import Kind, Predicate

NET = Iri("https://w3id.org/mlkg/model/zephyrus-net")
LAB = Iri("https://w3id.org/mlkg/organisation/some-lab")
ENTITY = Entity(
    NET,
    Kind.MODEL,
    "zephyrus-net",
    "Zephyrus-Net",
    ("ZNet",),
    2026,
    "2601.01234",
    "family",
    ((Predicate.DEVELOPED_BY, LAB),),
    "Some Lab",
    ("text",),
    "general knowledge",
    None,
    "",
    "Zephyrus-Net #",
    7,
)


def test_entity_of_makes_what_the_class_makes():
    values = [getattr(ENTITY, field.name) for field in fields(Entity)]
    assert entity_of(*values) == ENTITY
    assert astuple(entity_of(*values)) == astuple(ENTITY)


def test_entity_of_wants_every_field():
    with pytest.raises(ValueError, match="shorter"):
        entity_of(NET, Kind.MODEL)


def test_entity_names_begin_with_the_label():
    assert ENTITY.names == ("Zephyrus-Net", "ZNet")


@pytest.mark.parametrize(
    ("sense", "needs"),
    [
        (Sense("X", NET, True, ("a", "b"), False), "exact spelling, near a | b"),
        (Sense("X", NET, False, ("a",), True), "near a, by default"),
        (Sense("X", NET, True, (), True), "exact spelling, by default"),
        (Sense("X", NET, True, (), False), "never alone"),
    ],
    ids=["cues", "any-case", "default", "neither"],
)
def test_sense_says_what_it_needs(sense, needs):
    assert sense.needs == needs
