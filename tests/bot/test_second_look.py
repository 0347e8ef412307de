"""The second safety layer may only raise what the screen found, and is never needed."""

import json
from dataclasses import replace

import httpx
import numpy as np
import pytest
from safetensors.numpy import save_file

from bot.concern import Concern
from bot.safeguarding import screen
from bot.second_look import INSIDE, LEVELS, PERSON, Look, SecondLook, SecondLookClient, load, raised, softmax
from knowledge_base.encoder import sha256
from knowledge_base.scope import OTHER
from knowledge_base.tuned import SECOND_LOOK

CRISIS, SAFEGUARDING, DISTRESS, FRUSTRATION = (Concern(level, "screen") for level in ("crisis", "safeguarding", "distress", "frustration"))
DOORS = (INSIDE, "housing", "work", "council", "nation", "chatter")
LABELS = (*LEVELS, "person", *DOORS)
THRESHOLDS = {"urgent": 0.6, "person": 0.7, "outside": 0.8, "abroad": 0.98}
WIDTH = len(LABELS)


def a_layer() -> SecondLook:
    """One way of reading, which looks for danger, over vectors with one place a label: a token says its label outright."""
    queries = np.zeros((1, WIDTH), np.float32)
    queries[0, LABELS.index("crisis")] = 9
    weight = np.zeros((WIDTH, 2 * WIDTH), np.float32)  # half for the mean, half for what the query saw
    weight[:, :WIDTH] = 6 * np.eye(WIDTH)
    weight[LABELS.index("crisis"), WIDTH + LABELS.index("crisis")] = 6
    return SecondLook(queries, weight, np.zeros(WIDTH, np.float32), DOORS, **THRESHOLDS)


LAYER = a_layer()


def tokens(*said: str) -> np.ndarray:
    """A message whose tokens each say one label."""
    return np.eye(WIDTH, dtype=np.float32)[[LABELS.index(label) for label in said]]


@pytest.mark.parametrize("said, level", [
    ("crisis", "crisis"), ("safeguarding", "safeguarding"), ("distress", "distress"), ("frustration", "frustration"), ("calm", None),
])
def test_a_message_is_urgent_sad_angry_or_nothing(said, level):
    found = LAYER.look(tokens(said)).concern
    assert (found and found.level) == level and (found is None or found.reason == "second-look")


def test_one_word_of_danger_in_a_long_calm_story_is_not_averaged_away():
    assert LAYER.look(tokens(*["calm"] * 2, "crisis", *["calm"] * 2)).concern.level == "crisis"
    blind = replace(LAYER, queries=np.zeros_like(LAYER.queries))
    assert blind.look(tokens(*["calm"] * 2, "crisis", *["calm"] * 2)).concern is None


def test_below_its_threshold_danger_is_not_said_and_the_rest_still_is():
    assert replace(LAYER, urgent=1.1).look(tokens("crisis")).concern is None
    assert replace(LAYER, urgent=1.1).look(tokens("distress")).concern == Concern("distress", "second-look")


def test_whether_a_person_is_needed_stands_apart_from_the_level():
    assert LAYER.look(tokens("calm")) == Look(None, False)
    assert LAYER.look(tokens("person")).needs_person and LAYER.look(tokens("person", "distress")).concern.level == "distress"
    assert not replace(LAYER, person=1.1).look(tokens("person")).needs_person


def test_the_levels_share_one_certainty():
    assert softmax(np.array([[1000.0, 0.0], [0.0, 0.0]])).tolist() == [[1.0, 0.0], [0.5, 0.5]]
    assert LABELS[:PERSON] == LEVELS and LABELS[PERSON] == "person"


def test_a_message_that_is_surely_not_for_us_gets_its_likeliest_door():
    assert LAYER.look(tokens("calm", "work")).door == "work" and LAYER.look(tokens("frustration", "housing")).door == "housing"
    assert LAYER.look(tokens("calm", "inside")).door == ""


def test_of_two_doors_alike_neither_is_shown():
    assert LAYER.look(tokens("work", "housing", "council")).door == OTHER


def test_what_may_as_well_be_mere_talk_is_not_sent_away_with_an_address():
    assert LAYER.look(tokens(*["work"] * 3, *["housing"] * 2)).door == "work"
    assert LAYER.look(tokens(*["work"] * 3, *["chatter"] * 2)).door == OTHER
    assert LAYER.look(tokens(*["chatter"] * 3, *["work"] * 2)).door == OTHER


def test_a_door_that_our_words_no_longer_have_does_not_stop_the_look():
    assert replace(LAYER, doors=(INSIDE, "gone", *DOORS[2:])).look(tokens("housing")).door == "gone"


def test_a_doubtful_one_stays_with_us():
    assert LAYER.look(tokens("calm")).door == "" and LAYER.look(tokens("calm", "work", "inside")).door == ""


