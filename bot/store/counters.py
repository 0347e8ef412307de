"""The figures of the metrics page: what has been counted, and what waits now."""

from sqlalchemy import func, select

from bot.store.database import Database
from bot.store.schema import counter, outbox, turn


class Counters:
    def __init__(self, db: Database):
        self.db = db

    def all(self) -> dict[str, int]:
        """Every counter and its value."""
        with self.db.read() as tx:
            return {row.name: row.value for row in tx.execute(select(counter).order_by(counter.c.name))}

    def waiting(self) -> tuple[int, str | None, int]:
        """Turns not yet handled, when the oldest of them came in, and messages not yet delivered."""
        with self.db.read() as tx:
            turns, oldest = tx.execute(
                select(func.count(), func.min(turn.c.received_at)).where(turn.c.status != "done")).one()
            unsent = tx.execute(select(func.count()).select_from(outbox).where(outbox.c.status == "waiting")).scalar_one()
        return turns, oldest, unsent
