"""What is done to every outcome before it is committed, in the order of FINISHES."""

from __future__ import annotations

import dataclasses
import logging
from typing import TYPE_CHECKING

from bot import cases, wording
from bot.complexity import needs_person
from bot.conversation import Outcome, Reply, Turn
from knowledge_base.glossary import expand
from knowledge_base.law import law

if TYPE_CHECKING:
    from bot.gateway import Gateway

log = logging.getLogger("sendline.gateway")

TOPICS_KEPT, SHOWN_KEPT = 12, 6


def first_said(outcome: Outcome, before: str = "", after: str = "", person: bool = False, **changes: bool) -> Outcome:
    """The outcome with words around its first reply and, with `person`, the way to a person as its first button."""
    first, *others = outcome.replies
    buttons = (cases.PERSON, *(b for b in first.buttons if b != cases.PERSON)) if person else first.buttons
    text = "\n\n".join(filter(None, (before, first.text, after)))
    return dataclasses.replace(outcome, replies=(dataclasses.replace(first, text=text, buttons=buttons, **changes), *others))


def open_wished_case(gateway: Gateway, turn: Turn, outcome: Outcome) -> Outcome:
    """Where the dialogue wishes a handoff, say where it goes and when, and open the case with a summary."""
    if not any(wish["kind"] == "handoff" and "ref" not in wish for wish in outcome.do):
        return outcome
    made = cases.opened(*gateway.open_case(turn.conversation, turn.concern, "asked for a person", consent=True))
    spoken = tuple(r for r in outcome.replies if r.origin != "form:handoff-agreed")
    return dataclasses.replace(outcome, route="handoff", replies=(*made.replies, *spoken), do=made.do)


def block_unknown_law(gateway: Gateway, turn: Turn, outcome: Outcome) -> Outcome:
    """A citation that is not registered cannot be said: block the answer."""
    if all(law().find(cite) for cite in outcome.cites):
        return outcome
    log.error("reply blocked: citation not registered", extra={"turn": turn.id, "entry": outcome.entry})
    blocked = Reply(wording.BLOCKED, "wording:blocked", buttons=(cases.PERSON,), offers_person=True)
    return Outcome("unanswered", (blocked,), unanswered="citation not registered", engine_id=outcome.engine_id,
                   remember=outcome.remember)


def acknowledge(gateway: Gateway, turn: Turn, outcome: Outcome) -> Outcome:
    """Where the parent is upset, say so first; where they struggle, put a person first."""
    concern = turn.concern
    outcome = dataclasses.replace(outcome, concern=concern)
    if not concern or concern.is_urgent or not outcome.replies or outcome.route in ("handoff", "unavailable"):
        return outcome
    if concern.level == "distress":
        return first_said(outcome, wording.distress_line(concern), person=True, offers_person=True)
    return first_said(outcome, wording.frustration_line()) if outcome.route == "answer" else outcome


def offer_person(gateway: Gateway, turn: Turn, outcome: Outcome) -> Outcome:
    """Where the story is one for a person, propose one unasked, after what the answer says."""
    talk = turn.conversation
    if outcome.route == "signpost" and outcome.unanswered:
        return outcome  # other trouble has its own door: a fridge that packed in is no provision that stopped
    if outcome.route not in ("answer", "clarify", "signpost", "unanswered") or any(r.offers_person for r in outcome.replies) or turn.button:
        return outcome
    need = needs_person(turn.text, gateway.settings.date_today(), talk.state)
    if (need is None and not turn.needs_person) or gateway.store.cases.of_conversation(talk.id):
        return outcome
    return first_said(outcome, after=need.says if need else wording.PERSON_CAN_HELP, person=True, offers_person=True)


def stay_near(gateway: Gateway, turn: Turn, outcome: Outcome) -> Outcome:
    """After a disclosure the person stays in view, and the first ordinary reply says that we have not moved on."""
    state = turn.conversation.state
    if not state.get("crisis") or not outcome.replies or outcome.route in ("crisis", "handoff", "relay", "unavailable"):
        return outcome
    near = first_said(outcome, "" if state.get("stayed") else wording.STILL_HERE, person=True)
    return dataclasses.replace(near, remember={**outcome.remember, "stayed": True})


def remember(gateway: Gateway, turn: Turn, outcome: Outcome) -> Outcome:
    """What the next turn may need: the entries shown, as often as they were, the topics so far, clarifying questions in a row."""
    state, notes = turn.conversation.state, dict(outcome.remember)
    notes["clarifies"] = state.get("clarifies", 0) + 1 if outcome.route == "clarify" else 0
    if outcome.entry and outcome.route in ("answer", "tool", "signpost"):
        notes["shown"] = [*state.get("shown", []), outcome.entry][-SHOWN_KEPT:]
    if outcome.topic and outcome.route in ("answer", "tool", "signpost"):
        topics = [t for t in state.get("topics", []) if t != outcome.topic]
        notes["topics"] = [*topics, outcome.topic][-TOPICS_KEPT:]
    return dataclasses.replace(outcome, remember=notes)


def spell_out(gateway: Gateway, turn: Turn, outcome: Outcome) -> Outcome:
    """Letters such as SENCO in full, the first time that a conversation meets them."""
    if outcome.route in ("crisis", "handoff", "relay", "unavailable"):
        return outcome
    known, replies = set(turn.conversation.state.get("expanded", ())), []
    for reply in outcome.replies:
        text, fresh = expand(reply.text, known)
        known.update(fresh)
        replies.append(dataclasses.replace(reply, text=text))
    return dataclasses.replace(outcome, replies=tuple(replies), remember={**outcome.remember, "expanded": sorted(known)})


FINISHES = (open_wished_case, block_unknown_law, spell_out, offer_person, acknowledge, stay_near, remember)
