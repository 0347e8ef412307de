""""I want a person" always wins: sixty ways that parents say it, each offered a person within one turn."""

import pytest

pytestmark = pytest.mark.engine

WAYS = """\
can i talk to a person
can i speak to a human please
i want to talk to someone real
is there a person i can speak to
person please
human
a human please
real person
speak to adviser
talk to an adviser
i need to speak to an advisor
can someone call me
can somebody ring me back please
please get someone to phone me
i want a call back
can you put me through to someone
put me through to a human
i dont want to talk to a bot
i dont want a robot i want a person
stop this i want a real person
this bot is useless get me a person
can i chat to a real adviser
is there anyone there i can talk to
are there any real people here
can i have a human being
connect me to an adviser
transfer me to a person
i'd like to speak with somebody
i would like to talk to an adviser please
could i speak to one of your team
let me speak to your staff
can an adviser help me
i need a human to help me with this
someone to talk to please
can i get help from a person not a computer
i need to talk to somebody
please let me talk to a person
can you get me a person
get me a human
agent please
operator
speak to an agent
speak to someone
talk to someone
talk to somebody please
live chat with a person
can i get an appointment with an adviser
who can i phone
how do i contact an adviser
what number can i call to speak to someone
pls can i talk 2 some1
cn i speak 2 a person
i wanna talk to a human
need to talk to a real person asap
i just want to talk to a person
ok just get me an adviser
sorry can i talk to a person instead
give me a person
a real human being please
I WANT TO SPEAK TO A PERSON
""".splitlines()


def test_sixty_ways_to_ask_for_a_person_are_each_offered_one(live_gateway, talk_to):
    assert len(set(WAYS)) == 60
    missed = []
    for words in WAYS:
        done = talk_to(live_gateway).says(words)
        if done["route"] not in ("handoff", "crisis") or "yes" not in done["buttons"]:
            missed.append((words, done["route"], done["origins"]))
    assert 1 - len(missed) / len(WAYS) >= 0.98, missed
