"""Our side: all of Sendline's processes in a temporary home that reuses the trained model and the index."""

from dataclasses import replace
from pathlib import Path

from bot.processes import Processes, answers, free_port
from bot.settings import Settings
from bot.store import open_store

TRAINED = ("model", "index", "safety")  # folders of the home that 'make train' fills
NO_LIMITS = {"SENDLINE_MESSAGES_PER_MINUTE": "0", "SENDLINE_MESSAGES_PER_ADDRESS": "0"}


def borrowed_home(settings: Settings, folder: Path) -> Settings:
    """The same trained parts, but a database, logs and ports of its own."""
    for part in TRAINED:
        (folder / part).symlink_to(settings.home / part)
    port, engine, actions = free_port(), free_port(), free_port()
    return replace(
        settings, home=folder, database=f"sqlite:///{folder / 'sendline.db'}", host="127.0.0.1", port=port, engine_port=engine,
        actions_port=actions, engine_url=f"http://127.0.0.1:{engine}", public_url=f"http://127.0.0.1:{port}")


def start_ours(processes: Processes) -> str:
    """Start Rasa, the actions, the worker and the web server; gives the address of the web door."""
    settings = processes.settings
    open_store(settings.database)
    processes.start_brain()
    processes.start_worker()
    processes.start_app()
    processes.wait("app", lambda: answers(f"{settings.public_url}/health/live"))
    return settings.public_url
