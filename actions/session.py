"""A fresh engine id starts from what the gateway remembers: an open form goes on where it was."""

from rasa_sdk import Action
from rasa_sdk.events import ActionExecuted, ActiveLoop, SessionStarted, SlotSet


class SessionStart(Action):
    """Rasa's own memory is a cache. `expects` is the form and the question that were open."""

    def name(self) -> str:
        return "action_session_start"

    async def run(self, dispatcher, tracker, domain):
        metadata = tracker.get_slot("session_started_metadata") or {}
        events = [SessionStarted()]
        if expects := (metadata.get("context") or {}).get("expects"):
            events += [ActiveLoop(expects["form"]), SlotSet("requested_slot", expects["slot"])]
        return [*events, ActionExecuted("action_listen")]
