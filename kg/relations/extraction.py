"""Relations from linked mentions: what the words around them say, what their place says, how sure each rule is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.relations.claims import Claim
from kg.relations.clauses import EVIDENCE, Quotes, read
from kg.relations.confidence import confidence, group_of, is_repeated
from kg.relations.cues import Sense
from kg.relations.lineage import TECHNIQUE, is_kind_of
from kg.relations.meaning import of_data, of_technique
from kg.relations.namesakes import by_name, by_purpose
from kg.relations.patterns import at_word
from kg.relations.readings import readings
from kg.relations.relation import Relation, Result
from kg.relations.results import results
from kg.relations.roles import Role, roles, states_problem
from kg.text import Span
from kg.vocabulary import Kind, RelationType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.identifiers import Iri
    from kg.linking.link import Link
    from kg.relations.clauses import Sentence

__all__ = ["extract"]

_EVIDENCES: Final = 4
"""How many stretches of text are kept for one relation, the surest and earliest first."""
_ORDER: Final = tuple(RelationType)
_DATA: Final = frozenset({Kind.BENCHMARK, Kind.DATASET})
_TECHNIQUES: Final = frozenset({Kind.METHOD, Kind.MODEL})
_TOPIC: Final = 8
"""How many words may precede a task that a sentence of the motivation is about."""
_PROPOSES: Final = re.compile(
    at_word(
        *(rf"{ours}\s(?:[\w-]+\s){{0,2}}?{TECHNIQUE}s?\b" for ours in ("our", "proposed")),
        *(
            rf"{who}\s(?:[a-z]+\s)?(?:propose|introduce|present|develop|design)s?\s(?:[\w-]+,?\s){{0,8}}?{TECHNIQUE}s?\b"
            for who in ("we", "paper", "work")
        ),
    )
)
"""The paper has a method of its own, named or not: it is no study of others'."""


def extract(text: str, links: Sequence[Link]) -> tuple[tuple[Relation, ...], tuple[Result, ...]]:
    """The relations and results of a paper, from its text and its links, which are sorted and do not overlap.

    Each node has at most one relation of a type; every relation has evidence inside the text. Relations come in the
    order in which their nodes first appear, then in the order of `RelationType`.
    """
    introduced = _introduced(text, links)
    own = frozenset(index for index, link in enumerate(links) if link.node in introduced)
    sentences = read(text, links)
    parts = roles(text, sentences, own)
    claims: dict[Iri, list[Claim]] = {link.node: [] for link in links}
    study = not any(links[index].kind in _TECHNIQUES for index in own) and not _PROPOSES.search(text)
    for sentence, role in zip(sentences, parts, strict=True):
        if sentence.mentions and _can_say(text, sentence, role, links, own):
            for claim, node in _claims(sentence, role, links, own, study=study):
                claims[node].append(claim)
    for claim, node in (*by_name(sentences, parts, links, own, introduced), *by_purpose(sentences, links, own)):
        claims[node].append(claim)
    tested = {node for node, said in claims.items() if any(one.type is RelationType.EVALUATES_ON for one in said)}
    quotes = Quotes(text)
    numbers = results(text, sentences, parts, links, own, tested=tested, quotes=quotes)
    for number in numbers:
        if number.benchmark in introduced and number.benchmark not in tested:
            claims[number.benchmark].append(_reported(number))
    nodes = {link.node: link for link in reversed(links)}
    relations: list[Relation] = []
    for node, said in claims.items():
        if node in introduced:
            kind = RelationType.INTRODUCES
            span = _inside(introduced[node], len(text))
            score = confidence(kind, group_of(kind, nodes[node].kind, repeated=False), "introduced", nodes[node].score)
            relations.append(Relation(kind, node, nodes[node].label, score, (span,), "introduced"))
        relations.extend(_settled(nodes[node], said, quotes))
    return tuple(relations), numbers


def _reported(number: Result) -> Claim:
    """A paper that reports a number on a benchmark evaluates on it."""
    place = number.evidence[0]
    return Claim(RelationType.EVALUATES_ON, "own benchmark", "", place, place, False, 1.0)


