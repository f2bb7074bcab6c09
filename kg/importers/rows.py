"""Nodes, edges and scores as rows, the way tables and GraphML hold them, back to facts.

A paper comes back with its title and the sentences that the rows quote, one a line: its abstract is in neither format.
Nor are mentions: who speaks of a thing without an edge to it is lost, so the count of papers of a thing is taken anew.
Of a paper's id there is what its IRI says. An edge that papers say keeps their sentences, with its confidence; one
without a sentence is the file's own word, as are attributes that ontology and papers do not give.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.curated import Row
from kg.facts import Lifted, PaperFacts
from kg.identifiers import Iri, kind_of
from kg.importers.ids import paper_id_of
from kg.importers.problems import RefusalError
from kg.importers.rules import class_of, ends_fit
from kg.papers.paper import Paper, Sighting
from kg.relations.relation import Relation, Result
from kg.text import Span, clean, sentences
from kg.vocabulary import Class, Kind, Predicate, RelationType, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.exporters import EdgeRow, NodeRow, ResultRow
    from kg.graph import Evidence
    from kg.importers.problems import Problems
    from kg.importers.said import Said, Triple
    from kg.ontology import Ontology

__all__ = ["RowReader"]

_RELATIONS: Final = {kind.predicate: kind for kind in RelationType}
_UNNAMED: Final = "imported"
"""The rule of an edge where the file names none."""
_BETWEEN_RULES: Final = ", "
"""What joins the rules of an edge in a cell; no rule has it in its name."""


@dataclass(slots=True)
class _Read:
    """A paper as the rows come: its node, and what it says."""

    title: str
    node: NodeRow | None = None
    edges: list[tuple[RelationType, Iri, EdgeRow, Evidence]] = field(default_factory=list)
    between: list[tuple[Triple, EdgeRow, Evidence]] = field(default_factory=list)
    results: list[ResultRow] = field(default_factory=list)


class RowReader:
    """Takes in rows, each with the line it stands on, and gives papers when all are in."""

    def __init__(self, source: str, said: Said, ontology: Ontology, problems: Problems) -> None:
        self._source = source
        self._said = said
        self._ontology = ontology
        self._problems = problems
        self._papers: dict[Iri, _Read] = {}
        self.titles: dict[str, Iri] = {}
        """The papers among the nodes so far, by title."""

    def node(self, row: NodeRow, line: int) -> None:
        """Takes in a node."""
        try:
            self._node(row)
        except RefusalError as refusal:
            self._problems.add(row.iri, str(refusal), line)

    def edge(self, row: EdgeRow, line: int) -> None:
        """Takes in an edge, with the evidence it has; all nodes are in."""
        try:
            self._edge(row)
        except RefusalError as refusal:
            self._problems.add(f"{row.source} {row.predicate} {row.target}", str(refusal), line)

    def result(self, row: ResultRow, line: int) -> None:
        """Takes in a score."""
        if class_of(row.paper) != Class.PAPER or not row.value or not row.sentence:
            self._problems.add(row.paper, "a score needs a paper, a value and a sentence", line)
            return
        self._paper(Iri(row.paper), row.paper_title).results.append(row)

    def papers(self) -> Iterator[PaperFacts]:
        """The papers, sorted by IRI; what of them cannot be read is among the problems."""
        for iri in sorted(self._papers):
            try:
                yield self._facts(iri, self._papers[iri])
            except RefusalError as refusal:
                self._problems.add(iri, str(refusal))

    def _node(self, row: NodeRow) -> None:
        if row.kind not in {*Kind, Class.PAPER, Class.ORGANISATION}:
            raise RefusalError(f"kind {row.kind!r}: it is one of Paper, Organisation, {', '.join(Kind)}")
        if class_of(row.iri) != row.kind:
            raise RefusalError(f"its kind is {row.kind}, but its IRI is that of a {class_of(row.iri)}")
        if row.status not in (None, *Status):
            raise RefusalError(f"status {row.status!r}: it is one of {', '.join(Status)}")
        if row.kind == Class.PAPER:
            self._paper(Iri(row.iri), row.label).node = row
            self.titles.setdefault(row.label, Iri(row.iri))
            return
        self._said.put_row(
            Row(
                node=self._ontology.current(Iri(row.iri)),
                label=row.label or None,
                aliases=row.aliases,
                status=None if row.status is None else Status(row.status),
                year=row.year,
                arxiv=row.arxiv,
                level=row.level,
            )
        )

    def _edge(self, row: EdgeRow) -> None:
        if row.predicate not in {*Predicate}:
            raise RefusalError(f"{row.predicate!r} is no predicate of ours")
        of_paper = class_of(row.source) == Class.PAPER
        subject = Iri(row.source) if of_paper else self._ontology.current(Iri(row.source))
        key = (subject, Predicate(row.predicate), self._ontology.current(Iri(row.target)))
        ends_fit(*key)
        if not 0 <= row.confidence <= 1:
            raise RefusalError(f"confidence {row.confidence} is not in [0, 1]")
        words = [one for one in row.evidence if one.sentence]
        if not words:
            self._said.put_edge(key, row.confidence)
        for one in words:
            paper = self._paper(one.paper, one.paper_title)
            if of_paper:
                paper.edges.append((_RELATIONS[key[1]], key[2], row, one))
            else:
                paper.between.append((key, row, one))

    def _paper(self, iri: Iri, title: str) -> _Read:
        return self._papers.setdefault(iri, _Read(title))

    def _facts(self, iri: Iri, read: _Read) -> PaperFacts:
        node = read.node
        title = clean(node.label if node else read.title)
        identifier = paper_id_of(iri)
        if identifier is None:
            raise RefusalError("the id of the paper cannot be told from its IRI: take RDF, which has it")
        quoted = [one.sentence for _, _, _, one in read.edges] + [one.sentence for _, _, one in read.between]
        abstract, places = _laid_out(title, [*quoted, *(row.sentence or "" for row in read.results)])
        relations: dict[tuple[RelationType, Iri, float, bool, str], set[Span]] = defaultdict(set)
        for kind, thing, row, one in read.edges:
            for rule in one.rule.split(_BETWEEN_RULES):
                relations[kind, thing, row.confidence, row.hedged, rule or _UNNAMED].add(_place(one, places))
        between: dict[tuple[Triple, str, float, bool], set[Span]] = defaultdict(set)
        confidence = {(kind.predicate, thing): sure for kind, thing, sure, _, _ in relations}
        for key, row, one in read.between:
            of_paper = Predicate.EVALUATES_ON if key[1] is Predicate.EVALUATED_ON else key[1]
            sure = min(row.confidence, confidence.get((of_paper, key[2]), row.confidence))
            for rule in one.rule.split(_BETWEEN_RULES):
                between[key, rule or _UNNAMED, sure, row.hedged].add(_place(one, places))
        results = tuple(self._result(row, places) for row in read.results)
        seen = {thing for _, thing, *_ in relations}
        seen |= {end for one in results for end in (one.subject, one.benchmark, one.metric) if end is not None}
        return PaperFacts(
            paper=Paper(
                id=identifier,
                title=title,
                abstract=abstract,
                date=node.date if node else None,
                arxiv=node.arxiv if node else None,
                url=node.url if node else None,
                sightings=(Sighting(self._source),),
            ),
            relations=tuple(
                Relation(kind, thing, self._said.label(thing), sure, tuple(sorted(spans)), rule, hedged)
                for (kind, thing, sure, hedged, rule), spans in sorted(relations.items())
            ),
            results=results,
            nodes=self._said.nodes_for(seen),
            lifted=tuple(
                Lifted(*key, tuple(sorted(spans)), rule, sure, hedged)
                for (key, rule, sure, hedged), spans in sorted(between.items())
            ),
        )

    def _result(self, row: ResultRow, places: dict[str, int]) -> Result:
        sentence = clean(row.sentence or "")
        start = places[sentence]
        ends: dict[str, Iri | None] = {}
        for name, end in (("subject", row.subject), ("benchmark", row.benchmark), ("metric", row.metric)):
            if end is not None and kind_of(end) is None:
                raise RefusalError(f"{name} {end} of a score is the IRI of no thing")
            ends[name] = None if end is None else self._ontology.current(Iri(end))
            if end is not None:
                self._said.label(self._ontology.current(Iri(end)))
        return Result(
            value=row.value,
            delta=row.delta,
            evidence=(Span(start, start + len(sentence)),),
            number=row.number,
            unit=row.unit,
            subject_label=row.subject_label,
            benchmark_label=row.benchmark_label,
            metric_label=row.metric_label,
            how=_UNNAMED,
            **ends,
        )


def _laid_out(title: str, quoted: Iterable[str]) -> tuple[str, dict[str, int]]:
    """An abstract of the sentences that are quoted, and where in title, line break, abstract each begins.

    What is a sentence of the title, or stands within a longer quote from its first sentence on, is there already.
    """
    places: dict[str, int] = {}
    lines: list[str] = []
    at = len(title) + 1
    whole = {title[span.start :]: span.start for span in sentences(title)}
    for sentence in sorted({clean(one) for one in quoted}, key=lambda one: (-len(one), one)):
        start = next((start for rest, start in whole.items() if _begins(rest, sentence)), None)
        if start is not None:
            places[sentence] = start
            continue
        places[sentence] = at
        whole |= {sentence[span.start :]: at + span.start for span in sentences(sentence)}
        lines.append(sentence)
        at += len(sentence) + 1
    return "\n".join(lines), places


def _begins(text: str, sentence: str) -> bool:
    """Whether the text begins with the sentence and it ends where one of the text's sentences does."""
    return text.startswith(sentence) and any(span.end == len(sentence) for span in sentences(text))


def _place(one: Evidence, places: dict[str, int]) -> Span:
    start = places[clean(one.sentence)]
    if not 0 <= one.start <= one.end <= len(one.sentence) or clean(one.sentence[one.start : one.end]) != clean(
        one.quote
    ):
        raise RefusalError(f"sentence[{one.start}:{one.end}] is not the quote {one.quote!r}")
    return Span(start + one.start, start + one.end)
