"""The wish for a person is known without a classifier, and a question about a person is not one."""

import pytest

from bot.person_please import wants_person
from knowledge_base.entry import entries


@pytest.mark.parametrize("text", [
    "nd 2 spk 2 some1 2day", "this is useless get me a human", "you are not helping, I want a person", "I'm sick of this robot. PERSON.",
    "I have asked three times now for a person", "I'm not talking to a machine any more", "can I speak to someone please",
    "put me through to an adviser", "can you take over from the bot please", "do you have people there or is it all computers",
    "i want to speak to whoever is in charge", "is there anyone i can actually ring about our lad",
    "is there anyone there", "who can I talk to about this",
    "could i just talk to a human about this? I've got a carrier bag of reports and no idea which of them matter or where to begin",
])
def test_the_wish_is_known(text):
    assert wants_person(text)


@pytest.mark.parametrize("text", [
    "am i talking to a real person or a bot?", "is this a robot or a human", "can I speak to the person who wrote the plan?",
    "do they have to meet me in person", "what can a young person ask for", "who can i talk to about transport",
])
def test_a_question_is_left_alone(text):
    assert not wants_person(text)


def test_hardly_any_question_of_the_entries_is_taken_for_the_wish():
    asked = [q for e in entries().values() for q in e.questions]
    assert sum(map(wants_person, asked)) <= 0.001 * len(asked)
