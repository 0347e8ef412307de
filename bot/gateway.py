"""The one path that every message takes.

`receive` runs at the door: normalise, screen for danger, keep. Only then does the door say yes. A crisis is answered
there and then, so it needs no engine, no worker and no index. `run_turn` runs in the worker, one turn at a time per
conversation: the first of STEPS that has an outcome ends it, and the outcome is committed as a whole.
"""

import dataclasses
import logging
import os
import time
from datetime import UTC, datetime

from bot import cases, wording
from bot.concern import Concern
from bot.conversation import ADVISER, Conversation, Inbound, Outcome, Reply, Turn
from bot.engine import Engine
from bot.errors import EngineDown, EngineError, EngineSilent
from bot.safeguarding import screen
from bot.second_look import SecondLookClient, raised
from bot.settings import Settings, new_id
from bot.store import Store
from bot.text import normalise
from knowledge_base.law import law

log = logging.getLogger("sendline.gateway")

TRIES = 3  # times that a turn is started before it is given up
ENGINE_TURNS = 50  # turns before a conversation gets a fresh engine id: Rasa sends the whole past with every action
TOPICS_KEPT = 12


class Gateway:
    """Everything that a message needs on its way."""

    def __init__(self, store: Store, engine: Engine, settings: Settings, second_look: SecondLookClient | None = None):
        self.store, self.engine, self.settings, self.second_look = store, engine, settings, second_look

    def receive(self, inbound: Inbound) -> tuple[int, bool]:
        """Keep a message; gives its place in the transcript and whether it is new. Raises StoreDown: nothing was kept."""
        inbound = dataclasses.replace(inbound, text=normalise(inbound.text))
        if inbound.button:
            return self.store.turns.receive(inbound, None)
        concern = screen(inbound.text, self.store.conversations.recent_words(inbound.conversation))
        at_once = self.crisis(inbound.conversation, concern) if concern and concern.is_urgent else None
        crash_point("before_inbox_commit")
        kept = self.store.turns.receive(inbound, concern, at_once)
        crash_point("after_inbox_commit")
        return kept

    def crisis(self, conversation_id: str, concern: Concern) -> Outcome:
        """The numbers now, an urgent case, and the truth about when a person will look."""
        talk = self.store.conversations.find(conversation_id)
        people, wish = self.open_case(talk, concern, concern.reason, consent=False)
        if talk.state.get("crisis"):
            text = wording.crisis_again_reply(concern, talk.channel, person=people)
        elif concern.level == "safeguarding":
            text = wording.safeguarding_reply(concern, talk.channel, person=people)
        else:
            text = wording.crisis_reply(concern, talk.channel, person=people)
        reply = Reply(text, f"wording:{concern.level}", offers_person=True)
        return Outcome("crisis", (reply,), concern=concern, do=(wish,), remember={"crisis": concern.level})

    def open_case(self, talk: Conversation, concern: Concern | None, reason: str, consent: bool) -> tuple[str, dict]:
        """What the parent is told about people, and the wish that opens the case in the turn's transaction."""
        existing, present = self.store.cases.of_conversation(talk.id), self.store.advisers.present(talk.service)
        return cases.opening(talk.state, concern, existing, talk.service, datetime.now(UTC), present, reason, consent)

    def run_turn(self, turn: Turn) -> Outcome:
        """Handle one turn to its end. Never raises for what the engine does; raises StoreDown for the database."""
        started = time.monotonic()
        crash_point("after_claim")
        turn = self.with_second_look(self.with_engine_id(turn))
        outcome = next(filter(None, (step(self, turn) for step in STEPS)))
        for finish in FINISHES:
            outcome = finish(self, turn, outcome)
        crash_point("before_finish_commit")
        self.store.turns.finish(turn, outcome, int((time.monotonic() - started) * 1000),
                                outcome.engine_id or turn.conversation.engine_id)
        return outcome

    def with_engine_id(self, turn: Turn) -> Turn:
        """A fresh engine id after a failed try or many turns, so that no old form of Rasa's wakes up."""
        talk = turn.conversation
        if turn.attempts > 1 or (talk.engine_turns and talk.engine_turns % ENGINE_TURNS == 0 and not talk.state.get("expects")):
            talk = dataclasses.replace(talk, engine_id=new_id())
        return dataclasses.replace(turn, conversation=talk)

    def with_second_look(self, turn: Turn) -> Turn:
        """The concern that the second safety layer finds, where it is graver than what the screen found."""
        if self.second_look is None or turn.button or len(turn.text.split()) < 3:
            return turn
        return dataclasses.replace(turn, concern=raised(turn.concern, self.second_look.look(turn.text)))


