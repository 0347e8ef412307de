"""The first conversation, whole: a parent in one browser window, an adviser in another, the real Rasa and search between them."""

import re

import pytest
from playing import Served
from playwright.sync_api import expect

from bot.engine import Engine

pytestmark = [pytest.mark.browser, pytest.mark.engine]

PASSWORD = "a long enough password"


@pytest.fixture
def served(tmp_path, brain):
    """A Sendline with the real Rasa and one adviser; the `new_tab` of this folder opens its pages."""
    running = Served(tmp_path, engine=Engine(brain.engine_url), messages_per_minute="0", messages_per_address="0")
    running.store.advisers.add("amina", "Amina Yusuf", PASSWORD)
    yield running
    running.stop()


def says(parent, text: str) -> None:
    parent.locator("textarea").fill(text)
    parent.locator("textarea").press("Enter")


def test_ask_read_the_sources_ask_for_a_person_be_answered_and_given_back(new_tab, served):
    parent = new_tab("/chat")
    log = parent.get_by_role("log")
    says(parent, "skool keep ringing me to fetch him home, no letter or nothing, is that allowed")
    expect(log).to_contain_text("MUST (law)", timeout=15000)
    parent.get_by_text("What the law says").last.click()
    expect(log.get_by_role("link", name=re.compile("Education Act 2002")).first).to_be_visible()

    parent.get_by_role("button", name="Talk to a person").last.click()
    expect(log).to_contain_text("Shall I pass it on?")
    parent.get_by_role("button", name="Yes, pass it on").click()
    expect(log).to_contain_text(re.compile(r"Your reference is SL-\w{6}"))

    adviser = new_tab("/console/sign-in", viewport={"width": 1280, "height": 720})
    adviser.fill("#username", "amina")
    adviser.fill("#password", PASSWORD)
    adviser.click("button")
    adviser.wait_for_url("**/console")
    adviser.locator("a[href*='/console/case/']").first.click()
    expect(adviser.get_by_text("skool keep ringing me").first).to_be_visible()
    adviser.get_by_role("button", name=re.compile("Claim")).click()
    expect(log).to_contain_text("Amina Yusuf, an adviser, has joined", timeout=10000)

    adviser.get_by_label("Reply to the parent").fill("I have read your story. Has the school written to you?")
    adviser.get_by_role("button", name="Send reply").click()
    expect(log).to_contain_text("Has the school written to you?", timeout=10000)
    says(parent, "no nothing at all, what is the law")
    expect(adviser.get_by_text("no nothing at all, what is the law").first).to_be_visible(timeout=10000)
    amina = served.store.advisers.list()[0]
    case = served.store.desk.queue(amina)[0].case
    authors = [m.author for m in served.store.conversations.transcript(case.conversation)]
    assert authors[authors.index("system"):].count("bot") == 0, "the bot spoke while a person owned the conversation"

    adviser.get_by_text("Close", exact=True).first.click()
    adviser.locator("#outcome").select_option(index=1)
    adviser.locator("#ending").fill("Explained the law on being sent home.")
    adviser.get_by_role("button", name="Close the case").click()
    expect(log).to_contain_text("You are talking to the assistant again", timeout=10000)

    says(parent, "how long does an EHC assessment take")
    expect(log).to_contain_text("20 weeks", timeout=15000)
    parent.reload()
    expect(parent.get_by_role("log").get_by_text("Has the school written to you?")).to_have_count(1)
