"""Joining the papers: nodes merged by name, mentions joined to nodes of other papers, edges between entities lifted.

`Resolver` takes papers one by one, in any order, and keeps of each only what other papers need; `finish` decides.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.errors import FactsError
from kg.identifiers import Iri, NormalForm, PaperId, digest, kind_of, normal_form, paper_iri
from kg.ontology.entity import Organisation
from kg.resolve.curation import Curation, made, overlaid
from kg.resolve.lift import Claim, lifted
from kg.resolve.model import Edge, NameKey, Node, Proof, Resolved, letters, name_key
from kg.resolve.names import groups_of_one_thing
from kg.vocabulary import BASE, Kind, Predicate, RelationType, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from kg.curated import Import, Row
    from kg.facts import PaperFacts
    from kg.linking.link import NewNode
    from kg.ontology import Ontology

__all__ = ["Contribution", "Resolver", "resolve"]

_STATUS_ORDER: Final = (Status.CURATED, Status.COMPOSED, Status.DISCOVERED)
_SHORTEST_JOINED: Final = 3
"""Normal forms below this length join nothing across papers: "A1", "R2" mean another thing in each."""
_SHORTEST_IN_ANY_CASE: Final = 8
"""Normal forms below this length are joined only as written."""
_NO_DATE: Final = "9999"


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one paper says of a node that the ontology lacks."""

    paper: PaperId
    date: str
    arxiv: str | None
    iri: Iri
    kind: Kind
    label: str
    status: Status
    aliases: tuple[str, ...]
    parents: tuple[tuple[Predicate, Iri], ...]
    introduces: bool

    @property
    def age(self) -> tuple[str, PaperId]:
        """Sorts the earliest paper first; papers without a date last."""
        return (self.date, self.paper)


@dataclass(slots=True)
class _New:
    """A merged node below the ontology: what its contributions share."""

    iri: Iri
    members: list[Contribution]

    def node(self, papers: int) -> Node:
        label = self.label
        names = {name for member in self.members for name in (member.label, *member.aliases)} - {label, ""}
        first = min((m for m in self.members if m.introduces), key=lambda m: m.age, default=None)
        year = int(first.date[:4]) if first and first.date != _NO_DATE and first.date[:4].isdigit() else None
        return Node(
            iri=self.iri,
            kind=self.members[0].kind,
            label=label,
            status=min((m.status for m in self.members), key=_STATUS_ORDER.index),
            aliases=tuple(sorted(names)),
            year=year,
            arxiv=first.arxiv if first else None,
            papers=papers,
        )

    @property
    def label(self) -> str:
        """The spelling most papers use; of equals, one of a paper that introduces it, then the first when sorted."""
        votes: dict[str, tuple[int, int]] = {}
        for member in self.members:
            count, introduced = votes.get(member.label, (0, 0))
            votes[member.label] = (count + 1, max(introduced, int(member.introduces)))
        return min(votes, key=lambda name: (-votes[name][0], -votes[name][1], name))

    @property
    def parents(self) -> list[tuple[Predicate, Iri]]:
        return sorted({parent for member in self.members for parent in member.parents})


def resolve(facts: Iterable[PaperFacts], ontology: Ontology) -> Resolved:
    """The graph of these papers: their nodes with all ancestors, merged across papers, and the edges between nodes.

    Raises:
        FactsError: a node's IRI is not one of ours.
    """
    resolver = Resolver(ontology)
    for one in facts:
        resolver.add(one)
    return resolver.finish()


