"""`sendline serve`: train and build what is missing, start every process, say where to click, end everything on Ctrl-C."""

import secrets
import signal
import time
from dataclasses import replace

from rich.console import Console

from bot.errors import SetupError
from bot.processes import Processes, answers, check_port, free_port
from bot.settings import Settings
from bot.store import Store, open_store
from bot.training import train
from knowledge_base.build import build
from knowledge_base.encoder import encoder
from knowledge_base.entry import entries

ADMIN = "admin"


def prepare(settings: Settings, screen: Console) -> None:
    """The dialogue model and the search index, made when something that they are made of has changed."""
    began = time.monotonic()
    with screen.status("Training the dialogue model (Rasa, about a minute) …"):
        fresh = train(settings.home)
    screen.print(f"  dialogue model  {'trained' if fresh else 'up to date'}  [dim]{time.monotonic() - began:.0f} s[/dim]")
    began = time.monotonic()
    with screen.status("Building the search index …"):
        figures = build(entries(), encoder(settings.encoder), settings.home / "index", lambda line: None)
    screen.print(f"  search index    {figures['entries']} answers, {figures['passages']} passages  "
                 f"[dim]{time.monotonic() - began:.0f} s[/dim]")


def first_adviser(store: Store, settings: Settings) -> str | None:
    """Make the first adviser of a new database; gives the password, which is shown once and kept nowhere."""
    if store.advisers.list():
        return None
    password = settings.admin_password.reveal() or "-".join(secrets.token_hex(3) for _ in range(3))
    store.advisers.add(ADMIN, "Administrator", password, settings.service, is_admin=True)
    return password


def loopback_port(wanted: int) -> int:
    """`wanted`, or a free port when somebody else has it: only we need to know which."""
    try:
        check_port("127.0.0.1", wanted, "engine_port")
        return wanted
    except SetupError:
        return free_port()


def serve(settings: Settings, screen: Console) -> None:
    """Run until Ctrl-C or until a process ends by itself. Raises SetupError with a sentence for what to mend."""
    check_port(settings.host, settings.port, "port")
    settings = replace(settings, engine_port=loopback_port(settings.engine_port), actions_port=loopback_port(settings.actions_port))
    prepare(settings, screen)
    store = open_store(settings.database)
    password = first_adviser(store, settings)
    screen.print("  database        ready")
    processes = Processes(settings)
    signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    try:
        with screen.status("Starting Rasa, the actions, the worker and the web server …"):
            began = time.monotonic()
            processes.start_app()
            processes.start_brain()
            processes.start_worker()  # last: what is sent while Rasa still loads waits for it, rather than be told that it failed
            processes.wait("app", lambda: answers(f"http://{settings.host}:{settings.port}/health/live"))
        screen.print(f"  processes       Rasa, actions, worker, web  [dim]{time.monotonic() - began:.0f} s[/dim]\n")
        screen.print(f"  Ask a question         [bold]{settings.public_url}/chat[/bold]")
        screen.print(f"  On somebody's website  [bold]{settings.public_url}/demo[/bold]")
        screen.print(f"  Advisers' console      [bold]{settings.public_url}/console[/bold]")
        if password:
            screen.print(f"  First adviser          name [bold]{ADMIN}[/bold], password [bold]{password}[/bold] (shown only now)")
        screen.print("\n  Ctrl-C ends everything.")
        while (ended := processes.dead()) is None:
            time.sleep(0.5)
        raise SetupError(f"The process '{ended}' ended, so everything was stopped. {processes.last_words(ended)}")
    except KeyboardInterrupt:
        screen.print("\n  Stopping. Nothing is lost: what was sent is kept and answered at the next start.")
    finally:
        processes.stop()
