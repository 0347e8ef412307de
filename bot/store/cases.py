"""Cases: opened once per conversation, claimed by one adviser, closed back to the bot.

Every look-up takes the adviser and stays within their service; a case of another service does not exist for them.
"""

import secrets

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.conversation import ADVISER, BOT, SYSTEM, Adviser, Case, Message
from bot.errors import NotAllowed
from bot.store.database import Database, now
from bot.store.messages import hand_over, post, read_messages
from bot.store.schema import adviser, audit, cases, conversation, message, note

OPEN = ("queued", "claimed", "waiting_parent")
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is misread or misheard


def to_case(row) -> Case:
    return Case(row.id, row.ref, row.conversation, row.service, row.state, row.risk, row.reason, row.summary, row.opened_at,
                row.adviser, row.adviser_name, row.claimed_at, row.closed_at, row.topic, row.consent_at, row.outcome)


def select_cases():
    """Cases with the name of whoever has them."""
    return select(cases, adviser.c.name.label("adviser_name")).outerjoin(adviser, adviser.c.id == cases.c.adviser)


def find_case(tx: Connection, who: Adviser, ref: str) -> Case:
    """The one look-up by reference, so that none can forget the service."""
    row = tx.execute(select_cases().where(cases.c.ref == ref, cases.c.service == who.service)).first()
    if row is None:
        raise NotAllowed("There is no such case in your service. Go back to the queue.")
    return to_case(row)


def _note(tx: Connection, who: Adviser, case: Case, text: str) -> None:
    tx.execute(insert(note).values(case_id=case.id, adviser=who.id, text=text, at=now()))


def _audit(tx: Connection, who: Adviser, case: Case, what: str) -> None:
    tx.execute(insert(audit).values(at=now(), adviser=who.id, what=what, case_id=case.id))


def new_ref() -> str:
    """A reference that can be read out on the telephone."""
    return "SL-" + "".join(secrets.choice(LETTERS) for _ in range(6))


def open_case(
    tx: Connection, conversation_id: str, ref: str, risk: int, reason: str, summary: str, topic: str | None = None,
    consent: bool = False,
) -> None:
    """Open a case, or raise the risk of the one that is already open."""
    existing = tx.execute(
        select(cases.c.id, cases.c.risk).where(cases.c.conversation == conversation_id, cases.c.state.in_(OPEN))).first()
    if existing:
        values = {"consent_at": now()} if consent else {}
        if risk > existing.risk:
            values |= {"risk": risk, "reason": reason, "summary": summary}
        if values:
            tx.execute(update(cases).where(cases.c.id == existing.id).values(values))
        return
    service = tx.execute(select(conversation.c.service).where(conversation.c.id == conversation_id)).scalar_one()
    tx.execute(insert(cases).values(
        ref=ref, conversation=conversation_id, service=service, state="queued", risk=risk, reason=reason, topic=topic,
        summary=summary, consent_at=now() if consent else None, opened_at=now(),
    ))


