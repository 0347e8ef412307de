"""The tables. Instants are ISO 8601 texts in UTC, so that they sort and read the same in SQLite and PostgreSQL."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

service = Table(
    "service", metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
)

conversation = Table(
    "conversation", metadata,
    Column("id", Text, primary_key=True),
    Column("service", Text, ForeignKey("service.id"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("token_hash", Text, unique=True),
    Column("owner", Text, nullable=False),  # bot or adviser
    Column("engine_id", Text, nullable=False),
    Column("engine_turns", Integer, nullable=False, default=0),
    Column("state", JSON, nullable=False),
    Column("last_seq", Integer, nullable=False, default=0),
    Column("created_at", Text, nullable=False),
)

message = Table(
    "message", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation", Text, ForeignKey("conversation.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("author", Text, nullable=False),  # parent, bot, adviser or system
    Column("name", Text),
    Column("text", Text, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("external_id", Text),
    Column("at", Text, nullable=False),
    UniqueConstraint("conversation", "seq"),
    UniqueConstraint("conversation", "external_id"),
)

turn = Table(
    "turn", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation", Text, ForeignKey("conversation.id"), nullable=False),
    Column("message", Integer, ForeignKey("message.id"), nullable=False),
    Column("button", Text),
    Column("status", Text, nullable=False),  # pending, running or done
    Column("attempts", Integer, nullable=False, default=0),
    Column("worker", Text),
    Column("lease_until", Text),
    Column("route", Text),
    Column("entry", Text),
    Column("topic", Text),
    Column("score", Float),
    Column("alternatives", JSON),
    Column("concern", JSON),
    Column("ms", Integer),
    Column("received_at", Text, nullable=False),
    Column("done_at", Text),
    Index("turn_waiting", "status", "id"),
    Index("turn_of_conversation", "conversation", "status"),
)

outbox = Table(
    "outbox", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation", Text, ForeignKey("conversation.id"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("message", Integer, ForeignKey("message.id"), nullable=False, unique=True),
    Column("status", Text, nullable=False),  # waiting, sent, dropped or failed
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_try", Text, nullable=False),
    Column("error", Text),
    Index("outbox_waiting", "status", "id"),
)

adviser = Table(
    "adviser", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("service", Text, ForeignKey("service.id"), nullable=False),
    Column("username", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("disabled", Boolean, nullable=False, default=False),
    Column("is_admin", Boolean, nullable=False, default=False),
    Column("failures", Integer, nullable=False, default=0),
    Column("locked_until", Text),
)

session = Table(
    "session", metadata,
    Column("token_hash", Text, primary_key=True),
    Column("adviser", Integer, ForeignKey("adviser.id"), nullable=False),
    Column("created_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
)

# "case" is a word of SQL, so the table has a plural.
cases = Table(
    "cases", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("ref", Text, nullable=False, unique=True),
    Column("conversation", Text, ForeignKey("conversation.id"), nullable=False),
    Column("service", Text, ForeignKey("service.id"), nullable=False),
    Column("state", Text, nullable=False),  # queued, claimed, waiting_parent or closed
    Column("risk", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("topic", Text),
    Column("summary", Text, nullable=False),
    Column("consent_at", Text),
    Column("opened_at", Text, nullable=False),
    Column("adviser", Integer, ForeignKey("adviser.id")),
    Column("claimed_at", Text),
    Column("closed_at", Text),
    Column("outcome", Text),
    Index("cases_open", "service", "state"),
)

note = Table(
    "note", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False),
    Column("adviser", Integer, ForeignKey("adviser.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Text, nullable=False),
)

audit = Table(
    "audit", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("adviser", Integer, ForeignKey("adviser.id")),
    Column("what", Text, nullable=False),
    Column("case_id", Integer, ForeignKey("cases.id")),
)

unanswered = Table(
    "unanswered", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("turn", Integer, ForeignKey("turn.id"), nullable=False, unique=True),
    Column("text", Text, nullable=False),  # redacted
    Column("reason", Text, nullable=False),
    Column("topic", Text),
    Column("score", Float),
    Column("at", Text, nullable=False),
)

counter = Table(
    "counter", metadata,
    Column("name", Text, primary_key=True),
    Column("value", Integer, nullable=False, default=0),
)
