"""The second safety layer leaves ordinary small talk alone: a goodbye is no crisis."""

from pathlib import Path

import pytest
import yaml

from bot.second_look import SecondLookClient

pytestmark = pytest.mark.engine

ORDINARY = {"greet", "thank", "goodbye", "affirm", "deny", "stop", "tell_more", "ask_person", "give_area", "bot_challenge", "about_service"}


def test_small_talk_and_the_wish_for_a_person_raise_no_alarm(brain):
    rows = yaml.safe_load((Path(__file__).parent / "intents.yml").read_text(encoding="utf-8"))["nlu"]
    texts = [line[2:] for row in rows if row["intent"] in ORDINARY for line in row["examples"].splitlines() if len(line.split()) > 3]
    client = SecondLookClient(brain.actions_url)
    raised = [text for text in texts if (found := client.look(text).concern) and found.is_urgent]
    assert len(raised) <= 0.01 * len(texts), raised


def test_it_answers_at_all(brain):
    assert SecondLookClient(brain.actions_url).look("she wants to kill herself and has the pills in her hand").concern is not None
