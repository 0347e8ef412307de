"""Three ways to say something and hear the answer, each as a parent's page or a bare client would do it."""

import json
import secrets
from collections.abc import Iterator
from typing import Protocol

import httpx

PATIENCE = 30  # seconds


class Talker(Protocol):
    """One parent. `say` comes back when the answer is there."""

    def say(self, text: str) -> None:
        """Send one message and wait for its answer."""


class ByRest:
    """Straight to a Rasa's REST channel: the bare bot, or our own Rasa without the gateway."""

    def __init__(self, address: str, context: dict | None = None):
        self.http = httpx.Client(base_url=address, timeout=PATIENCE)
        self.sender = secrets.token_hex(16)
        self.metadata = {"metadata": {"context": context}} if context else {}

    def say(self, text: str) -> None:
        self.http.post("/webhooks/rest/webhook", json={"sender": self.sender, "message": text, **self.metadata}).raise_for_status()

    def close(self) -> None:
        self.http.close()


class ByDoor:
    """Through the web door, as the parent's page does: POST a message, hear the reply on the event stream."""

    def __init__(self, address: str):
        self.http = httpx.Client(base_url=address, timeout=PATIENCE)
        token = self.http.post("/api/conversations").raise_for_status().json()["token"]
        self.http.headers["Authorization"] = f"Bearer {token}"
        self.stream = self.http.stream("GET", "/api/events")
        self.lines = self.stream.__enter__().iter_lines()
        self.said = self.authors()

    def authors(self) -> Iterator[str]:
        """Who wrote each line of the transcript, as the lines come."""
        for line in self.lines:
            if line.startswith("data: ") and "author" in (said := json.loads(line.removeprefix("data: "))):
                yield said["author"]

    def say(self, text: str) -> None:
        self.http.post("/api/messages", json={"id": secrets.token_hex(16), "text": text}).raise_for_status()
        while next(self.said) != "bot":
            pass

    def close(self) -> None:
        self.stream.__exit__(None, None, None)
        self.http.close()
