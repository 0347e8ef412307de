"""A crisis message gets the numbers whatever else is down: the rows of docs/safety.md that need no process of their own.

Sixty sentences go through the web door of a real app over a real database, with each thing behind it broken in turn. No
worker ever runs here: what is said is said by the door alone.
"""

import ast
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from crisis_sentences import NUMBERS, SENTENCES, carries_all_numbers
from starlette.testclient import TestClient

from bot.errors import StoreDown
from bot.languages import languages
from bot.safeguarding import screen
from bot.second_look import SecondLookClient
from channels.app import create_app

ROOT = Path(__file__).parent.parent.parent
FOREIGN = {
    "pl": "mój syn mówi że chce się zabić", "es": "mi hijo dice que quiere morirse", "ur-Latn": "mera beta kehta hai woh marna chahta hai",
}


@pytest.fixture
def open_door(store, gateway, settings):
    """`open_door(messages_per_minute=…)`: the web door, as a client without a browser."""
    def door(**changes):
        app = create_app(store, gateway, replace(settings, public_url="http://testserver", **{"messages_per_address": 0, **changes}))
        return TestClient(app, client=("127.0.0.1", 50000), raise_server_exceptions=False)

    return door


def new_page(client) -> dict[str, str]:
    """The header that opens a new conversation."""
    return {"Authorization": f"Bearer {client.post('/api/conversations').json()['token']}"}


def send(client, page, text, id="m1"):
    return client.post("/api/messages", json={"id": id, "text": text}, headers=page)


def said_back(client, page) -> str:
    last = client.get("/api/messages", headers=page).json()["messages"][-1]
    return last["text"] if last["author"] != "parent" else ""


def test_there_are_sixty_and_the_screen_knows_each():
    assert len(set(SENTENCES)) == 60
    assert [s for s in SENTENCES if not ((concern := screen(s)) and concern.is_urgent)] == []


# ------------------------------------------------------------------ what stands behind the door is down


def nothing(gateway):
    """Nothing is down."""


def rasa(gateway):
    def refused(*_, **__):
        raise AssertionError("a crisis asks no engine")

    gateway.engine.ask = refused


def actions(gateway):
    """The action server, with the second look in it."""
    def refused(request):
        raise httpx.ConnectError("refused")

    gateway.second_look = SecondLookClient("http://actions")
    gateway.second_look._http = httpx.Client(base_url="http://actions", transport=httpx.MockTransport(refused))


def index(gateway):
    assert not (gateway.settings.home / "index").exists()


@pytest.mark.parametrize("down", [nothing, rasa, actions, index])
def test_the_door_alone_answers(open_door, gateway, down):
    down(gateway)
    client = open_door()
    for sentence in SENTENCES:
        page = new_page(client)
        assert send(client, page, sentence).status_code == 202
        carries_all_numbers(said_back(client, page), sentence)


def test_no_redis_can_be_down_because_none_is_used():
    imported = set()
    for path in [p for part in ("bot", "channels", "actions", "knowledge_base") for p in (ROOT / part).rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {name.name.split(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add((node.module or "").split(".")[0])
    assert "sqlalchemy" in imported and not {"redis", "fakeredis", "aioredis"} & imported


# ------------------------------------------------------------------ the database is down


def away(*_, **__):
    raise StoreDown("The database does not answer.")


def test_the_refusal_of_a_message_carries_the_numbers(open_door, store, monkeypatch):
    client = open_door()
    page = new_page(client)
    monkeypatch.setattr(store.turns, "receive", away)
    for sentence in SENTENCES:
        refused = send(client, page, sentence)
        assert refused.status_code == 503
        carries_all_numbers(refused.json()["crisis"], sentence)


def test_the_refusal_of_a_conversation_carries_the_numbers(open_door, store, monkeypatch):
    client = open_door()
    monkeypatch.setattr(store.conversations, "start", away)
    for sentence in SENTENCES:
        refused = client.post("/api/conversations", json={"text": sentence})
        assert refused.status_code == 503
        carries_all_numbers(refused.json()["crisis"], sentence)


def test_an_ordinary_refusal_does_not_frighten(open_door, store, monkeypatch):
    client = open_door()
    page = new_page(client)
    monkeypatch.setattr(store.turns, "receive", away)
    assert "crisis" not in send(client, page, "can i ask for a plan myself").json()


# ------------------------------------------------------------------ a limit is reached


def test_no_limit_of_a_conversation_holds_up_a_crisis(open_door):
    client = open_door(messages_per_minute=1)
    page = new_page(client)
    assert [send(client, page, "hello", f"h{n}").status_code for n in (1, 2)] == [202, 429]
    for number, sentence in enumerate(SENTENCES):
        assert send(client, page, sentence, f"c{number}").status_code == 202
        assert "999" in said_back(client, page), "the first reply has the whole list, each later one the line"


def test_no_limit_of_an_address_holds_up_a_crisis(open_door):
    client = open_door(messages_per_minute=0, messages_per_address=1)
    page = new_page(client)
    assert send(client, page, "hello").status_code == 429
    for number, sentence in enumerate(SENTENCES):
        assert send(client, page, sentence, f"c{number}").status_code == 202
    assert client.post("/api/conversations", json={"text": "hello"}).status_code == 429
    assert client.post("/api/conversations", json={"text": SENTENCES[0]}).status_code == 201


@pytest.mark.parametrize("code", FOREIGN)
def test_danger_in_another_language_is_held_up_by_no_limit_either(open_door, code):
    client = open_door(messages_per_minute=1)
    page = new_page(client)
    send(client, page, "hello")
    assert send(client, page, FOREIGN[code], "c1").status_code == 202
    assert languages()[code].crisis.strip() in said_back(client, page)


@pytest.mark.parametrize("code", FOREIGN)
def test_the_refusal_of_danger_in_another_language_carries_the_numbers(open_door, store, monkeypatch, code):
    client = open_door()
    page = new_page(client)
    monkeypatch.setattr(store.turns, "receive", away)
    carries_all_numbers(send(client, page, FOREIGN[code]).json().get("crisis", ""), FOREIGN[code])


# ------------------------------------------------------------------ our whole host is away


def test_the_page_that_is_already_open_shows_the_numbers_without_asking_anybody(open_door):
    html = open_door().get("/chat").text
    assert [number for number in NUMBERS if number not in html] == []


def test_the_page_of_an_error_carries_them_too(open_door, store, monkeypatch):
    client = open_door()
    monkeypatch.setattr(store.turns, "receive", away)
    monkeypatch.setattr(store.conversations, "start", away)
    first = client.get("/chat").text
    token = first.split('name="id" value="')[1].split('"')[0]
    refused = client.post("/chat", data={"id": token, "text": SENTENCES[1]}, headers={"Accept": "text/html"})
    assert refused.status_code == 503 and SENTENCES[1] in refused.text.replace("&#39;", "'")
    carries_all_numbers(refused.text, SENTENCES[1])
