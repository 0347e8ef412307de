"""Every sentence that Sendline says by itself, written and checked by people.

The first section is for messages that may mean danger or distress. It needs nothing but this file: no database,
no model, no network, so it can be said when all of those are down. Numbers come first, then "stay with me": the
conversation is never closed after a disclosure. Nothing here echoes the parent's words.
"""

from dataclasses import dataclass
from datetime import date

from bot.concern import Concern
from knowledge_base.sms import segments

# ------------------------------------------------------------------ crisis numbers

NUMBERS_OWNER = "the service manager of the IASS"
NUMBERS_CHECKED = date(2026, 11, 22)
NUMBERS_MAX_AGE_DAYS = 90  # checks fail after this: see tests/bot/test_wording.py


@dataclass(frozen=True)
class Helpline:
    """One number that people in danger are given. `checked` is the day somebody last looked it up."""

    name: str
    number: str
    what_for: str
    hours: str
    checked: date = NUMBERS_CHECKED


CRISIS_NUMBERS = (
    Helpline("Emergency services", "999", "someone is in danger now, or badly hurt", "24 hours"),
    Helpline("NHS 111, option 2", "111", "urgent mental health help at any age", "24 hours"),
    Helpline("Samaritans", "116 123", "someone to talk to, about anything", "24 hours, free"),
    Helpline("Shout", "85258", "text SHOUT if writing is easier than talking", "24 hours, free"),
    Helpline("Childline", "0800 1111", "children and young people up to 18", "24 hours, free"),
)
SAFEGUARDING_NUMBERS = (
    Helpline("NSPCC", "0808 800 5000", "adults worried about a child", "see the NSPCC site for hours"),
    Helpline("National Domestic Abuse Helpline", "0808 2000 247", "abuse at home", "24 hours, free"),
)

_LIST = """\
- Call 999 if anyone is in danger or badly hurt now, or go to A&E.
- Call NHS 111 and choose option 2 for urgent mental health help, at any age, day or night.
- Call Samaritans on 116 123, day or night, free.
- Text SHOUT to 85258, day or night, free.
- Under 19? Call Childline on 0800 1111, day or night, free."""
_SAFEGUARDING_LIST = """\
- Worried about a child? Call your council's children's services, or the NSPCC on 0808 800 5000.
- Abuse at home? Call the National Domestic Abuse Helpline on 0808 2000 247, day or night, free.
- Not safe to speak? Call 999 from a mobile, and press 55 when asked."""
_SMS_NUMBERS = (
    "Danger now: call 999. Mental health help: NHS 111 option 2. Samaritans 116 123. "
    "Text SHOUT to 85258. Under 19: Childline 0800 1111."
)

_LINE = "999, NHS 111 option 2, Samaritans 116 123, text SHOUT to 85258, Childline 0800 1111"


def crisis_reply(concern: Concern, channel: str = "web", *, person: str = "") -> str:
    """The first reply to a message that may mean danger to life.

    `person` is one sentence about people, true at this moment ("I have asked an adviser to join us."). Only the
    caller knows it, so nothing here promises anyone. On SMS it is left out when the text would cost a third segment.
    """
    if channel == "sms":
        return _sms(_SMS_NUMBERS, person, "I am not a person, but I am still here. Reply to tell me if you are safe.")
    return _paragraphs(_CRISIS_OPENINGS.get(concern.reason) or _crisis_opening(concern), _LIST, person, _STAY)


def crisis_again_reply(concern: Concern, channel: str = "web", *, person: str = "") -> str:
    """The reply when the danger goes on after the numbers were given: short, so that it is not the same page again."""
    who = {"child": "your child", "writer": "you"}.get(concern.about or "", "everyone")
    still = f"I am still here. Please make the call now if you can: 999 if {who} could be hurt, or 111 then option 2."
    if channel == "sms":
        return _sms(still, person, "The other numbers are in my earlier message.")
    alone = "Try not to be alone with this. If someone is near, ask them to stay with you while you call."
    return _paragraphs(still, alone, person, f"The numbers again: {_LINE}. You can keep writing to me.")


def safeguarding_reply(concern: Concern, channel: str = "web", *, person: str = "") -> str:
    """The reply when someone may be being hurt or neglected, by anyone. It judges nobody."""
    if channel == "sms":
        return _sms(f"{_SMS_NUMBERS} Worried about a child: NSPCC 0808 800 5000. Abuse at home: 0808 2000 247.", person)
    opening = "Thank you for telling me. What you describe matters, and the people below can act on it."
    return _paragraphs(opening, f"{_LIST}\n{_SAFEGUARDING_LIST}", person, _STAY)


def distress_line(concern: Concern) -> str:
    """The sentences put before an answer when the parent is struggling."""
    if concern.reason == "hopeless":
        return (
            "That sounds very hard, and I am sorry. If it ever feels like too much to live with, call Samaritans on "
            "116 123, day or night. NHS 111 option 2 is for urgent help."
        )
    return (
        "That is a lot to carry, and I am sorry it is like this. You do not have to do the next part alone. "
        "If you need to talk, Samaritans are on 116 123, day or night."
    )


