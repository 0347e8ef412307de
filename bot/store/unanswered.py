"""Questions that found no good enough answer: redacted, with the reason."""

from dataclasses import dataclass

from sqlalchemy import select

from bot.store.database import Database
from bot.store.schema import conversation, turn, unanswered


@dataclass(frozen=True)
class Unanswered:
    """One such question."""

    text: str
    reason: str
    topic: str | None
    score: float | None
    at: str


class UnansweredQuestions:
    def __init__(self, db: Database):
        self.db = db

    def since(self, day: str = "", service: str | None = None) -> list[Unanswered]:
        """Those from `day` (ISO date) on, oldest first; of one service where it is named, as for its advisers."""
        wanted = select(unanswered).where(unanswered.c.at >= day).order_by(unanswered.c.id)
        if service:
            wanted = (wanted.join(turn, turn.c.id == unanswered.c.turn)
                      .join(conversation, conversation.c.id == turn.c.conversation).where(conversation.c.service == service))
        with self.db.read() as tx:
            rows = tx.execute(wanted)
            return [Unanswered(r.text, r.reason, r.topic, r.score, r.at) for r in rows]
