"""A process may end at any point. Nothing that was accepted is lost, order is kept, and at most one message comes twice."""

import json

import httpx
import pytest
from running import Page, Tally, count

pytestmark = pytest.mark.engine


@pytest.mark.parametrize("point", ["after_claim", "after_engine_reply", "before_finish_commit"])
def test_a_worker_that_ends_in_a_turn_loses_nothing_and_says_nothing_twice(running, point):
    talks = running.parents(5)
    running.write(talks, messages=4)
    running.start_worker(crash_at=point)
    assert running.ended("worker") == 137
    running.start_worker()
    running.wait_until_answered()
    assert running.tally(talks) == Tally(sent=20)


@pytest.mark.parametrize(("point", "twice"), [("during_send", 0), ("after_send", 1)])
def test_a_worker_that_ends_in_a_delivery_sends_at_most_that_one_again(running, tmp_path, point, twice):
    talks, far_end = running.parents(3, channel="sms"), tmp_path / "far-end.jsonl"
    running.write(talks, messages=3)
    running.start_push_worker(far_end, crash_at=point)
    assert running.ended("worker") == 137
    running.start_push_worker(far_end)
    running.wait_until_answered()
    heard = [json.loads(line) for line in far_end.read_text().splitlines()]
    seen = count([([f"re: parent {i} message {n}" for n in range(3)], [h["text"] for h in heard if h["to"] == talk])
                  for i, talk in enumerate(talks)])
    assert seen == Tally(sent=9, doubled=twice)


@pytest.mark.parametrize("point", ["before_inbox_commit", "after_inbox_commit"])
def test_a_door_that_ends_in_a_post_keeps_the_message_once_when_the_page_sends_it_again(running, point):
    page = Page(running)
    running.start_app(crash_at=point)
    with pytest.raises(httpx.TransportError):
        page.post("can I ask for a plan myself", "m1")
    assert running.ended("app") == 137
    running.start_app()
    running.start_worker()
    assert page.post("can I ask for a plan myself", "m1").status_code == 202
    running.wait_until_answered()
    assert [line["text"] for line in page.lines()] == ["can I ask for a plan myself", "re: can I ask for a plan myself"]


def test_the_worker_takes_up_what_came_while_it_was_down(running):
    talks = running.parents(10)
    running.start_worker()
    running.write(talks, messages=1)
    running.kill("worker")
    running.write(talks, messages=2)
    running.start_worker()
    running.wait_until_answered()
    assert all(len(running.routes(talk)) == 3 for talk in talks)
    assert all([m.author for m in running.store.conversations.transcript(talk)].count("bot") == 3 for talk in talks)
