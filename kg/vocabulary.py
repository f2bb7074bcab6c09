"""The closed vocabulary: kinds of things, relations of papers, predicates and namespaces.

Nothing here depends on an RDF library. A test holds `Predicate`, `Property` and `Class` against `ontology/schema.ttl`,
both ways.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

__all__ = [
    "BASE",
    "FOLDERS",
    "INVERSES",
    "PREFIXES",
    "Class",
    "Kind",
    "Predicate",
    "Property",
    "RelationType",
    "Status",
]

BASE: Final = "https://w3id.org/mlkg/"
"""Namespace of our terms and, followed by `<kind>/<slug>`, of our nodes."""

PREFIXES: Final[dict[str, str]] = {
    "biolink": "https://w3id.org/biolink/vocab/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "fabio": "http://purl.org/spar/fabio/",
    "fair4ml": "https://w3id.org/fair4ml#",
    "mlkg": BASE,
    "mls": "http://www.w3.org/ns/mls#",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefixes every query may use undeclared and every RDF export declares."""


class Kind(StrEnum):
    """The six kinds of named things; the value is the spelling of facts and the class name in the schema."""

    METHOD = "Method"
    MODEL = "Model"
    BENCHMARK = "Benchmark"
    DATASET = "Dataset"
    TASK = "Task"
    METRIC = "Metric"

    @property
    def folder(self) -> str:
        """The kind's part of a node's IRI, e.g. `method`."""
        return self.value.lower()


FOLDERS: Final[dict[str, str]] = {
    name: f"{BASE}{name}/"
    for name in sorted(
        [
            "evidence",
            "mention",
            "organisation",
            "paper",
            "result",
            "statement",
            *(kind.folder for kind in Kind),
        ]
    )
}
"""A prefix for each sort of node, for RDF that people read: `method:lora`."""


class RelationType(StrEnum):
    """What a paper does with a thing; the value is the spelling of facts."""

    INTRODUCES = "introduces"
    USES = "uses"
    EVALUATES_ON = "evaluates_on"
    EXTENDS = "extends"
    COMPARES_WITH = "compares_with"
    ADDRESSES = "addresses"

    @property
    def predicate(self) -> Predicate:
        """The RDF property of the same meaning, e.g. `evaluatesOn`."""
        head, *rest = self.value.split("_")
        return Predicate(head + "".join(word.capitalize() for word in rest))


class Status(StrEnum):
    """Where a node's name comes from."""

    CURATED = "curated"
    """A row of the ontology."""
    COMPOSED = "composed"
    """Built by a grammar of names below a curated model or benchmark, e.g. Qwen 9 400B, LiveBench v3."""
    DISCOVERED = "discovered"
    """Introduced or used by a paper and in no table."""


class Predicate(StrEnum):
    """Local names of the properties in our namespace that join two nodes."""

    MENTIONS = "mentions"
    INTRODUCES = "introduces"
    USES = "uses"
    EVALUATES_ON = "evaluatesOn"
    EXTENDS = "extends"
    COMPARES_WITH = "comparesWith"
    ADDRESSES = "addresses"
    VARIANT_OF = "variantOf"
    PART_OF = "partOf"
    BROADER = "broader"
    EVALUATED_ON = "evaluatedOn"
    TRAINED_ON = "trainedOn"
    HAS_TASK = "hasTask"
    HAS_METRIC = "hasMetric"
    DEVELOPED_BY = "developedBy"

    @property
    def iri(self) -> str:
        """The property's full IRI."""
        return BASE + self.value


INVERSES: Final[dict[Predicate, str]] = {
    Predicate.MENTIONS: "mentionedBy",
    Predicate.INTRODUCES: "introducedBy",
    Predicate.USES: "usedBy",
    Predicate.EVALUATES_ON: "evaluatedOnBy",
    Predicate.EXTENDS: "extendedBy",
    Predicate.COMPARES_WITH: "comparedWithBy",
    Predicate.ADDRESSES: "addressedBy",
    Predicate.VARIANT_OF: "hasVariant",
    Predicate.PART_OF: "hasPart",
    Predicate.BROADER: "hasNarrower",
    Predicate.EVALUATED_ON: "evaluates",
    Predicate.TRAINED_ON: "trains",
    Predicate.HAS_TASK: "taskOf",
    Predicate.HAS_METRIC: "metricOf",
    Predicate.DEVELOPED_BY: "developed",
}
"""Local names of the inverses that the schema declares; no triple of the data uses them, `^mlkg:uses` asks for them."""


class Class(StrEnum):
    """Local names of the classes in our namespace; kinds are classes too."""

    PAPER = "Paper"
    ENTITY = "Entity"
    METHOD = "Method"
    MODEL = "Model"
    FAMILY = "Family"
    CHECKPOINT = "Checkpoint"
    BENCHMARK = "Benchmark"
    DATASET = "Dataset"
    TASK = "Task"
    METRIC = "Metric"
    ORGANISATION = "Organisation"
    STATEMENT = "Statement"
    EVIDENCE = "Evidence"
    MENTION = "Mention"
    RESULT = "Result"

    @property
    def iri(self) -> str:
        """The class's full IRI."""
        return BASE + self.value


class Property(StrEnum):
    """Local names of the other properties in our namespace: about nodes, statements, mentions and results."""

    # statements, evidence, mentions
    CONFIDENCE = "confidence"
    RULE = "rule"
    SUPPORT = "support"
    HEDGED = "hedged"
    HAS_EVIDENCE = "hasEvidence"
    FROM_PAPER = "fromPaper"
    SENTENCE = "sentence"
    SENTENCE_START = "sentenceStart"
    QUOTE = "quote"
    START = "start"
    END = "end"
    FIELD = "field"
    REFERS_TO = "refersTo"
    # results
    SUBJECT = "subject"
    SUBJECT_TEXT = "subjectText"
    ON_BENCHMARK = "onBenchmark"
    BENCHMARK_TEXT = "benchmarkText"
    METRIC_USED = "metricUsed"
    METRIC_TEXT = "metricText"
    VALUE = "value"
    VALUE_TEXT = "valueText"
    UNIT = "unit"
    DELTA = "delta"
    # papers and entities
    NORMAL_FORM = "normalForm"
    YEAR = "year"
    STATUS = "status"
    LEVEL = "level"
    CATEGORY = "category"
    HIGHER_IS_BETTER = "higherIsBetter"
    ARXIV_ID = "arxivId"
    SOURCE = "source"
    PAPER_COUNT = "paperCount"
    AUTHOR_COUNT = "authorCount"
    COMMENT_COUNT = "commentCount"
    UPVOTES = "upvotes"
    DATE_TEXT = "dateText"
    DOI = "doi"
    SEEN_IN = "seenIn"
    AFFILIATION = "affiliation"
    # the graph itself
    ONTOLOGY_DIGEST = "ontologyDigest"
    FACTS_DIGEST = "factsDigest"

    @property
    def iri(self) -> str:
        """The property's full IRI."""
        return BASE + self.value
