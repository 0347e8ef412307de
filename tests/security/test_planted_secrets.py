"""What parents write about themselves stays in the table of messages: a whole run, then every log, figure and export is read."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from bot.processes import Processes, answers, free_port
from bot.settings import Settings, new_id, read_settings
from bot.store import Store, open_store
from bot.store.schema import metadata
from channels.web import hash_of

pytestmark = pytest.mark.engine

# Each is written in at least one message below, and nothing else of ours has it.
SECRETS = (
    "Kaydenn", "Okonkwo-Pugh", "Bramblethwaite", "07700 900876", "07700900123", "943 476 5919", "kaydens.mum@example.org",
    "27 Sorrelbank Close", "8QR", "AB 12 34 56 C", "Y149374246925", "14/02/2014", "EHC/2025/01873",
)
ANSWERED = ("how long does the council have to decide on an EHC assessment? my son is Kaydenn Okonkwo-Pugh, dob 14/02/2014, at "
            "Bramblethwaite Primary")
UNANSWERED = (
    "can Kaydenn keep his pet snake in the classroom at Bramblethwaite Primary, ring me on 07700 900876",
    "how many windows has the SEND team's building got, my son Kaydenn asks, NHS number 943 476 5919, ref EHC/2025/01873",
    "who paints the fence at 27 Sorrelbank Close, DE23 8QR, email kaydens.mum@example.org",
    "Mrs Okonkwo-Pugh, NI AB 12 34 56 C, UPN Y149374246925, zorble grommet flim",
)
DISTRESS = "im Kaydenn's mum and i cant cope any more, i cry every night. 07700900123"
CRISIS = "Kaydenn Okonkwo-Pugh says he is going to kill himself tonight, we are at 27 Sorrelbank Close, 07700 900876"
PERSON = "can I talk to a person please, I am Kaydenn's mum, email kaydens.mum@example.org"
CONVERSATIONS = ((ANSWERED, "how long does that take?"), UNANSWERED, (DISTRESS,), (CRISIS, "he is still upset"), (PERSON, "yes please"))


@dataclass(frozen=True)
class Run:
    """A Sendline that answered all of it, and what the logs of the shared Rasa and action server say since."""

    settings: Settings
    processes: Processes
    store: Store
    address: str
    brain_logs: dict[Path, int]

    def logs(self) -> dict[str, str]:
        """Every log file under both homes, from where this run began."""
        own = dict.fromkeys((self.settings.home / "logs").iterdir(), 0)
        return {str(path): path.read_bytes()[start:].decode(errors="replace") for path, start in {**own, **self.brain_logs}.items()}

    def command(self, *words: str) -> str:
        """What a command of `sendline` prints, on both streams."""
        done = subprocess.run([sys.executable, "-m", "bot", *words], env=self.processes.environment(), capture_output=True, text=True,
                              timeout=120, check=True)
        return done.stdout + done.stderr

    def tables(self) -> dict[str, str]:
        """Every row of every table, as text."""
        with self.store.db.read() as tx:
            return {table.name: "\n".join(str(tuple(row)) for row in tx.execute(select(table))) for table in metadata.sorted_tables}


@pytest.fixture(scope="module")
def run(brain, tmp_path_factory) -> Iterator[Run]:
    """Everything above said at the web door, and answered; a few things that the door refuses, too."""
    brain_logs = {path: path.stat().st_size for path in (brain.home / "logs").glob("*.log") if path.stem in ("engine", "actions")}
    home = tmp_path_factory.mktemp("planted") / "home"
    given = {"SENDLINE_HOME": str(home), "SENDLINE_ENGINE_URL": brain.engine_url}
    settings = replace(read_settings(given), port=free_port(), actions_port=brain.actions_port)
    processes = Processes(settings, {"SENDLINE_ENGINE_URL": brain.engine_url, "SENDLINE_MESSAGES_PER_ADDRESS": "0"})
    store, address = open_store(settings.database), f"http://127.0.0.1:{settings.port}"
    try:
        processes.start_app()
        processes.start_worker()
        processes.wait("app", lambda: answers(f"{address}/health/live"))
        for messages in CONVERSATIONS:
            say(address, store, *messages)
        refused(address, store)
        yield Run(settings, processes, store, address, brain_logs)
    finally:
        processes.stop()
        store.db.engine.dispose()


def page(address: str, store: Store) -> httpx.Client:
    token = new_id()
    store.conversations.start("default", "web", hash_of(token))
    return httpx.Client(base_url=address, timeout=30, headers={"Authorization": f"Bearer {token}"})


def say(address: str, store: Store, *messages: str) -> None:
    """One parent's messages, each sent when the one before is answered."""
    with page(address, store) as door:
        for text in messages:
            assert door.post("/api/messages", json={"id": new_id(), "text": text}).status_code == 202
            until = time.monotonic() + 30
            while store.counters.waiting()[0]:
                assert time.monotonic() < until, "a message was not answered in 30 seconds"
                time.sleep(0.05)


def refused(address: str, store: Store) -> None:
    """Secrets in what the door does not take: a broken body, a wrong field, too long a text, an address that is not ours."""
    with page(address, store) as door:
        bad = (
            door.post("/api/messages", content='{"id": "x", "text": "Kaydenn 07700 900876'),
            door.post("/api/messages", json={"id": "Kaydenn Okonkwo-Pugh", "text": "hello"}),
            door.post("/api/messages", json={"id": new_id(), "text": "Kaydenn " * 1000}),
            door.get("/api/messages", params={"after": "Kaydenn"}),
            door.get("/Bramblethwaite", params={"q": "kaydens.mum@example.org"}),
        )
    assert all(400 <= answer.status_code < 500 for answer in bad), [answer.status_code for answer in bad]


def leaks(text: str) -> list[str]:
    """The secrets that a text has, however they are written."""
    return [secret for secret in SECRETS if secret.lower() in text.lower()]


def test_the_run_had_all_of_it(run):
    """Without this the tests below could not fail."""
    tables = run.tables()
    assert leaks(tables["message"]) == list(SECRETS)
    assert tables["unanswered"] and tables["cases"], "nothing was unanswered, or nobody was asked"
    with run.store.db.read() as tx:
        routes = set(tx.execute(select(metadata.tables["turn"].c.route)).scalars())
    assert {"answer", "unanswered", "crisis"} <= routes


def test_no_other_table_has_it(run):
    assert {name: found for name, rows in run.tables().items() if name != "message" and (found := leaks(rows))} == {}


def test_what_was_unanswered_is_kept_without_it(run):
    kept = run.store.unanswered.since()
    assert [q.text for q in kept if leaks(q.text)] == []
    assert any("[name]" in q.text or "[phone]" in q.text or "[address]" in q.text for q in kept)


def test_no_log_has_it(run):
    logs = run.logs()
    assert {Path(name).stem for name in logs} >= {"app", "worker", "engine", "actions"}
    assert {name: found for name, text in logs.items() if (found := leaks(text))} == {}


def test_no_figure_has_it(run):
    figures = httpx.get(f"{run.address}/metrics").raise_for_status().text
    assert "sendline_turns_" in figures and leaks(figures) == []


@pytest.mark.parametrize("how", ["--csv", "--json"])
def test_no_export_has_it(run, how):
    exported = run.command("unanswered", how)
    assert exported.strip() and leaks(exported) == []
    if how == "--json":
        assert json.loads(exported)


def test_the_summary_that_advisers_read_first_has_none_of_it(run):
    rows = run.tables()["cases"]
    assert "Safety screen: crisis" in rows and leaks(rows) == []
