"""From a name as people write it to the node of a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import AmbiguousNameError, UnknownNameError
from kg.identifiers import Iri, as_iri, looks_like, normal_form
from kg.papers.references import bare_arxiv_id, doi
from kg.vocabulary import BASE, Kind, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.identifiers import NormalForm
    from kg.store import Store

__all__ = ["find_node", "find_paper", "find_paper_loosely", "find_thing"]


def find_node(store: Store, name: str, kinds: Sequence[Kind] = ()) -> Iri:
    """The one entity (of these kinds) that a name stands for: IRI, `method/lora`, label or alias, in any spelling.

    An IRI that the ontology redirects stands for the node it leads to.
    A label beats an alias, and the exact spelling beats the normal form, so ZeRO and Zero can be two nodes; the
    ontology's node beats those of the same name that papers brought.

    Raises:
        AmbiguousNameError: several bear it; the message lists them.
        UnknownNameError: none does; the message says what is near.
    """
    wanted = kinds or tuple(Kind)
    iri = as_iri(name)
    if iri is not None:
        iri = _current(store, iri)
        if any(_has_kind(store, iri, kind) for kind in wanted):
            return iri
    form = normal_form(name)
    found: dict[Iri, tuple[str, set[str]]] = {}
    curated: set[Iri] = set()
    if form:
        values = " ".join(f"mlkg:{kind}" for kind in wanted)
        for node, label, alias, status in store.strings(f"""
            SELECT ?node ?label ?alias ?status WHERE {{
              ?node mlkg:normalForm "{_plain(form)}" . VALUES ?kind {{ {values} }}
              ?node a ?kind ; skos:prefLabel ?label ; mlkg:status ?status .
              OPTIONAL {{ ?node skos:altLabel ?alias }} }}"""):
            held = found.setdefault(Iri(str(node)), (str(label), set()))
            if alias is not None:
                held[1].add(alias)
            if status == Status.CURATED:
                curated.add(Iri(str(node)))
    exact = [{node for node, (label, _) in found.items() if label == name}]
    exact.append({node for node, (_, aliases) in found.items() if name in aliases})
    loose = [{node for node, (label, _) in found.items() if normal_form(label) == form}, set(found)]
    for ranks in (exact, loose):
        for nodes in (*(rank & curated for rank in ranks), *ranks):
            if len(nodes) == 1:
                return next(iter(nodes))
            if nodes:
                raise AmbiguousNameError(name, sorted(node.removeprefix(BASE) for node in nodes))
    what = " or ".join(kind.lower() for kind in kinds) if kinds else "entity"
    raise UnknownNameError(what, name, _shortlist(store, form, wanted), "kg query top-entities shows what is there")


def find_paper(store: Store, name: str) -> Iri:
    """The paper of an id, arXiv id (with or without version, or its address), DOI (bare or its address), IRI or title.

    Raises:
        AmbiguousNameError: several papers have that title.
        UnknownNameError: there is none; the message says which titles are near.
    """
    iri = as_iri(name)
    if iri is not None and any(
        True for _ in store.strings(f"SELECT ?x WHERE {{ BIND(<{iri}> AS ?x) ?x a mlkg:Paper }}")
    ):
        return iri
    text = name.strip()
    arxiv = bare_arxiv_id(text) or "-"
    its_doi = _plain(doi(text) or "-")
    found = [
        Iri(str(node))
        for (node,) in store.strings(f"""
            SELECT DISTINCT ?node WHERE {{ ?node a mlkg:Paper .
              {{ ?node dcterms:identifier "{_plain(text)}" }} UNION {{ ?node fabio:hasArXivId "{arxiv}" }}
              UNION {{ ?node dcterms:identifier "doi:{its_doi}" }} UNION {{ ?node mlkg:doi "{its_doi}" }}
              UNION {{ ?node mlkg:normalForm "{_plain(normal_form(text)) or "-"}" }} }}""")
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousNameError(name, sorted(node.removeprefix(BASE) for node in found))
    names = [
        str(called)
        for (called,) in store.strings("SELECT ?t WHERE { ?node a mlkg:Paper ; dcterms:title|dcterms:identifier ?t }")
    ]
    raise UnknownNameError("paper", name, names, "kg query papers lists them")


def find_paper_loosely(store: Store, name: str) -> Iri:
    """As `find_paper`; else the one paper whose title begins so, else the one that introduces the thing of that name.

    Raises:
        As `find_paper`.
    """
    try:
        return find_paper(store, name)
    except UnknownNameError:
        form = normal_form(name)
        rows = store.strings("SELECT ?node ?form WHERE { ?node a mlkg:Paper ; mlkg:normalForm ?form } ORDER BY ?node")
        begun = [Iri(str(node)) for node, its_form in rows if form and str(its_form).startswith(form)]
        found = begun if len(begun) == 1 else _introducing(store, name) or begun
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousNameError(name, [node.removeprefix(BASE) for node in found]) from None
        raise


def _introducing(store: Store, name: str) -> list[Iri]:
    """The papers that introduce the entity of a name; none where the name is no entity's or several entities'."""
    try:
        node = find_node(store, name)
    except (UnknownNameError, AmbiguousNameError):
        return []
    papers = store.strings(f"SELECT ?p WHERE {{ ?p mlkg:introduces <{node}> }} ORDER BY ?p")
    return [Iri(str(paper)) for (paper,) in papers]


def find_thing(store: Store, name: str) -> Iri:
    """The entity, or else the paper, that the name stands for.

    Raises:
        AmbiguousNameError: several entities bear it.
        UnknownNameError: nothing does.
    """
    try:
        return find_node(store, name)
    except UnknownNameError as unknown:
        try:
            return find_paper(store, name)
        except UnknownNameError as no_paper:
            raise (unknown if unknown.suggestions or not no_paper.suggestions else no_paper) from None


def _plain(text: str) -> str:
    """The text inside the quotes of a SPARQL string."""
    kept = "".join(char for char in text if char.isprintable() and not "\ud800" <= char <= "\udfff")
    return kept.replace("\\", "\\\\").replace('"', '\\"')


def _current(store: Store, iri: Iri) -> Iri:
    """The node that stands for the thing now: where the ontology redirects the IRI, else the IRI itself."""
    found = store.strings(f"SELECT ?now WHERE {{ <{iri}> dcterms:isReplacedBy ?now }}")
    return next((Iri(str(now)) for (now,) in found), iri)


def _has_kind(store: Store, iri: Iri, kind: Kind) -> bool:
    return any(True for _ in store.strings(f"SELECT ?x WHERE {{ BIND(<{iri}> AS ?x) ?x a mlkg:{kind} }}"))


def _shortlist(store: Store, form: NormalForm, kinds: Sequence[Kind]) -> list[str]:
    """The names of these kinds that look like the one that is not there."""
    values = " ".join(f"mlkg:{kind}" for kind in kinds)
    names = store.strings(f"""
        SELECT DISTINCT ?name WHERE {{
          VALUES ?kind {{ {values} }} ?node a ?kind ; skos:prefLabel|skos:altLabel ?name }}""")
    return [str(name) for (name,) in names if looks_like(form, normal_form(str(name)))]
