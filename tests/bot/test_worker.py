"""The worker: takes turns, delivers in order, and outlives whatever goes wrong."""

import threading

import pytest
from sqlalchemy import select

from bot import worker
from bot.conversation import BOT
from bot.errors import StoreDown
from bot.store.messages import post
from bot.store.schema import outbox
from bot.worker import Refused, deliver, run, work


@pytest.fixture
def by_text(store):
    """A conversation over text messages, which has to be told."""
    return store.conversations.start("default", "sms").id


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(worker, "BACKOFF", (0, 0, 0))


def say(store, talk, *texts):
    with store.db.write() as tx:
        for text in texts:
            post(tx, talk, BOT, text)


def telephone(store, answers=()):
    """A provider that does what `answers` says, in turn, and the list of what reached the parent. Stops when nothing waits."""
    sent, stop, answers = [], threading.Event(), list(answers)

    def send(message):
        problem = answers.pop(0) if answers else None
        if problem:
            raise problem
        sent.append(message.text)

    def run_until_empty():
        timer = threading.Thread(target=deliver, args=(store, {"sms": send}, stop))
        timer.start()
        for _ in range(500):
            if store.counters.waiting()[2] == 0:
                break
            stop.wait(0.01)
        stop.set()
        timer.join()
        return sent

    return run_until_empty


def delivery(store, talk):
    """status, attempts and error of each delivery of a conversation."""
    with store.db.read() as tx:
        return [tuple(r) for r in tx.execute(select(outbox.c.status, outbox.c.attempts, outbox.c.error)
                                             .where(outbox.c.conversation == talk).order_by(outbox.c.id))]


def test_messages_are_delivered_in_order(store, by_text):
    say(store, by_text, "one", "two", "three")
    assert telephone(store)() == ["one", "two", "three"]


def test_a_failed_delivery_is_tried_again_and_the_next_waits_for_it(store, by_text):
    say(store, by_text, "one", "two")
    assert telephone(store, [OSError("line busy"), TimeoutError()])() == ["one", "two"]
    assert delivery(store, by_text) == [("sent", 2, "TimeoutError"), ("sent", 0, None)]


def test_one_parents_trouble_does_not_hold_up_another(store, by_text, monkeypatch):
    monkeypatch.setattr(worker, "BACKOFF", (600,))
    other = store.conversations.start("default", "sms").id
    say(store, by_text, "to one")
    say(store, other, "to another")
    store.outbox.again(store.outbox.next(), 600, "OSError")
    assert store.outbox.next().message.text == "to another"


def test_a_provider_that_will_never_take_it_is_not_asked_again(store, by_text):
    say(store, by_text, "one", "two")
    assert telephone(store, [Refused("opted out")])() == ["two"]
    assert delivery(store, by_text) == [("failed", 1, "opted out"), ("sent", 0, None)]


def test_after_the_last_try_it_is_given_up_and_marked(store, by_text):
    say(store, by_text, "one")
    assert telephone(store, [OSError()] * 10)() == []
    assert delivery(store, by_text) == [("failed", 4, "OSError")]


def test_turns_are_run_until_told_to_stop(gateway, talk):
    stop = threading.Event()
    talk.writes("hello")
    thread = threading.Thread(target=work, args=(gateway, "worker", stop))
    thread.start()
    for _ in range(500):
        if not gateway.store.turns.is_waiting(talk.id):
            break
        stop.wait(0.01)
    stop.set()
    thread.join()
    assert talk.lines[-1].text == "The checked answer."


class Stubborn:
    """A gateway whose first turns fail."""

    def __init__(self, gateway, *problems):
        self.store, self.problems, self.gateway, self.stop = gateway.store, list(problems), gateway, threading.Event()

    def run_turn(self, turn):
        if self.problems:
            self.store.turns.release("worker")
            raise self.problems.pop(0)
        self.gateway.run_turn(turn)
        self.stop.set()


@pytest.mark.parametrize("problem", [RuntimeError("a defect"), StoreDown("away")])
def test_a_turn_that_fails_does_not_end_the_worker(gateway, talk, problem, monkeypatch):
    monkeypatch.setattr(threading.Event, "wait", lambda self, timeout=None: self.is_set())
    talk.writes("hello")
    stubborn = Stubborn(gateway, problem)
    work(stubborn, "worker", stubborn.stop)
    assert talk.lines[-1].text == "The checked answer."


def test_a_worker_that_starts_takes_back_what_it_left_running(gateway, talk, monkeypatch):
    talk.writes("hello")
    gateway.store.turns.claim("worker")  # and then it was killed
    stop = threading.Event()
    threading.Timer(0.5, stop.set).start()
    run(gateway, {}, stop)
    assert talk.lines[-1].text == "The checked answer."
