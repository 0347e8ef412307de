"""A crisis message gets the numbers whatever else is down: section 4 of the outage table, for the web door."""

import json
from contextlib import contextmanager
from pathlib import Path

import pytest

from running import Page, Running

pytestmark = pytest.mark.engine
SAFETY = Path(__file__).parents[2] / "data" / "safety" / "screen.jsonl"
NUMBERS = ("999", "116 123", "85258", "111", "option 2", "0800 1111")
ROWS = [json.loads(line) for line in SAFETY.read_text().splitlines()]
SENTENCES = [row["text"] for row in ROWS if row["level"] == "crisis" and row["why"].startswith("explicit")][:20]


@pytest.fixture(scope="module")
def door(tmp_path_factory):
    """One app process for all rows that leave it alone. Its home has no model and no index."""
    from played import PlayedRasa

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


@pytest.mark.parametrize("down", [nothing_down, actions_down, engine_and_worker_down, index_missing])
def test_every_crisis_sentence_is_answered_with_all_numbers(door, down):
    with down(door):
        for sentence in SENTENCES:
            page = Page(door.address)
            assert page.post(sentence).status_code == 202
            carries_all_numbers(page.said_back(), sentence)


def test_the_numbers_are_in_the_refusal_when_the_database_is_down(running):
    running.start_app()
    pages = [Page(running.address) for _ in SENTENCES]
    take_away_database(running)
    for page, sentence in zip(pages, SENTENCES, strict=True):
        refused = page.post(sentence)
        assert refused.status_code == 503
        carries_all_numbers(refused.json()["crisis"], sentence)


def test_no_limit_holds_up_a_crisis(running):
    running.start_app(SENDLINE_MESSAGES_PER_MINUTE="1")
    for sentence in SENTENCES:
        page = Page(running.address)
        assert page.post("hello").status_code == 202
        assert page.post("are you there").status_code == 429
        assert page.post(sentence).status_code == 202
        carries_all_numbers(page.said_back(), sentence)


def carries_all_numbers(said: str, sentence: str) -> None:
    assert not [number for number in NUMBERS if number not in said], sentence


def take_away_database(running) -> None:
    """What is in the file's place is not a database any more."""
    running.store.db.engine.dispose()
    file = running.settings.home / "sendline.db"
    for part in file.parent.glob("sendline.db*"):
        part.unlink()
    file.mkdir()
