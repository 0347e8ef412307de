"""The only file that speaks to Rasa. Silence, lateness and nonsense become errors with a way forward.

Every reply of ours comes as Rasa's "custom" payload and names its origin. An empty list means that an action failed
inside (Rasa says 200 and nothing else), so it is an error, not an answer.
"""

from typing import Any

import httpx

from bot.conversation import Button, Outcome, Reply, Source
from bot.errors import EngineDown, EngineLate, EngineSilent
from knowledge_base.law import law

# A button carries our own id; only these become an order to Rasa. The rest of the id travels in the context.
ORDERS = {
    "person": "/ask_person", "yes": "/affirm", "no": "/deny", "area": "/give_area", "more": "/tell_more",
    "ask": "/show_entry", "help": "/feedback", "stop": "/stop", "question": "/question",
}
QUESTION = "question"  # orders a text to be answered as a question, whatever else it looks like; the text goes beside it


class Engine:
    """Rasa's REST channel. `transport` lets a test play Rasa."""

    def __init__(self, url: str, transport: httpx.BaseTransport | None = None):
        self._http = httpx.Client(base_url=url, transport=transport, limits=httpx.Limits(max_connections=32))

    def ask(self, engine_id: str, text: str, context: dict[str, Any], budget: float, button: str | None = None) -> Outcome:
        """One message in, one outcome out. Raises EngineDown, EngineLate or EngineSilent within `budget` seconds."""
        order = ORDERS.get(button.split(":")[0]) if button else None
        beside = {"text": text} if button == QUESTION else {}
        try:
            answer = self._http.post(
                "/webhooks/rest/webhook", timeout=budget,
                json={"sender": engine_id, "message": order or text, "metadata": {"context": context, **beside}},
            )
            answer.raise_for_status()
            messages = answer.json()
        except httpx.TimeoutException as error:
            raise EngineLate("The dialogue engine took too long.") from error
        except (httpx.HTTPError, ValueError) as error:
            raise EngineDown("The dialogue engine does not answer.") from error
        said = [m.get("custom") if isinstance(m, dict) else None for m in messages] if isinstance(messages, list) else []
        if not said or not all(isinstance(s, dict) and s.get("origin") and s.get("route") for s in said):
            raise EngineSilent("The dialogue engine answered with nothing of ours.")
        return _to_outcome(said)

    def is_up(self) -> bool:
        """Whether Rasa answers."""
        try:
            return self._http.get("/", timeout=2).is_success
        except httpx.HTTPError:
            return False


def _to_outcome(said: list[dict[str, Any]]) -> Outcome:
    main = said[0]  # an answer in the middle of a form comes first, then the form's question again
    remember: dict[str, Any] = {"expects": None}
    for one in said:
        remember |= one.get("remember") or {}
        remember["expects"] = one.get("expects") or remember["expects"]
    return Outcome(
        route=main["route"], replies=tuple(_to_reply(s) for s in said), entry=main.get("entry"), topic=main.get("topic"),
        cites=tuple(c for s in said for c in s.get("cites") or ()), score=main.get("score"),
        alternatives=tuple(main.get("alternatives") or ()), do=tuple(d for s in said for d in s.get("do") or ()),
        remember=remember, unanswered=next((s["unanswered"] for s in said if s.get("unanswered")), None),
    )


def _to_reply(said: dict[str, Any]) -> Reply:
    found = [law().find(cite) for cite in said.get("cites") or ()]
    return Reply(
        text=said.get("text", ""), origin=said["origin"], more=said.get("more") or "",
        sources=tuple(Source(c.text, c.title, c.kind, c.url) for c in found if c),
        duties=tuple(said.get("duties") or ()), offers_person=bool(said.get("offers_person")),
        buttons=tuple(Button(b["label"], b["do"]) for b in said.get("buttons") or ()),
    )
