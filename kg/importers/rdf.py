"""RDF back to what the store is made of: the facts of each paper, and what is said of things and of edges.

What the RDF lacks, and an import therefore loses: the names a paper leaves unlinked (but for those joined to a node),
the order of authors, and where in its own text a paper introduces what a mention names. RDF/XML has U+FFFD for control
characters, which our own stores hold no more anyway.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from kg.curated import Row
from kg.facts import Lifted, PaperFacts
from kg.identifiers import Iri, kind_of, normal_form
from kg.importers.papers import TITLE, record, stretch
from kg.importers.problems import RefusalError
from kg.importers.rules import class_of, ends_fit
from kg.importers.said import UNNAMED
from kg.importers.triples import SOURCE, TYPE
from kg.linking.link import Link, Unlinked
from kg.relations.relation import Relation, Result
from kg.resolve.lift import lifted
from kg.resolve.model import letters
from kg.store.rdf import JOINED_BY_NAME
from kg.text import Span
from kg.vocabulary import BASE, PREFIXES, Class, Kind, Predicate, Property, RelationType, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.importers.problems import Problems
    from kg.importers.said import Said, Triple
    from kg.importers.subject import Subject
    from kg.importers.triples import Triples
    from kg.ontology import Ontology

__all__ = ["RdfReader"]

_PREF, _ALT = PREFIXES["skos"] + "prefLabel", PREFIXES["skos"] + "altLabel"
_LABEL: Final = PREFIXES["rdfs"] + "label"
_SUBJECT, _PREDICATE, _OBJECT = (PREFIXES["rdf"] + name for name in ("subject", "predicate", "object"))
_RELATIONS: Final = {kind.predicate: kind for kind in RelationType}
_EDGES: Final = tuple(predicate for predicate in Predicate if predicate is not Predicate.MENTIONS)
_LEVELS: Final = {Class.FAMILY.iri: "family", Class.CHECKPOINT.iri: "checkpoint"}


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement node: its triple, and who says it."""

    iri: str
    key: Triple
    confidence: float
    hedged: bool
    rules: tuple[str, ...]
    evidence: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(slots=True)
class _Words:
    """What the words of one paper say of an edge between things."""

    statement: _Statement
    spans: set[Span] = field(default_factory=set)


