"""Every setting in one list: name, default, help. Set one as SENDLINE_<NAME> in the environment."""

import os
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.errors import SetupError

LONDON = ZoneInfo("Europe/London")


class Secret:
    """A text that does not print: repr and str show stars, `reveal()` gives it."""

    def __init__(self, value: str):
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "Secret('**********')"

    __str__ = __repr__


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    help: str


SETTINGS = (
    Setting("home", "var", "folder for the database, the index, the trained model and logs"),
    Setting("database", "", "database address; empty means SQLite in the home folder"),
    Setting("host", "127.0.0.1", "address the parent's page and the console listen on"),
    Setting("port", "8080", "port of the parent's page and the console"),
    Setting("engine_port", "5005", "port of Rasa, on loopback"),
    Setting("actions_port", "5055", "port of the action server, on loopback"),
    Setting("engine_url", "", "address of Rasa; empty means loopback at engine_port"),
    Setting("engine_budget", "15", "seconds that Rasa has for a turn before the parent gets a plain sentence"),
    Setting("action_budget", "4", "seconds that one action has; less than engine_budget"),
    Setting("worker", "worker", "name of this worker: where several run, each needs its own, by which it takes back what it left"),
    Setting("talkers", "8", "turns that the worker runs at once"),
    Setting("public_url", "", "address that parents use, when it differs from host and port"),
    Setting("sites", "", "web origins that may embed the widget, separated by blanks; empty means this server only"),
    Setting("proxy", "", "address of the proxy in front whose X-Forwarded-For is believed; empty means there is none"),
    Setting("messages_per_minute", "15", "messages that one conversation may send in a minute; 0 means no limit"),
    Setting("messages_per_address", "60", "messages that one address may send in a minute; 0 means no limit"),
    Setting("service", "default", "service that new conversations belong to"),
    Setting("today", "", "freezes the date, as 2026-11-22, for tests and evaluation"),
    Setting("encoder", "", "folder of another sentence-transformers model; empty means all-MiniLM-L6-v2"),
    Setting("admin_password", "", "password of the first adviser; empty means a new one is made and shown once"),
)


@dataclass(frozen=True)
class Settings:
    """The settings, read and checked."""

    home: Path
    database: str
    host: str
    port: int
    engine_port: int
    actions_port: int
    engine_url: str
    engine_budget: float
    action_budget: float
    worker: str
    talkers: int
    public_url: str
    sites: tuple[str, ...]
    proxy: str
    messages_per_minute: int
    messages_per_address: int
    service: str
    today: date | None
    encoder: str
    admin_password: Secret

    @property
    def actions_url(self) -> str:
        """The action server, always on this machine or its private network."""
        return f"http://127.0.0.1:{self.actions_port}"

    def date_today(self) -> date:
        """Today in England, or the frozen date."""
        return self.today or datetime.now(LONDON).date()


def _number(name: str, raw: str, kind: type):
    try:
        return kind(raw)
    except ValueError:
        raise SetupError(f"SENDLINE_{name.upper()} is '{raw}', which is not a number. Set a number, or leave it out.") from None


def read_settings(env: dict[str, str] | None = None) -> Settings:
    """Read the settings from the environment. Raises SetupError with a sentence for a value that makes no sense."""
    env = dict(os.environ) if env is None else env
    raw = {s.name: env.get(f"SENDLINE_{s.name.upper()}", "") or s.default for s in SETTINGS}
    home = Path(raw["home"]).resolve()
    today = None
    if raw["today"]:
        try:
            today = date.fromisoformat(raw["today"])
        except ValueError:
            raise SetupError(f"SENDLINE_TODAY is '{raw['today']}': write a date such as 2026-11-22.") from None
    engine_port = _number("engine_port", raw["engine_port"], int)
    port = _number("port", raw["port"], int)
    return Settings(
        home=home,
        database=raw["database"] or f"sqlite:///{home / 'sendline.db'}",
        host=raw["host"], port=port, engine_port=engine_port,
        actions_port=_number("actions_port", raw["actions_port"], int),
        engine_url=raw["engine_url"] or f"http://127.0.0.1:{engine_port}",
        engine_budget=_number("engine_budget", raw["engine_budget"], float),
        action_budget=_number("action_budget", raw["action_budget"], float),
        worker=raw["worker"],
        talkers=_number("talkers", raw["talkers"], int),
        public_url=raw["public_url"] or f"http://{raw['host']}:{port}",
        sites=tuple(raw["sites"].split()), proxy=raw["proxy"],
        messages_per_minute=_number("messages_per_minute", raw["messages_per_minute"], int),
        messages_per_address=_number("messages_per_address", raw["messages_per_address"], int),
        service=raw["service"], today=today, encoder=raw["encoder"],
        admin_password=Secret(raw["admin_password"]),
    )


def new_id() -> str:
    """A fresh random id of 32 hexadecimal digits (128 bits)."""
    return secrets.token_hex(16)