def frustration_line() -> str:
    """The sentence put before an answer when the parent is angry, with good reason or not."""
    return "I can see why you are fed up with this. Here is what should happen, and what you can do."


STILL_HERE = (
    "I am still here, and what you told me has not been forgotten. If anyone is in danger again, call 999 first."
)
PERSON_CAN_HELP = "This is a lot for one answer. An adviser, a person, can look at the whole story with you. Shall I pass it on?"

ONLY_ENGLISH = (
    "I can only answer in English. A person can help you, with an interpreter. Tap the button to ask for one. It is free and confidential. "
    "If anyone is in danger now, call 999."
)


def other_language(name: str) -> str:
    """For whoever helps the family, under the fixed sentence in their language."""
    return f"In English: this message looks like {name}. A person can help, with an interpreter. Tap 'Talk to a person'."


# The opening says what to do in the first minute, where that differs from "are you safe".
_CRISIS_OPENINGS = {
    "medical": "This sounds like an emergency. Please call 999 now and say what you have just told me.",
    "overdose": "If anything has been taken, please call 999 now, even if nobody looks ill yet, and keep the packet.",
    "missing": "Please call 999 now and say that a vulnerable child is missing. You do not have to wait.",
    "parent-near-harm": (
        "I am really glad you told me. If you can, put your child somewhere safe, step into another room for a few "
        "minutes and call one of these."
    ),
    "weapon": "Please get yourself and anyone else to another room or outside, and call 999 now.",
}


def _crisis_opening(concern: Concern) -> str:
    if concern.about == "child":
        return (
            "I am really glad you told me. Getting your child safe comes first. Stay with them if you can, and move "
            "anything they could use to hurt themselves."
        )
    if concern.about == "writer":
        return (
            "I am really glad you told me. You matter, and you do not have to get through this on your own. "
            "Please talk to someone now."
        )
    return "I am really glad you told me. Keeping everyone safe comes first. Please talk to someone now."


_STAY = (
    "Stay with me if you can. I am not a person, but I am still here, and the rest can wait. "
    "Is everyone safe right now?"
)


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _sms(numbers: str, *rest: str) -> str:
    """`numbers`, then each further sentence that still fits in two segments."""
    text = numbers
    for sentence in rest:
        longer = f"{text} {sentence}"
        if sentence and segments(longer) <= 2:
            text = longer
    return text


# ------------------------------------------------------------------ who we are, and when something fails
# Each of these ends with a way forward.

HELLO = (
    "Hello. I am the Sendline assistant, a computer program, not a person. I answer questions about special "
    "educational needs and disabilities (SEND) in England from checked answers, and show the law behind them.\n\n"
    "It is free, confidential and impartial: I am not the council. I give information, not legal advice. "
    "You can ask for a person at any time."
)
ENGINE_FAILED = (
    "Something on our side is not working, so I cannot answer this yet. Your message is kept. "
    "You can send it again in a few minutes, or ask for a person now. "
    "If anyone may be in danger, call 999, or call 111 and choose option 2."
)
GAVE_UP = (
    "I tried several times and cannot answer this message. It is kept and marked for the people who look after me. "
    "Please put it another way, or ask for a person now."
)
BLOCKED = (
    "I found an answer, but one of its sources could not be checked, so I will not show it. "
    "Please ask for a person, who can."
)
NOT_KEPT = "Your message could not be kept just now. Please send it again in a minute."
CRISIS_ANYWAY = "If anyone may be in danger, do not wait for us.\n" + _LIST
TOO_FAST = "You are writing faster than I can read. Wait a minute, then send this again. Nothing you wrote is lost."
ADVISER_JOINED = "{name}, an adviser, has joined. You are now talking to a person. The assistant is silent until they finish."
ADVISER_LEFT = (
    "{name} has ended their part. You are talking to the assistant again. Everything you both wrote stays here, "
    "and you can ask for a person at any time."
)
ADVISER_RELEASED = "{name} has passed your conversation back to the queue for another adviser. The assistant is here meanwhile."

# ------------------------------------------------------------------ what the web door says

NO_SUCH_CONVERSATION = "This conversation is not open on this device any more. Send your message again to start a new one."
NOTHING_WRITTEN = "There is nothing in the box yet. Write your question, then send it."
TOO_LONG = "That is longer than I can read at once. What is the main thing you need to know? You can send the rest after it."
NOT_UNDERSTOOD = "That could not be read. Please load the page again and send it once more."
NO_SUCH_BUTTON = "That button belongs to another conversation. Please write your question instead."
NO_SUCH_PAGE = "There is no page here. The assistant is at /chat."
NOT_FROM_HERE = "That came from another website, so it was not accepted. Please use the page itself."
TOO_SLOW = "The message took too long to arrive. Please send it again."
TOO_MANY_PAGES = "This conversation is open in too many places. Close some of the other pages, then load this one again."
BROKEN = "Something on our side went wrong. What you wrote is still in the box. Please send it again in a minute."
