"""Turns: kept before the door says yes, taken one at a time per conversation, finished in one transaction."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from sqlalchemy import and_, bindparam, exists, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from bot.conversation import BOT, PARENT, SYSTEM, Concern, Inbound, Outcome, Turn
from bot.privacy import redact
from bot.store.cases import open_case
from bot.store.conversations import to_conversation
from bot.store.database import Database, now
from bot.store.messages import count, owner_of, post
from bot.store.schema import conversation, message, turn, unanswered

LEASE = timedelta(seconds=25)  # longer than a turn may take; a turn whose worker died is taken again after it

# Made once, because an idle worker asks it again and again: the oldest turn that waits, or whose worker died, and that is
# the first unfinished one of its conversation.
WAITING = or_(turn.c.status == "pending", and_(turn.c.status == "running", turn.c.lease_until < bindparam("moment")))
_earlier = turn.alias("earlier")
OLDEST = select(turn.c.id).where(WAITING, ~exists().where(
    _earlier.c.conversation == turn.c.conversation, _earlier.c.status != "done", _earlier.c.id < turn.c.id)).order_by(turn.c.id).limit(1)


class Turns:
    def __init__(self, db: Database):
        self.db = db

    def receive(self, inbound: Inbound, concern: Concern | None, at_once: Outcome | None = None) -> tuple[int, bool]:
        """Keep a message; gives its seq and whether it is new. A second copy of the same message changes nothing.

        `at_once` is an outcome that needs nothing running (a crisis reply): it is committed with the message.
        """
        try:
            with self.db.write() as tx:
                number, seq = post(tx, inbound.conversation, PARENT, inbound.text, external_id=inbound.external_id)
                made = tx.execute(insert(turn).values(
                    conversation=inbound.conversation, message=number, button=inbound.button, status="pending",
                    received_at=now(), concern=asdict(concern) if concern else None,
                )).inserted_primary_key[0]
                if at_once:
                    self._finish(tx, made, inbound.conversation, inbound.text, at_once, 0)
                return seq, True
        except IntegrityError:
            with self.db.read() as tx:
                seen = tx.execute(select(message.c.seq).where(
                    message.c.conversation == inbound.conversation, message.c.external_id == inbound.external_id))
                return seen.scalar_one(), False

    def claim(self, worker: str, only: str | None = None) -> Turn | None:
        """The oldest turn that may run now: waiting, and the first unfinished one of its conversation."""
        wanted = OLDEST.where(turn.c.conversation == only) if only else OLDEST
        moment = {"moment": now()}
        with self.db.read() as tx:  # most looks find nothing: do not take the writer's place for them
            if tx.execute(wanted, moment).first() is None:
                return None
        with self.db.write(lasting=False) as tx:
            found = tx.execute(wanted, moment).scalar()
            lease = (datetime.now(UTC) + LEASE).isoformat(timespec="milliseconds")
            if found is None or not tx.execute(
                update(turn).where(turn.c.id == found, WAITING)
                .values(status="running", worker=worker, attempts=turn.c.attempts + 1, lease_until=lease), moment
            ).rowcount:
                return None
            row = tx.execute(select(turn, message.c.text, message.c.seq).join(message, message.c.id == turn.c.message)
                             .where(turn.c.id == found)).one()
            talk = tx.execute(select(conversation).where(conversation.c.id == row.conversation)).one()
        concern = Concern(**row.concern) if row.concern else None
        return Turn(row.id, to_conversation(talk), row.text, row.button, row.attempts, row.seq, concern)

    def last(self, conversation_id: str) -> dict:
        """How the newest turn of a conversation ended."""
        with self.db.read() as tx:
            row = tx.execute(select(turn).where(turn.c.conversation == conversation_id).order_by(turn.c.id.desc()).limit(1)).one()
        return dict(row._mapping)

    def is_waiting(self, conversation_id: str) -> bool:
        """Whether something that the parent wrote has not been handled yet."""
        with self.db.read() as tx:
            return tx.execute(select(turn.c.id).where(
                turn.c.conversation == conversation_id, turn.c.status != "done").limit(1)).first() is not None

    def release(self, worker: str) -> int:
        """Put back the turns that a dead worker of this name left running; gives how many."""
        with self.db.write() as tx:
            return tx.execute(update(turn).where(turn.c.status == "running", turn.c.worker == worker)
                              .values(status="pending")).rowcount

    def put_back(self, turn_: Turn) -> None:
        """Give back a turn that could not be finished, unless somebody has taken it since."""
        with self.db.write() as tx:
            tx.execute(update(turn).where(turn.c.id == turn_.id, turn.c.status == "running", turn.c.attempts == turn_.attempts)
                       .values(status="pending"))

    def finish(self, turn_: Turn, outcome: Outcome, ms: int, engine_id: str | None = None) -> None:
        """Replies, what the conversation remembers, what should happen, and "done": one transaction."""
        with self.db.write() as tx:
            self._finish(tx, turn_.id, turn_.conversation.id, turn_.text, outcome, ms, engine_id)

    def _finish(self, tx, turn_id, conversation_id, text, outcome: Outcome, ms, engine_id=None) -> None:
        done = update(turn).where(turn.c.id == turn_id, turn.c.status != "done").values(
            status="done", route=outcome.route, entry=outcome.entry, topic=outcome.topic, score=outcome.score,
            alternatives=json.loads(json.dumps(outcome.alternatives)), ms=ms, done_at=now(),
            concern=asdict(outcome.concern) if outcome.concern else None,
        )
        if not tx.execute(done).rowcount:
            return  # another worker finished it while this one was thought dead: say nothing twice
        # A crisis reply is a safety notice, not the bot talking: it is sent even while an adviser owns the conversation.
        bot_speaks = owner_of(tx, conversation_id) == BOT
        author = BOT if bot_speaks or outcome.route != "crisis" else SYSTEM
        for reply in outcome.replies:
            post(tx, conversation_id, author, reply.text, reply.to_json())
        if not bot_speaks and outcome.route not in ("relay", "crisis"):
            tx.execute(update(turn).where(turn.c.id == turn_id).values(route="relay"))
        for wish in outcome.do:
            if wish["kind"] == "handoff":
                open_case(tx, conversation_id, **{k: v for k, v in wish.items() if k != "kind"})
        row = tx.execute(select(conversation.c.state).where(conversation.c.id == conversation_id)).one()
        values = {"state": {**row.state, **outcome.remember}}
        if engine_id:
            values |= {"engine_id": engine_id, "engine_turns": conversation.c.engine_turns + 1}
        tx.execute(update(conversation).where(conversation.c.id == conversation_id).values(values))
        if outcome.unanswered:
            tx.execute(insert(unanswered).values(
                turn=turn_id, text=redact(text), reason=outcome.unanswered, topic=outcome.topic, score=outcome.score, at=now()))
        count(tx, f"turns_{outcome.route}")
