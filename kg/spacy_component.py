r"""The linker as a part of anybody's spaCy pipeline: `nlp.add_pipe("mlkg_linker")`.

The only module that imports spaCy. Importing it registers the factory; the package's entry point `spacy_factories` does
so without an import where the package is installed.

    import spacy
    import kg.spacy_component

    nlp = spacy.blank("en")
    nlp.add_pipe("mlkg_linker")
    doc = nlp("LongLoRA: Efficient fine-tuning\nWe present LongLoRA, an extension of LoRA.")
    [(span.text, span.label_, span.kb_id_) for span in doc.spans["mlkg"]]
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from kg.linking.linker import Linker
from kg.ontology import load_ontology

__all__ = ["SPANS_KEY", "LinkerComponent"]

SPANS_KEY: Final = "mlkg"
"""The group of `doc.spans` that holds every link."""


class LinkerComponent:
    """Sets `doc.spans["mlkg"]`, and with `set_ents` the entities that no earlier component has claimed.

    Of each span the label is the kind and `kb_id` the node's IRI; `span._.mlkg_label` is the node's preferred label and
    `doc._.mlkg` lists (start, end, label, score, how) of every link with exact offsets into `doc.text`: where an end is
    no token's, the span in `doc.spans` is widened to whole tokens. The ontology is read when the first text comes, so
    that a process of `nlp.pipe(n_process=2)` reads its own.
    """

    def __init__(self, name: str, ontology: str | None, *, set_ents: bool) -> None:
        self.name = name
        self._folder = ontology
        self._set_ents = set_ents
        self._linker: Linker | None = None
        _register()

    def __call__(self, doc: Doc) -> Doc:
        """The document with its links."""
        links = self._loaded().link(doc.text).links
        spans = []
        for link in links:
            span = doc.char_span(link.start, link.end, label=link.kind.value, kb_id=link.node, alignment_mode="expand")
            if span is not None:
                spans.append(span)
        doc.spans[SPANS_KEY] = spans
        doc.user_data[SPANS_KEY] = [(link.start, link.end, link.label, link.score, link.how) for link in links]
        if self._set_ents:
            taken = {token.i for ent in doc.ents for token in ent}
            free = [span for span in filter_spans(spans) if taken.isdisjoint(range(span.start, span.end))]
            doc.set_ents(free, default="unmodified")
        return doc

    def __getstate__(self) -> dict[str, object]:
        return {"name": self.name, "folder": self._folder, "set_ents": self._set_ents}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__init__(str(state["name"]), state["folder"], set_ents=bool(state["set_ents"]))  # type: ignore[misc]

    def to_disk(self, path: str | Path, *, exclude: object = ()) -> None:
        """Nothing is kept: the ontology is not part of the pipeline."""

    def from_disk(self, path: str | Path, *, exclude: object = ()) -> LinkerComponent:  # noqa: ARG002
        """The component as it is."""
        return self

    def to_bytes(self, *, exclude: object = ()) -> bytes:  # noqa: ARG002
        """Nothing is kept: the ontology is not part of the pipeline."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: object = ()) -> LinkerComponent:  # noqa: ARG002
        """The component as it is."""
        return self

    def _loaded(self) -> Linker:
        if self._linker is None:
            self._linker = Linker(load_ontology(Path(self._folder)) if self._folder else load_ontology())
        return self._linker


@Language.factory(
    "mlkg_linker",
    assigns=["doc.spans", "doc.ents"],
    default_config={"ontology": None, "set_ents": True},
)
def make_linker(nlp: Language, name: str, ontology: str | None, set_ents: bool) -> LinkerComponent:  # noqa: ARG001
    """The component; `ontology` is a folder of tables, None for the one that comes with the package."""
    return LinkerComponent(name, ontology, set_ents=set_ents)


def _doc_links(doc: Doc) -> list[tuple[int, int, str, float, str]]:
    """(start, end, label, score, how) of every link, offsets into `doc.text`."""
    return list(doc.user_data.get(SPANS_KEY, ()))


def _span_label(span: Span) -> str | None:
    """The preferred label of the node the span is linked to, None where it is not linked."""
    for start, end, label, _, _ in _doc_links(span.doc):
        if span.start_char <= start and end <= span.end_char:
            return label
    return None


def _register() -> None:
    """The extensions, unless somebody has set attributes of that name already: theirs stay."""
    if not Doc.has_extension("mlkg"):
        Doc.set_extension("mlkg", getter=_doc_links)
    if not Span.has_extension("mlkg_label"):
        Span.set_extension("mlkg_label", getter=_span_label)
