"""What a parent's page is told: the lines of its transcript, and how the conversation stands."""

import json
import time
from collections.abc import AsyncIterator
from typing import Any

from starlette.concurrency import run_in_threadpool

from bot.conversation import BOT, PARENT, Message
from bot.store import Store
from channels.feed import SAFETY, Feed
from channels.words import MEANS, blocks, markdown

HEARTBEAT = 15  # seconds
URGENT = ("wording:crisis", "wording:safeguarding")  # origins of what a page makes stand out


def render(message: Message) -> dict[str, Any]:
    """One line of the transcript as a page shows it."""
    payload = message.payload
    return {
        "seq": message.seq, "author": message.author, "name": message.name, "at": message.at,
        "id": message.external_id if message.author == PARENT else None,
        "text": message.text, "blocks": blocks(message.text),
        "more": payload.get("more") or "", "more_html": markdown(payload["more"]) if payload.get("more") else "",
        "sources": [{**source, "means": MEANS.get(source["kind"], "")} for source in payload.get("sources") or ()],
        "duties": payload.get("duties") or [],
        "buttons": payload.get("buttons") or [], "offers_person": bool(payload.get("offers_person")),
        "event": payload.get("event"), "urgent": payload.get("origin") in URGENT,
    }


def look(store: Store, conversation_id: str, after: int) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """What is new after `after`, and how the conversation stands. Lines first: a reply in between wakes us again."""
    lines = [render(m) for m in store.conversations.transcript(conversation_id, after)]
    talk, case = store.conversations.find(conversation_id), store.cases.of_conversation(conversation_id)
    waiting = store.turns.is_waiting(conversation_id)
    return lines, {
        "owner": talk.owner if talk else BOT, "typing": waiting and talk is not None and talk.owner == BOT, "waiting_turn": waiting,
        "adviser": case.adviser_name if case else None, "case": case.ref if case else None,
    }


async def events(store: Store, feed: Feed, conversation_id: str, after: int) -> AsyncIterator[str]:
    """Each line once, in order, as it is committed; how the conversation stands, when that changes; a heartbeat."""
    told, beat = None, time.monotonic()
    with feed.watch(conversation_id) as watch:
        while True:
            lines, status = await run_in_threadpool(look, store, conversation_id, after)
            for line in lines:
                after = line["seq"]
                yield f"id: {after}\nevent: message\ndata: {json.dumps(line)}\n\n"
            if lines or status != told:  # after each line: the page may have guessed meanwhile
                told = status
                yield f"event: status\ndata: {json.dumps(status)}\n\n"
            if time.monotonic() - beat >= HEARTBEAT:
                beat = time.monotonic()
                yield ": still here\n\n"
            await watch.changed(min(SAFETY, max(0.1, beat + HEARTBEAT - time.monotonic())))
