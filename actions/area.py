"""Where the family lives: asked once, confirmed with them, kept, and used to say who helps there.

What was asked is kept in the conversation's `expects`: `offered` are the codes that the parent was asked to choose from or
to say yes to. A council that they named in full or tapped needs no yes.
"""

import re

from rasa_sdk.events import SlotSet
from rasa_sdk.forms import FormValidationAction

from actions.skill import PERSON, Skill, context, say, words
from knowledge_base.councils import FINDER, Council, councils
from knowledge_base.helplines import helpline
from knowledge_base.nations import nations
from knowledge_base.overlay import contacts, serves
from knowledge_base.places import Where, label, locate

SHORT = 7  # words; a longer message in the middle of the form is a question, even when it names a town
MOST_CHOICES = 6  # buttons; more than these are not a choice
UNCLEAR = "unclear"  # no council's code, so the form asks on
_QUESTION = re.compile(r"\?|^(?:can|could|how|what|why|when|where|who|do|does|is|are|will|should) ", re.I)
_ASK = "Give me your council, town or the first half of your postcode."
ABOUT = [{"label": "What a local service does", "do": "ask:iass-what-is-it"},
         {"label": "Who pays for it, and who sees what I say", "do": "ask:iass-independent"}]


def _offered(tracker) -> list[str]:
    """The codes that were asked about last."""
    return (context(tracker).get("expects") or {}).get("offered") or []


def _intent(tracker) -> str:
    return tracker.latest_message["intent"]["name"]


def _heard(tracker) -> Where:
    """Where this turn says that they live. A council that is being denied is not a place to live in."""
    asked = tracker.get_slot("requested_slot") == "place"
    text, told = words(tracker), _intent(tracker) == "give_area"
    if not told and (not asked or _QUESTION.search(text) or len(text.split()) > SHORT):
        return Where()
    where = locate(text, asked=True)
    return Where() if _intent(tracker) == "deny" and list(where.codes) == _offered(tracker) else where


class ValidateAreaForm(FormValidationAction):
    """Finds the council in whatever was written; any other message is answered first, then the form asks again."""

    def name(self) -> str:
        return "validate_area_form"

    async def extract_place(self, dispatcher, tracker, domain):
        known, offered, where = context(tracker), _offered(tracker), _heard(tracker)
        asked, button = tracker.get_slot("requested_slot") == "place", known.get("button") or ""
        if button.startswith("area:"):
            return {"place": button[5:]}
        if button == "area" and not asked and known.get("area"):
            return {"place": known["area"]["code"]}  # told once, never asked again
        if where.codes:
            sure = len(where.codes) == 1 and (where.named or where.codes[0] in offered)
            return {"place": where.codes[0] if sure else UNCLEAR}
        if asked and offered and _intent(tracker) in ("affirm", "deny"):
            return {"place": offered[0] if _intent(tracker) == "affirm" and len(offered) == 1 else UNCLEAR}
        return {"place": UNCLEAR} if _intent(tracker) == "give_area" else {}

    async def validate_place(self, value, dispatcher, tracker, domain):
        return {"place": value if value in councils() or value in nations() else None}


class AskPlace(Skill):
    """Ask where they live; whether it is the council that we found; or which of several it is."""

    called = "action_ask_area_form_place"

    def act(self, dispatcher, tracker, domain):
        where, denied = _heard(tracker), _intent(tracker) == "deny"
        if not where.codes and not denied and (offered := _offered(tracker)):
            where = Where(tuple(offered))  # a question came in between: ask the same again
        codes = where.codes if len(where.codes) <= MOST_CHOICES else ()
        if len(codes) == 1:
            buttons = [{"label": "Yes", "do": "yes"}, {"label": "No", "do": "no"}]
        else:
            buttons = [{"label": label(code), "do": f"area:{code}"} for code in codes]
        expects = {"form": "area_form", "slot": "place"} | ({"offered": list(codes)} if codes else {})
        text = _question(where) if where.codes else _plainly(tracker, denied)
        say(dispatcher, "tool", "form:area", text, expects=expects, buttons=buttons)
        return []


def _question(where: Where) -> str:
    """What to ask about a place that was found."""
    if len(where.codes) == 1:
        name = label(where.codes[0])
        if where.mended:
            return f"I read that as {where.place}. Is your council {name}?"
        if where.place and where.place.lower() not in name.lower():
            return f"{where.place} is in the area of {name}. Is that your council?"
        return f"Is that {name}?"
    if where.mixed:
        return "You named more than one area. Which council is yours now? It is the one where your child lives, not where the school is."
    if len(where.codes) > MOST_CHOICES:
        return f"{where.place} could be in any of {len(where.codes)} councils' areas. {_ASK}"
    return f"{where.place or 'That'} could be in more than one council's area. Which council is yours?"


def _plainly(tracker, denied: bool) -> str:
    """What to ask when there is no place to ask about."""
    if denied and _offered(tracker):
        return f"Thank you for putting me right. {_ASK}"
    if words(tracker) and _intent(tracker) == "give_area":
        return f"I do not know that place. {_ASK}"
    return f"Where do you live? {_ASK}"


class Area(Skill):
    """The form is full: name the council, who helps there, and one national helpline."""

    called = "action_area"

    def act(self, dispatcher, tracker, domain):
        place, known = tracker.get_slot("place"), context(tracker)
        if place in nations():
            say(dispatcher, "signpost", f"wording:nation-{place}", nations()[place].says)
            return [SlotSet("place", None)]
        council = councils()[place]
        parts = [f"Your council is {council.name}.", _local(council, known.get("service") or "default"),
                 f"Anywhere in England, you can also use {helpline('contact').says()}"]
        if council.change:
            parts.append(f"A change is planned: {council.name} is to be {council.change.removeprefix('Planned: ')}. "
                         "Until that day it stays responsible.")
        parts.append("If that is not your council, tell me its name.")
        say(dispatcher, "tool", "form:area-done", "\n\n".join(parts), topic="iass-help", buttons=[*ABOUT, PERSON],
            remember={"area": {"code": council.code, "name": council.name}})
        return [SlotSet("place", None)]


def _local(council: Council, service: str) -> str:
    """Who gives advice there: this install's own contacts, the service that the directory is sure of, or where to look."""
    if serves(service, council.code) and (own := contacts(service)):
        return "\n".join(["Your free local advice service:", *(f"- {contact.says()}" for contact in own)])
    if council.service_website:
        return f"Your free local SEND advice service is {council.service}: {council.service_website}"
    unknown = (f"Your free local SEND advice service is called {council.service}, but I do not have its address." if council.service else
               "I do not have a checked address for your free local SEND advice service.")
    return f"{unknown} You can find it here:\n- the council's website: {council.website}\n- the national list of services: {FINDER}"
