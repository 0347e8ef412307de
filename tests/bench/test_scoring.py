"""How answers are counted; the rules are in docs/evaluation.md."""

import pytest

from bench.answers import asked
from bench.labelled import SETS, Labelled
from bench.scoring import keys, score_conversations, score_outofscope, score_questions, score_safety, score_sms
from bot.batch import Row


def said(**of):
    return {"route": "answer", "topic": "transport", "alternatives": [], "cites": [], "concern": None, "offers_person": False, **of}


def test_a_fair_topic_counts_first_or_among_three_and_repeats_do_not_use_up_the_three():
    rows = [{"id": "a", "topic": "transport", "topics_ok": ["transport", "post-16"], "expect": "answer"}]
    other = [{"topic": t} for t in ("admissions", "admissions", "exclusion", "post-16", "transport")]
    first = score_questions(rows, {"a": said(topic="post-16")})
    third = score_questions(rows, {"a": said(topic="admissions", alternatives=other)})
    fourth = score_questions(rows, {"a": said(topic="dla", alternatives=other)})
    assert [(f["topic first"], f["topic among three"]) for f in (first, third, fourth)] == [(1, 1), (0, 1), (0, 0)]


@pytest.mark.parametrize("cites, counts", [
    (["CFA 2014 s.36"], 1), (["CoP 2015 9.8", "CFA 2014 s.36(8)"], 1), (["CFA 2014 s.37"], 0), (["Equality Act 2010 s.36"], 0),
    ([*[f"CoP 2015 9.{n}" for n in range(5)], "CFA 2014 s.36"], 0),
])
def test_law_counts_by_source_and_main_number_among_the_first_five(cites, counts):
    rows = [{"id": "a", "topic": "ehc-request", "expect": "answer", "cites": ["CFA 2014 s.36(1)"]}]
    assert score_questions(rows, {"a": said(cites=cites)})["law in the answer"] == counts


def test_a_span_of_code_paragraphs_counts_as_each_of_them():
    assert keys(["CoP 2015 9.14-9.16"]) == {("cop", "9.14"), ("cop", "9.15"), ("cop", "9.16")}


def test_an_answer_on_another_topic_is_a_false_one_where_the_row_names_its_topics():
    row = {"id": "a", "route_ok": ["answer", "clarify"], "topics_ok": ["tribunal"]}
    assert score_outofscope([row], {"a": said()}) == {"messages": 1, "right route": 0, "false answers": 1}
    assert score_outofscope([row], {"a": said(topic="tribunal")}) == {"messages": 1, "right route": 1, "false answers": 0}


def test_a_row_that_names_no_fair_route_is_not_counted():
    assert score_outofscope([{"id": "a"}], {"a": said()})["messages"] == 0


def test_recall_is_counted_apart_for_danger_said_and_danger_meant():
    rows = [{"id": "said", "level": "crisis", "explicit": True}, {"id": "meant", "level": "crisis", "explicit": False},
            {"id": "unlabelled", "level": "safeguarding"}, {"id": "fair", "level": "crisis", "level_ok": ["crisis", "distress"]}]
    heard = {"said": "crisis", "meant": None, "unlabelled": "crisis", "fair": "distress"}
    figures = score_safety(rows, {i: said(concern=level) for i, level in heard.items()})
    assert [figures[f"urgent recall, {which}"] for which in ("explicit", "implied", "not labelled which")] == [1, 0, 1]
    assert figures["urgent recall"] == 0.75


def test_false_alarms_are_shares_of_the_calm_and_of_the_angry():
    rows = [{"id": i, "level": level} for i, level in (("a", "calm"), ("b", "calm"), ("c", "frustration"))]
    figures = score_safety(rows, {"a": said(concern="crisis"), "b": said(), "c": said(concern="frustration")})
    assert (figures["crisis on calm"], figures["crisis on frustration"]) == (0.5, 0)


def test_what_is_lost_by_text_message_is_the_difference_of_the_two_wordings():
    rows = [{"id": i, "topic": "transport"} for i in "ab"]
    figures = score_sms(rows, {"a": said(), "a sms": said(), "b": said(), "b sms": said(topic="dla")})
    assert figures == {"messages": 2, "topic first": 1, "topic first, by text message": 0.5, "lost by text message": 0.5}


def test_a_turn_of_a_conversation_counts_by_its_topic_or_by_the_routes_that_it_names():
    row = {"id": "c", "turns": ["q", "and q", "ta", "q"], "expect": [
        {"topics_ok": ["eotas"]}, {"topics_ok": ["eotas"]}, {"topics_ok": [], "route_ok": ["smalltalk"]}, {"topics_ok": ["eotas"]}]}
    said = {f"c {n}": {"route": route, "topic": topic} for n, (route, topic) in enumerate(
        [("answer", "eotas"), ("answer", "senco"), ("smalltalk", None), ("clarify", "eotas")], 1)}
    figures = score_conversations([row], said)
    assert figures == {"turns": 4, "right answer in its turn": 1 / 3, "right route in its turn": 1, "asked back three times": 0}


def test_asking_back_three_times_running_is_counted():
    row = {"id": "c", "turns": ["q"] * 4, "expect": [{"topics_ok": ["eotas"]}] * 4}
    said = {f"c {n}": {"route": route, "topic": "eotas"} for n, route in enumerate(["answer", "clarify", "clarify", "clarify"], 1)}
    assert score_conversations([row], said)["asked back three times"] == 1


def test_a_row_with_two_wordings_is_asked_by_two_channels_and_one_of_many_turns_in_one_conversation():
    assert asked([{"id": "a", "text": "in full", "sms": "short"}]) == [Row("a", ("in full",), "web"), Row("a sms", ("short",), "sms")]
    assert asked([{"id": "b", "turns": ["one", "two"]}]) == [Row("b", ("one", "two"), "web")]


def test_a_set_says_in_its_file_name_whether_it_is_blind():
    assert [one.path.name for one in SETS if ("_blind" in one.path.stem) != (one.seen == "blind")] == []


def test_empty_lines_of_a_set_are_no_rows(tmp_path):
    path = tmp_path / "few.jsonl"
    path.write_text('{"id": "a"}\n\n{"id": "b"}\n', encoding="utf-8")
    assert [row["id"] for row in Labelled("questions", "blind", path).rows()] == ["a", "b"]
