"""The web door: what it keeps, what it says back, and what it refuses, each with a sentence."""

import json

import pytest

from bot import wording
from bot.errors import StoreDown
from channels import web
from channels.base import Channel

URGENT = "my son says he wants to kill himself"


def test_web_is_a_channel():
    assert isinstance(web, Channel)


def test_a_question_is_kept_then_answered_with_everything_a_page_shows(page, fake_engine, reply):
    fake_engine.will_say(reply("Yes.", more="**Why.** <script>", cites=["CFA 2014 s.36(1)"], buttons=[{"label": "How", "do": "ask:how"}],
                               duties=[{"who": "school", "strength": "must", "what": "help", "cites": []}]))
    answer = page.send("can I ask myself?")
    assert (answer.status_code, answer.json()) == (202, {"seq": 1})
    page.answer()
    mine, reply_ = page.lines()
    assert (mine["author"], mine["text"], mine["id"]) == ("parent", "can I ask myself?", "m1")
    assert (reply_["author"], reply_["text"], reply_["seq"]) == ("bot", "Yes.", 2)
    assert reply_["more_html"] == "<p><strong>Why.</strong> &lt;script&gt;</p>\n"
    assert reply_["sources"][0]["url"].startswith("https://www.legislation.gov.uk/") and reply_["sources"][0]["means"].startswith("law")
    assert reply_["duties"][0]["strength"] == "must" and reply_["buttons"] == [{"label": "How", "do": "ask:how"}]


def test_the_same_id_again_is_the_same_message(page):
    assert page.send("hello", id="one").json() == page.send("hello", id="one").json() == {"seq": 1}
    page.answer()
    assert [line["author"] for line in page.lines()] == ["parent", "bot"]


def test_a_button_says_its_own_label_and_a_strange_one_is_refused(page, fake_engine, reply):
    fake_engine.will_say(reply(buttons=[{"label": "How do I ask?", "do": "ask:how"}]))
    page.send("hello")
    page.answer()
    assert page.send(button="ask:how").status_code == 202
    assert page.send(button="person").status_code == 202
    assert [line["text"] for line in page.lines() if line["author"] == "parent"] == ["hello", "How do I ask?", "Talk to a person"]
    strange = page.send(button="area:E06000001")
    assert (strange.status_code, strange.json()["error"]) == (422, wording.NO_SUCH_BUTTON)


def test_a_token_opens_its_own_conversation_and_no_other(new_page, store):
    one, other = new_page(), new_page()
    one.send("the secret of one")
    assert other.lines() == []
    for token in ("", "x", one.token[:-1], one.token + "x", web.hash_of(one.token)):
        forged = one.client.get("/api/messages", headers={"Authorization": f"Bearer {token}"})
        assert (forged.status_code, forged.json()["error"]) == (401, wording.NO_SUCH_CONVERSATION)
        assert one.client.get("/api/events", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_only_the_hash_of_a_token_is_stored(page, settings):
    stored = b"".join(path.read_bytes() for path in settings.home.glob("sendline.db*"))
    assert page.token.encode() not in stored and web.hash_of(page.token).encode() in stored


@pytest.mark.parametrize("body", ["", "[]", "nonsense", '{"id": 1, "text": "x"}', '{"id": "a b", "text": "x"}', '{"id": "a", "text": 5}',
                                  '{"id": "a", "button": {"x": 1}}', "[" * 60_000, b'{"id": "a", "text": "\xff"}'])
def test_what_no_page_of_ours_sends_gets_a_sentence(page, body):
    answer = page.client.post("/api/messages", content=body, headers=page.headers)
    assert answer.status_code == 400 and answer.json()["error"] == wording.NOT_UNDERSTOOD
    assert page.lines() == []


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "\n\n"])
def test_an_empty_message_is_asked_for(page, text):
    assert page.send(text).json()["error"] == wording.NOTHING_WRITTEN


def test_awkward_text_is_kept_and_shown_alike(page):
    body = json.dumps({"id": "a", "text": "caf\u0065\u0301 \x00 \ud800 <b>&amp; /restart"})
    assert page.client.post("/api/messages", content=body, headers=page.headers).status_code == 202
    assert page.lines()[0]["text"] == "caf\u00e9    <b>&amp; /restart"


def test_a_message_that_is_too_long_is_refused_unless_it_may_mean_danger(page):
    assert page.send("why " * 1200).json() == {"error": wording.TOO_LONG}
    assert page.send(f"{URGENT} " + "why " * 1200).status_code == 202


def test_a_body_over_64_kib_is_refused(page):
    answer = page.send("x" * 70_000)
    assert (answer.status_code, answer.json()["error"]) == (413, wording.TOO_LONG)


def test_too_many_messages_get_a_kind_sentence_but_a_crisis_never(page):
    for _ in range(15):
        assert page.send("hello").status_code == 202
    refused = page.send("hello")
    assert (refused.status_code, refused.json()) == (429, {"error": wording.TOO_FAST})
    assert page.send(URGENT).status_code == 202
    assert "999" in page.lines()[-1]["text"]


def test_one_address_cannot_keep_the_others_waiting(new_page):
    pages = [new_page() for _ in range(5)]  # each start counts as one
    codes = [page.send("hello").status_code for page in pages for _ in range(12)]
    assert codes.count(202) == 55 and codes.count(429) == 5


def test_a_forwarded_header_changes_nothing(client):
    codes = [client.post("/api/conversations", headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code for n in range(61)]
    assert codes.count(201) == 60 and codes[-1] == 429


def test_a_crisis_is_answered_at_the_door(page):
    page.send(URGENT)
    answer = page.lines()[-1]
    assert answer["urgent"] and "116 123" in answer["text"]
    links = {piece["href"] for block in answer["blocks"] for line in block["lines"] for piece in line if "href" in piece}
    assert {"tel:999", "tel:116123", "tel:08001111", "sms:85258?body=SHOUT"} <= links


def test_when_the_database_is_away_nothing_is_said_to_be_kept(page, store, monkeypatch):
    def away(*_):
        raise StoreDown("away")

    monkeypatch.setattr(store.conversations, "find_by_token", away)
    monkeypatch.setattr(store.conversations, "start", away)
    plain, urgent = page.send("hello"), page.send(URGENT)
    assert (plain.status_code, plain.json()) == (503, {"error": wording.NOT_KEPT})
    assert (urgent.status_code, urgent.json()) == (503, {"error": wording.NOT_KEPT, "crisis": wording.CRISIS_ANYWAY})
    assert page.client.post("/api/conversations", json={"text": URGENT}).json()["crisis"] == wording.CRISIS_ANYWAY


def test_a_bug_gets_a_sentence_and_a_crisis_its_numbers(page, gateway, monkeypatch):
    monkeypatch.setattr(gateway, "receive", lambda inbound: 1 / 0)
    plain, urgent = page.send("hello"), page.send(URGENT)
    assert (plain.status_code, plain.json()) == (500, {"error": wording.BROKEN})
    assert urgent.json()["crisis"] == wording.CRISIS_ANYWAY and urgent.headers["content-security-policy"]
