"""The ontology: tables of what the field names, read, checked, and looked up by name."""

from kg.ontology.entity import Entity, Organisation, Sense
from kg.ontology.load import check, load_ontology
from kg.ontology.ontology import Ontology

__all__ = ["Entity", "Ontology", "Organisation", "Sense", "check", "load_ontology"]
