"""Names to IRIs, and back: normal forms, slugs, hashes of statements; and how arXiv writes its ids.

`NormalForm` is what two spellings of one name share. A slug is the readable end of an IRI; it never throws away what
tells two names apart: `+` becomes `plus`, so BiDAF and BiDAF++ keep two nodes.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final, NewType

from kg.vocabulary import BASE, PREFIXES, Kind, Predicate

__all__ = [
    "ARXIV_ID",
    "SIGNS",
    "Iri",
    "NormalForm",
    "PaperId",
    "as_iri",
    "digest",
    "entity_iri",
    "kind_of",
    "looks_like",
    "normal_form",
    "paper_iri",
    "prefixed",
    "slug",
    "statement_iri",
]

Iri = NewType("Iri", str)
"""An absolute IRI of one of our nodes."""
NormalForm = NewType("NormalForm", str)
"""A name without case, spaces and punctuation; made by `normal_form` alone."""
PaperId = NewType("PaperId", str)
"""What a paper is called in its source, e.g. `arxiv:2106.09685`."""

ARXIV_ID: Final = r"(?:[0-9]{4}\.[0-9]{4,5}|[a-z]{1,18}(?:-[a-z]{1,18})?(?:\.[A-Z]{2})?/[0-9]{7})"
"""For a pattern: an arXiv id without its version, `2106.09685`, `hep-th/9901001` or `math.GT/0309136`
(https://info.arxiv.org/help/arxiv_identifier.html)."""

SIGNS: Final = {
    "+": " plus ",
    "#": " sharp ",
    "%": " percent ",
    "*": " star ",
    "@": " at ",
    "&": " and ",
    "^": " caret ",
    "∞": " inf ",
}
"""The words that stand in a slug for signs which tell names apart."""
_NOT_ALNUM = re.compile(r"[\W_]+")


def normal_form(name: str) -> NormalForm:
    """The name without case, accents of compatibility, spaces and punctuation, `+` kept as `plus`.

    Idempotent; empty only where the name has neither letter nor digit.

    >>> normal_form("GSM-8K"), normal_form("gsm–8k"), normal_form("BiDAF++")
    ('gsm8k', 'gsm8k', 'bidafplusplus')
    """
    folded = unicodedata.normalize("NFKC", name).casefold().replace("+", "plus")
    return NormalForm(_NOT_ALNUM.sub("", unicodedata.normalize("NFKC", folded).casefold()))


def looks_like(form: NormalForm, other: NormalForm) -> bool:
    """Whether two normal forms are about as long and the second has most letters of the first.

    Names that are misspelt by a letter or two do. Comparing letter by letter takes a hundred times as long, so this
    comes first where there are thousands of names.
    """
    letters = set(form)
    return abs(len(other) - len(form)) <= 3 and len(letters.intersection(other)) * 10 >= len(letters) * 7


def slug(name: str) -> str:
    """The readable, ASCII part of an IRI for a name; never empty.

    Signs that tell names apart become words, letters outside ASCII become a short hash after what is left.

    >>> slug("Llama 2 7B"), slug("BiDAF++"), slug("R@1"), slug("τ-bench")
    ('llama-2-7b', 'bidaf-plus-plus', 'r-at-1', 'tau-bench')
    """
    text = unicodedata.normalize("NFKD", name)
    out: list[str] = []
    lost = False
    for char in text:
        if char.isascii():
            out.append(SIGNS.get(char, char))
        elif unicodedata.combining(char):
            continue
        else:
            greek = unicodedata.name(char, "")
            if greek.startswith("GREEK ") and "LETTER" in greek:
                out.append(greek.split("LETTER ")[1].split(" ")[0].lower())
            else:
                out.append(SIGNS.get(char, "-"))
                lost = lost or (char.isalnum() and char not in SIGNS)
    readable = re.sub(r"[^0-9a-z]+", "-", "".join(out).lower().replace("'", "")).strip("-")[:80].strip("-")
    if lost or not readable or len(name) > 80:
        readable = f"{readable}-{digest(name)[:8]}".strip("-")
    return readable


def digest(*parts: str) -> str:
    """SHA-256 of the parts, joined by a character that no part can hold, as 64 hexadecimal digits."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def entity_iri(kind: Kind, identifier: str) -> Iri:
    """The IRI of a thing from its kind and slug."""
    return Iri(f"{BASE}{kind.folder}/{identifier}")


def as_iri(name: str) -> Iri | None:
    """The IRI that a full IRI of ours, `mlkg:method/lora` or `method/lora` spells, None for every other text.

    >>> as_iri("method/lora"), as_iri("LoRA")
    ('https://w3id.org/mlkg/method/lora', None)
    """
    path = name.removeprefix(BASE).removeprefix("mlkg:")
    folder, _, rest = path.partition("/")
    spelt = rest.isascii() and all(char.isalnum() or char in "-._~" for char in rest)
    return Iri(BASE + path) if rest and spelt and folder.isalpha() else None


def kind_of(iri: str) -> Kind | None:
    """The kind a node's IRI says, None for papers, organisations and foreign IRIs.

    >>> kind_of("https://w3id.org/mlkg/method/lora")
    <Kind.METHOD: 'Method'>
    """
    folder = iri.removeprefix(BASE).split("/", 1)[0] if iri.startswith(BASE) else ""
    return next((kind for kind in Kind if kind.folder == folder), None)


def paper_iri(identifier: PaperId) -> Iri:
    """The IRI of a paper; characters an IRI cannot hold are replaced and a hash keeps two ids apart.

    >>> paper_iri(PaperId("arxiv:2106.09685"))
    'https://w3id.org/mlkg/paper/arxiv-2106.09685'
    """
    safe = re.sub(r"[^0-9A-Za-z._~-]+", "-", identifier.replace(":", "-", 1)).strip("-.")
    if safe != identifier.replace(":", "-", 1) or not safe or len(safe) > 80:
        safe = f"{safe[:80]}-{digest(identifier)[:10]}".lstrip("-")
    return Iri(f"{BASE}paper/{safe}")


def statement_iri(subject: str, predicate: Predicate, object_: str) -> Iri:
    """The IRI of the statement node of a triple: anybody can recompute it from the three IRIs."""
    return Iri(f"{BASE}statement/{digest(subject, predicate.iri, object_)[:32]}")


def prefixed(iri: str) -> str:
    """The IRI as people write it: with its prefix where it has one of `kg.vocabulary.PREFIXES`.

    >>> prefixed("http://www.w3.org/2004/02/skos/core#altLabel"), prefixed("http://example.org/x")
    ('skos:altLabel', 'http://example.org/x')
    """
    known = ((prefix, name) for prefix, name in PREFIXES.items() if iri.startswith(name))
    return next((f"{prefix}:{iri.removeprefix(name)}" for prefix, name in known), iri)
