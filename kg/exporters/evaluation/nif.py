"""NIF in Turtle: the papers' texts with the linked names in them, for GERBIL and other evaluators of entity linking.

Format: https://persistence.uni-leipzig.org/nlp2rdf/specification/core.html, NIF 2.1 Core as GERBIL's page on data sets
has it (https://github.com/dice-group/gerbil/wiki/How-to-generate-a-NIF-dataset). A paper is a `nif:Context` whose
`nif:isString` is title, line feed, abstract; a name in it a `nif:Phrase` with `itsrdf:taIdentRef` (our IRI of the
thing), `itsrdf:taClassRef` (its kind) and `itsrdf:taConfidence`. Offsets count code points from 0, half open, also in
the IRIs (`#char=0,120`, https://www.rfc-editor.org/rfc/rfc5147).

Lost: the graph but for these links; names that were found and linked to nothing; controls become U+FFFD, one for one.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Final

from kg.errors import ExportError
from kg.exporters.format import Format, Takes
from kg.exporters.joining import joined
from kg.exporters.rows import Counts
from kg.files import put_text
from kg.store.terms import iri, literal
from kg.vocabulary import BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from kg.exporters.rows import MentionRow, PaperRow

__all__ = ["FORMAT", "write"]

_HEAD: Final = f"""@prefix itsrdf: <http://www.w3.org/2005/11/its/rdf#> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix xsd: <{PREFIXES["xsd"]}> .
"""


def write(papers: Iterable[PaperRow], mentions: Iterable[MentionRow], file: BinaryIO) -> Counts:
    """Each paper with its mentions after it; rows are mentions.

    Raises:
        ExportError: a mention is not what stands in its paper's text at that place.
    """
    count = 0

    def pieces() -> Iterator[str]:
        nonlocal count
        yield _HEAD
        for paper, its in joined(papers, mentions, attrgetter("iri"), attrgetter("paper")):
            context = _place(paper.iri, 0, len(paper.text))
            yield _string(context, "Context", 0, len(paper.text)) + f"  nif:isString {literal(paper.text)} .\n"
            for mention in its:
                if paper.text[mention.start : mention.end] != mention.text:
                    raise ExportError(f"{paper.iri}: {mention.text[:80]!r} does not stand at {mention.start}")
                yield _phrase(context, mention)
            count += len(its)

    put_text(file, pieces())
    return Counts(rows=count)


def _phrase(context: str, mention: MentionRow) -> str:
    place = _place(mention.paper, mention.start, mention.end)
    kind = f"  itsrdf:taClassRef {iri(BASE + mention.kind)} ;\n" if mention.kind else ""
    return (
        f"{_string(place, 'Phrase', mention.start, mention.end)}"
        f"  nif:anchorOf {literal(mention.text)} ;\n"
        f"  nif:referenceContext {context} ;\n"
        f"{kind}"
        f'  itsrdf:taConfidence "{mention.score}"^^xsd:double ;\n'
        f"  itsrdf:taIdentRef {iri(mention.node)} .\n"
    )


def _string(place: str, type_: str, start: int, end: int) -> str:
    return (
        f"\n{place} a nif:{type_} , nif:String , nif:RFC5147String ;\n"
        f'  nif:beginIndex "{start}"^^xsd:nonNegativeInteger ;\n'
        f'  nif:endIndex "{end}"^^xsd:nonNegativeInteger ;\n'
    )


def _place(paper: str, start: int, end: int) -> str:
    return iri(f"{paper}#char={start},{end}")


FORMAT: Final = Format(
    "nif",
    "text/turtle",
    ".nif.ttl",
    "https://persistence.uni-leipzig.org/nlp2rdf/specification/core.html",
    "texts with linked names: GERBIL",
    (Takes.PAPERS, Takes.MENTIONS),
    write,
)