class Resolver:
    """Collects papers in any order; a paper given twice counts once."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._papers: dict[Iri, PaperId] = {}
        self._papers_of: dict[Iri, set[PaperId]] = defaultdict(set)
        self._unlinked: dict[NameKey, set[PaperId]] = defaultdict(set)
        self._contributions: dict[tuple[PaperId, Iri], Contribution] = {}
        self._claims: set[Claim] = set()

    def add(self, facts: PaperFacts) -> None:
        """Takes in one paper."""
        paper = facts.paper
        self._papers[paper_iri(paper.id)] = paper.id
        current = self._ontology.current  # facts may be older than a redirect
        seen: dict[Iri, str] = {current(link.node): link.label for link in facts.mentions}
        seen |= {current(relation.node): relation.label for relation in facts.relations}
        for result in facts.results:
            for node, label in (
                (result.subject, result.subject_label),
                (result.benchmark, result.benchmark_label),
                (result.metric, result.metric_label),
            ):
                if node is not None:
                    seen.setdefault(current(node), label or "")
        introduced = {relation.node for relation in facts.relations if relation.type is RelationType.INTRODUCES}
        named = {node.iri: node for node in facts.nodes if node.iri not in self._ontology.redirects}
        date = paper.date or _NO_DATE
        for iri, label in seen.items():
            self._papers_of[iri].add(paper.id)
            if iri in self._ontology.entities and (iri not in named or named[iri].status is Status.CURATED):
                continue
            kind = kind_of(iri)
            if kind is None or "/" in iri[len(BASE) + len(kind.folder) + 1 :]:
                raise FactsError(f"{paper.id}: {iri!r} is not the IRI of a node")
            new = named.get(iri)
            self._contributions[paper.id, iri] = Contribution(
                paper=paper.id,
                date=date,
                arxiv=paper.arxiv,
                iri=iri,
                kind=new.kind if new else kind,
                label=(new.label if new else label) or iri.rsplit("/", 1)[1],
                status=new.status if new else Status.DISCOVERED,
                aliases=new.aliases if new else (),
                parents=new.parents if new else (),
                introduces=iri in introduced,
            )
        for parent in _unseen_parents(named.values(), seen, self._ontology):
            new = named[parent]
            self._contributions[paper.id, parent] = Contribution(
                paper.id,
                date,
                paper.arxiv,
                parent,
                new.kind,
                new.label,
                new.status,
                new.aliases,
                new.parents,
                introduces=False,
            )
        for name in facts.unlinked:
            if len(name.normal) >= _SHORTEST_JOINED:
                self._unlinked[name_key(name)].add(paper.id)
        self._claims.update(lifted(facts, introduced))

    def finish(self, imports: Iterable[Import] = ()) -> Resolved:
        """All papers against each other, and what imports say. The resolver may be added to and finished again."""
        renamed: dict[Iri, Iri] = dict(self._ontology.redirects)
        renamed_in: dict[tuple[PaperId, Iri], Iri] = {}
        news = self._merge(renamed, renamed_in)

        def now(paper: PaperId, iri: Iri) -> Iri:
            return renamed_in.get((paper, iri)) or renamed.get(iri, iri)

        papers_of: dict[Iri, set[PaperId]] = defaultdict(set)
        for iri, papers in self._papers_of.items():
            for paper in papers:
                papers_of[now(paper, iri)].add(paper)
        by_name = self._names_to_join(news.values())
        for name, papers in self._unlinked.items():
            if name in by_name:
                papers_of[by_name[name]] |= papers

        said = Curation(imports, lambda iri: renamed.get(iri, iri))
        known = self._ontology.entities.keys() | news.keys() | {iri for iri, row in said.rows.items() if row.label}
        of_papers: dict[PaperId, list[Edge]] = defaultdict(list)
        ends: set[Iri] = set()
        for (subject, predicate, object_), one in sorted(said.edges.items()):
            key = (subject, predicate, object_)
            of = self._papers.get(subject)
            if of is not None and object_ in known:
                papers_of[object_].add(of)
                edge = Edge(*key, asserted=False, confidence=one.confidence, sources=said.vouching_for(key))
                of_papers[of].append(edge)
            elif subject in known and (object_ in known or object_ in self._ontology.organisations):
                ends |= {subject, object_}

        parents: dict[Iri, list[tuple[Predicate, Iri]]] = {}
        for new in news.values():
            parents[new.iri] = sorted({(predicate, renamed.get(parent, parent)) for predicate, parent in new.parents})
        start = sorted({*papers_of, *news, *said.rows, *ends})
        nodes, organisations, asserted = self._closure(start, news, parents, papers_of, said.rows)
        edges = _edges(asserted, self._claims, now, nodes.keys(), said, nodes.keys() | organisations.keys())
        return Resolved(
            nodes=dict(sorted(nodes.items())),
            edges=edges,
            organisations=dict(sorted(organisations.items())),
            sources={iri: said.speaking_of(iri) for iri in sorted(said.rows) if iri in nodes or iri in organisations},
            _said={paper: tuple(held) for paper, held in of_papers.items()},
            _renamed=renamed,
            _renamed_in=renamed_in,
            _by_name=by_name,
        )

    def _merge(self, renamed: dict[Iri, Iri], renamed_in: dict[tuple[PaperId, Iri], Iri]) -> dict[Iri, _New]:
        """One `_New` for each thing, by its IRI; both maps say what the papers' own IRIs became."""
        by_name: dict[tuple[Kind, str], list[Contribution]] = defaultdict(list)
        for one in sorted(self._contributions.values(), key=lambda c: (c.paper, c.iri)):
            by_name[one.kind, normal_form(one.label) or one.label].append(one)
        wanted: dict[Iri, list[tuple[str, list[Contribution]]]] = defaultdict(list)
        for (kind, name), members in sorted(by_name.items()):
            curated = _curated(self._ontology, kind, name, members)
            if curated is not None:
                renamed_in.update({(m.paper, m.iri): curated for m in members if m.iri != curated})
                continue
            for group in groups_of_one_thing(members):
                votes: dict[Iri, int] = defaultdict(int)
                for member in group:
                    votes[member.iri] += 1
                iri = min(votes, key=lambda one, votes=votes: (-votes[one], one))  # type: ignore[misc]
                wanted[iri].append((name, group))
        news: dict[Iri, _New] = {}
        for iri, claimants in sorted(wanted.items()):
            for position, (name, group) in enumerate(_keeper_first(iri, claimants)):
                final = iri
                if position or iri in self._ontology.entities:
                    final = _suffixed(iri, name, group)
                news[final] = _New(final, group)
                renamed_in.update({(m.paper, m.iri): final for m in group if m.iri != final})
        _promote(self._papers_of, self._contributions, renamed, renamed_in)
        return news

    def _names_to_join(self, news: Iterable[_New]) -> dict[NameKey, Iri]:
        """For each unlinked name that exactly one introduced node carries: that node.

        Short names are joined only as written, longer ones in any case but all small: "Set" and "ladder" are words, not
        SET and LADDER.
        """
        carriers: dict[str, set[tuple[Kind, Iri, str]]] = defaultdict(set)
        for new in news:
            if any(member.introduces for member in new.members):
                for member in new.members:
                    for name in (member.label, *member.aliases):
                        carriers[normal_form(name)].add((member.kind, new.iri, letters(name)))
        found: dict[NameKey, Iri] = {}
        for normal, kind, written in self._unlinked:
            loose = len(normal) >= _SHORTEST_IN_ANY_CASE and not written.islower()
            here = {(one, iri) for one, iri, name in carriers.get(normal, ()) if loose or name == written}
            fit = {iri for one, iri in here if kind is None or one is kind}
            if not fit and kind in (Kind.METHOD, Kind.MODEL):  # papers do not agree which of the two a named network is
                fit = {iri for one, iri in here if one in (Kind.METHOD, Kind.MODEL)}
            if len(fit) == 1:
                found[normal, kind, written] = next(iter(fit))
        return found

    def _closure(
        self,
        start: list[Iri],
        news: dict[Iri, _New],
        parents: dict[Iri, list[tuple[Predicate, Iri]]],
        papers_of: dict[Iri, set[PaperId]],
        rows: Mapping[Iri, Row],
    ) -> tuple[dict[Iri, Node], dict[Iri, Organisation], set[tuple[Iri, Predicate, Iri]]]:
        """The nodes from `start` and all their ancestors, with the asserted edges between them."""
        nodes: dict[Iri, Node] = {}
        organisations: dict[Iri, Organisation] = {}
        asserted: set[tuple[Iri, Predicate, Iri]] = set()
        waiting = list(start)
        while waiting:
            iri = waiting.pop()
            if iri in nodes or iri in organisations:
                continue
            entity = self._ontology.entities.get(iri)
            row = rows.get(iri)
            count = len(papers_of.get(iri, ()))
            above: Iterable[tuple[Predicate, Iri]] = ()
            if entity is not None:
                node: Node | None = Node.of(entity, count)
                above = entity.parents
            elif iri in news:
                node = news[iri].node(count)
                above = parents[iri]
            else:
                organisation = _organisation(iri, self._ontology.organisations.get(iri), row)
                if organisation is not None:
                    organisations[iri] = organisation
                    continue
                node = made(row, count) if row is not None else None
            if node is None:
                continue
            nodes[iri] = overlaid(node, row) if row is not None else node
            for predicate, parent in above:
                if parent in self._ontology.organisations or parent in self._ontology.entities or parent in news:
                    waiting.append(parent)
                    if parent != iri:
                        asserted.add((iri, predicate, parent))
        return nodes, organisations, asserted


