"""kill -9 of Rasa in mid-turn: each message ends with exactly one set of replies, or with the plain sentence."""

import random
import threading
import time

import pytest
from running import together

from bot import wording
from bot.conversation import BOT, PARENT, Inbound
from bot.settings import new_id

pytestmark = pytest.mark.engine
KILLS = 2
WORDS = ("hello", "who can ask for an EHC needs assessment", "thank you")


@pytest.fixture
def ten_parents(real):
    """Ten parents writing without a pause until told to stop; none writes again before it is answered."""
    talks, stop = real.parents(10), threading.Event()

    def says(talk, text):
        real.gateway.receive(Inbound(talk, "web", new_id(), text))
        while real.store.turns.is_waiting(talk):
            time.sleep(0.05)

    def talks_on(talk):
        for number in range(1000):
            if stop.is_set():
                return
            says(talk, WORDS[number % len(WORDS)])

    def begin():
        stop.clear()
        thread = threading.Thread(target=together, args=(len(talks), lambda i: talks_on(talks[i])))
        thread.start()
        return thread

    begin.stop, begin.talks, begin.says = stop, talks, says
    return begin


def sets_of_replies(lines) -> list[list[str]]:
    """What the bot said after each message of the parent."""
    sets = []
    for line in lines:
        if line.author == PARENT:
            sets.append([])
        elif line.author == BOT:
            sets[-1].append(line.text)
    return sets


def test_nothing_is_lost_or_doubled_when_rasa_is_killed_and_the_next_message_is_answered(own_rasa, real, ten_parents):
    real.start_worker()
    chance, plain = random.Random(5), 0
    for _ in range(KILLS):
        crowd = ten_parents()
        time.sleep(chance.uniform(0.5, 2.0))
        own_rasa.kill()
        time.sleep(1)
        ten_parents.stop.set()
        crowd.join()
        own_rasa.start()
        together(10, lambda i: ten_parents.says(ten_parents.talks[i], "hello"))
        assert {real.routes(talk)[-1] for talk in ten_parents.talks} == {"smalltalk"}
    for talk in ten_parents.talks:
        sets = sets_of_replies(real.store.conversations.transcript(talk))
        assert all(len(replies) == 1 for replies in sets)
        plain += sum(replies == [wording.ENGINE_FAILED] for replies in sets)
        assert real.routes(talk).count("unavailable") == sum(replies == [wording.ENGINE_FAILED] for replies in sets)
    assert plain, "no kill fell into a turn"
