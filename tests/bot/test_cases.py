"""What an adviser reads first, and what the parent is told about people."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.cases import PERSON, opened, opening, summarise
from bot.concern import Concern
from bot.conversation import Case

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
QUEUED = Case(1, "SL-ABCDEF", "c", "default", "queued", 1, "asked for a person", "", "2026-11-23")


def test_a_summary_has_the_area_the_topics_and_the_concern():
    state = {"area": {"code": "383", "name": "Leeds City Council"}, "topics": ["exclusion", "transport", "no such topic"], "unhelpful": 2}
    assert summarise(state, Concern("distress", "overwhelmed", "writer")).splitlines() == [
        "Area: Leeds City Council.", "Asked about: Suspension and exclusion; School transport.", "Answers that did not help: 2.",
        "Safety screen: distress (overwhelmed).",
    ]


def test_a_conversation_that_starts_with_this_says_so():
    assert summarise({}) == "No question answered yet: the conversation starts with this."
    assert summarise({}, Concern("frustration", "angry")) == summarise({})


def test_a_new_case_gets_a_reference_and_a_promise_that_can_be_kept():
    people, wish = opening({"topics": ["exclusion"]}, None, None, "default", MONDAY, 1, "asked for a person", consent=True)
    assert f"Your reference is {wish['ref']}." in people and "signed in now" in people
    assert (wish["kind"], wish["risk"], wish["topic"], wish["consent"]) == ("handoff", 1, "exclusion", True)


def test_the_risk_follows_the_concern():
    risks = {level: opening({}, Concern(level, "x"), None, "default", MONDAY, 0, "x", consent=False)[1]["risk"]
             for level in ("crisis", "safeguarding", "distress", "frustration")}
    assert risks == {"crisis": 3, "safeguarding": 3, "distress": 2, "frustration": 1}


def test_asking_again_keeps_the_case_and_its_reference():
    people, wish = opening({}, None, QUEUED, "default", MONDAY, 0, "x", consent=True)
    assert wish["ref"] == "SL-ABCDEF" and people.startswith("Your case is already with our advisers. Your reference is SL-ABCDEF.")


def test_where_an_adviser_has_the_case_their_name_is_said():
    people, _ = opening({}, None, replace(QUEUED, adviser=7, adviser_name="Amina Yusuf"), "default", MONDAY, 0, "x", consent=True)
    assert people == "Amina Yusuf, an adviser, has your case and will see this."


def test_an_opened_case_says_where_the_reply_will_come():
    outcome = opened("Somebody will look.", {"kind": "handoff", "ref": "SL-ABCDEF"})
    assert outcome.route == "handoff" and outcome.replies[0].text.startswith("Somebody will look.\n\nThe reply will come here")
    assert outcome.do == ({"kind": "handoff", "ref": "SL-ABCDEF"},)


def test_the_way_to_a_person_is_one_button():
    assert (PERSON.label, PERSON.do) == ("Talk to a person", "person")
