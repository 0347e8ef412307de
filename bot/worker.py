"""The worker: takes turns from the store, several conversations at once, and delivers what waits in the outbox."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from bot.conversation import Message
from bot.crash_points import crash_point
from bot.errors import SendlineError, StoreDown
from bot.gateway import Gateway
from bot.store import Store

log = logging.getLogger("sendline.worker")

LOOK = 0.005  # seconds between two looks at an idle store
NOBODY_ELSE = nullcontext()
BACKOFF = (1, 5, 30, 120, 600)  # seconds before a delivery is tried again

Send = Callable[[Message], None]


class Refused(SendlineError):
    """The provider will never take this message (blocked, opted out): do not try again."""


def work(gateway: Gateway, name: str, stop: threading.Event, looking: AbstractContextManager = NOBODY_ELSE) -> None:
    """Run turns until told to stop. A database that is away is waited for; a turn that failed may be tried again at once."""
    turn = None
    while not stop.is_set():
        try:
            if turn:
                gateway.store.turns.put_back(turn)
            turn = None
            with looking:  # of a worker's threads one looks, so that an idle worker costs little
                while (turn := gateway.store.turns.claim(name)) is None and not stop.wait(LOOK):
                    pass
            if turn:
                gateway.run_turn(turn)
            turn = None
        except StoreDown:
            log.warning("database away, waiting")
            stop.wait(1)
        except Exception as error:
            log.error("turn failed: %s", type(error).__name__)
            stop.wait(0.2)


def deliver(store: Store, senders: dict[str, Send], stop: threading.Event) -> None:
    """Deliver the outbox in order until told to stop."""
    while not stop.is_set():
        try:
            delivery = store.outbox.next()
            if delivery is None:
                stop.wait(0.1)
                continue
            try:
                crash_point("during_send")
                senders[delivery.channel](delivery.message)
                crash_point("after_send")
                store.outbox.sent(delivery)
            except Refused as error:
                store.outbox.failed(delivery, str(error))
            except Exception as error:
                if delivery.attempts >= len(BACKOFF):
                    store.outbox.failed(delivery, type(error).__name__)
                else:
                    store.outbox.again(delivery, BACKOFF[delivery.attempts], type(error).__name__)
        except StoreDown:
            stop.wait(1)


def run(gateway: Gateway, senders: dict[str, Send], stop: threading.Event, name: str = "worker") -> None:
    """Put back what a dead worker left, then work and deliver in threads until told to stop."""
    if back := gateway.store.turns.release(name):
        log.info("took back %d turns of a worker that ended", back)
    working = (gateway, name, stop, threading.Lock())
    threads = [threading.Thread(target=work, args=working, daemon=True) for _ in range(gateway.settings.talkers)]
    if senders:
        threads.append(threading.Thread(target=deliver, args=(gateway.store, senders, stop), daemon=True))
    for thread in threads:
        thread.start()
    while not stop.is_set():
        time.sleep(0.2)
    for thread in threads:
        thread.join(timeout=gateway.settings.engine_budget)
