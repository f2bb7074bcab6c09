"""What names a paper outside its text: arXiv identifiers and DOIs in the forms people write them.

arXiv: https://info.arxiv.org/help/arxiv_identifier.html; DOI: https://www.doi.org/the-identifier/resources/handbook/.
"""

from __future__ import annotations

import re

from kg.identifiers import ARXIV_ID, PaperId, digest, normal_form

__all__ = ["arxiv_id", "bare_arxiv_id", "doi", "folded", "paper_id", "title_id"]

_BARE = re.compile(rf"({ARXIV_ID})(?:v\d+)?", re.IGNORECASE)
_MARKED = re.compile(
    rf"""(?: \barxiv \s? : \s? (?:abs/)?
           | \barxiv\.org (?: / (?:abs|pdf|html|e-print|format)/ | : )     # the colon: oai:arXiv.org:0704.0001
           | \bhuggingface\.co/papers/
           | \b10\.48550/arxiv\. )
        ({ARXIV_ID}) (?! \d )""",
    re.IGNORECASE | re.VERBOSE,
)
_DOI = re.compile(r"(?:^|doi\.org/|\bdoi:\s?)(10\.\d{4,9}/[^\s\"<>{}|\\^`]+)", re.IGNORECASE)
_SUBJECT = re.compile(r"\.[a-z]{2}/")
_NOT_ALNUM = bytes(code for code in range(128) if not chr(code).isalnum() and chr(code) != "+")


def bare_arxiv_id(text: str) -> str | None:
    """The arXiv identifier that is the whole text, without version; None if it is none.

    For places where the format says that an arXiv identifier stands there; elsewhere `2106.09685` may be a number.

    >>> bare_arxiv_id("2106.09685v2"), bare_arxiv_id("math.GT/0309136"), bare_arxiv_id("12 pages")
    ('2106.09685', 'math/0309136', None)
    """
    match = _BARE.fullmatch(text.strip())
    return _canonical(match[1]) if match else arxiv_id(text)


def arxiv_id(text: str) -> str | None:
    """The first arXiv identifier of a text that says it is one: `arXiv:`, an address, arXiv's own DOI; no version.

    >>> arxiv_id("https://arxiv.org/pdf/2106.09685v2.pdf"), arxiv_id("CoRR, arXiv:hep-th/9901001"), arxiv_id("2106.1")
    ('2106.09685', 'hep-th/9901001', None)
    """
    match = _MARKED.search(text)
    return _canonical(match[1]) if match else None


def doi(text: str) -> str | None:
    """The DOI a text is or holds after `doi:` or as an address, in lower case (DOIs have no case); None without one.

    >>> doi("https://doi.org/10.18653/V1/2022.ACL-long.1"), doi("none")
    ('10.18653/v1/2022.acl-long.1', None)
    """
    match = _DOI.search(text.strip())
    return match[1].rstrip(".,;)]").lower() if match else None


def paper_id(title: str, abstract: str, *, given: str | None, arxiv: str | None, doi: str | None) -> PaperId:
    """What its source calls a paper, else its arXiv identifier, else its DOI, else a hash of its text."""
    if given:
        return PaperId(given)
    if arxiv:
        return PaperId(f"arxiv:{arxiv}")
    if doi:
        return PaperId(f"doi:{doi}")
    return title_id(title, abstract)


def title_id(title: str, abstract: str) -> PaperId:
    """An id from the letters and digits of title and abstract: two spellings of one text share it."""
    return PaperId(f"title:{digest(folded(title) or title, folded(abstract) or abstract)[:12]}")


def folded(text: str) -> str:
    """The letters and digits of a text: its `normal_form`, several times faster on text as long as an abstract.

    ASCII punctuation and spaces go first, so that the regular expression behind `normal_form` has little left to find.
    """
    letters = text.encode("utf-8", "surrogatepass").translate(None, _NOT_ALNUM).decode("utf-8", "surrogatepass")
    return letters.lower().replace("+", "plus") if letters.isascii() else normal_form(letters)


def _canonical(identifier: str) -> str:
    # math.GT/0309136 is math/0309136: the subject class is no part of an old identifier
    return _SUBJECT.sub("/", identifier.lower())