def test_a_place_is_taken_for_one_abroad_only_from_a_threshold_of_its_own():
    assert LAYER.look(tokens("calm", "nation")).door == ""
    assert LAYER.look(tokens("nation")).door == "nation"


@pytest.mark.parametrize("said", ["crisis", "safeguarding"])
def test_nobody_in_danger_is_sent_to_another_door(said):
    assert LAYER.look(tokens(said, "work", "work")).door == ""


@pytest.mark.parametrize("first, second, graver", [
    (None, None, None), (CRISIS, None, CRISIS), (None, DISTRESS, DISTRESS), (CRISIS, FRUSTRATION, CRISIS), (DISTRESS, CRISIS, CRISIS),
    (FRUSTRATION, DISTRESS, DISTRESS), (SAFEGUARDING, DISTRESS, SAFEGUARDING), (DISTRESS, Concern("distress", "second-look"), DISTRESS),
])
def test_the_graver_finding_counts_and_of_two_alike_the_screens(first, second, graver):
    assert raised(first, second) is graver


# ------------------------------------------------------------------ its file


@pytest.fixture
def kept(tmp_path):
    """A folder as `make tune` leaves it."""
    save_file({"queries": LAYER.queries, "weight": LAYER.weight, "bias": LAYER.bias}, tmp_path / SECOND_LOOK)
    manifest = {"sha256": {SECOND_LOOK: sha256(tmp_path / SECOND_LOOK)}, "doors": DOORS, "thresholds": THRESHOLDS, "figures": {}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return tmp_path


def test_it_loads_as_it_was_kept(kept):
    again = load(kept)
    assert (again.urgent, again.person, again.outside, again.abroad, again.doors) == (*THRESHOLDS.values(), DOORS)
    assert again.look(tokens("crisis")) == LAYER.look(tokens("crisis")) and np.array_equal(again.weight, LAYER.weight)


@pytest.mark.parametrize("damage", [
    lambda folder: (folder / SECOND_LOOK).write_bytes(b"changed"), lambda folder: (folder / SECOND_LOOK).unlink(),
    lambda folder: (folder / "manifest.json").write_text("{"), lambda folder: (folder / "manifest.json").write_text("{}"),
    lambda folder: (folder / "manifest.json").unlink(),
])
def test_a_damaged_one_is_not_used(kept, damage):
    damage(kept)
    assert load(kept) is None


def test_one_flipped_byte_is_refused(kept):
    content = bytearray((kept / SECOND_LOOK).read_bytes())
    content[-1] ^= 1
    (kept / SECOND_LOOK).write_bytes(content)
    assert load(kept) is None


# ------------------------------------------------------------------ asked over loopback


def a_client(plays_the_action_server):
    client = SecondLookClient("http://actions")
    client._http = httpx.Client(base_url="http://actions", transport=httpx.MockTransport(plays_the_action_server))
    return client


def test_the_action_server_is_asked_with_the_text():
    asked = []

    def answers(request):
        asked.append((request.url.path, json.loads(request.content)))
        concern = {"level": "crisis", "reason": "second-look", "about": None}
        return httpx.Response(200, json={"concern": concern, "needs_person": True, "door": "work"})

    text = "she has been giving her things away"
    assert a_client(answers).look(text) == Look(Concern("crisis", "second-look"), True, "work") and asked == [("/look", {"text": text})]


def test_nothing_found_is_an_answer_too():
    nothing = httpx.Response(200, json={"concern": None, "needs_person": False, "door": ""})
    assert a_client(lambda request: nothing).look("hello there you") == Look()


@pytest.mark.parametrize("answer", [
    httpx.Response(200, json=None), httpx.Response(500), httpx.Response(404), httpx.Response(200, text="<html>"),
    httpx.Response(200, json=[1]),
    httpx.Response(200, json={"concern": {"level": "crisis"}, "needs_person": True}), httpx.Response(200, json={"no": "such field"}),
    httpx.Response(200, json={"concern": None}),
])
def test_anything_but_a_look_means_nothing_was_found(answer):
    assert a_client(lambda request: answer).look("hello there you") == Look()


def test_an_action_server_that_is_down_means_nothing_was_found():
    def away(request):
        raise httpx.ConnectError("refused")

    assert a_client(away).look("hello there you") == Look()


# ------------------------------------------------------------------ on a message's way


MISSED = "she left a letter on her pillow for each of us"  # no phrase of the screen is in it


class Finds:
    """A second look that finds one thing in everything."""

    def __init__(self, concern):
        self.concern, self.asked = concern, []

    def look(self, text):
        self.asked.append(text)
        return Look(self.concern)


def test_the_screen_itself_finds_nothing_in_it():
    assert screen(MISSED) is None


def test_what_the_screen_missed_is_still_a_crisis(gateway, talk, fake_engine):
    gateway.second_look = Finds(Concern("crisis", "second-look"))
    done = talk.says(MISSED)
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
    assert talk.says(MISSED)["route"] == "answer"
