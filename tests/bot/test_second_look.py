"""The second safety layer may only raise what the screen found, and is never needed."""

import json

import httpx
import numpy as np
import pytest

from bot import second_look_training
from bot.concern import Concern
from bot.second_look import SecondLook, SecondLookClient, load, raised, save

CRISIS, SAFEGUARDING, DISTRESS, FRUSTRATION = (Concern(level, "screen") for level in ("crisis", "safeguarding", "distress", "frustration"))
TONE = np.array([[0, 0, 0], [0, 9, 0], [0, 0, 9]], np.float32)
LOOK = SecondLook(np.array([9.0, 0, 0], np.float32), -4.0, 0.5, TONE, np.zeros(3, np.float32))


@pytest.mark.parametrize("vector, level", [
    ([1, 0, 0], "crisis"), ([0, 1, 0], "distress"), ([0, 0, 1], "frustration"), ([0, 0, 0], None), ([0, 0.05, 0.05], None),
])
def test_a_vector_is_urgent_sad_angry_or_nothing(vector, level):
    found = LOOK.look(np.array(vector, np.float32))
    assert (found and found.level) == level


@pytest.mark.parametrize("first, second, graver", [
    (None, None, None), (CRISIS, None, CRISIS), (None, DISTRESS, DISTRESS), (CRISIS, FRUSTRATION, CRISIS), (DISTRESS, CRISIS, CRISIS),
    (FRUSTRATION, DISTRESS, DISTRESS), (SAFEGUARDING, DISTRESS, SAFEGUARDING), (DISTRESS, Concern("distress", "second-look"), DISTRESS),
])
def test_the_graver_finding_counts_and_of_two_alike_the_screens(first, second, graver):
    assert raised(first, second) is graver


def test_it_is_kept_with_a_checksum_and_loads_the_same(tmp_path):
    save(LOOK, tmp_path, "mark", {})
    again = load(tmp_path)
    assert again.threshold == LOOK.threshold and again.look(np.array([1, 0, 0])) == LOOK.look(np.array([1, 0, 0]))


@pytest.mark.parametrize("damage", [
    lambda folder: (folder / "second_look.npz").write_bytes(b"changed"), lambda folder: (folder / "second_look.npz").unlink(),
    lambda folder: (folder / "manifest.json").write_text("{"), lambda folder: (folder / "manifest.json").unlink(),
])
def test_a_damaged_one_is_not_used(tmp_path, damage):
    save(LOOK, tmp_path, "mark", {})
    damage(tmp_path)
    assert load(tmp_path) is None


def a_client(plays_the_action_server):
    client = SecondLookClient("http://actions")
    client._http = httpx.Client(base_url="http://actions", transport=httpx.MockTransport(plays_the_action_server))
    return client


def test_the_action_server_is_asked_with_the_text():
    client = a_client(lambda request: httpx.Response(200, json={"level": "crisis", "reason": "second-look", "about": None}))
    assert client.look("she has been giving her things away") == Concern("crisis", "second-look")


@pytest.mark.parametrize("answer", [
    httpx.Response(200, json=None), httpx.Response(500), httpx.Response(404), httpx.Response(200, text="<html>"),
    httpx.Response(200, json={"level": "crisis"}), httpx.Response(200, json={"no": "such field"}), httpx.Response(200, json=[1]),
])
def test_anything_but_a_concern_means_nothing_was_found(answer):
    assert a_client(lambda request: answer).look("hello there you") is None


def test_an_action_server_that_is_down_means_nothing_was_found():
    def away(request):
        raise httpx.ConnectError("refused")

    assert a_client(away).look("hello there you") is None


class Finds:
    """A second look that finds one thing in everything."""

    def __init__(self, concern):
        self.concern, self.asked = concern, []

    def look(self, text):
        self.asked.append(text)
        return self.concern


def test_what_the_screen_missed_is_still_a_crisis(gateway, talk, fake_engine):
    gateway.second_look = Finds(Concern("crisis", "second-look"))
    done = talk.says("she has been giving her things away")
    assert done["route"] == "crisis" and "116 123" in done["text"] and talk.case().risk == 3 and fake_engine.asked == []


def test_it_can_never_lower_what_the_screen_found(gateway, talk):
    gateway.second_look = Finds(None)
    assert talk.says("i want to kill myself")["route"] == "crisis"


def test_it_is_not_asked_about_buttons_or_a_word_or_two(gateway, talk):
    gateway.second_look = Finds(Concern("crisis", "second-look"))
    talk.taps("more")
    talk.says("ok then")
    assert gateway.second_look.asked == []


def test_without_it_the_screen_alone_decides(gateway, talk):
    assert gateway.second_look is None
    assert talk.says("she has been giving her things away")["route"] != "unavailable"


def test_the_messages_it_learns_from_are_labelled():
    rows = [json.loads(line) for line in second_look_training.messages().splitlines() if line.strip()]
    assert {r["level"] for r in rows} == {"crisis", "safeguarding", "distress", "frustration", "calm"} and len(rows) > 200
