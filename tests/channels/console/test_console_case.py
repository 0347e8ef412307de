"""One case: what is shown, what may be done, and what the parent sees of it."""

import html

import pytest

from bot import wording
from bot.conversation import Outcome, Reply, Source

JSON = {"Accept": "application/json"}


@pytest.fixture
def url(family) -> str:
    return f"/console/case/{family.ref}"


@pytest.fixture
def owned(family, store, people):
    """ana has the case."""
    return store.cases.claim(people["ana"], family.ref, wording.ADVISER_JOINED.format(name="Ana Price"))


def test_the_story_shows_who_said_what_on_which_law(browser, url):
    page = html.unescape(browser("ana").get(url).text)
    for words in ("Parent", "Assistant", "You can.", "CFA 2014 s.36(1)", "Children and Families Act 2014", "ehc-request-who",
                  "https://www.legislation.gov.uk/ukpga/2014/6/section/36", "Area: Leeds.", "The parent agreed"):
        assert words in page


def test_a_source_that_is_no_web_address_is_no_link(browser, url, family):
    family.says("x", Outcome("answer", (Reply("y", "entry:z", sources=(Source("S", "A title", "act", "javascript:alert(1)"),)),)))
    page = browser("ana").get(url).text
    assert "A title" in page and "javascript:" not in page


def test_what_a_parent_types_stays_text(browser, url, family):
    family.says("<img src=x onerror=alert(1)>")
    ana = browser("ana")
    for text in (ana.get(url).text, ana.get(f"{url}/live.json").json()["lines"], ana.get("/console").text):
        assert "<img" not in text and "&lt;img" in text


def test_each_opening_leaves_one_audit_row_and_looking_on_leaves_none(browser, url, audited):
    ana = browser("ana")
    ana.get(url)
    ana.get(url)
    for _ in range(5):
        ana.get(f"{url}/live.json")
    ana.get("/console")
    assert audited() == ["viewed", "viewed"]


def test_claiming_tells_the_parent_who(browser, url, family, store):
    assert browser("ana").post(f"{url}/claim").headers["location"] == url
    assert family.lines[-1] == ("system", wording.ADVISER_JOINED.format(name="Ana Price"))
    assert store.conversations.find(family.id).owner == "adviser"


def test_the_second_to_claim_reads_who_was_first(browser, url):
    ana, ben = browser("ana"), browser("ben")
    ana.post(f"{url}/claim")
    late = ben.post(f"{url}/claim")
    assert late.status_code == 409 and "Ana Price claimed this case first." in late.text
    assert ben.post(f"{url}/claim", headers=JSON).json()["error"] == "Ana Price claimed this case first. You can still read it."


def test_only_the_owner_replies(browser, url, owned, family):
    refused = browser("ben").post(f"{url}/reply", data={"reply": "I typed a lot of this"})
    assert refused.status_code == 409 and "I typed a lot of this" in refused.text
    assert browser("ana").post(f"{url}/reply", data={"reply": "Hello,\r\nI am Ana."}).status_code == 303
    assert family.lines[-1] == ("adviser", "Hello,\nI am Ana.")


def test_the_reply_box_is_locked_for_everybody_else(browser, url, owned):
    assert "readonly" not in browser("ana").get(url).text
    assert "readonly" in browser("ben").get(url).text


def test_a_reply_sent_twice_is_said_once(browser, url, owned, family, token_in):
    ana = browser("ana")
    token = token_in(ana.get(url))
    for _ in range(3):
        assert ana.post(f"{url}/reply", data={"reply": "Hello", "token": token}).status_code == 303
    assert family.lines.count(("adviser", "Hello")) == 1
    changed = ana.post(f"{url}/reply", data={"reply": "Hello again", "token": token})
    assert changed.status_code == 409 and "An earlier version" in changed.text and "Hello again" in changed.text
    ana.post(f"{url}/reply", data={"reply": "Hello", "token": token_in(ana.get(url))})
    assert family.lines.count(("adviser", "Hello")) == 2


@pytest.mark.parametrize("words", ["", "   \n ", "x" * 4001])
def test_a_reply_is_neither_empty_nor_endless(browser, url, owned, family, words):
    before = family.lines
    assert browser("ana").post(f"{url}/reply", data={"reply": words}).status_code == 409
    assert family.lines == before


