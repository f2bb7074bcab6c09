"""What the linker is compared with: every name of the ontology looked up as it stands, by two plain means.

python -m tests.bench.plain_dictionary facts PAPERS OUT    longest match without case, whole words; facts lines for `kg
evaluate` python -m tests.bench.plain_dictionary spacy PAPERS        spaCy's blank pipeline with a PhraseMatcher, at its
defaults
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import kg
import kg.ontology


def facts(papers: str, out: str) -> None:
    """Facts of dictionary hits alone; the relations are `uses`, or `evaluates_on` for benchmarks and datasets."""
    import ahocorasick_rs

    ontology = kg.load_ontology()
    names: dict[str, kg.ontology.Entity] = {}
    for alias, entity, _ in ontology.names():
        if len(alias) > 1:
            names.setdefault(alias.lower(), entity)
    listed = sorted(names)
    matcher = ahocorasick_rs.AhoCorasick(listed, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    word = re.compile(r"\w")
    with Path(out).open("w", encoding="utf-8") as file:
        for line in Path(papers).read_text(encoding="utf-8").splitlines():
            paper = json.loads(line)
            text = paper["title"] + "\n" + paper["abstract"]
            lowered = text.lower()
            mentions, relations = [], {}
            for index, start, end in matcher.find_matches_as_indexes(lowered) if len(lowered) == len(text) else ():
                if (start and word.match(text[start - 1])) or (end < len(text) and word.match(text[end])):
                    continue
                entity = names[listed[index]]
                common = {"node": entity.iri, "label": entity.label, "score": 1.0, "how": "dictionary"}
                mentions.append({"start": start, "end": end, "text": text[start:end], "type": entity.kind, **common})
                if entity.kind in ("Task", "Metric"):
                    continue
                kind = "evaluates_on" if entity.kind in ("Benchmark", "Dataset") else "uses"
                relations.setdefault(entity.label, {"type": kind, "evidence": [{"start": start, "end": end}], **common})
            data = {
                **paper,
                "date": None,
                "mentions": mentions,
                "relations": list(relations.values()),
                "results": [],
                "unlinked": [],
            }
            data.pop("authors", None)
            file.write(json.dumps(data, ensure_ascii=False) + "\n")


def spacy(papers: str) -> None:
    """Mentions found by spaCy's PhraseMatcher over the same names, counted."""
    import spacy as library
    from spacy.matcher import PhraseMatcher

    nlp = library.blank("en")
    nlp.add_pipe("sentencizer")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("NAME", list(nlp.tokenizer.pipe(sorted({alias for alias, _, _ in kg.load_ontology().names()}))))
    found = 0
    for paper in kg.read_papers([papers]).papers:
        found += len(matcher(nlp(paper.text)))
    print(found)


if __name__ == "__main__":
    {"facts": facts, "spacy": spacy}[sys.argv[1]](*sys.argv[2:])
