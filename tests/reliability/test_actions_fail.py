"""The action server is down, or hangs. The parent hears a sentence, the message is kept, and the next one is answered."""

import time

import pytest

from bot import wording
from bot.conversation import Inbound
from bot.settings import new_id

pytestmark = pytest.mark.engine
WITHIN = 15  # seconds until the parent hears something
QUESTION = "who can ask for an EHC needs assessment"


@pytest.mark.parametrize("state", ["down", "hanging"])
def test_a_failing_action_server_is_said_within_fifteen_seconds_and_forgotten_when_it_is_back(own_rasa, real, state):
    real.start_worker()
    (talk,) = real.parents(1)

    def says(text):
        real.gateway.receive(Inbound(talk, "web", new_id(), text))
        began = time.monotonic()
        real.wait_until_answered()
        return time.monotonic() - began, real.store.conversations.transcript(talk)[-1].text

    assert says(QUESTION)[1] != wording.ENGINE_FAILED  # all is well before
    own_rasa.gate.state = state
    took, said = says(QUESTION)
    own_rasa.gate.state = "open"
    assert took < WITHIN
    assert said == wording.ENGINE_FAILED
    assert [(u.text, u.reason) for u in real.store.unanswered.since()] == [(QUESTION, "unavailable")]
    assert says(QUESTION)[1] != wording.ENGINE_FAILED
    assert real.routes(talk) == ["answer", "unavailable", "answer"]
