"""The queue: its order, what a row says, and what it does not."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.store.schema import cases
from channels.console.pages import waited


def refs(page) -> list[str]:
    return re.findall(r'data-ref="(SL-\w+)" class="row"', page.text)


def test_nobody_is_waiting(browser):
    page = browser("ana").get("/console")
    assert page.text.count("Nobody is waiting") == 2
    assert "<title>Queue" in page.text


def test_risk_first_then_longest_waiting(browser, another):
    early, crisis, late, upset = another("a"), another("b", risk=3), another("c"), another("d", risk=2)
    page = browser("ana").get("/console")
    assert refs(page) == [f.ref for f in (crisis, upset, early, late)]
    assert "<title>(4) Queue" in page.text
    for words in ("Crisis", "Distressed", "Asked for a person", "Answer this first"):
        assert words in page.text


def test_a_row_is_redacted_and_short(browser, another):
    another("my son Kayden is at Oakfield Primary School, ring me on 07700 900123. " + "word " * 60, channel="sms", topic="transport")
    page = browser("ana").get("/console").text
    assert "Kayden" not in page and "Oakfield" not in page and "900123" not in page
    preview = re.search(r'class="preview">(.*?)</span>', page)[1]
    assert len(preview) == 80 and preview.endswith("…")
    assert "SMS · School transport" in page and "Nobody has it" in page


def test_claimed_cases_stand_apart(browser, another, store, people):
    mine, theirs, waiting = another("a"), another("b"), another("c")
    store.cases.claim(people["ana"], mine.ref, "joined")
    store.cases.claim(people["ben"], theirs.ref, "joined")
    store.cases.reply(people["ben"], theirs.ref, "Hello")
    page = browser("ana").get("/console")
    assert refs(page) == [waiting.ref, mine.ref, theirs.ref]
    assert "You have it" in page.text and "Ben Okoro has it" in page.text and "Parent’s turn" in page.text
    theirs.says("and another thing")
    assert "Parent’s turn" not in browser("ana").get("/console").text


def test_the_queue_refreshes_only_when_it_changed(browser, family, another):
    ana = browser("ana")
    first = ana.get("/console/queue.json").json()
    assert first["waiting"] == [[family.ref, "Asked for a person"]]
    assert "html" not in ana.get(f"/console/queue.json?version={first['version']}").json()
    another("me too", risk=3)
    assert len(ana.get(f"/console/queue.json?version={first['version']}").json()["waiting"]) == 2


@pytest.mark.parametrize("typed", ["{ref}", "{lower}", " {bare} "])
def test_a_case_is_found_by_its_reference(browser, family, typed):
    asked = typed.format(ref=family.ref, lower=family.ref.lower(), bare=family.ref[3:])
    assert browser("ana").get("/console/find", params={"ref": asked}).headers["location"] == f"/console/case/{family.ref}"


def test_a_case_past_our_aim_says_so(browser, family, store):
    with store.db.write() as tx:
        tx.execute(update(cases).values(opened_at=(datetime.now(UTC) - timedelta(days=30)).isoformat(timespec="milliseconds")))
    assert "Past our aim" in browser("ana").get("/console").text


@pytest.mark.parametrize(("ago", "said"), [
    (timedelta(seconds=20), "0 min"), (timedelta(minutes=59), "59 min"), (timedelta(hours=3, minutes=5), "3 h 5 min"),
    (timedelta(days=1, hours=2), "1 day 2 h"), (timedelta(days=9), "9 days 0 h"), (timedelta(seconds=-5), "0 min"),
])
def test_waiting_times_are_said_in_two_units(ago, said):
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert waited((now - ago).isoformat(), now) == said
