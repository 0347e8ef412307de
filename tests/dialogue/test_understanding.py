"""How well the dialogue model tells a question from the few things that are not one, on messages it has never seen."""

import json
import os
import subprocess
from pathlib import Path

import pytest
import yaml

from bot.training import QUIET, RASA, ROOT, trusted_model

pytestmark = pytest.mark.engine

HERE = Path(__file__).parent
HELD_OUT = 0.93
# Which mistakes cost a parent something: these lead to the same action, so they are not mistakes.
SAME = {"ask_deadline": "question", "ask_letter": "question", "nlu_fallback": "question"}

PARSE = """
import asyncio, json, sys
from rasa.core.agent import Agent
agent = Agent.load(sys.argv[1])
async def main():
    for line in sys.stdin:
        print("PARSED", json.dumps((await agent.parse_message(json.loads(line)))["intent"]["name"]))
asyncio.run(main())
"""


@pytest.fixture(scope="module")
def understood(brain):
    """{message: intent} of every held-out message, from the trained model in Rasa's own environment."""
    messages = [text for text, _ in held_out()]
    done = subprocess.run(
        [RASA.parent / "python", "-c", PARSE, trusted_model(brain.home)], input="\n".join(map(json.dumps, messages)), cwd=ROOT,
        env={**os.environ, **QUIET}, capture_output=True, text=True, check=False, timeout=300)
    intents = [json.loads(line.removeprefix("PARSED ")) for line in done.stdout.splitlines() if line.startswith("PARSED ")]
    assert len(intents) == len(messages), done.stderr[-2000:]
    return dict(zip(messages, intents, strict=True))


def held_out():
    rows = yaml.safe_load((HERE / "intents.yml").read_text(encoding="utf-8"))["nlu"]
    return [(line[2:].strip(), row["intent"]) for row in rows for line in row["examples"].splitlines() if line.startswith("- ")]


def test_messages_it_has_never_seen_are_understood(understood):
    rows = [(text, SAME.get(want, want), SAME.get(understood[text], understood[text])) for text, want in held_out()]
    wrong = [row for row in rows if row[1] != row[2]]
    assert len(rows) > 300
    assert 1 - len(wrong) / len(rows) >= HELD_OUT, "\n".join(f"{want} -> {got}: {text}" for text, want, got in wrong)


def test_a_wish_for_a_person_is_hardly_ever_missed(understood):
    asked = [text for text, want in held_out() if want == "ask_person"]
    missed = [text for text in asked if understood[text] != "ask_person"]
    assert len(missed) <= 0.1 * len(asked), missed


def test_a_question_is_hardly_ever_taken_for_something_else(understood):
    asked = [text for text, want in held_out() if want == "question"]
    lost = [(understood[text], text) for text in asked if SAME.get(understood[text], understood[text]) != "question"]
    assert len(lost) <= 0.05 * len(asked), lost
