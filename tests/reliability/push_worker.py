"""The worker with a provider that this file plays: each message delivered is a line of the file named on the command line."""

import json
import sys
import threading
from pathlib import Path

from bot.engine import Engine
from bot.gateway import Gateway
from bot.settings import read_settings
from bot.store import open_store
from bot.worker import run

far_end = Path(sys.argv[1])


def send(message):
    with far_end.open("a") as file:
        file.write(json.dumps({"to": message.conversation, "text": message.text}) + "\n")


settings = read_settings()
run(Gateway(open_store(settings.database), Engine(settings.engine_url), settings), {"sms": send}, threading.Event())
