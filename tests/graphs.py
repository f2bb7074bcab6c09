"""Papers, facts and a small ontology written for the tests of resolving, storing and asking."""

from decimal import Decimal

from kg.facts import PaperFacts
from kg.identifiers import Iri, PaperId, entity_iri, normal_form, slug
from kg.linking.link import Link, NewNode, Unlinked
from kg.ontology import load_ontology
from kg.ontology.tables import TABLES, write_table
from kg.papers.paper import Paper, Sighting
from kg.relations.relation import Relation, Result
from kg.text import Span, sentences
from kg.vocabulary import Kind, RelationType, Status

METHOD, MODEL, BENCHMARK, DATASET, TASK, METRIC = (
    Kind.METHOD,
    Kind.MODEL,
    Kind.BENCHMARK,
    Kind.DATASET,
    Kind.TASK,
    Kind.METRIC,
)

ROWS = {
    "organisations": [{"id": "meta", "label": "Meta", "aliases": "Meta AI"}],
    "tasks": [
        {"id": "question-answering", "label": "Question Answering", "aliases": "QA", "area": "nlp"},
        {"id": "reasoning", "label": "Reasoning"},
        {"id": "mathematical-reasoning", "label": "Mathematical Reasoning", "broader": "reasoning"},
    ],
    "metrics": [
        {"id": "accuracy", "label": "Accuracy", "aliases": "acc", "higher_is_better": "yes", "unit": "percent"},
        {"id": "perplexity", "label": "Perplexity", "higher_is_better": "no"},
    ],
    "models": [
        {"id": "bert", "label": "BERT", "level": "family", "year": "2018", "arxiv": "1810.04805"},
        {"id": "bert-base", "label": "BERT base", "level": "checkpoint", "parent": "bert", "year": "2018"},
        {"id": "llama", "label": "LLaMA", "level": "family", "organisation": "Meta", "year": "2023"},
        {
            "id": "llama-2",
            "label": "Llama 2",
            "level": "version",
            "parent": "llama",
            "organisation": "Meta",
            "year": "2023",
        },
        {
            "id": "llama-2-7b",
            "label": "Llama 2 7B",
            "level": "checkpoint",
            "parent": "llama-2",
            "aliases": "Llama-2-7B",
        },
    ],
    "methods": [
        {"id": "peft", "label": "Parameter-Efficient Fine-Tuning", "aliases": "PEFT", "category": "fine-tuning"},
        {"id": "lora", "label": "LoRA", "aliases": "Low-Rank Adaptation", "broader": "peft", "year": "2021"},
        {"id": "qlora", "label": "QLoRA", "broader": "lora", "extends": "lora", "year": "2023", "arxiv": "2305.14314"},
        {"id": "transformer", "label": "Transformer", "year": "2017", "tasks": "question-answering"},
        {"id": "zero", "label": "ZeRO"},
    ],
    "benchmarks": [
        {
            "id": "gsm8k",
            "label": "GSM8K",
            "kind": "benchmark",
            "aliases": "GSM 8K | Grade School Math",
            "tasks": "mathematical-reasoning",
            "metrics": "accuracy",
            "year": "2021",
        },
        {"id": "mmlu", "label": "MMLU", "kind": "benchmark", "tasks": "question-answering", "year": "2020"},
        {"id": "mmlu-stem", "label": "MMLU-STEM", "kind": "benchmark", "part_of": "mmlu"},
        {"id": "alpaca", "label": "Alpaca", "kind": "dataset"},
    ],
    "ambiguous": [
        {"alias": "ZeRO", "node": "method/zero", "case": "exact", "default": "yes"},
    ],
    "stopped": [],
    "redirects": [
        {"old": "benchmark/alpaca", "new": "dataset/alpaca", "why": "it is data to train on"},
        {"old": "method/low-rank-adaptation", "new": "method/lora", "why": "two rows for one thing"},
    ],
}


