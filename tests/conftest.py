"""What every test may use: a frozen day, a small database, a Rasa that a test plays, and (marked `engine`) a real one.

A test says what it needs by its marker. Without one it opens no socket at all; with one, only to this machine.
"""

import io
import ipaddress
import json
import os
import socket
import sys
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from argon2 import PasswordHasher

from bot import __main__ as command_line
from bot.conversation import Conversation, Inbound
from bot.engine import Engine
from bot.errors import SetupError
from bot.gateway import Gateway
from bot.second_look import SecondLookClient
from bot.settings import Settings, new_id, read_settings
from bot.store import Store, advisers, open_store

TODAY = "2026-11-23"
ROOT = Path(__file__).parent.parent
NETWORK = {"engine", "browser", "postgres", "model", "soak"}


class NoNetwork(RuntimeError):
    """A test reached for the network without saying so."""


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def no_network(request, monkeypatch) -> None:
    """Unmarked tests open no socket; marked ones speak to this machine only."""
    if NETWORK & {mark.name for mark in request.node.iter_markers()}:

        def guard(name: str) -> None:
            original = getattr(socket.socket, name)

            def guarded(self, address, *rest):
                if self.family != socket.AF_UNIX and not _is_loopback(address[0]):
                    raise NoNetwork(f"This test reached for {address[0]}: only this machine is allowed.")
                return original(self, address, *rest)

            monkeypatch.setattr(socket.socket, name, guarded)

        for name in ("connect", "connect_ex", "bind"):
            guard(name)
        return
    opened = socket.socket.__init__

    def refuse(self, family=-1, type=-1, proto=-1, fileno=None):
        if fileno is None and family != socket.AF_UNIX:
            raise NoNetwork("A test without a marker opened a socket. Hand it a transport, or mark it 'engine'.")
        opened(self, family, type, proto, fileno)

    monkeypatch.setattr(socket.socket, "__init__", refuse)


