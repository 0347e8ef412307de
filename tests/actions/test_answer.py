"""Answering: an entry, one clarifying question, or an honest "I could not find this"."""

import pytest

from actions import answer
from actions.answer import Answer, Feedback, More
from knowledge_base.entry import entries
from knowledge_base.search import Candidate, Found

WHO = "ehc-request-who"
THREE = (
    Candidate(WHO, "ehc-request", 0.8), Candidate("admissions-appeal", "admissions", 0.3),
    Candidate("admissions-no-plan", "admissions", 0.2),
)


class Finds:
    """A search that finds what a test wants."""

    def __init__(self, verdict):
        self.verdict, self.asked = verdict, []

    def find(self, text):
        self.asked.append(text)
        return Found(self.verdict, THREE)


@pytest.fixture
def search(monkeypatch):
    def that(verdict):
        found = Finds(verdict)
        monkeypatch.setattr(answer, "search", lambda: found)
        return found

    return that


def one(act, skill, text="", **more):
    (said,), events = act(skill, text, **more)
    assert events == []
    return said


def test_a_good_match_is_answered_with_everything_the_entry_rests_on(act, search):
    search("answer")
    said, entry = one(act, Answer(), "can i ask"), entries()[WHO]
    assert (said["route"], said["origin"], said["entry"], said["topic"]) == ("answer", f"entry:{WHO}", WHO, "ehc-request")
    assert (said["text"], said["more"], said["sms"], said["cites"]) == (entry.short, entry.more, entry.sms, entry.all_cites())
    assert said["duties"][0]["strength"] == "must" and said["score"] == 0.8
    assert [a["topic"] for a in said["alternatives"]] == ["admissions"]


def test_a_middling_match_asks_back_with_the_nearest_topics(act, search):
    search("clarify")
    said = one(act, Answer(), "plan")
    assert said["route"] == "clarify" and [b["do"] for b in said["buttons"]] == [f"ask:{WHO}", "ask:admissions-appeal"]


def test_after_asking_back_twice_in_a_row_the_best_is_answered(act, search):
    search("clarify")
    assert one(act, Answer(), "plan", clarifies=1)["route"] == "clarify"
    assert one(act, Answer(), "plan", clarifies=2)["route"] == "answer"


def test_no_match_says_so_offers_topics_and_a_person_and_is_logged(act, search):
    search("unanswered")
    said = one(act, Answer(), "unicorns")
    assert (said["route"], said["unanswered"], said["offers_person"]) == ("unanswered", "below threshold", True)
    assert said["buttons"][-1]["do"] == "person" and "I will not guess" in said["text"] and "cites" not in said


def test_a_button_shows_its_entry_without_searching(act, search):
    found = search("unanswered")
    assert one(act, Answer(), "Who can ask", button=f"ask:{WHO}")["entry"] == WHO and found.asked == []


def test_a_button_for_an_entry_that_is_gone_fails_plainly(act, search):
    search("answer")
    assert one(act, Answer(), "x", button="ask:gone")["route"] == "unavailable"


def test_related_questions_are_buttons(act, search):
    search("answer")
    entry = next(e for e in entries().values() if e.next)
    said = one(act, Answer(), "x", button=f"ask:{entry.id}")
    assert {f"ask:{i}" for i in entry.next[:3]} <= {b["do"] for b in said["buttons"]}


def test_a_question_about_another_nation_is_sent_on_before_any_search(act, search):
    found = search("answer")
    assert one(act, Answer(), "how do i get a plan in scotland")["route"] == "signpost" and found.asked == []


def test_a_follow_up_is_read_with_the_last_subject(act, search, monkeypatch):
    search("unanswered")
    monkeypatch.setattr(answer, "with_subject", lambda search, text, last, alone: Found("answer", THREE))
    assert one(act, Answer(), "how long does that take", last_entry=WHO)["route"] == "answer"
    assert one(act, Answer(), "how long does that take")["route"] == "unanswered"


def test_more_is_the_detail_of_the_last_entry(act):
    said = one(act, More(), last_entry=WHO)
    assert (said["text"], said["cites"]) == (entries()[WHO].more, entries()[WHO].all_cites())


def test_more_about_nothing_asks_for_the_question(act):
    assert one(act, More())["route"] == "smalltalk"


def test_the_second_answer_that_did_not_help_offers_a_person(act):
    first, second = one(act, Feedback()), one(act, Feedback(), unhelpful=1)
    assert (first["route"], first["offers_person"], first["remember"]) == ("clarify", False, {"unhelpful": 1})
    assert (second["route"], second["offers_person"], second["remember"]) == ("handoff", True, {"unhelpful": 2})
