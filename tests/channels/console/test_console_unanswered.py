"""The unanswered questions of one's own service, on a page and as a spreadsheet that runs nothing."""

import csv
import io

import pytest

from bot.conversation import Inbound, Outcome, Reply
from bot.unanswered_groups import Group
from channels.console import unanswered
from channels.console.unanswered import inert


@pytest.fixture(autouse=True)
def one_group_each(monkeypatch):
    """Grouping needs the model and has its own tests: here each question is a group."""
    monkeypatch.setattr(unanswered, "group", lambda questions: [
        Group(q.text, 1, (q.text,), {q.reason: 1}, q.topic, q.at, q.at) for q in questions])


@pytest.fixture
def ask(store, people):
    """A question that found no answer."""

    def asked(text: str, service: str = "default") -> None:
        talk = store.conversations.start(service, "web")
        store.turns.receive(Inbound(talk.id, "web", "m1", text), None)
        none = Reply("I could not find this.", "wording:not-found")
        found = Outcome("unanswered", (none,), topic="benefits", unanswered="below threshold")
        store.turns.finish(store.turns.claim("test", only=talk.id), found, 1)

    return asked


def test_a_group_shows_its_size_topic_reason_and_words(browser, ask):
    ask("can we get a blue badge <b>now</b>")
    page = browser("ana").get("/console/unanswered").text
    for words in ("blue badge &lt;b&gt;now&lt;/b&gt;", "1 question", "Benefits and money", "No answer close enough: 1"):
        assert words in page


def test_nothing_unanswered(browser):
    assert "every question found an answer" in browser("ana").get("/console/unanswered?days=7").text


def test_another_services_questions_are_not_there(browser, ask):
    ask("a question from elsewhere", service="elsewhere")
    assert "from elsewhere" not in browser("ana").get("/console/unanswered").text
    assert "from elsewhere" not in browser("ana").get("/console/unanswered.csv").text
    assert "from elsewhere" in browser("cat").get("/console/unanswered").text


def test_the_spreadsheet(browser, ask):
    ask("=1+1 and a ëuro €")
    answer = browser("ana").get("/console/unanswered.csv?days=30")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="sendline-unanswered-2026-11-23.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0]["questions"] == "1" and rows[0]["group"] == "'=1+1 and a ëuro €" and rows[0]["topic"] == "Benefits and money"


@pytest.mark.parametrize("cell", [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "\n=1", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0", "-2+3+cmd",
    "@import", "+44 7", "=IMPORTXML(1)", "  @x", "\n\n+1", "=", "+", "-", "@",
])
def test_no_cell_is_a_formula(cell):
    assert inert(cell).startswith("'")


def test_plain_words_stay_as_they_are():
    assert inert("what is a SENCO = who?") == "what is a SENCO = who?"
