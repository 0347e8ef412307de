"""Sendline's real processes over one real database, and the count at the end: what was lost, doubled or out of order."""

import os
import signal
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
from sqlalchemy import select

from bot.conversation import BOT, PARENT, Inbound
from bot.engine import Engine
from bot.gateway import Gateway
from bot.processes import Processes, answers, free_port
from bot.settings import new_id, read_settings
from bot.store import open_store
from bot.store.schema import turn
from channels.web import hash_of

HERE = Path(__file__).parent
ANSWERED_WITHIN = 30  # seconds after a restart


@dataclass(frozen=True)
class Tally:
    """What became of the messages of all parents."""

    sent: int
    lost: int = 0
    doubled: int = 0
    misordered: int = 0


class Running:
    """One Sendline: `start_worker`, `start_app`, `kill`, and a door that needs no process."""

    def __init__(self, home: Path, engine_url: str, database: str = "", actions_port: int = 0):
        env = {"SENDLINE_HOME": str(home), "SENDLINE_ENGINE_URL": engine_url, "SENDLINE_DATABASE": database}
        self.settings = replace(read_settings(env), port=free_port(), actions_port=actions_port or free_port())
        self.processes = Processes(self.settings, {"SENDLINE_ENGINE_URL": engine_url, "SENDLINE_MESSAGES_PER_ADDRESS": "0"})
        self.store = open_store(self.settings.database)
        self.gateway = Gateway(self.store, Engine(engine_url), self.settings)
        self.address = f"http://127.0.0.1:{self.settings.port}"

    # ---------------------------------------------------------------- processes

    def start(self, name: str, command: list, crash_at: str = "", **more: str) -> None:
        """Start one process, to end as kill -9 would at a named point."""
        before = dict(self.processes.extra)
        self.processes.extra |= {"SENDLINE_CRASH_AT": crash_at, **more}
        self.processes.start(name, [sys.executable, *command])
        self.processes.extra = before

    def start_worker(self, crash_at: str = "", name: str = "worker") -> None:
        self.start(name, ["-m", "channels.worker"], crash_at, SENDLINE_WORKER=name)

    def start_push_worker(self, far_end: Path, crash_at: str = "") -> None:
        """The worker with a door that has to be told; what parents would see is appended to `far_end`."""
        self.start("worker", [HERE / "push_worker.py", far_end], crash_at)

    def start_app(self, crash_at: str = "", **more: str) -> None:
        self.start("app", ["-m", "channels.app"], crash_at, **more)
        self.processes.wait("app", lambda: answers(f"{self.address}/health/live"))

    def ended(self, name: str) -> int:
        """Wait for a process to end; gives its exit status."""
        return self.processes.running[name].wait(ANSWERED_WITHIN)

    def kill(self, name: str) -> None:
        os.killpg(self.processes.running[name].pid, signal.SIGKILL)
        self.ended(name)

    def close(self) -> None:
        self.processes.stop()
        self.store.db.engine.dispose()

    # ---------------------------------------------------------------- parents

    def parents(self, number: int, channel: str = "web") -> list[str]:
        """So many new conversations."""
        return [self.store.conversations.start("default", channel).id for _ in range(number)]

    def write(self, talks: list[str], messages: int) -> None:
        """Each parent sends so many messages, all different."""
        for number in range(messages):
            for index, talk in enumerate(talks):
                channel = self.store.conversations.find(talk).channel
                self.gateway.receive(Inbound(talk, channel, new_id(), f"parent {index} message {number}"))

    def wait_until_answered(self, seconds: float = ANSWERED_WITHIN) -> None:
        """Until every turn is done and nothing waits to be sent. Fails after `seconds`."""
        until = time.monotonic() + seconds
        while self.store.counters.waiting()[::2] != (0, 0):
            assert time.monotonic() < until, f"not everything was answered {seconds} seconds after the restart"
            time.sleep(0.05)

    def routes(self, talk: str) -> list[str]:
        """How each turn of a conversation ended, in order."""
        with self.store.db.read() as tx:
            return list(tx.execute(select(turn.c.route).where(turn.c.conversation == talk).order_by(turn.c.id)).scalars())

    def tally(self, talks: list[str]) -> Tally:
        """The transcripts against what the played Rasa should have said."""
        return count([
            ([f"re: {m.text}" for m in lines if m.author == PARENT], [m.text for m in lines if m.author == BOT])
            for lines in map(self.store.conversations.transcript, talks)])


def count(conversations: list[tuple[list[str], list[str]]]) -> Tally:
    """Expected and heard texts of each conversation, compared."""
    sent = lost = doubled = misordered = 0
    for expected, heard in conversations:
        first_heard = list(dict.fromkeys(heard))
        sent += len(expected)
        lost += len(set(expected) - set(heard))
        doubled += sum(n - 1 for n in Counter(heard).values())
        misordered += first_heard != [text for text in expected if text in first_heard]
    return Tally(sent, lost, doubled, misordered)


class Page:
    """A parent's page at the web door."""

    def __init__(self, running: Running):
        token = new_id()  # as the door makes one, so that a page can be open before the door is
        running.store.conversations.start("default", "web", hash_of(token))
        self.http = httpx.Client(base_url=running.address, timeout=ANSWERED_WITHIN, headers={"Authorization": f"Bearer {token}"})

    def post(self, text: str, message_id: str = "") -> httpx.Response:
        return self.http.post("/api/messages", json={"id": message_id or new_id(), "text": text})

    def lines(self) -> list[dict]:
        return self.http.get("/api/messages").raise_for_status().json()["messages"]

    def said_back(self, seconds: float = 15) -> str:
        """What the page hears after its newest message, once there is something."""
        until = time.monotonic() + seconds
        while (lines := self.lines())[-1]["author"] == PARENT and time.monotonic() < until:
            time.sleep(0.05)
        return lines[-1]["text"] if lines[-1]["author"] != PARENT else ""


def together(number: int, what) -> list:
    """Call `what(0)`, `what(1)` … at the same moment, each in a thread; gives the results, or the errors raised."""
    start, results = threading.Barrier(number), [None] * number

    def one(index: int) -> None:
        start.wait()
        try:
            results[index] = what(index)
        except Exception as error:  # the caller says which errors are right
            results[index] = error

    threads = [threading.Thread(target=one, args=(i,)) for i in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
