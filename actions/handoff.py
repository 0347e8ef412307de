"""Handing over to a person: say what they will see, ask once, then do it. "I want a person" is never argued with."""

from rasa_sdk.events import SlotSet
from rasa_sdk.forms import FormValidationAction

from actions.skill import Skill, context, say

YES, NO = {"affirm", "ask_person"}, {"deny", "stop"}


class ValidateHandoffForm(FormValidationAction):
    """Yes and no come from the intent; anything else is answered first, then the form asks again."""

    def name(self) -> str:
        return "validate_handoff_form"

    async def extract_handoff_consent(self, dispatcher, tracker, domain):
        if tracker.get_slot("requested_slot") != "handoff_consent":
            return {}
        intent = tracker.latest_message["intent"]["name"]
        return {"handoff_consent": True} if intent in YES else {"handoff_consent": False} if intent in NO else {}


    async def validate_handoff_consent(self, value, dispatcher, tracker, domain):
        return {"handoff_consent": value}


class AskConsent(Skill):
    """Say what an adviser will see, and ask."""

    called = "action_ask_handoff_form_handoff_consent"

    def act(self, dispatcher, tracker, domain):
        again = (context(tracker).get("expects") or {}).get("form") == "handoff_form"
        text = "Shall I still pass your conversation to an adviser?" if again else (
            "Yes, you can talk to a person. I can pass this conversation to an adviser at your local SEND advice service. "
            "They will see what we have written here, with this summary:\n\n"
            f"{context(tracker).get('summary') or ''}\n\nShall I pass it on?")
        say(dispatcher, "handoff", "form:handoff", text, offers_person=True, expects={"form": "handoff_form", "slot": "handoff_consent"},
            buttons=[{"label": "Yes, pass it on", "do": "yes"}, {"label": "No, not now", "do": "no"}])
        return []


class Handoff(Skill):
    """The form is full. The gateway opens the case and says when a person will answer."""

    called = "action_handoff"

    def act(self, dispatcher, tracker, domain):
        if tracker.get_slot("handoff_consent"):
            say(dispatcher, "handoff", "form:handoff-agreed", "I am passing it on.", offers_person=True, do=[{"kind": "handoff"}])
        else:
            say(dispatcher, "smalltalk", "form:handoff-declined",
                "I have not passed anything on. You can ask me anything else, and you can ask for a person at any time.")
        return [SlotSet("handoff_consent", None)]
