"""The two forms: where a family lives, and whether to pass the conversation on."""

import asyncio

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.area import Area, AskPlace, ValidateAreaForm
from actions.handoff import AskConsent, Handoff, ValidateHandoffForm
from actions.session import SessionStart
from knowledge_base.councils import FINDER, councils
from knowledge_base.entry import entries


def extract(form, tracker):
    """What a form takes out of one turn."""
    look = form.extract_place if isinstance(form, ValidateAreaForm) else form.extract_handoff_consent
    return asyncio.run(look(CollectingDispatcher(), tracker, {}))


ASKED = {"requested_slot": "place"}


def expecting(*codes):
    """The context of a turn after which one council was to be confirmed, or one of several chosen."""
    return {"form": "area_form", "slot": "place", "offered": list(codes)}


@pytest.mark.parametrize("text", ["Leeds", "its reading", "LS6 2AB", "Newport", "no it's Manchestr"])
def test_a_place_is_heard_but_not_taken_before_they_say_yes(tracker, text):
    assert extract(ValidateAreaForm(), tracker(text, slots=ASKED)) == {"place": "unclear"}


@pytest.mark.parametrize("text, code", [("Leeds City Council", "383"), ("its kent county council", "886"), ("cardiff", "wales")])
def test_a_council_named_in_full_or_another_nation_needs_no_yes(tracker, text, code):
    assert extract(ValidateAreaForm(), tracker(text, slots=ASKED)) == {"place": code}


@pytest.mark.parametrize("text", [
    "can school in leeds exclude him without a meeting", "why do you need that", "can leeds refuse", "does bradford do it?", "hmm",
])
def test_a_question_in_the_middle_is_not_taken_for_a_place(tracker, text):
    assert extract(ValidateAreaForm(), tracker(text, slots=ASKED)) == {}


def test_without_our_asking_only_saying_where_one_lives_is_a_place(tracker):
    assert extract(ValidateAreaForm(), tracker("Leeds City Council", "question")) == {}
    assert extract(ValidateAreaForm(), tracker("we are with Leeds City Council", "give_area")) == {"place": "383"}


def test_a_tapped_council_is_taken(tracker):
    assert extract(ValidateAreaForm(), tracker("Leeds City Council", button="area:383")) == {"place": "383"}


def test_yes_takes_the_council_that_was_asked_about(tracker):
    assert extract(ValidateAreaForm(), tracker("yes", "affirm", slots=ASKED, expects=expecting("383"))) == {"place": "383"}
    assert extract(ValidateAreaForm(), tracker("", "affirm", slots=ASKED, button="yes", expects=expecting("383"))) == {"place": "383"}


def test_yes_to_several_or_to_nothing_takes_none(tracker):
    assert extract(ValidateAreaForm(), tracker("yes", "affirm", slots=ASKED, expects=expecting("330", "885"))) == {"place": "unclear"}
    assert extract(ValidateAreaForm(), tracker("yes", "affirm", slots=ASKED)) == {}


@pytest.mark.parametrize("offered", [("383",), ("383", "380")])
def test_naming_one_that_was_offered_is_a_yes(tracker, offered):
    assert extract(ValidateAreaForm(), tracker("leeds", slots=ASKED, expects=expecting(*offered))) == {"place": "383"}


@pytest.mark.parametrize("text", ["no", "no not leeds"])
def test_no_takes_nothing(tracker, text):
    assert extract(ValidateAreaForm(), tracker(text, "deny", slots=ASKED, expects=expecting("383"))) == {"place": "unclear"}


def test_where_they_live_is_never_asked_twice(tracker):
    known = {"code": "383", "name": "Leeds City Council"}
    assert extract(ValidateAreaForm(), tracker("", "give_area", button="area", area=known)) == {"place": "383"}
    assert extract(ValidateAreaForm(), tracker("", "give_area", button="area")) == {"place": "unclear"}


@pytest.mark.parametrize("value, kept", [
    ("383", "383"), ("wales", "wales"), ("unclear", None), ("999", None), ("'; DROP TABLE", None),
])
def test_only_a_council_or_a_nation_is_kept(tracker, value, kept):
    assert asyncio.run(ValidateAreaForm().validate_place(value, CollectingDispatcher(), tracker(), {})) == {"place": kept}


@pytest.mark.parametrize("text, question", [
    ("Leeds", "Is that Leeds City Council?"),
    ("winchester", "Winchester is in the area of Hampshire County Council. Is that your council?"),
    ("bn3", "BN3 is in the area of Brighton and Hove City Council. Is that your council?"),
    ("Manchestr", "I read that as Manchester. Is your council Manchester City Council?"),
])
def test_one_council_is_confirmed_with_them(act, text, question):
    (said,), _ = act(AskPlace(), text, slots=ASKED)
    assert said["text"] == question and [b["do"] for b in said["buttons"]] == ["yes", "no"]
    assert len(said["expects"]["offered"]) == 1 and said["expects"]["form"] == "area_form" and said["expects"]["slot"] == "place"


