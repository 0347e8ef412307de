"""What the console calls things."""

from knowledge_base.topics import TOPICS

RISK = {3: "Crisis", 2: "Distressed", 1: "Asked for a person"}
CHANNELS = {"web": "Website", "telegram": "Telegram", "sms": "SMS", "terminal": "Terminal"}
AUTHORS = {"parent": "Parent", "bot": "Assistant", "system": "Sendline"}
DELIVERY = {"waiting": "Being sent", "sent": "Sent", "failed": "Not delivered", "dropped": "Not sent: an adviser had taken over"}
ROUTES = {
    "answer": "answered", "clarify": "asked back", "tool": "helped with dates, a letter or an area", "signpost": "pointed elsewhere",
    "unanswered": "found no answer", "handoff": "offered or opened a case", "crisis": "gave the crisis numbers",
    "smalltalk": "small talk", "relay": "left to the adviser", "unavailable": "could not answer: a fault on our side",
}
REASONS = {
    "below threshold": "No answer close enough", "out of scope": "Outside what we cover", "did not help": "The answer did not help",
    "unavailable": "A fault on our side", "gave up": "A fault on our side", "citation not registered": "A source could not be checked",
}
OUTCOMES = {
    "answered": "Answered the question",
    "information": "Sent information or a letter",
    "meeting": "Arranged a call or a meeting",
    "signposted": "Passed to another service",
    "safeguarding": "Passed on a safety concern",
    "no-reply": "No reply from the parent",
    "other": "Something else",
}
SIGNED_OUT = "You have been signed out. Sign in again in a new tab; what you typed is still here."


def topic(name: str | None) -> str:
    """A topic in the words a parent sees."""
    return TOPICS.get(name or "", "No topic yet")


def reason(name: str) -> str:
    """Why a question stayed unanswered."""
    return REASONS.get(name, name.capitalize())


def channel(name: str) -> str:
    return CHANNELS.get(name, name)