class RdfReader:
    """Reads a file's triples: first all things into `said`, then the papers one by one, with their texts."""

    whole: Final = True

    def __init__(self, triples: Triples, said: Said, ontology: Ontology, problems: Problems) -> None:
        self._triples = triples
        self._said = said
        self._ontology = ontology
        self._problems = problems
        self._told: dict[str, list[_Statement]] = defaultdict(list)
        self._unheard: set[Triple] = set()
        said.other_ontology = triples.ontology not in (None, ontology.digest)
        self._introduced = {ontology.current(Iri(iri)) for iri in triples.objects(Predicate.INTRODUCES.iri)}
        self._read = 0
        self._bare = 0
        for iri in sorted(triples.things):
            self._attempt(iri, self._row)
        about = triples.objects(_SUBJECT)
        self._papers = triples.papers | {iri for iri in about if class_of(iri) == Class.PAPER}
        for iri in sorted((triples.things | about) - self._papers):
            self._attempt(iri, self._edges_of_thing)

    @property
    def left_out(self) -> dict[str, int]:
        """After all papers: how much of the file is not taken without being wrong, by what it is."""
        return {
            "edges that papers outside of the file say": len(self._unheard),
            "mentions without the words that mention": self._bare,
            "mentions, scores and words of papers outside of the file": sum(self._triples.records.values())
            - self._read,
        }

    def papers(self) -> Iterator[PaperFacts]:
        """The papers that the file describes, sorted by IRI; one that cannot be read is among the problems."""
        for iri in sorted(self._papers):
            held = self._triples.subject(iri)
            statements = list(self._statements(iri, Iri(iri)))
            try:
                self._edges(Iri(iri), held, statements)
                facts = self._paper(held, statements) if held.texts(TITLE) else None
            except RefusalError as refusal:
                self._problems.add(iri, str(refusal))
                continue
            if facts is not None:
                yield facts

    def _attempt(self, iri: str, read: Callable[[str], None]) -> None:
        try:
            read(iri)
        except RefusalError as refusal:
            self._problems.add(iri, str(refusal))

    def _node(self, iri: str) -> Iri:
        """The IRI that stands for a thing now.

        Raises:
            RefusalError: it is the IRI of no thing.
        """
        if kind_of(iri) is None:
            raise RefusalError(f"{iri} is the IRI of no thing")
        return self._ontology.current(Iri(iri))

    def _row(self, iri: str) -> None:
        held = self._triples.subject(iri)
        types = held.nodes(TYPE)
        cls = class_of(iri)
        kinds = {name for name in (*Kind, Class.ORGANISATION) if BASE + name in types}
        if kinds - {cls}:
            raise RefusalError(f"its type is {', '.join(sorted(kinds))}, but its IRI is that of a {cls}")
        status = held.text(Property.STATUS.iri)
        if status not in (None, *Status):
            raise RefusalError(f"status {status!r}: it is one of {', '.join(Status)}")
        row = Row(
            node=self._ontology.current(Iri(iri)),
            label=held.text(_PREF) or held.text(_LABEL),
            aliases=tuple(held.texts(_ALT)),
            status=None if status is None else Status(status),
            year=held.whole(Property.YEAR.iri),
            arxiv=held.text(Property.ARXIV_ID.iri),
            level=held.text(Property.LEVEL.iri) or next((_LEVELS[one] for one in types if one in _LEVELS), None),
            categories=tuple(held.texts(Property.CATEGORY.iri)),
            unit=held.text(Property.UNIT.iri),
            higher_is_better=held.truth(Property.HIGHER_IS_BETTER.iri),
            source=held.text(Property.SOURCE.iri),
        )
        names = held.texts(SOURCE)
        if types or names or row != Row(row.node):  # else there are but edges from it, or nothing that is kept
            self._said.put_row(row, names)

    def _edges_of_thing(self, iri: str) -> None:
        """The edges from a thing; those that papers' words say wait for the papers."""
        subject = self._ontology.current(Iri(iri))
        statements = list(self._statements(iri, subject))
        self._edges(subject, self._triples.subject(iri), statements)
        for statement in statements:
            if statement.evidence:
                self._unheard.add(statement.key)
                for place in statement.evidence:
                    self._told[place].append(statement)

    def _edges(self, subject: Iri, held: Subject, statements: list[_Statement]) -> None:
        """The edges from a node that no words of a paper say, or that imports say too."""
        for statement in statements:
            if statement.names or not statement.evidence:
                self._put(statement.key, 1.0 if statement.evidence else statement.confidence, statement.names)
        stated = {statement.key for statement in statements}
        for predicate in _EDGES:
            for end in held.nodes(predicate.iri):
                key = (subject, predicate, self._ontology.current(Iri(end)))
                if key not in stated:
                    self._put(key, 1.0, ())

    def _put(self, key: Triple, confidence: float, names: tuple[str, ...]) -> None:
        try:
            self._said.put_edge(key, confidence, names)
        except RefusalError as refusal:
            self._problems.add(key[2] if class_of(key[0]) == Class.PAPER else key[0], str(refusal))

    def _statements(self, iri: str, subject: Iri) -> Iterator[_Statement]:
        """The statements about edges from a node; one that cannot be read is among the problems."""
        for node in self._triples.leading_to(_SUBJECT, iri):
            self._read += 1
            try:
                yield self._statement(node, subject)
            except RefusalError as refusal:
                self._problems.add(node, str(refusal))

    def _statement(self, node: str, subject: Iri) -> _Statement:
        held = self._triples.subject(node)
        name = held.node(_PREDICATE).removeprefix(BASE)
        if name not in _EDGES:
            raise RefusalError(f"{name} is no predicate between nodes")
        key = (subject, Predicate(name), self._ontology.current(Iri(held.node(_OBJECT))))
        ends_fit(*key)
        return _Statement(
            *(node, key, held.share(Property.CONFIDENCE.iri), bool(held.truth(Property.HEDGED.iri))),
            *(tuple(held.texts(Property.RULE.iri)), tuple(held.nodes(Property.HAS_EVIDENCE.iri))),
            tuple(held.texts(SOURCE)),
        )

    def _paper(self, held: Subject, statements: list[_Statement]) -> PaperFacts:
        """The facts of a paper.

        Raises:
            RefusalError: it is none.
        """
        paper = record(held)
        text = paper.text
        spans: dict[str, Span] = {}
        links: list[Link] = []
        unlinked: list[Unlinked] = []
        results: list[Subject] = []
        joined: set[Iri] = set()
        for node in self._triples.leading_to(Property.FROM_PAPER.iri, held.iri):
            try:
                about = self._triples.subject(node)
                types = about.nodes(TYPE)
                if Class.RESULT.iri in types:
                    self._read += 1
                    results.append(about)
                    continue
                start, end = about.whole(Property.START.iri), about.whole(Property.END.iri)
                span = stretch(start, end, about.text(Property.QUOTE.iri), text)
                if Class.EVIDENCE.iri in types:
                    spans[node] = span
                elif Class.MENTION.iri in types:
                    self._read += 1
                    one = self._mention(about, span, text)
                    if isinstance(one, Link):
                        links.append(one)
                    else:
                        unlinked.append(one)
                        joined.add(self._node(about.node(Property.REFERS_TO.iri)))
            except RefusalError as refusal:
                self._problems.add(node, str(refusal))
        relations = tuple(self._relations(statements, spans))
        scores = tuple(self._results(results, spans))
        named = {link.node for link in links} | {relation.node for relation in relations}
        named |= {node for one in scores for node in (one.subject, one.benchmark, one.metric) if node is not None}
        seen = named | joined | {Iri(end) for predicate in _EDGES for end in held.nodes(predicate.iri)}
        self._bare += sum(self._ontology.current(Iri(end)) not in seen for end in held.nodes(Predicate.MENTIONS.iri))
        facts = PaperFacts(
            paper,
            mentions=tuple(sorted(links, key=lambda link: (link.start, link.end, link.node))),
            relations=relations,
            results=scores,
            unlinked=tuple(sorted(unlinked, key=lambda name: (name.start, name.end))),
            nodes=self._said.nodes_for(named),
        )
        return self._with_lifted(facts, spans)

    def _mention(self, about: Subject, span: Span, text: str) -> Link | Unlinked:
        """The mention; what was joined by its name alone is a name again, where the file introduces the thing."""
        node = self._node(about.node(Property.REFERS_TO.iri))
        kind = kind_of(node)
        assert kind is not None
        label = self._said.label(node)
        how = about.text(Property.RULE.iri) or UNNAMED
        words = text[span.start : span.end]
        if how == JOINED_BY_NAME and node in self._introduced and letters(words) in self._letters(node):
            return Unlinked(span.start, span.end, words, kind, normal_form(words), JOINED_BY_NAME)
        score = about.share(Property.CONFIDENCE.iri)
        return Link(span.start, span.end, words, kind, node, label, score, how)

    def _letters(self, node: Iri) -> set[str]:
        """The letters of the names that papers give a thing."""
        return {letters(name) for one in self._said.nodes_for([node]) for name in (one.label, *one.aliases)}

    def _relations(self, statements: list[_Statement], spans: dict[str, Span]) -> Iterator[Relation]:
        for statement in statements:
            if not statement.evidence:
                continue  # an edge that somebody vouches for: it is in `said`
            try:
                kind = _RELATIONS[statement.key[1]]
                evidence = tuple(sorted(_those(statement.evidence, spans)))
                label = self._said.label(statement.key[2])
                for rule in statement.rules or (UNNAMED,):
                    yield Relation(
                        kind, statement.key[2], label, statement.confidence, evidence, rule, statement.hedged
                    )
            except RefusalError as refusal:
                self._problems.add(statement.iri, str(refusal))

    def _results(self, results: list[Subject], spans: dict[str, Span]) -> Iterator[Result]:
        for about in results:
            try:
                yield self._result(about, spans)
            except RefusalError as refusal:
                self._problems.add(about.iri, str(refusal))

    def _result(self, about: Subject, spans: dict[str, Span]) -> Result:
        value = about.text(Property.VALUE_TEXT.iri)
        if not value:
            raise RefusalError("a result without mlkg:valueText")
        ends: list[Iri | None] = []
        for prop in (Property.SUBJECT, Property.ON_BENCHMARK, Property.METRIC_USED):
            end = self._node(about.node(prop.iri)) if about.nodes(prop.iri) else None
            if end is not None:
                self._said.label(end)
            ends.append(end)
        return Result(
            value=value,
            delta=bool(about.truth(Property.DELTA.iri)),
            evidence=tuple(sorted(_those(tuple(about.nodes(Property.HAS_EVIDENCE.iri)), spans))),
            number=about.number(Property.VALUE.iri),
            unit=about.text(Property.UNIT.iri),
            subject=ends[0],
            subject_label=about.text(Property.SUBJECT_TEXT.iri),
            benchmark=ends[1],
            benchmark_label=about.text(Property.BENCHMARK_TEXT.iri),
            metric=ends[2],
            metric_label=about.text(Property.METRIC_TEXT.iri),
            how=about.text(Property.RULE.iri) or "",
        )

    def _with_lifted(self, facts: PaperFacts, spans: dict[str, Span]) -> PaperFacts:
        """The facts with the edges between things that the file says this paper's words say.

        Nearly always these are those that follow from the relations anyway, and then nothing is added.
        """
        told: dict[Triple, _Words] = {}
        for place in sorted(spans):
            for statement in self._told.get(place, ()):
                told.setdefault(statement.key, _Words(statement)).spans.add(spans[place])
        self._unheard.difference_update(told)
        own = {(relation.type.predicate, relation.node): relation for relation in facts.relations}
        says = {}
        for key, words in told.items():
            relation = own.get((_OF_PAPER.get(key[1], key[1]), key[2]))
            score = min(words.statement.confidence, relation.score) if relation else words.statement.confidence
            hedged = words.statement.hedged or (relation is not None and relation.hedged)
            says[key] = (frozenset(words.spans), frozenset(words.statement.rules), score, hedged)
        introduced = {one.node for one in facts.relations if one.type is RelationType.INTRODUCES}
        follows: dict[Triple, tuple[frozenset[Span], frozenset[str], float, bool]] = {}
        for claim in lifted(facts, introduced):
            key = (claim.subject, claim.predicate, claim.object)
            before = follows.get(key, (frozenset(), frozenset(), 0.0, True))
            follows[key] = (
                before[0] | {Span(claim.start, claim.end)},
                before[1] | {claim.rule},
                max(before[2], claim.score),
                before[3] and claim.hedged,
            )
        if says == follows:
            return facts
        return replace(
            facts,
            lifted=tuple(
                Lifted(*key, tuple(sorted(held)), rule, score, hedged)
                for key, (held, rules, score, hedged) in sorted(says.items())
                for rule in sorted(rules) or [UNNAMED]
            ),
        )


_OF_PAPER: Final = {Predicate.EVALUATED_ON: Predicate.EVALUATES_ON}
"""What a paper does for a thing that it introduces to be said of it, where the two have different names."""


def _those(evidence: tuple[str, ...], spans: dict[str, Span]) -> list[Span]:
    missing = [iri for iri in evidence if iri not in spans]
    if missing or not evidence:
        raise RefusalError(f"its evidence {', '.join(missing)} is not in the file, or is another paper's")
    return [spans[iri] for iri in evidence]
