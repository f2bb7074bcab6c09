"""Facts of papers that no extractor would make, for the laws of importing: any text, any stretch, any rule."""

from decimal import Decimal

from hypothesis import strategies as st

from kg.facts import PaperFacts
from kg.identifiers import PaperId, entity_iri, normal_form, slug
from kg.linking.link import Link, NewNode, Unlinked
from kg.papers.paper import Paper, Sighting
from kg.relations.relation import Relation, Result
from kg.text import Span
from kg.vocabulary import Kind, Predicate, RelationType, Status
from tests.graphs import BENCHMARK, METHOD, MODEL, TASK, iri

KNOWN = [
    (METHOD, iri("method/lora"), "LoRA"),
    (METHOD, iri("method/qlora"), "QLoRA"),
    (MODEL, iri("model/llama-2-7b"), "Llama 2 7B"),
    (BENCHMARK, iri("benchmark/gsm8k"), "GSM8K"),
    (BENCHMARK, iri("benchmark/mmlu-stem"), "MMLU-STEM"),
    (TASK, iri("task/mathematical-reasoning"), "Mathematical Reasoning"),
]
NEW = [
    NewNode(
        entity_iri(kind, slug(label)), kind, label, status, tuple(aliases), tuple((Predicate.VARIANT_OF, p) for p in up)
    )
    for kind, label, status, aliases, up in (
        (METHOD, "LADDER", Status.DISCOVERED, ["Learning As Difficulty Rises"], []),
        (METHOD, "Ladder++", Status.DISCOVERED, ['a "name" | of\tsorts', "=1+1"], []),
        (MODEL, "Fox-1 3B", Status.COMPOSED, ["Fox 1"], [iri("model/fox-1")]),
        (MODEL, "Fox-1", Status.COMPOSED, [], []),
        (BENCHMARK, "Steps", Status.DISCOVERED, ["STEPS"], []),
        (METHOD, "Zero", Status.DISCOVERED, [], []),
    )
]
ABOVE = {node.iri: node for node in NEW}
WORDS = [
    "LADDER",
    "Ladder++",
    "Fox-1 3B",
    "Steps",
    "LoRA",
    "GSM8K",
    "We",
    "see",
    "it. ",
    "On",
    "a <b>",
    "e.g. ",
    "x\n",
    "\x07",
    "é",
    "𝔸",
]
RULES = ["uses: with", "rule & one", "joined by name"]

texts = st.lists(
    st.sampled_from(WORDS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=5), max_size=25
).map(" ".join)
scores = st.integers(0, 10_000).map(lambda number: number / 10_000)


@st.composite
def spans(draw, text):
    start = draw(st.integers(0, len(text) - 1))
    return Span(start, draw(st.integers(start + 1, len(text))))


@st.composite
def facts_of(draw, number):
    title = draw(texts) + f" paper {number}"
    paper = Paper(
        PaperId(draw(st.sampled_from([f"p{number}", f"arxiv:2101.0000{number}", f"a paper: {number}/x"]))),
        title,
        draw(texts),
        date=draw(st.sampled_from([None, "2021", "2022-03", "2023-05-06"])),
        date_text=draw(st.sampled_from([None, "May 6"])),
        arxiv=draw(st.sampled_from([None, f"2101.0000{number}"])),
        doi=draw(st.sampled_from([None, f"10.1000/{number}"])),
        url=draw(st.sampled_from([None, "https://arxiv.org/abs/1"])),
        authors=tuple(sorted(draw(st.sets(st.sampled_from(["A. Author", "B. Büchner"]))))),
        upvotes=draw(st.sampled_from([None, 0, 7])),
        sightings=draw(
            st.sampled_from(
                [(), (Sighting("a.txt"),), (Sighting("a.txt", 3, "May 6"), Sighting("b (c)", 1)), (Sighting("d:x:12"),)]
            )
        ),
    )
    text = paper.text
    things = [*KNOWN, *((node.kind, node.iri, node.label) for node in NEW)]
    chosen = draw(st.lists(st.sampled_from(things), max_size=5, unique=True))
    links, relations, results, unlinked = [], {}, [], []
    at = 0
    for kind, node, label in chosen:
        span = draw(spans(text))
        if span.start >= at:
            links.append(
                Link(span.start, span.end, text[span.start : span.end], kind, node, label, draw(scores), "alias")
            )
            at = span.end
    for kind, node, label in chosen:
        type_ = draw(st.sampled_from(list(RelationType)))
        if type_ is RelationType.EVALUATES_ON and kind not in (BENCHMARK, Kind.DATASET):
            continue
        if type_ is RelationType.ADDRESSES and kind is not TASK:
            continue
        evidence = tuple(sorted(draw(st.sets(spans(text), min_size=1, max_size=2))))
        rule, hedged = draw(st.sampled_from(RULES)), draw(st.booleans())
        relations[type_, node] = Relation(type_, node, label, draw(scores), evidence, rule, hedged)
    for kind, node, label in chosen[:2]:
        value = draw(st.sampled_from(["50.3%", "1e3", "+2 points", "many\x07"]))
        number = {"50.3%": Decimal("50.3"), "1e3": Decimal(1000)}.get(value)
        named = (
            {"benchmark": node, "benchmark_label": label}
            if kind is BENCHMARK
            else {"subject": node, "subject_label": label}
        )
        results.append(
            Result(value, draw(st.booleans()), (draw(spans(text)),), number=number, unit="%", how="score", **named)
        )
    for name in ("LADDER", "Ladder++"):
        at = text.find(name)
        if at >= 0 and not any(link.start < at + len(name) and at < link.end for link in links) and draw(st.booleans()):
            unlinked.append(Unlinked(at, at + len(name), name, None, normal_form(name), "not known"))
    named = (
        {link.node for link in links}
        | {relation.node for relation in relations.values()}
        | {node for _, node, _ in chosen[:2]}
    )
    nodes = {node.iri: node for node in NEW if node.iri in named}
    for node in list(nodes.values()):
        nodes |= {parent: ABOVE[parent] for _, parent in node.parents}
    return PaperFacts(
        paper,
        tuple(links),
        tuple(relations.values()),
        tuple(results),
        tuple(unlinked),
        tuple(nodes[one] for one in sorted(nodes)),
    )


@st.composite
def corpora(draw):
    """A few papers, all different."""
    return [draw(facts_of(number)) for number in range(draw(st.integers(1, 4)))]
