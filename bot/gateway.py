"""The one path that every message takes.

`receive` runs at the door: normalise, screen for danger, keep. Only then does the door say yes. A crisis is answered
there and then, so it needs no engine, no worker and no index. `run_turn` runs in the worker, one turn at a time per
conversation: the first of STEPS that has an outcome ends it, and the outcome is committed as a whole.
"""

import dataclasses
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from bot import cases, languages, wording
from bot.concern import Concern
from bot.conversation import Conversation, Inbound, Outcome, Reply, Turn
from bot.crash_points import crash_point
from bot.engine import Engine
from bot.finishes import FINISHES
from bot.safeguarding import screen
from bot.second_look import SecondLookClient, raised
from bot.settings import Settings, new_id
from bot.steps import STEPS
from bot.store import Store
from bot.text import normalise

ENGINE_TURNS = 50  # turns before a conversation gets a fresh engine id: Rasa sends the whole past with every action


def danger(text: str, before: Sequence[str] = ()) -> Concern | None:
    """What a message's own words show, in English or in another language that we know."""
    concern = screen(text, before)
    if not (concern and concern.is_urgent) and (code := languages.crisis_in(text)):
        return Concern("crisis", f"{languages.REASON}{code}")
    return concern


class Gateway:
    """Everything that a message needs on its way."""

    def __init__(self, store: Store, engine: Engine, settings: Settings, second_look: SecondLookClient | None = None):
        self.store, self.engine, self.settings, self.second_look = store, engine, settings, second_look

    def receive(self, inbound: Inbound) -> tuple[int, bool]:
        """Keep a message; gives its place in the transcript and whether it is new. Raises StoreDown: nothing was kept."""
        inbound = dataclasses.replace(inbound, text=normalise(inbound.text))
        if inbound.button:
            return self.store.turns.receive(inbound, None)
        concern = danger(inbound.text, self.store.conversations.recent_words(inbound.conversation))
        at_once = self.crisis(inbound.conversation, concern) if concern and concern.is_urgent else None
        crash_point("before_inbox_commit")
        kept = self.store.turns.receive(inbound, concern, at_once)
        crash_point("after_inbox_commit")
        return kept

    def crisis(self, conversation_id: str, concern: Concern) -> Outcome:
        """The numbers now, an urgent case, and the truth about when a person will look."""
        talk, theirs = self.store.conversations.find(conversation_id), {}
        if concern.reason.startswith(languages.REASON):
            theirs = {"language": concern.reason.removeprefix(languages.REASON)}
        people, wish = self.open_case(talk, concern, concern.reason, consent=False, **theirs)
        if talk.state.get("crisis"):
            says = wording.crisis_again_reply
        else:
            says = wording.safeguarding_reply if concern.level == "safeguarding" else wording.crisis_reply
        text = says(concern, talk.channel, person=people)
        if theirs:
            text = f"{languages.languages()[theirs['language']].crisis}\n\n{text}"
        reply = Reply(text, f"wording:{concern.level}", offers_person=True)
        return Outcome("crisis", (reply,), concern=concern, do=(wish,), remember={"crisis": concern.level, **theirs})

    def open_case(self, talk: Conversation, concern: Concern | None, reason: str, consent: bool, **learnt: str) -> tuple[str, dict]:
        """What the parent is told about people, and the wish that opens the case in the turn's transaction."""
        existing, present = self.store.cases.of_conversation(talk.id), self.store.advisers.present(talk.service)
        return cases.opening(talk.state | learnt, concern, existing, talk.service, datetime.now(UTC), present, reason, consent)

    def run_turn(self, turn: Turn) -> Outcome:
        """Handle one turn to its end. Never raises for what the engine does; raises StoreDown for the database."""
        started = time.monotonic()
        crash_point("after_claim")
        turn = self.looked_at_again(self.with_engine_id(turn))
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

    def looked_at_again(self, turn: Turn) -> Turn:
        """The language, and what the second layer finds in English: a graver concern, whether the story needs a person, its door."""
        turn = dataclasses.replace(turn, language=None if turn.button else languages.language_of(turn.text))
        if self.second_look is None or turn.button or turn.language or len(turn.text.split()) < 3:
            return turn  # it reads English only; danger in other languages is found at the door
        look = self.second_look.look(turn.text)
        concern = raised(turn.concern, look.concern)
        upset = concern is not None and concern.level != "frustration"  # whoever is upset is never sent to another door
        return dataclasses.replace(turn, concern=concern, needs_person=look.needs_person, door="" if upset else look.door)
