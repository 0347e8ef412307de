"""What the console looks at again and again: the queue, and one case with everything around it.

These looks follow one that `Cases.view` has recorded, or show only what a queue shows, so they leave no audit row.
"""

from dataclasses import dataclass, field

from sqlalchemy import func, select

from bot.concern import Concern
from bot.conversation import ADVISER, PARENT, Adviser, Case, Message
from bot.store.cases import OPEN, find_case, select_cases, to_case
from bot.store.database import Database
from bot.store.messages import read_messages
from bot.store.schema import adviser, cases, conversation, message, note, outbox, turn


@dataclass(frozen=True)
class QueueRow:
    """One open case in the queue. `waiting_since` is when people began to owe the parent an answer; None when they do not."""

    case: Case
    channel: str
    last_words: str
    waiting_since: str | None


@dataclass(frozen=True)
class Handled:
    """How the assistant dealt with one message of the parent."""

    route: str | None
    entry: str | None
    topic: str | None
    score: float | None
    concern: Concern | None


@dataclass(frozen=True)
class Note:
    """A line between advisers. The parent never sees it."""

    text: str
    at: str
    name: str


@dataclass(frozen=True)
class Story:
    """A case as an adviser sees it. `handled` and `delivery` are by the seq of the message."""

    case: Case
    channel: str
    messages: list[Message]
    notes: list[Note]
    handled: dict[int, Handled] = field(default_factory=dict)
    delivery: dict[int, tuple[str, str | None]] = field(default_factory=dict)


class Desk:
    def __init__(self, db: Database):
        self.db = db

    def queue(self, who: Adviser) -> list[QueueRow]:
        """Open cases of the adviser's service: highest risk first, then longest waiting."""
        mine = message.c.conversation == cases.c.conversation
        last = (select(message.c.text).where(mine, message.c.author == PARENT).order_by(message.c.seq.desc()).limit(1)
                .correlate(cases).scalar_subquery())
        answered = (select(func.max(message.c.at)).where(mine, message.c.author == ADVISER, message.c.at >= cases.c.opened_at)
                    .correlate(cases).scalar_subquery())
        owed = (select(func.min(message.c.at)).where(mine, message.c.author == PARENT, message.c.at > answered)
                .correlate(cases).scalar_subquery())
        wanted = (select_cases().add_columns(conversation.c.channel, last.label("last"), answered.label("answered"), owed.label("owed"))
                  .join(conversation, conversation.c.id == cases.c.conversation)
                  .where(cases.c.service == who.service, cases.c.state.in_(OPEN)))
        with self.db.read() as tx:
            rows = [QueueRow(to_case(r), r.channel, r.last or "", r.owed if r.answered else r.opened_at) for r in tx.execute(wanted)]
        return sorted(rows, key=lambda row: (-row.case.risk, row.waiting_since or "9", row.case.opened_at))

    def story(self, who: Adviser, ref: str) -> Story:
        """A case of the adviser's own service, whole. Raises NotAllowed for any other."""
        with self.db.read() as tx:
            case = find_case(tx, who, ref)
            channel = tx.execute(select(conversation.c.channel).where(conversation.c.id == case.conversation)).scalar_one()
            notes = tx.execute(select(note.c.text, note.c.at, adviser.c.name).join(adviser, adviser.c.id == note.c.adviser)
                               .where(note.c.case_id == case.id).order_by(note.c.id))
            turns = tx.execute(select(message.c.seq, turn).join(message, message.c.id == turn.c.message)
                               .where(turn.c.conversation == case.conversation))
            sent = tx.execute(select(message.c.seq, outbox.c.status, outbox.c.error).join(message, message.c.id == outbox.c.message)
                              .where(outbox.c.conversation == case.conversation))
            return Story(
                case, channel, read_messages(tx, case.conversation), [Note(n.text, n.at, n.name) for n in notes],
                {t.seq: Handled(t.route, t.entry, t.topic, t.score, Concern(**t.concern) if t.concern else None) for t in turns},
                {d.seq: (d.status, d.error) for d in sent},
            )
