"""After a disclosure the conversation stays open, a person stays in view, and nothing is repeated as a machine would."""

import httpx
import pytest

from bot import gateway as gateway_module
from bot import wording
from bot.concern import Concern

CRISIS = "i want to kill myself tonight"
LIST = ("116 123", "85258", "0800 1111")


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(gateway_module.time, "sleep", lambda seconds: None)


@pytest.fixture
def after(talk):
    """A parent who has just told us of danger, and was answered at the door."""
    talk.writes(CRISIS)
    return talk


def repeats_the_list(text: str) -> bool:
    return any(number in text for number in LIST)


# ------------------------------------------------------------------ ordinary questions afterwards


def test_the_next_question_is_answered_with_the_person_first(after, fake_engine, reply):
    fake_engine.will_say(reply("Yes, you can.", buttons=[{"label": "More", "do": "ask:ehc-request-who"}]))
    done = after.says("can i ask for a plan myself")
    assert (done["route"], done["text"]) == ("answer", f"{wording.STILL_HERE}\n\nYes, you can.")
    assert done["buttons"] == ["person", "ask:ehc-request-who"] and not repeats_the_list(done["text"])


def test_that_we_are_still_here_is_said_once_and_the_person_stays(after):
    said = [after.says(text) for text in ("can i ask for a plan", "and how long does it take", "thank you")]
    assert [wording.STILL_HERE in done["text"] for done in said] == [True, False, False]
    assert [done["buttons"].count("person") for done in said] == [1, 1, 1]
    assert not any(repeats_the_list(done["text"]) for done in said)


def test_without_a_disclosure_nobody_is_told_that_we_are_still_here(talk):
    done = talk.says("can i ask for a plan myself")
    assert wording.STILL_HERE not in done["text"] and "person" not in done["buttons"]


def test_where_the_engine_is_down_the_sentence_stands_alone_and_is_not_used_up(after, fake_engine):
    for _ in range(2):
        fake_engine.will_say(httpx.ConnectError("refused"))
    failed, next_one = after.says("can i ask for a plan"), after.says("can i ask for a plan")
    assert failed["text"] == wording.ENGINE_FAILED and failed["buttons"] == ["person"]
    assert next_one["text"].startswith(wording.STILL_HERE)


def test_what_is_acknowledged_comes_after_that_we_are_still_here(after, monkeypatch):
    monkeypatch.setattr(gateway_module, "screen", lambda text, before=(): Concern("distress", "overwhelmed", "writer"))
    text = after.says("i am so tired of all this, can they refuse")["text"]
    assert text.startswith(wording.STILL_HERE) and text.count("I am sorry") == 1


# ------------------------------------------------------------------ danger again


def test_a_second_disclosure_gets_the_short_reply_in_the_same_case(after, gateway, adviser):
    after.writes("i have the pills in my hand, i want to die")
    first, second = after.lines[1].text, after.lines[3].text
    assert second.startswith("I am still here.") and "999" in second and "111" in second and len(second) < len(first)
    assert not set(first.split("\n\n")) & set(second.split("\n\n")), "no paragraph is said twice"
    assert [case.ref for case in gateway.store.cases.queue(adviser)] == [after.case().ref]


def test_a_question_in_between_does_not_bring_the_whole_list_back(after):
    after.says("can i ask for a plan myself")
    after.writes("i have the pills in my hand, i want to die")
    assert after.lines[-1].text.startswith("I am still here.")


@pytest.mark.parametrize("no", ["no", "not really", "no not safe", "no we are not safe", "we are not safe", "no im not safe"])
def test_that_they_are_not_safe_is_understood(after, no):
    done = after.says(no)
    assert done["route"] == "crisis" and "999" in done["text"]


@pytest.mark.parametrize("yes", ["yes", "yes we are safe now", "we are both safe, thank you", "i am safe", "he is safe", "i think so"])
def test_that_they_are_safe_is_no_second_alarm(after, yes):
    done = after.says(yes)
    assert done["route"] != "crisis" and wording.STILL_HERE in done["text"] and not repeats_the_list(done["text"])


def test_nobody_is_asked_their_safety_twice_in_the_same_words(after):
    after.writes("no")
    assert wording._STAY in after.lines[1].text and wording._STAY not in after.lines[3].text


# ------------------------------------------------------------------ with a person


def test_an_advisers_claim_silences_the_bot_but_not_the_numbers(after, gateway, adviser, fake_engine):
    gateway.store.cases.claim(adviser, after.case().ref, "Amina has joined.")
    quiet = after.says("can i ask for a plan myself")
    assert (quiet["route"], quiet["texts"], fake_engine.asked) == ("relay", [], [])
    after.writes("i have the pills in my hand, i want to die")
    assert after.lines[-1].author == "system" and "999" in after.lines[-1].text and "Amina Yusuf" in after.lines[-1].text


def test_when_the_adviser_has_left_the_person_is_still_in_view(after, gateway, adviser):
    ref = after.case().ref
    gateway.store.cases.claim(adviser, ref, "Amina has joined.")
    gateway.store.cases.give_back(adviser, ref, "Amina has left.", "queued", "end of my day")
    assert "person" in after.says("can i ask for a plan myself")["buttons"]