@pytest.fixture(autouse=True)
def own_environment(monkeypatch) -> None:
    """No setting of the person who runs the tests leaks into one; the day is frozen."""
    for name in [n for n in os.environ if n.startswith("SENDLINE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SENDLINE_TODAY", TODAY)


# ------------------------------------------------------------------ a small Sendline of one's own


@pytest.fixture
def settings(tmp_path) -> Settings:
    """The defaults, at home in a folder of the test's own, on a frozen day."""
    return read_settings({"SENDLINE_HOME": str(tmp_path / "home"), "SENDLINE_TODAY": TODAY})


@pytest.fixture
def store(settings) -> Iterator[Store]:
    """A migrated SQLite database in a folder of the test's own."""
    opened = open_store(settings.database)
    yield opened
    opened.db.engine.dispose()


class FakeEngine(Engine):
    """The real Engine, with a queue in Rasa's place: `will_say` what comes next, `asked` is what was sent."""

    def __init__(self) -> None:
        self.asked: list[dict] = []
        self.queue: deque = deque()
        super().__init__("http://rasa", httpx.MockTransport(self._rasa))

    def will_say(self, *said: dict | Exception | httpx.Response) -> None:
        """Queue one answer of Rasa's: replies of ours, an HTTP response, or the error that connecting gives."""
        self.queue.append(said[0] if said and not isinstance(said[0], dict) else [{"custom": one} for one in said])

    def _rasa(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(json.loads(request.content))
        said = self.queue.popleft() if self.queue else [{"custom": a_reply()}]
        if isinstance(said, Exception):
            raise said
        return said if isinstance(said, httpx.Response) else httpx.Response(200, json=said)


def a_reply(text: str = "The checked answer.", route: str = "answer", origin: str = "entry:ehc-request-who", **more) -> dict:
    """One reply as an action says it."""
    return {"route": route, "origin": origin, "text": text, **more}


@pytest.fixture
def reply() -> Callable[..., dict]:
    """`reply(text, route=…, cites=…)`: one reply as an action says it."""
    return a_reply


@pytest.fixture
def engine_that() -> Callable[[Callable[[httpx.Request], httpx.Response]], Engine]:
    """An Engine for whom a plain function plays Rasa."""
    return lambda plays_rasa: Engine("http://rasa", httpx.MockTransport(plays_rasa))


@pytest.fixture
def fake_engine() -> FakeEngine:
    """The Engine that `gateway` uses. Left alone, Rasa gives an answer to everything."""
    return FakeEngine()


@pytest.fixture
def gateway(store, fake_engine, settings) -> Gateway:
    """The whole path of a message, with the test in Rasa's place."""
    return Gateway(store, fake_engine, settings)


class Talk:
    """One parent writing: `says` sends a message the whole way and gives its outcome."""

    def __init__(self, gateway: Gateway, channel: str = "web", service: str = "default"):
        self.gateway, self.id = gateway, gateway.store.conversations.start(service, channel).id
        self.channel = channel

    @property
    def now(self) -> Conversation:
        return self.gateway.store.conversations.find(self.id)

    @property
    def lines(self) -> list:
        return self.gateway.store.conversations.transcript(self.id)

    def writes(self, text: str = "", button: str | None = None, external_id: str | None = None) -> int:
        """Send, without anybody handling it yet; gives its seq."""
        return self.gateway.receive(Inbound(self.id, self.channel, external_id or new_id(), text, button))[0]

    def says(self, text: str = "", button: str | None = None) -> dict:
        """Send and have it handled. Gives the finished turn, with `texts` and `buttons` of everything said back."""
        before = self.writes(text, button)
        while turn := self.gateway.store.turns.claim("test", only=self.id):
            self.gateway.run_turn(turn)
        said = [m for m in self.lines if m.seq > before]
        return {
            **self.gateway.store.turns.last(self.id), "texts": [m.text for m in said], "text": "\n\n".join(m.text for m in said),
            "origins": [m.payload.get("origin") for m in said],
            "cites": [s["cite"] for m in said for s in m.payload.get("sources", ())],
            "buttons": [b["do"] for m in said for b in m.payload.get("buttons", ())],
        }

    def taps(self, button: str) -> dict:
        return self.says(button, button)

    def case(self):
        """The open case of this conversation, if any."""
        return self.gateway.store.cases.of_conversation(self.id)


@pytest.fixture
def talk(gateway) -> Talk:
    """A parent on the web, talking to `gateway`."""
    return Talk(gateway)


@pytest.fixture
def talk_to() -> type[Talk]:
    """`talk_to(gateway, channel=…)`: another parent."""
    return Talk


@pytest.fixture
def quick_hashes(monkeypatch) -> None:
    """Argon2 as always, with parameters that a test can wait for."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(advisers, "hasher", quick)
    monkeypatch.setattr(advisers, "NOBODY", quick.hash("nobody has this password"))


@pytest.fixture
def adviser(store, quick_hashes):
    """An adviser of the default service."""
    return store.advisers.add("amina", "Amina Yusuf", "a long enough password")


# ------------------------------------------------------------------ the real thing, started once


@pytest.fixture(scope="session")
def brain() -> Iterator[Settings]:
    """Rasa and the action server, started once for the whole run; gives the settings that reach them."""
    from bot.processes import Processes, free_port
    from bot.training import RASA, trusted_model
    from knowledge_base.index import IndexDamaged, current, verify

    home = read_settings({"SENDLINE_HOME": str(ROOT / "var"), "SENDLINE_TODAY": TODAY})
    try:
        trusted_model(home.home)
        verify(current(home.home / "index"))
    except (SetupError, IndexDamaged) as error:
        pytest.skip(f"{error} (make train)")
    if not RASA.exists():
        pytest.skip("Rasa is not installed: run make setup")
    ports = {"engine_port": free_port(), "actions_port": free_port()}
    running = replace(home, **ports, engine_url=f"http://127.0.0.1:{ports['engine_port']}")
    processes = Processes(running)
    try:
        processes.start_brain()
        yield running
    finally:
        processes.stop()


@pytest.fixture
def live_gateway(brain, store, tmp_path) -> Gateway:
    """The whole path of a message with the real Rasa and the real search, over a database of the test's own."""
    settings = replace(brain, home=tmp_path, database=store.db.url)
    return Gateway(store, Engine(brain.engine_url), settings, SecondLookClient(brain.actions_url))


@pytest.fixture
def parent(live_gateway) -> Talk:
    """A parent on the web, talking to the real thing."""
    return Talk(live_gateway)


# Tests that may be skipped in CI, each with the reason. Nothing else may.
MAY_SKIP: dict[str, str] = {}


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus):
    """In CI a skipped test is a failure: what it needs is installed there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = [r.nodeid for r in reporter.stats.get("skipped", []) if r.nodeid not in MAY_SKIP] if reporter else []
    if os.environ.get("CI") and skipped and exitstatus == 0:
        reporter.write_line(f"skipped in CI, so failed: {', '.join(skipped)}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def sendline(monkeypatch, settings, capsys, quick_hashes):
    """`sendline("kb", "check")`: run a command in a home of the test's own; gives (exit code, out, err)."""
    monkeypatch.setenv("SENDLINE_HOME", str(settings.home))
    monkeypatch.setenv("COLUMNS", "300")

    def run(*words, typed=""):
        monkeypatch.setattr(sys, "argv", ["sendline", *words])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        code = 0
        try:
            command_line.main()
        except SystemExit as ended:
            code = ended.code or 0
        out, err = capsys.readouterr()
        return code, out, err

    return run