def _introduced(text: str, links: Sequence[Link]) -> dict[Iri, Span]:
    """The stretch that introduces each node the paper introduces: as linking says, else the title "NAME: ..."."""
    introduced = {link.node: link.introduced for link in reversed(links) if link.introduced}
    measures = {link.node for link in links if link.kind is Kind.METRIC}
    if not measures.issuperset(introduced):  # a measure of its own beside a method of its own is a part of that
        introduced = {node: span for node, span in introduced.items() if node not in measures}
    if not introduced and links and links[0].start == 0 and links[0].kind in _DATA | _TECHNIQUES:
        end = text.find("\n")
        if text.startswith(":", links[0].end) and end > links[0].end:
            introduced[links[0].node] = Span(0, min(end, EVIDENCE))
    return introduced


def _claims(
    sentence: Sentence, role: Role, links: Sequence[Link], own: frozenset[int], *, study: bool
) -> Iterator[tuple[Claim, Iri]]:
    for reading in readings(sentence, own):
        link = links[reading.link]
        if link.kind is Kind.TASK:
            if (role is Role.MOTIVATION and reading.word > _TOPIC) or _is_way(sentence, reading.word):
                continue
            said = [(RelationType.ADDRESSES, f"task in {role}", role is Role.MOTIVATION)]
        elif link.kind in _DATA:
            said = list(of_data(reading, role, link.kind, sentence, own))
        elif link.kind in _TECHNIQUES and reading.link not in own and role is not Role.MOTIVATION:
            kind_of = is_kind_of(reading, sentence, own, link, title=role is Role.TITLE)
            said = list(of_technique(reading, role, link.kind, sentence, kind_of=kind_of, study=study))
        else:
            continue
        if not said:
            continue
        start, end = link.start, link.end
        words = ""
        if reading.at:
            first, last = reading.at
            if first < reading.word:
                start = sentence.place(first)[0]
            if last > reading.word + 1:
                end = sentence.place(last - 1)[1]
            words = " ".join(sentence.words[first:last])
        core = Span(start, end)
        for relation, rule, weak in said:
            yield Claim(relation, rule, words, sentence.span, core, weak, link.score), link.node


def _is_way(sentence: Sentence, at: int) -> bool:
    """Whether the task at a word only says of what sort a thing is: "a QA-based metric", "reasoning-oriented"."""
    follows = sentence.words[at + 1 : at + 2]
    return follows in (("-based",), ("-oriented",), ("-free",))


def _can_say(text: str, sentence: Sentence, role: Role, links: Sequence[Link], own: frozenset[int]) -> bool:
    """Whether a sentence can hold a relation: the motivation only that a task is still a problem."""
    if role is Role.MOTIVATION:
        return any(links[index].kind is Kind.TASK for index in sentence.mentions) and states_problem(text, sentence)
    return any(index not in own or links[index].kind not in _TECHNIQUES for index in sentence.mentions)


def _settled(link: Link, said: list[Claim], quotes: Quotes) -> Iterator[Relation]:
    """One relation a type of what a node's mentions say: words before place, then the surest, then the first."""
    strong = {claim.type for claim in said if not claim.weak}
    if strong:
        said = [claim for claim in said if not claim.weak or claim.type in strong]
    if any(claim.type is RelationType.COMPARES_WITH for claim in said):
        said = [claim for claim in said if (claim.type, claim.rule) != (RelationType.USES, Sense.EVALUATES)]
    types: dict[RelationType, list[Claim]] = {}
    for claim in said:
        types.setdefault(claim.type, []).append(claim)
    for relation in sorted(types, key=_ORDER.index) if len(types) > 1 else types:
        same = types[relation]
        if len(same) > 1:
            alike = group_of(relation, link.kind, repeated=False)
            same.sort(key=lambda claim: (claim.weak, -confidence(claim.type, alike, claim.rule, claim.link)))
        evidence: tuple[Span, ...] = ()
        for claim in same:
            span = quotes.quote(claim.sentence, claim.core)
            if span not in evidence:
                evidence += (span,)
                if len(evidence) == _EVIDENCES:
                    break
        best = same[0]
        how = f"{best.rule}: {best.words}" if best.words else best.rule
        hedged = all(quotes.is_hedged(span) for span in evidence)
        group = group_of(relation, link.kind, repeated=is_repeated(evidence, quotes.text))
        score = confidence(relation, group, best.rule, best.link, hedged=hedged)
        yield Relation(relation, link.node, link.label, score, evidence, how, hedged)


def _inside(span: Span, length: int) -> Span:
    return Span(min(span.start, length), min(span.end, length))
