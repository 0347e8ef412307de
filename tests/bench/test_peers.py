"""Sendline beside other ways to find the answer: how they are ranked, counted and compared."""

import json

import numpy as np
import yaml

from bench.page import on_page
from bench.peers import in_order, lead, score, table, verdicts
from bench.rasa_peer import one_line, project
from knowledge_base.passages import Passage

PASSAGES = [
    Passage("bus", "title", "Free transport"), Passage("bus", "question", "who gets\nthe [school] bus"), Passage("bus", "text", "Some do."),
    Passage("plan", "question", "how to ask"), Passage("plan", "text", "Write."), Passage("plan", "text", "More."),
]
TOPIC_OF = {"bus": "transport", "plan": "ehc-request", "taxi": "transport", "appeal": "tribunal"}
FIGURES = {"blind": {"BM25": (10, 0.5, 0.7), "Rasa ResponseSelector": (10, 0.6, 0.6), "Sendline": (10, 0.7, 0.9)}}


def test_an_entry_comes_where_its_best_passage_comes():
    assert in_order(PASSAGES, np.array([0, 2, 0, 3, 0, 1])) == ["plan", "bus"]


def test_topics_among_three_are_three_different_ones():
    rows = [{"id": "a", "topic": "tribunal"}, {"id": "b", "topic": "transport"}]
    assert score(rows, [["bus", "taxi", "plan", "appeal"], ["bus"]], TOPIC_OF) == (2, 0.5, 1)


def test_the_lead_is_against_the_best_of_the_others_on_topic_first():
    assert lead(FIGURES["blind"]) == ("Rasa ResponseSelector", 0.1)
    assert verdicts(FIGURES) == ["blind: +0.100 topic first against the best other side, Rasa ResponseSelector; the bar is +0.10, reached"]


def test_the_table_has_one_row_for_each_set_and_side():
    assert table(FIGURES)[0] == ["blind", "BM25", "10", "0.500", "0.700"]
    assert on_page(["a", "b"], [["1", "2"]]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"


def test_rasa_is_taught_every_title_and_question_on_one_line_and_says_the_short_answer():
    files = project(PASSAGES, 7)
    intents = yaml.safe_load(files["nlu.yml"])["nlu"]
    assert intents == [{"intent": "faq/bus", "examples": "- Free transport\n- who gets the (school) bus\n"},
                       {"intent": "faq/plan", "examples": "- how to ask\n"}]
    assert json.loads(files["domain.yml"])["responses"] == {"utter_faq/bus": [{"text": "Some do."}], "utter_faq/plan": [{"text": "Write."}]}
    assert json.loads(files["config.yml"])["pipeline"][-1]["epochs"] == 7


def test_an_example_has_no_line_break_and_no_entity_marks():
    assert one_line(" a\n[b](c) ") == "a (b)(c)"