# ------------------------------------------------------------------ the steps of a turn


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


def dialogue(gateway: Gateway, turn: Turn) -> Outcome:
    """Everything else goes to Rasa; a quick failure is tried once more under a fresh engine id, then said plainly."""
    talk, deadline = turn.conversation, time.monotonic() + gateway.settings.engine_budget - 3
    text = turn.text or "?"
    for engine_id in (talk.engine_id, new_id()):
        try:
            outcome = gateway.engine.ask(engine_id, text, context(gateway, turn), deadline - time.monotonic(), turn.button)
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
    if turn.button == "person":  # a tap on "Talk to a person" needs no engine
        made = cases.opened(*gateway.open_case(talk, turn.concern, "asked for a person", consent=True))
        return dataclasses.replace(made, engine_id=new_id())
    failed = Reply(wording.ENGINE_FAILED, "wording:engine-failed", buttons=(cases.PERSON,), offers_person=True)
    return Outcome("unavailable", (failed,), unanswered="unavailable", engine_id=new_id())  # what Rasa half did must not wake up


STEPS = (crisis, relay, give_up, dialogue)


# ------------------------------------------------------------------ what is done to every outcome


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
    return Outcome("unanswered", (blocked,), unanswered="citation not registered", engine_id=outcome.engine_id)


def acknowledge(gateway: Gateway, turn: Turn, outcome: Outcome) -> Outcome:
    """Where the parent is upset, say so first; where they struggle, put a person first."""
    concern = turn.concern
    outcome = dataclasses.replace(outcome, concern=concern)
    if not concern or concern.is_urgent or not outcome.replies or outcome.route in ("handoff", "unavailable"):
        return outcome
    first = outcome.replies[0]
    line = wording.distress_line(concern) if concern.level == "distress" else wording.frustration_line()
    if concern.level == "distress":
        person = () if cases.PERSON in first.buttons else (cases.PERSON,)
        first = dataclasses.replace(first, buttons=person + first.buttons, offers_person=True)
    elif outcome.route != "answer":
        return outcome
    first = dataclasses.replace(first, text=f"{line}\n\n{first.text}")
    return dataclasses.replace(outcome, replies=(first, *outcome.replies[1:]))


def remember(gateway: Gateway, turn: Turn, outcome: Outcome) -> Outcome:
    """What the next turn may need: the entry last shown, the topics so far, clarifying questions in a row."""
    state, notes = turn.conversation.state, dict(outcome.remember)
    notes["clarifies"] = state.get("clarifies", 0) + 1 if outcome.route == "clarify" else 0
    if outcome.entry and outcome.route in ("answer", "tool", "signpost"):
        notes["last_entry"] = outcome.entry
    if outcome.topic and outcome.route in ("answer", "tool", "signpost"):
        topics = [t for t in state.get("topics", []) if t != outcome.topic]
        notes["topics"] = [*topics, outcome.topic][-TOPICS_KEPT:]
    return dataclasses.replace(outcome, remember=notes)


FINISHES = (open_wished_case, block_unknown_law, acknowledge, remember)


def context(gateway: Gateway, turn: Turn) -> dict:
    """What the actions may know: nothing personal, and nothing that they would have to keep."""
    state = turn.conversation.state
    known = ("area", "last_entry", "topics", "expects", "clarifies", "unhelpful", "crisis")
    return {
        **{name: state[name] for name in known if state.get(name)},
        "button": turn.button,
        "concern": turn.concern.level if turn.concern else None,
        "summary": cases.summarise(state, None),
        "today": gateway.settings.date_today().isoformat(),
        "channel": turn.conversation.channel,
    }


def crash_point(name: str) -> None:
    """Where a reliability test may end this process as kill -9 would: SENDLINE_CRASH_AT names the point."""
    if os.environ.get("SENDLINE_CRASH_AT") == name:
        os._exit(137)
