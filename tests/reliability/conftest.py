"""The processes that these tests start and kill. Those of `brain` serve other tests too, so they are only looked at."""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from played import Gate, PlayedRasa
from running import Running

from bot.processes import Processes, answers, free_port


@pytest.fixture
def rasa() -> Iterator[PlayedRasa]:
    """A Rasa that the test plays."""
    played = PlayedRasa()
    yield played
    played.close()


@pytest.fixture
def running(rasa, tmp_path) -> Iterator[Running]:
    """A Sendline without any process yet, over a SQLite file of the test's own."""
    one = Running(tmp_path / "home", rasa.address)
    yield one
    one.close()


class OwnRasa:
    """A real Rasa that may be killed; its actions are those of `brain`, behind a gate; what it asks for is written down."""

    def __init__(self, brain, home: Path):
        home.mkdir()
        (home / "model").symlink_to(brain.home / "model")
        self.gate, self.asked = Gate(brain.actions_port), home / "asked"
        self.asked.touch()
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        audited = {"PYTHONPATH": str(Path(__file__).parent / "audited"), "ADDRESSES_ASKED": str(self.asked)}
        self.processes = Processes(replace(brain, home=home, engine_port=port, actions_port=self.gate.port), audited)

    def start(self) -> None:
        self.processes.start_engine()
        self.processes.wait("engine", lambda: answers(f"{self.url}/"))

    @property
    def pid(self) -> int:
        return self.processes.running["engine"].pid

    def kill(self) -> None:
        os.killpg(self.pid, signal.SIGKILL)
        self.processes.running["engine"].wait()


@pytest.fixture(scope="session")
def own_rasa(brain, tmp_path_factory) -> Iterator[OwnRasa]:
    """Started once for all tests of this folder; whoever kills it starts it again."""
    own = OwnRasa(brain, tmp_path_factory.mktemp("own") / "home")
    try:
        own.start()
        yield own
    finally:
        own.processes.stop()
        own.gate.close()


@pytest.fixture
def real(own_rasa, tmp_path) -> Iterator[Running]:
    """A Sendline that speaks to the real Rasa."""
    one = Running(tmp_path / "home", own_rasa.url, actions_port=own_rasa.gate.port)
    yield one
    one.close()
