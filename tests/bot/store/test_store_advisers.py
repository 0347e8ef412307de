"""Advisers: long passwords, sessions that end, and nothing learnt by guessing."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.errors import NotAllowed
from bot.store.advisers import TRIES
from bot.store.schema import adviser as adviser_table
from bot.store.schema import session

PASSWORD = "a long enough password"


def ago(**span) -> str:
    return (datetime.now(UTC) - timedelta(**span)).isoformat(timespec="milliseconds")


def age(store, **values):
    """As if the sessions had been opened or touched earlier."""
    with store.db.write() as tx:
        tx.execute(update(session).values(**values))


def test_a_password_is_kept_as_an_argon2id_hash(store, adviser):
    with store.db.read() as tx:
        kept = tx.execute(select(adviser_table.c.password_hash)).scalar_one()
    assert kept.startswith("$argon2id$") and PASSWORD not in kept


def test_a_short_password_and_a_taken_name_are_refused(store, adviser):
    with pytest.raises(NotAllowed, match="at least 12"):
        store.advisers.add("new", "New", "short")
    with pytest.raises(NotAllowed, match="already an adviser 'AMINA'"):
        store.advisers.add("AMINA", "Another", PASSWORD)
    with pytest.raises(NotAllowed, match="no service"):
        store.advisers.add("new", "New", PASSWORD, "no such service")


def test_signing_in_opens_a_session(store, adviser):
    assert store.advisers.sign_in(" Amina ", PASSWORD, "hash") == adviser
    assert store.advisers.of_session("hash") == adviser
    assert store.advisers.of_session("another") is None


def test_signing_out_ends_it_at_once(store, adviser):
    store.advisers.sign_in("amina", PASSWORD, "hash")
    store.advisers.sign_out("hash")
    assert store.advisers.of_session("hash") is None


def test_an_idle_session_ends_after_fifteen_minutes(store, adviser):
    store.advisers.sign_in("amina", PASSWORD, "hash")
    age(store, seen_at=ago(minutes=14))
    assert store.advisers.of_session("hash") == adviser
    age(store, seen_at=ago(minutes=16))
    assert store.advisers.of_session("hash") is None


def test_no_session_lasts_longer_than_ten_hours(store, adviser):
    store.advisers.sign_in("amina", PASSWORD, "hash")
    age(store, created_at=ago(hours=11))
    assert store.advisers.of_session("hash") is None and store.advisers.seconds_left("hash") == 0


def test_a_page_that_only_looks_by_itself_does_not_keep_a_session_alive(store, adviser):
    store.advisers.sign_in("amina", PASSWORD, "hash")
    age(store, seen_at=ago(minutes=10))
    store.advisers.of_session("hash", active=False)
    assert store.advisers.seconds_left("hash") <= 5 * 60
    store.advisers.of_session("hash")
    assert store.advisers.seconds_left("hash") > 14 * 60


def test_a_disabled_adviser_is_out_at_once_and_stays_out(store, adviser):
    store.advisers.sign_in("amina", PASSWORD, "hash")
    store.advisers.disable("AMINA")
    assert store.advisers.of_session("hash") is None
    with pytest.raises(NotAllowed):
        store.advisers.sign_in("amina", PASSWORD, "again")
    assert [a.disabled for a in store.advisers.list()] == [True]
    with pytest.raises(NotAllowed, match="no adviser 'nobody'"):
        store.advisers.disable("nobody")


def test_every_wrong_pair_gets_the_same_sentence(store, adviser):
    said = set()
    for name, password in (("amina", "wrong"), ("nobody", PASSWORD), ("nobody", "wrong"), ("", "")):
        with pytest.raises(NotAllowed) as refused:
            store.advisers.sign_in(name, password, "hash")
        said.add(str(refused.value))
    assert len(said) == 1


def test_after_five_wrong_passwords_the_account_rests_even_for_the_right_one(store, adviser):
    for _ in range(TRIES):
        with pytest.raises(NotAllowed):
            store.advisers.sign_in("amina", "wrong", "hash")
    with pytest.raises(NotAllowed):
        store.advisers.sign_in("amina", PASSWORD, "hash")
    with store.db.write() as tx:
        tx.execute(update(adviser_table).values(locked_until=ago(minutes=1)))
    assert store.advisers.sign_in("amina", PASSWORD, "hash") == adviser


def test_present_counts_people_who_were_there_in_the_last_minutes(store, adviser):
    assert store.advisers.present("default") == 0
    store.advisers.sign_in("amina", PASSWORD, "one")
    store.advisers.sign_in("amina", PASSWORD, "two")
    assert store.advisers.present("default") == 1 and store.advisers.present("leeds") == 0
    age(store, seen_at=ago(minutes=6))
    assert store.advisers.present("default") == 0
