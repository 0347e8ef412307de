"""The real app and worker on a free port, with a plain function in Rasa's place. For the browser's tests, and for a look by hand:

    python tests/browser/playing.py 8099
"""

import json
import sys
import tempfile
import threading
import time

import httpx
import uvicorn

from bot.engine import Engine
from bot.gateway import Gateway
from bot.processes import free_port
from bot.settings import read_settings
from bot.store import open_store
from bot.worker import run
from channels.app import create_app
from channels.impatient import ImpatientProtocol

PERSON = {"label": "Talk to a person", "do": "person"}
MORE = """**Who can ask.** The law names three: the child's parent, a young person over compulsory school age and under 25, and \
someone acting for a school or college. All three count the same.

**A common myth.** "The school has to apply first" is not in the law. The school's notes and reports still help:

- ask the SENCO for copies
- ask for the dates of every meeting

**What to do next.** Write to the council's SEN team today and \
[ask for an assessment](https://www.gov.uk/children-with-special-educational-needs). \
Put the date on your letter and keep a copy. <b onclick="alert(1)">not a tag</b>"""
ANSWER = {
    "route": "answer", "origin": "entry:ehc-request-who", "entry": "ehc-request-who", "topic": "ehc-request", "score": 0.9,
    "text": "Yes, you can ask for one yourself. A parent, a young person over compulsory school age and under 25, or a school or "
            "college can ask. You do not need the school to agree or to ask first.",
    "more": MORE, "cites": ["CFA 2014 s.36(1)", "CoP 2015 9.8", "CoP 2015 9.9"],
    "duties": [
        {"who": "local authority", "strength": "must", "what": "decide within 6 weeks whether to assess", "cites": ["CFA 2014 s.36(1)"]},
        {"who": "school", "strength": "should", "what": "share the records of what it has tried so far", "cites": ["CoP 2015 9.8"]},
        {"who": "local authority", "strength": "may", "what": "ask for more information from you", "cites": ["CoP 2015 9.9"]},
    ],
    "buttons": [{"label": "How to ask for an EHC needs assessment", "do": "ask:ehc-request-how"},
                {"label": "What the council has to decide within 6 weeks", "do": "ask:ehc-decision-6-weeks"}],
}
NOT_FOUND = {
    "route": "unanswered", "origin": "wording:not-found", "unanswered": "below threshold", "offers_person": True,
    "text": "I could not find a checked answer to that, so I will not guess. I have noted your question, without your details, so that "
            "people can write an answer. You can ask me again in other words, look at the nearest topics, or talk to a person.",
    "buttons": [{"label": "Asking for an EHC needs assessment", "do": "ask:ehc-request-who"}, PERSON],
}
ASK_CONSENT = {
    "route": "handoff", "origin": "form:handoff", "offers_person": True, "expects": {"form": "handoff_form", "slot": "handoff_consent"},
    "text": "Yes, you can talk to a person. I can pass this conversation to an adviser at your local SEND advice service. They will see "
            "what we have written here.\n\nShall I pass it on?",
    "buttons": [{"label": "Yes, pass it on", "do": "yes"}, {"label": "No, not now", "do": "no"}],
}
AGREED = {"route": "handoff", "origin": "form:handoff-agreed", "text": "I am passing it on.", "do": [{"kind": "handoff"}]}


def plays_rasa(request: httpx.Request) -> httpx.Response:
    """Answers by what is in the message."""
    if request.method == "GET":
        return httpx.Response(200)
    text = json.loads(request.content)["message"]
    if "slowly" in text:
        time.sleep(3)
    said = {"/ask_person": ASK_CONSENT, "/affirm": AGREED}.get(text, ANSWER)
    if text.startswith("echo "):
        said = {"route": "smalltalk", "origin": "test", "text": text[5:], "more": text[5:], "buttons": [{"label": text[5:], "do": "ask:x"}],
                "duties": [{"who": text[5:], "strength": "must", "what": text[5:], "cites": []}]}
    if "dragon" in text:
        said = NOT_FOUND
    return httpx.Response(200, json=[{"custom": said}])


class Served:
    """A running Sendline, with a played Rasa or the real one. `url` is where; `stop()` ends it; `hang_up()` and `start()` play a lost
    connection."""

    def __init__(self, home, port: int = 0, engine: Engine | None = None, **settings: str):
        port = port or free_port()
        env = {"SENDLINE_HOME": str(home), "SENDLINE_PORT": str(port)} | {f"SENDLINE_{k.upper()}": v for k, v in settings.items()}
        self.settings = read_settings(env)
        self.url = f"http://127.0.0.1:{port}"
        self.store = open_store(self.settings.database)
        self.gateway = Gateway(self.store, engine or Engine("http://rasa", httpx.MockTransport(plays_rasa)), self.settings)
        self.stopping = threading.Event()
        self.worker = threading.Thread(target=run, args=(self.gateway, {}, self.stopping), daemon=True)
        self.worker.start()
        self.start()

    def start(self) -> None:
        app = create_app(self.store, self.gateway, self.settings)
        config = uvicorn.Config(app, host="127.0.0.1", port=self.settings.port, log_config=None, access_log=False, http=ImpatientProtocol,
                                timeout_graceful_shutdown=1)
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        until = time.monotonic() + 10
        while not self.server.started:
            if time.monotonic() > until:
                raise RuntimeError("The app did not come up in 10 seconds.")
            time.sleep(0.02)

    def hang_up(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)

    def stop(self) -> None:
        self.hang_up()
        self.stopping.set()
        self.worker.join(10)
        self.store.db.engine.dispose()


if __name__ == "__main__":
    served = Served(tempfile.mkdtemp(), int(sys.argv[1]), messages_per_minute="0", messages_per_address="0")
    served.store.advisers.add("amina", "Amina Yusuf", "a long enough password")
    print(f"{served.url}/chat  {served.url}/demo  {served.url}/console (amina)", flush=True)
    threading.Event().wait()
