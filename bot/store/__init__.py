"""The database: the only truth, and the only place with SQL.

`open_store(url)` gives a Store with one room for each noun: conversations, turns, cases, advisers, desk, outbox, counters,
unanswered.
"""

from pathlib import Path

from sqlalchemy.exc import DBAPIError

from bot.errors import StoreDown
from bot.store.advisers import Advisers
from bot.store.cases import Cases
from bot.store.conversations import Conversations
from bot.store.counters import Counters
from bot.store.database import Database
from bot.store.desk import Desk
from bot.store.outbox import Outbox
from bot.store.turns import Turns
from bot.store.unanswered import UnansweredQuestions


class Store:
    """The rooms of the database, one for each noun."""

    def __init__(self, db: Database):
        self.db = db
        self.conversations = Conversations(db)
        self.turns = Turns(db)
        self.cases = Cases(db)
        self.advisers = Advisers(db)
        self.desk = Desk(db)
        self.outbox = Outbox(db)
        self.counters = Counters(db)
        self.unanswered = UnansweredQuestions(db)


def open_store(url: str) -> Store:
    """Open the database at `url`, migrated. Raises StoreDown when it cannot be reached."""
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    db = Database(url)
    try:
        db.migrate()
    except DBAPIError as error:
        raise StoreDown("The database cannot be opened. Check SENDLINE_DATABASE, the disk, and that it is running.") from error
    return Store(db)
