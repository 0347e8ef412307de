"""The same promises over PostgreSQL, where writers do not wait for each other as in SQLite."""

import multiprocessing

import pytest
from alembic.migration import MigrationContext
from cluster import Cluster, NoCluster
from crisis_sentences import SENTENCES, carries_all_numbers
from races import race
from running import Page, Running, Tally, together

from bot.conversation import Inbound
from bot.errors import NotAllowed, StoreDown
from bot.store import Store, open_store
from bot.store.database import Database

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def cluster():
    try:
        one = Cluster()
    except NoCluster as reason:
        pytest.skip(str(reason))
    yield one
    one.close()


@pytest.fixture
def running(cluster, rasa, tmp_path):
    """A Sendline without any process yet, over a PostgreSQL database of the test's own."""
    one = Running(tmp_path / "home", rasa.address, cluster.database())
    yield one
    one.close()


@pytest.fixture
def store(running) -> Store:
    """What the fixtures `gateway` and `adviser` use."""
    return running.store


def test_several_processes_may_migrate_a_new_database_at_once(cluster):
    with multiprocessing.get_context("fork").Pool(4) as pool:
        revisions = pool.map(migrated, [cluster.database()] * 4)
    assert len(set(revisions)) == 1


def migrated(url: str) -> str:
    """Open the database as a process does when it starts; gives the revision that it is at."""
    with open_store(url).db.read() as tx:
        return MigrationContext.configure(tx).get_current_revision()


def test_four_workers_answer_fifty_conversations_once_and_in_order(running):
    for number in range(4):
        running.start_worker(name=f"worker-{number}")
    talks = running.parents(50)
    running.write(talks, messages=3)
    running.wait_until_answered()
    assert running.tally(talks) == Tally(sent=150)
    assert running.store.counters.all()["turns_smalltalk"] == 150


def test_a_worker_that_is_killed_leaves_its_turns_to_be_answered_once(running):
    talks = running.parents(10)
    running.write(talks, messages=2)
    running.start_worker(crash_at="before_finish_commit")
    assert running.ended("worker") == 137
    running.start_worker()
    running.wait_until_answered()
    assert running.tally(talks) == Tally(sent=20)


def test_the_same_message_ten_times_at_once_is_one_line(running):
    for number in range(10):
        (talk,) = running.parents(1)
        kept = together(10, lambda _, to=talk: running.store.turns.receive(Inbound(to, "web", "m1", "hello"), None))
        assert sorted(kept) == [(1, False)] * 9 + [(1, True)], number
        assert len(running.store.conversations.transcript(talk)) == 1


def test_of_two_advisers_one_owns_the_case_and_the_bot_says_nothing_after_the_claim(gateway, quick_hashes):
    advisers = [gateway.store.advisers.add(name, name.title(), "a long enough password") for name in ("amina", "brian")]
    assert [race(gateway, advisers) for _ in range(50)] == [(1, 0)] * 50


def test_a_counter_is_counted_right_when_many_count_it_for_the_first_time(running):
    talks = running.parents(8)
    running.write(talks, messages=1)
    turns = [running.store.turns.claim(f"worker-{n}") for n in range(8)]
    ended = together(8, lambda index: running.gateway.run_turn(turns[index]))
    assert not [e for e in ended if isinstance(e, Exception)]
    assert running.store.counters.all() == {"turns_smalltalk": 8}


def test_while_the_server_is_away_a_message_is_refused_with_the_numbers_and_afterwards_all_is_answered(cluster, running):
    running.start_app()
    running.start_worker()
    page = Page(running)
    assert page.post("can I ask for a plan myself").status_code == 202
    running.wait_until_answered()
    cluster.stop()
    try:
        for sentence in SENTENCES:
            refused = page.post(sentence)
            assert refused.status_code == 503
            carries_all_numbers(refused.json()["crisis"], sentence)
        assert "crisis" not in page.post("who pays for transport").json()
    finally:
        cluster.start()
    assert page.post("who pays for transport").status_code == 202
    running.wait_until_answered()
    assert [line["text"] for line in page.lines() if line["author"] == "bot"] == [
        "re: can I ask for a plan myself", "re: who pays for transport"]


def test_a_service_that_does_not_exist_is_refused_in_a_sentence(store, quick_hashes):
    with pytest.raises(NotAllowed):
        store.advisers.add("amina", "Amina Yusuf", "a long enough password", service="nowhere")


def test_a_server_that_is_away_is_said_in_a_sentence():
    with pytest.raises(StoreDown):
        open_store("postgresql+psycopg://sendline@127.0.0.1:1/nowhere")
    with pytest.raises(StoreDown), Database("postgresql+psycopg://sendline@127.0.0.1:1/nowhere").write():
        pass
