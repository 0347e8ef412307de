"""The two forms: where a family lives, and whether to pass the conversation on."""

import asyncio

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.area import Area, AskPlace, ValidateAreaForm
from actions.handoff import AskConsent, Handoff, ValidateHandoffForm
from actions.session import SessionStart
from knowledge_base.places import councils


def extract(form, tracker):
    """What a form takes out of one turn."""
    look = form.extract_place if isinstance(form, ValidateAreaForm) else form.extract_handoff_consent
    return asyncio.run(look(CollectingDispatcher(), tracker, {}))


ASKED = {"requested_slot": "place"}


@pytest.mark.parametrize("text, place", [("Leeds", "383"), ("its reading", "870"), ("LS6 2AB", "383"), ("Newport", "unclear")])
def test_a_short_answer_with_a_place_is_taken(tracker, text, place):
    assert extract(ValidateAreaForm(), tracker(text, slots=ASKED)) == {"place": place}


@pytest.mark.parametrize("text", ["can school in leeds exclude him without a meeting", "why do you need that", "no"])
def test_a_question_in_the_middle_is_not_taken_for_a_place(tracker, text):
    assert extract(ValidateAreaForm(), tracker(text, slots=ASKED)) == {}


def test_saying_where_one_lives_is_taken_however_long(tracker):
    assert extract(ValidateAreaForm(), tracker("hi we moved last month and now live near leeds", "give_area")) == {"place": "383"}


def test_a_tapped_council_is_taken(tracker):
    assert extract(ValidateAreaForm(), tracker("Leeds City Council", button="area:383")) == {"place": "383"}


@pytest.mark.parametrize("value, kept", [("383", "383"), ("unclear", None), ("999", None), ("'; DROP TABLE", None)])
def test_only_a_council_is_kept(tracker, value, kept):
    assert asyncio.run(ValidateAreaForm().validate_place(value, CollectingDispatcher(), tracker(), {})) == {"place": kept}


def test_where_a_name_means_several_councils_they_are_buttons(act):
    (said,), _ = act(AskPlace(), "Newport")
    assert "Which council do you pay council tax to?" in said["text"] and len(said["buttons"]) > 1
    assert said["expects"] == {"form": "area_form", "slot": "place"}


def test_otherwise_the_form_asks_plainly(act):
    (said,), _ = act(AskPlace(), "can school in leeds exclude him without a meeting")
    assert said["text"].startswith("Where do you live?") and said["buttons"] == []


@pytest.mark.parametrize("code", ["383", next(c.code for c in councils().values() if not c.service_website)])
def test_a_full_form_names_the_council_keeps_it_and_empties_the_slot(act, code):
    (said,), events = act(Area(), slots={"place": code})
    assert said["remember"] == {"area": {"code": code, "name": councils()[code].name}} and "https://" in said["text"]
    assert [(e["name"], e["value"]) for e in events] == [("place", None)]


CONSENT = {"requested_slot": "handoff_consent"}


@pytest.mark.parametrize("intent, taken", [
    ("affirm", {"handoff_consent": True}), ("ask_person", {"handoff_consent": True}), ("deny", {"handoff_consent": False}),
    ("stop", {"handoff_consent": False}), ("question", {}), ("thank", {}),
])
def test_only_yes_and_no_answer_the_consent(tracker, intent, taken):
    assert extract(ValidateHandoffForm(), tracker("x", intent, slots=CONSENT)) == taken


def test_the_words_that_open_the_form_are_no_consent_yet(tracker):
    assert extract(ValidateHandoffForm(), tracker("a person please", "ask_person")) == {}


def test_consent_is_asked_with_what_an_adviser_will_see(act):
    (said,), _ = act(AskConsent(), summary="Area: Leeds City Council.")
    assert "Area: Leeds City Council." in said["text"] and [b["do"] for b in said["buttons"]] == ["yes", "no"]


def test_asked_again_it_is_short(act):
    (said,), _ = act(AskConsent(), summary="Area: Leeds.", expects={"form": "handoff_form", "slot": "handoff_consent"})
    assert said["text"] == "Shall I still pass your conversation to an adviser?"


def test_yes_wishes_a_case_and_no_wishes_nothing(act):
    (yes,), _ = act(Handoff(), slots={"handoff_consent": True})
    (no,), events = act(Handoff(), slots={"handoff_consent": False})
    assert yes["do"] == [{"kind": "handoff"}] and "do" not in no and no["route"] == "smalltalk"
    assert [(e["name"], e["value"]) for e in events] == [("handoff_consent", None)]


def start(context):
    tracker = Tracker("a" * 32, {"session_started_metadata": context}, {}, [], False, None, {}, None)
    return asyncio.run(SessionStart().run(CollectingDispatcher(), tracker, {}))


def test_a_fresh_engine_goes_on_with_the_form_that_was_open():
    events = start({"context": {"expects": {"form": "area_form", "slot": "place"}}})
    assert [e["event"] for e in events] == ["session_started", "active_loop", "slot", "action"]
    assert events[1]["name"] == "area_form" and events[2]["value"] == "place"


@pytest.mark.parametrize("context", [None, {}, {"context": {}}, {"context": {"expects": None}}])
def test_without_an_open_form_it_starts_empty(context):
    assert [e["event"] for e in start(context)] == ["session_started", "action"]
