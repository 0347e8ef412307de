"""Where the family lives: asked once, kept, and used to name their local service."""

from rasa_sdk.events import SlotSet
from rasa_sdk.forms import FormValidationAction

from actions.skill import Skill, context, say, words
from knowledge_base.places import Council, councils, find_councils

FINDER = ("https://councilfordisabledchildren.org.uk/about-us-0/networks/information-advice-and-support-services-network/"
          "find-your-local-ias-service")


SHORT = 5  # words; a longer message in the middle of the form is a question, even when it names a town


class ValidateAreaForm(FormValidationAction):
    """Finds the council in whatever was written; any other message is answered first, then the form asks again."""

    def name(self) -> str:
        return "validate_area_form"

    async def extract_place(self, dispatcher, tracker, domain):
        button = context(tracker).get("button") or ""
        if button.startswith("area:"):
            return {"place": button[5:]}
        asked = tracker.get_slot("requested_slot") == "place"
        said_where = tracker.latest_message["intent"]["name"] == "give_area"
        found = find_councils(words(tracker), asked=asked)
        if said_where or (asked and found and len(words(tracker).split()) <= SHORT):
            return {"place": found[0].code if len(found) == 1 else "unclear"}
        return {}

    async def validate_place(self, value, dispatcher, tracker, domain):
        return {"place": value if value in councils() else None}


class AskPlace(Skill):
    """Ask where they live; where a name may mean several councils, which one."""

    called = "action_ask_area_form_place"

    def act(self, dispatcher, tracker, domain):
        found = find_councils(words(tracker), asked=True) if len(words(tracker).split()) <= SHORT else []
        text = ("That could be in more than one council's area. Which council do you pay council tax to?" if found else
                "Where do you live? Give me your council, town or the first half of your postcode.")
        say(dispatcher, "tool", "form:area", text, expects={"form": "area_form", "slot": "place"},
            buttons=[{"label": c.name, "do": f"area:{c.code}"} for c in found])
        return []


class Area(Skill):
    """The form is full: name the council and who helps there."""

    called = "action_area"

    def act(self, dispatcher, tracker, domain):
        council = councils()[tracker.get_slot("place")]
        say(dispatcher, "tool", "form:area-done", f"{_whose(council)} If that is not your council, tell me its name.",
            topic="iass-help", remember={"area": {"code": council.code, "name": council.name}})
        return [SlotSet("place", None)]


def _whose(council: Council) -> str:
    if council.service_website:
        return (f"Your council is {council.name}. Your free local advice service is {council.service}: {council.service_website}. "
                "It is confidential and impartial.")
    return (f"Your council is {council.name}. I do not have a checked address for its advice service. The national list has every "
            f"service: {FINDER}")
