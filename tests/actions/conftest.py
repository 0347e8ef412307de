"""One turn as Rasa hands it to an action, and what the action said."""

import asyncio

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher


def a_tracker(text="", intent="question", slots=None, earlier=(), **context):
    message = {"text": text, "intent": {"name": intent}, "metadata": {"context": context}}
    events = [{"event": "user", "text": said} for said in (*earlier, text)]
    return Tracker("a" * 32, slots or {}, message, events, False, None, {}, None)


@pytest.fixture
def tracker():
    """`tracker(text, intent=…, slots=…, button=…, area=…)`: one turn after those `earlier`; further names are the gateway's context."""
    return a_tracker


@pytest.fixture
def act():
    """`act(skill, text, …)`: run a skill over one turn; gives (what was said, events)."""
    def run(skill, text="", **more):
        dispatcher = CollectingDispatcher()
        events = asyncio.run(skill.run(dispatcher, a_tracker(text, **more), {}))
        return [m["custom"] for m in dispatcher.messages], events

    return run
