"""The processes of a running Sendline: started together, waited for, ended together."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bot.errors import SetupError
from bot.settings import Settings
from bot.training import QUIET, RASA, ROOT, trusted_model

READY = 90  # seconds that a process has to come up


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def check_port(host: str, port: int, setting: str) -> None:
    """Raises SetupError when somebody already listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise SetupError(
                f"Port {port} is in use. Stop what uses it, or choose another: SENDLINE_{setting.upper()}={port + 1} make run") from None


@dataclass
class Processes:
    """Child processes, each with its log file in <home>/logs."""

    settings: Settings
    extra: dict[str, str] = field(default_factory=dict)  # more environment, for tests and the benchmark
    running: dict[str, subprocess.Popen] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """What every child gets: loopback only, no telemetry, no hub, the settings."""
        return {
            **os.environ, **QUIET, "SANIC_HOST": "127.0.0.1", "SANIC_WORKERS": "1", "TICKET_LOCK_LIFETIME": "60",
            "SENDLINE_HOME": str(self.settings.home), "SENDLINE_DATABASE": self.settings.database,
            "SENDLINE_ENGINE_PORT": str(self.settings.engine_port), "SENDLINE_ACTIONS_PORT": str(self.settings.actions_port),
            "SENDLINE_PORT": str(self.settings.port),
            # one thread for one sentence: two wait for each other, and for the processes beside them
            "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "1"), **self.extra,
        }

    def start(self, name: str, command: list[str | Path]) -> None:
        """Start one child; its output goes to its log."""
        logs = self.settings.home / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        with (logs / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [str(c) for c in command], cwd=ROOT, env=self.environment(), stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                start_new_session=True)

    def start_actions(self) -> None:
        self.start("actions", [sys.executable, "-m", "actions.server", "--port", str(self.settings.actions_port)])

    def start_engine(self) -> None:
        """Rasa, on loopback, with the model whose checksum was just verified. Never with its API enabled."""
        self.start("engine", [
            RASA.parent / "python", "bot/rasa/start.py", "run", "-i", "127.0.0.1", "-p", str(self.settings.engine_port),
            "--model", trusted_model(self.settings.home),
            "--endpoints", "bot/rasa/endpoints.yml", "--credentials", "bot/rasa/credentials.yml"])

    def start_worker(self) -> None:
        self.start("worker", [sys.executable, "-m", "channels.worker"])

    def start_app(self) -> None:
        self.start("app", [sys.executable, "-m", "channels.app"])

    def wait(self, name: str, is_up: Callable[[], bool]) -> None:
        """Wait until a child answers. Raises SetupError with the end of its log when it ends or takes too long."""
        until = time.monotonic() + READY
        while time.monotonic() < until:
            if self.running[name].poll() is not None:
                raise SetupError(f"The process '{name}' ended while starting. {self.last_words(name)}")
            if is_up():
                return
            time.sleep(0.1)
        raise SetupError(f"The process '{name}' did not come up in {READY} seconds. {self.last_words(name)}")

    def last_words(self, name: str) -> str:
        path = self.settings.home / "logs" / f"{name}.log"
        lines = [line for line in path.read_text(errors="replace").splitlines() if line.strip()]
        return f"Its log {path} ends: {lines[-1][:300]}" if lines else f"Its log {path} is empty."

    def start_brain(self) -> None:
        """Rasa and the action server, both answering."""
        self.start_actions()
        self.start_engine()
        self.wait("actions", lambda: answers(f"http://127.0.0.1:{self.settings.actions_port}/health"))
        self.wait("engine", lambda: answers(f"http://127.0.0.1:{self.settings.engine_port}/"))

    def dead(self) -> str | None:
        """The name of a child that ended by itself, if any."""
        return next((name for name, child in self.running.items() if child.poll() is not None), None)

    def stop(self) -> None:
        """End every child, politely first."""
        for wanted in (signal.SIGTERM, signal.SIGKILL):
            for child in self.running.values():
                if child.poll() is None:
                    os.killpg(child.pid, wanted)
            until = time.monotonic() + 5
            while time.monotonic() < until and any(c.poll() is None for c in self.running.values()):
                time.sleep(0.05)
        self.running.clear()


def answers(url: str) -> bool:
    """Whether an address on this machine answers 200."""
    try:
        return httpx.get(url, timeout=2).is_success
    except httpx.HTTPError:
        return False
