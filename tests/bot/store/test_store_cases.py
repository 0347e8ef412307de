"""Cases: opened once, claimed by one, closed back to the bot; a case of another service does not exist."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import insert, select, update

from bot.conversation import ADVISER, BOT, Inbound
from bot.errors import NotAllowed
from bot.store.cases import LETTERS, new_ref, open_case
from bot.store.messages import hand_over, post
from bot.store.schema import audit, conversation, service

PASSWORD = "a long enough password"


@pytest.fixture
def talk(store):
    return store.conversations.start("default", "web").id


@pytest.fixture
def ref(store, talk):
    return opened(store, talk)


@pytest.fixture
def colleague(store, quick_hashes):
    return store.advisers.add("ben", "Ben Shah", PASSWORD)


@pytest.fixture
def stranger(store, quick_hashes):
    """An adviser of another service."""
    with store.db.write() as tx:
        tx.execute(insert(service).values(id="leeds", name="Leeds SENDIASS"))
    return store.advisers.add("zoe", "Zoe Marsh", PASSWORD, "leeds")


def opened(store, talk, ref=None, risk=1, reason="asked for a person", summary="Asked about: exclusion.", consent=True):
    ref = ref or new_ref()
    with store.db.write() as tx:
        open_case(tx, talk, ref, risk, reason, summary, consent=consent)
    return ref


def test_a_reference_can_be_read_out_on_the_telephone():
    refs = {new_ref() for _ in range(200)}
    assert len(refs) == 200 and all(r.startswith("SL-") and set(r[3:]) <= set(LETTERS) for r in refs)
    assert not set("01ILO") & set(LETTERS)


def test_a_conversation_has_one_open_case_whose_risk_only_rises(store, talk, adviser):
    first = opened(store, talk, risk=1, consent=False)
    opened(store, talk, risk=3, reason="suicide-writer", summary="Safety screen.", consent=False)
    opened(store, talk, risk=2, reason="distress", summary="Later.", consent=True)
    (case,) = store.cases.queue(adviser)
    assert (case.ref, case.risk, case.reason, case.summary) == (first, 3, "suicide-writer", "Safety screen.")
    assert case.consent_at


def test_after_a_case_is_closed_a_new_one_can_open(store, talk, ref, adviser):
    store.cases.claim(adviser, ref, "joined")
    store.cases.give_back(adviser, ref, "left", "closed", outcome="answered")
    assert opened(store, talk) != ref
    assert len(store.cases.queue(adviser)) == 1


def test_the_queue_has_the_highest_risk_first_then_the_longest_waiting(store, adviser):
    refs = [opened(store, store.conversations.start("default", "web").id, risk=risk) for risk in (1, 3, 1, 2)]
    expected = [refs[1], refs[3], refs[0], refs[2]]
    assert [c.ref for c in store.cases.queue(adviser)] == expected
    assert [row.case.ref for row in store.desk.queue(adviser)] == expected


def test_a_claim_gives_the_conversation_to_the_adviser_and_is_recorded(store, talk, ref, adviser):
    case = store.cases.claim(adviser, ref, "Amina has joined.")
    assert (case.state, case.adviser_name) == ("claimed", "Amina Yusuf")
    assert store.conversations.find(talk).owner == ADVISER
    assert store.conversations.transcript(talk)[-1].payload == {"event": "claimed"}
    with store.db.read() as tx:
        assert tx.execute(select(audit.c.what)).scalars().all() == ["claimed"]


def test_after_a_claim_the_bot_cannot_speak_at_all(store, talk, ref, adviser):
    store.cases.claim(adviser, ref, "joined")
    before = store.conversations.transcript(talk)
    with store.db.write() as tx:
        assert post(tx, talk, BOT, "a late answer") is None
    assert store.conversations.transcript(talk) == before
    assert store.counters.all()["dropped_bot_sends"] == 1


def test_of_twenty_advisers_who_claim_at_once_one_has_the_case(store, talk, ref, quick_hashes):
    people = [store.advisers.add(f"adviser-{n}", f"Adviser {n}", PASSWORD) for n in range(20)]
    ready = Barrier(len(people))

    def claim(who):
        ready.wait()
        try:
            return store.cases.claim(who, ref, f"{who.name} has joined.").adviser_name
        except NotAllowed as error:
            return error

    with ThreadPoolExecutor(len(people)) as pool:
        got = list(pool.map(claim, people))
    (winner,) = [g for g in got if isinstance(g, str)]
    assert all(str(g).startswith(f"{winner} claimed this case first") for g in got if not isinstance(g, str))
    assert [m.text for m in store.conversations.transcript(talk)] == [f"{winner} has joined."]


def test_only_the_adviser_who_has_a_case_may_answer_it(store, talk, ref, adviser, colleague):
    with pytest.raises(NotAllowed, match="Claim this case first"):
        store.cases.reply(adviser, ref, "Hello")
    store.cases.claim(adviser, ref, "joined")
    with pytest.raises(NotAllowed, match="Claim this case first"):
        store.cases.reply(colleague, ref, "Hello")
    store.cases.reply(adviser, ref, "Hello")
    last = store.conversations.transcript(talk)[-1]
    assert (last.author, last.name, last.text) == (ADVISER, "Amina Yusuf", "Hello")
    assert store.cases.find(adviser, ref).state == "waiting_parent"


def test_a_reply_sent_twice_is_said_once(store, talk, ref, adviser):
    store.cases.claim(adviser, ref, "joined")
    for _ in range(2):
        store.cases.reply(adviser, ref, "Hello", token="t1")
    assert [m.text for m in store.conversations.transcript(talk)] == ["joined", "Hello"]
    with pytest.raises(NotAllowed, match="earlier version"):
        store.cases.reply(adviser, ref, "Hello again", token="t1")


def test_giving_back_to_the_queue_lets_the_bot_speak_and_another_claim(store, talk, ref, adviser, colleague):
    store.cases.claim(adviser, ref, "joined")
    store.cases.give_back(adviser, ref, "left", "queued", because="end of my shift")
    assert store.conversations.find(talk).owner == BOT
    case, _, notes = store.cases.view(colleague, ref)
    assert (case.state, case.adviser_name) == ("queued", None) and [n.text for n in notes] == ["end of my shift"]
    with store.db.write() as tx:
        assert post(tx, talk, BOT, "The answer.")
    assert store.cases.claim(colleague, ref, "joined").adviser_name == "Ben Shah"


def test_a_closed_case_keeps_its_outcome_and_cannot_be_claimed(store, talk, ref, adviser, colleague):
    store.cases.claim(adviser, ref, "joined")
    store.cases.give_back(adviser, ref, "left", "closed", because="sorted", outcome="answered")
    closed = store.cases.find(adviser, ref)
    assert (closed.state, closed.outcome) == ("closed", "answered") and closed.closed_at
    assert store.cases.queue(adviser) == [] and store.cases.of_conversation(talk) is None
    with pytest.raises(NotAllowed, match="closed"):
        store.cases.claim(colleague, ref, "joined")


def test_a_colleague_can_take_over_with_a_reason(store, talk, ref, adviser, colleague):
    with pytest.raises(NotAllowed):
        store.cases.take_over(colleague, ref, "off sick", "line")
    store.cases.claim(adviser, ref, "joined")
    store.cases.take_over(colleague, ref, "off sick", "Ben has joined.")
    case, _, notes = store.cases.view(adviser, ref)
    assert case.adviser_name == "Ben Shah" and notes[0].text == "Taken over from Amina Yusuf: off sick"
    with pytest.raises(NotAllowed):
        store.cases.reply(adviser, ref, "too late")


def test_a_note_sent_twice_is_one_note_and_never_in_the_transcript(store, talk, ref, adviser):
    for _ in range(2):
        store.cases.add_note(adviser, ref, "sounds tired")
    assert [n.text for n in store.desk.story(adviser, ref).notes] == ["sounds tired"]
    assert store.conversations.transcript(talk) == []


@pytest.mark.parametrize("act", [
    lambda cases, who, ref: cases.find(who, ref),
    lambda cases, who, ref: cases.view(who, ref),
    lambda cases, who, ref: cases.claim(who, ref, "joined"),
    lambda cases, who, ref: cases.reply(who, ref, "Hello"),
    lambda cases, who, ref: cases.add_note(who, ref, "a note"),
    lambda cases, who, ref: cases.take_over(who, ref, "why", "line"),
    lambda cases, who, ref: cases.give_back(who, ref, "line", "closed"),
])
def test_a_case_of_another_service_does_not_exist(store, talk, ref, stranger, act):
    with pytest.raises(NotAllowed) as theirs:
        act(store.cases, stranger, ref)
    with pytest.raises(NotAllowed) as nobodys:
        act(store.cases, stranger, "SL-NOSUCH")
    assert str(theirs.value) == str(nobodys.value)
    assert store.conversations.find(talk).owner == BOT and store.conversations.transcript(talk) == []


def test_a_queue_shows_only_the_own_service(store, ref, stranger):
    assert store.cases.queue(stranger) == [] and store.desk.queue(stranger) == []
    with pytest.raises(NotAllowed):
        store.desk.story(stranger, ref)


def test_each_look_at_a_case_is_recorded(store, ref, adviser):
    store.cases.view(adviser, ref)
    store.cases.view(adviser, ref)
    with store.db.read() as tx:
        assert tx.execute(select(audit.c.what, audit.c.adviser)).all() == [("viewed", adviser.id)] * 2


def test_the_queue_says_since_when_people_owe_an_answer(store, talk, ref, adviser):
    store.turns.receive(Inbound(talk, "web", "1", "are you there"), None)
    (row,) = store.desk.queue(adviser)
    assert row.waiting_since == row.case.opened_at and row.last_words == "are you there"
    store.cases.claim(adviser, ref, "joined")
    store.cases.reply(adviser, ref, "Yes")
    assert store.desk.queue(adviser)[0].waiting_since is None


def test_a_story_says_how_each_message_was_handled(store, talk, ref, adviser):
    store.turns.receive(Inbound(talk, "web", "1", "hello"), None)
    story = store.desk.story(adviser, ref)
    assert (story.case.ref, story.channel, story.handled[1].route, story.delivery) == (ref, "web", None, {})


def test_a_conversation_is_handed_over_once(store, talk):
    with store.db.write() as tx:
        assert hand_over(tx, talk, ADVISER) and not hand_over(tx, talk, ADVISER)
        assert hand_over(tx, talk, BOT) and not hand_over(tx, talk, BOT)


def test_what_the_bot_had_not_yet_sent_is_dropped_once_a_person_has_the_conversation(store, adviser):
    talk = store.conversations.start("default", "sms").id
    with store.db.write() as tx:
        post(tx, talk, BOT, "an answer that still waits")
    store.cases.claim(adviser, opened(store, talk), "Amina has joined.")
    assert store.outbox.next() is None
    assert store.outbox.next().message.text == "Amina has joined."
    assert store.counters.all()["dropped_bot_sends"] == 1


def test_there_is_no_owner_but_the_two(store, talk):
    with store.db.read() as tx:
        assert tx.execute(select(conversation.c.owner).where(conversation.c.id == talk)).scalar_one() in (BOT, ADVISER)
    with store.db.write() as tx:
        tx.execute(update(conversation).values(owner=ADVISER))
        assert post(tx, talk, BOT, "x") is None
