"""The graph as N-Quads lines: what each paper, each node and each edge between nodes becomes.

Every paper -> entity edge is written twice: as the plain triple, and as a statement node with confidence, rule and
evidence. No blank nodes; every IRI can be computed again from what it stands for. Lines end in `.` and a line feed.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from kg.identifiers import Iri, NormalForm, digest, normal_form, paper_iri, statement_iri
from kg.store.terms import boolean, date, decimal, integer, iri, literal, number
from kg.text import Span, clean, sentences
from kg.vocabulary import BASE, PREFIXES, Class, Kind, Predicate, Property, RelationType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.facts import PaperFacts
    from kg.ontology.entity import Organisation
    from kg.relations.relation import Result
    from kg.resolve import Edge, Node, Resolved

__all__ = [
    "CURATED_RULE",
    "JOINED_BY_NAME",
    "edge_lines",
    "evidence_iri",
    "node_lines",
    "organisation_lines",
    "paper_lines",
    "redirect_lines",
]

_XSD: Final = PREFIXES["xsd"]
_TYPE: Final = f"<{PREFIXES['rdf']}type>"
_RDF_STATEMENT: Final = f"<{PREFIXES['rdf']}Statement>"
_RDF_SUBJECT: Final = f"<{PREFIXES['rdf']}subject>"
_RDF_PREDICATE: Final = f"<{PREFIXES['rdf']}predicate>"
_RDF_OBJECT: Final = f"<{PREFIXES['rdf']}object>"
_LABEL: Final = f"<{PREFIXES['rdfs']}label>"
_PREF_LABEL: Final = f"<{PREFIXES['skos']}prefLabel>"
_ALT_LABEL: Final = f"<{PREFIXES['skos']}altLabel>"
_TITLE: Final = f"<{PREFIXES['dcterms']}title>"
_ABSTRACT: Final = f"<{PREFIXES['dcterms']}abstract>"
_DATE: Final = f"<{PREFIXES['dcterms']}date>"
_CREATOR: Final = f"<{PREFIXES['dcterms']}creator>"
_IDENTIFIER: Final = f"<{PREFIXES['dcterms']}identifier>"
_URL: Final = f"<{PREFIXES['schema']}url>"
_ARXIV: Final = f"<{PREFIXES['fabio']}hasArXivId>"
_PREPRINT: Final = f"<{PREFIXES['fabio']}Preprint>"
_RESEARCH_PAPER: Final = f"<{PREFIXES['fabio']}ResearchPaper>"
_SOURCE: Final = f"<{PREFIXES['dcterms']}source>"
_REPLACED: Final = f"<{PREFIXES['dcterms']}isReplacedBy>"
_DEPRECATED: Final = f"<{PREFIXES['owl']}deprecated>"
_KNOWLEDGE_LEVEL: Final = f"<{PREFIXES['biolink']}knowledge_level>"
_AGENT_TYPE: Final = f"<{PREFIXES['biolink']}agent_type>"

# The words of Biolink's own enumerations, https://w3id.org/biolink/vocab/KnowledgeLevelEnum and AgentTypeEnum.
_READ_IN_TEXT: Final = f'{_KNOWLEDGE_LEVEL} "knowledge_assertion"', f'{_AGENT_TYPE} "text_mining_agent"'
_LIFTED: Final = f'{_KNOWLEDGE_LEVEL} "logical_entailment"', f'{_AGENT_TYPE} "automated_agent"'
_CURATED: Final = f'{_KNOWLEDGE_LEVEL} "knowledge_assertion"', f'{_AGENT_TYPE} "manual_agent"'

_P: Final = {prop: f"<{prop.iri}>" for prop in Property}
_R: Final = {predicate: f"<{predicate.iri}>" for predicate in Predicate}
_C: Final = {cls: f"<{cls.iri}>" for cls in Class}
_KIND: Final = {kind: f"<{BASE}{kind.value}>" for kind in Kind}
_LEVELS: Final = {"family": Class.FAMILY, "checkpoint": Class.CHECKPOINT}
CURATED_RULE: Final = "curated"
"""The rule of a statement that an import makes and no paper's words do."""
JOINED_BY_NAME: Final = "joined by name"
"""How a mention came to its node when another paper introduces the node."""
_JOINED_SCORE: Final = 0.5
"""The score of such a mention: the name is the same, and nothing else was looked at."""


