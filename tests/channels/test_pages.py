"""The parent's pages as a browser without JavaScript gets them."""

import re

import pytest

from bot import wording
from channels.widget import VERSION, pages

HTML = {"Accept": "text/html"}


@pytest.fixture
def patient(monkeypatch):
    monkeypatch.setattr(pages, "PATIENCE", 0)


def form_id(html: str) -> str:
    return re.search(r'name="id" value="(\w+)"', html)[1]


def test_the_page_itself_says_who_it_is_and_carries_the_numbers(client):
    html = client.get("/chat").text
    assert "a computer program, not a person" in html and "Talk to a person" in html and "Leave this page quickly" in html
    for link in ("tel:999", "tel:111", "tel:116123", "sms:85258?body=SHOUT", "tel:08001111"):
        assert f'href="{link}"' in html
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|\sstyle=|<style", html)


def test_a_form_without_javascript(client, page, patient):
    first = client.get("/chat")
    sent = client.post("/chat", data={"id": form_id(first.text), "text": "can <b>I</b> ask?"}, headers=HTML, follow_redirects=False)
    assert (sent.status_code, sent.headers["location"]) == (303, "/chat#latest")
    assert re.search(r"httponly", sent.headers["set-cookie"], re.I) and "samesite=lax" in sent.headers["set-cookie"].lower()
    assert "Your message is kept" in client.get("/chat").text
    page.answer()
    html = client.get("/chat").text
    assert "can &lt;b&gt;I&lt;/b&gt; ask?" in html and "The checked answer." in html


def test_sending_the_same_form_twice_doubles_nothing(client, page, patient):
    data = {"id": form_id(client.get("/chat").text), "text": "only once"}
    client.post("/chat", data=data)
    client.post("/chat", data=data)
    assert client.get("/chat").text.count("only once") == 1


def test_start_again_forgets_the_cookie(client, patient):
    client.post("/chat", data={"id": "a", "text": "a private thing"})
    assert "a private thing" in client.get("/chat").text
    client.post("/chat/forget")
    assert "a private thing" not in client.get("/chat").text


def test_a_form_that_fails_comes_back_with_its_words_and_the_numbers(client, gateway, monkeypatch):
    monkeypatch.setattr(gateway, "receive", lambda inbound: 1 / 0)
    html = client.post("/chat", data={"id": "a", "text": "she wants to die"}, headers=HTML).text
    assert wording.BROKEN in html and "she wants to die</textarea>" in html and "Call Samaritans" in html


def test_the_embedded_page_never_shows_what_the_cookie_opens(client, patient):
    client.post("/chat", data={"id": "a", "text": "a private thing"})
    assert "a private thing" not in client.get("/chat?embed=1").text


def test_the_widget_is_small_exact_and_loads_nothing_else(client):
    answer = client.get(f"/widget/{VERSION}/widget.js")
    assert "immutable" in answer.headers["cache-control"] and answer.headers["access-control-allow-origin"] == "*"
    assert len(answer.content) <= 40 * 1024
    assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg)", answer.text)
    for version in ("latest", "0.0.9"):
        assert client.get(f"/widget/{version}/widget.js").status_code == 404
    demo = client.get("/demo").text
    assert f'src="/widget/{VERSION}/widget.js" integrity="{pages.integrity()}"' in demo


def test_crisis_links_say_what_the_service_keeps():
    said = " ".join(link["text"] for link in pages.crisis_links())
    assert all(line.number in said for line in wording.CRISIS_NUMBERS)
