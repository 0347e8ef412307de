"""SQLite keeps its word: what was acknowledged is there after kill -9, and the file is whole."""

import multiprocessing
import os
import random
import signal
import sqlite3
import time

from sqlalchemy import select

from bot.conversation import Inbound
from bot.store import Store
from bot.store.database import Database
from bot.store.schema import message

KILLS = 30


def write_for_ever(url: str, talk: str, run: int, acknowledge) -> None:
    """Keep one message after another; name each only once it is committed."""
    turns, number = Store(Database(url)).turns, 0
    while True:
        turns.receive(Inbound(talk, "web", f"{run}-{number}", f"message {run}-{number}"), None)
        os.write(acknowledge.fileno(), f"{run}-{number}\n".encode())
        number += 1


def test_every_acknowledged_message_outlives_thirty_kills(store, settings):
    talk, acknowledged, chance = store.conversations.start("default", "web").id, [], random.Random(3)
    url = store.db.url
    store.db.engine.dispose()  # a connection must not cross a fork
    fork = multiprocessing.get_context("fork")
    for run in range(KILLS):
        heard, said = fork.Pipe(duplex=False)
        writer = fork.Process(target=write_for_ever, args=(url, talk, run, said))
        writer.start()
        said.close()
        kept = os.read(heard.fileno(), 1 << 16)  # at least one is kept, so the writer is at full speed
        time.sleep(chance.uniform(0, 0.1))
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        while more := os.read(heard.fileno(), 1 << 16):
            kept += more
        acknowledged += kept.decode().split()
        with sqlite3.connect(settings.home / "sendline.db") as raw:
            assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with store.db.read() as tx:
        stored = set(tx.execute(select(message.c.external_id)).scalars())
    assert len(acknowledged) >= KILLS
    assert set(acknowledged) <= stored
