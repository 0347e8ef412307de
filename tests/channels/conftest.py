"""A page's view of the app: a client without a browser, and the worker's part done by hand."""

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from channels.app import create_app


class Page:
    """One open page: `send`, then `answer` for what the worker does, then `lines`."""

    def __init__(self, client: TestClient, gateway):
        self.client, self.gateway = client, gateway
        self.token = client.post("/api/conversations").json()["token"]
        self.sent = 0

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def send(self, text: str = "", button: str | None = None, id: str | None = None):
        self.sent += 1
        body = {"id": id or f"m{self.sent}"} | ({"button": button} if button else {"text": text})
        return self.client.post("/api/messages", json=body, headers=self.headers)

    def answer(self) -> None:
        while turn := self.gateway.store.turns.claim("test"):
            self.gateway.run_turn(turn)

    def lines(self, after: int = 0) -> list[dict]:
        return self.client.get(f"/api/messages?after={after}", headers=self.headers).json()["messages"]


@pytest.fixture
def app(store, gateway, settings):
    return create_app(store, gateway, replace(settings, public_url="http://testserver"))


@pytest.fixture
def client(app) -> TestClient:
    return TestClient(app, client=("127.0.0.1", 50000), raise_server_exceptions=False)


@pytest.fixture
def new_page(client, gateway):
    """`new_page()`: another parent's page."""
    return lambda: Page(client, gateway)


@pytest.fixture
def page(new_page) -> Page:
    return new_page()
