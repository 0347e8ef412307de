"""`sendline doctor`: what is wrong and what to do, one line each."""

import shutil
import subprocess
from collections.abc import Iterator
from datetime import date

from bot import wording
from bot.errors import SendlineError
from bot.processes import check_port
from bot.settings import Settings
from bot.store import open_store
from bot.training import RASA, trusted_model
from knowledge_base.check import check
from knowledge_base.code_of_practice import CodeImportError, imported
from knowledge_base.index import IndexDamaged, current, verify
from knowledge_base.law_changes import problem as stale_law

ROOM = 2  # gigabytes of free disk that a running service should have


def findings(settings: Settings, today: date) -> Iterator[tuple[bool, str]]:
    """(all is well, sentence) for each thing looked at."""
    if RASA.exists():
        version = subprocess.run([RASA.parent / "python", "--version"], capture_output=True, text=True, check=False).stdout.strip()
        yield "3.10" in version, f"Rasa's environment: {version or 'broken. Delete .venv-rasa and run make setup'}"
    else:
        yield False, "Rasa is not installed. Run 'make setup'."
    for name, look in (("dialogue model", lambda: trusted_model(settings.home)),
                       ("search index", lambda: verify(current(settings.home / "index"))),
                       ("Code of Practice", lambda: imported(settings.home)),
                       ("database", lambda: open_store(settings.database))):
        try:
            look()
            yield True, f"The {name} is in order."
        except (SendlineError, IndexDamaged, CodeImportError) as error:
            yield False, str(error)
    problems, figures = check(today)
    yield not problems, (f"{len(problems)} problems in the knowledge base. Run 'sendline kb check'." if problems else
                         f"The knowledge base is in order: {figures['entries']} answers.")
    yield stale_law(today) is None, stale_law(today) or "The answer about changes in the law is fresh."
    age = (today - wording.NUMBERS_CHECKED).days
    yield age <= wording.NUMBERS_MAX_AGE_DAYS, f"The crisis numbers were checked {age} days ago (at most {wording.NUMBERS_MAX_AGE_DAYS})."
    free = shutil.disk_usage(settings.home.parent).free / 1e9
    yield free > ROOM, f"{free:.0f} GB of disk are free (at least {ROOM})."
    try:
        check_port(settings.host, settings.port, "port")
        yield True, f"Port {settings.port} is free."
    except SendlineError as error:
        yield True, f"{error} (This is fine when it is Sendline that is running.)"