def evidence_iri(paper: Iri, start: int, end: int) -> Iri:
    """The IRI of a stretch of a paper's text; every statement read there shares it."""
    return Iri(f"{BASE}evidence/{digest(paper, str(start), str(end))[:32]}")


def paper_lines(facts: PaperFacts, resolved: Resolved) -> set[str]:
    """All that the graph holds of one paper: its record, mentions, statements, results and evidence."""
    return _PaperWriter(facts, resolved).lines


def node_lines(node: Node, sources: Iterable[str] = ()) -> set[str]:
    """A thing with its names and numbers, and the imports that speak of it; its edges are written elsewhere."""
    subject = iri(node.iri)
    out = {
        f"{subject} {_TYPE} {_C[Class.ENTITY]} .\n",
        f"{subject} {_TYPE} {_KIND[node.kind]} .\n",
        f"{subject} {_P[Property.STATUS]} {literal(node.status)} .\n",
        f"{subject} {_P[Property.PAPER_COUNT]} {integer(node.papers)} .\n",
        *_names(subject, node.label, node.aliases),
        *_sources(subject, sources),
    }
    if node.level:
        out.add(f"{subject} {_P[Property.LEVEL]} {literal(node.level)} .\n")
        if node.level in _LEVELS:
            out.add(f"{subject} {_TYPE} {_C[_LEVELS[node.level]]} .\n")
    if node.year is not None:
        out.add(f"{subject} {_P[Property.YEAR]} {integer(node.year)} .\n")
    for prop, text in ((Property.ARXIV_ID, node.arxiv), (Property.SOURCE, node.source), (Property.UNIT, node.unit)):
        if text:
            out.add(f"{subject} {_P[prop]} {literal(text)} .\n")
    for category in node.categories:
        out.add(f"{subject} {_P[Property.CATEGORY]} {literal(category)} .\n")
    if node.higher_is_better is not None:
        out.add(f"{subject} {_P[Property.HIGHER_IS_BETTER]} {boolean(node.higher_is_better)} .\n")
    return out


def organisation_lines(organisation: Organisation, sources: Iterable[str] = ()) -> set[str]:
    """An organisation with its names, and the imports that speak of it."""
    subject = iri(organisation.iri)
    return {
        f"{subject} {_TYPE} {_C[Class.ORGANISATION]} .\n",
        *_names(subject, organisation.label, organisation.aliases),
        *_sources(subject, sources),
    }


def redirect_lines(old: Iri, new: Iri) -> set[str]:
    """An IRI of earlier editions, and the node that stands for the thing now."""
    subject = iri(old)
    return {f"{subject} {_REPLACED} {iri(new)} .\n", f"{subject} {_DEPRECATED} {boolean(value=True)} .\n"}


def edge_lines(edge: Edge) -> set[str]:
    """An edge between entities: the plain triple, and where papers or imports say it the statement that names them."""
    subject, predicate, object_ = iri(edge.subject), _R[edge.predicate], iri(edge.object)
    out = {f"{subject} {predicate} {object_} .\n"}
    if edge.proofs:
        statement = f"<{statement_iri(edge.subject, edge.predicate, edge.object)}>"
        out |= _statement(
            statement, (subject, predicate, object_), edge.confidence, edge.support, hedged=edge.hedged, origin=_LIFTED
        )
        for proof in edge.proofs:
            out.add(f"{statement} {_P[Property.RULE]} {literal(proof.rule)} .\n")
            evidence = evidence_iri(paper_iri(proof.paper), proof.start, proof.end)
            out.add(f"{statement} {_P[Property.HAS_EVIDENCE]} <{evidence}> .\n")
        out.update(_sources(statement, edge.sources))
    elif edge.sources:
        out |= _vouched(edge, (subject, predicate, object_))
    return out