def _organisation(iri: Iri, held: Organisation | None, row: Row | None) -> Organisation | None:
    """The organisation of the ontology, of a row, or of both; None where it is neither's."""
    if row is None or not iri.startswith(f"{BASE}organisation/"):
        return held
    label = row.label or (held.label if held else None)
    if label is None:
        return None
    names = {*row.aliases, *((held.label, *held.aliases) if held else ())}
    return Organisation(iri, iri.rsplit("/", 1)[1], label, tuple(sorted(names - {label})))


def _curated(ontology: Ontology, kind: Kind, name: str, members: list[Contribution]) -> Iri | None:
    """The one entity of that kind that bears the name, None where there is none or several.

    Where the ontology says that a spelling means the entity only as written (ZeRO), another one (Zero) is another
    thing.
    """
    written = {member.label for member in members}
    found = {
        iri
        for alias, iri in ontology.forms.get(NormalForm(name), ())
        if ontology.entities[iri].kind is kind
        and (alias in written or not any(s.iri == iri and s.exact_case for s in ontology.senses_of(alias)))
    }
    return next(iter(found)) if len(found) == 1 else None


def _unseen_parents(named: Iterable[NewNode], seen: dict[Iri, str], ontology: Ontology) -> Iterator[Iri]:
    """New nodes of a paper that it only needs as ancestors of those it mentions."""
    by_iri = {node.iri: node for node in named}
    done: set[Iri] = set(seen)
    waiting = [iri for iri in by_iri if iri in seen]
    while waiting:
        for _, parent in by_iri[waiting.pop()].parents:
            if parent in by_iri and parent not in done and parent not in ontology.entities:
                done.add(parent)
                waiting.append(parent)
                yield parent


