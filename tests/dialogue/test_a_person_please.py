""""I want a person" always wins: 120 ways to say it, on three channels, each with a case within one further turn."""

import json
from pathlib import Path

import pytest

ROWS = [json.loads(line) for line in (Path(__file__).parent / "person_please.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_ways_are_many_and_different():
    assert len({row["turns"][-1].lower() for row in ROWS}) == len(ROWS) == 120
    assert {row["kind"] for row in ROWS} >= {"blunt", "polite", "typos", "text-speak", "angry", "indirect", "form", "crisis"}


@pytest.mark.engine
@pytest.mark.parametrize("channel", ["web", "telegram", "sms"])
def test_each_way_opens_a_case_within_one_further_turn(live_gateway, talk_to, channel):
    missed = []
    for row in ROWS:
        talk = talk_to(live_gateway, channel)
        for words in row["turns"]:
            done = talk.says(words)
        routes = [done["route"]]
        # After a crisis the case is open before anybody asks; the wish for a person is still answered with one.
        if done["route"] not in ("handoff", "crisis") or talk.case() is None:
            routes.append(talk.says("yes")["route"])
        if routes[-1] not in ("handoff", "crisis") or talk.case() is None:
            missed.append((row["turns"], routes))
    assert 1 - len(missed) / len(ROWS) >= 0.99, missed
