"""Sentences with their mentions marked, for tests: "We tune [Model:Llama 2 7B] with [Method:LoRA]".

`[*Method:NAME]` is introduced by the paper; `[Method:short=Long Name]` shows `short` and links to `Long Name`.
"""

import re

from kg.identifiers import entity_iri, slug
from kg.linking.link import Link
from kg.text import Span
from kg.vocabulary import Kind

_MARK = re.compile(r"\[(?P<new>\*)?(?P<kind>[A-Z]\w+):(?P<text>[^\]=]+)(?:=(?P<label>[^\]]+))?\]")


def marked(source):
    """The plain text and its links."""
    text, links, new, at = "", [], set(), 0
    for mark in _MARK.finditer(source):
        text += source[at : mark.start()]
        label = mark["label"] or mark["text"]
        node = entity_iri(Kind(mark["kind"]), slug(label))
        links.append(
            Link(len(text), len(text) + len(mark["text"]), mark["text"], Kind(mark["kind"]), node, label, 1.0, "test")
        )
        text += mark["text"]
        at = mark.end()
        if mark["new"]:
            new.add(node)
    text += source[at:]
    return text, tuple(_introduced(link, text) if link.node in new else link for link in links)


def _introduced(link, text):
    span = Span(max(0, link.start - 10), min(len(text), link.end + 10))
    return Link(link.start, link.end, link.text, link.kind, link.node, link.label, link.score, link.how, span)


def paper(*sentences, title="A title"):
    """A paper's text and links: its title, a sentence that opens the contribution, and the sentences."""
    return marked(f"{title}\n{' '.join(sentences)}")
