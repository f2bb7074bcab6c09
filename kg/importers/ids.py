"""From a paper's IRI back to its id, where a file has no other: as far as the IRI still says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.identifiers import PaperId, paper_iri
from kg.vocabulary import BASE

if TYPE_CHECKING:
    from kg.identifiers import Iri

__all__ = ["paper_id_of"]

_SCHEMES: Final = ("arxiv", "doi", "title")


def paper_id_of(iri: Iri | str) -> PaperId | None:
    """An id whose IRI this is, best the one it was made from; None where the id cannot be told any more.

    >>> paper_id_of("https://w3id.org/mlkg/paper/arxiv-2106.09685")
    'arxiv:2106.09685'
    """
    path = iri.removeprefix(f"{BASE}paper/")
    scheme, _, rest = path.partition("-")
    candidates = [PaperId(f"{scheme}:{rest}")] if scheme in _SCHEMES else []
    return next((one for one in (*candidates, PaperId(path)) if paper_iri(one) == iri), None)
