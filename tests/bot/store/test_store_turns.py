"""Turns: kept once, taken one at a time, finished as a whole."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select, update

from bot.concern import Concern
from bot.conversation import BOT, Inbound, Outcome, Reply
from bot.store.messages import post
from bot.store.schema import message, turn

ANSWER = Outcome("answer", (Reply("The answer.", "entry:x"),), entry="x", topic="transport", score=0.9)


@pytest.fixture
def talk(store):
    return store.conversations.start("default", "web").id


def send(store, talk, text="hello", external_id="1", button=None, **more):
    return store.turns.receive(Inbound(talk, "web", external_id, text, button), None, **more)


def rows(store, table):
    with store.db.read() as tx:
        return tx.execute(select(func.count()).select_from(table)).scalar_one()


def at_once(count, what):
    """Do `what(i)` in `count` threads that start together; gives the results."""
    ready = Barrier(count)

    def one(i):
        ready.wait()
        return what(i)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_a_message_sent_twice_is_one_message(store, talk):
    assert send(store, talk) == (1, True)
    assert send(store, talk) == (1, False)
    assert rows(store, message) == rows(store, turn) == 1


def test_a_message_that_arrives_ten_times_at_once_is_one_message(store, talk):
    got = at_once(10, lambda i: send(store, talk))
    assert sorted(new for _, new in got) == [False] * 9 + [True] and {seq for seq, _ in got} == {1}
    assert rows(store, message) == rows(store, turn) == 1


def test_the_same_id_in_another_conversation_is_another_message(store, talk):
    other = store.conversations.start("default", "web").id
    assert send(store, talk)[1] and send(store, other)[1]


def test_the_numbers_of_a_transcript_have_no_gaps_when_many_write_at_once(store, talk):
    at_once(8, lambda i: [send(store, talk, external_id=f"{i}-{n}") for n in range(5)])
    assert [m.seq for m in store.conversations.transcript(talk)] == list(range(1, 41))


def test_a_repeat_leaves_no_gap_in_the_numbers(store, talk):
    send(store, talk)
    send(store, talk)
    assert send(store, talk, external_id="2") == (2, True)


def test_a_conversation_has_one_turn_at_a_time_oldest_first(store, talk):
    send(store, talk, "first", "1")
    send(store, talk, "second", "2")
    running = store.turns.claim("a")
    assert running.text == "first" and store.turns.claim("b") is None
    store.turns.finish(running, ANSWER, 5)
    assert store.turns.claim("b").text == "second"


def test_two_conversations_run_beside_each_other(store, talk):
    other = store.conversations.start("default", "web").id
    send(store, talk)
    send(store, other)
    assert {store.turns.claim("a").conversation.id, store.turns.claim("b").conversation.id} == {talk, other}


def test_of_many_workers_one_gets_the_turn(store, talk):
    send(store, talk)
    got = at_once(10, lambda i: store.turns.claim(f"worker-{i}"))
    assert sum(t is not None for t in got) == 1


def test_a_worker_may_ask_for_one_conversation_only(store, talk):
    send(store, talk)
    assert store.turns.claim("a", only="another") is None
    assert store.turns.claim("a", only=talk).text == "hello"


def test_a_turn_whose_worker_died_is_taken_again_after_its_lease(store, talk):
    send(store, talk)
    first = store.turns.claim("dead")
    assert store.turns.claim("alive") is None
    with store.db.write() as tx:
        tx.execute(update(turn).values(lease_until="2000-01-01T00:00:00.000+00:00"))
    again = store.turns.claim("alive")
    assert (again.id, first.attempts, again.attempts) == (first.id, 1, 2)


def test_a_worker_that_starts_again_takes_back_its_own_turns_only(store, talk):
    other = store.conversations.start("default", "web").id
    send(store, talk)
    send(store, other)
    store.turns.claim("a")
    store.turns.claim("b")
    assert store.turns.release("a") == 1
    assert store.turns.claim("c").conversation.id == talk and store.turns.claim("c") is None


def test_finishing_keeps_the_replies_the_memory_and_the_outcome(store, talk):
    send(store, talk)
    store.turns.finish(store.turns.claim("a"), Outcome("answer", ANSWER.replies, entry="x", remember={"last_entry": "x"}), 7, "e" * 32)
    assert [m.text for m in store.conversations.transcript(talk)] == ["hello", "The answer."]
    known = store.conversations.find(talk)
    assert (known.state, known.engine_id, known.engine_turns) == ({"last_entry": "x"}, "e" * 32, 1)
    done = store.turns.last(talk)
    assert (done["status"], done["route"], done["entry"], done["ms"]) == ("done", "answer", "x", 7)
    assert not store.turns.is_waiting(talk) and store.counters.all()["turns_answer"] == 1


def test_a_finish_that_fails_inside_keeps_nothing(store, talk):
    send(store, talk)
    running = store.turns.claim("a")
    broken = Outcome("handoff", ANSWER.replies, remember={"x": 1}, unanswered="why", do=({"kind": "handoff", "no such field": 1},))
    with pytest.raises(TypeError):
        store.turns.finish(running, broken, 5, "e" * 32)
    assert [m.text for m in store.conversations.transcript(talk)] == ["hello"]
    assert store.conversations.find(talk).state == {} and store.unanswered.since() == [] and store.counters.all() == {}
    assert store.turns.is_waiting(talk) and store.cases.of_conversation(talk) is None
    store.turns.finish(running, ANSWER, 5)
    assert [m.seq for m in store.conversations.transcript(talk)] == [1, 2]


def test_a_turn_finished_twice_says_nothing_twice(store, talk):
    send(store, talk)
    running = store.turns.claim("slow")
    at_once(5, lambda i: store.turns.finish(running, ANSWER, 5))
    assert [m.text for m in store.conversations.transcript(talk)] == ["hello", "The answer."]
    assert store.counters.all()["turns_answer"] == 1


def test_a_crisis_reply_is_committed_with_the_message(store, talk):
    send(store, talk, at_once=Outcome("crisis", (Reply("Call 999.", "wording:crisis"),), concern=Concern("crisis", "suicide-writer")))
    assert [m.text for m in store.conversations.transcript(talk)] == ["hello", "Call 999."]
    assert store.turns.last(talk)["status"] == "done" and store.turns.last(talk)["concern"]["level"] == "crisis"


def test_what_the_screen_found_travels_with_the_turn(store, talk):
    store.turns.receive(Inbound(talk, "web", "1", "tired"), Concern("distress", "overwhelmed", "writer"))
    assert store.turns.claim("a").concern == Concern("distress", "overwhelmed", "writer")


def test_an_unanswered_question_is_kept_without_details(store, talk):
    send(store, talk, "my son Jack, 07700 900123, wants a unicorn")
    store.turns.finish(store.turns.claim("a"), Outcome("unanswered", ANSWER.replies, unanswered="below threshold"), 5)
    (kept,) = store.unanswered.since()
    assert kept.text == "my son [name], [phone], wants a unicorn" and kept.reason == "below threshold"
    assert store.unanswered.since("2999-01-01") == [] and store.unanswered.since(service="default") == [kept]
    assert store.unanswered.since(service="elsewhere") == []


def test_only_channels_that_have_to_be_told_fill_the_outbox(store, talk):
    text_message = store.conversations.start("default", "sms").id
    with store.db.write() as tx:
        post(tx, talk, BOT, "on the page")
        post(tx, text_message, BOT, "on the telephone")
    assert store.outbox.next().message.text == "on the telephone"
    assert store.counters.waiting() == (0, None, 1)


def test_waiting_counts_what_has_not_been_handled(store, talk):
    send(store, talk)
    waiting, oldest, unsent = store.counters.waiting()
    assert (waiting, unsent) == (1, 0) and oldest


def test_the_last_words_of_a_parent_come_oldest_first(store, talk):
    for n in range(6):
        send(store, talk, f"line {n}", str(n))
    assert store.conversations.recent_words(talk) == ["line 2", "line 3", "line 4", "line 5"]


def test_open_pages_learn_which_conversations_have_news(store, talk):
    before = store.conversations.last_message()
    send(store, talk)
    newest, changed = store.conversations.changed_since(before)
    assert changed == {talk} and store.conversations.changed_since(newest) == (newest, set())


def test_a_page_finds_its_conversation_by_the_hash_of_its_token(store):
    mine = store.conversations.start("default", "web", token_hash="hash")
    assert store.conversations.find_by_token("hash") == mine
    assert store.conversations.find_by_token("other") is None and store.conversations.find("other") is None