def test_a_note_stays_between_advisers(browser, url, family):
    before, ben = family.lines, browser("ben")
    for _ in range(2):
        ben.post(f"{url}/note", data={"note": "Ring after 3"})
    assert family.lines == before
    assert browser("ana").get(url).text.count("Ring after 3") == 1


def test_passing_back_needs_a_reason_and_frees_the_case(browser, url, owned, family, store, people):
    ana = browser("ana")
    assert "Say why you pass this case back" in ana.post(f"{url}/release", data={"reason": " "}).text
    assert ana.post(f"{url}/release", data={"reason": "My shift ends"}).headers["location"] == "/console"
    assert family.lines[-1] == ("system", wording.ADVISER_RELEASED.format(name="Ana Price"))
    assert store.conversations.find(family.id).owner == "bot"
    assert store.cases.find(people["ben"], family.ref).state == "queued"
    assert "Passed back to the queue: My shift ends" in browser("ben").get(url).text
    assert not any("My shift ends" in text for _, text in family.lines)


@pytest.mark.parametrize("form", [{}, {"outcome": "answered"}, {"ending": "Done"}, {"outcome": "invented", "ending": "Done"}])
def test_closing_needs_a_note_and_an_outcome(browser, url, owned, form):
    assert browser("ana").post(f"{url}/close", data=form).status_code == 409


def test_closing_returns_the_conversation_to_the_assistant(browser, url, owned, family, store, people, audited):
    done = browser("ana").post(f"{url}/close", data={"outcome": "answered", "ending": "Explained the 6 weeks"})
    assert done.headers["location"] == "/console"
    case = store.cases.find(people["ana"], family.ref)
    assert (case.state, case.outcome) == ("closed", "answered")
    assert store.conversations.find(family.id).owner == "bot"
    assert family.lines[-1] == ("system", wording.ADVISER_LEFT.format(name="Ana Price"))
    page = browser("ben").get(url).text
    assert "Closed (Answered the question): Explained the 6 weeks" in page and "Answered the question. The assistant answers." in page
    assert audited()[:2] == ["claimed", "closed"]


def test_a_colleague_takes_over_with_a_reason(browser, url, owned, family, audited):
    ben = browser("ben")
    assert ben.post(f"{url}/take-over", data={"reason": ""}).status_code == 409
    assert ben.post(f"{url}/take-over", data={"reason": "Ana is ill"}).headers["location"] == url
    assert family.lines[-1] == ("system", wording.ADVISER_JOINED.format(name="Ben Okoro"))
    assert ben.post(f"{url}/reply", data={"reply": "Hello"}).status_code == 303
    assert browser("ana").post(f"{url}/reply", data={"reply": "Hello"}).status_code == 409
    assert "Taken over from Ana Price: Ana is ill" in ben.get(url).text
    assert "taken over" in audited()


def test_nothing_is_taken_over_that_nobody_holds(browser, url):
    assert "nothing to take over" in browser("ben").post(f"{url}/take-over", data={"reason": "why not"}).text


def test_an_open_page_learns_what_changed_and_only_that(browser, url, family, store, people):
    ana = browser("ana")
    first = ana.get(f"{url}/live.json").json()
    assert first["standing"] == "queued"
    assert "lines" not in ana.get(f"{url}/live.json?version={first['version']}").json()
    store.cases.claim(people["ben"], family.ref, "joined")
    family.says("are you there")
    after = ana.get(f"{url}/live.json?version={first['version']}").json()
    assert after["standing"] == "theirs" and "are you there" in after["lines"] and after["status"].startswith("Ben Okoro has this case")


def test_what_could_not_be_delivered_is_said_beside_the_message(browser, another, store, people):
    phone = another("please ring me", channel="sms")
    store.outbox.failed(store.outbox.next(), "21610: this number has opted out")
    assert "Not delivered: 21610: this number has opted out" in browser("ana").get(f"/console/case/{phone.ref}").text


def test_scripts_get_a_fresh_token_with_every_answer(browser, url, owned):
    ana = browser("ana")
    sent = ana.post(f"{url}/reply", data={"reply": "One", "token": "t1"}, headers=JSON).json()
    assert sent["said"] == "Sent to the parent." and sent["token"] != "t1"
