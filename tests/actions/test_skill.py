"""What every skill shares: it never raises, never takes too long, and says who speaks."""

import time

import pytest

from actions import skill
from actions.skill import Skill, context, say, words
from bot import wording
from bot.settings import SETTINGS


class Broken(Skill):
    called = "action_broken"

    def act(self, dispatcher, tracker, domain):
        say(dispatcher, "answer", "entry:x", "half an answer")
        raise LookupError("my son Jack")


class Slow(Skill):
    called = "action_slow"

    def act(self, dispatcher, tracker, domain):
        time.sleep(0.3)
        say(dispatcher, "answer", "entry:x", "too late")


class Fine(Skill):
    called = "action_fine"

    def act(self, dispatcher, tracker, domain):
        say(dispatcher, "answer", "entry:x", words(tracker), entry="x")


def test_a_skill_says_its_route_and_who_speaks(act):
    assert act(Fine(), "hello") == ([{"route": "answer", "origin": "entry:x", "text": "hello", "entry": "x"}], [])


def test_a_skill_that_fails_says_so_and_nothing_half(act, caplog):
    said, events = act(Broken(), "hello")
    assert [(s["route"], s["text"]) for s in said] == [("unavailable", wording.ENGINE_FAILED)] and events == []
    assert said[0]["buttons"] == [{"label": "Talk to a person", "do": "person"}]
    assert "Jack" not in caplog.text and "LookupError" in caplog.text


def test_a_skill_that_takes_too_long_says_so_and_stays_silent_afterwards(act, monkeypatch):
    monkeypatch.setattr(skill, "BUDGET", 0.05)
    said, _ = act(Slow(), "hello")
    time.sleep(0.3)
    assert [s["route"] for s in said] == ["unavailable"]


def test_an_action_has_less_time_than_the_engine_and_the_engine_less_than_the_lock():
    limits = {s.name: float(s.default) for s in SETTINGS if s.name.endswith("_budget")}
    assert skill.BUDGET == limits["action_budget"] < limits["engine_budget"] < 60


def test_a_tapped_button_has_no_words(tracker):
    assert words(tracker("Who can ask", button="ask:ehc-request-who")) == ""
    assert words(tracker("who can ask")) == "who can ask"


@pytest.mark.parametrize("metadata", [None, {}, {"context": None}])
def test_a_turn_without_context_is_a_turn_about_which_nothing_is_known(tracker, metadata):
    turn = tracker("hello")
    turn.latest_message["metadata"] = metadata
    assert context(turn) == {}
