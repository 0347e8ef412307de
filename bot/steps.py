"""The steps of a turn, in the order of STEPS: each gives the outcome that ends the turn, or None for the next one to try."""

from __future__ import annotations

import dataclasses
import logging
import time
from typing import TYPE_CHECKING

from bot import cases, languages, wording
from bot.conversation import ADVISER, Outcome, Reply, Turn
from bot.crash_points import crash_point
from bot.engine import QUESTION
from bot.errors import EngineDown, EngineError, EngineSilent
from bot.person_please import wants_person
from bot.settings import new_id
from knowledge_base.query import asks
from knowledge_base.scope import INJECTION, named

if TYPE_CHECKING:
    from bot.gateway import Gateway

log = logging.getLogger("sendline.gateway")

# What "how long have i got" and "so full isn't a no?" are answered with, when nobody looks at what was said before.
SMALL_TALK = {f"wording:{name}" for name in ("greet", "thank", "goodbye", "okay", "stop", "about-service", "abuse", "nothing-to-tell")}
TRIES = 3  # times that a turn is started before it is given up


def crisis(gateway: Gateway, turn: Turn) -> Outcome | None:
    """The second layer found what the screen at the door did not."""
    return gateway.crisis(turn.conversation.id, turn.concern) if turn.concern and turn.concern.is_urgent else None


def relay(gateway: Gateway, turn: Turn) -> Outcome | None:
    """An adviser owns the conversation: the bot is silent."""
    if turn.conversation.owner != ADVISER:
        return None
    gateway.store.cases.parent_wrote(turn.conversation.id)
    return Outcome("relay")


def give_up(gateway: Gateway, turn: Turn) -> Outcome | None:
    """A message that ended the worker again and again: say so, flag it, and go on with the next."""
    if turn.attempts <= TRIES:
        return None
    return Outcome("unavailable", (Reply(wording.GAVE_UP, "wording:gave-up", buttons=(cases.PERSON,)),), unanswered="gave up")


def another_language(gateway: Gateway, turn: Turn) -> Outcome | None:
    """A message in another language gets our fixed sentence in it, and a person with an interpreter when it asks for one."""
    known = turn.conversation.state.get("language")
    if turn.button:
        return None
    if code := languages.asks_person(turn.text, known):
        people, wish = gateway.open_case(
            turn.conversation, turn.concern, "asked for a person, with an interpreter", consent=True, language=code)
        said = Reply(f"{languages.languages()[code].asked}\n\n{people}", "wording:case-opened", offers_person=True)
        return Outcome("handoff", (said,), do=(wish,), remember={"language": code})
    if turn.language:
        code, theirs = turn.language, languages.languages().get(turn.language)
        text = f"{theirs.help}\n\n{wording.other_language(theirs.name)}" if theirs else wording.ONLY_ENGLISH
        return Outcome("handoff", (Reply(text, "wording:other-language", buttons=(cases.PERSON,), offers_person=True),),
                       remember={"language": code} if theirs else {})
    return None


def dialogue(gateway: Gateway, turn: Turn) -> Outcome:
    """Everything else goes to Rasa; a quick failure is tried once more under a fresh engine id, then said plainly."""
    talk, deadline = turn.conversation, time.monotonic() + gateway.settings.engine_budget - 3
    text, button = turn.text or "?", turn.button or ("person" if wants_person(turn.text) else None)
    for engine_id in (talk.engine_id, new_id()):
        try:
            outcome = gateway.engine.ask(engine_id, text, context(gateway, turn), deadline - time.monotonic(), button)
            if misread(turn, outcome):
                outcome = gateway.engine.ask(engine_id, text, context(gateway, turn), deadline - time.monotonic(), QUESTION)
            crash_point("after_engine_reply")
            return dataclasses.replace(outcome, engine_id=engine_id)
        except (EngineDown, EngineSilent) as error:
            log.warning("engine failed", extra={"turn": turn.id, "error": type(error).__name__})
            if deadline - time.monotonic() < 2:
                break
            time.sleep(0.3)
        except EngineError as error:
            log.warning("engine failed", extra={"turn": turn.id, "error": type(error).__name__})
            break
    if button == "person":  # the wish for a person needs no engine
        made = cases.opened(*gateway.open_case(talk, turn.concern, "asked for a person", consent=True))
        return dataclasses.replace(made, engine_id=new_id())
    failed = Reply(wording.ENGINE_FAILED, "wording:engine-failed", buttons=(cases.PERSON,), offers_person=True)
    return Outcome("unavailable", (failed,), unanswered="unavailable", engine_id=new_id())  # what Rasa half did must not wake up


def misread(turn: Turn, outcome: Outcome) -> bool:
    """Whether Rasa, which reads each message by itself, took a question for a hello, a goodbye or a form's affair.

    It leans on the last answer, or the second look sees another door for it.
    """
    if turn.button:
        return False
    if other := named(turn.door):
        elsewhere = other.id == INJECTION or not other.is_talk
        return elsewhere and outcome.route in ("smalltalk", "tool") and not turn.conversation.state.get("expects")
    small_talk = any(reply.origin in SMALL_TALK for reply in outcome.replies)
    return small_talk and bool(turn.conversation.state.get("shown")) and len(turn.text.split()) > 2 and asks(turn.text)


def context(gateway: Gateway, turn: Turn) -> dict:
    """What the actions may know: nothing personal, and nothing that they would have to keep."""
    state = turn.conversation.state
    known = ("area", "shown", "topics", "expects", "clarifies", "unhelpful", "crisis", "language")
    return {
        **{name: state[name] for name in known if state.get(name)},
        "button": turn.button,
        "concern": turn.concern.level if turn.concern else None,
        "door": turn.door,
        "summary": cases.summarise(state, None),
        "today": gateway.settings.date_today().isoformat(),
        "channel": turn.conversation.channel,
        "service": turn.conversation.service,
    }


STEPS = (crisis, relay, give_up, another_language, dialogue)
