"""The domain, frozen and without I/O: what crosses from one part of Sendline to another."""

from dataclasses import asdict, dataclass, field
from typing import Any

from bot.concern import Concern

BOT, ADVISER, PARENT, SYSTEM = "bot", "adviser", "parent", "system"

# Ways a turn can end.
ROUTES = ("answer", "clarify", "tool", "signpost", "unanswered", "handoff", "crisis", "smalltalk", "relay", "unavailable")


@dataclass(frozen=True)
class Source:
    """One law or guidance behind an answer, as the parent sees it."""

    cite: str
    title: str
    kind: str
    url: str | None


@dataclass(frozen=True)
class Button:
    """A choice under a reply. `do` is our own id ("person", "yes", "ask:<entry>"), never a sentence or a payload."""

    label: str
    do: str


@dataclass(frozen=True)
class Reply:
    """One thing said to the parent. `origin` names who wrote it: an entry, the wording, a form or an adviser."""

    text: str
    origin: str
    more: str = ""
    sources: tuple[Source, ...] = ()
    duties: tuple[dict[str, Any], ...] = ()
    buttons: tuple[Button, ...] = ()
    offers_person: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Outcome:
    """How one turn ended: its route, what is said, what should happen, and what the conversation remembers."""

    route: str
    replies: tuple[Reply, ...] = ()
    entry: str | None = None
    topic: str | None = None
    cites: tuple[str, ...] = ()
    score: float | None = None
    alternatives: tuple[dict[str, Any], ...] = ()
    concern: Concern | None = None
    do: tuple[dict[str, Any], ...] = ()
    remember: dict[str, Any] = field(default_factory=dict)
    unanswered: str | None = None
    engine_id: str | None = None  # the id under which Rasa knows the conversation from now on; None: as before


@dataclass(frozen=True)
class Inbound:
    """One message as a door received it. `external_id` is the sender's own id for it: the same id is the same message."""

    conversation: str
    channel: str
    external_id: str
    text: str
    button: str | None = None


@dataclass(frozen=True)
class Conversation:
    """One person on one channel, over time; owned by the bot or by an adviser, never by both."""

    id: str
    service: str
    channel: str
    owner: str
    engine_id: str
    engine_turns: int
    state: dict[str, Any]


@dataclass(frozen=True)
class Turn:
    """One inbound message and its handling."""

    id: int
    conversation: Conversation
    text: str
    button: str | None
    attempts: int
    seq: int
    concern: Concern | None = None
    needs_person: bool = False  # the second look thinks that its story is one for a person
    door: str = ""  # where the second look thinks that it belongs, if not with us: a door of knowledge_base/scope.yaml
    language: str | None = None  # the code of another language that it is in, or languages.UNKNOWN


@dataclass(frozen=True)
class Message:
    """One line of a transcript. `seq` counts from 1 within the conversation and has no gaps."""

    id: int
    conversation: str
    seq: int
    author: str
    name: str | None
    text: str
    payload: dict[str, Any]
    at: str
    external_id: str | None = None


@dataclass(frozen=True)
class Adviser:
    """A person who answers families. Everything they see belongs to their service."""

    id: int
    service: str
    username: str
    name: str
    disabled: bool = False
    is_admin: bool = False


@dataclass(frozen=True)
class Case:
    """A conversation handed to people. risk: 3 crisis, 2 distress, 1 asked for or complex."""

    id: int
    ref: str
    conversation: str
    service: str
    state: str
    risk: int
    reason: str
    summary: str
    opened_at: str
    adviser: int | None = None
    adviser_name: str | None = None
    claimed_at: str | None = None
    closed_at: str | None = None
    topic: str | None = None
    consent_at: str | None = None
    outcome: str | None = None
