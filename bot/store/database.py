"""One database: settings that make SQLite keep its word, transactions, and the migrations."""

from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from bot.errors import StoreDown

MIGRATIONS = Path(__file__).parent / "migrations"
AWAY = (DBAPIError, NoConnectionFree)  # what a database says, or makes us wait for, when it cannot work


def now() -> str:
    """This instant as the store writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _make_engine(url: str) -> Engine:
    # hide_parameters: what people wrote must not travel in an error message
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    engine = create_engine(url, connect_args={"timeout": 5}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def settle(connection, _):
        connection.isolation_level = None  # we say BEGIN ourselves, below
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection):
        options = connection.get_execution_options()
        if options.get("reads"):
            connection.exec_driver_sql("BEGIN")
            return
        connection.exec_driver_sql(f"PRAGMA synchronous={'NORMAL' if options.get('passing') else 'FULL'}")
        # A writer takes its place at once; two that read first and write later would deadlock.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


class Database:
    """One database: `write()` is a transaction that commits as a whole or not at all, `read()` a steady view."""

    def __init__(self, url: str):
        self.url = url
        self.engine = _make_engine(url)
        self._reader = self.engine.execution_options(reads=True)
        self._passing = self.engine.execution_options(passing=True)

    @contextmanager
    def write(self, lasting: bool = True):
        """`lasting` is False for what happens again by itself when the power fails: then the disk is not waited for."""
        try:
            with (self.engine if lasting else self._passing).begin() as tx:
                yield tx
        except IntegrityError:
            raise
        except AWAY as error:
            raise StoreDown("Your message could not be kept just now. Please send it again in a minute.") from error

    @contextmanager
    def read(self):
        try:
            with self._reader.begin() as tx:
                yield tx
        except AWAY as error:
            raise StoreDown("The database does not answer. Please try again in a minute.") from error

    def migrate(self) -> None:
        """Bring the tables up to date, making them the first time."""
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["engine"] = self.engine
        command.upgrade(config, "head")

    def is_up(self) -> bool:
        """Whether the database answers and can be written."""
        try:
            with self.write() as tx:
                tx.execute(text("SELECT 1"))
            return True
        except StoreDown:
            return False
