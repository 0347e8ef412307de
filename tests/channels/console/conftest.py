"""A console over a small database: two services, two advisers of one, one of the other, and a family that waits."""

import re

import pytest
from argon2 import PasswordHasher
from sqlalchemy import insert, select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.conversation import Inbound, Outcome, Reply, Source
from bot.store.cases import new_ref
from bot.store.schema import audit, service
from channels.console import routes

PASSWORD = "a long enough password"
SOURCE = Source("CFA 2014 s.36(1)", "Children and Families Act 2014", "act", "https://www.legislation.gov.uk/ukpga/2014/6/section/36")


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch) -> None:
    """The cheapest argon2: the price of a real check is paid in tests/bot/store."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr("bot.store.advisers.hasher", cheap)
    monkeypatch.setattr("bot.store.advisers.NOBODY", cheap.hash("nobody has this password"))


@pytest.fixture
def app(store, settings) -> Starlette:
    """The console alone, without the guards that the whole app puts in front."""
    app = Starlette(routes=routes())
    app.state.store, app.state.settings = store, settings
    return app


@pytest.fixture
def people(store):
    """ana and ben of the default service, cat of another."""
    with store.db.write() as tx:
        tx.execute(insert(service).values(id="elsewhere", name="Another service"))
    return {
        "ana": store.advisers.add("ana", "Ana Price", PASSWORD), "ben": store.advisers.add("ben", "Ben Okoro", PASSWORD),
        "cat": store.advisers.add("cat", "Cat Elsewhere", PASSWORD, service="elsewhere"),
    }


@pytest.fixture
def browser(app, people):
    """`browser("ana")`: a browser in which this adviser is signed in; `browser()`: one without a session."""

    def open_browser(username: str | None = None) -> TestClient:
        client = TestClient(app, follow_redirects=False)
        if username:
            answer = client.post("/console/sign-in", data={"username": username, "password": PASSWORD})
            assert answer.status_code == 303, answer.text
        return client

    return open_browser


class Family:
    """A parent's conversation that ends in a case, without Rasa."""

    def __init__(self, store, words: str, risk: int = 1, channel: str = "web", topic: str | None = None, service: str = "default"):
        self.store, self.channel = store, channel
        self.id = store.conversations.start(service, channel).id
        self.count, self.ref = 0, new_ref()
        self.says("who can ask for a plan", Outcome("answer", (Reply("You can.", "entry:ehc-request-who", "The detail.", (SOURCE,)),)))
        wish = {"kind": "handoff", "ref": self.ref, "risk": risk, "reason": "asked for a person", "summary": "Area: Leeds.",
                "topic": topic, "consent": True}
        self.says(words, Outcome("handoff", (Reply("You are in the queue.", "wording:case-opened"),), do=(wish,)))

    def says(self, text: str, outcome: Outcome = Outcome("relay")) -> None:  # noqa: B008 - frozen
        self.count += 1
        self.store.turns.receive(Inbound(self.id, self.channel, f"m{self.count}", text), None)
        self.store.turns.finish(self.store.turns.claim("test", only=self.id), outcome, 1)

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What the parent's own page shows."""
        return [(m.author, m.text) for m in self.store.conversations.transcript(self.id)]


@pytest.fixture
def family(store, people) -> Family:
    return Family(store, "please can I talk to somebody")


@pytest.fixture
def another(store, people):
    return lambda words, **more: Family(store, words, **more)


@pytest.fixture
def audited(store):
    """What the audit log says, oldest first."""

    def read() -> list[str]:
        with store.db.read() as tx:
            return list(tx.execute(select(audit.c.what).order_by(audit.c.id)).scalars())

    return read


@pytest.fixture
def token_in():
    """The hidden token of the reply form on a page."""
    return lambda page: re.search(r'name="token" value="([^"]+)"', page.text)[1]
