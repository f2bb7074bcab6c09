"""Nodes, edges and scores as rows, the way tables and GraphML hold them, back to facts.

An edge that papers say keeps their sentences, with its confidence; one without a sentence is the file's own word, as
are attributes that ontology and papers do not give. Where the file has papers as records, with their texts, sentences
and mentions have their places in these. Elsewhere a paper comes back with its title and the sentences that the rows
quote, one a line, and with the id that its IRI says; who speaks of a thing without an edge to it is then lost, so the
count of papers of a thing is taken anew.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.curated import Row
from kg.facts import Lifted, PaperFacts
from kg.identifiers import Iri, kind_of, paper_iri
from kg.importers.papers import check, identifier, stretch
from kg.importers.problems import RefusalError
from kg.importers.rules import class_of, ends_fit
from kg.importers.said import UNNAMED
from kg.linking.link import Link
from kg.papers.paper import Paper, Sighting
from kg.relations.relation import Relation, Result
from kg.text import Span, clean, sentences
from kg.vocabulary import Class, Kind, Predicate, RelationType, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.exporters import EdgeRow, MentionRow, NodeRow, ResultRow
    from kg.graph import Evidence
    from kg.importers.problems import Problems
    from kg.importers.said import Said, Triple
    from kg.ontology import Ontology

__all__ = ["RowReader"]

_RELATIONS: Final = {kind.predicate: kind for kind in RelationType}
_OF_PAPERS: Final = ("paper", "lifted")
"""The origins of edges that papers say."""
_BETWEEN_RULES: Final = ", "
"""What joins the rules of an edge in a cell; no rule has it in its name."""


@dataclass(slots=True)
class _Read:
    """A paper as the rows come: its node, and what it says."""

    title: str
    node: NodeRow | None = None
    record: Paper | None = None
    links: list[Link] = field(default_factory=list)
    edges: list[tuple[RelationType, Iri, EdgeRow, Evidence]] = field(default_factory=list)
    between: list[tuple[Triple, EdgeRow, Evidence]] = field(default_factory=list)
    results: list[ResultRow] = field(default_factory=list)


class RowReader:
    """Takes in rows and gives papers when all are in."""

    def __init__(self, source: str, said: Said, ontology: Ontology, problems: Problems) -> None:
        self._source = source
        self._said = said
        self._ontology = ontology
        self._problems = problems
        self._papers: dict[Iri, _Read] = {}
        self.titles: dict[str, Iri] = {}
        """The papers among the nodes so far, by title."""
        self._bare = 0

    @property
    def whole(self) -> bool:
        """Whether papers have come with their texts."""
        return any(read.record is not None for read in self._papers.values())

    @property
    def left_out(self) -> dict[str, int]:
        """How much of the file is not taken without being wrong, by what it is."""
        return {"mentions in papers without a text": self._bare}

    def node(self, row: NodeRow) -> None:
        """Takes in a node.

        Raises:
            RefusalError: it is none of ours.
        """
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

    def paper(self, record: Paper) -> None:
        """Takes in a paper with its text, before any edge, mention or score."""
        iri = paper_iri(record.id)
        self._paper(iri, record.title).record = record
        self.titles.setdefault(record.title, iri)

    def mention(self, row: MentionRow) -> None:
        """Takes in a mention; that of a paper without a text is left out.

        Raises:
            RefusalError: it is not what stands there, or of a thing that nobody describes.
        """
        read = self._papers.get(Iri(row.paper))
        if read is None or read.record is None:
            self._bare += 1
            return
        text = read.record.text
        span = stretch(row.start, row.end, row.text, text)
        node = self._ontology.current(Iri(row.node))
        kind = kind_of(node)
        if kind is None:
            raise RefusalError(f"{node} is the IRI of no thing")
        words = text[span.start : span.end]
        label = self._said.label(node)
        read.links.append(Link(span.start, span.end, words, kind, node, label, row.score, UNNAMED))

    def edge(self, row: EdgeRow) -> None:
        """Takes in an edge, with the evidence it has; all nodes are in.

        Raises:
            RefusalError: the predicate is none, or cannot join the two.
        """
        if row.predicate not in {*Predicate}:
            raise RefusalError(f"{row.predicate!r} is no predicate of ours")
        of_paper = class_of(row.source) == Class.PAPER
        subject = Iri(row.source) if of_paper else self._ontology.current(Iri(row.source))
        key = (subject, Predicate(row.predicate), self._ontology.current(Iri(row.target)))
        ends_fit(*key)
        words = [one for one in row.evidence if one.sentence]
        if not words:
            self._said.put_edge(key, row.confidence, told=row.origin in _OF_PAPERS)
        for one in words:
            paper = self._paper(one.paper, one.paper_title)
            if of_paper:
                paper.edges.append((_RELATIONS[key[1]], key[2], row, one))
            else:
                paper.between.append((key, row, one))

    def check_quote(self, one: Evidence) -> None:
        """Returns where the words of an edge are in their sentence, and the sentence in the paper.

        Raises:
            RefusalError: they are not.
        """
        stretch(one.start, one.end, clean(one.quote), one.sentence)
        self._check_sentence(one.paper, one.sentence)

    def result(self, row: ResultRow) -> None:
        """Takes in a score.

        Raises:
            RefusalError: it lacks what a score has, or is of a thing that nobody describes.
        """
        if class_of(row.paper) != Class.PAPER or not row.value or not row.sentence:
            raise RefusalError("a score needs a paper, a value and a sentence")
        self._check_sentence(row.paper, row.sentence)
        for name, end in (("subject", row.subject), ("benchmark", row.benchmark), ("metric", row.metric)):
            if end is not None and kind_of(end) is None:
                raise RefusalError(f"{name} {end} of a score is the IRI of no thing")
            if end is not None:
                self._said.label(self._ontology.current(Iri(end)))
        self._paper(Iri(row.paper), row.paper_title).results.append(row)

    def _check_sentence(self, paper: str, sentence: str) -> None:
        read = self._papers.get(Iri(paper))
        if read is not None and read.record is not None and clean(sentence) not in read.record.text:
            raise RefusalError(f"the sentence {sentence!r} is not in the text of the paper")

    def papers(self) -> Iterator[PaperFacts]:
        """The papers, sorted by IRI; what of them cannot be read is among the problems."""
        for iri in sorted(self._papers):
            try:
                yield self._facts(iri, self._papers[iri])
            except RefusalError as refusal:
                self._problems.add(iri, str(refusal))

    def _paper(self, iri: Iri, title: str) -> _Read:
        return self._papers.setdefault(iri, _Read(title))

    def _facts(self, iri: Iri, read: _Read) -> PaperFacts:
        quoted = [one.sentence for _, _, _, one in read.edges] + [one.sentence for _, _, one in read.between]
        quoted += [row.sentence or "" for row in read.results]
        if read.record is not None:
            paper, places = read.record, _places(read.record.text, quoted)
        else:
            paper, places = self._laid_out(iri, read, quoted)
        relations: dict[tuple[RelationType, Iri, float, bool, str], set[Span]] = defaultdict(set)
        for kind, thing, row, one in read.edges:
            for rule in one.rule.split(_BETWEEN_RULES):
                relations[kind, thing, row.confidence, row.hedged, rule or UNNAMED].add(_place(one, places))
        between: dict[tuple[Triple, str, float, bool], set[Span]] = defaultdict(set)
        confidence = {(kind.predicate, thing): sure for kind, thing, sure, _, _ in relations}
        for key, row, one in read.between:
            of_paper = Predicate.EVALUATES_ON if key[1] is Predicate.EVALUATED_ON else key[1]
            sure = min(row.confidence, confidence.get((of_paper, key[2]), row.confidence))
            for rule in one.rule.split(_BETWEEN_RULES):
                between[key, rule or UNNAMED, sure, row.hedged].add(_place(one, places))
        results = tuple(self._result(row, places) for row in read.results)
        seen = {thing for _, thing, *_ in relations}
        seen |= {end for one in results for end in (one.subject, one.benchmark, one.metric) if end is not None}
        seen |= {link.node for link in read.links}
        return PaperFacts(
            paper=paper,
            mentions=tuple(sorted(read.links, key=lambda link: (link.start, link.end, link.node))),
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

    def _laid_out(self, iri: Iri, read: _Read, quoted: list[str]) -> tuple[Paper, dict[str, int]]:
        """The paper as far as its node and the quotes tell, and where in its text each sentence begins."""
        node = read.node
        title = clean(node.label if node else read.title)
        abstract, places = _laid_out(title, quoted)
        paper = Paper(
            id=identifier(iri),
            title=title,
            abstract=abstract,
            date=node.date if node else None,
            arxiv=node.arxiv if node else None,
            url=node.url if node else None,
            sightings=(Sighting(self._source),),
        )
        check(paper)
        return paper, places

    def _result(self, row: ResultRow, places: dict[str, int]) -> Result:
        sentence = clean(row.sentence or "")
        start = places[sentence]
        return Result(
            value=row.value,
            delta=row.delta,
            evidence=(Span(start, start + len(sentence)),),
            number=row.number,
            unit=row.unit,
            subject_label=row.subject_label,
            benchmark_label=row.benchmark_label,
            metric_label=row.metric_label,
            how=UNNAMED,
            subject=self._now(row.subject),
            benchmark=self._now(row.benchmark),
            metric=self._now(row.metric),
        )

    def _now(self, iri: str | None) -> Iri | None:
        return None if iri is None else self._ontology.current(Iri(iri))


def _places(text: str, quoted: Iterable[str]) -> dict[str, int]:
    """Where in a text each of the quotes begins: where a sentence does, if it can be."""
    starts = [span.start for span in sentences(text)]
    return {
        quote: next((start for start in starts if text.startswith(quote, start)), text.find(quote))
        for quote in map(clean, quoted)
    }


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
    return Span(start + one.start, start + one.end)