def test_where_a_name_means_several_councils_they_are_buttons(act):
    (said,), _ = act(AskPlace(), "Newport", slots=ASKED)
    assert said["text"] == "Newport could be in more than one council's area. Which council is yours?"
    assert [b["do"] for b in said["buttons"]] == [f"area:{code}" for code in said["expects"]["offered"]] and len(said["buttons"]) == 4


def test_two_places_are_not_chosen_between(act):
    (said,), _ = act(AskPlace(), "moving from Kent to Surrey", intent="give_area")
    assert "Which council is yours now?" in said["text"] and {"area:886", "area:936"} <= {b["do"] for b in said["buttons"]}


def test_on_the_border_the_nation_is_a_choice(act):
    (said,), _ = act(AskPlace(), "CH4", slots=ASKED)
    assert said["buttons"][-1] == {"label": "It is in Wales", "do": "area:wales"}


def test_too_many_to_choose_from_ask_for_something_nearer(act):
    (said,), _ = act(AskPlace(), "London", slots=ASKED)
    assert "any of 33 councils" in said["text"] and said["buttons"] == [] and "offered" not in said["expects"]


def test_a_no_asks_for_the_right_one_and_offers_the_wrong_one_no_more(act):
    (said,), _ = act(AskPlace(), "no", intent="deny", slots=ASKED, expects=expecting("383"))
    assert said["text"].startswith("Thank you for putting me right.") and said["buttons"] == [] and "offered" not in said["expects"]


def test_a_no_with_the_right_place_asks_about_that_one(act):
    (said,), _ = act(AskPlace(), "no, it's Southampton", intent="deny", slots=ASKED, expects=expecting("850"))
    assert said["text"] == "Is that Southampton City Council?" and said["expects"]["offered"] == ["852"]


def test_after_a_question_in_the_middle_the_same_is_asked_again(act):
    (said,), _ = act(AskPlace(), "can school exclude him without a meeting?", slots=ASKED, expects=expecting("383"))
    assert said["text"] == "Is that Leeds City Council?" and said["expects"]["offered"] == ["383"]


def test_otherwise_the_form_asks_plainly(act):
    (said,), _ = act(AskPlace(), "can school in leeds exclude him without a meeting", slots=ASKED)
    assert said["text"].startswith("Where do you live?") and said["buttons"] == []
    assert said["expects"] == {"form": "area_form", "slot": "place"}


def test_a_place_we_do_not_know_is_said_to_be_unknown(act):
    (said,), _ = act(AskPlace(), "we live in Zzyzxville", intent="give_area")
    assert said["text"].startswith("I do not know that place.")


@pytest.mark.parametrize("council", councils().values(), ids=lambda c: c.name)
def test_every_council_has_somewhere_to_go_and_a_national_helpline(act, council):
    (said,), events = act(Area(), slots={"place": council.code})
    assert said["remember"] == {"area": {"code": council.code, "name": council.name}} and council.name in said["text"]
    assert (council.service_website or council.website) in said["text"] and "0808 808 3555" in said["text"]
    assert council.service_website or FINDER in said["text"]
    assert [(e["name"], e["value"]) for e in events] == [("place", None)]


def test_surrey_hears_of_its_split_and_others_do_not(act):
    (surrey,), _ = act(Area(), slots={"place": "936"})
    (leeds,), _ = act(Area(), slots={"place": "383"})
    assert "1 April 2027 by East Surrey Council" in surrey["text"] and "Until that day it stays responsible." in surrey["text"]
    assert "2027" not in leeds["text"]


@pytest.mark.parametrize("nation, who", [("wales", "SNAP Cymru"), ("scotland", "Enquire"), ("northern-ireland", "SENAC")])
def test_another_nation_is_sent_to_its_own_service_and_is_no_council(act, nation, who):
    (said,), events = act(Area(), slots={"place": nation})
    assert said["route"] == "signpost" and who in said["text"] and "remember" not in said
    assert [(e["name"], e["value"]) for e in events] == [("place", None)]


def test_who_runs_and_pays_is_told_by_the_entries(act):
    (said,), _ = act(Area(), slots={"place": "383"})
    asked = [b["do"][4:] for b in said["buttons"] if b["do"].startswith("ask:")]
    assert len(asked) == 2 and set(asked) <= set(entries())


def test_where_this_install_serves_the_council_its_own_contacts_are_given(act, monkeypatch):
    monkeypatch.setattr("actions.area.serves", lambda service, code: (service, code) == ("example", "383"))
    (ours,), _ = act(Area(), slots={"place": "383"}, service="example")
    (theirs,), _ = act(Area(), slots={"place": "380"}, service="example")
    assert "ring 01632 960123" in ours["text"] and "Relay UK" in ours["text"] and "01632" not in theirs["text"]


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
