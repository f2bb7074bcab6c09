import pytest
import spacy
from spacy.tokens import Span

from kg.spacy_component import SPANS_KEY

TEXT = "ZibNet: a title\nWe propose ZibNet, a framework beside LoRA-based tuning and GPT-4."


@pytest.fixture(scope="module")
def nlp():
    nlp = spacy.blank("en")
    nlp.add_pipe("mlkg_linker")
    return nlp


def test_component_sets_spans_with_kinds_and_nodes(nlp):
    doc = nlp(TEXT)
    spans = {span.text: span for span in doc.spans[SPANS_KEY]}
    assert spans["GPT-4"].label_ == "Model"
    assert spans["GPT-4"].kb_id_.startswith("https://w3id.org/mlkg/model/")
    assert spans["ZibNet"].label_ == "Method"


def test_component_sets_entities(nlp):
    assert "GPT-4" in [ent.text for ent in nlp(TEXT).ents]


def test_component_keeps_entities_of_others(nlp):
    doc = nlp.make_doc(TEXT)
    start = next(token.i for token in doc if token.text.startswith("GPT"))
    doc.set_ents([Span(doc, start, start + 1, label="ROBOT")])
    assert "ROBOT" in [ent.label_ for ent in nlp.get_pipe("mlkg_linker")(doc).ents]


def test_component_keeps_exact_offsets_on_the_document(nlp):
    doc = nlp(TEXT)
    assert [doc.text[start:end] for start, end, *_ in doc._.mlkg if doc.text[start:end] == "LoRA"] == ["LoRA"]


def test_component_labels_a_span(nlp):
    doc = nlp(TEXT)
    span = next(span for span in doc.spans[SPANS_KEY] if span.text == "GPT-4")
    assert span._.mlkg_label == "GPT-4"


def test_component_works_in_two_processes(nlp):
    docs = list(nlp.pipe([TEXT, "We use LoRA."], n_process=2))
    assert [span.text for span in docs[1].spans[SPANS_KEY]] == ["LoRA"]


def test_component_survives_a_round_trip(nlp, tmp_path):
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    one, other = nlp(TEXT), again(TEXT)
    assert [span.text for span in other.spans[SPANS_KEY]] == [span.text for span in one.spans[SPANS_KEY]]