def write_ontology(folder):
    """The small ontology's tables are in the folder."""
    for name, table in TABLES.items():
        rows = [["test" if c == "source" else row.get(c, "") for c in table.columns] for row in ROWS[name]]
        write_table(folder, table, rows)
    return load_ontology(folder)


def iri(path):
    """The node of `method/lora`."""
    return Iri(f"https://w3id.org/mlkg/{path}")


class Draft:
    """Facts being written: names are found in the text, so that offsets are right."""

    def __init__(self, paper_id, title, abstract, **record):
        record.setdefault("sightings", (Sighting("page.txt", 3, "May 4"),))
        self.paper = Paper(PaperId(paper_id), title, abstract, **record)
        self.links, self.relations, self.results, self.unlinked, self.nodes = [], [], [], [], {}

    def span(self, words):
        at = self.paper.text.index(words)
        return Span(at, at + len(words))

    def mention(self, words, kind, path=None, label=None):
        """The words are a mention of the node; without a path they name a node that this paper brings."""
        where = self.span(words)
        node = iri(path) if path else entity_iri(kind, slug(label or words))
        self.links.append(Link(where.start, where.end, words, kind, node, label or words, 0.9, "alias"))
        return node

    def new(self, words, kind, *aliases, status=Status.DISCOVERED, parents=(), path=None):
        """The words name a thing that the ontology lacks."""
        node = self.mention(words, kind, path=path)
        self.nodes[node] = NewNode(node, kind, words, status, aliases, parents)
        return node

    def relate(self, kind, node, words, score=0.9, *, hedged=False, rule="test rule"):
        """The sentence that holds the words says that the paper relates to the node."""
        inside = self.span(words)
        sentence = next(s for s in sentences(self.paper.text) if s.covers(inside))
        self.relations.append(Relation(RelationType(kind), node, "", score, (sentence,), rule, hedged))
        return self

    def result(self, value, words, **named):
        self.results.append(Result(value, False, (self.span(words),), how="score", **named))
        return self

    def leave(self, words, kind=None):
        """The words are a name that linking left unlinked."""
        where = self.span(words)
        self.unlinked.append(Unlinked(where.start, where.end, words, kind, normal_form(words), "not known"))
        return self

    def facts(self):
        return PaperFacts(
            self.paper,
            tuple(sorted(self.links, key=lambda link: link.start)),
            tuple(self.relations),
            tuple(self.results),
            tuple(self.unlinked),
            tuple(self.nodes[node] for node in sorted(self.nodes)),
        )