def _vouched(edge: Edge, triple: tuple[str, str, str]) -> set[str]:
    """The statement of an edge that imports say and no paper's words do."""
    statement = f"<{statement_iri(edge.subject, edge.predicate, edge.object)}>"
    return {
        *_statement(statement, triple, edge.confidence, 0, hedged=False, origin=_CURATED),
        f"{statement} {_P[Property.RULE]} {literal(CURATED_RULE)} .\n",
        *_sources(statement, edge.sources),
    }


def _sources(subject: str, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield f"{subject} {_SOURCE} {literal(name)} .\n"


def _names(subject: str, label: str, aliases: Iterable[str]) -> Iterator[str]:
    text = literal(label)
    yield f"{subject} {_PREF_LABEL} {text} .\n"
    yield f"{subject} {_LABEL} {text} .\n"
    forms: set[NormalForm] = {normal_form(label)}
    for alias in aliases:
        if alias != label:
            yield f"{subject} {_ALT_LABEL} {literal(alias)} .\n"
            forms.add(normal_form(alias))
    for form in forms:
        if form:
            yield f"{subject} {_P[Property.NORMAL_FORM]} {literal(form)} .\n"


def _statement(
    statement: str,
    triple: tuple[str, str, str],
    confidence: float,
    support: int,
    *,
    hedged: bool,
    origin: tuple[str, str],
) -> set[str]:
    subject, predicate, object_ = triple
    out = {
        f"{statement} {_TYPE} {_C[Class.STATEMENT]} .\n",
        f"{statement} {_TYPE} {_RDF_STATEMENT} .\n",
        f"{statement} {_RDF_SUBJECT} {subject} .\n",
        f"{statement} {_RDF_PREDICATE} {predicate} .\n",
        f"{statement} {_RDF_OBJECT} {object_} .\n",
        f"{statement} {_P[Property.CONFIDENCE]} {decimal(confidence)} .\n",
        f"{statement} {_P[Property.SUPPORT]} {integer(support)} .\n",
        f"{statement} {origin[0]} .\n",
        f"{statement} {origin[1]} .\n",
    }
    if hedged:
        out.add(f"{statement} {_P[Property.HEDGED]} {boolean(value=True)} .\n")
    return out


class _PaperWriter:
    """The lines of one paper; text is cleaned once, as a whole, so that every slice of it agrees with the offsets."""

    def __init__(self, facts: PaperFacts, resolved: Resolved) -> None:
        self._paper = facts.paper
        self._iri = paper_iri(facts.paper.id)
        self._subject = f"<{self._iri}>"
        self._text = clean(facts.paper.text)
        self._sentences = sentences(self._text)
        self._starts = [sentence.start for sentence in self._sentences]
        self.lines: set[str] = set()
        self._record()
        mentioned: set[Iri] = set()
        for link in facts.mentions:
            node = resolved.node_of(facts.paper.id, link.node)
            mentioned.add(node)
            self._mention(node, link.start, link.end, link.score, link.how)
        for name in facts.unlinked:
            joined = resolved.joined(name)
            if joined is not None:
                mentioned.add(joined)
                self._mention(joined, name.start, name.end, _JOINED_SCORE, JOINED_BY_NAME)
        relations = self._relations(facts, resolved)
        for key, (score, hedged, rules, spans) in relations.items():
            mentioned.add(key[1])
            self._relation(*key, score, hedged=hedged, rules=rules, spans=spans)
        read = {(kind.predicate, node) for kind, node in relations}
        for edge in resolved.said_of(facts.paper.id):
            mentioned.add(edge.object)
            self._vouch(edge, read=(edge.predicate, edge.object) in read)
        for result in facts.results:
            mentioned.update(self._result(result, facts, resolved))
        self.lines.update(f"{self._subject} {_R[Predicate.MENTIONS]} {iri(node)} .\n" for node in mentioned)

    @staticmethod
    def _relations(
        facts: PaperFacts, resolved: Resolved
    ) -> dict[tuple[RelationType, Iri], tuple[float, bool, set[str], set[Span]]]:
        """The relations by type and node; two that became one by merging share score, rules and evidence."""
        merged: dict[tuple[RelationType, Iri], tuple[float, bool, set[str], set[Span]]] = {}
        for relation in facts.relations:
            key = (relation.type, resolved.node_of(facts.paper.id, relation.node))
            score, hedged, rules, spans = merged.get(key, (0.0, True, set(), set()))
            merged[key] = (
                max(score, relation.score),
                hedged and relation.hedged,
                rules | {relation.how},
                spans | set(relation.evidence),
            )
        return merged

    def _say(self, prop: Property, value: str | None) -> None:
        if value:
            self.lines.add(f"{self._subject} {_P[prop]} {value} .\n")

    def _record(self) -> None:
        paper, subject, lines = self._paper, self._subject, self.lines
        lines.add(f"{subject} {_TYPE} {_C[Class.PAPER]} .\n")
        lines.add(f"{subject} {_TYPE} {_PREPRINT if paper.arxiv else _RESEARCH_PAPER} .\n")
        title = literal(paper.title)
        lines.add(f"{subject} {_TITLE} {title} .\n")
        lines.add(f"{subject} {_LABEL} {title} .\n")
        lines.add(f"{subject} {_ABSTRACT} {literal(paper.abstract)} .\n")
        lines.add(f"{subject} {_IDENTIFIER} {literal(paper.id)} .\n")
        form = normal_form(paper.title)
        self._say(Property.NORMAL_FORM, literal(form) if form else None)
        if paper.date:
            lines.add(f"{subject} {_DATE} {date(paper.date)} .\n")
            if paper.date[:4].isdigit():
                self._say(Property.YEAR, integer(int(paper.date[:4])))
        if paper.arxiv:
            lines.add(f"{subject} {_ARXIV} {literal(paper.arxiv)} .\n")
        if paper.url:
            lines.add(f"{subject} {_URL} {literal(paper.url)}^^<{_XSD}anyURI> .\n")
        lines.update(f"{subject} {_CREATOR} {literal(author)} .\n" for author in paper.authors)
        for prop, count in (
            (Property.AUTHOR_COUNT, paper.author_count),
            (Property.COMMENT_COUNT, paper.comment_count),
            (Property.UPVOTES, paper.upvotes),
        ):
            self._say(prop, None if count is None else integer(count))
        for prop, text in (
            (Property.DATE_TEXT, paper.date_text),
            (Property.DOI, paper.doi),
            (Property.AFFILIATION, paper.organisation),
        ):
            self._say(prop, literal(text) if text else None)
        for seen in paper.sightings:
            place = f"{seen.source}:{seen.line}" if seen.line else seen.source
            self._say(Property.SEEN_IN, literal(f"{place} ({seen.listed})" if seen.listed else place))

    def _mention(self, node: Iri, start: int, end: int, score: float, how: str) -> None:
        mention = f"<{BASE}mention/{digest(self._iri, str(start), str(end), node)[:32]}>"
        self.lines.update(
            (
                f"{mention} {_TYPE} {_C[Class.MENTION]} .\n",
                f"{mention} {_P[Property.FROM_PAPER]} {self._subject} .\n",
                f"{mention} {_P[Property.REFERS_TO]} {iri(node)} .\n",
                f"{mention} {_P[Property.START]} {integer(start)} .\n",
                f"{mention} {_P[Property.END]} {integer(end)} .\n",
                f"{mention} {_P[Property.QUOTE]} {literal(self._text[start:end])} .\n",
                f"{mention} {_P[Property.CONFIDENCE]} {decimal(score)} .\n",
                f"{mention} {_P[Property.RULE]} {literal(how)} .\n",
            )
        )

    def _relation(
        self, kind: RelationType, node: Iri, score: float, *, hedged: bool, rules: set[str], spans: set[Span]
    ) -> None:
        predicate, object_ = _R[kind.predicate], iri(node)
        self.lines.add(f"{self._subject} {predicate} {object_} .\n")
        statement = f"<{statement_iri(self._iri, kind.predicate, node)}>"
        self.lines |= _statement(
            statement, (self._subject, predicate, object_), score, 1, hedged=hedged, origin=_READ_IN_TEXT
        )
        self.lines.update(f"{statement} {_P[Property.RULE]} {literal(rule)} .\n" for rule in rules)
        self.lines.update(f"{statement} {_P[Property.HAS_EVIDENCE]} {self._evidence(span)} .\n" for span in spans)

    def _vouch(self, edge: Edge, *, read: bool) -> None:
        """An edge from this paper that imports say; where its words were `read` to say so, the statement is theirs."""
        if read:
            statement = f"<{statement_iri(edge.subject, edge.predicate, edge.object)}>"
            self.lines.update(_sources(statement, edge.sources))
        else:
            triple = (self._subject, _R[edge.predicate], iri(edge.object))
            self.lines.add(f"{' '.join(triple)} .\n")
            self.lines |= _vouched(edge, triple)

    def _evidence(self, span: Span) -> str:
        """The evidence node of a stretch: its words, and the sentence or sentences that hold them."""
        start, end = span.start, span.end
        first = max(0, bisect_right(self._starts, start) - 1)
        last = max(first, bisect_right(self._starts, max(start, end - 1)) - 1)
        held = self._sentences[first : last + 1]
        begin = min([start, *(s.start for s in held)])
        finish = max([end, *(s.end for s in held)])
        node = f"<{evidence_iri(self._iri, start, end)}>"
        field = "title" if start < len(self._paper.title) else "abstract"
        self.lines.update(
            (
                f"{node} {_TYPE} {_C[Class.EVIDENCE]} .\n",
                f"{node} {_P[Property.FROM_PAPER]} {self._subject} .\n",
                f"{node} {_P[Property.SENTENCE]} {literal(self._text[begin:finish])} .\n",
                f"{node} {_P[Property.SENTENCE_START]} {integer(begin)} .\n",
                f"{node} {_P[Property.QUOTE]} {literal(self._text[start:end])} .\n",
                f"{node} {_P[Property.START]} {integer(start)} .\n",
                f"{node} {_P[Property.END]} {integer(end)} .\n",
                f'{node} {_P[Property.FIELD]} "{field}" .\n',
            )
        )
        return node

    def _result(self, result: Result, facts: PaperFacts, resolved: Resolved) -> set[Iri]:
        """Writes a result; returns the nodes it names."""
        key = [self._iri, clean(result.value), str(result.delta)]
        key += [str(part) for span in result.evidence for part in (span.start, span.end)]
        out: list[tuple[Property, str]] = []
        named: set[Iri] = set()
        for node, written, prop, text_prop in (
            (result.subject, result.subject_label, Property.SUBJECT, Property.SUBJECT_TEXT),
            (result.benchmark, result.benchmark_label, Property.ON_BENCHMARK, Property.BENCHMARK_TEXT),
            (result.metric, result.metric_label, Property.METRIC_USED, Property.METRIC_TEXT),
        ):
            final = None if node is None else resolved.node_of(facts.paper.id, node)
            text = clean(written or "")
            if final is not None:
                named.add(final)
                out.append((prop, iri(final)))
            if text:
                out.append((text_prop, literal(text)))
            key.append(final or text)
        value = None if result.number is None else number(result.number)
        if value is not None:
            out.append((Property.VALUE, value))
        out.append((Property.VALUE_TEXT, literal(result.value)))
        if result.unit:
            out.append((Property.UNIT, literal(result.unit)))
        out.append((Property.DELTA, boolean(result.delta)))
        if result.how:
            out.append((Property.RULE, literal(result.how)))
        out.append((Property.FROM_PAPER, self._subject))
        out.extend((Property.HAS_EVIDENCE, self._evidence(span)) for span in result.evidence)
        node_text = f"<{BASE}result/{digest(*key)[:32]}>"
        self.lines.add(f"{node_text} {_TYPE} {_C[Class.RESULT]} .\n")
        self.lines.update(f"{node_text} {_P[prop]} {value} .\n" for prop, value in out)
        return named
