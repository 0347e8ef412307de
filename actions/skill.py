"""What every skill shares: the context the gateway sent, a budget, and one way to speak.

A skill never raises: Rasa would turn an exception into silence, and rasa-sdk would print the whole conversation. It
says plainly that it failed, and the gateway keeps the message.
"""

import asyncio
import logging
import os
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot import wording

log = logging.getLogger("sendline.actions")
BUDGET = float(os.environ.get("SENDLINE_ACTION_BUDGET") or 4)  # seconds; less than the gateway waits for Rasa

PERSON = {"label": "Talk to a person", "do": "person"}


def context(tracker: Tracker) -> dict[str, Any]:
    """What the gateway said about this turn."""
    return (tracker.latest_message.get("metadata") or {}).get("context") or {}


def words(tracker: Tracker) -> str:
    """What the parent wrote; empty when they tapped a button."""
    return "" if context(tracker).get("button") else _written(tracker.latest_message)


def words_before(tracker: Tracker) -> str:
    """What the parent wrote before this message; empty where Rasa has seen no other."""
    written = [_written(event) for event in tracker.events if event.get("event") == "user"]
    return written[-2] if len(written) > 1 and not written[-2].startswith("/") else ""


def _written(message: dict[str, Any]) -> str:
    return (message.get("metadata") or {}).get("text") or message.get("text") or ""


def say(dispatcher: CollectingDispatcher, route: str, origin: str, text: str, **more: Any) -> None:
    """Speak: every reply names its route and who wrote it."""
    dispatcher.utter_message(json_message={"route": route, "origin": origin, "text": text, **more})


class Skill(Action):
    """One skill. A subclass sets `called` and writes `act`, which may block: it runs in a thread."""

    called = ""

    def name(self) -> str:
        return self.called

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        raise NotImplementedError

    async def run(self, dispatcher, tracker, domain) -> list[dict[str, Any]]:
        own = CollectingDispatcher()  # a late thread must not speak into the next reply
        try:
            events = await asyncio.wait_for(asyncio.to_thread(self.act, own, tracker, domain), BUDGET)
        except Exception as error:
            log.error("skill failed: %s in %s", type(error).__name__, self.called)
            say(dispatcher, "unavailable", "wording:skill-failed", wording.ENGINE_FAILED, buttons=[PERSON], offers_person=True,
                unanswered="unavailable")
            return []
        dispatcher.messages.extend(own.messages)
        return events or []