def sample():
    """Six papers: a line from LoRA to a new method, scores on GSM8K and MMLU, a name that only its own paper
    explains."""
    lora = Draft(
        "arxiv:2106.09685",
        "LoRA: small updates for large models",
        "We present LoRA, which trains low-rank updates of a Transformer. "
        "It matches full training of BERT base on MMLU.",
        date="2021-06-17",
        arxiv="2106.09685",
        authors=("A. Author", "B. Büchner"),
        author_count=2,
        url="https://arxiv.org/abs/2106.09685",
    )
    lora.relate("introduces", lora.mention("LoRA", METHOD, "method/lora"), "We present LoRA")
    lora.relate("uses", lora.mention("Transformer", METHOD, "method/transformer"), "of a Transformer")
    lora.relate("compares_with", lora.mention("BERT base", MODEL, "model/bert-base"), "BERT base on")
    lora.relate("evaluates_on", lora.mention("MMLU", BENCHMARK, "benchmark/mmlu"), "on MMLU")

    qlora = Draft(
        "arxiv:2305.14314",
        "QLoRA: adapting quantised models",
        "QLoRA extends LoRA with four-bit weights. On GSM8K it reaches 52.3% accuracy with Llama 2 7B. "
        "It was measured on MMLU.",
        date="2023-05-23",
        arxiv="2305.14314",
        upvotes=7,
    )
    node = qlora.mention("QLoRA", METHOD, "method/qlora")
    qlora.relate("introduces", node, "QLoRA: adapting")
    qlora.relate("extends", qlora.mention("LoRA with", METHOD, "method/lora", "LoRA"), "extends LoRA")
    gsm = qlora.mention("GSM8K", BENCHMARK, "benchmark/gsm8k")
    qlora.relate("evaluates_on", gsm, "On GSM8K")
    qlora.relate("uses", qlora.mention("Llama 2 7B", MODEL, "model/llama-2-7b"), "with Llama 2 7B")
    qlora.relate("evaluates_on", qlora.mention("MMLU", BENCHMARK, "benchmark/mmlu"), "measured on MMLU")
    qlora.result(
        "52.3%",
        "On GSM8K it reaches 52.3% accuracy with Llama 2 7B.",
        number=Decimal("52.3"),
        unit="%",
        subject=node,
        subject_label="QLoRA",
        benchmark=gsm,
        benchmark_label="GSM8K",
        metric=iri("metric/accuracy"),
        metric_label="Accuracy",
    )

    ladder = Draft(
        "p3",
        "LADDER: learning by steps",
        "LADDER (Learning As Difficulty Rises) extends QLoRA and beats LoRA. It scores 61 on GSM8K. "
        "We may extend it to MMLU-STEM.",
        date="2024-03",
        organisation="Meta AI",
    )
    own = ladder.new("LADDER", METHOD, "Learning As Difficulty Rises")
    ladder.relate("introduces", own, "LADDER: learning")
    ladder.relate("extends", ladder.mention("QLoRA", METHOD, "method/qlora"), "extends QLoRA")
    ladder.relate("compares_with", ladder.mention("LoRA.", METHOD, "method/lora", "LoRA"), "beats LoRA")
    gsm = ladder.mention("GSM8K", BENCHMARK, "benchmark/gsm8k")
    ladder.relate("evaluates_on", gsm, "on GSM8K")
    ladder.relate(
        "evaluates_on", ladder.mention("MMLU-STEM", BENCHMARK, "benchmark/mmlu-stem"), "We may", 0.5, hedged=True
    )
    ladder.result(
        "61", "It scores 61 on GSM8K.", number=Decimal(61), subject=own, subject_label="LADDER", benchmark=gsm
    )

    fox = Draft(
        "p4",
        'Fox-1: a small model <for> "phones" & more',
        "We release Fox-1 3B, which extends Llama 2. Fox-1 3B is measured on GSM8K and MMLU and is compared with BERT.",
        date="2024-09-01",
    )
    own = fox.new("Fox-1 3B", MODEL, status=Status.COMPOSED)
    fox.relate("introduces", own, "We release Fox-1 3B")
    fox.relate("extends", fox.mention("Llama 2", MODEL, "model/llama-2"), "extends Llama 2")
    fox.relate("evaluates_on", fox.mention("GSM8K", BENCHMARK, "benchmark/gsm8k"), "on GSM8K")
    fox.relate("evaluates_on", fox.mention("MMLU", BENCHMARK, "benchmark/mmlu"), "and MMLU")
    fox.relate("compares_with", fox.mention("BERT", MODEL, "model/bert"), "compared with BERT")

    other = Draft(
        "p5",
        "Question answering with steps",
        "We use LADDER and LoRA for question answering, trained on Alpaca.",
        date="2024-11-02",
    )
    other.relate("uses", other.mention("LoRA", METHOD, "method/lora"), "and LoRA")
    other.relate(
        "addresses", other.mention("question answering", TASK, "task/question-answering"), "for question answering"
    )
    other.relate("uses", other.mention("Alpaca", DATASET, "dataset/alpaca"), "on Alpaca")
    other.leave("LADDER")

    bare = Draft("p6", "A note without a date", "Nothing is named here.")
    return [draft.facts() for draft in (lora, qlora, ladder, fox, other, bare)]


def sample_store(folder):
    """An opened store of the sample papers, in a folder of its own, with its ontology."""
    from kg.store import open_store, write_store

    tables = folder / "tables"
    tables.mkdir()
    ontology = write_ontology(tables)
    write_store(folder / "store", sample(), ontology)
    return open_store(folder / "store"), ontology
