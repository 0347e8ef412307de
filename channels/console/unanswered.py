"""What the assistant could not answer, grouped by meaning: what to write next."""

import csv
import io
from datetime import timedelta

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from bot.conversation import Adviser
from bot.unanswered_groups import Group, group
from channels.console import pages, words

DAYS = {"7": "last 7 days", "30": "last 30 days", "90": "last 90 days", "366": "last year"}
USUAL = "90"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def page(request: Request, who: Adviser, form: FormData | None) -> Response:
    days = chosen(request)
    groups = groups_of(request, who, days)
    return pages.page("unanswered.html", who=who, groups=groups, days=days, choices=DAYS, total=sum(g.size for g in groups))


def download(request: Request, who: Adviser, form: FormData | None) -> Response:
    """The groups as a spreadsheet: with a mark for Excel's UTF-8, and no cell that it would run."""
    sheet = io.StringIO()
    rows = csv.writer(sheet)
    rows.writerow(("questions", "group", "topic", "reasons", "first", "last", "samples"))
    for g in groups_of(request, who, chosen(request)):
        reasons = "; ".join(f"{words.reason(reason)}: {n}" for reason, n in g.reason_counts.items())
        rows.writerow(inert(cell) for cell in (
            str(g.size), g.label, words.topic(g.topic), reasons, g.first[:10], g.last[:10], " | ".join(g.samples)))
    name = f"sendline-unanswered-{request.app.state.settings.date_today()}.csv"
    return Response("\ufeff" + sheet.getvalue(), media_type="text/csv; charset=utf-8", headers={
        **pages.PRIVATE, "Content-Disposition": f'attachment; filename="{name}"'})


def chosen(request: Request) -> str:
    days = request.query_params.get("days", USUAL)
    return days if days in DAYS else USUAL


def groups_of(request: Request, who: Adviser, days: str) -> list[Group]:
    since = request.app.state.settings.date_today() - timedelta(days=int(days))
    return group(request.app.state.store.unanswered.since(since.isoformat(), who.service))


def inert(cell: str) -> str:
    """A cell that a spreadsheet shows and never works out."""
    return f"'{cell}" if cell.lstrip(" \n").startswith(FORMULA) else cell
