"""A crisis message gets the numbers whatever else is down, through the real processes of the web door.

Each test is one row of the table "Crisis numbers whatever is down" in docs/safety.md. The rows that need no process are in
test_crisis_at_the_door.py. The Telegram and SMS doors do not exist yet.
"""

import sqlite3
from contextlib import contextmanager

import pytest
from crisis_sentences import SENTENCES, carries_all_numbers
from played import PlayedRasa
from running import Page, Running, together

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def door(tmp_path_factory):
    """One app process for all rows that leave it alone. Its home has no model and no index."""
    rasa = PlayedRasa()
    one = Running(tmp_path_factory.mktemp("door") / "home", rasa.address)
    one.rasa = rasa
    one.start_app()
    yield one
    one.close()
    rasa.close()


@contextmanager
def nothing_down(door):
    door.start_worker()
    yield
    door.kill("worker")


@contextmanager
def actions_down(door):
    door.rasa.answers = "silent"
    with nothing_down(door):
        yield
    door.rasa.answers = "right"


@contextmanager
def engine_and_worker_down(door):
    door.rasa.answers = "late"
    yield
    door.rasa.answers = "right"


@contextmanager
def index_missing(door):
    assert not (door.settings.home / "index").exists()
    yield


@pytest.mark.parametrize("down", [nothing_down, actions_down, index_missing, engine_and_worker_down])
def test_every_crisis_sentence_is_answered_with_all_numbers(door, down):
    with down(door):
        for sentence in SENTENCES:
            page = Page(door)
            assert page.post(sentence).status_code == 202
            carries_all_numbers(page.said_back(), sentence)


def test_the_numbers_are_in_the_refusal_when_the_database_cannot_be_written(running):
    running.start_app()
    sentences = SENTENCES[::3]  # each waits for the lock; all of them, without processes, in test_crisis_at_the_door.py
    pages = [Page(running) for _ in sentences]
    with sqlite3.connect(running.settings.home / "sendline.db") as locked:
        locked.execute("BEGIN EXCLUSIVE")
        refused = together(len(pages), lambda i: pages[i].post(sentences[i]))
    for answer, sentence in zip(refused, sentences, strict=True):
        assert answer.status_code == 503
        carries_all_numbers(answer.json()["crisis"], sentence)


def test_no_limit_holds_up_a_crisis(running):
    running.start_app(SENDLINE_MESSAGES_PER_MINUTE="1")
    for sentence in SENTENCES[::3]:
        page = Page(running)
        assert page.post("hello").status_code == 202
        assert page.post("are you there").status_code == 429
        assert page.post(sentence).status_code == 202
        carries_all_numbers(page.said_back(), sentence)

