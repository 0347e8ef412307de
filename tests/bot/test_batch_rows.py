"""What `sendline batch` reads, and how it describes what came back."""

import pytest

from bot.batch import Row, one_turn, read_rows, run_rows
from bot.errors import SendlineError


def test_a_line_is_one_conversation_with_one_or_more_turns():
    lines = ['{"id": "a", "text": "hello"}', "", '{"id": 2, "turns": ["one", "two"], "channel": "sms"}']
    assert list(read_rows(lines, "in.jsonl")) == [Row("a", ("hello",), "web"), Row("2", ("one", "two"), "sms")]


@pytest.mark.parametrize("line", [
    "not json", "[]", '"text"', "{}", '{"id": "a"}', '{"text": "no id"}', '{"id": "a", "turns": []}', '{"id": "a", "turns": [1]}',
    '{"id": "a", "text": null}', '{"id": "a", "turns": "one"}', '{"id": "a", "text": "x", "channel": 5}',
])
def test_a_line_that_makes_no_sense_is_named_in_a_sentence(line):
    with pytest.raises(SendlineError, match=r"^in.jsonl, line 2: write one object a line"):
        list(read_rows(['{"id": "a", "text": "fine"}', line], "in.jsonl"))


FIELDS = {"turn", "route", "entry", "topic", "cites", "text", "concern", "offers_person", "score", "alternatives", "ms"}


def test_a_turn_is_described_with_every_field(gateway, fake_engine, reply):
    fake_engine.will_say(reply("Yes.", more="The detail.", cites=["CFA 2014 s.36(1)"], entry="x", topic="transport", score=0.9))
    said = one_turn(gateway, gateway.store.conversations.start("default", "web"), "can i", 1)
    assert set(said) == FIELDS
    assert (said["route"], said["text"], said["cites"], said["concern"]) == ("answer", "Yes.\n\nThe detail.", ["CFA 2014 s.36(1)"], None)


def test_a_crisis_is_described_too(gateway):
    said = one_turn(gateway, gateway.store.conversations.start("default", "web"), "i want to kill myself", 1)
    assert (said["route"], said["concern"], said["offers_person"]) == ("crisis", "crisis", True) and "116 123" in said["text"]


def test_rows_come_back_in_their_order_each_a_fresh_conversation(gateway, fake_engine):
    rows = [Row(str(n), ("one", "two"), "web") for n in range(5)]
    said = list(run_rows(gateway, rows))
    assert [(line["id"], line["turn"]) for lines in said for line in lines] == [(str(n), t) for n in range(5) for t in (1, 2)]
    assert len({a["sender"] for a in fake_engine.asked}) == 5
