"""What waits to be delivered, in order for each conversation."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import exists, select, update

from bot.conversation import BOT, Message
from bot.store.database import Database, now
from bot.store.messages import count, owner_of
from bot.store.schema import message, outbox


@dataclass(frozen=True)
class Delivery:
    """One message on its way out."""

    id: int
    channel: str
    message: Message
    attempts: int


class Outbox:
    def __init__(self, db: Database):
        self.db = db

    def next(self) -> Delivery | None:
        """The oldest message that may be sent now; never one whose elder in the same conversation still waits.

        A message of the bot whose conversation has meanwhile gone to an adviser is dropped here and counted.
        """
        elder = outbox.alias("elder")
        first = ~exists().where(
            elder.c.conversation == outbox.c.conversation, elder.c.status == "waiting", elder.c.id < outbox.c.id)
        wanted = (select(outbox.c.id.label("out"), outbox.c.channel, outbox.c.attempts, message)
                  .join(message, message.c.id == outbox.c.message)
                  .where(outbox.c.status == "waiting", outbox.c.next_try <= now(), first).order_by(outbox.c.id).limit(1))
        with self.db.read() as tx:
            row = tx.execute(wanted).first()
            owner = owner_of(tx, row.conversation) if row else None
        if row is None:
            return None
        if row.author == BOT and owner != BOT:
            with self.db.write() as tx:
                self._set(tx, row.out, status="dropped")
                count(tx, "dropped_bot_sends")
            return None
        return Delivery(row.out, row.channel, Message(
            row.id, row.conversation, row.seq, row.author, row.name, row.text, row.payload, row.at), row.attempts)

    def _set(self, tx, delivery_id: int, **values) -> None:
        tx.execute(update(outbox).where(outbox.c.id == delivery_id).values(**values))

    def sent(self, delivery: Delivery) -> None:
        with self.db.write() as tx:
            self._set(tx, delivery.id, status="sent")

    def again(self, delivery: Delivery, seconds: float, error: str) -> None:
        """Try once more after `seconds`."""
        later = (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat(timespec="milliseconds")
        with self.db.write() as tx:
            self._set(tx, delivery.id, attempts=delivery.attempts + 1, next_try=later, error=error)

    def failed(self, delivery: Delivery, error: str) -> None:
        """Give up: the provider will not take it. An adviser sees the error beside the message."""
        with self.db.write() as tx:
            self._set(tx, delivery.id, status="failed", attempts=delivery.attempts + 1, error=error)
