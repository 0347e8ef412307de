"""The database: settings that keep its word, and migrations that end where the schema is."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from bot.conversation import Inbound
from bot.errors import StoreDown
from bot.store import open_store
from bot.store.database import MIGRATIONS, Database
from bot.store.schema import metadata


def differences(db):
    with db.engine.connect() as connection:
        return compare_metadata(MigrationContext.configure(connection), metadata)


def test_the_migrations_end_at_the_tables_of_the_schema(store):
    assert differences(store.db) == []


def test_a_database_of_the_first_version_is_brought_up_to_date(tmp_path):
    db = Database(f"sqlite:///{tmp_path / 'old.db'}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = db.engine
    command.upgrade(config, "m001")
    with db.write() as tx:
        tx.execute(text("ALTER TABLE cases DROP COLUMN outcome"))
    db.migrate()
    assert "outcome" in {c["name"] for c in inspect(db.engine).get_columns("cases")}
    assert differences(db) == []
    db.engine.dispose()


def test_opening_again_changes_nothing(store):
    talk = store.conversations.start("default", "web")
    again = open_store(store.db.url)
    assert again.conversations.find(talk.id) == talk
    again.db.engine.dispose()


@pytest.mark.parametrize("pragma, value", [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000)])
def test_sqlite_keeps_its_word(store, pragma, value):
    with store.db.read() as tx:
        assert tx.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_a_conversation_of_no_service_cannot_be_started(store):
    with pytest.raises(IntegrityError):
        store.conversations.start("no such service", "web")


def test_a_database_that_cannot_be_opened_is_a_sentence(tmp_path):
    (tmp_path / "folder.db").mkdir()
    with pytest.raises(StoreDown, match=r"cannot be opened\. Check SENDLINE_DATABASE"):
        open_store(f"sqlite:///{tmp_path / 'folder.db'}")


def test_a_database_that_breaks_later_is_a_sentence_without_anybodys_words(store):
    with store.db.write() as tx:
        tx.execute(text("DROP TABLE turn"))
    talk = store.conversations.start("default", "web")
    with pytest.raises(StoreDown, match="could not be kept") as broken:
        store.turns.receive(Inbound(talk.id, "web", "1", "my son Jack"), None)
    assert "Jack" not in str(broken.value) + str(broken.value.__cause__)
    assert store.conversations.transcript(talk.id) == []


def test_is_up_says_whether_it_can_be_written(store, tmp_path):
    assert store.db.is_up()
    assert not Database(f"sqlite:///{tmp_path / 'no' / 'such' / 'folder.db'}").is_up()
