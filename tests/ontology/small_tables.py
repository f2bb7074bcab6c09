"""A small ontology whose tables are right, and ways to make them wrong."""

from kg.ontology.tables import TABLES

GOOD = {
    "organisations": [("meta", "Meta", "Meta AI", "general knowledge")],
    "tasks": [
        ("question-answering", "Question Answering", "QA", "", "nlp", "general knowledge"),
        ("reading-comprehension", "Reading Comprehension", "", "question-answering", "nlp", "general knowledge"),
    ],
    "metrics": [("accuracy", "Accuracy", "acc", "yes", "percent", "general knowledge")],
    "models": [
        ("llama", "LLaMA", "family", "Llama #", "", "", "Llama", "Meta", "2023", "2302.13971", "text", "x"),
        ("llama-2", "Llama 2", "version", "", "llama", "", "", "Meta", "2023", "2307.09288", "text", "x"),
        ("llama-2-7b", "Llama 2 7B", "checkpoint", "", "llama-2", "", "", "Meta", "2023", "", "text", "x"),
    ],
    "methods": [
        ("lora", "LoRA", "Low-Rank Adaptation", "fine-tuning-peft", "peft", "", "", "2021", "2106.09685", "x"),
        ("peft", "Parameter-Efficient Fine-Tuning", "PEFT", "fine-tuning-peft", "", "", "", "", "", "x"),
        ("qlora", "QLoRA", "", "fine-tuning-peft", "lora", "lora | model/llama", "", "2023", "2305.14314", "x"),
    ],
    "benchmarks": [
        ("math", "MATH", "benchmark", "", "", "", "", "accuracy", "math", "text", "2021", "2103.03874", "x"),
        ("squad", "SQuAD", "dataset", "", "", "", "reading-comprehension", "", "", "text", "2016", "1606.05250", "x"),
        ("squad-2-0", "SQuAD 2.0", "dataset", "", "", "squad", "", "", "", "text", "2018", "1806.03822", "x"),
    ],
    "ambiguous": [("MATH", "benchmark/math", "exact", "no", "gsm8k | olympiad", "x")],
    "stopped": [("LLM", "general knowledge")],
    "redirects": [
        ("benchmark/squad", "dataset/squad", "it is data to train on", "general knowledge"),
        ("method/lorra", "", "a misprint; no such thing", "general knowledge"),
        ("method/low-rank-adaptation", "method/lora", "two rows for one thing", "general knowledge"),
    ],
}
"""Rows of every table in which nothing is wrong."""


def write(folder, tables=GOOD):
    """The tables are in the folder."""
    folder.mkdir(exist_ok=True)
    for name, table in TABLES.items():
        lines = ["\t".join(table.columns), *("\t".join(row) for row in tables[name])]
        (folder / table.file).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def changed(name, at, /, **cells):
    """The good tables with cells of one row changed."""
    columns = TABLES[name].columns
    rows = list(GOOD[name])
    row = dict(zip(columns, rows[at], strict=True)) | cells
    rows[at] = tuple(row[column] for column in columns)
    return {**GOOD, name: rows}


def added(name, /, **cells):
    """The good tables with one row more, in its place."""
    table = TABLES[name]
    row = tuple(cells.get(column, "") for column in table.columns)
    return {**GOOD, name: sorted([*GOOD[name], row], key=lambda row: row[: table.sorted_by])}
