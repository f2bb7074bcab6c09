import json

from kg.relations.confidence import Group
from kg.vocabulary import RelationType
from tests.relations.measure import Judged, counts_of, cross_validated, judged, reliability

KEY = (RelationType.USES, Group.THING, "uses")


def test_measure_judges_relations_by_their_rule_and_group(tmp_path):
    papers, gold = tmp_path / "papers.jsonl", tmp_path / "gold.jsonl"
    text = {"id": "p1", "title": "On boats", "abstract": "We fine-tune BERT on our data. We use GPT-4 as a judge."}
    papers.write_text(json.dumps(text) + "\n", encoding="utf-8")
    entity = {"name": "BERT", "also": [], "type": "Model", "surfaces": ["BERT"]}
    other = {"name": "GPT-4", "also": [], "type": "Model", "surfaces": ["GPT-4"]}
    relation = {"type": "uses", "name": "BERT", "evidence": "We fine-tune BERT"}
    gold.write_text(
        json.dumps({"id": "p1", "entities": [entity, other], "relations": [relation], "results": []}) + "\n",
        encoding="utf-8",
    )
    cases = judged(papers, gold, ())
    assert {(case.key[1], case.right) for case in cases} == {(Group.THING, True), (Group.THING, False)}
    assert counts_of(cases)[RelationType.USES, Group.THING, "trains"] == (1, 0)


def test_measure_does_not_tell_a_fold_its_own_answers():
    cases = [Judged(KEY, fold, 1.0, right=fold != 0) for fold in range(5) for _ in range(20)]
    said = cross_validated(cases)
    assert {right for score, right in said if score > 0.9} == {False}  # the other four folds are all right
    assert {right for score, right in said if score < 0.9} == {True}


def test_reliability_shows_what_is_said_and_what_is_right():
    shown = reliability([(0.85, True), (0.85, False), (0.3, False)]).splitlines()
    assert shown[-1].split() == ["0.8", "and", "more:", "0.500", "right", "of", "2"]