class Cases:
    def __init__(self, db: Database):
        self.db = db

    def queue(self, who: Adviser) -> list[Case]:
        """Open cases of the adviser's service: highest risk first, then longest waiting."""
        with self.db.read() as tx:
            rows = tx.execute(select_cases().where(cases.c.service == who.service, cases.c.state.in_(OPEN))
                              .order_by(cases.c.risk.desc(), cases.c.opened_at))
            return [to_case(row) for row in rows]

    def of_conversation(self, conversation_id: str) -> Case | None:
        """The open case of a conversation, for the parent's own page."""
        with self.db.read() as tx:
            row = tx.execute(select_cases().where(cases.c.conversation == conversation_id, cases.c.state.in_(OPEN))).first()
        return to_case(row) if row else None

    def find(self, who: Adviser, ref: str) -> Case:
        """A case of the adviser's own service. Raises NotAllowed for any other, as for one that does not exist."""
        with self.db.read() as tx:
            return find_case(tx, who, ref)

    def view(self, who: Adviser, ref: str) -> tuple[Case, list[Message], list]:
        """A case with its transcript and notes; the look is recorded."""
        with self.db.write() as tx:
            case = find_case(tx, who, ref)
            _audit(tx, who, case, "viewed")
            notes = tx.execute(select(note.c.text, note.c.at, adviser.c.name).join(adviser, adviser.c.id == note.c.adviser)
                               .where(note.c.case_id == case.id).order_by(note.c.id)).all()
            return case, read_messages(tx, case.conversation), notes

    def claim(self, who: Adviser, ref: str, line: str) -> Case:
        """Take a waiting case. Of two advisers at once, one gets it; the other learns who has it."""
        with self.db.write() as tx:
            case = find_case(tx, who, ref)
            won = tx.execute(update(cases).where(cases.c.id == case.id, cases.c.state == "queued")
                             .values(state="claimed", adviser=who.id, claimed_at=now())).rowcount
            if not won:
                case = find_case(tx, who, ref)
                if case.state == "closed":
                    raise NotAllowed("This case is closed.")
                raise NotAllowed(f"{case.adviser_name} claimed this case first. You can still read it.")
            hand_over(tx, case.conversation, ADVISER)
            post(tx, case.conversation, SYSTEM, line, {"event": "claimed"}, name=who.name)
            _audit(tx, who, case, "claimed")
            return find_case(tx, who, ref)

    def _own(self, tx: Connection, who: Adviser, ref: str) -> Case:
        case = find_case(tx, who, ref)
        if case.adviser != who.id or case.state not in ("claimed", "waiting_parent"):
            raise NotAllowed("Claim this case first: only the adviser who has it can do that.")
        return case

    def take_over(self, who: Adviser, ref: str, reason: str, line: str) -> None:
        """Take a case from a colleague who cannot go on, with the reason as a note: no family waits for somebody who has left."""
        with self.db.write() as tx:
            case = find_case(tx, who, ref)
            held = (cases.c.id == case.id, cases.c.state.in_(("claimed", "waiting_parent")), cases.c.adviser != who.id)
            if not tx.execute(update(cases).where(*held).values(adviser=who.id, claimed_at=now())).rowcount:
                raise NotAllowed("No colleague has this case now, so there is nothing to take over. Look at the case again.")
            _note(tx, who, case, f"Taken over from {case.adviser_name}: {reason}")
            post(tx, case.conversation, SYSTEM, line, {"event": "claimed"}, name=who.name)
            _audit(tx, who, case, "taken over")

    def reply(self, who: Adviser, ref: str, text: str, token: str | None = None) -> None:
        """Say something to the parent, as the adviser who owns the case. The same `token` is the same reply, said once."""
        external_id = f"reply:{token}" if token else None
        try:
            with self.db.write() as tx:
                case = self._own(tx, who, ref)
                post(tx, case.conversation, ADVISER, text, {"origin": "adviser"}, name=who.name, external_id=external_id)
                tx.execute(update(cases).where(cases.c.id == case.id).values(state="waiting_parent"))
        except IntegrityError:
            with self.db.read() as tx:
                case = find_case(tx, who, ref)
                said = tx.execute(select(message.c.text).where(
                    message.c.conversation == case.conversation, message.c.external_id == external_id)).scalar()
            if said != text:
                raise NotAllowed("An earlier version of this reply has been sent. Read it above, then send only what is missing.") from None

    def add_note(self, who: Adviser, ref: str, text: str) -> None:
        """Write a note that the parent never sees. The same words twice in a row are one note: a form sent twice."""
        with self.db.write() as tx:
            case = find_case(tx, who, ref)
            last = tx.execute(select(note.c.adviser, note.c.text).where(note.c.case_id == case.id).order_by(note.c.id.desc())).first()
            if last is None or tuple(last) != (who.id, text):
                _note(tx, who, case, text)

    def give_back(self, who: Adviser, ref: str, line: str, state: str, because: str = "", outcome: str | None = None) -> None:
        """End the adviser's part: `state` is "closed", or "queued" for another adviser; the bot speaks again.

        `because` is kept as a note in the same transaction, so that no case ends without its reason.
        """
        with self.db.write() as tx:
            case = self._own(tx, who, ref)
            closed = {"state": state, "closed_at": now(), "outcome": outcome}
            values = {"state": state, "adviser": None, "claimed_at": None} if state == "queued" else closed
            tx.execute(update(cases).where(cases.c.id == case.id).values(values))
            if because:
                _note(tx, who, case, because)
            post(tx, case.conversation, SYSTEM, line, {"event": "given_back"}, name=who.name)
            hand_over(tx, case.conversation, BOT)
            _audit(tx, who, case, state)

    def parent_wrote(self, conversation_id: str) -> None:
        """The parent answered: the case waits for the adviser again."""
        with self.db.write() as tx:
            tx.execute(update(cases).where(cases.c.conversation == conversation_id, cases.c.state == "waiting_parent")
                       .values(state="claimed"))
