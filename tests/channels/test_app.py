"""What the app does around its doors: health, figures, headers, and the one mapping of errors."""

import pytest
from starlette.testclient import TestClient

from bot import wording
from channels import security
from channels.app import routes


def test_alive_and_ready(client, fake_engine, monkeypatch):
    assert client.get("/health/live").text == "ok\n"
    monkeypatch.setattr(fake_engine, "is_up", lambda: True)
    assert (client.get("/health/ready").status_code, client.get("/health/ready").json()) == (200, {"database": True, "engine": True})
    monkeypatch.setattr(fake_engine, "is_up", lambda: False)
    assert client.get("/health/ready").status_code == 503


def test_figures_for_this_machine_only(app, client, page):
    page.send("hello")
    text = client.get("/metrics").text
    assert "sendline_turns_waiting 1.0" in text
    page.answer()
    assert "sendline_turns_answer_total 1.0" in client.get("/metrics").text
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404
    assert TestClient(app, client=("10.0.0.9", 1)).get("/metrics").status_code == 404


@pytest.mark.parametrize("path", ["/chat", "/demo", "/accessibility", "/health/live", "/nowhere", "/api/messages", "/static/chat/chat.js"])
def test_every_answer_says_no_to_what_it_does_not_need(client, path):
    headers = client.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'self'; base-uri 'none'")
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"
    assert ("frame-ancestors 'self'" if path == "/chat" else "frame-ancestors 'none'") in headers["content-security-policy"]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1@evil.example", "testserver.evil.example", ""])
def test_a_strange_host_is_refused(client, host):
    assert client.get("/chat", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("headers, code", [
    ({"Sec-Fetch-Site": "same-origin"}, 201), ({"Sec-Fetch-Site": "none"}, 201), ({}, 201), ({"Origin": "http://testserver"}, 201),
    ({"Sec-Fetch-Site": "cross-site"}, 403), ({"Sec-Fetch-Site": "same-site"}, 403), ({"Origin": "https://evil.example"}, 403),
    ({"Origin": "null"}, 403),
])
def test_a_write_from_another_website_is_refused(client, headers, code):
    assert client.post("/api/conversations", headers=headers).status_code == code


def test_every_write_of_every_door_is_guarded(client):
    known = [(method, route.path) for route in routes() for method in getattr(route, "methods", None) or ()]
    writes = [(method, path) for method, path in known if method not in security.SAFE_METHODS]
    assert ("POST", "/chat") in writes
    for method, path in writes:
        refused = client.request(method, path.replace("{ref}", "SL-1"), headers={"Sec-Fetch-Site": "cross-site"})
        assert (refused.status_code, refused.json()) == (403, {"error": wording.NOT_FROM_HERE}), path


def test_a_person_gets_a_page_and_a_program_json(client):
    assert client.get("/nowhere").json() == {"error": wording.NO_SUCH_PAGE}
    page = client.get("/nowhere", headers={"Accept": "text/html"})
    assert page.status_code == 404 and wording.NO_SUCH_PAGE in page.text and "tel:116123" in page.text


def test_nothing_is_decompressed(client):
    """A zip bomb stays as small as it came: the body is taken as it is, and is no JSON."""
    assert client.post("/api/messages", content=b"\x1f\x8b" + b"\0" * 50, headers={"Content-Encoding": "gzip"}).status_code == 400
