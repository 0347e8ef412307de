"""The queue: who is waiting, for how long, and who has whom."""

from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from bot.conversation import Adviser
from bot.hours import read_service
from bot.privacy import redact
from bot.settings import LONDON
from bot.store.desk import QueueRow
from channels.console import pages, words
from channels.console.session import token_of

PREVIEW = 80


@dataclass(frozen=True)
class Row:
    """One line of the queue as it is shown."""

    ref: str
    risk: int
    risk_word: str
    waiting: str
    aim: str
    topic: str
    channel: str
    words: str
    owner: str


def page(request: Request, who: Adviser, form: FormData | None) -> Response:
    """The console with no case open."""
    return pages.page("desk.html", who=who, story=None, ref=None, **shown(request, who))


def live(request: Request, who: Adviser, form: FormData | None) -> Response:
    """What changed in the queue since the page last looked; nothing but the session's time when nothing did."""
    queue, ref = shown(request, who), request.query_params.get("ref")
    left = {"left": request.app.state.store.advisers.seconds_left(token_of(request))}
    html = pages.render("_queue.html", ref=ref, **queue)
    mark = pages.version(html)
    if mark == request.query_params.get("version"):
        return pages.data({"version": mark, **left})
    waiting = [[row.ref, row.risk_word] for row in queue["sections"][0][1]]
    return pages.data({"version": mark, "html": html, "waiting": waiting, **left})


def find(request: Request, who: Adviser, form: FormData | None) -> Response:
    """Open a case by the reference that somebody reads out, with or without SL-."""
    wanted = "".join(c for c in request.query_params.get("ref", "").upper() if c.isalnum()).removeprefix("SL")
    return pages.go(f"/console/case/{request.app.state.store.cases.find(who, f'SL-{wanted}').ref}")


def shown(request: Request, who: Adviser) -> dict:
    """The queue in three parts, each by risk, then longest waiting."""
    now, rows = datetime.now(UTC), request.app.state.store.desk.queue(who)
    parts: dict[str, list[Row]] = {"Waiting for an adviser": [], "Yours": [], "With colleagues": []}
    for row in rows:
        name = "Waiting for an adviser" if row.case.state == "queued" else "Yours" if row.case.adviser == who.id else "With colleagues"
        parts[name].append(to_row(row, who, now))
    return {"sections": list(parts.items()), "waiting": len(parts["Waiting for an adviser"])}


def to_row(row: QueueRow, who: Adviser, now: datetime) -> Row:
    case, since = row.case, row.waiting_since
    text = redact(row.last_words).replace("\n", " ")
    owner = "Nobody has it" if case.state == "queued" else "You have it" if case.adviser == who.id else f"{case.adviser_name} has it"
    return Row(
        case.ref, case.risk, words.RISK[case.risk], pages.waited(since, now) if since else "",
        aim(row, since, now) if since else "", words.topic(case.topic), words.channel(row.channel),
        text if len(text) <= PREVIEW else f"{text[:PREVIEW - 1]}…", owner)


def aim(row: QueueRow, since: str, now: datetime) -> str:
    """By when the service said that it aims to reply, and whether that day has passed. A crisis has no such day."""
    if row.case.risk == 3:
        return "Answer this first"
    service = read_service(row.case.service)
    day = service.working_day_after(datetime.fromisoformat(since), service.aim_working_days)
    said = f"{day:%a} {day.day} {day:%b}"
    return f"Past our aim, {said}" if now.astimezone(LONDON).date() > day else f"Reply by {said}"
