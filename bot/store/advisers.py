"""Advisers and their sessions on the console. Passwords are argon2id hashes, session tokens SHA-256 hashes."""

from datetime import UTC, datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.conversation import Adviser
from bot.errors import NotAllowed
from bot.store.database import Database, now
from bot.store.schema import adviser, session

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=10)
TRIES = 5  # wrong passwords before an account rests
REST = timedelta(minutes=5)

hasher = PasswordHasher()
# Checked for names that do not exist, so that they take as long as those that do.
NOBODY = hasher.hash("nobody has this password")


def to_adviser(row) -> Adviser:
    return Adviser(row.id, row.service, row.username, row.name, row.disabled, row.is_admin)


def _before(span: timedelta) -> str:
    return (datetime.now(UTC) - span).isoformat(timespec="milliseconds")


class Advisers:
    def __init__(self, db: Database):
        self.db = db

    def add(self, username: str, name: str, password: str, service: str = "default", is_admin: bool = False) -> Adviser:
        """A new adviser. Raises NotAllowed for a short password or a name that is taken."""
        if len(password) < 12:
            raise NotAllowed("The password is too short: use at least 12 characters.")
        try:
            with self.db.write() as tx:
                made = tx.execute(insert(adviser).values(
                    service=service, username=username.lower(), name=name, password_hash=hasher.hash(password), is_admin=is_admin,
                )).inserted_primary_key[0]
        except IntegrityError:
            raise NotAllowed(f"There is already an adviser '{username}', or no service '{service}'. Choose another.") from None
        return Adviser(made, service, username.lower(), name, False, is_admin)

    def list(self) -> list[Adviser]:
        with self.db.read() as tx:
            return [to_adviser(row) for row in tx.execute(select(adviser).order_by(adviser.c.username))]

    def disable(self, username: str) -> None:
        """Shut an adviser out at once, open sessions included."""
        with self.db.write() as tx:
            row = tx.execute(update(adviser).where(adviser.c.username == username.lower()).values(disabled=True)
                             .returning(adviser.c.id)).first()
            if row is None:
                raise NotAllowed(f"There is no adviser '{username}'. 'sendline adviser list' shows who there is.")
            tx.execute(delete(session).where(session.c.adviser == row.id))

    def sign_in(self, username: str, password: str, token_hash: str) -> Adviser:
        """Check a password and open a session. The same sentence, after the same time, for every wrong pair."""
        with self.db.read() as tx:
            row = tx.execute(select(adviser).where(adviser.c.username == username.strip().lower())).first()
        resting = bool(row and row.locked_until and row.locked_until > now())
        try:
            right = hasher.verify(row.password_hash if row else NOBODY, password) and row is not None
        except VerificationError:
            right = False
        if not right or resting or row.disabled:
            if row and not resting:
                self._count_failure(row.id)
            raise NotAllowed("That name and password do not match, or there were too many tries. Wait five minutes and try again.")
        with self.db.write() as tx:
            tx.execute(update(adviser).where(adviser.c.id == row.id).values(failures=0, locked_until=None))
            tx.execute(delete(session).where(session.c.created_at < _before(LONGEST)))
            tx.execute(insert(session).values(token_hash=token_hash, adviser=row.id, created_at=now(), seen_at=now()))
        return to_adviser(row)

    def _count_failure(self, adviser_id: int) -> None:
        with self.db.write() as tx:
            failures = tx.execute(update(adviser).where(adviser.c.id == adviser_id)
                                  .values(failures=adviser.c.failures + 1).returning(adviser.c.failures)).scalar_one()
            if failures >= TRIES:
                until = (datetime.now(UTC) + REST).isoformat(timespec="milliseconds")
                tx.execute(update(adviser).where(adviser.c.id == adviser_id).values(failures=0, locked_until=until))

    def of_session(self, token_hash: str, active: bool = True) -> Adviser | None:
        """Who a session belongs to; None when it has ended, idled too long, or the adviser is disabled.

        `active` is False for a page that only looks by itself: a console left open must not count as a person there.
        """
        with self.db.read() as tx:
            row = tx.execute(select(adviser, session.c.seen_at).join(session, session.c.adviser == adviser.c.id).where(
                session.c.token_hash == token_hash, session.c.seen_at > _before(IDLE),
                session.c.created_at > _before(LONGEST), adviser.c.disabled.is_(False))).first()
        if row is None:
            return None
        if active and row.seen_at < _before(timedelta(minutes=1)):  # not at every request: a page polls often
            with self.db.write() as tx:
                tx.execute(update(session).where(session.c.token_hash == token_hash).values(seen_at=now()))
        return to_adviser(row)

    def seconds_left(self, token_hash: str) -> int:
        """How long a session lasts if nobody touches the page, so that the page can warn in time."""
        with self.db.read() as tx:
            row = tx.execute(select(session.c.seen_at, session.c.created_at).where(session.c.token_hash == token_hash)).first()
        if row is None:
            return 0
        ends = min(datetime.fromisoformat(row.seen_at) + IDLE, datetime.fromisoformat(row.created_at) + LONGEST)
        return max(0, int((ends - datetime.now(UTC)).total_seconds()))

    def sign_out(self, token_hash: str) -> None:
        with self.db.write() as tx:
            tx.execute(delete(session).where(session.c.token_hash == token_hash))

    def present(self, service: str) -> int:
        """How many advisers of a service were on the console in the last minutes."""
        with self.db.read() as tx:
            return tx.execute(select(func.count(func.distinct(adviser.c.id))).join(session, session.c.adviser == adviser.c.id)
                              .where(adviser.c.service == service, session.c.seen_at > _before(timedelta(minutes=5)))).scalar_one()
