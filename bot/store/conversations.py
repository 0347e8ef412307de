"""Conversations and their transcripts."""

from sqlalchemy import func, insert, select, update

from bot.conversation import BOT, PARENT, Conversation, Message
from bot.settings import new_id
from bot.store.database import Database, now
from bot.store.messages import read_messages
from bot.store.schema import conversation, message


def to_conversation(row) -> Conversation:
    return Conversation(row.id, row.service, row.channel, row.owner, row.engine_id, row.engine_turns, row.state)


class Conversations:
    def __init__(self, db: Database):
        self.db = db

    def start(self, service: str, channel: str, token_hash: str | None = None) -> Conversation:
        """A new conversation, owned by the bot."""
        fresh = Conversation(new_id(), service, channel, BOT, new_id(), 0, {})
        with self.db.write() as tx:
            tx.execute(insert(conversation).values(
                id=fresh.id, service=service, channel=channel, token_hash=token_hash, owner=BOT,
                engine_id=fresh.engine_id, state={}, created_at=now(),
            ))
        return fresh

    def find(self, conversation_id: str) -> Conversation | None:
        with self.db.read() as tx:
            row = tx.execute(select(conversation).where(conversation.c.id == conversation_id)).first()
        return to_conversation(row) if row else None

    def find_by_token(self, token_hash: str) -> Conversation | None:
        """The conversation that a page's token opens; only the token's hash is stored."""
        with self.db.read() as tx:
            row = tx.execute(select(conversation).where(conversation.c.token_hash == token_hash)).first()
        return to_conversation(row) if row else None

    def transcript(self, conversation_id: str, after: int = 0) -> list[Message]:
        with self.db.read() as tx:
            return read_messages(tx, conversation_id, after)

    def recent_words(self, conversation_id: str, lines: int = 4) -> list[str]:
        """What the parent wrote last, oldest first."""
        with self.db.read() as tx:
            rows = tx.execute(select(message.c.text).where(
                message.c.conversation == conversation_id, message.c.author == PARENT).order_by(message.c.seq.desc()).limit(lines))
            return [row.text for row in rows][::-1]

    def set_state(self, conversation_id: str, **changes) -> None:
        """Change what the conversation remembers."""
        with self.db.write() as tx:
            state = tx.execute(select(conversation.c.state).where(conversation.c.id == conversation_id)).scalar_one()
            tx.execute(update(conversation).where(conversation.c.id == conversation_id).values(state={**state, **changes}))

    def last_message(self) -> int:
        """The highest message id so far; open pages wait for it to grow."""
        with self.db.read() as tx:
            return tx.execute(select(func.max(message.c.id))).scalar() or 0

    def changed_since(self, message_id: int) -> tuple[int, set[str]]:
        """The highest message id, and the conversations with a message after `message_id`."""
        with self.db.read() as tx:
            rows = tx.execute(select(message.c.id, message.c.conversation).where(message.c.id > message_id)).all()
        return max((r.id for r in rows), default=message_id), {r.conversation for r in rows}
