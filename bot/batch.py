"""`sendline batch` and `sendline ask`: the whole pipeline over messages, in a database of its own."""

import json
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import Console

from bot.conversation import BOT, SYSTEM, Conversation, Inbound
from bot.engine import Engine
from bot.errors import SendlineError
from bot.gateway import Gateway
from bot.processes import Processes, free_port
from bot.second_look import SecondLookClient
from bot.serve import prepare
from bot.settings import Settings, new_id
from bot.store import open_store

TALKERS = 2  # conversations at once: more only wait for the same two cores


@dataclass(frozen=True)
class Row:
    """One conversation of the input."""

    id: str
    turns: tuple[str, ...]
    channel: str


def read_rows(lines: Iterable[str], name: str) -> Iterator[Row]:
    """The conversations of a JSON Lines file. Raises SendlineError naming the first line that makes no sense."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            turns = row["turns"] if "turns" in row else [row["text"]]
            channel = row.get("channel", "web")
            if not turns or not isinstance(turns, list) or not all(isinstance(t, str) for t in [channel, *turns]):
                raise ValueError
            yield Row(str(row["id"]), tuple(turns), channel)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise SendlineError(
                f'{name}, line {number}: write one object a line, such as {{"id": "1", "text": "a question"}}.') from None


@contextmanager
def pipeline(settings: Settings) -> Iterator[Gateway]:
    """A gateway over a fresh database with a Rasa and an action server of its own, ended afterwards.

    The model and the index are made first where something they are made of has changed.
    """
    prepare(settings, Console(stderr=True))
    settings = replace(settings, engine_port=free_port(), actions_port=free_port())
    settings = replace(settings, engine_url=f"http://127.0.0.1:{settings.engine_port}")
    with tempfile.TemporaryDirectory() as folder:
        processes = Processes(settings)
        try:
            processes.start_brain()
            yield Gateway(open_store(f"sqlite:///{Path(folder) / 'batch.db'}"), Engine(settings.engine_url), settings,
                          SecondLookClient(settings.actions_url))
        finally:
            processes.stop()


def one_turn(gateway: Gateway, talk: Conversation, text: str, turn: int) -> dict[str, Any]:
    """Send one message on its way and describe what came back, as `batch` writes it."""
    started = time.monotonic()
    before = len(gateway.store.conversations.transcript(talk.id))
    gateway.receive(Inbound(talk.id, talk.channel, new_id(), text))
    while (waiting := gateway.store.turns.claim(f"batch-{threading.get_ident()}", only=talk.id)) is not None:
        gateway.run_turn(waiting)
    ms = int((time.monotonic() - started) * 1000)
    done = gateway.store.turns.last(talk.id)
    said = [m for m in gateway.store.conversations.transcript(talk.id)[before:] if m.author in (BOT, SYSTEM)]
    text_said = "\n\n".join(part for m in said for part in (m.text, m.payload.get("more")) if part)
    return {
        "turn": turn, "route": done["route"], "entry": done["entry"], "topic": done["topic"],
        "cites": list(dict.fromkeys(s["cite"] for m in said for s in m.payload.get("sources", ()))),
        "text": text_said, "concern": (done["concern"] or {}).get("level"),
        "offers_person": any(m.payload.get("offers_person") for m in said), "score": done["score"],
        "alternatives": done["alternatives"] or [], "ms": ms,
    }


def run_rows(gateway: Gateway, rows: Iterable[Row]) -> Iterator[list[dict[str, Any]]]:
    """The output lines of each conversation, in the order of the input; each a fresh conversation."""
    def whole(row: Row) -> list[dict[str, Any]]:
        talk = gateway.store.conversations.start(gateway.settings.service, row.channel)
        return [{"id": row.id, **one_turn(gateway, talk, text, n)} for n, text in enumerate(row.turns, 1)]

    with ThreadPoolExecutor(TALKERS) as pool:
        yield from pool.map(whole, rows)