def _keeper_first(iri: Iri, claimants: list[tuple[str, list[Contribution]]]) -> list[tuple[str, list[Contribution]]]:
    """The claimants of one IRI, first the one that keeps it: whose name reads as the slug, or the earliest."""
    own = normal_form(iri.rsplit("/", 1)[1])
    return sorted(
        claimants,
        key=lambda claimant: (claimant[0] != own, min((not m.introduces, m.age) for m in claimant[1]), claimant[0]),
    )


def _suffixed(iri: Iri, name: str, group: list[Contribution]) -> Iri:
    """The IRI of another thing of the same slug: told apart by its name and by the earliest paper that speaks of it."""
    first = min(group, key=lambda member: (not member.introduces, member.age))
    return Iri(f"{iri}-{digest(name, first.paper)[:8]}")


def _promote(
    papers_of: dict[Iri, set[PaperId]],
    contributions: dict[tuple[PaperId, Iri], Contribution],
    renamed: dict[Iri, Iri],
    renamed_in: dict[tuple[PaperId, Iri], Iri],
) -> None:
    """An IRI that became the same node in every paper is renamed once for all; also where it is only a parent."""
    became: dict[Iri, set[Iri]] = defaultdict(set)
    for paper, iri in contributions:
        became[iri].add(renamed_in.get((paper, iri), iri))
    for iri, targets in became.items():
        if len(targets) == 1:
            target = next(iter(targets))
            if target != iri:
                renamed[iri] = target
            for paper in papers_of.get(iri, ()):
                renamed_in.pop((paper, iri), None)


def _edges(
    asserted: set[tuple[Iri, Predicate, Iri]],
    claims: Iterable[Claim],
    now: Callable[[PaperId, Iri], Iri],
    nodes: Collection[Iri],
    said: Curation,
    ends: Collection[Iri],
) -> tuple[Edge, ...]:
    """Asserted, claimed and imported edges together, sorted; one from a node to itself, as merging may leave, is none.

    Claims join two of the `nodes`, imports two of the `ends`, which are nodes and organisations.
    """
    claimed: dict[tuple[Iri, Predicate, Iri], set[Claim]] = defaultdict(set)
    for claim in claims:
        subject, object_ = now(claim.paper, claim.subject), now(claim.paper, claim.object)
        if subject != object_ and subject in nodes and object_ in nodes:
            claimed[subject, claim.predicate, object_].add(claim)
    vouched = {key for key in said.edges if key[0] != key[2] and key[0] in ends and key[2] in ends}
    edges = []
    for key in sorted({*asserted, *claimed, *vouched}):
        words = claimed.get(key, set())
        alone = 1.0 if key in asserted or key not in vouched else said.edges[key].confidence
        edges.append(
            Edge(
                *key,
                asserted=key in asserted,
                confidence=max((word.score for word in words), default=alone),
                support=len({word.paper for word in words}),
                hedged=bool(words) and all(word.hedged for word in words),
                proofs=tuple(sorted({Proof(word.paper, word.start, word.end, word.rule) for word in words})),
                sources=said.vouching_for(key),
            )
        )
    return tuple(edges)
