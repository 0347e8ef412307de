"""The other side: the bot that `rasa init` makes, trained with its own defaults, on its own REST channel."""

import os
import shutil
import subprocess
from pathlib import Path

from bot.errors import SetupError
from bot.processes import Processes, answers
from bot.training import QUIET, RASA


def make_bare_bot(folder: Path) -> Path:
    """A fresh `rasa init` bot, trained (a minute or two); made once and kept in `folder`."""
    bot = folder / "bare"
    if not list(bot.glob("models/*.tar.gz")):
        shutil.rmtree(bot, ignore_errors=True)
        bot.mkdir(parents=True)
        with (folder / "init.log").open("wb") as log:
            subprocess.run([RASA, "init", "--no-prompt", "--init-dir", "."], cwd=bot, env={**os.environ, **QUIET},
                           stdout=log, stderr=log, stdin=subprocess.DEVNULL, check=False)
        if not list(bot.glob("models/*.tar.gz")):
            raise SetupError(f"'rasa init' did not make a model. Its log is {folder / 'init.log'}.")
    return bot


def start_bare_bot(processes: Processes, bot: Path, port: int) -> str:
    """Start it beside ours; gives its address."""
    processes.start("bare", [
        RASA, "run", "-i", "127.0.0.1", "-p", port, "--model", next(bot.glob("models/*.tar.gz")),
        "--endpoints", bot / "endpoints.yml", "--credentials", bot / "credentials.yml"])
    address = f"http://127.0.0.1:{port}"
    processes.wait("bare", lambda: answers(f"{address}/"))
    return address
