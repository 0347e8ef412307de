"""Handing a conversation to people: when, with what summary, and what the parent is told.

    offered -> queued -> claimed <-> waiting_parent -> closed (the bot speaks again)

The states are changed in bot/store/cases.py, each by one conditional update; this module decides and words.
"""

from datetime import datetime
from typing import Any

from bot.concern import Concern
from bot.conversation import Button, Case, Outcome, Reply
from bot.hours import expectation, read_service
from bot.languages import languages
from bot.store.cases import new_ref
from knowledge_base.topics import TOPICS

RISK = {"crisis": 3, "safeguarding": 3, "distress": 2}


def summarise(state: dict[str, Any], concern: Concern | None = None) -> str:
    """What an adviser reads first, in a few lines: area, topics, concern. It never repeats the parent's words."""
    lines = []
    if area := state.get("area"):
        lines.append(f"Area: {area['name']}.")
    if topics := state.get("topics"):
        lines.append("Asked about: " + "; ".join(TOPICS[t] for t in topics if t in TOPICS) + ".")
    if code := state.get("language"):
        lines.append(f"Writes in: {languages()[code].name}; an interpreter may be needed.")
    if state.get("unhelpful"):
        lines.append(f"Answers that did not help: {state['unhelpful']}.")
    if concern and concern.level != "frustration":
        lines.append(f"Safety screen: {concern.level} ({concern.reason}).")
    return "\n".join(lines) or "No question answered yet: the conversation starts with this."


def opening(
    state: dict[str, Any], concern: Concern | None, existing: Case | None, service_id: str, at: datetime, present: int,
    reason: str, consent: bool,
) -> tuple[str, dict[str, Any]]:
    """What the parent is told about people, and the wish that opens the case."""
    ref = existing.ref if existing else new_ref()
    wish = {
        "kind": "handoff", "ref": ref, "risk": RISK.get(concern.level, 1) if concern else 1, "reason": reason,
        "summary": summarise(state, concern), "topic": (state.get("topics") or [None])[-1], "consent": consent,
    }
    if existing and existing.adviser_name:
        return f"{existing.adviser_name}, an adviser, has your case and will see this.", wish
    known = "Your case is already with our advisers" if existing else "I have put your conversation in our advisers' queue"
    return f"{known}. Your reference is {ref}. {expectation(read_service(service_id), at, present)}", wish


def opened(people: str, wish: dict[str, Any]) -> Outcome:
    """The outcome that opens a case which the parent has agreed to."""
    text = (
        f"{people}\n\nThe reply will come here, so keep this page or come back to it. Anything you write meanwhile is "
        "added for them, and I can still answer questions."
    )
    return Outcome("handoff", (Reply(text, "wording:case-opened", offers_person=True),), do=(wish,))


PERSON = Button("Talk to a person", "person")
