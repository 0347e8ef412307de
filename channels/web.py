"""The web door: what the parent's page says to us and hears from us, as JSON.

A page holds a random token; only its hash is stored, and a token opens its own conversation and nothing else. It
travels in a header, so another website cannot make a browser send it. Events are read with fetch, because
EventSource cannot send headers. What a page is told is in lines.py.
"""

import hashlib
import json
import re
import secrets
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot import wording
from bot.cases import PERSON
from bot.conversation import Conversation, Inbound
from bot.gateway import danger
from bot.text import LIMIT, normalise
from channels.base import keep
from channels.lines import events, look, render

__all__ = ["NAME", "render", "routes"]

NAME = "web"
PAGES = 8  # streams that one conversation may hold open
CLIENT_ID = re.compile(r"[\w-]{1,64}", re.ASCII)


@dataclass(frozen=True)
class Sent:
    """What a page sends: its own id for the message, and words or a button."""

    id: str
    text: str
    button: str | None

    @classmethod
    def read(cls, body: Any) -> "Sent":
        """Raises HTTPException with a sentence for anything that a page of ours does not send."""
        if not isinstance(body, dict) or not isinstance(body.get("id"), str) or not CLIENT_ID.fullmatch(body["id"]):
            raise HTTPException(400, wording.NOT_UNDERSTOOD)
        text, button = body.get("text") or "", body.get("button") or None
        if not isinstance(text, str) or not isinstance(button, str | None):
            raise HTTPException(400, wording.NOT_UNDERSTOOD)
        if not button and not normalise(text):
            raise HTTPException(422, wording.NOTHING_WRITTEN)
        return cls(body["id"], "" if button else text, button)


def is_urgent(text: str) -> bool:
    """Whether these words alone may mean danger: such a message is refused by no limit."""
    concern = danger(normalise(text))
    return bool(concern and concern.is_urgent)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def begin(request: Request, words: str = "") -> str:
    """Start a conversation; gives the token that opens it. `words` is what will be sent first."""
    request.state.words = words
    check_address(request, words)
    token, state = secrets.token_urlsafe(32), request.app.state
    await run_in_threadpool(state.store.conversations.start, state.settings.service, NAME, hash_of(token))
    return token


async def open_with(request: Request, token: str) -> Conversation:
    """The conversation that a token opens. Raises HTTPException 401 for any other token."""
    talk = await run_in_threadpool(request.app.state.store.conversations.find_by_token, hash_of(token)) if token else None
    if talk is None or talk.channel != NAME:
        raise HTTPException(401, wording.NO_SUCH_CONVERSATION)
    return talk


async def accept(request: Request, token: str, sent: Sent) -> int:
    """Keep what a page sent; gives its place in the transcript. The same id again changes nothing."""
    request.state.words = sent.text  # should anything fail from here on, the answer may have to carry the crisis numbers
    talk = await open_with(request, token)
    if len(sent.text) > LIMIT and not is_urgent(sent.text):
        raise HTTPException(422, wording.TOO_LONG)
    if not request.app.state.per_conversation.allows(talk.id) and not is_urgent(sent.text):
        raise HTTPException(429, wording.TOO_FAST, {"Retry-After": "60"})
    check_address(request, sent.text)
    text = await label_of(request, talk, sent.button) if sent.button else sent.text
    seq, _ = await keep(request.app.state.gateway, Inbound(talk.id, NAME, sent.id, text, sent.button))
    return seq


def check_address(request: Request, text: str = "") -> None:
    """One address may not keep everybody else waiting. The address is the socket's: a header can say anything."""
    if not request.app.state.per_address.allows(request.client.host if request.client else "") and not is_urgent(text):
        raise HTTPException(429, wording.TOO_FAST, {"Retry-After": "60"})


async def label_of(request: Request, talk: Conversation, button: str) -> str:
    """What a button said. A page may only press what stands in its own transcript."""
    if button == PERSON.do:
        return PERSON.label
    transcript = await run_in_threadpool(request.app.state.store.conversations.transcript, talk.id)
    for message in reversed(transcript):
        for offered in message.payload.get("buttons") or ():
            if offered["do"] == button:
                return offered["label"]
    raise HTTPException(422, wording.NO_SUCH_BUTTON)


# ------------------------------------------------------------------ the routes


def token_of(request: Request) -> str:
    """The token in the Authorization header; empty when there is none."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def after_of(request: Request) -> int:
    """The last line that the page has: from where it was, or from where it says."""
    given = request.headers.get("last-event-id") or request.query_params.get("after") or "0"
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise HTTPException(400, wording.NOT_UNDERSTOOD)
    return int(given)


async def read_json(request: Request) -> Any:
    try:
        return json.loads(await request.body() or b"{}")
    except (ValueError, RecursionError):
        raise HTTPException(400, wording.NOT_UNDERSTOOD) from None


async def start_conversation(request: Request) -> JSONResponse:
    """The body may hold the first words as {"text"}: should this fail, they say whether the crisis numbers are needed."""
    body = await read_json(request)
    words = body.get("text") if isinstance(body, dict) else None
    return JSONResponse({"token": await begin(request, words if isinstance(words, str) else "")}, status_code=201)


async def post_message(request: Request) -> JSONResponse:
    sent = Sent.read(await read_json(request))
    return JSONResponse({"seq": await accept(request, token_of(request), sent)}, status_code=202)


async def get_messages(request: Request) -> JSONResponse:
    talk = await open_with(request, token_of(request))
    lines, status = await run_in_threadpool(look, request.app.state.store, talk.id, after_of(request))
    return JSONResponse({"messages": lines, "status": status})


async def get_events(request: Request) -> StreamingResponse:
    talk, after = await open_with(request, token_of(request)), after_of(request)
    if request.app.state.feed.watchers(talk.id) >= PAGES:
        raise HTTPException(429, wording.TOO_MANY_PAGES)
    # no-transform and X-Accel-Buffering: a proxy must pass each event on at once
    headers = {"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"}
    told = events(request.app.state.store, request.app.state.feed, talk.id, after)
    return StreamingResponse(told, media_type="text/event-stream", headers=headers)


def routes() -> list[BaseRoute]:
    return [
        Route("/api/conversations", start_conversation, methods=["POST"]),
        Route("/api/messages", post_message, methods=["POST"]),
        Route("/api/messages", get_messages, methods=["GET"]),
        Route("/api/events", get_events, methods=["GET"]),
    ]
