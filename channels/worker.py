"""`python -m channels.worker`: the worker process, with the doors that have to be told when something is said."""

import signal
import threading

from bot.engine import Engine
from bot.gateway import Gateway
from bot.logs import set_up_logs
from bot.privacy import redact
from bot.second_look import SecondLookClient
from bot.settings import read_settings
from bot.store import open_store
from bot.worker import run


def main() -> None:
    set_up_logs()
    settings = read_settings()
    stop = threading.Event()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, lambda *_: stop.set())
    threading.Thread(target=redact, args=("warm up",), daemon=True).start()  # its first use loads much, and would hold a transaction
    gateway = Gateway(open_store(settings.database), Engine(settings.engine_url), settings, SecondLookClient(settings.actions_url))
    run(gateway, {}, stop, settings.worker)


if __name__ == "__main__":
    main()
