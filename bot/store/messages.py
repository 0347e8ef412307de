"""The one place where a line enters a transcript: numbered without gaps, and silent for the bot when a person speaks."""

from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.conversation import ADVISER, BOT, PARENT, Message
from bot.store.database import now
from bot.store.schema import conversation, counter, message, outbox

SELF_READING = ("web", "terminal")


def post(
    tx: Connection, to: str, author: str, text: str, payload: dict[str, Any] | None = None,
    name: str | None = None, external_id: str | None = None,
) -> tuple[int, int] | None:
    """Add a line to a transcript and, for a channel that has to be told, to the outbox. Gives (message id, seq).

    A web page reads its own transcript, so a line is delivered there by being written.
    None when the bot would talk over a person: ownership is looked at in the same statement that takes the number,
    so an adviser's claim and a reply can never cross.
    """
    take = update(conversation).where(conversation.c.id == to).values(last_seq=conversation.c.last_seq + 1)
    if author == BOT:
        take = take.where(conversation.c.owner == BOT)
    row = tx.execute(take.returning(conversation.c.last_seq, conversation.c.channel)).first()
    if row is None:
        count(tx, "dropped_bot_sends")
        return None
    number = tx.execute(insert(message).values(
        conversation=to, seq=row.last_seq, author=author, name=name, text=text, payload=payload or {},
        external_id=external_id, at=now(),
    )).inserted_primary_key[0]
    if author != PARENT and row.channel not in SELF_READING:
        tx.execute(insert(outbox).values(
            conversation=to, channel=row.channel, message=number, status="waiting", next_try=now()))
    return number, row.last_seq


def count(tx: Connection, name: str, by: int = 1) -> None:
    """Add to a counter that the metrics page shows. One statement: two workers may count something for the first time."""
    upsert = (postgresql if tx.dialect.name == "postgresql" else sqlite).insert(counter).values(name=name, value=by)
    tx.execute(upsert.on_conflict_do_update(index_elements=["name"], set_={"value": counter.c.value + by}))


def read_messages(tx: Connection, of: str, after: int = 0) -> list[Message]:
    """The lines of a transcript after `after`, in order."""
    rows = tx.execute(select(message).where(message.c.conversation == of, message.c.seq > after).order_by(message.c.seq))
    return [Message(r.id, r.conversation, r.seq, r.author, r.name, r.text, r.payload, r.at, r.external_id) for r in rows]


def owner_of(tx: Connection, conversation_id: str) -> str:
    """Who owns a conversation now: bot or adviser."""
    return tx.execute(select(conversation.c.owner).where(conversation.c.id == conversation_id)).scalar_one()


def hand_over(tx: Connection, conversation_id: str, to: str) -> bool:
    """Give a conversation to an adviser or back to the bot; False when it was already theirs."""
    other = BOT if to == ADVISER else ADVISER
    return bool(tx.execute(
        update(conversation).where(conversation.c.id == conversation_id, conversation.c.owner == other).values(owner=to)
    ).rowcount)
